// Mails in a folder of this machine, in the Maildir form that mail programs read: one file a mail,
// written in tmp/, unread in new/, seen in cur/. https://cr.yp.to/proto/maildir.html
#pragma once

#include <filesystem>

#include "mail/delivery.h"
#include "mail/intake.h"

namespace neshast::mail {

// Puts every mail, to whomever, into one folder, which it makes where it is missing. A mail that is
// delivered has reached the disk; delivered again before it was read, it is still one.
class MaildirDelivery : public Delivery {
 public:
  explicit MaildirDelivery(std::filesystem::path folder);

  absl::Status Deliver(const Message& message) override;

 private:
  const std::filesystem::path folder_;
};

// Takes mails from new/ and moves them to cur/. Files are taken in the order of their names, which
// begin with the time of arrival.
class MaildirIntake : public Intake {
 public:
  explicit MaildirIntake(std::filesystem::path folder);

  absl::StatusOr<std::vector<Arrival>> Fetch(int most) override;
  absl::Status MarkTaken(const std::string& id) override;

 private:
  const std::filesystem::path folder_;
};

}  // namespace neshast::mail
