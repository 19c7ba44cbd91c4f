// Mails by SMTP, through libcurl.
#pragma once

#include <string>

#include "mail/delivery.h"
#include "mail/server.h"

namespace neshast::mail {

// Gives each mail to one server, which carries it on. The connection is kept for the next mail.
class SmtpDelivery : public Delivery {
 public:
  // `own_name` is how we greet: the name of this machine, as in "neshast.isfahan.example". A user
  // without TLS (kNone, kStartTlsIfOffered) is refused at the first delivery.
  SmtpDelivery(MailServer server, absl::string_view own_name);

  absl::Status Deliver(const Message& message) override;

 private:
  const MailServer server_;
  const Curl curl_;
};

}  // namespace neshast::mail
