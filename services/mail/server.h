// A mail server, and libcurl made ready to speak to it.
#pragma once

#include <curl/curl.h>

#include <memory>
#include <string>

#include "absl/status/status.h"
#include "absl/strings/string_view.h"
#include "absl/time/time.h"

namespace neshast::mail {

enum class Security {
  kNone,               // For a server on this machine.
  kStartTlsIfOffered,  // Stops who listens, not who interferes.
  kStartTls,           // No mail without it.
  kTls,                // From the first octet: smtps, imaps.
};

struct MailServer {
  std::string host;
  int port = 0;
  Security security = Security::kStartTls;
  std::string user;  // Empty: no log-in.
  std::string password;
  std::string ca_file = {};                     // PEM; the system's authorities where empty.
  absl::Duration timeout = absl::Seconds(100);  // For one exchange from connecting to the end.
};

struct CloseCurl {
  void operator()(CURL* curl) const { curl_easy_cleanup(curl); }
};
using Curl = std::unique_ptr<CURL, CloseCurl>;

// Refuses a server that would get our password without TLS: MAIL_ACCOUNT_REFUSED.
absl::Status CheckSecrecy(const MailServer& server);

// A handle that speaks `protocol` ("smtp", "imap") with `server`; `path` is what follows the host
// in the URL. Server certificates are verified.
Curl CurlFor(const MailServer& server, const std::string& protocol, absl::string_view path);

// The error with `reason` that says what went wrong with `server`; `answer` is the line in which
// the server said so ("550 5.1.1 No such user"), or empty. See Delivery for the reasons.
absl::Status ServerError(absl::string_view reason, const MailServer& server,
                         absl::string_view sentence, absl::string_view answer = {});

// What `code` means where the server said nothing itself: MAIL_ACCOUNT_REFUSED where it and we
// cannot agree (no TLS, a bad certificate, a refused log-in), else MAIL_TRY_LATER.
absl::Status ConnectionError(CURLcode code, const MailServer& server);

}  // namespace neshast::mail
