#include "replies/reading.h"

#include <utility>

#include "absl/strings/escaping.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "errors.h"
#include "ical/reply.h"
#include "ical/text.h"
#include "mail/charset.h"
#include "mail/parse.h"
#include "sessions/zoned_time.h"
#include "store/chain.h"

namespace neshast {
namespace {

using v1::Reply;

// Characters of what is kept of a mail.
constexpr size_t kMostText = 2000;
constexpr size_t kMostComment = 1000;
constexpr size_t kMostRemark = 500;
constexpr size_t kMostLine = 250;

// The first `most` characters of `text`, cleaned.
std::string Beginning(absl::string_view text, size_t most) {
  // No character takes more than four bytes.
  std::string clean = ical::Clean(text.substr(0, 4 * most));
  size_t characters = 0;
  for (size_t i = 0; i < clean.size(); ++i) {
    const bool begins = (static_cast<unsigned char>(clean[i]) & 0xC0) != 0x80;
    if (begins && ++characters > most) return clean.substr(0, i);
  }
  return clean;
}

std::string Line(absl::string_view text) {
  return Beginning(mail::OneLine(text), kMostLine);
}

Reply::Dmarc DmarcOf(mail::Dmarc verdict) {
  if (verdict == mail::Dmarc::kPass) return Reply::DMARC_PASS;
  return verdict == mail::Dmarc::kFail ? Reply::DMARC_FAIL : Reply::DMARC_UNKNOWN;
}

v1::InvitationResponse::Answer AnswerOf(ical::Answer answer) {
  switch (answer) {
    case ical::Answer::kAccepted:
      return v1::InvitationResponse::ANSWER_ACCEPTED;
    case ical::Answer::kDeclined:
      return v1::InvitationResponse::ANSWER_DECLINED;
    case ical::Answer::kTentative:
      return v1::InvitationResponse::ANSWER_TENTATIVE;
    case ical::Answer::kNeedsAction:
    case ical::Answer::kDelegated:
      break;
  }
  return v1::InvitationResponse::ANSWER_UNSPECIFIED;
}

Reply::Kind KindOf(ical::Reply::Method method) {
  if (method == ical::Reply::Method::kReply) return Reply::KIND_ANSWER;
  return method == ical::Reply::Method::kCounter ? Reply::KIND_COUNTER : Reply::KIND_REFRESH;
}

v1::ZonedTime TimeOf(const ical::Moment& moment, const ZoneDatabase& zones) {
  const auto zone = zones.Find(moment.time_zone);
  return zone.ok() ? ZonedTimeAt(**zone, zones.release(), moment.instant) : v1::ZonedTime();
}

void Fail(Reply::Doubt doubt, absl::string_view why, Incoming& incoming) {
  incoming.reply.set_kind(Reply::KIND_UNREADABLE);
  incoming.reply.set_comment(Beginning(why, kMostComment));
  incoming.doubt = doubt;
}

bool IsAnswer(const mail::CalendarPart& calendar) {
  // A part without a method may still say REPLY inside.
  return calendar.method.empty() || calendar.method == "REPLY" || calendar.method == "COUNTER" ||
         calendar.method == "REFRESH";
}

void ReadCalendar(absl::string_view text, const ZoneDatabase& zones, Incoming& incoming) {
  const auto said = ical::ParseReply(text, zones);
  if (!said.ok()) return Fail(Reply::DOUBT_UNREADABLE, said.status().message(), incoming);
  Reply& reply = incoming.reply;
  reply.set_kind(KindOf(said->method));
  reply.set_attendee(Line(said->attendee));
  reply.set_answer(AnswerOf(said->answer));
  reply.set_sequence(said->sequence);
  reply.set_comment(Beginning(said->comment, kMostComment));
  incoming.uid = said->uid;
  if (said->stamped) {
    reply.mutable_stamp_time()->set_seconds(said->stamped->time_since_epoch().count());
  }
  if (!said->proposal) return;
  *reply.mutable_asked_start_time() = TimeOf(said->proposal->starts, zones);
  if (said->proposal->ends) *reply.mutable_asked_end_time() = TimeOf(*said->proposal->ends, zones);
}

void ReadReport(const mail::DeliveryReport& report, Incoming& incoming) {
  if (report.failures.empty()) return;  // a delay, or a success
  incoming.reply.set_kind(Reply::KIND_BOUNCE);
  incoming.thread = {report.message_id};
  std::string words;
  for (const mail::DeliveryFailure& failure : report.failures) {
    incoming.failed.push_back(failure.recipient);
    absl::StrAppend(&words, words.empty() ? "" : "\n", failure.status,
                    failure.status.empty() ? "" : " ", failure.diagnostic);
  }
  incoming.reply.set_comment(Beginning(words, kMostComment));
}

void ReadHeaders(const mail::InboundMail& mail, Incoming& incoming) {
  Reply& reply = incoming.reply;
  if (mail.from) reply.set_from(mail.from->text());
  reply.set_subject(Line(mail.subject));
  reply.set_message_id(Line(mail.message_id));
  reply.set_dmarc(DmarcOf(mail.dmarc));
  incoming.from = mail.from;
  incoming.to = mail.to;
  incoming.by_a_machine = mail.auto_submitted;
  incoming.thread = mail.in_reply_to;
  incoming.thread.insert(incoming.thread.end(), mail.references.rbegin(), mail.references.rend());
}

void ReadBody(const mail::InboundMail& mail, const ZoneDatabase& zones, Incoming& incoming) {
  incoming.text = mail.text;
  incoming.reply.set_text(Beginning(mail.text, kMostText));
  if (mail.report) return ReadReport(*mail.report, incoming);
  if (mail.calendar_too_large) {
    return Fail(Reply::DOUBT_TOO_LARGE, "Its calendar part is larger than we read.", incoming);
  }
  if (mail.calendar && IsAnswer(*mail.calendar)) {
    return ReadCalendar(mail.calendar->text, zones, incoming);
  }
  if (mail.winmail) {
    Fail(Reply::DOUBT_UNREADABLE, "Outlook hid the contents in a winmail.dat.", incoming);
  }
}

}  // namespace

std::string ReplyName(absl::string_view mail) {
  const std::string digest = Sha256(absl::StrReplaceAll(mail, {{"\r\n", "\n"}}));
  return absl::StrCat("replies/", absl::BytesToHexString(digest.substr(0, 16)));
}

std::string RemarkOf(absl::string_view text) {
  return Beginning(text, kMostRemark);
}

Incoming ReadIncoming(absl::string_view bytes, bool truncated, absl::string_view authserv_id,
                      const ZoneDatabase& zones) {
  Incoming incoming;
  incoming.reply.set_name(ReplyName(bytes));
  incoming.reply.set_kind(Reply::KIND_OTHER);
  incoming.reply.set_dmarc(Reply::DMARC_UNKNOWN);
  const auto mail = mail::ParseMail(bytes, authserv_id);
  if (!mail.ok()) {
    Fail(Reply::DOUBT_TOO_LARGE, mail.status().message(), incoming);
    return incoming;
  }
  ReadHeaders(*mail, incoming);
  if (truncated) {
    Fail(Reply::DOUBT_TOO_LARGE, "The mail is larger than we read.", incoming);
  } else {
    ReadBody(*mail, zones, incoming);
  }
  return incoming;
}

Incoming TooLarge(absl::string_view id) {
  Incoming incoming;
  incoming.reply.set_name(ReplyName(absl::StrCat("too large: ", id)));
  incoming.reply.set_dmarc(Reply::DMARC_UNKNOWN);
  Fail(Reply::DOUBT_TOO_LARGE, "The mail is larger than we read. It is still in the mailbox.",
       incoming);
  return incoming;
}

}  // namespace neshast
