// The live run of an agenda: what happened is kept, what follows for an instant is worked out by
// agenda/clock.h. Seconds are whole. Whether the state permits a step is the caller's question.
#pragma once

#include <string>

#include "absl/status/status.h"
#include "absl/time/time.h"
#include "neshast/v1/agenda.pb.h"

namespace neshast {

inline constexpr int kMostFloorRequests = 50;

// Whether the clock of `agenda` was started and not ended.
bool IsUnderWay(const v1::Agenda& agenda);

// Calls the item of this name: the clock of the one before stands, the turn ends, the list of
// speakers is emptied. Begins the run where there is none. While it is paused, the clock stands.
void CallItem(const std::string& name, absl::Time now, v1::Agenda& agenda);

void Pause(absl::Time now, v1::AgendaRun& run);
void Resume(absl::Time now, v1::AgendaRun& run);

// Ends the run and everything in it. Without a run that is under way, changes nothing.
void EndRun(absl::Time now, v1::Agenda& agenda);

// Gives `speaker` the floor and takes it from whoever has it; `speaker` is on the list no more.
void GiveFloor(const v1::AgendaSpeaker& speaker, absl::Time now, v1::AgendaRun& run);

// Ends the turn and adds it to the delegation's time; without one, changes nothing.
void EndTurn(absl::Time now, v1::AgendaRun& run);

// Puts `speaker` last on the list unless it is there. RESOURCE_EXHAUSTED / AGENDA_FULL.
absl::Status RequestTurn(const v1::AgendaSpeaker& speaker, absl::Time now, v1::AgendaRun& run);

// Takes `person` off the list.
void Withdraw(const std::string& person, v1::AgendaRun& run);

// Moves `person` to `position`, 1 is the next; beyond the end, the last. INVALID_ARGUMENT /
// INVALID_FIELD at "person" unless on the list.
absl::Status MoveInList(const std::string& person, int position, v1::AgendaRun& run);

// RESOURCE_EXHAUSTED / AGENDA_FULL (metadata: what, most).
absl::Status Full(const std::string& what, int most);

}  // namespace neshast
