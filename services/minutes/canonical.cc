#include "minutes/canonical.h"

#include <unicode/normalizer2.h>

#include <algorithm>
#include <map>

#include "absl/strings/str_cat.h"
#include "absl/time/time.h"
#include "minutes/documents.h"
#include "seal/ed25519.h"

namespace neshast {
namespace {

using v1::Adoption;
using v1::Minutes;
using v1::MinutesEntry;
using v1::Translation;

std::string Normalized(const std::string& text) {
  UErrorCode error = U_ZERO_ERROR;
  const icu::Normalizer2* nfc = icu::Normalizer2::getNFCInstance(error);
  std::string normalized;
  icu::StringByteSink<std::string> sink(&normalized);
  nfc->normalizeUTF8(0, text, sink, nullptr, error);
  return U_SUCCESS(error) ? normalized : text;
}

// The lines of a part.
class Lines {
 public:
  void Add(const char* key, const std::string& value) {
    if (!value.empty()) absl::StrAppend(&text_, key, " ", Normalized(value), "\n");
  }
  void Add(const char* key, int64_t value) {
    if (value != 0) Add(key, absl::StrCat(value));
  }
  void Add(const char* key, const google::protobuf::Timestamp& time) {
    if (time.seconds() != 0) Add(key, InstantText(time));
  }
  // A value behind words that say what it is.
  void Add(const char* key, const std::string& words, const std::string& value) {
    if (!value.empty()) Add(key, absl::StrCat(words, words.empty() ? "" : " ", value));
  }

  std::string text() && { return std::move(text_); }

 private:
  std::string text_;
};

seal::Part HeadOf(const Minutes& minutes, const std::string& text_digest) {
  Lines lines;
  lines.Add("name", minutes.name());
  lines.Add("session", SessionOfMinutes(minutes.name()));
  const auto& texts = minutes.title().texts();
  for (const auto& [language, text] :
       std::map<std::string, std::string>(texts.begin(), texts.end())) {
    lines.Add("title", language, text);
  }
  const v1::ZonedTime& begins = minutes.start_time();
  lines.Add("begins", absl::StrCat(begins.local_time(), " ", begins.time_zone(), " ",
                                   InstantText(begins.instant())));
  lines.Add("seconds", minutes.duration().seconds());
  for (const v1::MinutesLanguage& of : minutes.languages()) {
    lines.Add("language", of.language(), v1::Standing_Name(of.standing()));
  }
  lines.Add("version", minutes.version());
  lines.Add("circulated", minutes.circulate_time());
  lines.Add("closed", minutes.close_time());
  lines.Add("silence", minutes.silence_procedure());
  lines.Add("amends", minutes.amends());
  lines.Add("why", minutes.amend_reason());
  lines.Add("text", text_digest);
  return {"minutes", std::move(lines).text()};
}

seal::Part AttendanceOf(const Minutes& minutes) {
  Lines lines;
  for (const v1::Attendee& row : minutes.attendance()) {
    lines.Add("person", row.person());
    lines.Add("city", row.city());
    lines.Add("printed", row.printed_name());
    lines.Add("seat", row.seat());
    if (row.role() != 0) lines.Add("role", v1::Seat::Role_Name(row.role()));
    lines.Add("presence", v1::Attendee::Presence_Name(row.presence()));
    if (row.source() != 0) lines.Add("source", v1::Attendee::Source_Name(row.source()));
    lines.Add("entered", row.enter_time());
    lines.Add("for", row.substitute_for());
  }
  return {"attendance", std::move(lines).text()};
}

seal::Part EntryPart(const MinutesEntry& entry, int number) {
  Lines lines;
  lines.Add("type", MinutesEntry::Type_Name(entry.type()));
  lines.Add("city", entry.city());
  lines.Add("speaker", entry.speaker());
  lines.Add("item", entry.agenda_item());
  lines.Add("amends", entry.amends());
  lines.Add("original", entry.language(), entry.text());
  std::map<std::string, const Translation*> translations;
  for (const Translation& each : entry.translations()) translations[each.language()] = &each;
  for (const auto& [language, translation] : translations) {
    lines.Add("translation",
              absl::StrCat(language, " ", v1::Standing_Name(translation->standing()),
                           translation->outdated() ? " OUTDATED" : ""),
              translation->text());
  }
  return {absl::StrCat("entry ", number, " ", entry.name()), std::move(lines).text()};
}

seal::Part StatementPart(const MinutesEntry& entry, int number) {
  Lines lines;
  lines.Add("city", entry.city());
  lines.Add("speaker", entry.speaker());
  lines.Add("late", entry.late());
  lines.Add("original", entry.language(), entry.text());
  return {absl::StrCat("statement ", number, " ", entry.name()), std::move(lines).text()};
}

// The parts of the entries that are statements, or of those that are none.
std::vector<seal::Part> EntryParts(const std::vector<MinutesEntry>& entries, bool statements) {
  std::vector<seal::Part> parts;
  for (const MinutesEntry& entry : entries) {
    if ((entry.type() == MinutesEntry::TYPE_STATEMENT) != statements) continue;
    const int number = static_cast<int>(parts.size()) + 1;
    parts.push_back(statements ? StatementPart(entry, number) : EntryPart(entry, number));
  }
  return parts;
}

seal::Part CorrectionsOf(const std::vector<MinutesEntry>& entries) {
  Lines lines;
  for (const MinutesEntry& entry : entries) {
    for (const v1::Correction& correction : entry.corrections()) {
      lines.Add("correction", entry.name());
      lines.Add("city", correction.city());
      lines.Add("by", correction.principal());
      lines.Add("person", correction.person());
      lines.Add("version", correction.version());
      lines.Add("filed", correction.file_time());
      lines.Add("late", correction.late());
      lines.Add("state", v1::Correction::State_Name(correction.state()));
      lines.Add("proposed", correction.language(), correction.text());
      lines.Add("remark", correction.remark());
      lines.Add("answer", correction.host_remark());
    }
  }
  return {"corrections", std::move(lines).text()};
}

void AddAdoption(const Adoption& adoption, Lines& lines) {
  lines.Add("mode", v1::AdoptionMode_Name(adoption.mode()));
  lines.Add("version", adoption.version());
  lines.Add("text", adoption.text_digest());
  lines.Add("by", adoption.principal());
  lines.Add("person", adoption.person());
  lines.Add("adopted", adoption.adopt_time());
  lines.Add("reservation", adoption.language(), adoption.reservation());
}

seal::Part AdoptionsOf(const Minutes& minutes) {
  Lines lines;
  for (const v1::MinutesParty& party : minutes.parties()) {
    lines.Add("party", party.city(), v1::MinutesParty::State_Name(party.state()));
    lines.Add("reason", party.reason());
    if (party.has_adoption()) AddAdoption(party.adoption(), lines);
  }
  for (const Adoption& lapsed : minutes.lapsed_adoptions()) {
    lines.Add("lapsed", lapsed.city());
    AddAdoption(lapsed, lines);
  }
  return {"adoptions", std::move(lines).text()};
}

}  // namespace

std::vector<seal::Part> PartsOf(const Minutes& minutes, const std::vector<MinutesEntry>& entries) {
  std::vector<seal::Part> parts = {HeadOf(minutes, TextDigestOf(entries)), AttendanceOf(minutes)};
  for (const bool statements : {false, true}) {
    for (seal::Part& part : EntryParts(entries, statements)) parts.push_back(std::move(part));
  }
  parts.push_back(CorrectionsOf(entries));
  parts.push_back(AdoptionsOf(minutes));
  return parts;
}

std::string TextDigestOf(const std::vector<MinutesEntry>& entries) {
  std::string text;
  for (const seal::Part& part : EntryParts(entries, false)) {
    absl::StrAppend(&text, "= ", part.title, "\n", part.text);
  }
  return seal::Sha256Hex(text);
}

std::string InstantText(const google::protobuf::Timestamp& time) {
  return absl::FormatTime("%Y-%m-%dT%H:%M:%SZ", absl::FromUnixSeconds(time.seconds()),
                          absl::UTCTimeZone());
}

}  // namespace neshast
