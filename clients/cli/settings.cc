#include "cli/settings.h"

#include <sys/stat.h>

#include <cstdlib>
#include <fstream>
#include <iostream>

#include "absl/strings/str_join.h"

namespace neshast::cli {
namespace {

constexpr char kDefaultServer[] = "127.0.0.1:7070";

// What was given as flags.
struct Flags {
  std::string server;
  std::string token;
  std::string token_file;
  std::string profile;
  std::string output = "table";
};

std::string Environment(const char* name) {
  const char* value = std::getenv(name);
  return value == nullptr ? "" : value;
}

// The first that is not empty.
std::string FirstOf(std::initializer_list<std::string> candidates) {
  for (const std::string& each : candidates) {
    if (!each.empty()) return each;
  }
  return "";
}

std::string ReadToken(const std::string& path) {
  if (path.empty()) return "";
  std::ifstream file(path);
  std::string token;
  if (!std::getline(file, token)) {
    std::cerr << "neshast: The token file " << path << " cannot be read.\n";
  }
  struct stat status {};
  constexpr mode_t kOthers = S_IRGRP | S_IROTH;
  if (stat(path.c_str(), &status) == 0 && (status.st_mode & kOthers) != 0) {
    std::cerr << "neshast: Others can read the token file " << path << ": chmod 600 " << path
              << "\n";
  }
  return token;
}

Profile ProfileOf(const std::string& name) {
  const auto profiles = ReadProfiles();
  const auto found = profiles.find(name.empty() ? "default" : name);
  if (found != profiles.end()) return found->second;
  if (name.empty()) return {};
  throw CLI::ValidationError("--profile", "There is no profile " + name + " in " +
                                              ConfigurationPath() +
                                              "; `neshast profile list` shows those there are.");
}

void Settle(const Flags& flags, Connection& connection) {
  const Profile profile = ProfileOf(FirstOf({flags.profile, Environment("NESHAST_PROFILE")}));
  connection.server =
      FirstOf({flags.server, Environment("NESHAST_SERVER"), profile.server, kDefaultServer});
  if (!flags.token.empty()) {
    connection.token = flags.token;
  } else if (!flags.token_file.empty()) {
    connection.token = ReadToken(flags.token_file);
  } else if (const std::string token = Environment("NESHAST_TOKEN"); !token.empty()) {
    connection.token = token;
  } else {
    connection.token = ReadToken(FirstOf({Environment("NESHAST_TOKEN_FILE"), profile.token_file}));
  }
  if (flags.output == "json") connection.format = Format::kJson;
  if (flags.output == "yaml") connection.format = Format::kYaml;
}

}  // namespace

std::string ConfigurationPath() {
  const std::string home =
      FirstOf({Environment("XDG_CONFIG_HOME"), Environment("HOME") + "/.config"});
  return home + "/neshast/config.ini";
}

std::map<std::string, Profile> ReadProfiles() {
  std::map<std::string, Profile> profiles;
  const std::string path = ConfigurationPath();
  if (!std::ifstream(path).good()) return profiles;
  for (const CLI::ConfigItem& item : CLI::ConfigINI().from_file(path)) {
    if (item.name == "++" || item.name == "--") continue;  // A section begins or ends.
    Profile& profile =
        profiles[item.parents.empty() ? "default" : absl::StrJoin(item.parents, ".")];
    const std::string value = absl::StrJoin(item.inputs, " ");
    if (item.name == "server") {
      profile.server = value;
    } else if (item.name == "token-file") {
      profile.token_file = value;
    } else {
      throw CLI::ConfigError(path + ": " + item.name + " is neither server nor token-file.");
    }
  }
  return profiles;
}

void AddSettings(CLI::App& app, Connection& connection) {
  auto flags = std::make_shared<Flags>();
  app.add_option(
      "--server", flags->server,
      std::string("HOST:PORT of neshastd [NESHAST_SERVER, else ") + kDefaultServer + "]");
  app.add_option("--token", flags->token,
                 "An API token, or the secret of a personal link [NESHAST_TOKEN]");
  app.add_option("--token-file", flags->token_file, "A file that holds one [NESHAST_TOKEN_FILE]");
  app.add_option("--profile", flags->profile,
                 "Server and token file by a name [NESHAST_PROFILE, else default]");
  app.add_option("--timeout", connection.timeout_seconds, "Seconds for a call")
      ->check(CLI::Range(1, 3600))
      ->capture_default_str();
  app.add_option("--output", flags->output, "How answers are shown")
      ->check(CLI::IsMember({"table", "json", "yaml"}))
      ->capture_default_str();
  // Before any command runs, after all options are read.
  app.parse_complete_callback([flags, &connection] { Settle(*flags, connection); });
}

}  // namespace neshast::cli
