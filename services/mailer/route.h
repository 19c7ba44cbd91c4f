// Which way mails leave, as the flags of neshastd say it.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <utility>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "mail/delivery.h"

namespace neshast {

struct Route {
  // "maildir:PATH", "smtp://HOST:PORT", "smtps://HOST:PORT".
  std::string to;
  std::string user;           // empty: no log-in
  std::string password_file;  // whose first line is the password
};

// The first line of `password_file`; empty for no `user`. INVALID_ARGUMENT where there is none.
absl::StatusOr<std::string> ReadPassword(const std::string& user, const std::string& password_file);

// The host and port in "mail.isfahan.example:587", "[::1]:25"; nullopt where they are none.
std::optional<std::pair<std::string, int>> ReadHost(absl::string_view text);

// The delivery that `route` describes; nothing is connected yet. smtp:// asks for STARTTLS and
// sends nothing without it, but to this machine (localhost, 127.0.0.1) without a log-in. `own_name`
// is how we greet the server. Errors: INVALID_ARGUMENT for a route that is none of these, a port
// that is none, a password file that cannot be read.
absl::StatusOr<std::unique_ptr<mail::Delivery>> OpenRoute(const Route& route,
                                                          const std::string& own_name);

}  // namespace neshast
