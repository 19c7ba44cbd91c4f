// The way in for mails.
#pragma once

#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"

namespace neshast::mail {

// One mail that waits in the mailbox.
struct Arrival {
  std::string id;     // For MarkTaken; means nothing else.
  std::string bytes;  // Empty where it is larger than kMostMailOctets (parse.h).
  bool too_large = false;
};

// A mailbox that is read by this program alone. Not for two threads at once.
class Intake {
 public:
  virtual ~Intake() = default;

  // The mails that nobody has taken yet, oldest first, `most` at the most. Changes nothing: until
  // MarkTaken the same mails come again.
  // Errors: UNAVAILABLE / MAIL_TRY_LATER; FAILED_PRECONDITION / MAIL_ACCOUNT_REFUSED where the
  // server refuses our log-in.
  virtual absl::StatusOr<std::vector<Arrival>> Fetch(int most) = 0;

  // To be called when what the mail says is safely kept. Marking twice is harmless.
  virtual absl::Status MarkTaken(const std::string& id) = 0;
};

}  // namespace neshast::mail
