#include "library/library.h"

#include <string>
#include <utility>

#include "absl/strings/str_cat.h"
#include "library/parts.h"
#include "neshast/v1/library_service.pb.h"
#include "rpc/references.h"
#include "rpc/standard_methods.h"

namespace neshast {
namespace {

using google::protobuf::Empty;

absl::StatusOr<v1::ListTopicsResponse> ListTopics(const Caller&,
                                                  const v1::ListTopicsRequest& request,
                                                  Transaction& tx) {
  ASSIGN_OR_RETURN(auto page, ListPage<v1::Topic>({.kind = "Topic"}, request.page_size(),
                                                  request.page_token(), tx));
  v1::ListTopicsResponse response;
  for (v1::Topic& topic : page.first) *response.add_topics() = std::move(topic);
  response.set_next_page_token(page.second);
  return response;
}

absl::StatusOr<v1::Topic> CreateTopic(const Caller& caller, const v1::CreateTopicRequest& request,
                                      Transaction& tx) {
  return Create(caller, v1::ACTION_LIBRARY_WRITE, request.topic(),
                absl::StrCat("topics/", request.topic_id()), tx);
}

absl::StatusOr<v1::Topic> UpdateTopic(const Caller&, const v1::UpdateTopicRequest& request,
                                      Transaction& tx) {
  ASSIGN_OR_RETURN(v1::Topic topic, Merge(request.topic(), request.update_mask(), tx));
  return tx.Put(std::move(topic));
}

absl::StatusOr<Empty> DeleteTopic(const Caller&, const v1::DeleteTopicRequest& request,
                                  Transaction& tx) {
  RETURN_IF_ERROR(tx.Get<v1::Topic>(request.name(), request.etag()).status());
  RETURN_IF_ERROR(CheckUnused(request.name(), tx));
  RETURN_IF_ERROR(tx.Delete(request.name()));
  return Empty();
}

}  // namespace

absl::Status CheckRoom(const std::string& field, int size, int limit) {
  if (size < limit) return absl::OkStatus();
  return Error(absl::StatusCode::kResourceExhausted,
               absl::StrCat("There are ", limit, " ", field, " already, which is all it may hold."),
               {.reason = "LIST_FULL",
                .metadata = {{"field", field}, {"limit", absl::StrCat(limit)}},
                .violations = {}});
}

std::vector<Method> LibraryMethods() {
  const std::string service = kLibraryService;
  std::vector<Method> methods = {
      BindGet<v1::GetTopicRequest, v1::Topic>(service + "GetTopic"),
      Bind(service + "ListTopics", &ListTopics),
      Bind(service + "CreateTopic", &CreateTopic),
      Bind(service + "UpdateTopic", &UpdateTopic),
      Bind(service + "DeleteTopic", &DeleteTopic),
  };
  for (auto part : {PracticeMethods(), InitiativeMethods()}) {
    methods.insert(methods.end(), part.begin(), part.end());
  }
  return methods;
}

}  // namespace neshast
