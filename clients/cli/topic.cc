// topic list, topic add
#include "cli/commands.h"
#include "neshast/v1/library_service.grpc.pb.h"

namespace neshast::cli {
namespace {

using Stub = v1::LibraryService::Stub;

void List(Connection& connection) {
  const auto list = connection.ListAll(&Stub::ListTopics, v1::ListTopicsRequest());
  if (!list || PrintDocument(connection.format, *list)) return;
  std::vector<Row> rows{{"TOPIC", "NAME"}};
  for (const v1::Topic& topic : list->topics()) {
    rows.push_back({IdOf(topic.name()), TextOf(topic.display_name())});
  }
  PrintTable(rows);
}

void Add(Connection& connection, const std::string& id, const std::vector<std::string>& names) {
  v1::CreateTopicRequest request;
  request.set_topic_id(id);
  request.set_request_id(NewRequestId());
  *request.mutable_topic()->mutable_display_name() = LocalizedTextOf(names);
  const auto topic = connection.Call(&Stub::CreateTopic, request);
  if (!topic || PrintDocument(connection.format, *topic)) return;
  PrintTable({{IdOf(topic->name()), TextOf(topic->display_name())}});
}

}  // namespace

void AddTopicCommands(CLI::App& app, Connection& connection) {
  CLI::App* topic = AddNoun(app, "topic", "Topics of the experience library: the controlled list");
  AddVerb(*topic, "list", "All topics", [&connection] { List(connection); });
  auto id = std::make_shared<std::string>();
  auto names = std::make_shared<std::vector<std::string>>();
  CLI::App* add = AddVerb(
      *topic, "add", "Add a topic", [&connection, id, names] { Add(connection, *id, *names); },
      "  neshast topic add water --name en=Water --name es=Agua --name fa=آب\n");
  add->add_option("topic", *id, "Its id, such as water")->required();
  AddRepeated(*add, "--name", *names, "LANGUAGE=TEXT, for each language")->required();
}

}  // namespace neshast::cli
