#include "agenda/tree.h"

#include <algorithm>
#include <map>
#include <set>

#include "absl/strings/str_cat.h"
#include "errors.h"

namespace neshast {
namespace {

// How long those take that stand right under `parent`, in seconds.
int64_t SecondsUnder(const v1::Agenda& agenda, const std::string& parent) {
  int64_t seconds = 0;
  for (const v1::AgendaItem& item : agenda.items()) {
    if (item.parent_item() == parent && StandsOnAgenda(item)) seconds += item.length().seconds();
  }
  return seconds;
}

absl::Status TooLong(const std::string& what, int64_t seconds, int64_t most,
                     const std::string& item) {
  ErrorDetail detail{.reason = "AGENDA_TOO_LONG",
                     .metadata = {{"agenda_seconds", absl::StrCat(seconds)},
                                  {"session_seconds", absl::StrCat(most)}},
                     .violations = {}};
  if (!item.empty()) detail.metadata["item"] = item;
  return Error(absl::StatusCode::kFailedPrecondition,
               absl::StrCat(what, " take ", seconds / 60, " minutes; there are ", most / 60, "."),
               std::move(detail));
}

bool WasCalled(const v1::Agenda& agenda, const std::string& name) {
  const auto& times = agenda.run().items();
  return std::any_of(times.begin(), times.end(), [&](const v1::ItemTime& time) {
    return time.item() == name && time.has_start_time();
  });
}

// Why nothing can stand under `parent`, however deep that is; empty where something can.
std::string WhyNothingUnder(const v1::Agenda& agenda, const std::string& parent) {
  if (parent.empty()) return "";
  const v1::AgendaItem* above = FindItem(agenda, parent);
  if (above == nullptr) return absl::StrCat("There is no ", parent, ".");
  if (!StandsOnAgenda(*above)) return absl::StrCat(parent, " does not stand on the agenda.");
  if (WasCalled(agenda, parent)) return absl::StrCat(parent, " was called already.");
  return "";
}

std::vector<FieldViolation> FaultsOf(
    const v1::Agenda& agenda, const std::vector<std::pair<std::string, std::string>>& places) {
  std::vector<FieldViolation> faults;
  std::set<std::string> placed;
  for (size_t i = 0; i < places.size(); ++i) {
    const auto& [name, parent] = places[i];
    std::string fault = FindItem(agenda, name) == nullptr ? absl::StrCat("There is no ", name, ".")
                                                          : WhyNothingUnder(agenda, parent);
    if (fault.empty() && !placed.insert(name).second) {
      fault = absl::StrCat(name, " is there twice.");
    }
    if (!fault.empty()) faults.push_back({absl::StrCat("places[", i, "]"), fault});
  }
  for (const v1::AgendaItem& item : agenda.items()) {
    if (placed.count(item.name()) > 0) continue;
    faults.push_back({"places", absl::StrCat(item.name(), " is left out.")});
  }
  return faults;
}

// Of an agenda that was put in order: who stands under itself was lost.
std::vector<FieldViolation> FaultsOfDepth(
    const v1::Agenda& agenda, const std::vector<std::pair<std::string, std::string>>& places) {
  std::vector<FieldViolation> faults;
  for (size_t i = 0; i < places.size(); ++i) {
    const int depth = DepthOf(agenda, places[i].first);
    const std::string at = absl::StrCat("places[", i, "]");
    if (depth == 0) faults.push_back({at, "It stands under itself."});
    if (depth > kDeepestAgendaItem) {
      faults.push_back({at, absl::StrCat("It is ", depth, " deep; at most ", kDeepestAgendaItem,
                                         " is allowed.")});
    }
  }
  return faults;
}

absl::Status Unsound(std::vector<FieldViolation> faults) {
  const std::string sentence = absl::StrCat("The order is not sound: ", faults[0].description);
  return Error(absl::StatusCode::kInvalidArgument, sentence,
               {.reason = "INVALID_FIELD", .metadata = {}, .violations = std::move(faults)});
}

}  // namespace

const v1::AgendaItem* FindItem(const v1::Agenda& agenda, const std::string& name) {
  const auto& items = agenda.items();
  const auto found = std::find_if(items.begin(), items.end(),
                                  [&](const v1::AgendaItem& item) { return item.name() == name; });
  return found == items.end() ? nullptr : &*found;
}

v1::AgendaItem* FindItem(v1::Agenda& agenda, const std::string& name) {
  return const_cast<v1::AgendaItem*>(FindItem(std::as_const(agenda), name));
}

bool StandsOnAgenda(const v1::AgendaItem& item) {
  return item.state() == v1::AgendaItem::STATE_ACCEPTED;
}

int DepthOf(const v1::Agenda& agenda, const std::string& name) {
  int depth = 0;
  for (const auto* item = FindItem(agenda, name); item != nullptr && depth < kMostAgendaItems;
       item = FindItem(agenda, item->parent_item())) {
    ++depth;
  }
  return depth;
}

std::vector<std::string> WithAllUnder(const v1::Agenda& agenda, const std::string& name) {
  std::vector<std::string> names = {name};
  for (const v1::AgendaItem& item : agenda.items()) {
    const bool under = std::find(names.begin(), names.end(), item.parent_item()) != names.end();
    if (under) names.push_back(item.name());
  }
  return names;
}

std::vector<std::string> CalledItems(const v1::Agenda& agenda) {
  std::set<std::string> parents;
  for (const v1::AgendaItem& item : agenda.items()) {
    if (StandsOnAgenda(item)) parents.insert(item.parent_item());
  }
  std::vector<std::string> names;
  for (const v1::AgendaItem& item : agenda.items()) {
    if (StandsOnAgenda(item) && parents.count(item.name()) == 0) names.push_back(item.name());
  }
  return names;
}

std::string WhyNotUnder(const v1::Agenda& agenda, const std::string& parent) {
  if (DepthOf(agenda, parent) < kDeepestAgendaItem) return WhyNothingUnder(agenda, parent);
  return absl::StrCat("It would be deeper than ", kDeepestAgendaItem, ".");
}

void PutInOrder(v1::Agenda& agenda) {
  std::multimap<std::string, v1::AgendaItem*> under;
  for (v1::AgendaItem& item : *agenda.mutable_items()) under.emplace(item.parent_item(), &item);
  v1::Agenda ordered;
  std::vector<v1::AgendaItem*> next;  // the last is the next
  const auto add = [&](const std::string& parent) {
    const auto [first, last] = under.equal_range(parent);
    for (auto at = last; at != first;) next.push_back((--at)->second);
  };
  add("");
  while (!next.empty()) {
    v1::AgendaItem& item = *next.back();
    next.pop_back();
    *ordered.add_items() = item;
    add(item.name());
  }
  *agenda.mutable_items() = ordered.items();
}

absl::Status Arrange(const std::vector<std::pair<std::string, std::string>>& places,
                     v1::Agenda& agenda) {
  std::vector<FieldViolation> faults = FaultsOf(agenda, places);
  if (!faults.empty()) return Unsound(std::move(faults));
  v1::Agenda arranged = agenda;
  arranged.clear_items();
  for (const auto& [name, parent] : places) {
    v1::AgendaItem& item = *arranged.add_items();
    item = *FindItem(agenda, name);
    item.set_parent_item(parent);
  }
  PutInOrder(arranged);
  faults = FaultsOfDepth(arranged, places);
  if (!faults.empty()) return Unsound(std::move(faults));
  agenda = std::move(arranged);
  return absl::OkStatus();
}

absl::Status CheckFits(const v1::Agenda& agenda, int64_t session_seconds) {
  const int64_t seconds = SecondsUnder(agenda, "");
  if (seconds > session_seconds) {
    return TooLong("The items of the agenda", seconds, session_seconds, "");
  }
  for (const v1::AgendaItem& item : agenda.items()) {
    const int64_t under = SecondsUnder(agenda, item.name());
    if (under > item.length().seconds()) {
      return TooLong("The items under it", under, item.length().seconds(), item.name());
    }
  }
  return absl::OkStatus();
}

}  // namespace neshast
