// order arrange, show, lock, unlock
#include <memory>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "cli/commands.h"
#include "cli/order_view.h"
#include "neshast/v1/precedence_service.grpc.pb.h"

namespace neshast::cli {
namespace {

using Stub = v1::PrecedenceService::Stub;
using v1::PrecedenceRule;

// What the commands on an order take from the command line.
struct Arguments {
  std::string session;
  std::string kind;
  std::vector<std::string> rules;
  bool dry_run = false;
};

template <class Request>
Request OfKind(const Arguments& arguments) {
  auto request = Named<Request>("sessions", arguments.session);
  request.set_kind(ValueOf<v1::Order::Kind>(arguments.kind));
  return request;
}

template <class Request>
void Act(Connection& connection, const Request& request,
         grpc::Status (Stub::*method)(grpc::ClientContext*, const Request&, v1::OrderAnswer*)) {
  const auto answer = connection.Call(method, request);
  if (answer) ShowOrder(connection, *answer);
}

// "rank", "alphabet=ru", "rotation=3", "lots=SEED". What a rule lacks, the server says.
std::optional<PrecedenceRule> RuleGiven(Connection& connection, const std::string& given) {
  const std::pair<std::string, std::string> parts = absl::StrSplit(given, absl::MaxSplits('=', 1));
  PrecedenceRule rule;
  rule.set_criterion(ValueOf<PrecedenceRule::Criterion>(parts.first));
  int32_t number = 0;
  bool takes = parts.second.empty();
  if (rule.criterion() == PrecedenceRule::CRITERION_ALPHABET) {
    rule.set_language(parts.second);
    takes = true;
  } else if (rule.criterion() == PrecedenceRule::CRITERION_LOTS) {
    rule.set_seed(parts.second);
    takes = true;
  } else if (rule.criterion() == PrecedenceRule::CRITERION_ROTATION && !takes) {
    takes = absl::SimpleAtoi(parts.second, &number);
    rule.set_session_number(number);
  }
  if (takes && rule.criterion() != PrecedenceRule::CRITERION_UNSPECIFIED) return rule;
  connection.Fail(kUsage, absl::StrCat("\"", given, "\" is no rule; the rules are ",
                                       Enumerated(WordsOf<PrecedenceRule::Criterion>()),
                                       ": alphabet=LANGUAGE, rotation=NUMBER, lots=SEED."));
  return std::nullopt;
}

void Arrange(Connection& connection, const Arguments& arguments) {
  auto request = OfKind<v1::ArrangeOrderRequest>(arguments);
  for (const std::string& given : arguments.rules) {
    const auto rule = RuleGiven(connection, given);
    if (!rule) return;
    *request.add_criteria() = *rule;
  }
  request.set_validate_only(arguments.dry_run);
  Act(connection, request, &Stub::ArrangeOrder);
}

void Show(Connection& connection, const Arguments& arguments) {
  Act(connection, OfKind<v1::GetOrderRequest>(arguments), &Stub::GetOrder);
}

void Lock(Connection& connection, const Arguments& arguments) {
  auto request = OfKind<v1::LockOrderRequest>(arguments);
  request.set_locked(true);
  Act(connection, request, &Stub::LockOrder);
}

void Unlock(Connection& connection, const Arguments& arguments) {
  Act(connection, OfKind<v1::LockOrderRequest>(arguments), &Stub::LockOrder);
}

// A verb on an order of one session.
CLI::App* AddAct(CLI::App& noun, const char* name, const char* help, Connection& connection,
                 const std::shared_ptr<Arguments>& arguments,
                 void (*run)(Connection&, const Arguments&), const char* examples = "") {
  CLI::App* verb = AddVerb(
      noun, name, help, [&connection, arguments, run] { run(connection, *arguments); }, examples);
  verb->add_option("session", arguments->session, "Its id, as `session list` shows it")->required();
  verb->add_option("kind", arguments->kind, "What is put in order")
      ->required()
      ->check(CLI::IsMember(WordsOf<v1::Order::Kind>()));
  return verb;
}

}  // namespace

void AddOrderCommands(CLI::App& app, Connection& connection) {
  auto arguments = std::make_shared<Arguments>();
  CLI::App* order = AddNoun(app, "order", "Orders of precedence: who comes before whom, and why");
  CLI::App* arrange =
      AddAct(*order, "arrange", "Put the delegations in order by rules, or again by those it has",
             connection, arguments, &Arrange,
             "  neshast order arrange s-4k2 speaking --by host-first --by alphabet=ru\n"
             "  neshast order arrange s-4k2 signature --by lots=\"drawn on 1 December\"\n");
  AddRepeated(*arrange, "--by", arguments->rules,
              "A rule, the first that tells two apart decides: host-first, host-last, rank, "
              "notification, seniority, alphabet=LANGUAGE, rotation=NUMBER, lots=SEED");
  arrange->add_flag("--dry-run", arguments->dry_run, "Show it, keep nothing");
  AddAct(*order, "show", "The order for the delegations of now, and what has changed", connection,
         arguments, &Show);
  AddAct(*order, "lock", "Keep the order as it stands, whatever its rules say from now on",
         connection, arguments, &Lock);
  AddAct(*order, "unlock", "Let its rules decide again", connection, arguments, &Unlock);
}

}  // namespace neshast::cli
