#include "orders/orders.h"

#include <algorithm>
#include <string>
#include <utility>

#include "absl/strings/str_cat.h"
#include "neshast/v1/precedence_service.pb.h"
#include "orders/answer.h"
#include "orders/criteria.h"
#include "orders/parties.h"
#include "precedence/arrange.h"
#include "precedence/recalculate.h"
#include "rpc/standard_methods.h"
#include "sessions/booking.h"

namespace neshast {
namespace {

using v1::Order;
using v1::OrderAnswer;
using v1::Session;

// The order of this kind, null where the session has none.
Order* FindOrder(Session& session, Order::Kind kind) {
  auto& orders = *session.mutable_orders();
  const auto found = std::find_if(orders.begin(), orders.end(),
                                  [&](const Order& order) { return order.kind() == kind; });
  return found == orders.end() ? nullptr : &*found;
}

absl::StatusOr<Order*> OrderIn(Session& session, Order::Kind kind) {
  Order* const order = FindOrder(session, kind);
  if (order != nullptr) return order;
  return Error(absl::StatusCode::kNotFound,
               absl::StrCat("The session has no order of ", Order::Kind_Name(kind), " yet."),
               {.reason = "RESOURCE_NOT_FOUND",
                .metadata = {{"name", session.name()}, {"kind", Order::Kind_Name(kind)}},
                .violations = {}});
}

absl::Status CheckMayArrange(const Session& session, const Order* stored) {
  if (session.state() != Session::STATE_DRAFT && session.state() != Session::STATE_CONFIRMED) {
    return WrongState(session, "a draft or a confirmed session is put in order");
  }
  if (stored == nullptr || !stored->locked()) return absl::OkStatus();
  return Error(absl::StatusCode::kFailedPrecondition,
               "The order is locked; unlock it to arrange it anew.",
               {.reason = "ORDER_LOCKED",
                .metadata = {{"kind", Order::Kind_Name(stored->kind())}},
                .violations = {}});
}

// By which rules: those of the request, else of the order there is, else the usage among equals.
OrderCriteria CriteriaFor(const v1::ArrangeOrderRequest& request, const Session& session,
                          const Order* stored) {
  if (!request.criteria().empty()) return request.criteria();
  if (stored != nullptr) return stored->criteria();
  OrderCriteria criteria;
  v1::PrecedenceRule& alphabet = *criteria.Add();
  alphabet.set_criterion(v1::PrecedenceRule::CRITERION_ALPHABET);
  alphabet.set_language(session.languages().empty() ? "en" : session.languages(0));
  return criteria;
}

absl::StatusOr<OrderAnswer> Arranged(Order::Kind kind, const OrderCriteria& criteria,
                                     const Session& session, Transaction& tx) {
  ASSIGN_OR_RETURN(const precedence::RuleSet rules, RulesOf(criteria));
  ASSIGN_OR_RETURN(const auto parties, PartiesOf(session, tx));
  auto order = precedence::Arrange(KindOf(kind), parties, rules);
  if (!order.ok()) return WithContractPaths(order.status());
  return AnswerOf({*std::move(order), {}}, criteria, session, parties);
}

// `stored`, for the delegations of now.
absl::StatusOr<OrderAnswer> OfNow(const Order& stored, const Session& session, Transaction& tx) {
  ASSIGN_OR_RETURN(const precedence::Order order, EngineOrder(stored, session));
  ASSIGN_OR_RETURN(const auto parties, PartiesOf(session, tx));
  const auto found = precedence::Recalculate(order, parties);
  if (!found.ok()) return WithContractPaths(found.status());
  return AnswerOf(*found, stored.criteria(), session, parties);
}

// Who was replaced is told to those who are told it of the seat.
void HideWhoLeft(const Caller& caller, const Session& session, OrderAnswer& answer) {
  if (SpeaksFor(caller, session.host())) return;
  for (v1::OrderChange& change : *answer.mutable_changes()) {
    if (change.person_before() == change.person_now()) continue;
    if (!SpeaksFor(caller, change.city())) change.clear_person_before();
  }
}

absl::StatusOr<OrderAnswer> ArrangeOrder(const Caller&, const v1::ArrangeOrderRequest& request,
                                         Transaction& tx) {
  ASSIGN_OR_RETURN(Session session, tx.Get<Session>(request.name(), request.etag()));
  Order* stored = FindOrder(session, request.kind());
  RETURN_IF_ERROR(CheckMayArrange(session, stored));
  const OrderCriteria criteria = CriteriaFor(request, session, stored);
  ASSIGN_OR_RETURN(OrderAnswer answer, Arranged(request.kind(), criteria, session, tx));
  if (stored == nullptr) stored = session.add_orders();
  *stored = answer.order();
  RETURN_IF_ERROR(PutUnless(request.validate_only(), std::move(session), tx).status());
  return answer;
}

absl::StatusOr<OrderAnswer> LockOrder(const Caller&, const v1::LockOrderRequest& request,
                                      Transaction& tx) {
  ASSIGN_OR_RETURN(Session session, tx.Get<Session>(request.name(), request.etag()));
  ASSIGN_OR_RETURN(Order* const stored, OrderIn(session, request.kind()));
  // What is locked is what GetOrder shows; what is unlocked goes by its rules again.
  if (!request.locked()) stored->set_locked(false);
  ASSIGN_OR_RETURN(OrderAnswer answer, OfNow(*stored, session, tx));
  answer.mutable_order()->set_locked(request.locked());
  *stored = answer.order();
  RETURN_IF_ERROR(tx.Put(std::move(session)).status());
  return answer;
}

absl::StatusOr<OrderAnswer> GetOrder(const Caller& caller, const v1::GetOrderRequest& request,
                                     Transaction& tx) {
  ASSIGN_OR_RETURN(Session session, tx.Get<Session>(request.name()));
  // Who is shown a session masked is shown no order of it.
  if (Authorize(caller, v1::ACTION_SESSION_READ, ObjectOf(session)) == Verdict::kMasked) {
    session.clear_orders();
  }
  ASSIGN_OR_RETURN(const Order* const stored, OrderIn(session, request.kind()));
  ASSIGN_OR_RETURN(OrderAnswer answer, OfNow(*stored, session, tx));
  HideWhoLeft(caller, session, answer);
  return answer;
}

}  // namespace

std::vector<Method> OrderMethods() {
  const std::string service = "neshast.v1.PrecedenceService.";
  return {
      Bind(service + "ArrangeOrder", &ArrangeOrder),
      Bind(service + "LockOrder", &LockOrder),
      Bind(service + "GetOrder", &GetOrder),
  };
}

}  // namespace neshast
