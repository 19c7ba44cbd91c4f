#include "driven_disk.h"

#include <fcntl.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <iostream>

namespace neshast {
namespace {

// The driver with its standard output at the end of a pipe.
struct Process {
  pid_t id;
  FILE* output;
};

Process Start(const std::vector<std::string>& arguments,
              const std::map<std::string, std::string>& environment) {
  int ends[2];
  if (pipe2(ends, O_CLOEXEC) != 0) std::abort();
  std::vector<char*> argv = {const_cast<char*>(BOOKING_DRIVER)};
  for (const std::string& argument : arguments) argv.push_back(const_cast<char*>(argument.c_str()));
  argv.push_back(nullptr);
  const pid_t id = fork();
  if (id == 0) {
    for (const auto& [name, value] : environment) setenv(name.c_str(), value.c_str(), 1);
    dup2(ends[1], STDOUT_FILENO);
    execv(argv[0], argv.data());
    _exit(127);
  }
  close(ends[1]);
  return {id, fdopen(ends[0], "r")};
}

void Note(const std::string& line, Outcome& run) {
  const std::string word = line.substr(0, line.find(' '));
  const std::string rest = line.substr(std::min(line.size(), word.size() + 1));
  if (word == "ok") {
    run.acknowledged.insert(rest);
  } else if (word == "no") {
    run.refused.insert(rest);
  } else if (word == "closed") {
    run.opened = false;
  } else if (word == "end") {
    run.ended = true;
  } else {
    run.bad.push_back(line);
  }
}

// Reads to the end, or kills the process after so many acknowledgements (0: never).
Outcome Follow(Process process, size_t acknowledgements) {
  Outcome run;
  char* line = nullptr;
  size_t room = 0;
  for (ssize_t size = 0; (size = getline(&line, &room, process.output)) > 0;) {
    if (line[size - 1] != '\n') break;
    Note(std::string(line, static_cast<size_t>(size) - 1), run);
    if (acknowledgements > 0 && run.acknowledged.size() == acknowledgements) {
      kill(process.id, SIGKILL);
    }
  }
  free(line);
  fclose(process.output);
  int status = 0;
  waitpid(process.id, &status, 0);
  const bool killed = WIFSIGNALED(status) && WTERMSIG(status) == SIGKILL;
  const bool well = WIFEXITED(status) && WEXITSTATUS(status) == 0;
  if (!killed && !well) run.bad.push_back("the driver ended with " + std::to_string(status));
  return run;
}

}  // namespace

DrivenDisk::DrivenDisk() {
  std::string pattern = (std::filesystem::temp_directory_path() / "neshast-crash-XXXXXX").string();
  folder_ = mkdtemp(pattern.data());
  std::filesystem::create_directory(folder_ + "/disk");
}

DrivenDisk::~DrivenDisk() {
  std::filesystem::remove_all(folder_);
}

Outcome DrivenDisk::Drive(const Orders& orders) {
  const std::string live = folder_ + "/live";
  std::filesystem::remove_all(live);
  std::filesystem::copy(folder_ + "/disk", live);
  std::map<std::string, std::string> environment = orders.disk;
  environment["LD_PRELOAD"] = POWER_CUT_SHIM;
  environment["ASAN_OPTIONS"] = "verify_asan_link_order=0:detect_leaks=0";
  environment["TSAN_OPTIONS"] = "report_thread_leaks=0";
  environment["POWER_CUT_DIR"] = live;
  environment["POWER_CUT_DISK"] = folder_ + "/disk";
  std::vector<std::string> arguments = {live + "/neshast.db", orders.prefix,
                                        std::to_string(orders.count), orders.synchronous};
  if (orders.until_refused) arguments.push_back("until-refused");
  return Follow(Start(arguments, environment), 0);
}

Outcome DriveAndKill(const std::string& file, int acknowledgements) {
  return Follow(Start({file, "killed", "1000000", "FULL"}, {}),
                static_cast<size_t>(acknowledgements));
}

}  // namespace neshast
