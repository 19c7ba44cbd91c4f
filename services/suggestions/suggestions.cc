#include "suggestions/suggestions.h"

#include "neshast/v1/scheduling_service.pb.h"
#include "rpc/references.h"
#include "scheduling/suggest.h"
#include "suggestions/answer.h"
#include "suggestions/faults.h"
#include "suggestions/question.h"

namespace neshast {
namespace {

absl::StatusOr<v1::SuggestTimesResponse> SuggestTimes(const ZoneDatabase& zones, const Caller&,
                                                      const v1::SuggestTimesRequest& request,
                                                      Transaction& tx) {
  RETURN_IF_ERROR(CheckFaults(request, tx.now()));
  RETURN_IF_ERROR(CheckReferences(request, "", tx));
  ASSIGN_OR_RETURN(const Question question, QuestionOf(zones, request, tx));
  ASSIGN_OR_RETURN(const scheduling::SuggestResult result, scheduling::Suggest(question.request));
  return AnswerOf(zones, request, question, result);
}

}  // namespace

std::vector<Method> SuggestionMethods(const ZonesInForce& zones) {
  return {BindWithZones("neshast.v1.SchedulingService.SuggestTimes", zones, &SuggestTimes)};
}

}  // namespace neshast
