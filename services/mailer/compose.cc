#include "mailer/compose.h"

#include <algorithm>

#include "absl/strings/str_cat.h"
#include "ical/invitation.h"
#include "mailer/sheet.h"
#include "mailer/wording.h"
#include "status_macros.h"

namespace neshast {
namespace {

using v1::Mail;
using v1::Session;

Instant StartOf(const Session& session) {
  return Instant(std::chrono::seconds(session.start_time().instant().seconds()));
}

std::vector<std::string> LanguagesOf(const v1::Person& person, const v1::City& city) {
  std::vector<std::string> languages(person.languages().begin(), person.languages().end());
  languages.insert(languages.end(), city.languages().begin(), city.languages().end());
  return languages;
}

// The languages in which names of cities are looked for in a mail of `catalogue`.
std::string CityName(const v1::City& city, const Catalogue& catalogue) {
  return Choose(city.display_name(), {catalogue.language()}).text;
}

// As printed where the mail is in the person's own language, else in Latin letters.
std::string NameIn(const v1::Person& person, const Catalogue& catalogue) {
  const bool is_own =
      person.languages_size() > 0 && LanguageOf(person.languages(0)) == catalogue.language();
  if (is_own) return person.own_name();
  if (catalogue.language() != "en" || person.honorific().empty()) return person.latin_name();
  return absl::StrCat(person.honorific(), " ", person.latin_name());
}

// Writes the sheet of one mail.
class Writer {
 public:
  Writer(const Mail& mail, const Occasion& occasion, const ZoneDatabase& zones,
         const Letterhead& letterhead)
      : mail_(mail),
        occasion_(occasion),
        zones_(zones),
        letterhead_(letterhead),
        catalogue_(CatalogueFor(occasion.person, occasion.city)) {}

  absl::StatusOr<Sheet> Write() const {
    const std::string host = CityName(occasion_.host, catalogue_);
    const Chosen title = Choose(occasion_.session.title(), TitleLanguages());
    ASSIGN_OR_RETURN(const std::string when, When(occasion_.city));
    Sheet sheet{
        .language = catalogue_.language(),
        .right_to_left = catalogue_.is_right_to_left(),
        .subject = catalogue_.Say(absl::StrCat("subject_", KindWord()),
                                  {{"title", title.text}, {"when", when}}),
        .salutation =
            catalogue_.Say("salutation", {{"name", NameIn(occasion_.person, catalogue_)}}),
        .opening = catalogue_.Say(absl::StrCat("opening_", OpeningWord()), {{"host", host}}),
        .rows = {},
        .notes = {},
        .closing = catalogue_.Say("closing"),
        .signature = catalogue_.Say("signature", {{"host", host}})};
    sheet.rows.push_back({catalogue_.Say("label_title"), {title.text}});
    RETURN_IF_ERROR(AddTimes(sheet));
    sheet.rows.push_back({catalogue_.Say("label_duration"), {Duration()}});
    AddReasonAndLink(sheet);
    AddNotes(title, sheet);
    return sheet;
  }

  std::string Link() const {
    if (letterhead_.link_base.empty() || mail_.kind() == Mail::KIND_CANCELLATION) return "";
    return absl::StrCat(letterhead_.link_base, "/", occasion_.session.name());
  }

  const Catalogue& catalogue() const { return catalogue_; }

 private:
  std::vector<std::string> TitleLanguages() const {
    return LanguagesOf(occasion_.person, occasion_.city);
  }

  const char* KindWord() const {
    if (mail_.kind() == Mail::KIND_CANCELLATION) return "cancellation";
    return mail_.kind() == Mail::KIND_UPDATE ? "update" : "invitation";
  }

  // A session that stands and needs the person no more is no cancelled session.
  const char* OpeningWord() const {
    const bool stands = occasion_.session.state() == Session::STATE_CONFIRMED;
    return mail_.kind() == Mail::KIND_CANCELLATION && stands ? "withdrawal" : KindWord();
  }

  // "Tuesday, December 1, 2026, 16:00 (UTC+08:00)" on the clock of `city`.
  absl::StatusOr<std::string> When(const v1::City& city) const {
    ASSIGN_OR_RETURN(const Zone* zone, zones_.Find(city.time_zone()));
    const Instant starts = StartOf(occasion_.session);
    const WallTime wall = zone->ToWall(starts);
    const std::string& language = catalogue_.language();
    return catalogue_.Say("when", {{"date", FormatDay(language, date::floor<date::days>(wall))},
                                   {"time", FormatHour(language, wall)},
                                   {"offset", FormatOffset(zone->OffsetAt(starts))}});
  }

  absl::Status AddTime(const char* label, const v1::City& city, Sheet& sheet) const {
    ASSIGN_OR_RETURN(const std::string when, When(city));
    sheet.rows.push_back({catalogue_.Say(label, {{"city", CityName(city, catalogue_)}}), {when}});
    return absl::OkStatus();
  }

  // The own city first, the host's beside it, then those of all where there are more.
  absl::Status AddTimes(Sheet& sheet) const {
    RETURN_IF_ERROR(AddTime("label_own_time", occasion_.city, sheet));
    if (occasion_.city.name() != occasion_.host.name()) {
      RETURN_IF_ERROR(AddTime("label_host_time", occasion_.host, sheet));
    }
    SheetRow row{catalogue_.Say("label_cities"), {}};
    bool more = false;
    for (const v1::City& city : occasion_.cities) {
      ASSIGN_OR_RETURN(const std::string when, When(city));
      row.lines.push_back(absl::StrCat(CityName(city, catalogue_), ": ", when));
      more = more || (city.name() != occasion_.city.name() && city.name() != occasion_.host.name());
    }
    if (more) sheet.rows.push_back(std::move(row));
    return absl::OkStatus();
  }

  std::string Duration() const {
    const int minutes = static_cast<int>(occasion_.session.duration().seconds() / 60);
    const bool both = minutes >= 60 && minutes % 60 > 0;
    return catalogue_.Say("duration", {{"hours", minutes / 60},
                                       {"minutes", minutes % 60},
                                       {"both", std::string(both ? "yes" : "no")}});
  }

  void AddReasonAndLink(Sheet& sheet) const {
    const std::string& reason = occasion_.session.cancel_reason();
    if (mail_.kind() == Mail::KIND_CANCELLATION && !reason.empty()) {
      sheet.rows.push_back({catalogue_.Say("label_reason"), {reason}});
    }
    if (!Link().empty()) {
      sheet.rows.push_back({catalogue_.Say("label_link"), {Link()}, /*is_link=*/true});
    }
  }

  void AddNotes(const Chosen& title, Sheet& sheet) const {
    if (mail_.kind() != Mail::KIND_CANCELLATION) sheet.notes.push_back(catalogue_.Say("answer"));
    if (LanguageOf(title.language) != catalogue_.language()) {
      sheet.notes.push_back(catalogue_.Say(
          "note_title", {{"language", LanguageName(title.language, catalogue_.language())}}));
    }
    const std::vector<std::string> languages = LanguagesOf(occasion_.person, occasion_.city);
    if (!languages.empty() && LanguageOf(languages[0]) != catalogue_.language()) {
      sheet.notes.push_back(catalogue_.Say("note_language"));
    }
  }

  const Mail& mail_;
  const Occasion& occasion_;
  const ZoneDatabase& zones_;
  const Letterhead& letterhead_;
  const Catalogue& catalogue_;
};

ical::Role RoleIn(const Session& session, const std::string& person) {
  for (const v1::Delegation& delegation : session.delegations()) {
    const auto& optional = delegation.optional_people();
    if (std::find(optional.begin(), optional.end(), person) != optional.end()) {
      return ical::Role::kOptional;
    }
  }
  return ical::Role::kRequired;
}

ical::Invitation Entry(const Mail& mail, const Occasion& occasion, const Letterhead& letterhead,
                       const Writer& writer, const Sheet& sheet) {
  const Session& session = occasion.session;
  const Catalogue& catalogue = writer.catalogue();
  const std::string host = CityName(occasion.host, catalogue);
  const bool cancels = mail.kind() == Mail::KIND_CANCELLATION;
  ical::Invitation entry;
  entry.method = cancels ? ical::Method::kCancel : ical::Method::kRequest;
  entry.uid = absl::StrCat(session.name().substr(session.name().find('/') + 1), "@",
                           letterhead.from.domain());
  entry.sequence = mail.sequence();
  entry.stamped = Instant(std::chrono::seconds(mail.create_time().seconds()));
  entry.created = entry.modified = entry.stamped;
  entry.starts = StartOf(session);
  entry.length = std::chrono::seconds(session.duration().seconds());
  entry.in_utc = true;
  entry.summary = sheet.rows.front().lines.front();
  entry.description = RowsAsText(sheet);
  entry.location = catalogue.Say("location", {{"host", host}});
  entry.language = catalogue.language();
  if (!writer.Link().empty()) {
    entry.url = writer.Link();
    entry.conferences = {
        {writer.Link(), {ical::Feature::kAudio, ical::Feature::kVideo}, catalogue.Say("join")}};
  }
  entry.organizer = {catalogue.Say("signature", {{"host", host}}), letterhead.from.text()};
  entry.attendee.name = NameIn(occasion.person, catalogue);
  entry.attendee.role = RoleIn(session, occasion.person.name());
  entry.attendee.rsvp = !cancels;
  return entry;
}

}  // namespace

const Catalogue& CatalogueFor(const v1::Person& person, const v1::City& city) {
  for (const std::string& tag : LanguagesOf(person, city)) {
    if (const Catalogue* catalogue = Catalogue::Find(tag)) return *catalogue;
  }
  return Catalogue::English();
}

absl::StatusOr<mail::Message> Compose(const Mail& mail, const Occasion& occasion,
                                      const ZoneDatabase& zones, const Letterhead& letterhead) {
  ASSIGN_OR_RETURN(const mail::Address to, mail::Address::Read(occasion.person.mail_address()));
  const Writer writer(mail, occasion, zones, letterhead);
  ASSIGN_OR_RETURN(const Sheet sheet, writer.Write());
  ical::Invitation entry = Entry(mail, occasion, letterhead, writer, sheet);
  entry.attendee.address = to.text();
  ASSIGN_OR_RETURN(std::string calendar, ical::WriteInvitation(entry));
  return mail::Message{
      .from = {sheet.signature, letterhead.from},
      .to = {entry.attendee.name, to},
      .reply_to = std::nullopt,
      .return_path = std::nullopt,
      .subject = sheet.subject,
      .message_id = mail.message_id(),
      .in_reply_to = "",
      .references = {},
      .date = absl::FromUnixSeconds(mail.create_time().seconds()),
      .language = sheet.language,
      .text = AsText(sheet),
      .html = AsHtml(sheet),
      .calendar = mail::CalendarPart{entry.method == ical::Method::kCancel ? "CANCEL" : "REQUEST",
                                     std::move(calendar)},
      .attachments = {}};
}

}  // namespace neshast
