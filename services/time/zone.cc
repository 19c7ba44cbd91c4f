#include "time/zone.h"

#include <algorithm>
#include <fstream>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "errors.h"

namespace neshast {
namespace {

absl::Time ToAbsl(Instant instant) {
  return absl::FromUnixSeconds(instant.time_since_epoch().count());
}

Instant FromAbsl(absl::Time time) {
  return Instant(std::chrono::seconds(absl::ToUnixSeconds(time)));
}

// Aliases of one word are names of countries; what is left in capitals is an abbreviation.
bool IsOneWordAlias(absl::string_view name) {
  static constexpr absl::string_view kInCapitals[] = {"UTC", "GB",  "NZ",  "NZ-CHAT",
                                                      "PRC", "ROC", "ROK", "W-SU"};
  return std::find(std::begin(kInCapitals), std::end(kInCapitals), name) != std::end(kInCapitals) ||
         (name != "Factory" && std::any_of(name.begin(), name.end(), absl::ascii_islower));
}

// Names of the IANA database and nothing else that its directory happens to hold.
bool IsIanaName(absl::string_view name) {
  return !name.empty() && name.size() <= 64 && absl::ascii_isupper(name[0]) &&
         std::all_of(name.begin(), name.end(),
                     [](char c) {
                       return absl::ascii_isalnum(c) || c == '/' || c == '_' || c == '-' ||
                              c == '+';
                     }) &&
         !absl::StartsWith(name, "Etc/GMT") && !absl::StrContains(name, "//") &&
         (absl::StrContains(name, '/') || IsOneWordAlias(name));
}

}  // namespace

WallTime Zone::ToWall(Instant instant) const {
  return WallTime((instant + OffsetAt(instant)).time_since_epoch());
}

std::chrono::seconds Zone::OffsetAt(Instant instant) const {
  return std::chrono::seconds(rules_.At(ToAbsl(instant)).offset);
}

std::string Zone::Abbreviation(Instant instant) const {
  return rules_.At(ToAbsl(instant)).zone_abbr;
}

Reading Zone::Read(WallTime wall) const {
  const auto info = rules_.At(absl::CivilSecond(1970, 1, 1) + wall.time_since_epoch().count());
  Reading reading;
  reading.kind = info.kind == absl::TimeZone::TimeInfo::UNIQUE    ? Reading::Kind::kUnique
                 : info.kind == absl::TimeZone::TimeInfo::SKIPPED ? Reading::Kind::kSkipped
                                                                  : Reading::Kind::kRepeated;
  const Instant pre = FromAbsl(info.pre);
  const Instant post = FromAbsl(info.post);
  reading.earlier = std::min(pre, post);
  reading.later = std::max(pre, post);
  return reading;
}

std::vector<OffsetSegment> Zone::Segments(Instant begins, Instant ends) const {
  std::vector<OffsetSegment> segments;
  while (begins < ends) {
    absl::TimeZone::CivilTransition transition;
    Instant next = ends;
    if (rules_.NextTransition(ToAbsl(begins), &transition)) {
      next = std::min(ends, FromAbsl(rules_.At(transition.to).trans));
    }
    const std::chrono::seconds offset = OffsetAt(begins);
    if (!segments.empty() && segments.back().offset == offset) {
      segments.back().ends = next;  // Only the abbreviation changed.
    } else {
      segments.push_back({begins, next, offset});
    }
    begins = next;
  }
  return segments;
}

std::string ZoneDatabase::ReleaseOf(const std::string& directory) {
  std::ifstream rules(directory + "/tzdata.zi");
  std::string first;
  std::getline(rules, first);
  constexpr absl::string_view kMark = "# version ";
  return absl::StartsWith(first, kMark) ? first.substr(kMark.size()) : "";
}

absl::StatusOr<std::unique_ptr<ZoneDatabase>> ZoneDatabase::Open(std::string directory) {
  std::string release = ReleaseOf(directory);
  if (release.empty()) {
    return absl::NotFoundError(absl::StrCat(directory, " holds no tzdata release."));
  }
  return std::unique_ptr<ZoneDatabase>(new ZoneDatabase(std::move(directory), std::move(release)));
}

absl::StatusOr<const Zone*> ZoneDatabase::Find(absl::string_view name) const {
  const std::lock_guard lock(mutex_);
  const std::string key(name);
  const auto known = zones_.find(key);
  if (known != zones_.end()) return known->second.get();
  absl::TimeZone rules;
  if (!IsIanaName(name) || !absl::LoadTimeZone(absl::StrCat(directory_, "/", name), &rules)) {
    return Error(
        absl::StatusCode::kInvalidArgument,
        absl::StrCat("No time zone is named \"", name, "\"; use an IANA name such as Asia/Tehran."),
        {.reason = "UNKNOWN_TIME_ZONE", .metadata = {{"time_zone", key}}, .violations = {}});
  }
  return zones_.emplace(key, std::make_unique<Zone>(key, rules)).first->second.get();
}

}  // namespace neshast
