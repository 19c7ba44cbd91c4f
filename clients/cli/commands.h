// The commands of `neshast`: a noun, then a verb. A file for each noun.
#pragma once

#include <CLI/CLI.hpp>
#include <functional>
#include <string>
#include <vector>

#include "cli/connection.h"

namespace neshast::cli {

// city list, city show, and that of the next
void AddCityCommands(CLI::App& app, Connection& connection);
// city vouch
void AddVouchCommand(CLI::App& city, Connection& connection);
// person list, person show
void AddPersonCommands(CLI::App& app, Connection& connection);
// organization list
void AddOrganizationCommands(CLI::App& app, Connection& connection);
// network list, network show
void AddNetworkCommands(CLI::App& app, Connection& connection);
// group list, group show
void AddGroupCommands(CLI::App& app, Connection& connection);
// search
void AddSearchCommand(CLI::App& app, Connection& connection);
// practice list, show, add, update, uptake
void AddPracticeCommands(CLI::App& app, Connection& connection);
// topic list, topic add
void AddTopicCommands(CLI::App& app, Connection& connection);
// initiative list, submit, moderate, support
void AddInitiativeCommands(CLI::App& app, Connection& connection);
// directory load
void AddDirectoryCommands(CLI::App& app, Connection& connection);
// session list, show, update, clear, confirm, move, cancel, close, and those of the next two
void AddSessionCommands(CLI::App& app, Connection& connection);
// session book
void AddBookCommand(CLI::App& session, Connection& connection);
// session suggest
void AddSuggestCommand(CLI::App& session, Connection& connection);
// delegation show, name, substitute, close, decide, credentials
void AddDelegationCommands(CLI::App& app, Connection& connection);
// proposal create, list, show, answer, counter, send, nudge, decide, withdraw, link renew, revoke
void AddProposalCommands(CLI::App& app, Connection& connection);
// order arrange, show, lock, unlock
void AddOrderCommands(CLI::App& app, Connection& connection);
// agenda show, add, update, remove, arrange, propose, accept, refuse, agree, budget, and the next
// two
void AddAgendaCommands(CLI::App& app, Connection& connection);
// agenda start, item, next, pause, resume, end, floor …
void AddLiveCommands(CLI::App& agenda, Connection& connection);
// agenda paper add, revise, remove, show
void AddPaperCommands(CLI::App& agenda, Connection& connection);
// invitation respond, responses, receive
void AddInvitationCommands(CLI::App& app, Connection& connection);
// reply list, show, apply, dismiss
void AddReplyCommands(CLI::App& app, Connection& connection);
// minutes start, show, set, attendance, declare, entry …, circulate, correct, accept, reject,
// annex, reissue, adopt, decline, seal, amend, export, verify, key
void AddMinutesCommands(CLI::App& app, Connection& connection);
// hold list, hold release
void AddHoldCommands(CLI::App& app, Connection& connection);
// mail list, mail resend
void AddMailCommands(CLI::App& app, Connection& connection);
// document list, show, create, step, renew
void AddDocumentCommands(CLI::App& app, Connection& connection);
// letter list, register, round, states, reply
void AddLetterCommands(CLI::App& app, Connection& connection);
// commitment list, carried, show, add, progress
void AddCommitmentCommands(CLI::App& app, Connection& connection);
// series create, series ledger
void AddSeriesCommands(CLI::App& app, Connection& connection);
// principal list, create, disable; whoami
void AddPrincipalCommands(CLI::App& app, Connection& connection);
// token list, create, rotate, revoke
void AddTokenCommands(CLI::App& app, Connection& connection);
// log verify
void AddLogCommands(CLI::App& app, Connection& connection);
// clock list, decide, check
void AddClockCommands(CLI::App& app, Connection& connection);
// sync, watch
void AddChangeCommands(CLI::App& app, Connection& connection);
// profile list
void AddProfileCommands(CLI::App& app);
// completion bash, zsh, fish: what every command added before it offers
void AddCompletionCommands(CLI::App& app);

// A noun, under which verbs stand.
CLI::App* AddNoun(CLI::App& app, const std::string& name, const std::string& help);

// A verb. `run` is called once all options are read; `examples` are shown at the end of its help.
CLI::App* AddVerb(CLI::App& noun, const std::string& name, const std::string& help,
                  std::function<void()> run, const std::string& examples = "");

// An option that may be given several times, each time with one value.
CLI::Option* AddRepeated(CLI::App& command, const std::string& name,
                         std::vector<std::string>& values, const std::string& help);

// A length of time such as 90m.
CLI::Option* AddLength(CLI::App& command, const std::string& name, std::string& value,
                       const std::string& help);

// A civil date.
CLI::Option* AddDate(CLI::App& command, const std::string& name, std::string& value,
                     const std::string& help);

}  // namespace neshast::cli
