#include "mail/message.h"

#include <gmime/gmime.h>

#include <algorithm>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_replace.h"
#include "mail/header_text.h"
#include "status_macros.h"

// GMime is used for its encodings only. Its own headers, as of 3.2.13, hold encoded words beyond 75
// octets, leave a literal "=?utf-8?q?=0A?=" for readers to decode, and choose other character sets.

namespace neshast::mail {
namespace {

bool IsToken(absl::string_view text, absl::string_view also) {
  return !text.empty() && text.size() <= 80 && std::all_of(text.begin(), text.end(), [&](char c) {
    return absl::ascii_isalnum(c) || also.find(c) != absl::string_view::npos;
  });
}

absl::Status CheckAttachment(const Attachment& attachment) {
  RETURN_IF_ERROR(CheckHeaderText("attachment name", attachment.name));
  if (attachment.name.empty() || attachment.name.size() > 255) {
    return UnfitField("attachment name", "has 1 to 255 octets.");
  }
  if (!IsToken(attachment.type, "/.+-") ||
      std::count(attachment.type.begin(), attachment.type.end(), '/') != 1) {
    return UnfitField("attachment type", "is not of the form application/pdf.");
  }
  return absl::OkStatus();
}

absl::Status Check(const Message& message) {
  RETURN_IF_ERROR(CheckHeaderText("sender's name", message.from.name));
  RETURN_IF_ERROR(CheckHeaderText("recipient's name", message.to.name));
  if (message.reply_to) RETURN_IF_ERROR(CheckHeaderText("reply name", message.reply_to->name));
  RETURN_IF_ERROR(CheckHeaderText("subject", message.subject));
  if (!IsMessageId(message.message_id))
    return UnfitField("message id", "is not of the form id@domain.");
  if (!message.in_reply_to.empty() && !IsMessageId(message.in_reply_to)) {
    return UnfitField("id that it answers", "is not of the form id@domain.");
  }
  if (!std::all_of(message.references.begin(), message.references.end(), IsMessageId)) {
    return UnfitField("thread", "holds an id that is not of the form id@domain.");
  }
  if (!IsToken(message.language, "-")) return UnfitField("language", "is no tag such as zh-Hans.");
  if (message.text.empty()) return UnfitField("text", "is empty.");
  if (message.calendar && !IsToken(message.calendar->method, "")) {
    return UnfitField("calendar method", "is no word such as REQUEST.");
  }
  for (const Attachment& each : message.attachments) RETURN_IF_ERROR(CheckAttachment(each));
  return absl::OkStatus();
}

std::string Encoded(GMimeContentEncoding encoding, const std::string& bytes) {
  GMimeEncoding state;
  g_mime_encoding_init_encode(&state, encoding);
  std::string out(g_mime_encoding_outlen(&state, bytes.size()) + 8, '\0');
  out.resize(g_mime_encoding_flush(&state, bytes.data(), bytes.size(), out.data()));
  return absl::StrReplaceAll(out, {{"\n", "\r\n"}});
}

std::string InBase64(const std::string& bytes) {
  return absl::StrCat("Content-Transfer-Encoding: base64\r\n\r\n",
                      Encoded(GMIME_CONTENT_ENCODING_BASE64, bytes));
}

// One part: its headers from Content-Type on, an empty line and the body.
// A text that is mostly ASCII stays legible.
std::string TextPart(absl::string_view type, absl::string_view text) {
  std::string lines = absl::StrReplaceAll(text, {{"\r\n", "\n"}, {"\r", "\n"}});
  if (!absl::EndsWith(lines, "\n")) lines += '\n';
  const std::string head = absl::StrCat("Content-Type: ", type, "; charset=UTF-8\r\n");
  const size_t ascii = std::count_if(lines.begin(), lines.end(), absl::ascii_isascii);
  const bool legible = ascii * 10 >= lines.size() * 9 && lines.find('\0') == std::string::npos;
  if (!legible) return absl::StrCat(head, InBase64(absl::StrReplaceAll(lines, {{"\n", "\r\n"}})));
  const std::string body = Encoded(GMIME_CONTENT_ENCODING_QUOTEDPRINTABLE, lines);
  return absl::StrCat(head, "Content-Transfer-Encoding: quoted-printable\r\n\r\n", body);
}

std::string FilePart(const Attachment& file) {
  return absl::StrCat("Content-Type: ", file.type, Parameter("name", file.name),
                      "\r\nContent-Disposition: attachment", Parameter("filename", file.name),
                      "\r\n", InBase64(file.bytes));
}

// A part of parts; one alone stands for itself. Neither encoding of ours writes "=_", so that no
// body can hold a boundary.
std::string Multipart(absl::string_view kind, const std::vector<std::string>& parts) {
  if (parts.size() == 1) return parts.front();
  const std::string boundary = absl::StrCat("=_", kind);
  const std::string open = absl::StrCat("--", boundary, "\r\n");
  return absl::StrCat("Content-Type: multipart/", kind, "; boundary=\"", boundary, "\"\r\n\r\n",
                      open, absl::StrJoin(parts, absl::StrCat("\r\n", open)), "\r\n--", boundary,
                      "--\r\n");
}

std::string Body(const Message& message) {
  std::vector<std::string> forms = {TextPart("text/plain", message.text)};
  if (!message.html.empty()) forms.push_back(TextPart("text/html", message.html));
  if (message.calendar) {
    const std::string type = absl::StrCat("text/calendar; method=", message.calendar->method);
    forms.push_back(TextPart(type, message.calendar->text));
  }
  std::vector<std::string> parts = {Multipart("alternative", forms)};
  if (message.calendar) {
    parts.push_back(FilePart({"invite.ics", "application/ics", message.calendar->text}));
  }
  for (const Attachment& each : message.attachments) parts.push_back(FilePart(each));
  return Multipart("mixed", parts);
}

std::string Ids(absl::string_view name, const std::vector<std::string>& ids) {
  if (ids.empty()) return "";
  return absl::StrCat(name, ": <", absl::StrJoin(ids, ">\r\n <"), ">\r\n");
}

}  // namespace

absl::StatusOr<std::string> BytesOf(const Message& message) {
  RETURN_IF_ERROR(Check(message));
  std::vector<std::string> answered;
  if (!message.in_reply_to.empty()) answered.push_back(message.in_reply_to);
  return absl::StrCat(
      "Date: ", absl::FormatTime("%a, %d %b %Y %H:%M:%S +0000", message.date, absl::UTCTimeZone()),
      "\r\n", MailboxHeader("From", message.from), MailboxHeader("To", message.to),
      message.reply_to ? MailboxHeader("Reply-To", *message.reply_to) : "",
      Ids("Message-ID", {message.message_id}), Ids("In-Reply-To", answered),
      Ids("References", message.references), TextHeader("Subject", message.subject),
      "Auto-Submitted: auto-generated\r\nContent-Language: ", message.language,
      "\r\nMIME-Version: 1.0\r\n", Body(message));
}

}  // namespace neshast::mail
