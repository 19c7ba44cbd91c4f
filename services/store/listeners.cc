#include "store/listeners.h"

#include <utility>

namespace neshast {

int64_t Listeners::Add(Listener listener) {
  const std::lock_guard<std::mutex> lock(mutex_);
  listeners_[++last_handle_] = std::make_shared<const Listener>(std::move(listener));
  return last_handle_;
}

void Listeners::Remove(int64_t handle) {
  std::unique_lock<std::mutex> lock(mutex_);
  listeners_.erase(handle);
  if (running_ != 0 && caller_ == std::this_thread::get_id()) return;
  idle_.wait(lock, [&] { return running_ != handle; });
}

void Listeners::Call(int64_t revision) {
  std::unique_lock<std::mutex> lock(mutex_);
  caller_ = std::this_thread::get_id();
  // Looked up anew each time: the map may change while a listener runs.
  for (auto next = listeners_.begin(); next != listeners_.end();
       next = listeners_.upper_bound(running_)) {
    running_ = next->first;
    std::shared_ptr<const Listener> listener = next->second;
    lock.unlock();
    (*listener)(revision);
    listener.reset();
    lock.lock();
    idle_.notify_all();
  }
  running_ = 0;
  idle_.notify_all();
}

}  // namespace neshast
