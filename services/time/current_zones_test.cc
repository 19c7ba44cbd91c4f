#include "time/current_zones.h"

#include <gtest/gtest.h>

#include <atomic>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <string>
#include <thread>
#include <vector>

namespace neshast {
namespace {

namespace fs = std::filesystem;

constexpr char kSystem[] = "/usr/share/zoneinfo";

// A directory that plays /usr/share/zoneinfo, filled by zic from edited rules.
class ReleaseChange : public testing::Test {
 protected:
  ReleaseChange() {
    std::string name = testing::TempDir() + "neshast-zones-XXXXXX";
    root_ = mkdtemp(name.data());
    fs::create_directory(Live());
  }
  ~ReleaseChange() override { fs::remove_all(root_); }

  std::string Live() const { return root_ / "zoneinfo"; }
  std::string Kept() const { return root_ / "archive"; }

  // Overwrites the live directory with a release of that name in which `edit` (sed) was done.
  void Install(const std::string& release, const std::string& edit) {
    const std::string rules = root_ / "rules.zi";
    Run("sed -e '1s/.*/# version " + release + "/' " + (edit.empty() ? "" : "-e '" + edit + "' ") +
        kSystem + "/tzdata.zi > " + rules);
    Run("PATH=$PATH:/usr/sbin:/sbin zic -b fat -d " + Live() + " " + rules);
    fs::rename(rules, Live() + "/tzdata.zi");
  }

  static void Run(const std::string& command) { ASSERT_EQ(std::system(command.c_str()), 0); }

  fs::path root_;
};

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
  EXPECT_EQ(std::distance(fs::directory_iterator(Kept()), {}), 2) << "no half copies are left";
}

TEST_F(ReleaseChange, ADirectoryWithoutAReleaseChangesNothing) {
  EXPECT_EQ(CurrentZones::Open(Live(), Kept()).status().code(), absl::StatusCode::kNotFound);
  Install("2022a", "");
  const auto zones = *CurrentZones::Open(Live(), Kept());
  fs::remove(Live() + "/tzdata.zi");
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
