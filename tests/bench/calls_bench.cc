#include <cstdio>
#include <vector>

#include "figures.h"
#include "filled_store.h"
#include "load.h"
#include "modes.h"
#include "neshast/v1/session_service.pb.h"

namespace neshast::bench {
namespace {

constexpr int kConnections = 4;
constexpr int kCallers = 128;
constexpr int kSessions = 1000;

std::vector<Asked> Looks(const Filled& filled) {
  std::vector<Asked> asked;
  for (size_t i = 0; i < kCallers; ++i) {
    v1::GetSessionRequest request;
    request.set_name(filled.sessions[i * 7 % filled.sessions.size()]);
    // As many principals as callers: each may call so often only.
    asked.push_back({"/neshast.v1.SessionService/GetSession", filled.officers[i],
                     [bytes = request.SerializeAsString()] { return bytes; }});
  }
  return asked;
}

struct Series {
  std::vector<double> calls;  // a second
  std::vector<double> cpu;    // of the server for a call, microseconds

  void Measure(Load& load, const Served& served, double seconds) {
    const double before = served.CpuSeconds();
    const Clock::time_point began = Clock::now();
    calls.push_back(load.CallsPerSecond(seconds));
    cpu.push_back((served.CpuSeconds() - before) * 1e6 / (calls.back() * SecondsSince(began)));
  }
};

}  // namespace

void MeasureCalls(int rounds, double seconds) {
  const Directory directory;
  const Filled filled = Fill(directory.path(), kSessions, kCallers);
  const Served served(directory.path());
  Load empty(served, kConnections,
             std::vector<Asked>(
                 kCallers, {"/grpc.health.v1.Health/Check", "", [] { return std::string(); }}));
  Load look(served, kConnections, Looks(filled));
  empty.CallsPerSecond(seconds / 4);
  look.CallsPerSecond(seconds / 4);
  Series empties;
  Series looks;
  for (int i = 0; i < rounds; ++i) {
    empties.Measure(empty, served, seconds);
    looks.Measure(look, served, seconds);
  }
  std::printf("calls: %d connections, %d callers, %d rounds of %.1f s each\n", kConnections,
              kCallers, rounds, seconds);
  std::printf("  empty call  %8.0f /s  %6.1f us of the server's CPU\n", Median(empties.calls),
              Median(empties.cpu));
  std::printf("  GetSession  %8.0f /s  %6.1f us of the server's CPU\n", Median(looks.calls),
              Median(looks.cpu));
  std::printf("  GetSession / empty call, rates: %.2f\n",
              Median(looks.calls) / Median(empties.calls));
}

}  // namespace neshast::bench
