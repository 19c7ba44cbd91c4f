// A disk in a folder, and bookings driven onto it until the power fails.
#pragma once

#include <map>
#include <set>
#include <string>
#include <vector>

namespace neshast {

// How one run of the driver ended.
struct Outcome {
  std::set<std::string> acknowledged;
  std::set<std::string> refused;
  std::vector<std::string> bad;  // what must never be
  bool opened = true;
  bool ended = false;  // with an acknowledged booking
};

class DrivenDisk {
 public:
  DrivenDisk();
  DrivenDisk(const DrivenDisk&) = delete;
  DrivenDisk& operator=(const DrivenDisk&) = delete;
  ~DrivenDisk();

  // Runs the driver on what survived so far, under the shim with `settings` (POWER_CUT_...), until
  // it ends or is killed; then the power fails: only what was fsynced survives.
  Outcome Drive(const std::string& prefix, int count, const std::string& synchronous,
                const std::map<std::string, std::string>& settings);

  // The database file as it survived.
  std::string File() const { return folder_ + "/disk/neshast.db"; }

 private:
  std::string folder_;
};

// Runs the driver on `file`, on the real disk, until `acknowledgements` were read; then kills it.
Outcome DriveAndKill(const std::string& file, int acknowledgements);

}  // namespace neshast
