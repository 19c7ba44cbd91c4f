// What the commands on minutes share.
#pragma once

#include <optional>
#include <string>

#include "cli/commands.h"
#include "cli/connection.h"
#include "neshast/v1/minutes_service.grpc.pb.h"

namespace neshast::cli {

// Which minutes: those of a session, by default the newest.
struct WhichMinutes {
  std::string session;
  int number = 0;  // 0: the newest
};

// Takes SESSION and --number.
void AddWhich(CLI::App& verb, WhichMinutes& which);

// The minutes as they are now. Fails as a call does, or because the session has none.
std::optional<v1::Minutes> FindMinutes(Connection& connection, const WhichMinutes& which);

// Prints minutes with their entries, or as one document where the format says so.
void ShowMinutes(Connection& connection, const v1::Minutes& minutes);

// Prints one entry with its texts and corrections.
void ShowEntry(Connection& connection, const v1::MinutesEntry& entry);

// minutes entry add, update, remove, translate
void AddEntryCommands(CLI::App& minutes, Connection& connection);
// minutes correct, accept, reject, annex
void AddCorrectionCommands(CLI::App& minutes, Connection& connection);
// minutes seal, amend, export, verify, key
void AddSealCommands(CLI::App& minutes, Connection& connection);

}  // namespace neshast::cli
