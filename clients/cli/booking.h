// From a session in mind to one that is promised.
#pragma once

#include <CLI/CLI.hpp>
#include <optional>
#include <string>

#include "cli/connection.h"
#include "neshast/v1/session_service.pb.h"

namespace neshast::cli {

// --kind
CLI::Option* AddKindOption(CLI::App& command, std::string& kind);

// Drafts the session of `request` and confirms it. Where the draft cannot be confirmed, says so and
// that it stays. Fails as a call does.
std::optional<v1::Session> DraftAndConfirm(Connection& connection,
                                           const v1::CreateSessionRequest& request);

}  // namespace neshast::cli
