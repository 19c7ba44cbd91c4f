#include "directory/counterparts.h"

#include <algorithm>
#include <set>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "rpc/references.h"
#include "rpc/standard_methods.h"
#include "store/chain.h"

namespace neshast {
namespace {

using v1::Counterpart;
using v1::Vouching;

constexpr int kMostSecretaries = 1000;  // of one city

absl::Time TimeOf(const Vouching& vouching) {
  return absl::FromUnixSeconds(vouching.vouch_time().seconds());
}

// A digest of the pins by which the city's secretaries may enter now; empty where there are none.
absl::StatusOr<std::string> KeysOf(const std::string& city, Transaction& tx) {
  ASSIGN_OR_RETURN(const auto principals, tx.List<v1::Principal>({.kind = "Principal",
                                                                  .list = ReferrersOf(city),
                                                                  .limit = kMostSecretaries}));
  std::set<std::string> pins;
  for (const v1::Principal& each : principals) {
    if (each.role() != v1::ROLE_DELEGATION_SECRETARY || each.city() != city || each.disabled()) {
      continue;
    }
    pins.insert(each.certificate_pins().begin(), each.certificate_pins().end());
  }
  return pins.empty() ? "" : Sha256(absl::StrJoin(pins, "\n"));
}

// nullopt: the person is gone, or of another city now.
absl::StatusOr<std::optional<Marks>> MarksOf(const std::string& person, const std::string& city,
                                             Transaction& tx) {
  const auto found = tx.Get<v1::Person>(person);
  if (absl::IsNotFound(found.status())) return std::nullopt;
  RETURN_IF_ERROR(found.status());
  if (found->city() != city) return std::nullopt;
  ASSIGN_OR_RETURN(std::string keys, KeysOf(city, tx));
  return Marks{found->mail_address(), std::move(keys)};
}

Marks VouchedFor(const Counterpart& counterpart) {
  return {counterpart.mail_address(), counterpart.pins_digest()};
}

absl::Status Wrong(const std::string& field, const std::string& sentence) {
  return Error(absl::StatusCode::kInvalidArgument, sentence,
               {.reason = "INVALID_FIELD", .violations = {{field, sentence}}});
}

// Adds `word` to those of `counterpart` that have not ended: it renews the principal's own, or
// takes the place of the older of two others'.
absl::Status Add(const Vouching& word, absl::Time now, Counterpart& counterpart) {
  auto& words = *counterpart.mutable_vouchings();
  const auto drop = [&words](const auto& is_it) {
    words.erase(std::remove_if(words.begin(), words.end(), is_it), words.end());
  };
  drop([now](const Vouching& each) { return EndOf(TimeOf(each)) <= now; });
  if (words.size() == 1 && words[0].principal() == word.principal()) {
    return Error(absl::StatusCode::kPermissionDenied,
                 absl::StrCat(word.principal(), " has vouched already; it takes a second officer."),
                 {.reason = "SAME_OFFICER", .metadata = {{"principal", word.principal()}}});
  }
  drop([&word](const Vouching& each) { return each.principal() == word.principal(); });
  if (words.size() == 2) words.erase(words.begin());
  *words.Add() = word;
  return absl::OkStatus();
}

// What of a counterpart is told, and not kept.
absl::StatusOr<v1::City> WithStanding(v1::City city, Transaction& tx) {
  ASSIGN_OR_RETURN(const Standing standing, StandingOf(city, tx));
  city.mutable_counterpart()->set_state(standing.state);
  if (standing.state == Counterpart::STATE_VERIFIED) {
    city.mutable_counterpart()->mutable_expire_time()->set_seconds(
        absl::ToUnixSeconds(standing.until));
  }
  return city;
}

std::string WhyNot(Counterpart::State state) {
  switch (state) {
    case Counterpart::STATE_ONE_OFFICER_ONLY:
      return "one officer only has vouched";
    case Counterpart::STATE_EXPIRED:
      return "it is more than twelve months ago that they vouched";
    case Counterpart::STATE_ADDRESS_CHANGED:
      return "the mail address has changed since";
    case Counterpart::STATE_KEYS_CHANGED:
      return "the keys have changed since";
    default:
      return "nobody has vouched";
  }
}

}  // namespace

absl::Time EndOf(absl::Time at) {
  const absl::CivilSecond given = absl::ToCivilSecond(at, absl::UTCTimeZone());
  return absl::FromCivil(absl::CivilSecond(given.year() + 1, given.month(), given.day(),
                                           given.hour(), given.minute(), given.second()),
                         absl::UTCTimeZone());
}

Standing StandingOf(const std::vector<Word>& words, const Marks& vouched,
                    const std::optional<Marks>& present, absl::Time now) {
  if (words.empty() || !present) return {.state = Counterpart::STATE_UNVERIFIED};
  if (present->mail_address != vouched.mail_address) {
    return {.state = Counterpart::STATE_ADDRESS_CHANGED};
  }
  if (present->keys != vouched.keys) return {.state = Counterpart::STATE_KEYS_CHANGED};
  std::set<std::string> officers;
  absl::Time until = absl::InfiniteFuture();
  for (const Word& word : words) {
    officers.insert(word.principal);
    until = std::min(until, EndOf(word.at));
  }
  if (until <= now) return {.state = Counterpart::STATE_EXPIRED};
  if (officers.size() < 2) return {.state = Counterpart::STATE_ONE_OFFICER_ONLY};
  return {.state = Counterpart::STATE_VERIFIED, .until = until};
}

absl::StatusOr<Standing> StandingOf(const v1::City& city, Transaction& tx) {
  const Counterpart& counterpart = city.counterpart();
  if (counterpart.vouchings().empty()) return Standing();
  std::vector<Word> words;
  for (const Vouching& each : counterpart.vouchings()) {
    words.push_back({each.principal(), TimeOf(each)});
  }
  ASSIGN_OR_RETURN(const auto present, MarksOf(counterpart.person(), city.name(), tx));
  return StandingOf(words, VouchedFor(counterpart), present, tx.now());
}

absl::StatusOr<std::vector<UnverifiedCity>> UnverifiedOf(const std::vector<std::string>& cities,
                                                         Transaction& tx) {
  std::vector<UnverifiedCity> unverified;
  for (const std::string& name : cities) {
    ASSIGN_OR_RETURN(const v1::City city, tx.Get<v1::City>(name));
    ASSIGN_OR_RETURN(const Standing standing, StandingOf(city, tx));
    if (standing.state != Counterpart::STATE_VERIFIED) unverified.push_back({name, standing.state});
  }
  return unverified;
}

absl::Status CounterpartsUnverified(const std::vector<UnverifiedCity>& cities) {
  std::vector<std::string> names, reasons;
  for (const UnverifiedCity& each : cities) {
    names.push_back(each.name);
    reasons.push_back(absl::StrCat(each.name, ", where ", WhyNot(each.state)));
  }
  return Error(
      absl::StatusCode::kFailedPrecondition,
      absl::StrCat("Two officers must verify the counterpart in each city. It is missing "
                   "for ",
                   absl::StrJoin(reasons, "; "), "."),
      {.reason = "COUNTERPART_UNVERIFIED", .metadata = {{"cities", absl::StrJoin(names, ", ")}}});
}

absl::StatusOr<v1::City> VouchForCounterpart(const Caller& caller,
                                             const v1::VouchForCounterpartRequest& request,
                                             Transaction& tx) {
  ASSIGN_OR_RETURN(v1::City city, tx.Get<v1::City>(request.name(), request.etag()));
  RETURN_IF_ERROR(CheckReferences(request, "", tx));
  if (city.name() == caller.city) {
    return Wrong("name", "It is your own city, for which nobody need vouch.");
  }
  ASSIGN_OR_RETURN(const auto present, MarksOf(request.person(), city.name(), tx));
  if (!present) {
    return Wrong("person", absl::StrCat(request.person(), " is not of ", city.name(), "."));
  }
  Counterpart& counterpart = *city.mutable_counterpart();
  if (counterpart.person() != request.person() || VouchedFor(counterpart) != *present) {
    counterpart.clear_vouchings();
  }
  counterpart.set_person(request.person());
  counterpart.set_mail_address(present->mail_address);
  counterpart.set_pins_digest(present->keys);
  Vouching word;
  word.set_principal(caller.principal);
  word.mutable_vouch_time()->set_seconds(absl::ToUnixSeconds(tx.now()));
  word.set_method(request.method());
  word.set_remark(request.remark());
  RETURN_IF_ERROR(Add(word, tx.now(), counterpart));
  ASSIGN_OR_RETURN(city, PutUnless(request.validate_only(), std::move(city), tx));
  return WithStanding(std::move(city), tx);
}

absl::StatusOr<v1::City> GetCity(const Caller& caller, const v1::GetCityRequest& request,
                                 Transaction& tx) {
  ASSIGN_OR_RETURN(v1::City city, tx.Get<v1::City>(request.name()));
  if (city.name() == caller.city) return city;
  return WithStanding(std::move(city), tx);
}

}  // namespace neshast
