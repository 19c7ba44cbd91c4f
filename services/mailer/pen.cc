#include "mailer/pen.h"

#include "absl/strings/str_cat.h"
#include "status_macros.h"

namespace neshast {
namespace {

std::vector<std::string> LanguagesOf(const v1::Person& person, const v1::City& city) {
  std::vector<std::string> languages(person.languages().begin(), person.languages().end());
  languages.insert(languages.end(), city.languages().begin(), city.languages().end());
  return languages;
}

}  // namespace

const Catalogue& CatalogueFor(const v1::Person& person, const v1::City& city) {
  for (const std::string& tag : LanguagesOf(person, city)) {
    if (const Catalogue* catalogue = Catalogue::Find(tag)) return *catalogue;
  }
  return Catalogue::English();
}

Pen::Pen(const Occasion& occasion, const ZoneDatabase& zones)
    : occasion_(occasion),
      zones_(zones),
      catalogue_(CatalogueFor(occasion.person, occasion.city)) {}

std::string Pen::Say(const std::string& key, const Catalogue::Values& values) const {
  return catalogue_.Say(key, values);
}

std::vector<std::string> Pen::Languages() const {
  return LanguagesOf(occasion_.person, occasion_.city);
}

std::string Pen::NameOf(const v1::City& city) const {
  return Choose(city.display_name(), {catalogue_.language()}).text;
}

std::string Pen::PersonName() const {
  const v1::Person& person = occasion_.person;
  const bool is_own =
      person.languages_size() > 0 && LanguageOf(person.languages(0)) == catalogue_.language();
  if (is_own) return person.own_name();
  if (catalogue_.language() != "en" || person.honorific().empty()) return person.latin_name();
  return absl::StrCat(person.honorific(), " ", person.latin_name());
}

Chosen Pen::Pick(const v1::LocalizedText& text) const {
  return Choose(text, Languages());
}

absl::StatusOr<std::string> Pen::When(Instant instant, const v1::City& city) const {
  ASSIGN_OR_RETURN(const Zone* zone, zones_.Find(city.time_zone()));
  const WallTime wall = zone->ToWall(instant);
  const std::string& language = catalogue_.language();
  return Say("when", {{"date", FormatDay(language, date::floor<date::days>(wall))},
                      {"time", FormatHour(language, wall)},
                      {"offset", FormatOffset(zone->OffsetAt(instant))}});
}

absl::StatusOr<std::string> Pen::OwnWhen(Instant instant) const {
  return When(instant, occasion_.city);
}

std::string Pen::Length(int64_t seconds) const {
  const int minutes = static_cast<int>(seconds / 60);
  const bool both = minutes >= 60 && minutes % 60 > 0;
  return Say("duration", {{"hours", minutes / 60},
                          {"minutes", minutes % 60},
                          {"both", std::string(both ? "yes" : "no")}});
}

Sheet Pen::Begin(const std::string& subject, const std::string& opening_key) const {
  const std::string host = NameOf(occasion_.host);
  return {.language = catalogue_.language(),
          .right_to_left = catalogue_.is_right_to_left(),
          .subject = subject,
          .salutation = Say("salutation", {{"name", PersonName()}}),
          .opening = Say(absl::StrCat("opening_", opening_key), {{"host", host}}),
          .rows = {},
          .notes = {},
          .closing = Say("closing"),
          .signature = Say("signature", {{"host", host}})};
}

absl::Status Pen::AddTimes(Instant instant, Sheet& sheet) const {
  const v1::City& own = occasion_.city;
  const v1::City& host = occasion_.host;
  ASSIGN_OR_RETURN(const std::string own_when, When(instant, own));
  sheet.rows.push_back({Say("label_own_time", {{"city", NameOf(own)}}), {own_when}});
  if (!IsGuest()) return absl::OkStatus();
  ASSIGN_OR_RETURN(const std::string host_when, When(instant, host));
  sheet.rows.push_back({Say("label_host_time", {{"city", NameOf(host)}}), {host_when}});
  return absl::OkStatus();
}

void Pen::AddLanguageNotes(const Chosen& title, Sheet& sheet) const {
  if (!title.text.empty() && LanguageOf(title.language) != catalogue_.language()) {
    sheet.notes.push_back(
        Say("note_title", {{"language", LanguageName(title.language, catalogue_.language())}}));
  }
  const std::vector<std::string> languages = Languages();
  if (!languages.empty() && LanguageOf(languages[0]) != catalogue_.language()) {
    sheet.notes.push_back(Say("note_language"));
  }
}

}  // namespace neshast
