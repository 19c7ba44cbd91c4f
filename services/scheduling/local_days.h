// The local days of a city on the grid. Internal to the search.
#pragma once

#include <vector>

#include "scheduling/compiled_calendar.h"
#include "scheduling/interval.h"

namespace neshast::scheduling {

// The quarters whose wall clock shows a date; two stretches where a clock change repeats midnight.
struct LocalDay {
  date::local_days date;
  Quarter first;
  Quarter last;  // Half-open.
};

// The local days that meet `range`, in order, not cut to it.
std::vector<LocalDay> LocalDaysOf(const CompiledCalendar& calendar, const GridRange& range);

}  // namespace neshast::scheduling
