// How sessions are shown.
#pragma once

#include <vector>

#include "cli/connection.h"
#include "neshast/v1/session_service.pb.h"

namespace neshast::cli {

// One session: its title, when it is in every city, its people and interpreters, and where it stood
// before it was moved.
void ShowSession(Connection& connection, const v1::Session& session);

// A line for each session, with the local time of `city`.
void ShowSessions(Connection& connection, const v1::ListSessionsResponse& sessions,
                  const std::string& city);

}  // namespace neshast::cli
