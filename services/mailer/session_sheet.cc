#include "absl/strings/str_cat.h"
#include "mailer/sheets.h"
#include "status_macros.h"

namespace neshast {
namespace {

using v1::Mail;
using v1::Session;

const char* KindWord(const Mail& mail) {
  switch (mail.kind()) {
    case Mail::KIND_CANCELLATION:
      return "cancellation";
    case Mail::KIND_UPDATE:
      return "update";
    case Mail::KIND_REMINDER:
      return "reminder";
    default:
      return "invitation";
  }
}

// A session that stands and needs the person no more is no cancelled session.
const char* OpeningWord(const Mail& mail, const Session& session) {
  const bool stands = session.state() == Session::STATE_CONFIRMED;
  return mail.kind() == Mail::KIND_CANCELLATION && stands ? "withdrawal" : KindWord(mail);
}

// The hour of every city, where there are more than the own and the host's.
absl::Status AddCities(const Occasion& occasion, Instant starts, const Pen& pen, Sheet& sheet) {
  SheetRow row{pen.Say("label_cities"), {}};
  bool more = false;
  for (const v1::City& city : occasion.cities) {
    ASSIGN_OR_RETURN(const std::string when, pen.When(starts, city));
    row.lines.push_back(absl::StrCat(pen.NameOf(city), ": ", when));
    more = more || (city.name() != occasion.city.name() && city.name() != occasion.host.name());
  }
  if (more) sheet.rows.push_back(std::move(row));
  return absl::OkStatus();
}

}  // namespace

std::string SessionLink(const Occasion& occasion, const Letterhead& letterhead) {
  if (letterhead.link_base.empty()) return "";
  return absl::StrCat(letterhead.link_base, "/", occasion.session.name());
}

absl::StatusOr<Sheet> SessionSheet(const Mail& mail, const Occasion& occasion, const Pen& pen,
                                   const Letterhead& letterhead) {
  const Session& session = occasion.session;
  const Instant starts{std::chrono::seconds(session.start_time().instant().seconds())};
  const Chosen title = pen.Pick(session.title());
  ASSIGN_OR_RETURN(const std::string when, pen.OwnWhen(starts));
  const std::string subject =
      pen.Say(absl::StrCat("subject_", KindWord(mail)), {{"title", title.text}, {"when", when}});
  Sheet sheet = pen.Begin(subject, OpeningWord(mail, session));
  sheet.rows.push_back({pen.Say("label_title"), {title.text}});
  RETURN_IF_ERROR(pen.AddTimes(starts, sheet));
  RETURN_IF_ERROR(AddCities(occasion, starts, pen, sheet));
  sheet.rows.push_back({pen.Say("label_duration"), {pen.Length(session.duration().seconds())}});
  if (mail.kind() == Mail::KIND_CANCELLATION) {
    if (!session.cancel_reason().empty()) {
      sheet.rows.push_back({pen.Say("label_reason"), {session.cancel_reason()}});
    }
  } else {
    const std::string link = SessionLink(occasion, letterhead);
    if (!link.empty()) sheet.rows.push_back({pen.Say("label_link"), {link}, /*is_link=*/true});
    sheet.notes.push_back(
        pen.Say(mail.kind() == Mail::KIND_REMINDER ? "answer_reminder" : "answer"));
  }
  pen.AddLanguageNotes(title, sheet);
  return sheet;
}

}  // namespace neshast
