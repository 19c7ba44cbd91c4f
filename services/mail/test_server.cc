#include "mail/test_server.h"

#include <arpa/inet.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <cstdio>
#include <thread>

namespace neshast::mail {
namespace {

sockaddr_in Loopback(int port) {
  sockaddr_in address = {};
  address.sin_family = AF_INET;
  address.sin_port = htons(static_cast<uint16_t>(port));
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  return address;
}

}  // namespace

Program::Program(const std::vector<std::string>& command) {
  int ends[2];
  if (pipe2(ends, O_CLOEXEC) != 0) abort();
  output_ = ends[0];
  posix_spawn_file_actions_t actions;
  posix_spawn_file_actions_init(&actions);
  posix_spawn_file_actions_adddup2(&actions, ends[1], STDOUT_FILENO);
  std::vector<char*> arguments;
  for (const std::string& each : command) arguments.push_back(const_cast<char*>(each.c_str()));
  arguments.push_back(nullptr);
  if (posix_spawn(&pid_, arguments[0], &actions, nullptr, arguments.data(), environ) != 0) {
    fprintf(stderr, "%s cannot be started.\n", arguments[0]);
    abort();
  }
  posix_spawn_file_actions_destroy(&actions);
  close(ends[1]);
}

Program::~Program() {
  if (pid_ > 0) {
    kill(pid_, SIGTERM);
    waitpid(pid_, nullptr, 0);
  }
  close(output_);
}

std::string Program::ReadLine() {
  std::string line;
  for (char c = 0; line.size() < 4096;) {
    pollfd wanted{.fd = output_, .events = POLLIN, .revents = 0};
    if (poll(&wanted, 1, 20'000) <= 0 || read(output_, &c, 1) != 1) return "";
    if (c == '\n') return line;
    line += c;
  }
  return line;
}

bool Program::Ended() {
  int status = 0;
  waitpid(pid_, &status, 0);
  pid_ = -1;
  return WIFEXITED(status) && WEXITSTATUS(status) == 0;
}

TestFolder::TestFolder() {
  std::string name = (std::filesystem::temp_directory_path() / "neshast-mail-XXXXXX").string();
  if (mkdtemp(name.data()) == nullptr) abort();
  path_ = name;
  std::filesystem::permissions(path_, std::filesystem::perms(0755));
}

TestFolder::~TestFolder() {
  std::filesystem::remove_all(path_);
}

int FreePort() {
  // Others who ask at the same time begin elsewhere.
  for (int port = 24000 + getpid() % 700 * 10; port < 32000; ++port) {
    const int held = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    const sockaddr_in address = Loopback(port);
    const bool free = bind(held, reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0;
    close(held);
    if (free) return port;
  }
  return 0;
}

bool AwaitListener(int port) {
  const sockaddr_in address = Loopback(port);
  for (int attempt = 0; attempt < 400; ++attempt) {
    const int held = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    const int result = connect(held, reinterpret_cast<const sockaddr*>(&address), sizeof address);
    close(held);
    if (result == 0) return true;
    std::this_thread::sleep_for(std::chrono::milliseconds(50));
  }
  return false;
}

std::string MakeCertificate(const TestFolder& folder) {
  const std::string file = folder / "server.pem";
  Program openssl({"/usr/bin/openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt",
                   "ec_paramgen_curve:P-256", "-nodes", "-days", "2", "-subj", "/CN=127.0.0.1",
                   "-addext", "subjectAltName=IP:127.0.0.1", "-keyout", file, "-out",
                   folder / "certificate.pem"});
  if (!openssl.Ended()) abort();
  Program append({"/bin/sh", "-c", "cat \"$0\" >>\"$1\"", folder / "certificate.pem", file});
  if (!append.Ended()) abort();
  return file;
}

}  // namespace neshast::mail
