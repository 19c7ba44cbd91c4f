// Watch streams: readers of the log that pull when a change concerns them and their client has
// taken what was sent. A stream at rest holds its position and nothing else, and costs no time.
#pragma once

#include <grpcpp/grpcpp.h>
#include <grpcpp/support/server_callback.h>

#include <condition_variable>
#include <memory>
#include <mutex>
#include <set>
#include <string>
#include <thread>

#include "rpc/dispatch.h"
#include "rpc/method.h"

namespace neshast {

class WatchStream;

// Wakes after a commit the streams that it concerns; its one thread reads the log for all of them.
class WatchHub {
 public:
  WatchHub(Store& store, Dispatcher& dispatcher);
  // Needs Stop before, and that every stream is gone.
  ~WatchHub();

  // A stream answering `request`. It deletes itself when the call is over.
  grpc::ServerWriteReactor<grpc::ByteBuffer>* Open(const WatchMethod& method, MessagePtr request,
                                                   Call call);

  // Ends every stream with UNAVAILABLE / STOPPING and takes no new one.
  void Stop();

 private:
  friend class WatchStream;
  void Wake(WatchStream* stream);
  void Remove(WatchStream* stream);
  void Work();
  void ReadyConcerned();
  void ReadyDue();
  void AdvanceReady(std::unique_lock<std::mutex>& lock);

  Store& store_;
  Dispatcher& dispatcher_;
  std::mutex mutex_;
  std::condition_variable changed_;
  std::set<WatchStream*> streams_;
  std::set<WatchStream*> ready_;  // that have asked for more, or that a commit or the clock woke
  WatchStream* busy_ = nullptr;   // the one the thread is at
  bool stopping_ = false;
  bool committed_ = false;  // the log has grown since it was last looked at
  int64_t seen_ = 0;  // the streams were woken up to this revision; touched by the thread only
  int64_t subscription_ = 0;
  std::thread thread_;
};

}  // namespace neshast
