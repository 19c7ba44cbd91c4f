// From a session in mind to one that is promised.
#pragma once

#include <CLI/CLI.hpp>
#include <optional>
#include <string>
#include <vector>

#include "cli/connection.h"
#include "neshast/v1/scheduling_service.pb.h"
#include "neshast/v1/session_service.pb.h"

namespace neshast::cli {

// --kind
CLI::Option* AddKindOption(CLI::App& command, std::string& kind);

// --force-reason
CLI::Option* AddForceReason(CLI::App& command, std::string& reason);

// Who takes part in a session at the hour of `suggestion`: the delegations of `request` without the
// optional people who cannot come, and with the members of its quorums who can, as optional people
// of their city. Fails as a call does.
std::optional<std::vector<v1::Delegation>> DelegationsAt(Connection& connection,
                                                         const v1::SuggestTimesRequest& request,
                                                         const v1::Suggestion& suggestion);

// Drafts the session of `request` and confirms it, with a reason where it is to be forced. Where
// the draft cannot be confirmed, says so and that it stays. Fails as a call does.
std::optional<v1::Session> DraftAndConfirm(Connection& connection,
                                           const v1::CreateSessionRequest& request,
                                           const std::string& force_reason = "");

}  // namespace neshast::cli
