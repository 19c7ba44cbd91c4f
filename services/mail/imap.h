// Mails from a folder of an IMAP server.
#pragma once

#include <optional>

#include "mail/imap_connection.h"
#include "mail/intake.h"

namespace neshast::mail {

// A mail is taken when it is marked \Seen, so nobody else may read this mailbox. Fetching marks
// nothing. Each Fetch connects anew; MarkTaken uses the connection that is open.
class ImapIntake : public Intake {
 public:
  // `folder` in ASCII, "INBOX" or "Replies".
  ImapIntake(MailServer server, std::string folder);

  absl::StatusOr<std::vector<Arrival>> Fetch(int most) override;
  // Also UNAVAILABLE / MAIL_TRY_LATER where the server has numbered the folder anew since: the mail
  // comes again under another id.
  absl::Status MarkTaken(const std::string& id) override;

 private:
  // Connects and selects the folder.
  absl::Status Open();
  absl::StatusOr<std::vector<Arrival>> FetchOpen(int most);
  absl::StatusOr<std::string> FetchBytes(absl::string_view uid);

  const MailServer server_;
  const std::string folder_;
  std::optional<ImapConnection> connection_;
  std::string validity_;  // UIDVALIDITY of the selected folder: ids hold as long as it stays.
};

}  // namespace neshast::mail
