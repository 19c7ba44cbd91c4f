#include <google/protobuf/struct.pb.h>
#include <google/protobuf/util/json_util.h>

#include <fstream>
#include <iostream>
#include <sstream>

#include "absl/strings/str_cat.h"
#include "cli/commands.h"
#include "neshast/v1/directory_service.grpc.pb.h"

namespace neshast::cli {
namespace {

using v1::DirectoryService;

void ListCities(Connection& connection) {
  auto stub = DirectoryService::NewStub(connection.Channel());
  v1::ListCitiesRequest request;
  std::vector<std::vector<std::string>> rows{{"CITY", "NAME", "COUNTRY", "ZONE", "STAGE", "SINCE"}};
  do {
    v1::ListCitiesResponse page;
    if (!connection.Call(*stub, &DirectoryService::Stub::ListCities, request, page)) return;
    if (connection.format == Format::kJson) PrintJson(page);
    for (const v1::City& city : page.cities()) {
      const auto& texts = city.display_name().texts();
      const auto english = texts.find("en");
      rows.push_back({city.name(), english == texts.end() ? "" : english->second, city.country(),
                      city.time_zone(), v1::Partnership::Stage_Name(city.partnership().stage()),
                      city.partnership().signed_date()});
    }
    request.set_page_token(page.next_page_token());
  } while (!request.page_token().empty());
  if (connection.format == Format::kTable) PrintTable(rows);
}

struct Counts {
  int created = 0;
  int there = 0;
};

// Creates each of `list` that is not there yet; false when one is refused for another reason.
template <class Resource, class Request, class Setter>
bool LoadAll(Connection& connection, const google::protobuf::Value& list, Setter fill,
             grpc::Status (DirectoryService::Stub::*create)(grpc::ClientContext*, const Request&,
                                                            Resource*),
             Counts& counts) {
  auto stub = DirectoryService::NewStub(connection.Channel());
  for (const auto& element : list.list_value().values()) {
    std::string json;
    (void)google::protobuf::util::MessageToJsonString(element, &json);
    Resource resource;
    const std::string wrong = ParseJson(json, resource);
    if (!wrong.empty()) {
      std::cerr << "neshast: " << wrong << " in " << json.substr(0, 200) << "\n";
      connection.exit_code = kInvalid;
      return false;
    }
    Request request;
    fill(request, resource, resource.name().substr(resource.name().find('/') + 1));
    request.set_request_id(NewRequestId());
    grpc::ClientContext context;
    connection.Prepare(context);
    const grpc::Status status = ((*stub).*create)(&context, request, &resource);
    if (status.error_code() == grpc::ALREADY_EXISTS) {
      ++counts.there;
    } else if (connection.Check(status)) {
      ++counts.created;
    } else {
      std::cerr << "  while loading " << request.ShortDebugString().substr(0, 100) << "\n";
      return false;
    }
  }
  return true;
}

void Load(Connection& connection, const std::string& path) {
  std::ifstream file(path);
  std::stringstream text;
  text << file.rdbuf();
  google::protobuf::Struct directory;
  const std::string wrong = ParseJson(text.str(), directory);
  if (!file || !wrong.empty()) {
    std::cerr << "neshast: " << path << " is no directory file. " << wrong << "\n";
    connection.exit_code = kInvalid;
    return;
  }
  auto& parts = *directory.mutable_fields();
  Counts counts;
  using Stub = DirectoryService::Stub;
  LoadAll<v1::City, v1::CreateCityRequest>(
      connection, parts["cities"],
      [](auto& request, auto& resource, const auto& id) {
        *request.mutable_city() = resource;
        request.set_city_id(id);
      },
      &Stub::CreateCity, counts) &&
      LoadAll<v1::Organization, v1::CreateOrganizationRequest>(
          connection, parts["organizations"],
          [](auto& request, auto& resource, const auto& id) {
            *request.mutable_organization() = resource;
            request.set_organization_id(id);
          },
          &Stub::CreateOrganization, counts) &&
      LoadAll<v1::Person, v1::CreatePersonRequest>(
          connection, parts["people"],
          [](auto& request, auto& resource, const auto& id) {
            *request.mutable_person() = resource;
            request.set_person_id(id);
          },
          &Stub::CreatePerson, counts) &&
      LoadAll<v1::ExpertGroup, v1::CreateExpertGroupRequest>(
          connection, parts["expert_groups"],
          [](auto& request, auto& resource, const auto& id) {
            *request.mutable_expert_group() = resource;
            request.set_expert_group_id(id);
          },
          &Stub::CreateExpertGroup, counts) &&
      LoadAll<v1::Network, v1::CreateNetworkRequest>(
          connection, parts["networks"],
          [](auto& request, auto& resource, const auto& id) {
            *request.mutable_network() = resource;
            request.set_network_id(id);
          },
          &Stub::CreateNetwork, counts);
  std::cout << counts.created << " created, " << counts.there << " were there already.\n";
}

}  // namespace

void AddDirectoryCommands(CLI::App& app, Connection& connection) {
  CLI::App* city = app.add_subcommand("city", "Cities of the directory")->require_subcommand(1);
  city->add_subcommand("list", "All cities")->callback([&connection] { ListCities(connection); });
  CLI::App* directory =
      app.add_subcommand("directory", "The directory as a whole")->require_subcommand(1);
  CLI::App* load =
      directory->add_subcommand("load", "Create what a file has and the directory has not");
  auto path = std::make_shared<std::string>();
  load->add_option("file", *path, "A JSON file such as deploy/seed/directory.json")->required();
  load->callback([&connection, path] { Load(connection, *path); });
}

}  // namespace neshast::cli
