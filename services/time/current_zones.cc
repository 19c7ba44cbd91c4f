#include "time/current_zones.h"

#include <fcntl.h>
#include <unistd.h>

#include <cstdlib>
#include <filesystem>
#include <system_error>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "status_macros.h"

namespace neshast {
namespace {

namespace fs = std::filesystem;

// Zone files and tzdata.zi; not posix/, right/, localtime, which Find() refuses anyway.
bool IsPartOfARelease(const fs::path& entry) {
  const std::string name = entry.filename().string();
  return name == "tzdata.zi" || absl::ascii_isupper(name[0]);
}

std::error_code CopyRelease(const fs::path& from, const fs::path& to) {
  std::error_code error;
  fs::create_directories(to, error);
  for (fs::directory_iterator entry(from, error), end; !error && entry != end;
       entry.increment(error)) {
    if (!IsPartOfARelease(entry->path())) continue;
    fs::copy(entry->path(), to / entry->path().filename(), fs::copy_options::recursive, error);
    if (error) break;
  }
  return error;
}

// Whether all that was written to the file system of `directory` is on its disk: a release must not
// appear in the archive before its files do, or a power cut would leave empty zones in it.
bool IsOnDisk(const fs::path& directory) {
  const int descriptor = open(directory.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  const bool synced = descriptor >= 0 && syncfs(descriptor) == 0;
  if (descriptor >= 0) close(descriptor);
  return synced;
}

// A directory of our own beside the archive's releases, so that a release appears there whole.
absl::StatusOr<fs::path> MakeStagingDirectory(const std::string& archive) {
  std::error_code error;
  fs::create_directories(archive, error);
  std::string name = archive + "/.incoming-XXXXXX";
  if (error || mkdtemp(name.data()) == nullptr) {
    return absl::UnavailableError(absl::StrCat("Cannot write to ", archive, "."));
  }
  return fs::path(name);
}

absl::StatusOr<std::shared_ptr<const ZoneDatabase>> OpenArchived(const std::string& path) {
  ASSIGN_OR_RETURN(std::unique_ptr<ZoneDatabase> zones, ZoneDatabase::Open(path));
  return std::shared_ptr<const ZoneDatabase>(std::move(zones));
}

absl::StatusOr<std::shared_ptr<const ZoneDatabase>> Archive(const std::string& directory,
                                                            const std::string& archive) {
  const std::string release = ZoneDatabase::ReleaseOf(directory);
  if (release.empty() || release.find('/') != std::string::npos) {
    return absl::NotFoundError(absl::StrCat(directory, " holds no tzdata release."));
  }
  const std::string kept = absl::StrCat(archive, "/", release);
  if (ZoneDatabase::ReleaseOf(kept) == release) return OpenArchived(kept);

  ASSIGN_OR_RETURN(const fs::path staging, MakeStagingDirectory(archive));
  std::error_code error = CopyRelease(directory, staging);
  const bool torn = ZoneDatabase::ReleaseOf(directory) != release ||
                    ZoneDatabase::ReleaseOf(staging.string()) != release;
  if (!error && !torn && IsOnDisk(staging)) fs::rename(staging, kept, error);
  std::error_code ignored;
  fs::remove_all(staging, ignored);
  // Another process may have been first with the same release; then theirs serves.
  if (torn || ZoneDatabase::ReleaseOf(kept) != release) {
    return absl::UnavailableError(absl::StrCat("tzdata ", release, " could not be copied whole."));
  }
  return OpenArchived(kept);
}

}  // namespace

absl::StatusOr<std::unique_ptr<CurrentZones>> CurrentZones::Open(std::string directory,
                                                                 std::string archive) {
  ASSIGN_OR_RETURN(std::shared_ptr<const ZoneDatabase> zones, Archive(directory, archive));
  return std::unique_ptr<CurrentZones>(
      new CurrentZones(std::move(directory), std::move(archive), std::move(zones)));
}

std::shared_ptr<const ZoneDatabase> CurrentZones::Get() const {
  const std::lock_guard lock(mutex_);
  return zones_;
}

bool CurrentZones::Refresh() {
  const std::string held = Get()->release();
  if (ZoneDatabase::ReleaseOf(directory_) == held) return false;
  auto zones = Archive(directory_, archive_);
  if (!zones.ok()) return false;
  const std::lock_guard lock(mutex_);
  if (zones_->release() == (*zones)->release()) return false;
  zones_ = *std::move(zones);
  return true;
}

}  // namespace neshast
