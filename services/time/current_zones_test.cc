#include "time/current_zones.h"

#include <gtest/gtest.h>

#include <atomic>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <string>
#include <thread>
#include <vector>

#include "release_change.h"

namespace neshast {
namespace {

// The law of 2022 never passed: Iran keeps its summer time.
constexpr char kIranKeepsSummerTime[] = "s/^R i 2021 2022 /R i 2021 ma /";

std::string TenInTehran(const ZoneDatabase& zones) {
  const Zone& tehran = **zones.Find("Asia/Tehran");
  return FormatInstant(tehran.Read(*ParseWallTime("2027-07-01T10:00")).earlier);
}

TEST_F(ReleaseChange, IsSeenWhileRunningAndTheOldReleaseStaysReadable) {
  Install("2022a", kIranKeepsSummerTime);
  const auto zones = *CurrentZones::Open(Live(), Kept());
  const auto before = zones->Get();
  EXPECT_EQ(before->release(), "2022a");
  EXPECT_EQ(TenInTehran(*before), "2027-07-01T05:30:00Z");
  EXPECT_FALSE(zones->Refresh());

  Install("2022b", "");
  EXPECT_EQ(zones->Get()->release(), "2022a") << "nothing changes until somebody looks";
  EXPECT_TRUE(zones->Refresh());
  EXPECT_FALSE(zones->Refresh());
  EXPECT_EQ(zones->Get()->release(), "2022b");
  EXPECT_EQ(TenInTehran(*zones->Get()), "2027-07-01T06:30:00Z");

  EXPECT_EQ(TenInTehran(*before), "2027-07-01T05:30:00Z");
  EXPECT_TRUE(before->Find("Asia/Kabul").ok()) << "a zone of the old release, first asked for now";
}

TEST_F(ReleaseChange, AfterARestartTheArchiveStillAnswersForTheOldRelease) {
  Install("2022a", kIranKeepsSummerTime);
  ASSERT_TRUE(CurrentZones::Open(Live(), Kept()).ok());
  Install("2022b", "");
  ASSERT_TRUE(CurrentZones::Open(Live(), Kept()).ok());
  EXPECT_EQ(TenInTehran(**ZoneDatabase::Open(Kept() + "/2022a")), "2027-07-01T05:30:00Z");
  EXPECT_EQ(TenInTehran(**ZoneDatabase::Open(Kept() + "/2022b")), "2027-07-01T06:30:00Z");
  EXPECT_EQ(std::distance(std::filesystem::directory_iterator(Kept()), {}), 2)
      << "no half copies are left";
}

TEST_F(ReleaseChange, ADirectoryWithoutAReleaseChangesNothing) {
  EXPECT_EQ(CurrentZones::Open(Live(), Kept()).status().code(), absl::StatusCode::kNotFound);
  Install("2022a", "");
  const auto zones = *CurrentZones::Open(Live(), Kept());
  std::filesystem::remove(Live() + "/tzdata.zi");
  EXPECT_FALSE(zones->Refresh());
  EXPECT_EQ(zones->Get()->release(), "2022a");
}

TEST_F(ReleaseChange, MayHappenWhileThreadsRead) {
  Install("2022a", kIranKeepsSummerTime);
  const auto zones = *CurrentZones::Open(Live(), Kept());
  std::atomic<bool> stop = false;
  std::atomic<int> wrong = 0;
  std::vector<std::thread> readers;
  for (int i = 0; i < 2; ++i) {
    readers.emplace_back([&] {
      do {
        const auto held = zones->Get();
        const bool old_rules = held->release() == "2022a";
        if (TenInTehran(*held) != (old_rules ? "2027-07-01T05:30:00Z" : "2027-07-01T06:30:00Z")) {
          ++wrong;
        }
      } while (!stop);
    });
  }
  Install("2022b", "");
  EXPECT_TRUE(zones->Refresh());
  stop = true;
  for (std::thread& reader : readers) reader.join();
  EXPECT_EQ(wrong, 0);
}

}  // namespace
}  // namespace neshast
