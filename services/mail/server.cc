#include "mail/server.h"

#include "absl/strings/ascii.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "errors.h"
#include "mail/charset.h"

namespace neshast::mail {
namespace {

void StartCurl() {
  [[maybe_unused]] static const CURLcode started = curl_global_init(CURL_GLOBAL_DEFAULT);
}

long UseSsl(Security security) {
  switch (security) {
    case Security::kNone:
      return CURLUSESSL_NONE;
    case Security::kStartTlsIfOffered:
      return CURLUSESSL_TRY;
    case Security::kStartTls:
    case Security::kTls:
      break;
  }
  return CURLUSESSL_ALL;
}

absl::StatusCode CodeOf(absl::string_view reason) {
  if (reason == "MAIL_TRY_LATER") return absl::StatusCode::kUnavailable;
  if (reason == "MAIL_OUTCOME_UNKNOWN") return absl::StatusCode::kUnknown;
  return absl::StatusCode::kFailedPrecondition;
}

// "5.1.1" in "550 5.1.1 No such user"; empty where there is none (RFC 2034).
std::string EnhancedStatus(absl::string_view answer) {
  if (answer.size() < 9) return "";
  const absl::string_view word = answer.substr(4, answer.find(' ', 4) - 4);
  const bool is_status = absl::ascii_isdigit(word[0]) && word.size() >= 5 && word[1] == '.' &&
                         word.find_first_not_of("0123456789.") == absl::string_view::npos;
  return is_status ? std::string(word) : "";
}

}  // namespace

absl::Status CheckSecrecy(const MailServer& server) {
  const bool secret = server.security == Security::kStartTls || server.security == Security::kTls;
  if (secret || server.user.empty()) return absl::OkStatus();
  return ServerError("MAIL_ACCOUNT_REFUSED", server,
                     "would get our password without encryption. Require TLS, or log in nowhere.");
}

Curl CurlFor(const MailServer& server, const std::string& protocol, absl::string_view path) {
  StartCurl();
  Curl curl(curl_easy_init());
  const std::string scheme = server.security == Security::kTls ? protocol + "s" : protocol;
  const std::string url = absl::StrCat(scheme, "://", server.host, ":", server.port, "/", path);
  curl_easy_setopt(curl.get(), CURLOPT_URL, url.c_str());
  curl_easy_setopt(curl.get(), CURLOPT_PROTOCOLS_STR, scheme.c_str());
  curl_easy_setopt(curl.get(), CURLOPT_PROXY, "");
  curl_easy_setopt(curl.get(), CURLOPT_NOSIGNAL, 1L);
  curl_easy_setopt(curl.get(), CURLOPT_USE_SSL, UseSsl(server.security));
  curl_easy_setopt(curl.get(), CURLOPT_SSLVERSION, static_cast<long>(CURL_SSLVERSION_TLSv1_2));
  if (!server.ca_file.empty()) curl_easy_setopt(curl.get(), CURLOPT_CAINFO, server.ca_file.c_str());
  if (!server.user.empty()) {
    curl_easy_setopt(curl.get(), CURLOPT_USERNAME, server.user.c_str());
    curl_easy_setopt(curl.get(), CURLOPT_PASSWORD, server.password.c_str());
  }
  curl_easy_setopt(curl.get(), CURLOPT_TIMEOUT_MS,
                   static_cast<long>(absl::ToInt64Milliseconds(server.timeout)));
  // Bounds the goodbye too, which the other does not.
  curl_easy_setopt(
      curl.get(), CURLOPT_SERVER_RESPONSE_TIMEOUT,
      static_cast<long>(absl::ToInt64Seconds(absl::Ceil(server.timeout, absl::Seconds(1)))));
  return curl;
}

absl::Status ServerError(absl::string_view reason, const MailServer& server,
                         absl::string_view sentence, absl::string_view answer) {
  ErrorDetail detail{.reason = std::string(reason)};
  std::string said;
  if (int code; absl::SimpleAtoi(answer.substr(0, 3), &code)) {
    detail.metadata["smtp_code"] = absl::StrCat(code);
    if (std::string status = EnhancedStatus(answer); !status.empty()) {
      detail.metadata["status"] = std::move(status);
    }
  }
  if (!answer.empty()) {
    detail.metadata["answer"] = OneLine(answer);
    said = absl::StrCat(" It said: ", OneLine(answer));
  }
  return Error(CodeOf(reason),
               absl::StrCat("The mail server ", server.host, ":", server.port, " ", sentence, said),
               std::move(detail));
}

absl::Status ConnectionError(CURLcode code, const MailServer& server) {
  const bool disagree = code == CURLE_USE_SSL_FAILED || code == CURLE_PEER_FAILED_VERIFICATION ||
                        code == CURLE_LOGIN_DENIED || code == CURLE_SSL_CACERT_BADFILE;
  return ServerError(disagree ? "MAIL_ACCOUNT_REFUSED" : "MAIL_TRY_LATER", server,
                     absl::StrCat("cannot be used now: ", curl_easy_strerror(code), "."));
}

}  // namespace neshast::mail
