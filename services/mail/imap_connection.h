// One open IMAP connection (RFC 3501). libcurl connects, encrypts and logs in; the commands are
// ours, because libcurl can fetch a mail only in the way that marks it as seen, and reads the
// answer to a command of ours line by line, so that a line of a mail could pose as the answer's
// end.
#pragma once

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "mail/server.h"

namespace neshast::mail {

// One untagged answer: its line without "* " and with every literal taken out.
struct ImapAnswer {
  std::string line;
  std::vector<std::string> literals;
};

class ImapConnection {
 public:
  // Logged in, with no folder selected.
  // Errors: UNAVAILABLE / MAIL_TRY_LATER, FAILED_PRECONDITION / MAIL_ACCOUNT_REFUSED.
  static absl::StatusOr<ImapConnection> Open(const MailServer& server);

  // Sends `command` (ASCII, one line, no literals) and returns the untagged answers. The connection
  // is of no more use after an error. An answer beyond `most_octets` is an error.
  absl::StatusOr<std::vector<ImapAnswer>> Run(absl::string_view command, size_t most_octets);

 private:
  ImapConnection(const MailServer& server, Curl curl);

  absl::Status Send(absl::string_view bytes);
  absl::Status ReadMore();
  absl::StatusOr<std::string> ReadLine();
  absl::StatusOr<std::string> ReadExactly(size_t octets);
  absl::StatusOr<ImapAnswer> ReadAnswer();
  absl::Status WaitFor(short what) const;

  MailServer server_;
  Curl curl_;
  std::string unread_;  // Received and not used yet.
  size_t allowed_ = 0;  // Octets that may still come in answer to the current command.
  int commands_ = 0;
  absl::Time deadline_;
};

}  // namespace neshast::mail
