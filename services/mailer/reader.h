// The reader of the log that queues mails.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <utility>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "mailer/letterhead.h"
#include "store/store.h"

namespace neshast {

// Looks at every change of a session, proposal or person once, and queues the mails that are due
// after it; and at every session once more when its reminders are due. The mails, what people count
// as told, and the position are written in one write; the position alone only now and then, so that
// an idle reader does not make the log grow. Killed anywhere, it reads again what it had read and
// finds nobody due.
class LogReader {
 public:
  // `store` outlives it.
  LogReader(Store& store, const Letterhead& letterhead)
      : store_(store), domain_(letterhead.from.domain()), office_(letterhead.host) {}

  struct Progress {
    bool more = false;   // there is more to read now
    bool mails = false;  // mails were queued, or changed by others
  };
  // Reads the next hundred entries. An error leaves the position where the trouble is.
  absl::StatusOr<Progress> ReadOn();

  struct Reminded {
    bool mails = false;                              // mails were queued
    absl::Duration wait = absl::InfiniteDuration();  // until the next session's are due
  };
  // Queues the reminders that have become due.
  absl::StatusOr<Reminded> Remind();

 private:
  absl::Status LoadPosition();
  // Queues what is due after `change`.
  absl::Status Follow(const Change& change, Progress& progress);
  // Queues what is due about a session, proposal or person, after the change `revision` where it is
  // read because of one; whether anything was.
  absl::StatusOr<bool> Tell(const std::string& subject, std::optional<int64_t> revision);
  absl::Status StorePosition(int64_t revision);

  Store& store_;
  const std::string domain_;  // of the Message-IDs
  const std::string office_;  // the city whose office this server is
  std::optional<int64_t> read_;
  int64_t stored_ = 0;
  // The last session that was looked at for its reminders, by when they are due.
  std::pair<int64_t, std::string> reminded_;
};

}  // namespace neshast
