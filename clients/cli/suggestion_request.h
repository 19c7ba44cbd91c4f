// What `session suggest` asks for.
#pragma once

#include <CLI/CLI.hpp>
#include <optional>
#include <string>
#include <vector>

#include "cli/connection.h"
#include "cli/delegations.h"
#include "neshast/v1/scheduling_service.pb.h"
#include "neshast/v1/session.pb.h"

namespace neshast::cli {

struct SuggestionArguments {
  std::string host;
  DelegationArguments delegations;
  std::vector<std::string> interpretation;  // "fa-ru", "fa-ru:2"
  std::vector<std::string> quorums;         // "crisis-medicine:4"
  std::vector<std::string> limits;          // "havana=2"
  std::vector<std::string> forbidden;       // "xian=2026-12-01,2026-12-02"
  std::string from;
  std::string until;
  std::string duration;
  std::string buffer;
  std::string notice;
  std::string daily_limit;
  std::string series;
  std::string moved;
  std::optional<int> max_level;
  int step = 0;
  int top = 0;
};

// The options of the question.
void AddSuggestionOptions(CLI::App& command, SuggestionArguments& arguments);

// The question. A session to be moved gives its own host, people, length and series; its
// interpreters must come as well. Fails as a call does.
std::optional<v1::SuggestTimesRequest> SuggestionRequestOf(Connection& connection,
                                                           const SuggestionArguments& arguments);

}  // namespace neshast::cli
