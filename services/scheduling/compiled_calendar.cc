#include "scheduling/compiled_calendar.h"

#include <algorithm>
#include <cstring>
#include <utility>

namespace neshast::scheduling {
namespace {

constexpr std::chrono::hours kClockChangeNear{48};

bool Overlaps(const OffsetSegment& segment, Instant begins, Instant ends) {
  return segment.begins < ends && begins < segment.ends;
}

// Transitions that only rename the zone do not count.
std::vector<OffsetSegment> Joined(const std::vector<OffsetSegment>& segments) {
  std::vector<OffsetSegment> joined;
  for (const OffsetSegment& segment : segments) {
    if (!joined.empty() && joined.back().offset == segment.offset) {
      joined.back().ends = segment.ends;
    } else {
      joined.push_back(segment);
    }
  }
  return joined;
}

// How much a holiday says: a sure full one before a computed one before half days and observances.
int WeightOf(const Holiday& holiday) {
  switch (holiday.kind) {
    case HolidayKind::kFull:
      return holiday.status == HolidayStatus::kComputed ? 3 : 4;
    case HolidayKind::kHalfMorning:
    case HolidayKind::kHalfAfternoon:
      return 2;
    case HolidayKind::kMakeupWorkday:
      return 1;
    case HolidayKind::kObservance:
      return 0;
  }
  return 0;
}

}  // namespace

CompiledCalendar::CompiledCalendar(std::shared_ptr<const WorkCalendar> calendar, const Zone& zone,
                                   const Interval& range)
    : calendar_(std::move(calendar)), range_(GridRange::Around(range)), burdens_(range_.size()) {
  if (range_.size() == 0) return;
  for (const Holiday& holiday : calendar_->holidays) by_date_.push_back(&holiday);
  std::stable_sort(by_date_.begin(), by_date_.end(),
                   [](const Holiday* a, const Holiday* b) { return a->date < b->date; });
  segments_ = Joined(zone.Segments(BeginOf(range_.first) - kClockChangeNear,
                                   BeginOf(range_.last) + kClockChangeNear));
  DayLevels levels(*calendar_);
  for (const OffsetSegment& segment : segments_) FillSegment(segment, levels);
}

std::vector<const Holiday*> CompiledCalendar::HolidaysOn(date::local_days date) const {
  const auto first = std::lower_bound(
      by_date_.begin(), by_date_.end(), date,
      [](const Holiday* holiday, date::local_days day) { return holiday->date < day; });
  std::vector<const Holiday*> holidays;
  for (auto it = first; it != by_date_.end() && (*it)->date == date; ++it) holidays.push_back(*it);
  return holidays;
}

void CompiledCalendar::FillSegment(const OffsetSegment& segment, DayLevels& levels) {
  const int64_t shift = FloorDivide(segment.offset.count(), kQuarterLength.count());
  const Quarter until = std::min(QuarterFrom(segment.ends), range_.last);
  for (Quarter from = std::max(QuarterFrom(segment.begins), range_.first); from < until;) {
    const int64_t day = FloorDivide(from + shift, kQuartersPerDay);
    const Quarter next = std::min(until, (day + 1) * kQuartersPerDay - shift);
    const date::local_days date{date::days(static_cast<int>(day))};
    const DayTemplate& day_levels = levels.On(date, HolidaysOn(date));
    std::memcpy(burdens_.data() + (from - range_.first),
                day_levels.data() + (from + shift - day * kQuartersPerDay),
                static_cast<size_t>(next - from));
    from = next;
  }
}

std::chrono::seconds CompiledCalendar::OffsetAt(Instant at) const {
  if (segments_.empty()) return std::chrono::seconds(0);
  const auto segment =
      std::find_if(segments_.begin(), segments_.end(),
                   [&](const OffsetSegment& candidate) { return at < candidate.ends; });
  return segment == segments_.end() ? segments_.back().offset : segment->offset;
}

Burden CompiledCalendar::Over(const Interval& slot) const {
  const auto first = burdens_.begin() + (QuarterOf(slot.begins) - range_.first);
  const auto last = burdens_.begin() + (QuarterFrom(slot.ends) - range_.first);
  return Burden::FromByte(*std::max_element(first, last));
}

bool CompiledCalendar::ClockChangeNear(const Interval& slot) const {
  const Instant begins = slot.begins - kClockChangeNear;
  const Instant ends = slot.ends + kClockChangeNear;
  return std::count_if(segments_.begin(), segments_.end(), [&](const OffsetSegment& segment) {
           return Overlaps(segment, begins, ends);
         }) > 1;
}

const Holiday* CompiledCalendar::HolidayOver(const Interval& slot) const {
  const date::local_days last =
      date::floor<date::days>(ToWall(slot.ends - std::chrono::seconds(1)));
  const Holiday* heaviest = nullptr;
  for (auto date = date::floor<date::days>(ToWall(slot.begins)); date <= last;
       date += date::days(1)) {
    for (const Holiday* holiday : HolidaysOn(date)) {
      if (heaviest == nullptr || WeightOf(*holiday) > WeightOf(*heaviest)) heaviest = holiday;
    }
  }
  return heaviest;
}

}  // namespace neshast::scheduling
