#include <fcntl.h>
#include <unistd.h>

#include <array>
#include <cstdio>
#include <vector>

#include "figures.h"
#include "filled_store.h"
#include "load.h"
#include "modes.h"
#include "neshast/v1/session_service.pb.h"

namespace neshast::bench {
namespace {

constexpr int kConnections = 8;
constexpr int kClients = 64;
constexpr int kSessions = 1000;

// The client `number` books its own people, an hour every two hours.
std::vector<Asked> Bookings(const Filled& filled) {
  std::vector<Asked> asked;
  for (int number = 0; number < kClients; ++number) {
    asked.push_back({"/neshast.v1.SessionService/CreateSession", filled.officers[number],
                     [number, booked = 0]() mutable {
                       v1::CreateSessionRequest request;
                       *request.mutable_session() =
                           SessionOf(number, FullDay() + absl::Hours(24 * 365 + 2 * booked++));
                       return request.SerializeAsString();
                     }});
  }
  return asked;
}

// What the disk needs to make 16 KiB more of a file durable, in microseconds; about a booking.
double FsyncMicroseconds(const std::string& directory) {
  const std::array<char, 16 * 1024> bytes{};
  const int file = open((directory + "/fsync").c_str(), O_WRONLY | O_CREAT | O_CLOEXEC, 0600);
  std::vector<double> times;
  for (int i = 0; i < 50; ++i) {
    const Clock::time_point began = Clock::now();
    const bool written = write(file, bytes.data(), bytes.size()) > 0 && fsync(file) == 0;
    if (!written) Require(absl::UnavailableError("The disk does not write."));
    times.push_back(SecondsSince(began) * 1e6);
  }
  close(file);
  return Median(times);
}

// A server with bookings that go on.
struct Office {
  explicit Office(const std::vector<std::string>& arguments)
      : filled(Fill(directory.path(), kSessions, kClients)),
        served(directory.path(), arguments),
        load(served, kConnections, Bookings(filled)) {}

  Directory directory;
  Filled filled;
  Served served;
  Load load;
};

}  // namespace

void MeasureBookings(int rounds, double seconds) {
  Office grouped({});
  Office single({"--max-group", "1"});
  std::vector<double> with_groups;
  std::vector<double> without;
  std::vector<double> fsyncs;
  grouped.load.CallsPerSecond(seconds / 4);
  single.load.CallsPerSecond(seconds / 4);
  for (int i = 0; i < rounds; ++i) {
    fsyncs.push_back(FsyncMicroseconds(grouped.directory.path()));
    with_groups.push_back(grouped.load.CallsPerSecond(seconds));
    without.push_back(single.load.CallsPerSecond(seconds));
  }
  std::printf("bookings: %d clients, %d connections, %d rounds of %.1f s each\n", kClients,
              kConnections, rounds, seconds);
  std::printf("  write and fsync of 16 KiB  %6.0f us\n", Median(fsyncs));
  std::printf("  commits of groups          %6.0f bookings/s\n", Median(with_groups));
  std::printf("  commits of one             %6.0f bookings/s\n", Median(without));
  std::printf("  groups / one: %.2f\n", Median(with_groups) / Median(without));
}

}  // namespace neshast::bench
