#include "cli/suggestion_request.h"

#include <algorithm>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "cli/commands.h"
#include "cli/lookup.h"
#include "cli/times.h"
#include "neshast/v1/session_service.grpc.pb.h"

namespace neshast::cli {
namespace {

using Request = v1::SuggestTimesRequest;

constexpr char kDefaultDuration[] = "1h";
constexpr int kDefaultDays = 21;

// "crisis-medicine" and 4 of "crisis-medicine:4", `otherwise` where no number stands there.
std::pair<std::string, int> SplitCount(const std::string& text, char separator, int otherwise) {
  const size_t at = text.rfind(separator);
  int count = otherwise;
  if (at == std::string::npos) return {text, count};
  if (!absl::SimpleAtoi(text.substr(at + 1), &count)) count = -1;  // The server says it is wrong.
  return {text.substr(0, at), count};
}

void AddInterpretation(const std::string& text, Request& request) {
  const auto [pair, count] = SplitCount(text, ':', 0);
  // Tags such as zh-Hans have a hyphen of their own: fa/zh-Hans.
  const char separator = pair.find('/') == std::string::npos ? '-' : '/';
  const std::vector<std::string> tags = absl::StrSplit(pair, absl::MaxSplits(separator, 1));
  v1::InterpretationNeed& need = *request.add_interpretation();
  need.set_first_language(tags.front());
  need.set_second_language(tags.size() > 1 ? tags.back() : "");
  need.set_interpreters(count);
}

void AddQuorum(const std::string& text, Request& request) {
  const auto [group, needed] = SplitCount(text, ':', 0);
  v1::Quorum& quorum = *request.add_quorums();
  quorum.set_expert_group(ResourceName("expertGroups", group));
  quorum.set_needed(needed);
}

v1::CityLimit& LimitOf(const std::string& id, Request& request) {
  const std::string city = ResourceName("cities", id);
  for (v1::CityLimit& limit : *request.mutable_city_limits()) {
    if (limit.city() == city) return limit;
  }
  v1::CityLimit& limit = *request.add_city_limits();
  limit.set_city(city);
  return limit;
}

void AddForbidden(const std::string& text, Request& request) {
  const std::vector<std::string> parts = absl::StrSplit(text, absl::MaxSplits('=', 1));
  v1::CityLimit& limit = LimitOf(parts[0], request);
  for (const auto& date : absl::StrSplit(parts.back(), ',')) {
    limit.add_forbidden_dates(std::string(date));
  }
}

// Who and what is to be moved.
bool FillFromSession(Connection& connection, const std::string& id, Request& request) {
  const auto session = connection.Call(&v1::SessionService::Stub::GetSession,
                                       Named<v1::GetSessionRequest>("sessions", id));
  if (!session) return false;
  request.set_moved_session(session->name());
  request.set_host(session->host());
  *request.mutable_delegations() = session->delegations();
  *request.mutable_duration() = session->duration();
  request.set_series(session->series());
  for (v1::Delegation& delegation : *request.mutable_delegations()) {
    if (delegation.city() == session->host()) {
      delegation.mutable_required_people()->MergeFrom(session->interpreters());
    }
  }
  return true;
}

bool FillFromOptions(Connection& connection, const SuggestionArguments& arguments,
                     Request& request) {
  const auto host = CityOrOwn(connection, arguments.host);
  if (!host) return false;
  const auto delegations = DelegationsOf(connection, arguments.delegations);
  if (!delegations) return false;
  if (delegations->empty()) {
    return connection.Fail(kUsage,
                           "Say who is to meet: --city CITY=PERSON,… once for each, or --network "
                           "NAME.\n`neshast session suggest --help` has examples.");
  }
  request.set_host(*host);
  request.mutable_delegations()->Add(delegations->begin(), delegations->end());
  *request.mutable_duration() = DurationOf(kDefaultDuration);
  if (!arguments.series.empty()) request.set_series(ResourceName("series", arguments.series));
  return true;
}

// The window on the host's clock: from tomorrow, for three weeks, where nothing else is said.
bool FillWindow(Connection& connection, const SuggestionArguments& arguments, Request& request) {
  const auto zone = ZoneOf(connection, request.host());
  if (!zone) return false;
  const std::string from = arguments.from.empty() ? DateIn(*zone, 1) : arguments.from;
  absl::Time begins = Midnight(from, *zone);
  if (from == DateIn(*zone)) begins = std::max(begins, absl::Now());
  const absl::Time ends = arguments.until.empty() ? Midnight(from, *zone, kDefaultDays)
                                                  : Midnight(arguments.until, *zone, 1);
  *request.mutable_window_start_time() = TimestampOf(begins);
  *request.mutable_window_end_time() = TimestampOf(ends);
  return true;
}

void FillRules(const SuggestionArguments& arguments, Request& request) {
  for (const std::string& each : arguments.interpretation) AddInterpretation(each, request);
  for (const std::string& each : arguments.quorums) AddQuorum(each, request);
  for (const std::string& each : arguments.limits) {
    const auto [city, level] = SplitCount(each, '=', -1);
    LimitOf(city, request).set_max_level(level);
  }
  for (const std::string& each : arguments.forbidden) AddForbidden(each, request);
  if (!arguments.duration.empty()) *request.mutable_duration() = DurationOf(arguments.duration);
  if (!arguments.buffer.empty()) {
    *request.mutable_buffer_before() = DurationOf(arguments.buffer);
    *request.mutable_buffer_after() = DurationOf(arguments.buffer);
  }
  if (!arguments.notice.empty()) *request.mutable_minimum_notice() = DurationOf(arguments.notice);
  if (!arguments.daily_limit.empty()) {
    *request.mutable_daily_limit() = DurationOf(arguments.daily_limit);
  }
  if (arguments.max_level) request.set_max_level(*arguments.max_level);
  request.set_step_minutes(arguments.step);
  request.set_max_suggestions(arguments.top);
}

void AddWindowOptions(CLI::App& command, SuggestionArguments& arguments) {
  AddDate(command, "--from", arguments.from, "First date on the host's clock; by default tomorrow");
  AddDate(command, "--until", arguments.until, "Last date there; by default three weeks on");
  AddLength(command, "--duration", arguments.duration, "90m, 2h; by default 1h");
  AddLength(command, "--buffer", arguments.buffer, "Time people must have free before and after");
  AddLength(command, "--notice", arguments.notice, "The least time from now to the start");
  AddLength(command, "--daily-limit", arguments.daily_limit,
            "The most time in sessions that a person may have on a day");
  command.add_option("--step", arguments.step, "Minutes between starts; by default 30")
      ->check(CLI::IsMember({15, 30, 60}));
  command.add_option("--top", arguments.top, "How many suggestions; by default 5")
      ->check(CLI::Range(1, 50));
}

}  // namespace

void AddSuggestionOptions(CLI::App& command, SuggestionArguments& arguments) {
  AddDelegationOptions(command, arguments.delegations);
  CLI::Option* host =
      command.add_option("--host", arguments.host, "The host city; by default the one you act for");
  CLI::Option* interpret = AddRepeated(
      command, "--interpret", arguments.interpretation,
      "fa-ru or fa-ru:2 (fa/zh-Hans where a tag has a hyphen): interpreters found and assigned");
  AddRepeated(command, "--quorum", arguments.quorums,
              "GROUP:K: of this expert group at least K must be free");
  AddWindowOptions(command, arguments);
  CLI::Option* series =
      command.add_option("--series", arguments.series, "The series whose ledger and hours count");
  command
      .add_option("--max-level", arguments.max_level,
                  "How hard an hour may be: 0 office hours, 1 edge, 2 early or late, 3 hard, 4 "
                  "night; by default 3")
      ->check(CLI::Range(0, 4));
  AddRepeated(command, "--limit", arguments.limits, "CITY=LEVEL: the same for one city");
  AddRepeated(command, "--forbid", arguments.forbidden,
              "CITY=DATE,DATE: dates there that the session may not touch");
  CLI::Option* moved = command.add_option(
      "--move", arguments.moved, "A session that is to be moved: its own time counts as free");
  for (const char* own : {"--city", "--optional", "--network"}) {
    moved->excludes(command.get_option(own));
  }
  moved->excludes(host)->excludes(series)->excludes(interpret);
}

std::optional<Request> SuggestionRequestOf(Connection& connection,
                                           const SuggestionArguments& arguments) {
  Request request;
  const bool filled = arguments.moved.empty()
                          ? FillFromOptions(connection, arguments, request)
                          : FillFromSession(connection, arguments.moved, request);
  if (!filled || !FillWindow(connection, arguments, request)) return std::nullopt;
  FillRules(arguments, request);
  return request;
}

}  // namespace neshast::cli
