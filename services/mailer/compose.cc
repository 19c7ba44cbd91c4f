#include "mailer/compose.h"

#include <algorithm>
#include <optional>

#include "absl/strings/str_cat.h"
#include "ical/invitation.h"
#include "mail/reply_address.h"
#include "mailer/sheets.h"
#include "status_macros.h"

namespace neshast {
namespace {

using v1::Mail;
using v1::Session;

ical::Role RoleIn(const Session& session, const std::string& person) {
  for (const v1::Delegation& delegation : session.delegations()) {
    const auto& optional = delegation.optional_people();
    if (std::find(optional.begin(), optional.end(), person) != optional.end()) {
      return ical::Role::kOptional;
    }
  }
  return ical::Role::kRequired;
}

// Where the person answers to; nothing for mails that are about no session or proposal.
absl::StatusOr<std::optional<mail::Mailbox>> ReplyTo(const Mail& mail,
                                                     const Letterhead& letterhead) {
  const std::string& subject = mail.proposal().empty() ? mail.session() : mail.proposal();
  if (subject.empty()) return std::optional<mail::Mailbox>();
  ASSIGN_OR_RETURN(
      mail::Address address,
      mail::ReplyAddress(letterhead.from, ReplyToken(letterhead.key, subject, mail.person())));
  return std::optional<mail::Mailbox>({"", std::move(address)});
}

ical::Invitation Entry(const Mail& mail, const Occasion& occasion, const Letterhead& letterhead,
                       const Pen& pen, const Sheet& sheet) {
  const Session& session = occasion.session;
  const bool cancels = mail.kind() == Mail::KIND_CANCELLATION;
  ical::Invitation entry;
  entry.method = cancels ? ical::Method::kCancel : ical::Method::kRequest;
  entry.uid = absl::StrCat(session.name().substr(session.name().find('/') + 1), "@",
                           letterhead.from.domain());
  entry.sequence = mail.sequence();
  entry.stamped = Instant(std::chrono::seconds(mail.create_time().seconds()));
  entry.created = entry.modified = entry.stamped;
  entry.starts = Instant(std::chrono::seconds(session.start_time().instant().seconds()));
  entry.length = std::chrono::seconds(session.duration().seconds());
  entry.in_utc = true;
  entry.summary = sheet.rows.front().lines.front();
  entry.description = RowsAsText(sheet);
  entry.location = pen.Say("location", {{"host", pen.NameOf(occasion.host)}});
  entry.language = sheet.language;
  const std::string link = SessionLink(occasion, letterhead);
  if (!link.empty() && !cancels) {
    entry.url = link;
    entry.conferences = {{link, {ical::Feature::kAudio, ical::Feature::kVideo}, pen.Say("join")}};
  }
  entry.attendee.name = pen.PersonName();
  entry.attendee.role = RoleIn(session, occasion.person.name());
  entry.attendee.rsvp = !cancels;
  return entry;
}

// The calendar entry of an invitation, update or cancellation; nothing for the other kinds.
absl::StatusOr<std::optional<mail::CalendarPart>> Calendar(const Mail& mail,
                                                           const Occasion& occasion,
                                                           const Letterhead& letterhead,
                                                           const Pen& pen, const Sheet& sheet,
                                                           const mail::Message& message) {
  const bool has_entry = mail.kind() == Mail::KIND_INVITATION || mail.kind() == Mail::KIND_UPDATE ||
                         mail.kind() == Mail::KIND_CANCELLATION;
  if (!has_entry) return std::optional<mail::CalendarPart>();
  ical::Invitation entry = Entry(mail, occasion, letterhead, pen, sheet);
  entry.organizer = {message.from.name, message.reply_to->address.text()};
  entry.attendee.address = message.to.address.text();
  ASSIGN_OR_RETURN(std::string text, ical::WriteInvitation(entry));
  const char* const method = entry.method == ical::Method::kCancel ? "CANCEL" : "REQUEST";
  return std::optional<mail::CalendarPart>({method, std::move(text)});
}

// That another address was entered for the person; not which.
Sheet AddressSheet(const Pen& pen) {
  Sheet sheet = pen.Begin(pen.Say("subject_address_changed"), "address_changed");
  sheet.notes.push_back(pen.Say("note_address_changed"));
  pen.AddLanguageNotes({}, sheet);
  return sheet;
}

absl::StatusOr<Sheet> SheetOf(const Mail& mail, const Occasion& occasion, const Pen& pen,
                              const Letterhead& letterhead) {
  if (mail.kind() == Mail::KIND_ADDRESS_CHANGED) return AddressSheet(pen);
  if (!mail.proposal().empty()) return ProposalSheet(mail, occasion, pen, letterhead);
  return SessionSheet(mail, occasion, pen, letterhead);
}

}  // namespace

absl::StatusOr<mail::Message> Compose(const Mail& mail, const Occasion& occasion,
                                      const ZoneDatabase& zones, const Letterhead& letterhead) {
  const std::string& address =
      mail.address().empty() ? occasion.person.mail_address() : mail.address();
  ASSIGN_OR_RETURN(const mail::Address to, mail::Address::Read(address));
  const Pen pen(occasion, zones);
  ASSIGN_OR_RETURN(const Sheet sheet, SheetOf(mail, occasion, pen, letterhead));
  ASSIGN_OR_RETURN(auto reply_to, ReplyTo(mail, letterhead));
  // What does not arrive comes back to the token too, which proves what it was about.
  std::optional<mail::Address> return_path;
  if (reply_to) return_path = reply_to->address;
  mail::Message message{.from = {sheet.signature, letterhead.from},
                        .to = {pen.PersonName(), to},
                        .reply_to = std::move(reply_to),
                        .return_path = std::move(return_path),
                        .subject = sheet.subject,
                        .message_id = mail.message_id(),
                        .in_reply_to = "",
                        .references = {},
                        .date = absl::FromUnixSeconds(mail.create_time().seconds()),
                        .language = sheet.language,
                        .text = AsText(sheet),
                        .html = AsHtml(sheet),
                        .calendar = std::nullopt,
                        .attachments = {}};
  ASSIGN_OR_RETURN(message.calendar, Calendar(mail, occasion, letterhead, pen, sheet, message));
  return message;
}

}  // namespace neshast
