// What an hour is in a city: the time on its clocks, how hard it is and why.
#pragma once

#include <chrono>
#include <optional>

#include "scheduling/burden.h"
#include "scheduling/compiled_calendar.h"
#include "scheduling/interval.h"
#include "scheduling/work_calendar.h"

namespace neshast::scheduling {

struct CityHour {
  WallTime local;  // The start there.
  std::chrono::seconds offset;
  date::weekday weekday;
  int day_shift = 0;  // Days after the host's date; negative before.
  Level level = Level::kComfortable;
  Reason reason = Reason::kInHours;
  int points = 0;
  // A holiday or observance on the local dates of the session, whether or not it decided the level.
  std::optional<Holiday> holiday;
  bool clock_change_nearby = false;  // Within two days.
};

// `slot` where `calendar` is kept; `burden` is that of its worst quarter (CompiledCalendar::Over)
// or harder; `host` counts the days. Both calendars cover the slot.
CityHour HourIn(const CompiledCalendar& calendar, const Interval& slot, Burden burden,
                const CompiledCalendar& host);

}  // namespace neshast::scheduling
