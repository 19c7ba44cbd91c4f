#include "sessions/holds.h"

#include <algorithm>
#include <utility>

#include "absl/strings/str_cat.h"
#include "rpc/references.h"
#include "rpc/standard_methods.h"
#include "sessions/booking.h"
#include "sessions/random_id.h"
#include "sessions/zoned_time.h"

namespace neshast {
namespace {

constexpr int64_t kDefaultHold = 72 * 3600;  // seconds

}  // namespace

absl::StatusOr<v1::Hold> HoldSlot(const ZoneDatabase& zones, const Caller& caller,
                                  const v1::HoldSlotRequest& request, Transaction& tx) {
  v1::Hold hold = request.hold();
  hold.set_name(absl::StrCat("holds/", RandomId()));
  hold.clear_etag();
  RETURN_IF_ERROR(CheckMay(caller, v1::ACTION_SESSION_WRITE, ObjectOf(hold), hold.name()));
  RETURN_IF_ERROR(ResolveTime(zones, "hold.start_time", tx.now(), *hold.mutable_start_time()));
  RETURN_IF_ERROR(CheckReferences(hold, "hold", tx));
  const int64_t now = absl::ToUnixSeconds(tx.now());
  if (!hold.has_expire_time()) hold.mutable_expire_time()->set_seconds(now + kDefaultHold);
  if (hold.expire_time().seconds() <= now || hold.expire_time().seconds() > now + kLongestHold) {
    return Error(absl::StatusCode::kInvalidArgument, "A hold lasts for 30 days at most.",
                 {.reason = "INVALID_FIELD",
                  .metadata = {},
                  .violations = {{"hold.expire_time", "It must lie within the next 30 days."}}});
  }
  RETURN_IF_ERROR(CheckNobodyIsBooked({hold.people().begin(), hold.people().end()},
                                      hold.start_time(), hold.duration(), hold.name(), "", tx));
  if (request.validate_only()) return hold;
  return tx.Put(std::move(hold));
}

absl::StatusOr<v1::ListHoldsResponse> ListHolds(const Caller&, const v1::ListHoldsRequest& request,
                                                Transaction& tx) {
  ASSIGN_OR_RETURN(auto page,
                   ListPage<v1::Hold>({.kind = "Hold", .parent = "", .list = {}, .after = ""},
                                      request.page_size(), request.page_token(), tx));
  v1::ListHoldsResponse response;
  const int64_t now = absl::ToUnixSeconds(tx.now());
  for (v1::Hold& hold : page.first) {
    if (hold.expire_time().seconds() > now) *response.add_holds() = std::move(hold);
  }
  response.set_next_page_token(page.second);
  return response;
}

absl::StatusOr<google::protobuf::Empty> ReleaseHold(const Caller&,
                                                    const v1::ReleaseHoldRequest& request,
                                                    Transaction& tx) {
  RETURN_IF_ERROR(tx.Delete(request.name()));
  return google::protobuf::Empty();
}

v1::Hold HoldFor(const v1::Session& session, const std::string& name, absl::Time now) {
  v1::Hold hold;
  hold.set_name(name);
  hold.set_host(session.host());
  *hold.mutable_start_time() = session.start_time();
  *hold.mutable_duration() = session.duration();
  for (const std::string& person : ObjectOf(session).people) hold.add_people(person);
  hold.mutable_expire_time()->set_seconds(
      std::min(session.start_time().instant().seconds(), absl::ToUnixSeconds(now) + kLongestHold));
  return hold;
}

absl::Status MoveHoldOf(v1::Session& session, Transaction& tx) {
  if (session.hold().empty()) return absl::OkStatus();
  const auto held = tx.Get<v1::Hold>(session.hold());
  if (!held.ok() && !absl::IsNotFound(held.status())) return held.status();
  if (!held.ok() || held->expire_time().seconds() <= absl::ToUnixSeconds(tx.now())) {
    return ReleaseHoldOf(session, tx);
  }
  v1::Hold moved = HoldFor(session, held->name(), tx.now());
  *moved.mutable_expire_time() = held->expire_time();
  return tx.Put(std::move(moved)).status();
}

absl::Status ReleaseHoldOf(v1::Session& session, Transaction& tx) {
  if (session.hold().empty()) return absl::OkStatus();
  const absl::Status freed = tx.Delete(session.hold());
  session.clear_hold();
  return absl::IsNotFound(freed) ? absl::OkStatus() : freed;
}

}  // namespace neshast
