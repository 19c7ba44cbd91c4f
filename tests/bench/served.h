// A directory and a server of its own for one measurement.
#pragma once

#include <grpcpp/grpcpp.h>
#include <sys/types.h>

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "absl/status/status.h"

namespace neshast::bench {

// A measurement that fails measures nothing: prints `status` and ends the program.
void Require(const absl::Status& status);
void Require(const grpc::Status& status);

// An empty directory under the system's directory of temporary files, or TMPDIR; gone with it.
class Directory {
 public:
  Directory();
  Directory(const Directory&) = delete;
  Directory& operator=(const Directory&) = delete;
  ~Directory();
  const std::string& path() const { return path_; }

 private:
  std::string path_;
};

// A neshastd that runs until this dies, as `deploy/up` runs it: what it says goes to a file.
class Served {
 public:
  // Starts one on `directory`, with further `arguments`, and waits until it listens.
  explicit Served(const std::string& directory, const std::vector<std::string>& arguments = {});
  Served(const Served&) = delete;
  Served& operator=(const Served&) = delete;
  ~Served();

  // A connection that is shared with no other channel.
  std::shared_ptr<grpc::Channel> Connect() const;

  int64_t ResidentKilobytes() const;
  // Of all its threads, in user and kernel.
  double CpuSeconds() const;

 private:
  void AwaitListening(const std::string& log) const;

  std::string address_;
  pid_t process_ = 0;
};

}  // namespace neshast::bench
