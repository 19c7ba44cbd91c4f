// What the commands on proposals share.
#pragma once

#include <CLI/CLI.hpp>
#include <optional>
#include <string>

#include "cli/connection.h"
#include "neshast/v1/proposal_service.grpc.pb.h"

namespace neshast::cli {

// The name of a proposal, first on the command line.
CLI::Option* AddProposalName(CLI::App& verb, std::string& name);

// The proposal of this id or, where none is given, the only one of the caller: who holds a personal
// link has no other. Fails as a call does.
std::optional<v1::Proposal> ProposalOrOnly(Connection& connection, const std::string& id);

// Shows `proposal` as the caller's city reads it.
void ShowToCaller(Connection& connection, const v1::Proposal& proposal);

// proposal create
void AddProposalCreating(CLI::App& noun, Connection& connection);
// proposal answer, counter
void AddProposalReplying(CLI::App& noun, Connection& connection);

}  // namespace neshast::cli
