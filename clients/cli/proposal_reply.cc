// proposal answer, counter
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "cli/commands.h"
#include "cli/lookup.h"
#include "cli/proposal.h"
#include "cli/proposal_view.h"
#include "cli/start_time.h"

namespace neshast::cli {
namespace {

using Stub = v1::ProposalService::Stub;

struct Arguments {
  std::string name;
  std::string person;
  std::vector<std::string> slots;
  StartArguments start;
  std::string remark;
};

// A request on `proposal` for the person of the command line.
template <class Request>
Request RequestOn(const v1::Proposal& proposal, const Arguments& arguments) {
  auto request = Named<Request>("proposals", proposal.name());
  if (!arguments.person.empty()) request.set_person(ResourceName("people", arguments.person));
  return request;
}

// "s1=if-need-be"
std::optional<v1::GivenAnswer> AnswerGiven(Connection& connection, const std::string& given) {
  const std::pair<std::string, std::string> parts = absl::StrSplit(given, absl::MaxSplits('=', 1));
  v1::GivenAnswer answer;
  answer.set_slot_id(parts.first);
  answer.set_answer(ValueOf<v1::SlotAnswer::Answer>(parts.second));
  if (answer.answer() != v1::SlotAnswer::ANSWER_UNSPECIFIED) return answer;
  connection.Fail(kUsage, absl::StrCat("\"", given, "\" is no SLOT=ANSWER; the answers are ",
                                       Enumerated(WordsOf<v1::SlotAnswer::Answer>()), "."));
  return std::nullopt;
}

void Answer(Connection& connection, const Arguments& arguments) {
  const auto proposal = ProposalOrOnly(connection, arguments.name);
  if (!proposal) return;
  auto request = RequestOn<v1::AnswerProposalRequest>(*proposal, arguments);
  for (const std::string& given : arguments.slots) {
    auto answer = AnswerGiven(connection, given);
    if (!answer) return;
    answer->set_remark(arguments.remark);
    *request.add_answers() = *answer;
  }
  const auto answered = connection.Call(&Stub::AnswerProposal, request);
  if (answered) ShowToCaller(connection, *answered);
}

// Who holds a personal link may not ask the directory; the proposal knows the zone of each city.
void Counter(Connection& connection, Arguments arguments) {
  const auto proposal = ProposalOrOnly(connection, arguments.name);
  if (!proposal) return;
  const auto city = CityOrOwn(connection, "");
  if (!city) return;
  if (arguments.start.zone.empty() && proposal->slots_size() > 0) {
    arguments.start.zone = HourIn(proposal->slots(0), *city).start_time().time_zone();
  }
  const auto start = StartOf(connection, arguments.start, *city);
  if (!start) return;
  auto request = RequestOn<v1::CounterProposeRequest>(*proposal, arguments);
  *request.mutable_start_time() = *start;
  request.set_remark(arguments.remark);
  const auto asked = connection.Call(&Stub::CounterPropose, request);
  if (asked) ShowProposal(connection, *asked, *city);
}

void AddCommon(CLI::App& verb, Arguments& arguments) {
  AddProposalName(verb, arguments.name);
  verb.add_option("--person", arguments.person,
                  "For whom; by default whom you are, or whose link you hold");
  verb.add_option("--remark", arguments.remark, "What is to be said with it");
}

}  // namespace

void AddProposalReplying(CLI::App& noun, Connection& connection) {
  auto arguments = std::make_shared<Arguments>();
  CLI::App* answer = AddVerb(
      noun, "answer", "Say which slots suit; replaces what was answered before",
      [&connection, arguments] { Answer(connection, *arguments); },
      "  NESHAST_TOKEN=nst_inv_… neshast proposal answer --slot s1=yes --slot s2=if-need-be \\\n"
      "    --slot s3=no --remark \"The mayor is abroad until the 14th.\"\n");
  AddCommon(*answer, *arguments);
  AddRepeated(*answer, "--slot", arguments->slots, "SLOT=yes, if-need-be or no, once for each")
      ->required();
  CLI::App* counter = AddVerb(
      noun, "counter", "Ask for another time, on the clock of your city",
      [&connection, arguments] { Counter(connection, *arguments); },
      "  neshast proposal counter p-4k2 --person mayor-of-xian --at 2026-12-15T15:00\n");
  AddCommon(*counter, *arguments);
  AddStartOptions(*counter, arguments->start)->required();
}

}  // namespace neshast::cli
