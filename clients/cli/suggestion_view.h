// How suggestions are told.
#pragma once

#include "cli/connection.h"
#include "neshast/v1/scheduling_service.pb.h"

namespace neshast::cli {

// The ranked hours with their reasons, why each is better than the next, and how many cities can be
// inside office hours at once. Where nothing fits: the obstacles and what would help.
void ShowSuggestions(Connection& connection, const v1::SuggestTimesRequest& request,
                     const v1::SuggestTimesResponse& response);

}  // namespace neshast::cli
