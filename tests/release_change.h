// A directory that plays /usr/share/zoneinfo while a government changes its mind.
#pragma once

#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <string>

namespace neshast {

// Filled by zic from edited rules of the system's release.
class ReleaseChange : public testing::Test {
 protected:
  ReleaseChange() {
    std::string name = testing::TempDir() + "neshast-zones-XXXXXX";
    root_ = mkdtemp(name.data());
    std::filesystem::create_directory(Live());
  }
  ~ReleaseChange() override { std::filesystem::remove_all(root_); }

  std::string Live() const { return root_ / "zoneinfo"; }
  std::string Kept() const { return root_ / "archive"; }

  // Overwrites the live directory with a release of that name in which `edit` (sed) was done.
  void Install(const std::string& release, const std::string& edit) {
    const std::string rules = root_ / "rules.zi";
    Run("sed -e '1s/.*/# version " + release + "/' " + (edit.empty() ? "" : "-e '" + edit + "' ") +
        "/usr/share/zoneinfo/tzdata.zi > " + rules);
    Run("PATH=$PATH:/usr/sbin:/sbin zic -b fat -d " + Live() + " " + rules);
    std::filesystem::rename(rules, Live() + "/tzdata.zi");
  }

  static void Run(const std::string& command) { ASSERT_EQ(std::system(command.c_str()), 0); }

  std::filesystem::path root_;
};

}  // namespace neshast
