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

// What the driver is to do. Names of bookings begin with `prefix`; `disk` are settings of the shim.
struct Orders {
  std::string prefix = "b";
  int count = 400;
  std::string synchronous = "FULL";
  bool until_refused = false;
  std::map<std::string, std::string> disk = {};
};

class DrivenDisk {
 public:
  DrivenDisk();
  DrivenDisk(const DrivenDisk&) = delete;
  DrivenDisk& operator=(const DrivenDisk&) = delete;
  ~DrivenDisk();

  // Runs the driver on what survived so far, until it ends or is killed.
  Outcome Drive(const Orders& orders);

  // The database file when the power has failed: only what was fsynced.
  std::string FileAfterPowerCut() const { return folder_ + "/disk/neshast.db"; }
  // The database file when the process was killed: all that it wrote.
  std::string FileAfterKill() const { return folder_ + "/live/neshast.db"; }

 private:
  std::string folder_;
};

// Runs the driver on `file`, on the real disk, until `acknowledgements` were read; then kills it.
Outcome DriveAndKill(const std::string& file, int acknowledgements);

}  // namespace neshast
