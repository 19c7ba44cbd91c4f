#include "mail/imap_connection.h"

#include <poll.h>

#include <algorithm>
#include <cerrno>

#include "absl/strings/match.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"
#include "absl/time/clock.h"
#include "status_macros.h"

namespace neshast::mail {
namespace {

absl::Status Broken(const MailServer& server, absl::string_view why) {
  return ServerError("MAIL_TRY_LATER", server, why);
}

// The size of the literal that `line` announces at its end, "{310}", which it takes off; -1 for
// none.
int64_t TakeLiteralSize(std::string& line) {
  const size_t open = line.rfind('{');
  int64_t size = -1;
  if (open == std::string::npos || line.back() != '}' ||
      !absl::SimpleAtoi(absl::string_view(line).substr(open + 1, line.size() - open - 2), &size)) {
    return -1;
  }
  line.resize(open);
  return size;
}

}  // namespace

ImapConnection::ImapConnection(const MailServer& server, Curl curl)
    : server_(server), curl_(std::move(curl)) {}

absl::StatusOr<ImapConnection> ImapConnection::Open(const MailServer& server) {
  RETURN_IF_ERROR(CheckSecrecy(server));
  Curl curl = CurlFor(server, "imap", "");
  curl_easy_setopt(curl.get(), CURLOPT_CONNECT_ONLY, 1L);
  const CURLcode result = curl_easy_perform(curl.get());
  if (result != CURLE_OK) return ConnectionError(result, server);
  return ImapConnection(server, std::move(curl));
}

absl::StatusOr<std::vector<ImapAnswer>> ImapConnection::Run(absl::string_view command,
                                                            size_t most_octets) {
  deadline_ = absl::Now() + server_.timeout;
  allowed_ = most_octets;
  const std::string tag = absl::StrCat("neshast", ++commands_);
  RETURN_IF_ERROR(Send(absl::StrCat(tag, " ", command, "\r\n")));
  std::vector<ImapAnswer> answers;
  for (;;) {
    ASSIGN_OR_RETURN(ImapAnswer answer, ReadAnswer());
    absl::string_view line = answer.line;
    if (absl::ConsumePrefix(&line, "* ")) {
      answer.line = std::string(line);
      answers.push_back(std::move(answer));
    } else if (absl::ConsumePrefix(&line, tag + " ")) {
      if (absl::StartsWithIgnoreCase(line, "OK")) return answers;
      return ServerError("MAIL_TRY_LATER", server_, "does not carry out a command.", line);
    }
  }
}

absl::Status ImapConnection::WaitFor(short what) const {
  curl_socket_t socket = CURL_SOCKET_BAD;
  curl_easy_getinfo(curl_.get(), CURLINFO_ACTIVESOCKET, &socket);
  if (socket == CURL_SOCKET_BAD) return Broken(server_, "has closed the connection.");
  const int64_t left = absl::ToInt64Milliseconds(deadline_ - absl::Now());
  pollfd wanted{.fd = socket, .events = what, .revents = 0};
  const int ready = left <= 0 ? 0 : poll(&wanted, 1, static_cast<int>(left));
  if (ready == 0) return Broken(server_, "did not answer in time.");
  if (ready < 0 && errno != EINTR) return Broken(server_, "cannot be waited for.");
  return absl::OkStatus();
}

absl::Status ImapConnection::Send(absl::string_view bytes) {
  while (!bytes.empty()) {
    size_t sent = 0;
    const CURLcode result = curl_easy_send(curl_.get(), bytes.data(), bytes.size(), &sent);
    if (result == CURLE_AGAIN) {
      RETURN_IF_ERROR(WaitFor(POLLOUT));
    } else if (result != CURLE_OK) {
      return ConnectionError(result, server_);
    }
    bytes.remove_prefix(sent);
  }
  return absl::OkStatus();
}

absl::Status ImapConnection::ReadMore() {
  char buffer[16 << 10];
  for (;;) {
    size_t received = 0;
    const CURLcode result = curl_easy_recv(curl_.get(), buffer, sizeof buffer, &received);
    if (result == CURLE_AGAIN) {
      RETURN_IF_ERROR(WaitFor(POLLIN));
      continue;
    }
    if (result != CURLE_OK) return ConnectionError(result, server_);
    if (received == 0) return Broken(server_, "has closed the connection.");
    if (received > allowed_) return Broken(server_, "answers with more than was asked for.");
    allowed_ -= received;
    unread_.append(buffer, received);
    return absl::OkStatus();
  }
}

absl::StatusOr<std::string> ImapConnection::ReadLine() {
  size_t end = 0;
  while ((end = unread_.find("\r\n")) == std::string::npos) RETURN_IF_ERROR(ReadMore());
  std::string line = unread_.substr(0, end);
  unread_.erase(0, end + 2);
  return line;
}

absl::StatusOr<std::string> ImapConnection::ReadExactly(size_t octets) {
  while (unread_.size() < octets) RETURN_IF_ERROR(ReadMore());
  std::string bytes = unread_.substr(0, octets);
  unread_.erase(0, octets);
  return bytes;
}

absl::StatusOr<ImapAnswer> ImapConnection::ReadAnswer() {
  ImapAnswer answer;
  for (;;) {
    ASSIGN_OR_RETURN(std::string line, ReadLine());
    const int64_t size = TakeLiteralSize(line);
    answer.line += line;
    if (size < 0) return answer;
    ASSIGN_OR_RETURN(answer.literals.emplace_back(), ReadExactly(static_cast<size_t>(size)));
  }
}

}  // namespace neshast::mail
