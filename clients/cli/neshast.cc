// The command line of Neshast.
#include <fstream>

#include "cli/commands.h"

int main(int argc, char** argv) {
  neshast::cli::Connection connection;
  CLI::App app("neshast: book and follow cities' online sittings.");
  app.require_subcommand(1);
  app.footer(
      "Exit codes: 0 done, 1 other, 2 wrong usage, 3 invalid input, 4 not found,\n"
      "5 conflict or wrong state, 6 not allowed, 7 unavailable (try again).");
  std::string token_file;
  std::string output = "table";
  app.add_option("--server", connection.server, "HOST:PORT of neshastd")
      ->envname("NESHAST_SERVER")
      ->capture_default_str();
  app.add_option("--token", connection.token, "An API token")->envname("NESHAST_TOKEN");
  app.add_option("--token-file", token_file, "A file that holds one")
      ->envname("NESHAST_TOKEN_FILE");
  app.add_option("--timeout", connection.timeout_seconds, "Seconds for a call")
      ->capture_default_str();
  app.add_option("--output", output, "table or json")
      ->check(CLI::IsMember({"table", "json"}))
      ->capture_default_str();
  // Before any command runs, after all options are read.
  app.parse_complete_callback([&] {
    if (connection.token.empty() && !token_file.empty()) {
      std::ifstream file(token_file);
      std::getline(file, connection.token);
    }
    if (output == "json") connection.format = neshast::cli::Format::kJson;
  });
  neshast::cli::AddDirectoryCommands(app, connection);
  neshast::cli::AddSessionCommands(app, connection);
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    return app.exit(error) == 0 ? 0 : neshast::cli::kUsage;
  }
  return connection.exit_code;
}
