// profile list
#include <iostream>

#include "cli/commands.h"
#include "cli/settings.h"

namespace neshast::cli {
namespace {

void List() {
  std::vector<Row> rows{{"PROFILE", "SERVER", "TOKEN FILE"}};
  for (const auto& [name, profile] : ReadProfiles()) {
    rows.push_back({name, profile.server, profile.token_file});
  }
  if (rows.size() > 1) {
    PrintTable(rows);
  } else {
    std::cout << "No profiles; they are written in " << ConfigurationPath()
              << " (neshast profile --help).\n";
  }
}

}  // namespace

void AddProfileCommands(CLI::App& app) {
  CLI::App* profile = AddNoun(app, "profile", "Servers and token files by a name");
  profile->footer("Profiles stand in " + ConfigurationPath() +
                  ":\n  [isfahan]\n  server = 127.0.0.1:7070\n"
                  "  token-file = /home/officer/isfahan.token\n"
                  "Choose one with --profile isfahan or NESHAST_PROFILE; [default] needs no "
                  "choosing.\nA flag counts before the environment, that before the profile.\n");
  AddVerb(*profile, "list", "All profiles", List);
}

}  // namespace neshast::cli
