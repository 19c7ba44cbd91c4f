#include "agenda/items.h"

#include <algorithm>
#include <set>
#include <utility>

#include "absl/strings/str_cat.h"
#include "agenda/answer.h"
#include "agenda/etags.h"
#include "agenda/papers.h"
#include "agenda/run.h"
#include "agenda/speakers.h"
#include "agenda/tree.h"
#include "rpc/mask.h"
#include "rpc/policy.h"
#include "rpc/validate.h"
#include "sessions/random_id.h"

namespace neshast {
namespace {

using v1::Agenda;
using v1::AgendaAnswer;
using v1::AgendaItem;
using v1::Session;

constexpr int kMostProposals = 10;  // undecided, of a city

absl::StatusOr<AgendaAnswer> GetAgenda(const Caller& caller, const v1::GetAgendaRequest& request,
                                       Transaction& tx) {
  ASSIGN_OR_RETURN(Session session, tx.Get<Session>(request.name()));
  return AnswerOf(caller, std::move(session), tx.now());
}

absl::Status CheckLength(const AgendaItem& item) {
  if (item.length().seconds() % 60 == 0) return absl::OkStatus();
  return BadField("item.length", "It must be whole minutes.");
}

// Adds `item` last under its parent.
absl::Status Add(AgendaItem item, const std::string& parent_id, Session& session) {
  Agenda& agenda = *session.mutable_agenda();
  if (agenda.items_size() == kMostAgendaItems) return Full("The agenda", kMostAgendaItems);
  RETURN_IF_ERROR(CheckLength(item));
  RETURN_IF_ERROR(CompleteSpeakers(session, item));
  if (!parent_id.empty()) item.set_parent_item(ItemName(session.name(), parent_id));
  const std::string fault = WhyNotUnder(agenda, item.parent_item());
  if (!fault.empty()) return BadField("parent_id", fault);
  *agenda.add_items() = std::move(item);
  PutInOrder(agenda);
  return absl::OkStatus();
}

AgendaItem NewItem(const AgendaItem& given, const std::string& session, const std::string& id) {
  AgendaItem item = given;
  ClearOutputOnly(item);
  item.set_name(ItemName(session, id.empty() ? RandomId() : id));
  return item;
}

absl::StatusOr<AgendaItem> CreateAgendaItem(const Caller& caller,
                                            const v1::CreateAgendaItemRequest& request,
                                            Transaction& tx) {
  ASSIGN_OR_RETURN(Session session, SessionToChange(request.name(), tx));
  AgendaItem item = NewItem(request.item(), session.name(), request.item_id());
  const std::string name = item.name();
  if (FindItem(session.agenda(), name) != nullptr) {
    return Error(absl::StatusCode::kAlreadyExists, absl::StrCat("The name ", name, " is taken."),
                 {.reason = "RESOURCE_EXISTS", .metadata = {{"name", name}}, .violations = {}});
  }
  item.set_state(AgendaItem::STATE_ACCEPTED);
  RETURN_IF_ERROR(Add(std::move(item), request.parent_id(), session));
  return KeepAndShow(caller, std::move(session), name, tx);
}

// Whether the mask, or what is populated without one, sets the speakers.
bool SetsSpeakers(const v1::UpdateAgendaItemRequest& request) {
  const auto& paths = request.update_mask().paths();
  if (paths.empty()) return request.item().speakers_size() > 0;
  return std::any_of(paths.begin(), paths.end(),
                     [](const std::string& path) { return path == "*" || path == "speakers"; });
}

absl::StatusOr<AgendaItem> UpdateAgendaItem(const Caller& caller,
                                            const v1::UpdateAgendaItemRequest& request,
                                            Transaction& tx) {
  ASSIGN_OR_RETURN(Session session, SessionToChange(request.name(), tx));
  const std::string& name = request.item().name();
  if (ParentOf(name) != session.name()) {
    return BadField("item.name", "It is no item of the session.");
  }
  ASSIGN_OR_RETURN(AgendaItem* const item, ItemOf(session, name.substr(name.rfind('/') + 1)));
  RETURN_IF_ERROR(CheckItemEtag(*item, request.item().etag()));
  RETURN_IF_ERROR(ApplyMask(request.update_mask(), request.item(), *item));
  if (SetsSpeakers(request)) item->clear_vacancies();
  RETURN_IF_ERROR(CheckLength(*item));
  RETURN_IF_ERROR(CompleteSpeakers(session, *item));
  return KeepAndShow(caller, std::move(session), name, tx);
}

bool TookTime(const v1::AgendaRun& run, const std::string& item) {
  return std::any_of(run.items().begin(), run.items().end(), [&](const v1::ItemTime& time) {
    return time.item() == item && time.has_start_time();
  });
}

absl::StatusOr<AgendaAnswer> DeleteAgendaItem(const Caller& caller,
                                              const v1::DeleteAgendaItemRequest& request,
                                              Transaction& tx) {
  ASSIGN_OR_RETURN(Session session, SessionToChange(request.name(), tx));
  ASSIGN_OR_RETURN(const AgendaItem* const item, ItemOf(session, request.item_id()));
  RETURN_IF_ERROR(CheckItemEtag(*item, request.etag()));
  Agenda& agenda = *session.mutable_agenda();
  for (const std::string& name : WithAllUnder(agenda, item->name())) {
    if (TookTime(agenda.run(), name)) {
      return WrongRun(agenda, "The item was called already; it stays on the agenda.");
    }
    RETURN_IF_ERROR(DestroyPapers(*FindItem(agenda, name), tx));
    auto& items = *agenda.mutable_items();
    items.erase(std::remove_if(items.begin(), items.end(),
                               [&](const AgendaItem& each) { return each.name() == name; }),
                items.end());
  }
  return KeepAndAnswer(caller, std::move(session), tx);
}

absl::StatusOr<AgendaAnswer> ArrangeAgenda(const Caller& caller,
                                           const v1::ArrangeAgendaRequest& request,
                                           Transaction& tx) {
  ASSIGN_OR_RETURN(Session session, SessionToChange(request.name(), tx));
  RETURN_IF_ERROR(CheckAgendaEtag(session.agenda(), request.agenda_etag()));
  std::vector<std::pair<std::string, std::string>> places;
  for (const v1::AgendaPlace& place : request.places()) {
    places.emplace_back(
        ItemName(session.name(), place.item_id()),
        place.parent_id().empty() ? "" : ItemName(session.name(), place.parent_id()));
  }
  RETURN_IF_ERROR(Arrange(places, *session.mutable_agenda()));
  return KeepAndAnswer(caller, std::move(session), tx);
}

absl::StatusOr<AgendaItem> ProposeAgendaItem(const Caller& caller,
                                             const v1::ProposeAgendaItemRequest& request,
                                             Transaction& tx) {
  ASSIGN_OR_RETURN(Session session, SessionToChange(request.name(), tx));
  RETURN_IF_ERROR(CheckSpeaksFor(caller, session, request.city()));
  const auto& items = session.agenda().items();
  const auto waiting = std::count_if(items.begin(), items.end(), [&](const AgendaItem& each) {
    return each.proposed_by() == request.city() && each.state() == AgendaItem::STATE_PROPOSED;
  });
  if (waiting >= kMostProposals) return Full("The city's list of proposals", kMostProposals);
  AgendaItem item = NewItem(request.item(), session.name(), "");
  const std::string name = item.name();
  item.set_state(AgendaItem::STATE_PROPOSED);
  item.set_proposed_by(request.city());
  RETURN_IF_ERROR(Add(std::move(item), request.parent_id(), session));
  return KeepAndShow(caller, std::move(session), name, tx);
}

absl::StatusOr<AgendaItem> DecideAgendaItem(const Caller& caller,
                                            const v1::DecideAgendaItemRequest& request,
                                            Transaction& tx) {
  ASSIGN_OR_RETURN(Session session, SessionToChange(request.name(), tx));
  ASSIGN_OR_RETURN(AgendaItem* const item, ItemOf(session, request.item_id()));
  if (item->state() != AgendaItem::STATE_PROPOSED) {
    const std::string state = AgendaItem::State_Name(item->state());
    return Error(absl::StatusCode::kFailedPrecondition,
                 absl::StrCat("The item is decided: it is in ", state, "."),
                 {.reason = "WRONG_STATE", .metadata = {{"state", state}}, .violations = {}});
  }
  const std::string fault = WhyNotUnder(session.agenda(), item->parent_item());
  if (request.accept() && !fault.empty()) return WrongRun(session.agenda(), fault);
  if (!request.accept() && request.remark().empty()) {
    return BadField("remark", "Say why the item is refused.");
  }
  item->set_state(request.accept() ? AgendaItem::STATE_ACCEPTED : AgendaItem::STATE_REFUSED);
  item->set_remark(request.remark());
  const std::string name = item->name();
  return KeepAndShow(caller, std::move(session), name, tx);
}

absl::StatusOr<AgendaAnswer> AgreeAgenda(const Caller& caller,
                                         const v1::AgreeAgendaRequest& request, Transaction& tx) {
  ASSIGN_OR_RETURN(Session session, SessionToChange(request.name(), tx));
  // The protocol office may act for every city, but it agrees for none but its own.
  const bool is_officer = caller.role == v1::ROLE_PROTOCOL_OFFICER;
  const bool may = !is_officer || request.city() == session.host();
  RETURN_IF_ERROR(CheckSpeaksFor(may ? caller : Caller(), session, request.city()));
  RETURN_IF_ERROR(CheckAgendaEtag(session.agenda(), request.agenda_etag()));
  Agenda& agenda = *session.mutable_agenda();
  auto& agreements = *agenda.mutable_agreements();
  agreements.erase(std::remove_if(agreements.begin(), agreements.end(),
                                  [&](const auto& each) { return each.city() == request.city(); }),
                   agreements.end());
  v1::AgendaAgreement& agreement = *agenda.add_agreements();
  agreement.set_city(request.city());
  agreement.set_agreed_by(caller.principal);
  agreement.mutable_agree_time()->set_seconds(absl::ToUnixSeconds(tx.now()));
  agreement.set_agenda_etag(agenda.etag());
  return KeepAndAnswer(caller, std::move(session), tx);
}

absl::StatusOr<AgendaAnswer> SetSpeakingBudgets(const Caller& caller,
                                                const v1::SetSpeakingBudgetsRequest& request,
                                                Transaction& tx) {
  ASSIGN_OR_RETURN(Session session, SessionToChange(request.name(), tx));
  std::set<std::string> there;
  for (int i = 0; i < request.budgets_size(); ++i) {
    const std::string& city = request.budgets(i).city();
    const std::string at = absl::StrCat("budgets[", i, "].city");
    if (!CheckSpeaksFor(caller, session, city).ok()) {
      return BadField(at, absl::StrCat(city, " has no delegation in the session."));
    }
    if (!there.insert(city).second) return BadField(at, absl::StrCat(city, " is there twice."));
  }
  *session.mutable_agenda()->mutable_budgets() = request.budgets();
  return KeepAndAnswer(caller, std::move(session), tx);
}

}  // namespace

std::vector<Method> ItemMethods() {
  const std::string service = "neshast.v1.AgendaService.";
  return {
      Bind(service + "GetAgenda", &GetAgenda),
      Bind(service + "CreateAgendaItem", &CreateAgendaItem),
      Bind(service + "UpdateAgendaItem", &UpdateAgendaItem),
      Bind(service + "DeleteAgendaItem", &DeleteAgendaItem),
      Bind(service + "ArrangeAgenda", &ArrangeAgenda),
      Bind(service + "ProposeAgendaItem", &ProposeAgendaItem),
      Bind(service + "DecideAgendaItem", &DecideAgendaItem),
      Bind(service + "AgreeAgenda", &AgreeAgenda),
      Bind(service + "SetSpeakingBudgets", &SetSpeakingBudgets),
  };
}

}  // namespace neshast
