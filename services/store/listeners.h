// Who is told of new revisions; the half of Store::Subscribe that every engine shares.
#pragma once

#include <condition_variable>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <thread>

namespace neshast {

class Listeners {
 public:
  using Listener = std::function<void(int64_t revision)>;

  // Returns a handle, never 0.
  int64_t Add(Listener listener);

  // When it returns, the listener is not running and will not be called again. A listener may
  // remove itself or others; only then is it still running.
  void Remove(int64_t handle);

  // Calls every listener on this thread, in the order they were added. One thread at a time.
  void Call(int64_t revision);

 private:
  std::mutex mutex_;
  std::condition_variable idle_;
  std::map<int64_t, std::shared_ptr<const Listener>> listeners_;
  int64_t last_handle_ = 0;
  int64_t running_ = 0;  // handle of the listener being called, 0 for none
  std::thread::id caller_;
};

}  // namespace neshast
