#include "cli/start_time.h"

#include "cli/lookup.h"

namespace neshast::cli {

CLI::Option* AddStartOptions(CLI::App& command, StartArguments& arguments) {
  CLI::Option* at = command.add_option("--at", arguments.at, "Wall time, 2026-12-01T11:30");
  AddZoneOptions(command, arguments);
  return at;
}

void AddZoneOptions(CLI::App& command, StartArguments& arguments) {
  command.add_option("--zone", arguments.zone, "Its IANA zone; by default the host's");
  command
      .add_option("--occurrence", arguments.occurrence,
                  "Which is meant of a time that the zone repeats or skips")
      ->check(CLI::IsMember(WordsOf<v1::Occurrence>()));
}

std::optional<v1::ZonedTime> StartOf(Connection& connection, const StartArguments& arguments,
                                     const std::string& host) {
  const auto zone = arguments.zone.empty() ? ZoneOf(connection, host) : arguments.zone;
  if (!zone) return std::nullopt;
  v1::ZonedTime start;
  start.set_local_time(arguments.at);
  start.set_time_zone(*zone);
  start.set_occurrence(ValueOf<v1::Occurrence>(arguments.occurrence));
  return start;
}

}  // namespace neshast::cli
