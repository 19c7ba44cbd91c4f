// Measures the server as its clients see it: real neshastd processes on directories of their own.
// Prints figures and ratios; the machine is shared, so what counts are ratios within one run.
#include <CLI/CLI.hpp>

#include "modes.h"

int main(int argc, char** argv) {
  using namespace neshast::bench;
  CLI::App app("server_bench: what the server costs. Prints figures, judges nothing.");
  bool smallest = false;
  int64_t most = 100000;
  int streams = 1000;
  app.add_flag("--smallest", smallest, "Only see that it runs: a fraction of a second for each");
  CLI::App& calls = *app.add_subcommand("calls", "GetSession against an empty call");
  CLI::App& bookings = *app.add_subcommand("bookings", "Commits of groups against commits of one");
  CLI::App& watch = *app.add_subcommand("watch", "Open watch streams");
  watch.add_option("--streams", streams, "How many")->capture_default_str();
  CLI::App& growth = *app.add_subcommand("growth", "From 1,000 stored sessions on");
  growth.add_option("--most", most, "The most stored sessions")->capture_default_str();
  CLI::App& search = *app.add_subcommand("search", "Searches of a filled library");
  int64_t practices = 100000;
  search.add_option("--practices", practices, "How many")->capture_default_str();
  app.require_subcommand(1, 5);
  app.fallthrough();
  CLI11_PARSE(app, argc, argv);

  if (calls.parsed()) smallest ? MeasureCalls(1, 0.2) : MeasureCalls(9, 1);
  if (bookings.parsed()) smallest ? MeasureBookings(1, 0.2) : MeasureBookings(7, 1);
  if (watch.parsed()) smallest ? MeasureWatch(20, 1) : MeasureWatch(streams, 20);
  if (search.parsed()) smallest ? MeasureSearch(200, 3) : MeasureSearch(practices, 100);
  if (growth.parsed()) smallest ? MeasureGrowth(1000, 1, 5) : MeasureGrowth(most, 9, 200);
}
