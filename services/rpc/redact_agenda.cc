// What of an agenda is for whom.
#include <algorithm>
#include <set>
#include <string>
#include <utility>

#include "rpc/policy.h"

namespace neshast {
namespace {

using v1::Agenda;
using v1::AgendaItem;
using v1::Paper;

const AgendaItem* ItemOf(const Agenda& agenda, const std::string& name) {
  const auto& items = agenda.items();
  const auto found = std::find_if(items.begin(), items.end(),
                                  [&](const AgendaItem& item) { return item.name() == name; });
  return found == items.end() ? nullptr : &*found;
}

bool IsHost(const Caller& caller) {
  return caller.principal == "system" || caller.role == v1::ROLE_PROTOCOL_OFFICER;
}

// Whether the item and all that it stands under are open.
bool IsOpen(const Agenda& agenda, const AgendaItem& item) {
  int steps = 0;
  for (const AgendaItem* each = &item; each != nullptr;
       each = ItemOf(agenda, each->parent_item())) {
    if (each->openness() != AgendaItem::OPENNESS_OPEN || ++steps > agenda.items_size())
      return false;
  }
  return true;
}

bool Leads(const Caller& caller, const AgendaItem& item) {
  return !caller.person.empty() && std::any_of(item.speakers().begin(), item.speakers().end(),
                                               [&](const v1::AgendaSpeaker& speaker) {
                                                 return speaker.person() == caller.person;
                                               });
}

// Of a session that the caller may see.
bool MaySeeItem(const Caller& caller, const Agenda& agenda, const AgendaItem& item) {
  if (IsHost(caller)) return true;
  if (item.state() != AgendaItem::STATE_ACCEPTED) return SpeaksFor(caller, item.proposed_by());
  switch (caller.role) {
    case v1::ROLE_DELEGATION_SECRETARY:
    case v1::ROLE_DELEGATE:
    case v1::ROLE_INTERPRETER:
      return true;
    case v1::ROLE_EXPERT:
      return Leads(caller, item);
    case v1::ROLE_OBSERVER:
      return IsOpen(agenda, item);
    default:
      return false;
  }
}

bool IsOwn(const Caller& caller, const Paper& paper) {
  if (IsHost(caller)) return paper.city() == paper.host();
  return (caller.role == v1::ROLE_DELEGATION_SECRETARY || caller.role == v1::ROLE_DELEGATE) &&
         !caller.city.empty() && caller.city == paper.city();
}

bool MaySeePaperOf(const Caller& caller, const Agenda& agenda, const AgendaItem& item,
                   const Paper& paper) {
  if (!MaySeeItem(caller, agenda, item)) return false;
  if (IsOwn(caller, paper)) return true;
  switch (paper.visibility()) {
    case Paper::VISIBILITY_HOST:
      return IsHost(caller);
    case Paper::VISIBILITY_PARTIES:
      return caller.role != v1::ROLE_OBSERVER;
    case Paper::VISIBILITY_OBSERVERS:
      return true;
    default:
      return false;
  }
}

void HidePapers(const Caller& caller, const Agenda& agenda, AgendaItem& item) {
  auto& papers = *item.mutable_papers();
  papers.erase(std::remove_if(
                   papers.begin(), papers.end(),
                   [&](const Paper& paper) { return !MaySeePaperOf(caller, agenda, item, paper); }),
               papers.end());
}

AgendaItem TitleOf(const AgendaItem& item) {
  AgendaItem title;
  title.set_name(item.name());
  *title.mutable_title() = item.title();
  title.set_openness(item.openness());
  title.set_state(item.state());
  title.set_parent_item(item.parent_item());
  *title.mutable_papers() = item.papers();
  return title;
}

void HideVacancies(const Caller& caller, AgendaItem& item) {
  auto& vacancies = *item.mutable_vacancies();
  vacancies.erase(std::remove_if(vacancies.begin(), vacancies.end(),
                                 [&](const v1::SpeakerVacancy& each) {
                                   return !SpeaksFor(caller, each.city());
                                 }),
                  vacancies.end());
}

// An expert follows the run of the items that it leads.
void HideRunOfOthers(const Agenda& shown, v1::AgendaRun& run) {
  auto& times = *run.mutable_items();
  times.erase(std::remove_if(
                  times.begin(), times.end(),
                  [&](const v1::ItemTime& time) { return ItemOf(shown, time.item()) == nullptr; }),
              times.end());
  if (ItemOf(shown, run.current_item()) != nullptr) return;
  run.clear_current_item();
  run.clear_since_time();
  run.clear_turn();
  run.clear_requests();
}

}  // namespace

bool MaySeePaper(const Caller& caller, const v1::Session& session, const Paper& paper) {
  const AgendaItem* item = ItemOf(session.agenda(), paper.item());
  return item != nullptr && MaySeePaperOf(caller, session.agenda(), *item, paper);
}

void HideAgenda(const Caller& caller, v1::Session& session) {
  if (!session.has_agenda()) return;
  const Agenda all = std::move(*session.mutable_agenda());
  session.clear_agenda();
  const bool is_observer = caller.role == v1::ROLE_OBSERVER;
  const bool sees_parts = is_observer || caller.role == v1::ROLE_EXPERT;
  Agenda shown = all;
  shown.clear_items();
  for (const AgendaItem& item : all.items()) {
    if (!MaySeeItem(caller, all, item)) continue;
    AgendaItem& kept = *shown.add_items();
    kept = item;
    HidePapers(caller, all, kept);
    HideVacancies(caller, kept);
    if (is_observer) kept = TitleOf(kept);
  }
  if (sees_parts) {
    shown.clear_etag();
    shown.clear_agreements();
    if (shown.has_run()) HideRunOfOthers(shown, *shown.mutable_run());
  }
  if (is_observer) {
    shown.clear_budgets();
    shown.clear_run();
  }
  const bool sees_agendas = IsHost(caller) || sees_parts ||
                            caller.role == v1::ROLE_DELEGATION_SECRETARY ||
                            caller.role == v1::ROLE_DELEGATE || caller.role == v1::ROLE_INTERPRETER;
  if (sees_agendas) *session.mutable_agenda() = std::move(shown);
}

}  // namespace neshast
