// Time zones: wall clock <-> instant by the rules of one tzdata release.
#pragma once

#include <memory>
#include <mutex>
#include <string>
#include <unordered_map>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "time/wall_time.h"

namespace neshast {

// What a wall time denotes. The awkward case is in the type, because a mayor's 02:30 must not move
// silently.
struct Reading {
  enum class Kind { kUnique, kSkipped, kRepeated };
  Kind kind = Kind::kUnique;
  // kUnique: both the same. kRepeated: the first and the second time the clock shows it. kSkipped:
  // the wall time read with the offset after the change and with the one before it.
  Instant earlier;
  Instant later;
};

// A stretch of constant offset; half-open.
struct OffsetSegment {
  Instant begins;
  Instant ends;
  std::chrono::seconds offset;
};

// One zone. Immutable; any number of threads may read it. Right after 2037 too, since the rules
// come through Abseil's engine, which honours the footer of TZif files.
class Zone {
 public:
  Zone(std::string name, absl::TimeZone rules) : name_(std::move(name)), rules_(rules) {}

  const std::string& name() const { return name_; }
  WallTime ToWall(Instant instant) const;
  std::chrono::seconds OffsetAt(Instant instant) const;
  // What people there call the offset, "CEST"; tzdata writes "+0330" where no name is in use. For
  // display only: abbreviations are not unique and Find() refuses them.
  std::string Abbreviation(Instant instant) const;
  Reading Read(WallTime wall) const;
  // The segments that cover [begins, ends), cut to it, in order; neighbours differ in offset. Empty
  // when ends <= begins.
  std::vector<OffsetSegment> Segments(Instant begins, Instant ends) const;

 private:
  std::string name_;
  absl::TimeZone rules_;
};

// The zones of one tzdata release: one directory of compiled files with its tzdata.zi. Two releases
// can be open side by side; Abseil keeps a zone by its path for ever, so a directory must not be
// overwritten while it is open.
class ZoneDatabase {
 public:
  // NOT_FOUND when the directory has no tzdata.zi whose first line names a release.
  static absl::StatusOr<std::unique_ptr<ZoneDatabase>> Open(
      std::string directory = "/usr/share/zoneinfo");

  // The release that the first line of `directory`'s tzdata.zi names, "2026f"; empty if none.
  static std::string ReleaseOf(const std::string& directory);

  // "2026f"
  const std::string& release() const { return release_; }

  // The zone of an IANA name or alias ("Asia/Calcutta", "Iran", "W-SU"), case-sensitive; it lives
  // as long as the database. INVALID_ARGUMENT / UNKNOWN_TIME_ZONE (metadata: time_zone) for offsets
  // ("+03:30", "Etc/GMT+3"), abbreviations ("EST"), paths and unknown names.
  absl::StatusOr<const Zone*> Find(absl::string_view name) const;

 private:
  ZoneDatabase(std::string directory, std::string release)
      : directory_(std::move(directory)), release_(std::move(release)) {}

  const std::string directory_;
  const std::string release_;
  mutable std::mutex mutex_;
  mutable std::unordered_map<std::string, std::unique_ptr<Zone>> zones_;
};

}  // namespace neshast
