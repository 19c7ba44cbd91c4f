#include "scheduling/problem.h"

#include <algorithm>
#include <cstring>

#include "scheduling/local_days.h"

namespace neshast::scheduling {
namespace {

// Makes each byte the greatest of itself and the `length` - 1 that follow, in log steps.
void TakeWorstAhead(std::vector<uint8_t>& bytes, int length) {
  std::vector<uint8_t> ahead(bytes.size());
  for (int covered = 1; covered < length;) {
    const int by = std::min(covered, length - covered);
    const size_t count = bytes.size() - std::min(bytes.size(), static_cast<size_t>(by));
    const uint8_t* __restrict from = bytes.data();
    uint8_t* __restrict to = ahead.data();
    for (size_t i = 0; i < count; ++i) to[i] = std::max(from[i], from[i + by]);
    std::memcpy(to + count, from + count, bytes.size() - count);
    bytes.swap(ahead);
    covered += by;
  }
}

}  // namespace

Problem::Problem(const SuggestRequest& request)
    : request_(request),
      before_(QuartersIn(request.buffer_before)),
      length_(QuartersIn(request.duration)),
      after_(QuartersIn(request.buffer_after)),
      range_(GridRange::Around({request.window.begins - request.buffer_before,
                                request.window.ends + request.buffer_after})),
      starts_(range_) {
  LayStarts();
  LayBurdens();
  CountTentative();
}

void Problem::LayStarts() {
  const Quarter first = QuarterFrom(std::max(request_.window.begins, request_.now));
  const Quarter last = QuarterOf(request_.window.ends - request_.duration) + 1;
  const int64_t step = QuartersIn(request_.step);
  for (const OffsetSegment& segment : host().segments()) {
    const int64_t shift = FloorDivide(segment.offset.count(), kQuarterLength.count());
    uint64_t steps = 0;  // The same in every word, since words begin on whole hours.
    for (int64_t bit = 0; bit < 64; ++bit) {
      if (FloorDivide(bit + shift, step) * step == bit + shift) steps |= uint64_t{1} << bit;
    }
    Bitmap inside(range_);
    inside.SetRange(std::max(first, QuarterFrom(segment.begins)),
                    std::min(last, QuarterFrom(segment.ends)));
    for (uint64_t& word : inside.words()) word &= steps;
    starts_.OrWith(inside);
  }
}

void Problem::LayBurdens() {
  burdens_.assign(request_.cities.size(), std::vector<uint8_t>(range_.size()));
  for (size_t city = 0; city < burdens_.size(); ++city) {
    const CompiledCalendar& calendar = *request_.cities[city].calendar;
    const Quarter from = std::max(range_.first, calendar.range().first);
    const Quarter until = std::min(range_.last, calendar.range().last);
    std::memcpy(burdens_[city].data() + (from - range_.first),
                calendar.burdens().data() + (from - calendar.range().first),
                static_cast<size_t>(until - from));
    TakeWorstAhead(burdens_[city], length_);
  }
}

void Problem::CountTentative() {
  std::vector<Bitmap> tentative(request_.cities.size());
  for (const RequestPerson& person : request_.persons) {
    if (!person.required || !person.availability || !person.availability->any_tentative()) continue;
    Bitmap& times = tentative[person.city];
    if (times.words().empty()) times = Bitmap(range_);
    times.OrWith(person.availability->tentative());
  }
  for (size_t city = 0; city < tentative.size(); ++city) {
    if (tentative[city].words().empty()) continue;
    WidenToStarts(tentative[city]);
    tentative[city].ForEach([&](Quarter start) {
      uint8_t& byte = burdens_[city][static_cast<size_t>(start - range_.first)];
      byte = OneHarder(Burden::FromByte(byte), Reason::kTentative).byte();
    });
  }
}

Level Problem::LimitOf(int city, bool with_night) const {
  const Level limit = request_.cities[city].max_level.value_or(request_.max_level);
  return with_night ? limit : std::min(limit, Level::kHard);
}

Bitmap Problem::BusyAt(const CompiledAvailability* availability) const {
  Bitmap plane(range_);
  if (availability == nullptr) return plane;
  plane.OrWith(availability->busy());
  WidenToStarts(plane);
  return plane;
}

bool Problem::HasUnknownTimes(const CompiledAvailability* availability) const {
  return availability == nullptr || availability->any_unknown() ||
         !availability->unknown().range().Contains(range_);
}

void Problem::AddUnknownTimes(const CompiledAvailability* availability, Bitmap& times) const {
  if (availability == nullptr) {
    times.SetRange(range_.first, range_.last);
    return;
  }
  const GridRange& covered = availability->unknown().range();
  if (!covered.Contains(range_)) {
    times.SetRange(range_.first, covered.first);
    times.SetRange(covered.last, range_.last);
  }
  if (availability->any_unknown()) times.OrWith(availability->unknown());
}

Bitmap Problem::UnknownAt(const CompiledAvailability* availability) const {
  Bitmap plane(range_);
  AddUnknownTimes(availability, plane);
  WidenToStarts(plane);
  return plane;
}

Bitmap Problem::DayFullAt(const RequestPerson& person) const {
  return DayFullIn(person, range_);
}

Bitmap Problem::DayFullIn(const RequestPerson& person, const GridRange& range) const {
  Bitmap plane(range_);
  if (!person.daily_limit) return plane;
  for (const LocalDay& day : LocalDaysOf(*request_.cities[person.city].calendar, range)) {
    const int busy =
        person.availability ? person.availability->busy().CountIn(day.first, day.last) : 0;
    if (busy * kQuarterLength + request_.duration > *person.daily_limit) {
      plane.SetRange(day.first, day.last);
    }
  }
  return plane;
}

Bitmap Problem::AbsentAt(const RequestPerson& person) const {
  Bitmap plane = BusyAt(person.availability.get());
  if (person.daily_limit) plane.OrWith(DayFullAt(person));
  return plane;
}

Bitmap Problem::ForbiddenAt(const RequestCity& city) const {
  Bitmap plane(range_);
  if (city.forbidden_dates.empty()) return plane;
  for (const LocalDay& day : LocalDaysOf(*city.calendar, range_)) {
    if (std::count(city.forbidden_dates.begin(), city.forbidden_dates.end(), day.date) > 0) {
      plane.SetRange(day.first - length_ + 1, day.last);
    }
  }
  return plane;
}

PersonStatus Problem::StatusOf(const CompiledAvailability* availability, Quarter start) const {
  if (availability == nullptr) return PersonStatus::kUnknown;
  const Quarter from = start - before_;
  const Quarter until = start + length_ + after_;
  if (availability->busy().AnyIn(from, until)) return PersonStatus::kBusy;
  const GridRange& known = availability->unknown().range();
  if (from < known.first || until > known.last || availability->unknown().AnyIn(from, until)) {
    return PersonStatus::kUnknown;
  }
  return availability->tentative().AnyIn(from, until) ? PersonStatus::kTentative
                                                      : PersonStatus::kFree;
}

PersonStatus Problem::StatusOf(const RequestPerson& person, Quarter start) const {
  const PersonStatus status = StatusOf(person.availability.get(), start);
  if (status == PersonStatus::kBusy || !person.daily_limit) return status;
  return DayFullIn(person, {start, start + 1}).Test(start) ? PersonStatus::kDayFull : status;
}

}  // namespace neshast::scheduling
