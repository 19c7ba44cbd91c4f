// All mails to people: a reader of the log that acts in the world.
#pragma once

#include <condition_variable>
#include <memory>
#include <mutex>
#include <thread>

#include "mailer/reader.h"
#include "mailer/sender.h"

namespace neshast {

// Two threads: one reads the log and queues, also what becomes due by time; one sends what is
// queued.
class Mailer {
 public:
  // `store` outlives it.
  Mailer(Store& store, ZonesInForce zones, std::unique_ptr<mail::Delivery> delivery,
         Letterhead letterhead);
  // Waits for the mail that is just being sent.
  ~Mailer();

 private:
  void Read();
  void Send();

  Store& store_;
  LogReader reader_;
  Sender sender_;
  std::mutex mutex_;
  std::condition_variable wake_;
  bool grown_ = true;   // the log has, since it was read
  bool queued_ = true;  // a mail was, since the queue was looked at
  bool stopping_ = false;
  int64_t subscription_ = 0;
  std::thread reading_;
  std::thread sending_;
};

}  // namespace neshast
