// The command line of Neshast.
#include <clocale>

#include "cli/commands.h"
#include "cli/help.h"
#include "cli/settings.h"

namespace {

void AddCommands(CLI::App& app, neshast::cli::Connection& connection) {
  using namespace neshast::cli;
  AddSessionCommands(app, connection);
  AddProposalCommands(app, connection);
  AddDelegationCommands(app, connection);
  AddInvitationCommands(app, connection);
  AddReplyCommands(app, connection);
  AddOrderCommands(app, connection);
  AddAgendaCommands(app, connection);
  AddMinutesCommands(app, connection);
  AddHoldCommands(app, connection);
  AddMailCommands(app, connection);
  AddDocumentCommands(app, connection);
  AddLetterCommands(app, connection);
  AddCommitmentCommands(app, connection);
  AddSeriesCommands(app, connection);
  AddCityCommands(app, connection);
  AddPersonCommands(app, connection);
  AddOrganizationCommands(app, connection);
  AddNetworkCommands(app, connection);
  AddGroupCommands(app, connection);
  AddDirectoryCommands(app, connection);
  AddSearchCommand(app, connection);
  AddPracticeCommands(app, connection);
  AddTopicCommands(app, connection);
  AddInitiativeCommands(app, connection);
  AddClockCommands(app, connection);
  AddChangeCommands(app, connection);
  AddLogCommands(app, connection);
  AddPrincipalCommands(app, connection);
  AddTokenCommands(app, connection);
  AddProfileCommands(app);
  AddCompletionCommands(app);
}

constexpr char kFooter[] =
    "Examples:\n"
    "  neshast session suggest --city isfahan=mayor-of-isfahan --city xian=mayor-of-xian\n"
    "  neshast session list --output json\n"
    "Exit codes: 0 done, 1 other, 2 wrong usage, 3 invalid input, 4 not found,\n"
    "5 conflict or wrong state, 6 not allowed, 7 unavailable (try again), 8 no hour fits.\n"
    "Colours stand on a terminal only, and never with NO_COLOR.\n";

}  // namespace

int main(int argc, char** argv) {
  std::setlocale(LC_CTYPE, "C.UTF-8");  // For the width of characters.
  neshast::cli::Connection connection;
  CLI::App app("neshast: find a fair hour for cities' online sittings, book and follow them.");
  app.require_subcommand(1);
  app.fallthrough();  // The settings may stand after the command too.
  app.formatter(neshast::cli::HelpFormat());
  app.failure_message(neshast::cli::UsageError);
  neshast::cli::AddSettings(app, connection);
  AddCommands(app, connection);
  app.footer(kFooter);
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    return app.exit(error) == 0 ? neshast::cli::kDone : neshast::cli::kUsage;
  }
  return connection.exit_code;
}
