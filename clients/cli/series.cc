// series create, series ledger
#include <iostream>

#include "cli/commands.h"
#include "cli/lookup.h"
#include "neshast/v1/session_service.grpc.pb.h"

namespace neshast::cli {
namespace {

using Stub = v1::SessionService::Stub;

struct Arguments {
  std::string id;
  std::vector<std::string> titles;
  std::string host;
};

void Create(Connection& connection, const Arguments& arguments) {
  const auto host = CityOrOwn(connection, arguments.host);
  if (!host) return;
  v1::CreateSeriesRequest request;
  request.set_series_id(arguments.id);
  request.set_request_id(NewRequestId());
  *request.mutable_series()->mutable_title() = LocalizedTextOf(arguments.titles);
  request.mutable_series()->set_host(*host);
  const auto series = connection.Call(&Stub::CreateSeries, request);
  if (!series || PrintDocument(connection.format, *series)) return;
  std::cout << series->name() << " is begun: book its sessions with --series "
            << IdOf(series->name()) << ".\n";
}

void ShowLedger(Connection& connection, const std::string& id) {
  const auto ledger = connection.Call(&Stub::GetLedger, Named<v1::GetLedgerRequest>("series", id));
  if (!ledger || PrintDocument(connection.format, *ledger)) return;
  Lookup lookup(connection);
  std::cout << "After " << Counted(ledger->held_sessions(), "held session") << " of "
            << ledger->series() << ":\n";
  std::vector<Row> rows{{"CITY", "POINTS BORNE"}};
  for (const v1::LedgerEntry& entry : ledger->entries()) {
    rows.push_back({lookup.City(entry.city()), PointsInWords(entry.points())});
  }
  if (rows.size() > 1) PrintTable(rows);
}

}  // namespace

void AddSeriesCommands(CLI::App& app, Connection& connection) {
  CLI::App* series = AddNoun(app, "series", "Sessions that share a fairness ledger");
  auto arguments = std::make_shared<Arguments>();
  CLI::App* create = AddVerb(
      *series, "create", "Begin a series",
      [&connection, arguments] { Create(connection, *arguments); },
      "  neshast series create eco-mayors --title \"en=Mayors of the ECO\"\n");
  create->add_option("id", arguments->id, "The id that people will read")->required();
  AddRepeated(*create, "--title", arguments->titles, "LANGUAGE=TEXT, once for each language")
      ->required();
  create->add_option("--host", arguments->host, "The host; by default the city you act for");
  AddVerb(
      *series, "ledger", "What each city has borne in its held sessions",
      [&connection, arguments] { ShowLedger(connection, arguments->id); },
      "  neshast series ledger eco-mayors\n")
      ->add_option("series", arguments->id, "Its id")
      ->required();
}

}  // namespace neshast::cli
