#include "filled_store.h"

#include <algorithm>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "access/access.h"
#include "neshast/v1/city.pb.h"
#include "neshast/v1/person.pb.h"
#include "search/subject.h"
#include "served.h"
#include "sessions/index.h"
#include "sessions/random_id.h"
#include "store/sqlite/sqlite_store.h"
#include "verified_counterpart.h"

namespace neshast::bench {
namespace {

constexpr int64_t kSessionsADay = 100;
constexpr int64_t kSessionsAWrite = 4000;
constexpr int64_t kSamples = 1000;
constexpr int kFullDay = 55;  // days from now
constexpr int kLastDay = 60;
constexpr absl::Duration kDay = absl::Hours(24);

constexpr char kZone[] = "Asia/Tehran";

absl::TimeZone Zone() {
  static const absl::TimeZone zone = [] {
    absl::TimeZone loaded;
    absl::LoadTimeZone(kZone, &loaded);
    return loaded;
  }();
  return zone;
}

absl::Time Today() {
  return absl::UnixEpoch() + absl::Floor(absl::Now() - absl::UnixEpoch(), kDay);
}

void Write(Store& store, const std::function<absl::Status(Transaction&)>& fn) {
  Require(WriteAndWait(store, {.actor = "system", .action = "bench.Fill"}, fn));
}

absl::Status PutDirectory(Transaction& tx) {
  for (int i = 0; i < kCities; ++i) {
    v1::City city;
    city.set_name(CityName(i));
    (*city.mutable_display_name()->mutable_texts())["en"] = absl::StrCat("City ", i);
    city.set_country("IR");
    city.set_time_zone("Asia/Tehran");
    city.add_languages("fa");
    // With person i, who is of city i.
    RETURN_IF_ERROR(tx.PutMessage(Verified(city, PersonName(i), Today())).status());
  }
  for (int i = 0; i < kPeople; ++i) {
    v1::Person person;
    person.set_name(PersonName(i));
    person.set_own_name(absl::StrCat("Person ", i));
    person.set_latin_name(person.own_name());
    person.set_city(CityName(i));
    RETURN_IF_ERROR(tx.PutMessage(person).status());
  }
  return absl::OkStatus();
}

// The session `number` of the past and the coming two months, counted back from the last day.
v1::Session Filling(int64_t number) {
  const int64_t place = number % kSessionsADay;
  const absl::Time begins = Today() + (kLastDay - number / kSessionsADay) * kDay + absl::Hours(6) +
                            place % 8 * absl::Minutes(45);
  v1::Session session = SessionOf(number, begins);
  session.set_name("sessions/" + RandomId());
  session.set_state(begins > absl::Now() ? v1::Session::STATE_CONFIRMED : v1::Session::STATE_HELD);
  session.mutable_start_time()->mutable_instant()->set_seconds(absl::ToUnixSeconds(begins));
  session.mutable_start_time()->set_tzdata_release("2026f");
  return session;
}

std::vector<std::string> EnrollAll(Store& store, const std::string& id, v1::Role role, int count) {
  std::vector<std::string> tokens;
  Require(WriteAndWait(store, {"system", "enroll"}, [&](Transaction& tx) -> absl::Status {
    for (int i = 0; i < count; ++i) {
      ASSIGN_OR_RETURN(const std::string token,
                       Enroll(absl::StrCat("principals/", id, "-", i), role, id,
                              CityName(role == v1::ROLE_DELEGATION_SECRETARY ? 0 : i), tx));
      tokens.push_back(token);
    }
    return absl::OkStatus();
  }));
  return tokens;
}

}  // namespace

std::string CityName(int64_t number) {
  return absl::StrCat("cities/city-", number % kCities);
}

std::string PersonName(int64_t number) {
  return absl::StrCat("people/person-", number % kPeople);
}

v1::Session SessionOf(int64_t number, absl::Time begins) {
  v1::Session session;
  session.set_kind(v1::Session::KIND_EXPERT_SESSION);
  (*session.mutable_title()->mutable_texts())["en"] = "Expert session on crisis medicine";
  (*session.mutable_title()->mutable_texts())["fa"] = "نشست تخصصی پزشکی بحران";
  session.set_host(CityName(number));
  session.mutable_start_time()->set_time_zone(kZone);
  session.mutable_start_time()->set_local_time(
      absl::FormatTime("%Y-%m-%dT%H:%M:%S", begins, Zone()));
  session.mutable_duration()->set_seconds(3600);
  for (int i = 0; i < 2; ++i) {
    v1::Delegation& delegation = *session.add_delegations();
    delegation.set_city(CityName(number + i * (1 + number / kCities % (kCities - 1))));
    const int64_t person = number * 4 + int64_t{i} * 2;
    delegation.add_required_people(PersonName(person));
    delegation.add_required_people(PersonName(person + 1));
  }
  session.add_languages("fa");
  session.add_languages("en");
  return session;
}

absl::Time FullDay() {
  return Today() + kFullDay * kDay;
}

Filled Fill(const std::string& directory, int64_t sessions, int officers, int secretaries) {
  const auto store = OpenSqliteStore({.path = directory + "/neshast.db",
                                      .indexer = IndexOf,
                                      .indexing = kIndexing,
                                      .synchronous = "OFF"});
  Require(store.status());
  Write(**store, PutDirectory);
  Filled filled;
  for (int64_t from = 0; from < sessions; from += kSessionsAWrite) {
    std::vector<std::string> names;
    Write(**store, [&](Transaction& tx) -> absl::Status {
      names.clear();
      for (int64_t i = from; i < std::min(sessions, from + kSessionsAWrite); ++i) {
        const v1::Session session = Filling(i);
        RETURN_IF_ERROR(tx.PutMessage(session).status());
        if (i % std::max<int64_t>(1, sessions / kSamples) == 0) names.push_back(session.name());
      }
      return absl::OkStatus();
    });
    filled.sessions.insert(filled.sessions.end(), names.begin(), names.end());
  }
  filled.officers = EnrollAll(**store, "officer", v1::ROLE_PROTOCOL_OFFICER, officers);
  filled.secretaries = EnrollAll(**store, "secretary", v1::ROLE_DELEGATION_SECRETARY, secretaries);
  return filled;
}

}  // namespace neshast::bench
