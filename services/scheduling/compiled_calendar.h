// A city's work calendar laid over the grid of instants: one byte per quarter hour. Made once per
// city, zone release and range, then shared by any number of searches and threads.
#pragma once

#include <memory>
#include <optional>
#include <vector>

#include "scheduling/burden.h"
#include "scheduling/interval.h"
#include "scheduling/work_calendar.h"
#include "time/wall_time.h"
#include "time/zone.h"

namespace neshast::scheduling {

class CompiledCalendar {
 public:
  // Covers `range`, rounded outward to the grid. About 3 µs per month. `calendar` is kept, because
  // explanations name its holidays; it is not null.
  CompiledCalendar(std::shared_ptr<const WorkCalendar> calendar, const Zone& zone,
                   const Interval& range);

  const GridRange& range() const { return range_; }
  // The burden of each quarter of range(), as Burden::byte().
  const std::vector<uint8_t>& burdens() const { return burdens_; }
  // The zone's offsets over range() and two days to either side, in order.
  const std::vector<OffsetSegment>& segments() const { return segments_; }

  // The offset from UTC at `at`; the nearest known one outside range().
  std::chrono::seconds OffsetAt(Instant at) const;
  WallTime ToWall(Instant at) const { return WallTime{at.time_since_epoch() + OffsetAt(at)}; }

  // The worst quarter of `slot`, which lies in range() and is not empty.
  Burden Over(const Interval& slot) const;
  // Whether the zone's offset changes from two days before `slot` to two days after it.
  bool ClockChangeNear(const Interval& slot) const;
  // The holiday that weighs most on the local dates that `slot` touches; null for none.
  const Holiday* HolidayOver(const Interval& slot) const;

 private:
  std::vector<const Holiday*> HolidaysOn(date::local_days date) const;
  void FillSegment(const OffsetSegment& segment, DayLevels& levels);

  std::shared_ptr<const WorkCalendar> calendar_;
  GridRange range_;
  std::vector<const Holiday*> by_date_;
  std::vector<OffsetSegment> segments_;
  std::vector<uint8_t> burdens_;
};

}  // namespace neshast::scheduling
