#include "commitments/circle.h"

#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "rpc/refusal.h"

namespace neshast {
namespace {

using v1::Commitment;

// "sessions/x" of "sessions/x/minutes/1/entries/y".
std::string SessionOf(const std::string& source) {
  const size_t id = source.find('/') + 1;
  return source.substr(0, source.find('/', id));
}

std::vector<FieldViolation> Faults(const Commitment& commitment) {
  std::vector<FieldViolation> faults;
  if (commitment.to_city() == commitment.from_city()) {
    faults.push_back({"commitment.to_city", "A city promises something to another."});
  }
  if (commitment.session().empty() && commitment.to_city().empty()) {
    faults.push_back({"commitment.to_city", "It is required where no session is named."});
  }
  if (!commitment.source().empty() &&
      !absl::StartsWith(commitment.source(), absl::StrCat(commitment.session(), "/"))) {
    faults.push_back({"commitment.source", "It is no entry of the session's minutes."});
  }
  return faults;
}

std::vector<FieldViolation> FaultsAt(const v1::Session& session, const Commitment& commitment) {
  std::vector<FieldViolation> faults;
  if (session.host() != commitment.host()) {
    faults.push_back({"commitment.host", "It is not the host of the session."});
  }
  const std::set<std::string> parties = PartiesOf(session);
  if (parties.count(commitment.from_city()) == 0) {
    faults.push_back({"commitment.from_city", "It is no party of the session."});
  }
  if (!commitment.to_city().empty() && parties.count(commitment.to_city()) == 0) {
    faults.push_back({"commitment.to_city", "It is no party of the session."});
  }
  return faults;
}

}  // namespace

std::set<std::string> PartiesOf(const v1::Session& session) {
  std::set<std::string> parties = {session.host()};
  for (const v1::Delegation& each : session.delegations()) parties.insert(each.city());
  return parties;
}

absl::Status DrawCircle(Commitment& commitment, Transaction& tx) {
  if (commitment.session().empty() && !commitment.source().empty()) {
    commitment.set_session(SessionOf(commitment.source()));
  }
  RETURN_IF_ERROR(Refuse(Faults(commitment)));
  std::set<std::string> circle = {commitment.from_city(), commitment.to_city()};
  if (!commitment.session().empty()) {
    ASSIGN_OR_RETURN(const auto session, tx.Get<v1::Session>(commitment.session()));
    RETURN_IF_ERROR(Refuse(FaultsAt(session, commitment)));
    circle = PartiesOf(session);
  }
  commitment.mutable_circle()->Assign(circle.begin(), circle.end());
  if (commitment.to_city().empty()) {
    *commitment.mutable_cities() = commitment.circle();
  } else {
    commitment.add_cities(commitment.from_city());
    commitment.add_cities(commitment.to_city());
  }
  return absl::OkStatus();
}

}  // namespace neshast
