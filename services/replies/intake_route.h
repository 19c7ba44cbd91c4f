// Where mails come in, as the flags of neshastd say it.
#pragma once

#include <memory>
#include <string>

#include "absl/status/statusor.h"
#include "mail/intake.h"

namespace neshast {

struct IntakeRoute {
  std::string from;           // "imap://HOST:PORT/FOLDER", "imaps://HOST:PORT/FOLDER"
  std::string user;           // empty: no log-in
  std::string password_file;  // whose first line is the password
  std::string ca_file;        // PEM, who vouches for the server; the system's where empty
};

// The mailbox that `route` describes; nothing is connected yet. imap:// asks for STARTTLS and reads
// nothing without it. INBOX where no folder is named. INVALID_ARGUMENT for a route that is none, a
// password file that cannot be read.
absl::StatusOr<std::unique_ptr<mail::Intake>> OpenIntake(const IntakeRoute& route);

}  // namespace neshast
