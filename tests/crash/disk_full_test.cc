// A disk that is really full: a small tmpfs, which only root can mount.
#include <gtest/gtest.h>
#include <sys/mount.h>
#include <sys/statvfs.h>
#include <unistd.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <vector>

#include "absl/strings/str_cat.h"
#include "bookings.h"
#include "store/chain.h"
#include "store/sqlite/sqlite_store.h"

namespace neshast {
namespace {

constexpr int kCycles = 20;

class SmallDisk : public testing::Test {
 protected:
  void SetUp() override {
    std::string pattern = (std::filesystem::temp_directory_path() / "neshast-disk-XXXXXX").string();
    path_ = mkdtemp(pattern.data());
    mounted_ = mount("tmpfs", path_.c_str(), "tmpfs", 0, "size=64m") == 0;
    if (!mounted_) {
      std::cout << "*** NOT TESTED: a full disk needs the right to mount a tmpfs ***\n";
      GTEST_SKIP() << "cannot mount a tmpfs here";
    }
  }

  void TearDown() override {
    if (mounted_) umount2(path_.c_str(), MNT_DETACH);
    std::filesystem::remove(path_);
  }

  // Leaves no byte free.
  void Fill() {
    struct statvfs disk = {};
    ASSERT_EQ(0, statvfs(path_.c_str(), &disk));
    std::ofstream(Ballast()) << std::string(disk.f_bavail * disk.f_bsize, 'x');
  }
  void Empty() { std::filesystem::remove(Ballast()); }

  absl::StatusOr<std::unique_ptr<Store>> Open() {
    return OpenSqliteStore({.path = path_ + "/neshast.db", .indexer = IndexBookings});
  }

  absl::Status BookOne(Store& store) {
    const std::string name = absl::StrCat("b", next_++);
    absl::Status status = WriteAndWait(store, {"people/shirin", "Book"},
                                       [&](Transaction& tx) { return Book(tx, name); });
    if (status.ok()) acknowledged_.push_back(name);
    return status;
  }

  // All that was acknowledged is there, and nothing else.
  void Check(Store& store) {
    const absl::Status checked = store.Read([&](Transaction& tx) -> absl::Status {
      for (const std::string& name : acknowledged_) RETURN_IF_ERROR(FindBooking(tx, name));
      ASSIGN_OR_RETURN(const VerifiedLog log, VerifyLog(tx));
      EXPECT_EQ(2 * static_cast<int64_t>(acknowledged_.size()), log.revision);
      return absl::OkStatus();
    });
    EXPECT_EQ(absl::OkStatus(), checked);
  }

  std::string Ballast() const { return path_ + "/ballast"; }

  std::string path_;
  bool mounted_ = false;
  int next_ = 0;
  std::vector<std::string> acknowledged_;
};

TEST_F(SmallDisk, FullMakesWritesUnavailableReadsGoOnAndSpaceHealsAtOnce) {
  absl::StatusOr<std::unique_ptr<Store>> store = Open();
  ASSERT_EQ(absl::OkStatus(), store.status());
  for (int cycle = 0; cycle < kCycles; ++cycle) {
    for (int i = 0; i < 10; ++i) ASSERT_EQ(absl::OkStatus(), BookOne(**store));
    Fill();
    absl::Status full;
    for (int i = 0; i < 3000 && full.ok(); ++i) full = BookOne(**store);
    EXPECT_EQ(absl::StatusCode::kUnavailable, full.code()) << full;
    EXPECT_EQ("STORE_UNAVAILABLE", DetailOf(full).reason);
    Check(**store);
    Empty();
    EXPECT_EQ(absl::OkStatus(), BookOne(**store)) << "cycle " << cycle;
  }
  store = absl::CancelledError();
  store = Open();
  ASSERT_EQ(absl::OkStatus(), store.status());
  Check(**store);
  std::cout << kCycles << " times full: 0 of " << acknowledged_.size() << " bookings lost, "
            << next_ - static_cast<int>(acknowledged_.size()) << " refused\n";
}

TEST_F(SmallDisk, AServerThatStopsOnAFullDiskLosesNothing) {
  absl::StatusOr<std::unique_ptr<Store>> store = Open();
  ASSERT_EQ(absl::OkStatus(), store.status());
  while (acknowledged_.size() < 50) ASSERT_EQ(absl::OkStatus(), BookOne(**store));
  Fill();
  while (BookOne(**store).ok()) {
  }
  store = absl::CancelledError();
  Empty();
  store = Open();
  ASSERT_EQ(absl::OkStatus(), store.status());
  Check(**store);
}

TEST_F(SmallDisk, ReadOnlyIsRefusedWithASentence) {
  absl::StatusOr<std::unique_ptr<Store>> store = Open();
  ASSERT_EQ(absl::OkStatus(), store.status());
  ASSERT_EQ(absl::OkStatus(), BookOne(**store));
  store = absl::CancelledError();
  ASSERT_EQ(0, mount("tmpfs", path_.c_str(), "tmpfs", MS_REMOUNT | MS_RDONLY, "size=64m"));
  const absl::Status refused = Open().status();
  EXPECT_EQ(absl::StatusCode::kUnavailable, refused.code()) << refused;
  EXPECT_EQ("STORE_UNAVAILABLE", DetailOf(refused).reason);
  ASSERT_EQ(0, mount("tmpfs", path_.c_str(), "tmpfs", MS_REMOUNT, "size=64m"));
  store = Open();
  ASSERT_EQ(absl::OkStatus(), store.status());
  Check(**store);
}

}  // namespace
}  // namespace neshast
