// What the store promises when the power fails, the disk errs or the process is killed. Scaled to
// stay under a minute; NESHAST_CRASH_SCALE=5 runs five times as much.
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <iostream>
#include <random>

#include "absl/strings/str_cat.h"
#include "bookings.h"
#include "driven_disk.h"
#include "store/chain.h"
#include "store/sqlite/sqlite_store.h"

namespace neshast {
namespace {

using Settings = std::map<std::string, std::string>;

int Scale() {
  const char* scale = std::getenv("NESHAST_CRASH_SCALE");
  return scale == nullptr ? 1 : std::max(1, std::atoi(scale));
}

struct Survey {
  int lost = 0;
  int half = 0;
  int risen = 0;  // refused and yet there
  absl::Status verified;
};

// What a server started on `file` finds of the bookings it should, and should not, have.
Survey Look(const std::string& file, const std::set<std::string>& acknowledged,
            const std::set<std::string>& refused) {
  Survey survey;
  // Nothing fails any more: no need to wait for the disk.
  absl::StatusOr<std::unique_ptr<Store>> store =
      OpenSqliteStore({.path = file, .indexer = IndexBookings, .synchronous = "OFF"});
  if (!store.ok()) return {.verified = store.status()};
  survey.verified = (*store)->Read([&](Transaction& tx) {
    for (const std::string& name : acknowledged) {
      const absl::Status found = FindBooking(tx, name);
      survey.lost += absl::IsNotFound(found);
      survey.half += !found.ok() && !absl::IsNotFound(found);
    }
    for (const std::string& name : refused)
      survey.risen += !absl::IsNotFound(FindBooking(tx, name));
    RETURN_IF_ERROR(CheckSearches(tx));
    return VerifyLog(tx).status();
  });
  return survey;
}

std::string Joined(const std::vector<std::string>& lines) {
  std::string joined;
  for (const std::string& line : lines) absl::StrAppend(&joined, line, "\n");
  return joined;
}

struct Losses {
  size_t acknowledged = 0;
  int lost = 0;
};

// `cycles` power cuts at random operations, each found again and gone on from.
Losses CutPower(int cycles, const std::string& synchronous, unsigned seed) {
  Losses losses;
  std::mt19937 random(seed);
  for (int cycle = 0; cycle < cycles;) {
    DrivenDisk disk;
    std::set<std::string> acknowledged;
    for (int i = 0; i < 10 && cycle < cycles; ++i, ++cycle) {
      const Outcome run =
          disk.Drive({.prefix = absl::StrCat("c", cycle),
                      .count = 10000,
                      .synchronous = synchronous,
                      .disk = {{"POWER_CUT_AFTER", absl::StrCat(random() % 3000 + 1)},
                               {"POWER_CUT_EARLY", cycle % 2 == 0 ? "0" : "50"},
                               {"POWER_CUT_SEED", absl::StrCat(random() % 100000)}}});
      EXPECT_TRUE(run.bad.empty()) << Joined(run.bad);
      losses.acknowledged += run.acknowledged.size();
      acknowledged.insert(run.acknowledged.begin(), run.acknowledged.end());
      const Survey survey = Look(disk.FileAfterPowerCut(), acknowledged, run.refused);
      EXPECT_EQ(absl::OkStatus(), survey.verified) << "seed " << seed << ", cycle " << cycle;
      EXPECT_EQ(0, survey.half) << "seed " << seed << ", cycle " << cycle;
      losses.lost += survey.lost;
      if (survey.lost > 0) break;  // each is counted once: begin anew
    }
  }
  std::cout << synchronous << ": " << cycles << " power cuts, " << losses.lost << " of "
            << losses.acknowledged << " acknowledged bookings lost\n";
  return losses;
}

TEST(PowerCut, LosesNothingThatWasAcknowledged) {
  const Losses losses = CutPower(100 * Scale(), "FULL", 20261120);
  EXPECT_EQ(0, losses.lost);
  EXPECT_GT(losses.acknowledged, 1000u);
}

// The test above proves something only if it fails without the safeguard.
TEST(PowerCut, LosesBookingsWhenTheStoreDoesNotWaitForTheDisk) {
  EXPECT_GT(CutPower(3, "NORMAL", 20261120).lost, 0);
}

TEST(PowerCut, AStoreKilledWhileItIsMadeIsMadeByTheNextServer) {
  for (int operation = 1; operation <= 60; ++operation) {
    DrivenDisk disk;
    const Outcome run =
        disk.Drive({.count = 1,
                    .disk = {{"POWER_CUT_AFTER", absl::StrCat(operation)},
                             {"POWER_CUT_EARLY", operation % 2 == 0 ? "0" : "50"}}});
    const Survey survey = Look(disk.FileAfterPowerCut(), run.acknowledged, {});
    EXPECT_EQ(absl::OkStatus(), survey.verified) << "killed at operation " << operation;
    EXPECT_EQ(0, survey.lost) << "killed at operation " << operation;
  }
}

TEST(Kill, LeavesNoLockBehindAndLosesNothing) {
  DrivenDisk disk;
  std::set<std::string> acknowledged;
  for (int i = 0; i < 5; ++i) {
    const std::string file = absl::StrCat(disk.FileAfterPowerCut(), i % 2);
    const Outcome run = DriveAndKill(file, 40);
    EXPECT_TRUE(run.bad.empty()) << Joined(run.bad);
    const Survey survey = Look(file, run.acknowledged, run.refused);
    EXPECT_EQ(absl::OkStatus(), survey.verified);
    EXPECT_EQ(0, survey.lost);
  }
}

struct Fault {
  const char* kind;
  int last;  // beyond it the driver is done
  int step;  // in CI; smaller at a larger scale
  int bookings = 400;
};

// One failing operation, or several in a row, at every place a run can meet one.
class DiskFault : public testing::TestWithParam<Fault> {};

TEST_P(DiskFault, IsNeverFollowedByAnAcknowledgementThatIsLost) {
  const Fault& fault = GetParam();
  const int step = std::max(1, fault.step / Scale());
  size_t acknowledged = 0;
  size_t refused = 0;
  int lost = 0;
  for (int first = 1; first <= fault.last; first += step) {
    const int count = first % 2 == 0 ? 1 : 7;
    SCOPED_TRACE(absl::StrCat(fault.kind, " from ", first, ", ", count));
    DrivenDisk disk;
    const Outcome run = disk.Drive(
        {.count = fault.bookings,
         .disk = {{"POWER_CUT_FAULT", absl::StrCat(fault.kind, ":", first, ":", count)}}});
    EXPECT_TRUE(run.bad.empty()) << Joined(run.bad);
    EXPECT_TRUE(run.ended || !run.opened) << "it did not heal";
    const Survey survey = Look(disk.FileAfterPowerCut(), run.acknowledged, run.refused);
    EXPECT_EQ(absl::OkStatus(), survey.verified);
    EXPECT_EQ(0, survey.risen);
    lost += survey.lost + survey.half;
    acknowledged += run.acknowledged.size();
    refused += run.refused.size();
  }
  std::cout << fault.kind << ": " << acknowledged << " acknowledged, " << lost << " lost; "
            << refused << " refused\n";
  EXPECT_EQ(0, lost);
  EXPECT_GT(acknowledged, 0u);
}

INSTANTIATE_TEST_SUITE_P(Every, DiskFault,
                         testing::Values(Fault{"eio-fsync", 200, 8},
                                         Fault{"eio-fsync-db", 8, 1, 3000},
                                         Fault{"enospc-write", 3000, 150},
                                         Fault{"short-write", 3000, 150},
                                         Fault{"erofs-write", 3000, 150}),
                         [](const auto& fault) {
                           std::string name = fault.param.kind;
                           std::replace(name.begin(), name.end(), '-', '_');
                           return name;
                         });

// After a refusal the process dies, and the next server finds all that the kernel still knows: also
// the commit whose fsync failed.
TEST(Kill, DoesNotRaiseABookingThatWasRefused) {
  int refused = 0;
  for (int first = 8; first < 8 + 10 * Scale(); ++first) {
    DrivenDisk disk;
    const Outcome run =
        disk.Drive({.until_refused = true,
                    .disk = {{"POWER_CUT_FAULT", absl::StrCat("eio-fsync:", first, ":1")}}});
    EXPECT_TRUE(run.bad.empty()) << Joined(run.bad);
    const Survey survey = Look(disk.FileAfterKill(), run.acknowledged, run.refused);
    EXPECT_EQ(absl::OkStatus(), survey.verified);
    EXPECT_EQ(0, survey.lost);
    EXPECT_EQ(0, survey.risen) << "fsync " << first;
    refused += static_cast<int>(run.refused.size());
  }
  EXPECT_GT(refused, 0);
}

}  // namespace
}  // namespace neshast
