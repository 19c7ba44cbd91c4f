#include "mailer/plan.h"

#include <openssl/sha.h>

#include <map>

#include "absl/strings/escaping.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"

namespace neshast {
namespace {

// The hour on the clock of `city` as it was computed when the session was booked or the rules
// changed; empty where no delegation is of that city.
std::string HourIn(const v1::Session& session, const std::string& city) {
  for (const v1::CityBurden& burden : session.burdens()) {
    if (burden.city() == city) return burden.start_time().local_time();
  }
  return "";
}

std::string IdOf(absl::string_view name) {
  return std::string(name.substr(name.find('/') + 1));
}

absl::Time StartOf(const v1::Session& session) {
  return absl::FromUnixSeconds(session.start_time().instant().seconds());
}

std::string ReminderDigest(const v1::Session& session) {
  return DigestOf({absl::StrCat(session.start_time().instant().seconds())});
}

}  // namespace

std::string DigestOf(const std::vector<std::string>& fields) {
  std::string text;
  for (const std::string& field : fields) absl::StrAppend(&text, field.size(), ":", field);
  std::string digest(SHA256_DIGEST_LENGTH, '\0');
  SHA256(reinterpret_cast<const unsigned char*>(text.data()), text.size(),
         reinterpret_cast<unsigned char*>(digest.data()));
  return digest;
}

bool IsWaiting(const Addressee& addressee) {
  return addressee.last && addressee.last->state() == v1::Mail::STATE_QUEUED;
}

bool MayHaveReached(const Addressee& addressee) {
  if (!addressee.last) return true;
  const bool was_tried = !IsWaiting(addressee) || addressee.last->attempts() > 0;
  return was_tried && addressee.last->state() != v1::Mail::STATE_REFUSED;
}

std::string DigestFor(const v1::Session& session, const std::string& city) {
  std::vector<std::string> fields = {absl::StrCat(session.start_time().instant().seconds()),
                                     session.start_time().local_time(),
                                     session.start_time().time_zone(),
                                     HourIn(session, city),
                                     absl::StrCat(session.duration().seconds()),
                                     session.host(),
                                     v1::Session::State_Name(session.state())};
  for (const auto& [language, title] : std::map<std::string, std::string>(
           session.title().texts().begin(), session.title().texts().end())) {
    fields.push_back(language);
    fields.push_back(title);
  }
  return DigestOf(fields);
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

std::optional<Letter> ReminderDue(const v1::Session& session, const Addressee& invited,
                                  const Addressee& reminded, absl::Time now) {
  constexpr absl::Duration kTooSoon = absl::Hours(2);
  const absl::Time due = StartOf(session) - kReminderLead;
  if (session.state() != v1::Session::STATE_CONFIRMED || !invited.named || !invited.told ||
      invited.person.mail_address().empty() || now < due || now >= StartOf(session)) {
    return std::nullopt;
  }
  if (LetterDue(session, invited, now)) return std::nullopt;
  const bool was_told_lately =
      invited.last && absl::FromUnixSeconds(invited.last->create_time().seconds()) > due - kTooSoon;
  if (was_told_lately) return std::nullopt;
  const Letter letter{.kind = v1::Mail::KIND_REMINDER,
                      .sequence = reminded.told ? reminded.told->sequence() + 1 : 0,
                      .digest = ReminderDigest(session)};
  if (reminded.told && reminded.told->digest() == letter.digest) return std::nullopt;
  return letter;
}

bool IsReminderStale(const v1::Session& session, const Addressee& reminded) {
  return session.state() != v1::Session::STATE_CONFIRMED || !reminded.named || !reminded.told ||
         reminded.told->digest() != ReminderDigest(session);
}

std::optional<Letter> AddressLetterDue(const Addressee& addressee) {
  const std::string& address = addressee.person.mail_address();
  if (address.empty()) return std::nullopt;
  if (!addressee.told) return Letter{.address = address};
  if (absl::EqualsIgnoreCase(addressee.told->address(), address)) return std::nullopt;
  return Letter{.kind = v1::Mail::KIND_ADDRESS_CHANGED,
                .sequence = addressee.told->sequence() + 1,
                .digest = {},
                .address = address};
}

std::string MailName(absl::string_view subject, absl::string_view person, const Letter& letter) {
  const std::string digest =
      DigestOf({std::string(subject), std::string(person), absl::StrCat(letter.sequence),
                v1::Mail::Kind_Name(letter.kind)});
  return absl::StrCat("mails/", absl::BytesToHexString(digest.substr(0, 16)));
}

std::string ToldName(absl::string_view subject, absl::string_view person) {
  return absl::StrCat(subject, "/told/", IdOf(person));
}

std::string RemindedName(absl::string_view session, absl::string_view person) {
  return absl::StrCat(session, "/reminded/", IdOf(person));
}

}  // namespace neshast
