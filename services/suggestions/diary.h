// What is known of a person's time, from the directory and from the sessions and holds there are.
#pragma once

#include <set>
#include <string>

#include "absl/status/statusor.h"
#include "neshast/v1/person.pb.h"
#include "scheduling/availability.h"
#include "scheduling/interval.h"
#include "store/store.h"

namespace neshast {

// The person's time in `range`: busy elsewhere as the directory knows, busy in confirmed sessions
// and holds, tentative in drafts. What the holders `own` claim does not count: the session that is
// to be moved, and the hold that keeps its slot. Where the directory names one end of what is known
// only, the other is open; where it names neither, nothing is known.
absl::StatusOr<scheduling::Availability> DiaryOf(const v1::Person& person,
                                                 const scheduling::Interval& range,
                                                 const std::set<std::string>& own, Transaction& tx);

}  // namespace neshast
