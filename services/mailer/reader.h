// The reader of the log that queues mails.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "absl/status/statusor.h"
#include "store/store.h"

namespace neshast {

// Looks at every change of a session or a person once, and queues the mails that are due after it.
// The mails, what people count as told, and the position are written in one write; the position
// alone only now and then, so that an idle reader does not make the log grow. Killed anywhere, it
// reads again what it had read and finds nobody due.
class LogReader {
 public:
  // `domain` is that of the Message-IDs. `store` outlives it.
  LogReader(Store& store, std::string domain) : store_(store), domain_(std::move(domain)) {}

  struct Progress {
    bool more = false;   // there is more to read now
    bool mails = false;  // mails were queued, or changed by others
  };
  // Reads the next hundred entries. An error leaves the position where the trouble is.
  absl::StatusOr<Progress> ReadOn();

 private:
  absl::Status LoadPosition();
  // Queues what is due after `change`, a session's or a person's.
  absl::Status Follow(const Change& change, Progress& progress);
  // Queues what is due about a session after the change `revision`; whether anything was.
  absl::StatusOr<bool> Tell(const std::string& session, int64_t revision);
  absl::Status StorePosition(int64_t revision);

  Store& store_;
  const std::string domain_;
  std::optional<int64_t> read_;
  int64_t stored_ = 0;
};

}  // namespace neshast
