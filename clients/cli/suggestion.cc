// session suggest
#include <algorithm>
#include <iostream>

#include "absl/strings/str_cat.h"
#include "cli/booking.h"
#include "cli/commands.h"
#include "cli/hold_view.h"
#include "cli/session_view.h"
#include "cli/suggestion_request.h"
#include "cli/suggestion_view.h"
#include "cli/times.h"
#include "neshast/v1/scheduling_service.grpc.pb.h"
#include "neshast/v1/session_service.grpc.pb.h"

namespace neshast::cli {
namespace {

using Stub = v1::SessionService::Stub;
using v1::Suggestion;

struct Arguments {
  SuggestionArguments question;
  std::vector<int> holds;  // Ranks.
  std::string expires;
  int book = 0;  // A rank; 0 for none.
  std::vector<std::string> titles;
  std::string kind;
  std::string reason;
};

// A question, its answer, and what is made of it.
class Choice {
 public:
  Choice(Connection& connection, const Arguments& arguments, const v1::SuggestTimesRequest& request,
         const v1::SuggestTimesResponse& response)
      : connection_(connection), arguments_(arguments), request_(request), response_(response) {}

  // Holds the chosen hours for all who would take part.
  void Hold() {
    v1::ListHoldsResponse held;
    for (const int rank : arguments_.holds) {
      const auto request = HoldRequestAt(rank);
      if (!request) break;
      const auto hold = connection_.Call(&Stub::HoldSlot, *request);
      if (!hold) break;
      *held.add_holds() = *hold;
    }
    if (held.holds_size() > 0) ShowHolds(connection_, held);
  }

  // Drafts and confirms the chosen hour or, for a session that is to be moved, moves it there.
  void Book() {
    const Suggestion* suggestion = Find(arguments_.book);
    if (suggestion == nullptr) return;
    std::optional<v1::Session> session;
    if (!request_.moved_session().empty()) {
      session = connection_.Call(&Stub::RescheduleSession, MoveRequestOf(*suggestion));
    } else if (const auto request = SessionRequestOf(*suggestion)) {
      session = DraftAndConfirm(connection_, *request);
    }
    if (session) ShowSession(connection_, *session);
  }

 private:
  const Suggestion* Find(int rank) {
    for (const Suggestion& suggestion : response_.suggestions()) {
      if (suggestion.rank() == rank) return &suggestion;
    }
    connection_.Fail(kInvalid,
                     absl::StrCat("There is no suggestion ", rank, " among the ",
                                  response_.suggestions_size(), ".\n--top N asks for more."));
    return nullptr;
  }

  std::optional<v1::HoldSlotRequest> HoldRequestAt(int rank) {
    const Suggestion* suggestion = Find(rank);
    if (suggestion == nullptr) return std::nullopt;
    const auto delegations = DelegationsAt(connection_, request_, *suggestion);
    if (!delegations) return std::nullopt;
    v1::HoldSlotRequest request;
    request.set_request_id(NewRequestId());
    v1::Hold& hold = *request.mutable_hold();
    hold.set_host(request_.host());
    *hold.mutable_start_time() = suggestion->start_time();
    *hold.mutable_duration() = request_.duration();
    for (const v1::Delegation& delegation : *delegations) {
      hold.mutable_people()->MergeFrom(delegation.required_people());
      hold.mutable_people()->MergeFrom(delegation.optional_people());
    }
    for (const v1::InterpreterAssignment& pair : suggestion->interpreters()) {
      hold.mutable_people()->MergeFrom(pair.interpreters());
    }
    if (const auto length = ParseLength(arguments_.expires)) {
      *hold.mutable_expire_time() = TimestampOf(absl::Now() + absl::Seconds(*length));
    }
    return request;
  }

  std::optional<v1::CreateSessionRequest> SessionRequestOf(const Suggestion& suggestion) {
    const auto delegations = DelegationsAt(connection_, request_, suggestion);
    if (!delegations) return std::nullopt;
    v1::CreateSessionRequest request;
    request.set_request_id(NewRequestId());
    v1::Session& session = *request.mutable_session();
    session.set_kind(ValueOf<v1::Session::Kind>(arguments_.kind));
    *session.mutable_title() = LocalizedTextOf(arguments_.titles);
    session.set_host(request_.host());
    session.set_series(request_.series());
    *session.mutable_start_time() = suggestion.start_time();
    *session.mutable_duration() = request_.duration();
    session.mutable_delegations()->Add(delegations->begin(), delegations->end());
    std::vector<std::string> languages;
    for (const v1::InterpreterAssignment& pair : suggestion.interpreters()) {
      session.mutable_interpreters()->MergeFrom(pair.interpreters());
      languages.push_back(pair.first_language());
      languages.push_back(pair.second_language());
    }
    std::sort(languages.begin(), languages.end());
    session.mutable_languages()->Add(languages.begin(),
                                     std::unique(languages.begin(), languages.end()));
    return request;
  }

  v1::RescheduleSessionRequest MoveRequestOf(const Suggestion& suggestion) const {
    auto request = Named<v1::RescheduleSessionRequest>("sessions", request_.moved_session());
    *request.mutable_start_time() = suggestion.start_time();
    *request.mutable_duration() = request_.duration();
    request.set_reason(arguments_.reason);
    return request;
  }

  Connection& connection_;
  const Arguments& arguments_;
  const v1::SuggestTimesRequest& request_;
  const v1::SuggestTimesResponse& response_;
};

bool IsComplete(Connection& connection, const Arguments& arguments) {
  const bool new_session = arguments.book > 0 && arguments.question.moved.empty();
  if (!new_session || (!arguments.titles.empty() && !arguments.kind.empty())) return true;
  return connection.Fail(kUsage, "To book it, say what it is: --kind KIND and --title LANG=TEXT.");
}

void Suggest(Connection& connection, const Arguments& arguments) {
  if (!IsComplete(connection, arguments)) return;
  const auto request = SuggestionRequestOf(connection, arguments.question);
  if (!request) return;
  const auto response = connection.Call(&v1::SchedulingService::Stub::SuggestTimes, *request);
  if (!response) return;
  const bool acts = arguments.book > 0 || !arguments.holds.empty();
  const bool nothing = response->suggestions().empty();
  // A program that books gets one document, the session; a person sees where it came from.
  if (!acts || nothing || connection.format == Format::kTable) {
    ShowSuggestions(connection, *request, *response);
  }
  if (nothing) {
    connection.exit_code = kNothingFits;
    return;
  }
  if (acts && connection.format == Format::kTable) std::cout << "\n";
  Choice choice(connection, arguments, *request, *response);
  if (!arguments.holds.empty()) choice.Hold();
  if (arguments.book > 0) choice.Book();
}

constexpr char kExamples[] =
    "  neshast session suggest --city isfahan=mayor-of-isfahan --city xian=mayor-of-xian \\\n"
    "    --duration 90m --interpret fa-zh --kind mayors-dialogue --title \"en=Mayors' dialogue\" "
    "--book 1\n"
    "  neshast session suggest --network eco-mayors --people mayor-of-{city} --duration 2h\n"
    "  neshast session suggest --network sister-cities --people mayor-of-{city} --max-level 0\n"
    "  neshast session suggest --city isfahan --city st-petersburg --duration 2h \\\n"
    "    --interpret fa-ru:2 --quorum crisis-medicine:4 --hold 1,2,3 --expires 72h\n"
    "With --output json or yaml: the suggestions; with --hold the holds, with --book the "
    "session.\n";

}  // namespace

void AddSuggestCommand(CLI::App& session, Connection& connection) {
  auto arguments = std::make_shared<Arguments>();
  CLI::App* suggest = AddVerb(
      session, "suggest", "Find hours that are fair to every city, and hold or book them",
      [&connection, arguments] { Suggest(connection, *arguments); }, kExamples);
  AddSuggestionOptions(*suggest, arguments->question);
  CLI::Option* hold = suggest
                          ->add_option("--hold", arguments->holds,
                                       "RANK,RANK: hold these suggestions for all who can come")
                          ->delimiter(',')
                          ->allow_extra_args(false);
  AddLength(*suggest, "--expires", arguments->expires, "When holds lapse; by default 72h")
      ->needs(hold);
  CLI::Option* book =
      suggest
          ->add_option("--book", arguments->book,
                       "RANK: draft and confirm this suggestion; with --move, move it there")
          ->check(CLI::PositiveNumber)
          ->excludes(hold);
  AddRepeated(*suggest, "--title", arguments->titles, "LANGUAGE=TEXT, for --book")->needs(book);
  AddKindOption(*suggest, arguments->kind)->needs(book);
  suggest->add_option("--reason", arguments->reason, "Why it is moved, for the record")
      ->needs(book);
}

}  // namespace neshast::cli
