// Servers that a test starts on loopback and ends by their process id.
#pragma once

#include <sys/types.h>

#include <filesystem>
#include <string>
#include <vector>

namespace neshast::mail {

// A program that runs as long as this lives.
class Program {
 public:
  // Starts it with its standard output to us. Aborts the test binary where it cannot be started.
  explicit Program(const std::vector<std::string>& command);
  ~Program();
  Program(const Program&) = delete;
  Program& operator=(const Program&) = delete;

  // The next line that it prints, at most 20 s awaited; empty where it ends without one.
  std::string ReadLine();
  // Waits for its end and says whether it ended well.
  bool Ended();

 private:
  pid_t pid_ = -1;
  int output_ = -1;
};

// A folder of this test that goes with it; others may enter it.
class TestFolder {
 public:
  TestFolder();
  ~TestFolder();

  const std::filesystem::path& path() const { return path_; }
  std::filesystem::path operator/(const std::string& name) const { return path_ / name; }

 private:
  std::filesystem::path path_;
};

// A port of 127.0.0.1 below the ephemeral range on which nobody listens.
int FreePort();

// Whether somebody comes to listen on `port` within 20 s.
bool AwaitListener(int port);

// A file in `folder` that holds a key and its certificate for 127.0.0.1.
std::string MakeCertificate(const TestFolder& folder);

}  // namespace neshast::mail
