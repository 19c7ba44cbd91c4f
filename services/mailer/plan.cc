#include "mailer/plan.h"

#include <openssl/sha.h>

#include <map>

#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"

namespace neshast {
namespace {

std::string Sha256(absl::string_view text) {
  std::string digest(SHA256_DIGEST_LENGTH, '\0');
  SHA256(reinterpret_cast<const unsigned char*>(text.data()), text.size(),
         reinterpret_cast<unsigned char*>(digest.data()));
  return digest;
}

// With its length, so that no two lists of fields read alike.
void AppendField(std::string& text, absl::string_view field) {
  absl::StrAppend(&text, field.size(), ":", field);
}

// The hour on the clock of `city` as it was computed when the session was booked or the rules
// changed; empty where no delegation is of that city.
std::string HourIn(const v1::Session& session, const std::string& city) {
  for (const v1::CityBurden& burden : session.burdens()) {
    if (burden.city() == city) return burden.start_time().local_time();
  }
  return "";
}

// Whether the last mail may have told the person something: it was tried, and not refused.
bool MayHaveReached(const Addressee& addressee) {
  if (!addressee.last) return true;
  const v1::Mail& last = *addressee.last;
  const bool waits = last.state() == v1::Mail::STATE_QUEUED && last.attempts() == 0;
  return !waits && last.state() != v1::Mail::STATE_REFUSED;
}

}  // namespace

std::string DigestFor(const v1::Session& session, const std::string& city) {
  std::string text;
  AppendField(text, absl::StrCat(session.start_time().instant().seconds()));
  AppendField(text, session.start_time().local_time());
  AppendField(text, session.start_time().time_zone());
  AppendField(text, HourIn(session, city));
  AppendField(text, absl::StrCat(session.duration().seconds()));
  AppendField(text, session.host());
  AppendField(text, v1::Session::State_Name(session.state()));
  for (const auto& [language, title] : std::map<std::string, std::string>(
           session.title().texts().begin(), session.title().texts().end())) {
    AppendField(text, language);
    AppendField(text, title);
  }
  return Sha256(text);
}

bool IsOver(const v1::Session& session, absl::Time now) {
  const int64_t ends = session.start_time().instant().seconds() + session.duration().seconds();
  return session.state() == v1::Session::STATE_HELD || ends <= absl::ToUnixSeconds(now);
}

std::optional<Letter> LetterDue(const v1::Session& session, const Addressee& addressee,
                                absl::Time now) {
  if (IsOver(session, now) || addressee.person.mail_address().empty()) return std::nullopt;
  const bool is_confirmed = session.state() == v1::Session::STATE_CONFIRMED;
  const bool is_cancelled = session.state() == v1::Session::STATE_CANCELLED;
  const bool was_told = addressee.told.has_value();
  const bool expects = was_told && !addressee.told->cancelled();
  Letter letter;
  letter.sequence = was_told ? addressee.told->sequence() + 1 : 0;
  letter.digest = DigestFor(session, addressee.person.city());
  if (is_confirmed && addressee.named) {
    if (expects && addressee.told->digest() == letter.digest) return std::nullopt;
    letter.kind =
        expects && MayHaveReached(addressee) ? v1::Mail::KIND_UPDATE : v1::Mail::KIND_INVITATION;
    return letter;
  }
  if (!expects || (!is_cancelled && !is_confirmed)) return std::nullopt;
  letter.kind = v1::Mail::KIND_CANCELLATION;
  return letter;
}

std::string MailName(const v1::Session& session, absl::string_view person, const Letter& letter) {
  std::string text;
  AppendField(text, session.name());
  AppendField(text, person);
  AppendField(text, absl::StrCat(letter.sequence));
  AppendField(text, v1::Mail::Kind_Name(letter.kind));
  return absl::StrCat("mails/", absl::BytesToHexString(Sha256(text).substr(0, 16)));
}

std::string ToldName(absl::string_view session, absl::string_view person) {
  return absl::StrCat(session, "/told/", person.substr(person.find('/') + 1));
}

}  // namespace neshast
