#include "served.h"

#include <arpa/inet.h>
#include <fcntl.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <thread>

#include "absl/strings/match.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"

namespace neshast::bench {
namespace {

// Below the range from which the kernel takes the ports of clients.
constexpr int kFirstPort = 21000;
constexpr int kLastPort = 32000;
constexpr int kLooks = 2000;  // for a server that starts, 10 ms apart

bool IsFree(int port) {
  const int probe = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(static_cast<uint16_t>(port));
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  const bool bound =
      probe >= 0 && bind(probe, reinterpret_cast<sockaddr*>(&address), sizeof(address)) == 0;
  if (probe >= 0) close(probe);
  return bound;
}

// Each process begins elsewhere, so that two that look at once do not find the same.
int FreePort() {
  const int count = kLastPort - kFirstPort;
  for (int i = 0; i < count; ++i) {
    const int port = kFirstPort + (getpid() * 97 + i) % count;
    if (IsFree(port)) return port;
  }
  Require(absl::UnavailableError("No port is free."));
  return 0;
}

std::string ContentOf(const std::string& path) {
  std::ifstream file(path);
  std::stringstream text;
  text << file.rdbuf();
  return text.str();
}

// In the child: becomes neshastd, and ends with this program.
[[noreturn]] void Become(const std::vector<const char*>& argv, const char* log) {
  prctl(PR_SET_PDEATHSIG, SIGTERM);
  const int file = open(log, O_WRONLY | O_CREAT | O_TRUNC, 0600);
  dup2(file, STDOUT_FILENO);
  dup2(file, STDERR_FILENO);
  execv(argv[0], const_cast<char* const*>(argv.data()));
  _exit(127);
}

}  // namespace

void Require(const absl::Status& status) {
  if (status.ok()) return;
  std::fprintf(stderr, "%s\n", status.ToString().c_str());
  std::exit(1);
}

void Require(const grpc::Status& status) {
  if (status.ok()) return;
  std::fprintf(stderr, "A call failed with %d: %s\n", static_cast<int>(status.error_code()),
               status.error_message().c_str());
  std::exit(1);
}

Directory::Directory() {
  std::string pattern = std::filesystem::temp_directory_path() / "neshast-bench-XXXXXX";
  if (mkdtemp(pattern.data()) == nullptr) Require(absl::UnavailableError("No directory."));
  path_ = pattern;
}

Directory::~Directory() {
  std::filesystem::remove_all(path_);
}

Served::Served(const std::string& directory, const std::vector<std::string>& arguments)
    : address_(absl::StrCat("127.0.0.1:", FreePort())) {
  const std::string log = directory + "/neshastd.log";
  std::vector<const char*> argv = {NESHASTD, "--data", directory.c_str(), "--listen",
                                   address_.c_str()};
  for (const std::string& argument : arguments) argv.push_back(argument.c_str());
  argv.push_back(nullptr);
  process_ = fork();
  if (process_ == 0) Become(argv, log.c_str());
  AwaitListening(log);
}

void Served::AwaitListening(const std::string& log) const {
  for (int i = 0; i < kLooks; ++i) {
    if (absl::StrContains(ContentOf(log), "listens")) return;
    if (waitpid(process_, nullptr, WNOHANG) != 0) break;
    std::this_thread::sleep_for(std::chrono::milliseconds(10));
  }
  Require(absl::UnavailableError(absl::StrCat("neshastd did not start: ", ContentOf(log))));
}

Served::~Served() {
  kill(process_, SIGTERM);
  waitpid(process_, nullptr, 0);
}

std::shared_ptr<grpc::Channel> Served::Connect() const {
  grpc::ChannelArguments arguments;
  arguments.SetInt(GRPC_ARG_USE_LOCAL_SUBCHANNEL_POOL, 1);
  return grpc::CreateCustomChannel(address_, grpc::InsecureChannelCredentials(), arguments);
}

int64_t Served::ResidentKilobytes() const {
  const std::string status = ContentOf(absl::StrCat("/proc/", process_, "/status"));
  int64_t kilobytes = 0;
  for (const absl::string_view line : absl::StrSplit(status, '\n')) {
    const std::vector<absl::string_view> words =
        absl::StrSplit(line, absl::ByAnyChar(" \t"), absl::SkipEmpty());
    // Not VmRSS: pages of the database that are mapped belong to the cache of the system.
    if (words.size() > 1 && words[0] == "RssAnon:") (void)absl::SimpleAtoi(words[1], &kilobytes);
  }
  return kilobytes;
}

double Served::CpuSeconds() const {
  const std::string stat = ContentOf(absl::StrCat("/proc/", process_, "/stat"));
  const std::vector<absl::string_view> fields = absl::StrSplit(stat, ' ');
  constexpr size_t kUser = 13;  // proc(5), counted from 0; then the time in the kernel
  int64_t user = 0;
  int64_t kernel = 0;
  if (fields.size() > kUser + 1) {
    (void)absl::SimpleAtoi(fields[kUser], &user);
    (void)absl::SimpleAtoi(fields[kUser + 1], &kernel);
  }
  return static_cast<double>(user + kernel) / static_cast<double>(sysconf(_SC_CLK_TCK));
}

}  // namespace neshast::bench
