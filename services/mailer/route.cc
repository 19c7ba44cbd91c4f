#include "mailer/route.h"

#include <fstream>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"
#include "mail/maildir.h"
#include "mail/smtp.h"
#include "status_macros.h"

namespace neshast {
namespace {

// For one mail, from connecting to the end: a stop of the server waits for it.
constexpr absl::Duration kTimeout = absl::Seconds(60);

bool IsThisMachine(const std::string& host) {
  return host == "localhost" || host == "127.0.0.1" || host == "[::1]";
}

}  // namespace

absl::StatusOr<std::string> ReadPassword(const std::string& user,
                                         const std::string& password_file) {
  if (user.empty()) return "";
  std::ifstream file(password_file);
  std::string password;
  if (std::getline(file, password) && !password.empty()) return password;
  return absl::InvalidArgumentError(
      absl::StrCat("The password of the mail server is not in \"", password_file, "\"."));
}

std::optional<std::pair<std::string, int>> ReadHost(absl::string_view text) {
  absl::ConsumeSuffix(&text, "/");
  const size_t colon = text.rfind(':');
  int port = 0;
  if (colon == 0 || colon == absl::string_view::npos ||
      !absl::SimpleAtoi(text.substr(colon + 1), &port) || port < 1 || port > 65535) {
    return std::nullopt;
  }
  return std::pair(std::string(text.substr(0, colon)), port);
}

absl::StatusOr<std::unique_ptr<mail::Delivery>> OpenRoute(const Route& route,
                                                          const std::string& own_name) {
  absl::string_view to = route.to;
  if (absl::ConsumePrefix(&to, "maildir:") && !to.empty()) {
    return std::make_unique<mail::MaildirDelivery>(std::string(to));
  }
  const bool is_tls = absl::ConsumePrefix(&to, "smtps://");
  const bool is_smtp = is_tls || absl::ConsumePrefix(&to, "smtp://");
  const auto host = is_smtp ? ReadHost(to) : std::nullopt;
  if (!host) {
    return absl::InvalidArgumentError(
        absl::StrCat("\"", route.to,
                     "\" is no way for mails: maildir:PATH, smtp://HOST:PORT, "
                     "smtps://HOST:PORT or none."));
  }
  ASSIGN_OR_RETURN(const std::string password, ReadPassword(route.user, route.password_file));
  mail::MailServer server{.host = host->first,
                          .port = host->second,
                          .security = mail::Security::kStartTls,
                          .user = route.user,
                          .password = password};
  if (is_tls) server.security = mail::Security::kTls;
  if (!is_tls && route.user.empty() && IsThisMachine(host->first)) {
    server.security = mail::Security::kStartTlsIfOffered;
  }
  server.timeout = kTimeout;
  return std::make_unique<mail::SmtpDelivery>(server, own_name);
}

}  // namespace neshast
