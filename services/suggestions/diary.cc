#include "suggestions/diary.h"

namespace neshast {
namespace {

using scheduling::Availability;
using scheduling::Interval;

constexpr int kPage = 1000;

Instant ToInstant(int64_t seconds) {
  return Instant(std::chrono::seconds(seconds));
}

void AddDirectory(const v1::Person& person, const Interval& range, Availability& diary) {
  const v1::Availability& told = person.availability();
  if (told.has_known_from_time() || told.has_known_until_time()) {
    diary.known.push_back(
        {told.has_known_from_time() ? ToInstant(told.known_from_time().seconds()) : range.begins,
         told.has_known_until_time() ? ToInstant(told.known_until_time().seconds()) : range.ends});
  }
  for (const v1::BusyInterval& interval : told.busy()) {
    (interval.tentative() ? diary.tentative : diary.busy)
        .push_back(
            {ToInstant(interval.start_time().seconds()), ToInstant(interval.end_time().seconds())});
  }
}

absl::Status AddBookings(const std::string& person, const Interval& range,
                         const std::set<std::string>& own, Transaction& tx, Availability& diary) {
  OccupancyQuery query{.party = person,
                       .begins = range.begins.time_since_epoch().count(),
                       .ends = range.ends.time_since_epoch().count(),
                       .least = Occupancy::Strength::kTentative,
                       .after_holder = "",
                       .limit = kPage};
  while (true) {
    ASSIGN_OR_RETURN(const std::vector<Occupancy> claims, tx.Occupied(query));
    for (const Occupancy& claim : claims) {
      if (own.count(claim.holder) > 0) continue;
      const bool tentative = claim.strength == Occupancy::Strength::kTentative;
      (tentative ? diary.tentative : diary.busy)
          .push_back({ToInstant(claim.begins), ToInstant(claim.ends)});
    }
    if (claims.size() < static_cast<size_t>(kPage)) return absl::OkStatus();
    query.after_begins = claims.back().begins;
    query.after_holder = claims.back().holder;
  }
}

}  // namespace

absl::StatusOr<Availability> DiaryOf(const v1::Person& person, const Interval& range,
                                     const std::set<std::string>& own, Transaction& tx) {
  Availability diary;
  AddDirectory(person, range, diary);
  RETURN_IF_ERROR(AddBookings(person.name(), range, own, tx, diary));
  return diary;
}

}  // namespace neshast
