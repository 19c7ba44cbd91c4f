#include "minutes/minutes.h"

#include <memory>
#include <utility>

#include "minutes/adoption.h"
#include "minutes/attendance.h"
#include "minutes/corrections.h"
#include "minutes/documents.h"
#include "minutes/entries.h"
#include "minutes/life.h"
#include "minutes/seal_key.h"
#include "minutes/sealing.h"
#include "minutes/start.h"
#include "neshast/v1/minutes_service.pb.h"
#include "neshast/v1/session.pb.h"
#include "rpc/references.h"
#include "rpc/standard_methods.h"
#include "sessions/booking.h"

namespace neshast {
namespace {

using v1::Minutes;
using v1::MinutesEntry;

absl::StatusOr<Minutes> StartMinutes(const Caller&, const v1::StartMinutesRequest& request,
                                     Transaction& tx) {
  ASSIGN_OR_RETURN(const v1::Session session, tx.Get<v1::Session>(request.session()));
  if (session.state() != v1::Session::STATE_HELD) {
    return WrongState(session, "a session that was held has minutes; closing it starts them");
  }
  RETURN_IF_ERROR(StartMinutesOf(session, tx));
  return tx.Get<Minutes>(MinutesName(session.name(), 1));
}

absl::StatusOr<v1::ListMinutesResponse> ListMinutes(const Caller&,
                                                    const v1::ListMinutesRequest& request,
                                                    Transaction& tx) {
  // Single digits: ordered by name is ordered by number.
  ASSIGN_OR_RETURN(auto page, ListPage<Minutes>({.kind = "Minutes", .parent = request.parent()},
                                                request.page_size(), request.page_token(), tx));
  v1::ListMinutesResponse response;
  for (Minutes& each : page.first) *response.add_minutes() = std::move(each);
  response.set_next_page_token(page.second);
  return response;
}

absl::StatusOr<Minutes> UpdateMinutes(const Caller&, const v1::UpdateMinutesRequest& request,
                                      Transaction& tx) {
  ASSIGN_OR_RETURN(Minutes minutes, Merge(request.minutes(), request.update_mask(), tx));
  RETURN_IF_ERROR(CheckDraft(minutes));
  RETURN_IF_ERROR(CheckReferences(minutes, "minutes", tx));
  *minutes.mutable_circle()->mutable_draft_readers() = minutes.draft_readers();
  RETURN_IF_ERROR(StampEntries(minutes, tx));
  return tx.Put(std::move(minutes));
}

absl::StatusOr<v1::ListEntriesResponse> ListEntries(const Caller&,
                                                    const v1::ListEntriesRequest& request,
                                                    Transaction& tx) {
  ASSIGN_OR_RETURN(auto page,
                   ListPage<MinutesEntry>({.kind = "MinutesEntry", .parent = request.parent()},
                                          request.page_size(), request.page_token(), tx));
  v1::ListEntriesResponse response;
  for (MinutesEntry& each : page.first) *response.add_entries() = std::move(each);
  response.set_next_page_token(page.second);
  return response;
}

// The methods that need the key of the seals.
std::vector<Method> SealMethods(const std::string& service, const std::string& path) {
  const auto key = std::make_shared<SealKey>(path);
  return {
      Bind<v1::SealMinutesRequest, Minutes>(
          service + "SealMinutes",
          [key](const Caller&, const v1::SealMinutesRequest& request, Transaction& tx) {
            return SealMinutes(*key, request, tx);
          }),
      Bind<v1::GetSealKeyRequest, v1::SealKey>(service + "GetSealKey",
                                               [key](const Caller&, const v1::GetSealKeyRequest&,
                                                     Transaction&) -> absl::StatusOr<v1::SealKey> {
                                                 v1::SealKey response;
                                                 ASSIGN_OR_RETURN(*response.mutable_public_key(),
                                                                  key->Public());
                                                 return response;
                                               }),
  };
}

}  // namespace

std::vector<Method> MinutesMethods(const std::string& seal_key_path) {
  const std::string service = "neshast.v1.MinutesService.";
  std::vector<Method> methods = {
      Bind(service + "StartMinutes", &StartMinutes),
      BindGet<v1::GetMinutesRequest, Minutes>(service + "GetMinutes"),
      Bind(service + "ListMinutes", &ListMinutes),
      Bind(service + "UpdateMinutes", &UpdateMinutes),
      Bind(service + "SetAttendance", &SetAttendance),
      Bind(service + "DeclarePresence", &DeclarePresence),
      BindGet<v1::GetEntryRequest, MinutesEntry>(service + "GetEntry"),
      Bind(service + "ListEntries", &ListEntries),
      Bind(service + "CreateEntry", &CreateEntry),
      Bind(service + "UpdateEntry", &UpdateEntry),
      Bind(service + "SetTranslation", &SetTranslation),
      Bind(service + "DeleteEntry", &DeleteEntry),
      Bind(service + "CirculateMinutes", &CirculateMinutes),
      Bind(service + "FileCorrection", &FileCorrection),
      Bind(service + "DecideCorrection", &DecideCorrection),
      Bind(service + "AnnexStatement", &AnnexStatement),
      Bind(service + "ReissueMinutes", &ReissueMinutes),
      Bind(service + "AdoptMinutes", &AdoptMinutes),
      Bind(service + "DeclineMinutes", &DeclineMinutes),
      Bind(service + "AmendMinutes", &AmendMinutes),
      Bind(service + "ExportSealed", &ExportSealed),
  };
  for (Method& method : SealMethods(service, seal_key_path)) methods.push_back(std::move(method));
  return methods;
}

}  // namespace neshast
