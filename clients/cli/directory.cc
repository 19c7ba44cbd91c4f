// directory load
#include <google/protobuf/struct.pb.h>
#include <google/protobuf/util/json_util.h>

#include <fstream>
#include <iostream>
#include <sstream>

#include "absl/strings/str_cat.h"
#include "cli/commands.h"
#include "neshast/v1/directory_service.grpc.pb.h"
#include "neshast/v1/library_service.grpc.pb.h"

namespace neshast::cli {
namespace {

using v1::DirectoryService;

// Creates what a directory file has and the server has not.
class Loader {
 public:
  Loader(Connection& connection, const google::protobuf::Struct& file)
      : connection_(connection), file_(file) {}

  // Creates each resource of the file's list `part` that is not there yet. False when one is
  // refused for another reason.
  template <class Stub, class Request, class Resource>
  bool Load(const std::string& part,
            grpc::Status (Stub::*create)(grpc::ClientContext*, const Request&, Resource*)) {
    const auto found = file_.fields().find(part);
    if (found == file_.fields().end()) return true;
    for (const auto& element : found->second.list_value().values()) {
      Request request;
      Resource resource;
      if (!Fill(element, resource, request)) return false;
      const grpc::Status status = connection_.Try(create, request, resource);
      if (status.error_code() == grpc::ALREADY_EXISTS) {
        ++there_;
      } else if (connection_.Check(status)) {
        ++created_;
        Warn(resource);
      } else {
        std::cerr << "  while loading " << resource.name() << "\n";
        return false;
      }
    }
    return true;
  }

  void Report() const {
    std::cout << created_ << " created, " << there_ << " were there already.\n";
  }

 private:
  // That a name is not what it seems.
  template <class Resource>
  static void Warn(const Resource& resource) {
    if constexpr (requires { resource.confusable_with(); }) {
      for (const std::string& other : resource.confusable_with()) {
        std::cerr << "Mind that " << resource.name() << " looks like " << other
                  << " by its name, and is not written alike.\n";
      }
    }
  }

  // The create requests are alike: the resource is field 1, its id field 2.
  template <class Request, class Resource>
  bool Fill(const google::protobuf::Value& element, Resource& resource, Request& request) {
    std::string json;
    (void)google::protobuf::util::MessageToJsonString(element, &json);
    const std::string wrong = ParseJson(json, resource);
    if (!wrong.empty()) {
      return connection_.Fail(kInvalid, absl::StrCat(wrong, " in ", json.substr(0, 200)));
    }
    const auto* fields = Request::descriptor();
    const auto* reflection = request.GetReflection();
    reflection->MutableMessage(&request, fields->FindFieldByNumber(1))->CopyFrom(resource);
    reflection->SetString(&request, fields->FindFieldByNumber(2), IdOf(resource.name()));
    request.set_request_id(NewRequestId());
    return true;
  }

  Connection& connection_;
  const google::protobuf::Struct& file_;
  int created_ = 0;
  int there_ = 0;
};

void Load(Connection& connection, const std::string& path) {
  std::ifstream file(path);
  std::stringstream text;
  text << file.rdbuf();
  google::protobuf::Struct directory;
  const std::string wrong = ParseJson(text.str(), directory);
  if (!file || !wrong.empty()) {
    connection.Fail(kInvalid,
                    path + " is no directory file. " + wrong + "\n`deploy/seed/merge` prints one.");
    return;
  }
  using Stub = DirectoryService::Stub;
  Loader loader(connection, directory);
  // In the order in which they refer to each other.
  loader.Load("cities", &Stub::CreateCity) &&
      loader.Load("organizations", &Stub::CreateOrganization) &&
      loader.Load("people", &Stub::CreatePerson) &&
      loader.Load("expert_groups", &Stub::CreateExpertGroup) &&
      loader.Load("networks", &Stub::CreateNetwork) &&
      loader.Load("topics", &v1::LibraryService::Stub::CreateTopic);
  loader.Report();
}

}  // namespace

void AddDirectoryCommands(CLI::App& app, Connection& connection) {
  CLI::App* directory = AddNoun(app, "directory", "The directory as a whole");
  auto path = std::make_shared<std::string>();
  AddVerb(
      *directory, "load", "Create what a file has and the directory has not",
      [&connection, path] { Load(connection, *path); },
      "  deploy/seed/merge >directory.json && neshast directory load directory.json\n")
      ->add_option("file", *path, "A JSON file such as deploy/seed/merge prints")
      ->required();
}

}  // namespace neshast::cli
