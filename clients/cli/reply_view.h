// How replies that came by mail are shown.
#pragma once

#include "cli/connection.h"
#include "neshast/v1/reply_service.pb.h"

namespace neshast::cli {

// A line for each.
void ShowReplies(Connection& connection, const v1::ListRepliesResponse& replies);

// One reply with all that it says, and in words why it does not count by itself.
void ShowReply(Connection& connection, const v1::Reply& reply);

}  // namespace neshast::cli
