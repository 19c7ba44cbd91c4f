// The way out for mails.
#pragma once

#include "absl/status/status.h"
#include "mail/message.h"

namespace neshast::mail {

// Hands mails on, one at a time. Not for two threads at once.
class Delivery {
 public:
  virtual ~Delivery() = default;

  // Returns once somebody else is answerable for `message`, or says why nobody is, so that the
  // caller knows what to do next:
  //   INVALID_ARGUMENT / INVALID_FIELD       the message is unfit; trying again is in vain
  //   FAILED_PRECONDITION / MAIL_REFUSED     refused for good for this recipient (5xx)
  //   FAILED_PRECONDITION / MAIL_ACCOUNT_REFUSED  the server does not take mail from us at all
  //   (log-in,
  //                                          sender, no TLS): all mails wait for the operator
  //   UNAVAILABLE / MAIL_TRY_LATER           not now: 4xx, no connection, a timeout, a full disk
  //   UNKNOWN / MAIL_OUTCOME_UNKNOWN         it was handed over whole but never acknowledged; the
  //   same
  //                                          message tried again may arrive twice (RFC 1047)
  // Metadata, as far as the server spoke: smtp_code ("550"), status ("5.1.1"), answer (its words).
  virtual absl::Status Deliver(const Message& message) = 0;
};

}  // namespace neshast::mail
