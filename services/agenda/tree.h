// The tree of an agenda's items. They lie in one list, a parent before what stands under it.
#pragma once

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "neshast/v1/agenda.pb.h"

namespace neshast {

inline constexpr int kMostAgendaItems = 100;
inline constexpr int kDeepestAgendaItem = 3;  // at the top: 1

// The item of this name, null where there is none.
v1::AgendaItem* FindItem(v1::Agenda& agenda, const std::string& name);
const v1::AgendaItem* FindItem(const v1::Agenda& agenda, const std::string& name);

// Whether it stands on the agenda: what is only proposed, or refused, does not.
bool StandsOnAgenda(const v1::AgendaItem& item);

// How deep the item of this name stands: 1 at the top; 0 where there is none.
int DepthOf(const v1::Agenda& agenda, const std::string& name);

// The names of the item and of all under it.
std::vector<std::string> WithAllUnder(const v1::Agenda& agenda, const std::string& name);

// The items that are called one after another: those on the agenda under which none stands.
std::vector<std::string> CalledItems(const v1::Agenda& agenda);

// Why an item cannot stand under `parent`, "" for the top; empty where it can. What stands under
// another must fit into it in time too: CheckFits says that.
std::string WhyNotUnder(const v1::Agenda& agenda, const std::string& parent);

// Puts every item behind its parent, and those with one parent in the order they lie in.
void PutInOrder(v1::Agenda& agenda);

// Puts the items in the order of `places`, each the name of an item and of its parent (or "").
// Every fault at once, INVALID_ARGUMENT / INVALID_FIELD at "places[i]": one left out, twice, not
// there, under itself, under what does not stand on the agenda or was called already, too deep.
absl::Status Arrange(const std::vector<std::pair<std::string, std::string>>& places,
                     v1::Agenda& agenda);

// FAILED_PRECONDITION / AGENDA_TOO_LONG (metadata: agenda_seconds, session_seconds) unless the
// items at the top fit into `session_seconds`; also (metadata besides: item) unless those under an
// item fit into it.
absl::Status CheckFits(const v1::Agenda& agenda, int64_t session_seconds);

}  // namespace neshast
