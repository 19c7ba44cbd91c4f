// hold list, hold release
#include <google/protobuf/empty.pb.h>

#include <iostream>

#include "cli/commands.h"
#include "cli/hold_view.h"
#include "neshast/v1/session_service.grpc.pb.h"

namespace neshast::cli {
namespace {

using Stub = v1::SessionService::Stub;

void List(Connection& connection) {
  const auto holds = connection.ListAll(&Stub::ListHolds, v1::ListHoldsRequest());
  if (holds) ShowHolds(connection, *holds);
}

void Release(Connection& connection, const std::string& id) {
  const auto request = Named<v1::ReleaseHoldRequest>("holds", id);
  if (!connection.Call(&Stub::ReleaseHold, request)) return;
  if (connection.format == Format::kTable) std::cout << request.name() << " is released.\n";
}

}  // namespace

void AddHoldCommands(CLI::App& app, Connection& connection) {
  CLI::App* hold = AddNoun(app, "hold", "Slots kept free until they lapse or become a session");
  AddVerb(
      *hold, "list", "All holds that last", [&connection] { List(connection); },
      "  neshast session suggest ... --hold 1,2,3    makes holds\n"
      "  neshast session book --hold HOLD ...        makes a session of one\n");
  auto id = std::make_shared<std::string>();
  AddVerb(*hold, "release", "Free a held slot", [&connection, id] { Release(connection, *id); })
      ->add_option("hold", *id, "Its id, as `hold list` shows it")
      ->required();
}

}  // namespace neshast::cli
