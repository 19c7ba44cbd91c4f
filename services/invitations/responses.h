// Answers to invitations: one for each person of a session, the newest.
#pragma once

#include <string>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "neshast/v1/invitation_response.pb.h"
#include "neshast/v1/invitation_service.pb.h"
#include "neshast/v1/session.pb.h"
#include "rpc/caller.h"
#include "store/store.h"

namespace neshast {

// What somebody says to an invitation.
struct Given {
  v1::InvitationResponse::Answer answer = v1::InvitationResponse::ANSWER_UNSPECIFIED;
  std::string comment;
  int sequence = 0;              // of the invitation that is answered
  absl::Time stamped;            // when it was given
  bool for_the_time_now = true;  // the session has not moved since it was told
  std::string by;                // a principal or a reply
};

// "sessions/x/responses/mayor-of-xian"
std::string ResponseName(const std::string& session, const std::string& person);

// Whether `session` calls `person`, as an interpreter too.
bool IsCalled(const v1::Session& session, const std::string& person);

// Whether the session is promised and its end is to come: then answers are taken.
bool TakesAnswers(const v1::Session& session, absl::Time now);

// Whether the session has moved since the answer was given, or had before it came.
bool IsOutdated(const v1::InvitationResponse& response, const v1::Session& session);

// Records what `person` says to `session`, in place of what was said before. FAILED_PRECONDITION /
// WRONG_STATE (metadata: state), NOT_INVITED (metadata: session, person).
absl::StatusOr<v1::InvitationResponse> RecordResponse(const v1::Session& session,
                                                      const std::string& person, const Given& given,
                                                      Transaction& tx);

absl::StatusOr<v1::InvitationResponse> RespondToInvitation(
    const Caller& caller, const v1::RespondToInvitationRequest& request, Transaction& tx);

absl::StatusOr<v1::ListInvitationResponsesResponse> ListInvitationResponses(
    const Caller& caller, const v1::ListInvitationResponsesRequest& request, Transaction& tx);

}  // namespace neshast
