#include "replies/intake_route.h"

#include <optional>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "absl/strings/strip.h"
#include "errors.h"
#include "mail/imap.h"
#include "mailer/route.h"
#include "status_macros.h"

namespace neshast {
namespace {

// For one exchange with the server: a stop of ours waits for it.
constexpr absl::Duration kTimeout = absl::Seconds(30);

}  // namespace

absl::StatusOr<std::unique_ptr<mail::Intake>> OpenIntake(const IntakeRoute& route) {
  absl::string_view from = route.from;
  const bool is_tls = absl::ConsumePrefix(&from, "imaps://");
  const bool is_imap = is_tls || absl::ConsumePrefix(&from, "imap://");
  const std::pair<std::string, std::string> parts = absl::StrSplit(from, absl::MaxSplits('/', 1));
  const auto host = is_imap ? ReadHost(parts.first) : std::nullopt;
  if (!host) {
    return absl::InvalidArgumentError(
        absl::StrCat("\"", route.from,
                     "\" is no mailbox: imap://HOST:PORT/FOLDER or imaps://HOST:PORT/FOLDER."));
  }
  ASSIGN_OR_RETURN(const std::string password, ReadPassword(route.user, route.password_file));
  const mail::MailServer server{
      .host = host->first,
      .port = host->second,
      .security = is_tls ? mail::Security::kTls : mail::Security::kStartTls,
      .user = route.user,
      .password = password,
      .ca_file = route.ca_file,
      .timeout = kTimeout};
  return std::make_unique<mail::ImapIntake>(server, parts.second.empty() ? "INBOX" : parts.second);
}

}  // namespace neshast
