#include "agenda/live.h"

#include <algorithm>
#include <utility>

#include "absl/strings/str_cat.h"
#include "agenda/answer.h"
#include "agenda/run.h"
#include "agenda/speakers.h"
#include "agenda/tree.h"
#include "rpc/policy.h"
#include "sessions/booking.h"

namespace neshast {
namespace {

using v1::AgendaAnswer;
using v1::AgendaRun;
using v1::Session;

constexpr absl::Duration kDoorsOpen = absl::Minutes(15);  // before the start

absl::Status CheckConfirmed(const Session& session) {
  if (session.state() == Session::STATE_CONFIRMED) return absl::OkStatus();
  return WrongState(session, "the agenda of a confirmed session runs");
}

// The session of this name, whose agenda is under way.
absl::StatusOr<Session> SessionUnderWay(const std::string& name, Transaction& tx) {
  ASSIGN_OR_RETURN(Session session, SessionToChange(name, tx));
  RETURN_IF_ERROR(CheckConfirmed(session));
  if (IsUnderWay(session.agenda())) return session;
  return WrongRun(session.agenda(), "The agenda was not started yet.");
}

absl::Status CheckDoorsAreOpen(const Session& session, absl::Time now) {
  const absl::Time opens =
      absl::FromUnixSeconds(session.start_time().instant().seconds()) - kDoorsOpen;
  if (now >= opens) return absl::OkStatus();
  const std::string from = absl::FormatTime("%Y-%m-%dT%H:%M:%SZ", opens, absl::UTCTimeZone());
  return Error(absl::StatusCode::kFailedPrecondition,
               absl::StrCat("The session's doors open at ", from, "."),
               {.reason = "TOO_EARLY", .metadata = {{"from", from}}, .violations = {}});
}

absl::StatusOr<AgendaAnswer> StartAgenda(const Caller& caller,
                                         const v1::StartAgendaRequest& request, Transaction& tx) {
  ASSIGN_OR_RETURN(Session session, SessionToChange(request.name(), tx));
  RETURN_IF_ERROR(CheckConfirmed(session));
  if (session.agenda().has_run()) return WrongRun(session.agenda(), "The agenda runs already.");
  RETURN_IF_ERROR(CheckDoorsAreOpen(session, tx.now()));
  const std::vector<std::string> items = CalledItems(session.agenda());
  if (items.empty()) return WrongState(session, "an agenda with items can be started");
  CallItem(items.front(), tx.now(), *session.mutable_agenda());
  return KeepAndAnswer(caller, std::move(session), tx);
}

absl::StatusOr<AgendaAnswer> StartItem(const Caller& caller, const v1::StartItemRequest& request,
                                       Transaction& tx) {
  ASSIGN_OR_RETURN(Session session, SessionUnderWay(request.name(), tx));
  ASSIGN_OR_RETURN(const v1::AgendaItem* const item, ItemOf(session, request.item_id()));
  const std::vector<std::string> items = CalledItems(session.agenda());
  if (std::find(items.begin(), items.end(), item->name()) == items.end()) {
    return BadField("item_id", StandsOnAgenda(*item) ? "Others stand under it; call one of them."
                                                     : "It does not stand on the agenda.");
  }
  CallItem(item->name(), tx.now(), *session.mutable_agenda());
  return KeepAndAnswer(caller, std::move(session), tx);
}

absl::StatusOr<AgendaAnswer> NextItem(const Caller& caller, const v1::NextItemRequest& request,
                                      Transaction& tx) {
  ASSIGN_OR_RETURN(Session session, SessionUnderWay(request.name(), tx));
  const std::vector<std::string> items = CalledItems(session.agenda());
  auto at = std::find(items.begin(), items.end(), session.agenda().run().current_item());
  if (at == items.end() || ++at == items.end()) {
    return WrongRun(session.agenda(), "That is the last item; end the agenda or start another.");
  }
  CallItem(*at, tx.now(), *session.mutable_agenda());
  return KeepAndAnswer(caller, std::move(session), tx);
}

absl::StatusOr<AgendaAnswer> PauseAgenda(const Caller& caller,
                                         const v1::PauseAgendaRequest& request, Transaction& tx) {
  ASSIGN_OR_RETURN(Session session, SessionUnderWay(request.name(), tx));
  if (session.agenda().run().state() == AgendaRun::STATE_PAUSED) {
    return WrongRun(session.agenda(), "The clock stands already.");
  }
  Pause(tx.now(), *session.mutable_agenda()->mutable_run());
  return KeepAndAnswer(caller, std::move(session), tx);
}

absl::StatusOr<AgendaAnswer> ResumeAgenda(const Caller& caller,
                                          const v1::ResumeAgendaRequest& request, Transaction& tx) {
  ASSIGN_OR_RETURN(Session session, SessionUnderWay(request.name(), tx));
  if (session.agenda().run().state() == AgendaRun::STATE_RUNNING) {
    return WrongRun(session.agenda(), "The clock runs already.");
  }
  Resume(tx.now(), *session.mutable_agenda()->mutable_run());
  return KeepAndAnswer(caller, std::move(session), tx);
}

absl::StatusOr<AgendaAnswer> EndAgenda(const Caller& caller, const v1::EndAgendaRequest& request,
                                       Transaction& tx) {
  ASSIGN_OR_RETURN(Session session, SessionUnderWay(request.name(), tx));
  EndRun(tx.now(), *session.mutable_agenda());
  return KeepAndAnswer(caller, std::move(session), tx);
}

// For whom the caller may ask: oneself, or who speaks for the city for which the caller speaks too.
absl::StatusOr<v1::AgendaSpeaker> SpeakerToAskFor(const Caller& caller, const Session& session,
                                                  const std::string& person) {
  ASSIGN_OR_RETURN(v1::AgendaSpeaker speaker, SpeakerNamed(session, person));
  if (!caller.person.empty() && caller.person == person) return speaker;
  RETURN_IF_ERROR(CheckSpeaksFor(caller, session, speaker.city()));
  return speaker;
}

absl::StatusOr<AgendaAnswer> RequestFloor(const Caller& caller,
                                          const v1::RequestFloorRequest& request, Transaction& tx) {
  ASSIGN_OR_RETURN(Session session, SessionUnderWay(request.name(), tx));
  ASSIGN_OR_RETURN(const v1::AgendaSpeaker speaker,
                   SpeakerToAskFor(caller, session, request.person()));
  RETURN_IF_ERROR(RequestTurn(speaker, tx.now(), *session.mutable_agenda()->mutable_run()));
  return KeepAndAnswer(caller, std::move(session), tx);
}

absl::StatusOr<AgendaAnswer> WithdrawFloor(const Caller& caller,
                                           const v1::WithdrawFloorRequest& request,
                                           Transaction& tx) {
  ASSIGN_OR_RETURN(Session session, SessionUnderWay(request.name(), tx));
  RETURN_IF_ERROR(SpeakerToAskFor(caller, session, request.person()).status());
  Withdraw(request.person(), *session.mutable_agenda()->mutable_run());
  return KeepAndAnswer(caller, std::move(session), tx);
}

absl::StatusOr<AgendaAnswer> GiveFloorTo(const Caller& caller, const v1::GiveFloorRequest& request,
                                         Transaction& tx) {
  ASSIGN_OR_RETURN(Session session, SessionUnderWay(request.name(), tx));
  ASSIGN_OR_RETURN(const v1::AgendaSpeaker speaker, SpeakerNamed(session, request.person()));
  GiveFloor(speaker, tx.now(), *session.mutable_agenda()->mutable_run());
  return KeepAndAnswer(caller, std::move(session), tx);
}

absl::StatusOr<AgendaAnswer> EndTurnOf(const Caller& caller, const v1::EndTurnRequest& request,
                                       Transaction& tx) {
  ASSIGN_OR_RETURN(Session session, SessionUnderWay(request.name(), tx));
  if (!session.agenda().run().has_turn()) {
    return WrongRun(session.agenda(), "Nobody has the floor.");
  }
  EndTurn(tx.now(), *session.mutable_agenda()->mutable_run());
  return KeepAndAnswer(caller, std::move(session), tx);
}

absl::StatusOr<AgendaAnswer> MoveSpeaker(const Caller& caller,
                                         const v1::MoveSpeakerRequest& request, Transaction& tx) {
  ASSIGN_OR_RETURN(Session session, SessionUnderWay(request.name(), tx));
  RETURN_IF_ERROR(
      MoveInList(request.person(), request.position(), *session.mutable_agenda()->mutable_run()));
  return KeepAndAnswer(caller, std::move(session), tx);
}

}  // namespace

std::vector<Method> LiveMethods() {
  const std::string service = "neshast.v1.AgendaService.";
  return {
      Bind(service + "StartAgenda", &StartAgenda),
      Bind(service + "StartItem", &StartItem),
      Bind(service + "NextItem", &NextItem),
      Bind(service + "PauseAgenda", &PauseAgenda),
      Bind(service + "ResumeAgenda", &ResumeAgenda),
      Bind(service + "EndAgenda", &EndAgenda),
      Bind(service + "RequestFloor", &RequestFloor),
      Bind(service + "WithdrawFloor", &WithdrawFloor),
      Bind(service + "GiveFloor", &GiveFloorTo),
      Bind(service + "EndTurn", &EndTurnOf),
      Bind(service + "MoveSpeaker", &MoveSpeaker),
  };
}

}  // namespace neshast
