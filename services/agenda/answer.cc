#include "agenda/answer.h"

#include <algorithm>
#include <utility>

#include "absl/strings/str_cat.h"
#include "agenda/clock.h"
#include "agenda/etags.h"
#include "agenda/run.h"
#include "agenda/tree.h"
#include "errors.h"
#include "rpc/policy.h"
#include "sessions/booking.h"
#include "sessions/delegations.h"

namespace neshast {
namespace {

using v1::Session;

// Everybody who follows a session is sent its agenda with every change.
constexpr int kMostBytes = 256 * 1024;

bool Agrees(const v1::Agenda& agenda, const std::string& city) {
  const auto& agreements = agenda.agreements();
  return std::any_of(agreements.begin(), agreements.end(),
                     [&](const v1::AgendaAgreement& each) { return each.city() == city; });
}

// The times of the items that are shown, worked out of all.
v1::AgendaClock ClockShown(const v1::Agenda& all, const v1::Agenda& shown, absl::Time now) {
  v1::AgendaClock clock = ClockOf(all, now);
  auto& items = *clock.mutable_items();
  items.erase(std::remove_if(
                  items.begin(), items.end(),
                  [&](const v1::Countdown& each) { return FindItem(shown, each.of()) == nullptr; }),
              items.end());
  if (!shown.run().has_turn()) clock.clear_turn_elapsed();
  return clock;
}

}  // namespace

std::string ItemName(const std::string& session, const std::string& item_id) {
  return absl::StrCat(session, "/agendaItems/", item_id);
}

absl::StatusOr<Session> SessionToChange(const std::string& name, Transaction& tx) {
  ASSIGN_OR_RETURN(Session session, tx.Get<Session>(name));
  if (session.state() != Session::STATE_DRAFT && session.state() != Session::STATE_CONFIRMED) {
    return WrongState(session, "a draft or a confirmed session has an agenda that changes");
  }
  if (session.agenda().run().state() == v1::AgendaRun::STATE_ENDED) {
    return WrongRun(session.agenda(),
                    "The session has come to its end; the agenda stays as it is.");
  }
  return session;
}

absl::Status WrongRun(const v1::Agenda& agenda, const std::string& sentence) {
  return Error(absl::StatusCode::kFailedPrecondition, sentence,
               {.reason = "WRONG_STATE",
                .metadata = {{"state", v1::AgendaRun::State_Name(agenda.run().state())}},
                .violations = {}});
}

absl::StatusOr<v1::AgendaItem*> ItemOf(Session& session, const std::string& item_id) {
  const std::string name = ItemName(session.name(), item_id);
  v1::AgendaItem* item = FindItem(*session.mutable_agenda(), name);
  if (item != nullptr) return item;
  return Error(absl::StatusCode::kNotFound, absl::StrCat("There is no ", name, "."),
               {.reason = "RESOURCE_NOT_FOUND", .metadata = {{"name", name}}, .violations = {}});
}

absl::Status BadField(const std::string& field, const std::string& why) {
  return Error(absl::StatusCode::kInvalidArgument, why,
               {.reason = "INVALID_FIELD", .metadata = {}, .violations = {{field, why}}});
}

absl::Status CheckSpeaksFor(const Caller& caller, const Session& session, const std::string& city) {
  if (!SpeaksFor(caller, city)) {
    return Error(absl::StatusCode::kPermissionDenied, "You do not speak for that city.",
                 {.reason = "ACTION_FORBIDDEN", .metadata = {}, .violations = {}});
  }
  const auto& delegations = session.delegations();
  const bool takes_part =
      std::any_of(delegations.begin(), delegations.end(),
                  [&](const v1::Delegation& delegation) { return delegation.city() == city; });
  if (takes_part) return absl::OkStatus();
  return BadField("city", absl::StrCat(city, " has no delegation in the session."));
}

absl::StatusOr<Session> Keep(Session session, Transaction& tx) {
  v1::Agenda& agenda = *session.mutable_agenda();
  RETURN_IF_ERROR(CheckFits(agenda, session.duration().seconds()));
  if (agenda.ByteSizeLong() - agenda.run().ByteSizeLong() > kMostBytes) {
    return Full("The agenda, in bytes,", kMostBytes);
  }
  Settle(agenda);
  Warn(tx.now(), agenda);
  return tx.Put(std::move(session));
}

v1::AgendaAnswer AnswerOf(const Caller& caller, Session session, absl::Time now) {
  const v1::Agenda all = session.agenda();
  HideAgenda(caller, session);
  v1::AgendaAnswer answer;
  answer.set_session(session.name());
  *answer.mutable_agenda() = std::move(*session.mutable_agenda());
  if (answer.agenda().has_run()) *answer.mutable_clock() = ClockShown(all, answer.agenda(), now);
  if (answer.agenda().etag().empty()) return answer;
  for (const v1::Delegation& delegation : session.delegations()) {
    if (!Agrees(all, delegation.city())) answer.add_awaited_cities(delegation.city());
  }
  return answer;
}

absl::StatusOr<v1::AgendaAnswer> KeepAndAnswer(const Caller& caller, Session session,
                                               Transaction& tx) {
  ASSIGN_OR_RETURN(Session kept, Keep(std::move(session), tx));
  return AnswerOf(caller, std::move(kept), tx.now());
}

absl::StatusOr<v1::AgendaItem> KeepAndShow(const Caller& caller, Session session,
                                           const std::string& item, Transaction& tx) {
  ASSIGN_OR_RETURN(Session kept, Keep(std::move(session), tx));
  HideAgenda(caller, kept);
  const v1::AgendaItem* shown = FindItem(kept.agenda(), item);
  return shown == nullptr ? v1::AgendaItem() : *shown;
}

}  // namespace neshast
