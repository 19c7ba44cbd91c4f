// What stands in the way where no hour fits, and what would help.
#pragma once

#include "cli/lookup.h"
#include "neshast/v1/scheduling_service.pb.h"

namespace neshast::cli {

// What each rule removed, who blocks by name, and the nearest changes with the option to write.
void PrintObstacles(Lookup& lookup, const v1::SuggestTimesRequest& request,
                    const v1::SuggestTimesResponse& response);

}  // namespace neshast::cli
