#include "scheduling/slow_search.h"

#include <algorithm>
#include <functional>
#include <tuple>

namespace neshast::scheduling {
namespace {

using std::chrono::minutes;
constexpr minutes kStep{15};

Instant Down(Instant at) {
  return BeginOf(QuarterOf(at));
}
Instant Up(Instant at) {
  return BeginOf(QuarterFrom(at));
}

date::local_days DateOf(const CompiledCalendar& calendar, Instant at) {
  return date::floor<date::days>(calendar.ToWall(at));
}

bool IsIn(const std::vector<Interval>& intervals, Instant quarter) {
  return std::any_of(intervals.begin(), intervals.end(), [&](const Interval& interval) {
    return interval.begins < interval.ends && Down(interval.begins) <= quarter &&
           quarter < Up(interval.ends);
  });
}

// Minute by minute, so that stretches that meet are one.
bool IsKnown(const std::vector<Interval>& known, Instant quarter) {
  for (Instant minute = quarter; minute < quarter + kStep; minute += minutes(1)) {
    const bool covered = std::any_of(known.begin(), known.end(), [&](const Interval& interval) {
      return interval.begins <= minute && minute + minutes(1) <= interval.ends;
    });
    if (!covered) return false;
  }
  return true;
}

class SlowProblem {
 public:
  SlowProblem(const SuggestRequest& request, const PlainDiaries& diaries, Level hardest)
      : request_(request), diaries_(diaries), hardest_(hardest) {}

  SlowStart Look(Instant begins) const {
    SlowStart start;
    start.begins = begins;
    start.fits =
        MayBegin(begins) && RequiredCome(begins) && Quorate(begins, false) && Served(begins, false);
    LookAtCities(start);
    start.unverified = !AllRequiredKnown(begins) || !Quorate(begins, true) || !Served(begins, true);
    for (size_t i = 0; i < request_.persons.size(); ++i) {
      const RequestPerson& person = request_.persons[i];
      if (!person.required && (Absent(i, begins) || !Known(diaries_.persons[i], begins))) {
        start.missing_weight += person.weight;
      }
    }
    return start;
  }

 private:
  Instant EndOf(Instant begins) const { return Up(begins + request_.duration); }

  bool Any(Instant begins, const std::function<bool(Instant)>& is) const {
    const Instant until = EndOf(begins) + QuartersIn(request_.buffer_after) * kStep;
    for (Instant at = begins - QuartersIn(request_.buffer_before) * kStep; at < until;
         at += kStep) {
      if (is(at)) return true;
    }
    return false;
  }

  bool Busy(const std::optional<Availability>& diary, Instant begins) const {
    return diary && Any(begins, [&](Instant at) { return IsIn(diary->busy, at); });
  }
  bool Tentative(const std::optional<Availability>& diary, Instant begins) const {
    return diary && Any(begins, [&](Instant at) { return IsIn(diary->tentative, at); });
  }
  bool Known(const std::optional<Availability>& diary, Instant begins) const {
    return diary && !Any(begins, [&](Instant at) { return !IsKnown(diary->known, at); });
  }

  bool DayFull(size_t person, Instant begins) const {
    const RequestPerson& asked = request_.persons[person];
    if (!asked.daily_limit) return false;
    const CompiledCalendar& calendar = *request_.cities[asked.city].calendar;
    std::chrono::seconds spent = request_.duration;
    for (Instant at = begins - date::days(2); at < begins + date::days(2); at += kStep) {
      if (DateOf(calendar, at) != DateOf(calendar, begins) || !diaries_.persons[person]) continue;
      if (IsIn(diaries_.persons[person]->busy, at)) spent += kStep;
    }
    return spent > *asked.daily_limit;
  }

  bool Absent(size_t person, Instant begins) const {
    return Busy(diaries_.persons[person], begins) || DayFull(person, begins);
  }

  bool MayBegin(Instant begins) const {
    if (begins < request_.now + request_.minimum_notice) return false;
    for (const RequestCity& city : request_.cities) {
      for (Instant at = begins; at < EndOf(begins); at += kStep) {
        const auto& dates = city.forbidden_dates;
        if (std::count(dates.begin(), dates.end(), DateOf(*city.calendar, at)) > 0) return false;
      }
    }
    return true;
  }

  bool RequiredCome(Instant begins) const {
    for (size_t i = 0; i < request_.persons.size(); ++i) {
      if (request_.persons[i].required && Absent(i, begins)) return false;
    }
    return true;
  }

  bool AllRequiredKnown(Instant begins) const {
    for (size_t i = 0; i < request_.persons.size(); ++i) {
      if (request_.persons[i].required && !Known(diaries_.persons[i], begins)) return false;
    }
    return true;
  }

  bool Quorate(Instant begins, bool known) const {
    return std::all_of(
        request_.groups.begin(), request_.groups.end(), [&](const QuorumGroup& group) {
          const auto come =
              std::count_if(group.members.begin(), group.members.end(), [&](int member) {
                return !Absent(member, begins) &&
                       (!known || Known(diaries_.persons[member], begins));
              });
          return come >= group.needed;
        });
  }

  // Tries all ways to give the seats of all pairs to interpreters.
  bool Served(Instant begins, bool known) const {
    std::vector<int> seats;
    for (size_t pair = 0; pair < request_.language_pairs.size(); ++pair) {
      seats.insert(seats.end(), request_.language_pairs[pair].needed, static_cast<int>(pair));
    }
    std::vector<bool> free;
    for (const auto& diary : diaries_.interpreters) {
      free.push_back(!Busy(diary, begins) && (!known || Known(diary, begins)));
    }
    return FillSeats(seats, 0, free);
  }

  bool FillSeats(const std::vector<int>& seats, size_t seat, std::vector<bool>& free) const {
    if (seat == seats.size()) return true;
    for (size_t i = 0; i < free.size(); ++i) {
      const auto& pairs = request_.interpreters[i].pairs;
      if (!free[i] || std::count(pairs.begin(), pairs.end(), seats[seat]) == 0) continue;
      free[i] = false;
      const bool filled = FillSeats(seats, seat + 1, free);
      free[i] = true;
      if (filled) return true;
    }
    return false;
  }

  void LookAtCities(SlowStart& start) const {
    for (size_t i = 0; i < request_.cities.size(); ++i) {
      const RequestCity& city = request_.cities[i];
      const Interval slot{start.begins, EndOf(start.begins)};
      Burden burden = city.calendar->Over(slot);
      start.in_hours += burden.level() == Level::kComfortable;
      if (SomebodyIsTentative(i, start.begins)) burden = OneHarder(burden, Reason::kTentative);
      const Level limit = std::min(hardest_, city.max_level.value_or(request_.max_level));
      start.fits = start.fits && burden.level() <= limit;
      const int points = PointsOf(burden.level());
      start.levels.push_back(burden.level());
      start.accounts.push_back(city.ledger + points);
      start.total += points;
      for (const RequestPerson& person : request_.persons) {
        if (person.city == static_cast<int>(i)) start.weighted += person.weight * points;
      }
      const auto wall = city.calendar->ToWall(start.begins);
      const auto minute = (wall - date::floor<std::chrono::hours>(wall)) / minutes(1);
      start.roughness += minute == 0 ? 0 : minute == 30 ? 1 : 2;
    }
    std::sort(start.accounts.rbegin(), start.accounts.rend());
  }

  bool SomebodyIsTentative(size_t city, Instant begins) const {
    for (size_t i = 0; i < request_.persons.size(); ++i) {
      const RequestPerson& person = request_.persons[i];
      if (person.required && person.city == static_cast<int>(city) &&
          Tentative(diaries_.persons[i], begins)) {
        return true;
      }
    }
    return false;
  }

  const SuggestRequest& request_;
  const PlainDiaries& diaries_;
  const Level hardest_;
};

std::vector<SlowStart> SearchUpTo(const SuggestRequest& request, const PlainDiaries& diaries,
                                  Level hardest) {
  const SlowProblem problem(request, diaries, hardest);
  const CompiledCalendar& host = *request.cities[request.host].calendar;
  std::vector<SlowStart> starts;
  for (Instant at = Up(std::max(request.window.begins, request.now));
       at + request.duration <= request.window.ends; at += kStep) {
    const WallTime wall = host.ToWall(at);
    if ((wall - date::floor<date::days>(wall)) % request.step != minutes(0)) continue;
    starts.push_back(problem.Look(at));
  }
  return starts;
}

}  // namespace

std::vector<SlowStart> SlowSearch(const SuggestRequest& request, const PlainDiaries& diaries) {
  std::vector<SlowStart> by_day = SearchUpTo(request, diaries, Level::kHard);
  if (SlowBest(by_day) != nullptr) return by_day;
  return SearchUpTo(request, diaries, Level::kNight);
}

const SlowStart* SlowBest(const std::vector<SlowStart>& starts) {
  int least = INT32_MAX;
  for (const SlowStart& start : starts) {
    if (start.fits) least = std::min(least, start.total);
  }
  const auto key = [least](const SlowStart& start) {
    return std::tuple(start.total > 1.5 * least, start.accounts, start.unverified,
                      start.missing_weight, start.weighted, start.roughness, start.begins);
  };
  const SlowStart* best = nullptr;
  for (const SlowStart& start : starts) {
    if (start.fits && (best == nullptr || key(start) < key(*best))) best = &start;
  }
  return best;
}

}  // namespace neshast::scheduling
