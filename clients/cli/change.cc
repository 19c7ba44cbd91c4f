// sync, watch
#include <iostream>

#include "absl/strings/str_cat.h"
#include "cli/commands.h"
#include "cli/times.h"
#include "neshast/v1/change_service.grpc.pb.h"

namespace neshast::cli {
namespace {

using Stub = v1::ChangeService::Stub;
using v1::ChangedResource;

std::string WhatItIs(const ChangedResource& change) {
  switch (change.resource_case()) {
    case ChangedResource::RESOURCE_NOT_SET:
      return "gone, or not yours to see";
    case ChangedResource::kSession: {
      const v1::Session& session = change.session();
      return absl::StrCat(WordOf(session.state()), ", ",
                          ShortTime(WallTimeOf(session.start_time())), " ",
                          session.start_time().time_zone(), ": ", TextOf(session.title()));
    }
    case ChangedResource::kPerson:
      return change.person().latin_name();
    case ChangedResource::kMinutes:
      return absl::StrCat(WordOf(change.minutes().state()), ": ", TextOf(change.minutes().title()));
    case ChangedResource::kMinutesEntry:
      return change.minutes_entry().text();
    case ChangedResource::kCity:
      return TextOf(change.city().display_name());
    case ChangedResource::kDocument:
      return absl::StrCat(WordOf(change.document().state()), ": ",
                          TextOf(change.document().title()));
    case ChangedResource::kCommitment:
      return absl::StrCat(WordOf(change.commitment().state()), ": ",
                          TextOf(change.commitment().text()));
    default:
      return "";
  }
}

Row RowOf(const ChangedResource& change) {
  return {std::to_string(change.revision()), InUtc(change.change_time()), change.name(),
          WhatItIs(change)};
}

void Sync(Connection& connection, const std::string& since) {
  v1::SyncChangesRequest request;
  request.set_sync_token(since);
  v1::SyncChangesResponse all;
  bool more = true;
  while (more) {
    const auto page = connection.Call(&Stub::SyncChanges, request);
    if (!page) return;
    request.set_sync_token(page->next_sync_token());
    more = page->more();
    all.MergeFrom(*page);
  }
  all.set_more(false);
  if (PrintDocument(connection.format, all)) return;
  std::vector<Row> rows{{"REVISION", "WHEN", "WHAT", "NOW"}};
  for (const ChangedResource& change : all.changes()) rows.push_back(RowOf(change));
  PrintTable(rows);
  std::cout << "Later changes: neshast sync --since " << all.next_sync_token() << "\n";
}

void Watch(Connection& connection, const std::string& since) {
  Stub stub(connection.Channel());
  v1::WatchChangesRequest request;
  request.set_sync_token(since);
  grpc::ClientContext context;
  connection.Prepare(context);
  auto reader = stub.WatchChanges(&context, request);
  std::string position = since;
  v1::WatchChangesResponse item;
  while (reader->Read(&item)) {
    position = item.sync_token();
    if (!item.has_change() || PrintStreamed(connection.format, item)) continue;
    for (const Cell& cell : RowOf(item.change())) std::cout << cell.text << "  ";
    std::cout << std::endl;
  }
  if (!connection.Check(reader->Finish()) && !position.empty()) {
    std::cerr << "Go on with: neshast watch --since " << position << "\n";
  }
}

void AddCommand(CLI::App& app, const char* name, const char* help, const char* examples,
                Connection& connection, void (*run)(Connection&, const std::string&)) {
  auto since = std::make_shared<std::string>();
  AddVerb(
      app, name, help, [&connection, since, run] { run(connection, *since); }, examples)
      ->add_option("--since", *since, "The sync token that the last one ended with");
}

}  // namespace

void AddChangeCommands(CLI::App& app, Connection& connection) {
  AddCommand(app, "sync", "What changed since a sync token, or all there is",
             "  neshast sync --output json >changes.json\n", connection, Sync);
  AddCommand(app, "watch", "Follow changes as they happen, until Ctrl-C",
             "  neshast watch --output json | jq .change.name\n", connection, Watch);
}

}  // namespace neshast::cli
