#include "directory/directory.h"

#include <string>
#include <type_traits>
#include <utility>

#include "absl/strings/str_cat.h"
#include "directory/confusable.h"
#include "directory/counterparts.h"
#include "neshast/v1/directory_service.pb.h"
#include "rpc/references.h"
#include "rpc/standard_methods.h"

namespace neshast {
namespace {

constexpr char kService[] = "neshast.v1.DirectoryService.";

using google::protobuf::Empty;
using google::protobuf::FieldDescriptor;
using google::protobuf::Message;

// The single field of message type `T` of a request or response: its resource.
template <class T>
const FieldDescriptor* ResourceField(const Message& message) {
  for (int i = 0; i < message.GetDescriptor()->field_count(); ++i) {
    const FieldDescriptor* field = message.GetDescriptor()->field(i);
    if (field->message_type() == T::descriptor()) return field;
  }
  return nullptr;
}

template <class T>
const T& ResourceIn(const Message& request) {
  return static_cast<const T&>(
      request.GetReflection()->GetMessage(request, ResourceField<T>(request)));
}

std::string TextIn(const Message& request, const std::string& field) {
  return request.GetReflection()->GetString(request,
                                            request.GetDescriptor()->FindFieldByName(field));
}

// The five standard methods of resource `T`, whose collection is `collection` and whose id field is
// `<field>_id`. The list takes a filter by city where its request has one.
template <class T, class GetRequest, class ListRequest, class ListResponse, class CreateRequest,
          class UpdateRequest, class DeleteRequest>
void AddStandard(const std::string& collection, const std::string& plural,
                 std::vector<Method>& methods) {
  const std::string kind = T::descriptor()->name();
  if constexpr (std::is_same_v<T, v1::City>) {
    methods.push_back(Bind(absl::StrCat(kService, "GetCity"), &GetCity));
  } else {
    methods.push_back(BindGet<GetRequest, T>(absl::StrCat(kService, "Get", kind)));
  }
  methods.push_back(Bind<ListRequest, ListResponse>(
      absl::StrCat(kService, "List", plural),
      [kind, collection](const Caller&, const ListRequest& request,
                         Transaction& tx) -> absl::StatusOr<ListResponse> {
        ListQuery query{.kind = kind, .parent = "", .list = {}, .after = ""};
        if (request.GetDescriptor()->FindFieldByName("city") != nullptr &&
            !TextIn(request, "city").empty()) {
          query.list = absl::StrCat(collection, "@", TextIn(request, "city"));
        }
        ASSIGN_OR_RETURN(auto page,
                         ListPage<T>(query, request.page_size(), request.page_token(), tx));
        ListResponse response;
        const FieldDescriptor* field = ResourceField<T>(response);
        for (T& resource : page.first) {
          response.GetReflection()->AddMessage(&response, field)->CopyFrom(resource);
        }
        response.set_next_page_token(page.second);
        return response;
      }));
  methods.push_back(Bind<CreateRequest, T>(
      absl::StrCat(kService, "Create", kind),
      [collection](const Caller& caller, const CreateRequest& request,
                   Transaction& tx) -> absl::StatusOr<T> {
        const FieldDescriptor* field = ResourceField<T>(request);
        const T& resource = ResourceIn<T>(request);
        RETURN_IF_ERROR(CheckReferences(resource, field->name(), tx));
        ASSIGN_OR_RETURN(
            T created,
            Create(caller, v1::ACTION_DIRECTORY_WRITE, resource,
                   absl::StrCat(collection, "/", TextIn(request, field->name() + "_id")), tx));
        return WithWarning(std::move(created), tx);
      }));
  methods.push_back(Bind<UpdateRequest, T>(
      absl::StrCat(kService, "Update", kind),
      [](const Caller& caller, const UpdateRequest& request, Transaction& tx) -> absl::StatusOr<T> {
        ASSIGN_OR_RETURN(T resource, Merge(ResourceIn<T>(request), request.update_mask(), tx));
        RETURN_IF_ERROR(CheckReferences(resource, ResourceField<T>(request)->name(), tx));
        // It must not be given away to a city that is not the caller's.
        RETURN_IF_ERROR(
            CheckMay(caller, v1::ACTION_DIRECTORY_WRITE, ObjectOf(resource), resource.name()));
        ASSIGN_OR_RETURN(T changed, tx.Put(std::move(resource)));
        return WithWarning(std::move(changed), tx);
      }));
  methods.push_back(Bind<DeleteRequest, Empty>(
      absl::StrCat(kService, "Delete", kind),
      [](const Caller&, const DeleteRequest& request, Transaction& tx) -> absl::StatusOr<Empty> {
        RETURN_IF_ERROR(tx.Get<T>(request.name(), request.etag()).status());
        RETURN_IF_ERROR(CheckUnused(request.name(), tx));
        RETURN_IF_ERROR(tx.Delete(request.name()));
        return Empty();
      }));
}

}  // namespace

std::vector<Method> DirectoryMethods() {
  std::vector<Method> methods;
  AddStandard<v1::City, v1::GetCityRequest, v1::ListCitiesRequest, v1::ListCitiesResponse,
              v1::CreateCityRequest, v1::UpdateCityRequest, v1::DeleteCityRequest>(
      "cities", "Cities", methods);
  AddStandard<v1::Organization, v1::GetOrganizationRequest, v1::ListOrganizationsRequest,
              v1::ListOrganizationsResponse, v1::CreateOrganizationRequest,
              v1::UpdateOrganizationRequest, v1::DeleteOrganizationRequest>(
      "organizations", "Organizations", methods);
  AddStandard<v1::Person, v1::GetPersonRequest, v1::ListPeopleRequest, v1::ListPeopleResponse,
              v1::CreatePersonRequest, v1::UpdatePersonRequest, v1::DeletePersonRequest>(
      "people", "People", methods);
  AddStandard<v1::ExpertGroup, v1::GetExpertGroupRequest, v1::ListExpertGroupsRequest,
              v1::ListExpertGroupsResponse, v1::CreateExpertGroupRequest,
              v1::UpdateExpertGroupRequest, v1::DeleteExpertGroupRequest>("expertGroups",
                                                                          "ExpertGroups", methods);
  AddStandard<v1::Network, v1::GetNetworkRequest, v1::ListNetworksRequest, v1::ListNetworksResponse,
              v1::CreateNetworkRequest, v1::UpdateNetworkRequest, v1::DeleteNetworkRequest>(
      "networks", "Networks", methods);
  methods.push_back(Bind(absl::StrCat(kService, "VouchForCounterpart"), &VouchForCounterpart));
  return methods;
}

}  // namespace neshast
