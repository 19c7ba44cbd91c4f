// proposal create
#include "cli/booking.h"
#include "cli/commands.h"
#include "cli/delegations.h"
#include "cli/lookup.h"
#include "cli/proposal.h"
#include "cli/start_time.h"
#include "cli/times.h"

namespace neshast::cli {
namespace {

using Stub = v1::ProposalService::Stub;

struct Arguments {
  std::string kind;
  std::vector<std::string> titles;
  DelegationArguments delegations;
  std::vector<std::string> interpreters;
  std::vector<std::string> languages;
  std::string host;
  std::string series;
  std::vector<std::string> slots;
  StartArguments start;
  std::string duration = "1h";
  std::string reply_by;
  std::vector<std::string> recipients;
  std::string id;
  bool dry_run = false;
};

// Slots and the reply-by time, on the host's clock unless a zone is given. Fails as a call does.
bool FillTimes(Connection& connection, Arguments arguments, v1::Proposal& proposal) {
  for (const std::string& slot : arguments.slots) {
    arguments.start.at = slot;
    const auto start = StartOf(connection, arguments.start, proposal.host());
    if (!start) return false;
    arguments.start.zone = start->time_zone();  // asked for once
    *proposal.add_slots()->mutable_start_time() = *start;
  }
  const auto reply_by = InstantOf(arguments.reply_by, arguments.start.zone);
  if (!reply_by) {
    return connection.Fail(
        kUsage, "\"" + arguments.reply_by + "\" is no time such as 2026-11-28T18:00, nor a date.");
  }
  *proposal.mutable_reply_by_time() = TimestampOf(*reply_by);
  return true;
}

std::optional<v1::CreateProposalRequest> RequestOf(Connection& connection,
                                                   const Arguments& arguments) {
  v1::CreateProposalRequest request;
  request.set_request_id(NewRequestId());
  request.set_proposal_id(arguments.id);
  request.set_validate_only(arguments.dry_run);
  v1::Proposal& proposal = *request.mutable_proposal();
  const auto host = CityOrOwn(connection, arguments.host);
  if (!host) return std::nullopt;
  proposal.set_host(*host);
  const auto delegations = DelegationsOf(connection, arguments.delegations);
  if (!delegations) return std::nullopt;
  proposal.mutable_delegations()->Add(delegations->begin(), delegations->end());
  if (!FillTimes(connection, arguments, proposal)) return std::nullopt;
  proposal.set_kind(ValueOf<v1::Session::Kind>(arguments.kind));
  *proposal.mutable_title() = LocalizedTextOf(arguments.titles);
  *proposal.mutable_duration() = DurationOf(arguments.duration);
  for (const std::string& each : arguments.interpreters) {
    proposal.add_interpreters(ResourceName("people", each));
  }
  proposal.mutable_languages()->Add(arguments.languages.begin(), arguments.languages.end());
  if (!arguments.series.empty()) proposal.set_series(ResourceName("series", arguments.series));
  for (const std::string& each : arguments.recipients) {
    proposal.add_recipients()->set_person(ResourceName("people", each));
  }
  return request;
}

void Create(Connection& connection, const Arguments& arguments) {
  const auto request = RequestOf(connection, arguments);
  if (!request) return;
  const auto proposal = connection.Call(&Stub::CreateProposal, *request);
  if (proposal) ShowToCaller(connection, *proposal);
}

void AddOptions(CLI::App& create, Arguments& arguments) {
  AddKindOption(create, arguments.kind)->required();
  AddRepeated(create, "--title", arguments.titles, "LANGUAGE=TEXT, once for each language")
      ->required();
  AddDelegationOptions(create, arguments.delegations);
  AddRepeated(create, "--interpreter", arguments.interpreters, "An interpreter, once for each");
  AddRepeated(create, "--language", arguments.languages, "A working language, once for each");
  create.add_option("--host", arguments.host, "The host city; by default the one you act for");
  create.add_option("--series", arguments.series, "The series whose ledger it will count in");
  AddRepeated(create, "--slot", arguments.slots, "Wall time, 2026-12-01T11:30, once for each")
      ->required();
  AddZoneOptions(create, arguments.start);
  AddLength(create, "--duration", arguments.duration, "90m, 2h")->capture_default_str();
  create
      .add_option("--reply-by", arguments.reply_by,
                  "Until when it can be answered, 2026-11-28T18:00; of a date its end")
      ->required();
  AddRepeated(create, "--recipient", arguments.recipients, "Who is asked, once for each")
      ->required();
  create.add_option("--id", arguments.id, "Its id; unguessable by default");
  create.add_flag("--dry-run", arguments.dry_run, "Check all, write nothing");
}

}  // namespace

void AddProposalCreating(CLI::App& noun, Connection& connection) {
  auto arguments = std::make_shared<Arguments>();
  CLI::App* create = AddVerb(
      noun, "create", "Draft a proposal; its slots are held from then on",
      [&connection, arguments] { Create(connection, *arguments); },
      "  neshast proposal create --kind mayors-dialogue --title \"en=Mayors' dialogue\" \\\n"
      "    --city isfahan=mayor-of-isfahan --city xian=mayor-of-xian --duration 90m \\\n"
      "    --slot 2026-12-08T11:30 --slot 2026-12-09T11:30 --slot 2026-12-13T10:00 \\\n"
      "    --reply-by 2026-12-04 --recipient mayor-of-xian\n");
  AddOptions(*create, *arguments);
}

}  // namespace neshast::cli
