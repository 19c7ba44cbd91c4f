// The zones in force now, and the change from one tzdata release to the next while we run.
#pragma once

#include <memory>
#include <mutex>
#include <string>

#include "absl/status/statusor.h"
#include "time/zone.h"

namespace neshast {

// Follows a directory that the system overwrites when tzdata is updated (/usr/share/zoneinfo). Each
// release seen is copied once into `archive`/<release> and read from there: Abseil keeps a zone by
// its path for ever, and a release that is gone from the system stays readable beside the new one,
// which is how sessions whose hour moved are found. Any number of threads may use it.
class CurrentZones {
 public:
  // `archive` is made if missing; two processes may share it. NOT_FOUND when `directory` holds no
  // release, UNAVAILABLE when the copy cannot be written or an update is going on.
  static absl::StatusOr<std::unique_ptr<CurrentZones>> Open(std::string directory,
                                                            std::string archive);

  // The release in force. Zones found in it live as long as the caller keeps it.
  std::shared_ptr<const ZoneDatabase> Get() const;

  // Looks at the first line of tzdata.zi again. True when a new release is in force from now on;
  // false when nothing changed, or it could not be read whole (the old one stays; call again).
  bool Refresh();

 private:
  CurrentZones(std::string directory, std::string archive,
               std::shared_ptr<const ZoneDatabase> zones)
      : directory_(std::move(directory)), archive_(std::move(archive)), zones_(std::move(zones)) {}

  const std::string directory_;
  const std::string archive_;
  mutable std::mutex mutex_;
  std::shared_ptr<const ZoneDatabase> zones_;
};

}  // namespace neshast
