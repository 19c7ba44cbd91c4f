// From the contract's question for an hour to the search's, which knows indexes and no names.
#pragma once

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "neshast/v1/city.pb.h"
#include "neshast/v1/scheduling_service.pb.h"
#include "scheduling/request.h"
#include "store/store.h"
#include "time/zone.h"

namespace neshast {

// The search's request, and whose the indexes in it are.
struct Question {
  scheduling::SuggestRequest request;
  std::vector<v1::City> cities;           // as the delegations
  std::vector<std::string> persons;       // the delegations' people, then members of quorums
  std::vector<std::string> interpreters;  // those of the directory who serve a need
};

// `request` is sound (CheckFaults) and its references stand. INVALID_ARGUMENT / INVALID_FIELD for a
// quorum that needs more than it has members.
absl::StatusOr<Question> QuestionOf(const ZoneDatabase& zones,
                                    const v1::SuggestTimesRequest& request, Transaction& tx);

}  // namespace neshast
