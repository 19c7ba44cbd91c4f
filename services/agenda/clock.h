// What the clock of a run says at an instant, and the warnings that follow from it.
#pragma once

#include <cstdint>

#include "absl/time/time.h"
#include "neshast/v1/agenda.pb.h"

namespace neshast {

// NEAR from 80 % on, OVER from the whole on. Both in seconds, `length` above 0.
v1::Overrun OverrunOf(int64_t elapsed, int64_t length);

// The clock of the agenda's run at `now`; an item's time includes that of all under it.
v1::AgendaClock ClockOf(const v1::Agenda& agenda, absl::Time now);

// Notes in the run every warning that is due at `now` and not given yet, and takes back those that
// are due no more (an item was lengthened). Whether anything changed.
bool Warn(absl::Time now, v1::Agenda& agenda);

}  // namespace neshast
