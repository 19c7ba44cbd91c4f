#include "mail/smtp.h"

#include <cstring>

#include "absl/strings/ascii.h"
#include "absl/strings/numbers.h"
#include "status_macros.h"

namespace neshast::mail {
namespace {

struct FreeList {
  void operator()(curl_slist* list) const { curl_slist_free_all(list); }
};

// One mail on its way, as libcurl's callbacks see it.
struct Attempt {
  absl::string_view left;   // Of the mail.
  bool whole = false;       // All of it was handed over; the server may have it.
  std::string verb = {};    // Of the last command.
  std::string answer = {};  // The last line of the answer to it, or to the mail.
  bool over = false;        // We say goodbye; what comes now matters no more.
};

size_t GiveBytes(char* to, size_t size, size_t count, void* data) {
  Attempt& attempt = *static_cast<Attempt*>(data);
  const absl::string_view piece = attempt.left.substr(0, size * count);
  std::memcpy(to, piece.data(), piece.size());
  attempt.left.remove_prefix(piece.size());
  if (piece.empty()) {
    attempt.whole = true;
    attempt.answer.clear();
  }
  return piece.size();
}

int FollowTalk(CURL*, curl_infotype kind, char* bytes, size_t size, void* data) {
  Attempt& attempt = *static_cast<Attempt*>(data);
  const absl::string_view line = absl::StripAsciiWhitespace(absl::string_view(bytes, size));
  if (kind == CURLINFO_HEADER_OUT) {
    attempt.over = attempt.over || line == "QUIT";
    if (attempt.over) return 0;
    attempt.verb = std::string(line.substr(0, line.find(' ')));
    attempt.answer.clear();
  } else if (kind == CURLINFO_HEADER_IN && !attempt.over) {
    attempt.answer = std::string(line);
  }
  return 0;
}

absl::Status OutcomeOf(CURLcode result, const Attempt& attempt, const MailServer& server) {
  if (result == CURLE_OK) return absl::OkStatus();
  int code = 0;
  if (!absl::SimpleAtoi(attempt.answer.substr(0, 3), &code)) code = 0;
  if (code >= 500 && (attempt.whole || attempt.verb == "RCPT" || attempt.verb == "DATA")) {
    return ServerError("MAIL_REFUSED", server, "refuses the mail to this recipient.",
                       attempt.answer);
  }
  if (code >= 500) {
    return ServerError("MAIL_ACCOUNT_REFUSED", server, "takes no mail from us.", attempt.answer);
  }
  if (code >= 400) {
    return ServerError("MAIL_TRY_LATER", server, "asks to try later.", attempt.answer);
  }
  if (attempt.whole) {
    return ServerError("MAIL_OUTCOME_UNKNOWN", server, "got the mail but never confirmed it.");
  }
  return ConnectionError(result, server);
}

}  // namespace

SmtpDelivery::SmtpDelivery(MailServer server, absl::string_view own_name)
    : server_(std::move(server)), curl_(CurlFor(server_, "smtp", own_name)) {}

absl::Status SmtpDelivery::Deliver(const Message& message) {
  ASSIGN_OR_RETURN(const std::string bytes, BytesOf(message));
  RETURN_IF_ERROR(CheckSecrecy(server_));
  const Address& sender = message.return_path ? *message.return_path : message.from.address;
  const std::unique_ptr<curl_slist, FreeList> recipients(
      curl_slist_append(nullptr, message.to.address.text().c_str()));
  Attempt attempt{.left = bytes};
  CURL* const curl = curl_.get();
  curl_easy_setopt(curl, CURLOPT_MAIL_FROM, sender.text().c_str());
  curl_easy_setopt(curl, CURLOPT_MAIL_RCPT, recipients.get());
  curl_easy_setopt(curl, CURLOPT_UPLOAD, 1L);
  curl_easy_setopt(curl, CURLOPT_READFUNCTION, GiveBytes);
  curl_easy_setopt(curl, CURLOPT_READDATA, &attempt);
  curl_easy_setopt(curl, CURLOPT_VERBOSE, 1L);
  curl_easy_setopt(curl, CURLOPT_DEBUGFUNCTION, FollowTalk);
  curl_easy_setopt(curl, CURLOPT_DEBUGDATA, &attempt);
  const CURLcode result = curl_easy_perform(curl);
  // The kept connection must not look at this attempt when it is closed one day.
  curl_easy_setopt(curl, CURLOPT_VERBOSE, 0L);
  curl_easy_setopt(curl, CURLOPT_MAIL_RCPT, nullptr);
  return OutcomeOf(result, attempt, server_);
}

}  // namespace neshast::mail
