// What a mail that came in says. Nothing in it is proof of anything but the DMARC verdict of our
// own mail server and a token that we gave out ourselves.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "mail/address.h"
#include "mail/authentication.h"
#include "mail/message.h"

namespace neshast::mail {

inline constexpr size_t kMostMailOctets = 1 << 20;
inline constexpr size_t kMostCalendarOctets = 128 << 10;

// One recipient whom a mail of ours did not reach (RFC 3464).
struct DeliveryFailure {
  std::string recipient;   // As the reporting server writes it.
  std::string status;      // "5.1.1" (RFC 3463); empty where it is none.
  std::string diagnostic;  // The words of the server that refused; for people, one line.
};

// A mail that is a report about one of ours.
struct DeliveryReport {
  std::string message_id;                 // Of our mail; empty where the report does not say.
  std::vector<DeliveryFailure> failures;  // Empty where it only reports a delay or a success.
};

struct InboundMail {
  std::optional<Address> from;  // Absent unless From is there once and holds one fit address.
  std::vector<Address> to;      // To, Cc, Delivered-To and X-Original-To, as far as they are fit.
  std::string subject;          // One line.
  std::string message_id;
  std::vector<std::string> in_reply_to;
  std::vector<std::string> references;
  bool auto_submitted = false;  // A machine wrote it: never answer.
  Dmarc dmarc = Dmarc::kUnknown;
  std::string text;  // The first text/plain that is no attachment, as UTF-8.
  std::optional<CalendarPart>
      calendar;                     // The first text/calendar; `method` upper case, may be empty.
  bool calendar_too_large = false;  // It had more than kMostCalendarOctets and is left out.
  bool winmail = false;             // Outlook hid the contents in a winmail.dat.
  std::optional<DeliveryReport> report;
};

// Reads `bytes`; `trusted` is the authserv-id of our own mail server (see DmarcVerdict). Forgives
// what mail programs get wrong: missing headers, wrong or no character sets, bare line feeds.
// Errors: INVALID_ARGUMENT / OUT_OF_BOUNDS beyond kMostMailOctets, 100 parts, 8 levels, or
// 10,000 lines that could begin a part.
absl::StatusOr<InboundMail> ParseMail(absl::string_view bytes, absl::string_view trusted);

}  // namespace neshast::mail
