#include "changes/changes.h"

#include <algorithm>
#include <map>
#include <optional>
#include <utility>

#include "absl/strings/escaping.h"
#include "changes/sync_token.h"
#include "neshast/v1/change_service.pb.h"
#include "rpc/policy.h"
#include "store/chain.h"

namespace neshast {
namespace {

using v1::ChangedResource;

constexpr int kDefaultPage = 50;
constexpr int kLargestPage = 1000;
constexpr int kWatchPage = 100;
constexpr size_t kWatchPageBytes = 65536;  // what a reader that does not read costs

// Whose log the caller may follow; nullopt: everybody's.
std::optional<std::vector<std::string>> AudiencesOf(const Caller& caller) {
  switch (caller.role) {
    case v1::ROLE_PROTOCOL_OFFICER:
    case v1::ROLE_ADMINISTRATOR:
    case v1::ROLE_AUDITOR:
      return std::nullopt;
    case v1::ROLE_DELEGATION_SECRETARY:
    case v1::ROLE_SCRIPT:
      return std::vector<std::string>{caller.city, "directory"};
    default: {
      std::vector<std::string> audiences;
      if (!caller.person.empty()) audiences.push_back(caller.person);
      if (caller.role == v1::ROLE_DELEGATE) audiences.emplace_back("directory");
      return audiences;
    }
  }
}

const google::protobuf::FieldDescriptor* FieldOf(const std::string& kind) {
  const auto* descriptor = ChangedResource::descriptor();
  for (int i = 0; i < descriptor->field_count(); ++i) {
    const auto* field = descriptor->field(i);
    if (field->containing_oneof() != nullptr && field->message_type()->name() == kind) return field;
  }
  return nullptr;
}

v1::Action ActionThatReads(const std::string& kind) {
  if (kind == "Session" || kind == "Series" || kind == "Document" || kind == "Commitment") {
    return v1::ACTION_SESSION_READ;
  }
  if (kind == "Proposal") return v1::ACTION_PROPOSAL_READ;
  if (kind == "Minutes" || kind == "MinutesEntry") return v1::ACTION_MINUTES_READ;
  return v1::ACTION_DIRECTORY_READ;
}

// Neither deleted nor given to other parties: who may not see it now never might, and learns not
// even its name.
bool IsKeptForGood(const std::string& kind) {
  return kind == "Document" || kind == "Commitment";
}

// Fills in the resource of `changed` as it is now, unless it went or the caller may not see it.
absl::Status FillResource(const Caller& caller, const google::protobuf::FieldDescriptor* field,
                          Transaction& tx, ChangedResource& changed) {
  const auto document = tx.GetDocument(changed.name());
  if (absl::IsNotFound(document.status())) return absl::OkStatus();
  RETURN_IF_ERROR(document.status());
  const auto* reflection = changed.GetReflection();
  auto* resource = reflection->MutableMessage(&changed, field);
  RETURN_IF_ERROR(ParseDocument(*document, *resource));
  const Verdict verdict = Authorize(caller, ActionThatReads(document->kind), ObjectOf(*resource));
  if (verdict != Verdict::kAllow && verdict != Verdict::kMasked) {
    reflection->ClearField(&changed, field);
  }
  return absl::OkStatus();
}

// The log after `after` as this caller sees it: each resource once, at its newest change.
absl::StatusOr<v1::SyncChangesResponse> ChangesSince(const Caller& caller, const std::string& epoch,
                                                     int64_t after, int limit, Transaction& tx) {
  const auto audiences = AudiencesOf(caller);
  std::vector<Change> changes;
  if (!audiences.has_value() || !audiences->empty()) {
    ASSIGN_OR_RETURN(changes,
                     tx.Changes({.after = after, .limit = limit + 1, .audiences = audiences}));
  }
  v1::SyncChangesResponse response;
  response.set_more(changes.size() > static_cast<size_t>(limit));
  if (response.more()) changes.pop_back();
  ASSIGN_OR_RETURN(const int64_t newest, tx.Revision());
  response.set_next_sync_token(
      SyncToken(epoch, response.more() ? changes.back().revision : newest));
  std::map<std::string, int64_t> last;
  for (const Change& change : changes) last[change.name] = change.revision;
  for (const Change& change : changes) {
    const auto* field = FieldOf(change.kind);
    if (field == nullptr || last[change.name] != change.revision) continue;
    // Who may never see a kind of thing learns not even the names of such things.
    const v1::Action read = ActionThatReads(change.kind);
    if (Authorize(caller, read, Object()) == Verdict::kForbidden) continue;
    ChangedResource& changed = *response.add_changes();
    changed.set_name(change.name);
    changed.set_revision(change.revision);
    changed.mutable_change_time()->set_seconds(absl::ToUnixSeconds(change.at));
    RETURN_IF_ERROR(FillResource(caller, field, tx, changed));
    if (IsKeptForGood(change.kind) &&
        changed.resource_case() == ChangedResource::RESOURCE_NOT_SET) {
      response.mutable_changes()->RemoveLast();
    }
  }
  return response;
}

absl::StatusOr<v1::SyncChangesResponse> Sync(const std::string& epoch, const Caller& caller,
                                             const v1::SyncChangesRequest& request,
                                             Transaction& tx) {
  ASSIGN_OR_RETURN(const int64_t newest, tx.Revision());
  ASSIGN_OR_RETURN(const int64_t after, ReadSyncToken(request.sync_token(), epoch, newest));
  const int limit =
      request.page_size() <= 0 ? kDefaultPage : std::min(request.page_size(), kLargestPage);
  return ChangesSince(caller, epoch, after, limit, tx);
}

absl::StatusOr<WatchPage> Next(const std::string& epoch, const Caller& caller,
                               const v1::WatchChangesRequest& request, const std::string& position,
                               Transaction& tx) {
  ASSIGN_OR_RETURN(const int64_t newest, tx.Revision());
  ASSIGN_OR_RETURN(
      const int64_t after,
      ReadSyncToken(position.empty() ? request.sync_token() : position, epoch, newest));
  ASSIGN_OR_RETURN(v1::SyncChangesResponse since,
                   ChangesSince(caller, epoch, after, kWatchPage, tx));
  WatchPage page;
  page.position = since.next_sync_token();
  page.more = since.more();
  size_t bytes = 0;
  int64_t revision = 0;
  for (ChangedResource& change : *since.mutable_changes()) {
    if (bytes > kWatchPageBytes) {
      page.position = SyncToken(epoch, revision);
      page.more = true;
      break;
    }
    revision = change.revision();
    auto item = std::make_unique<v1::WatchChangesResponse>();
    item->set_sync_token(SyncToken(epoch, revision));
    *item->mutable_change() = std::move(change);
    bytes += item->ByteSizeLong();
    page.items.push_back(std::move(item));
  }
  return page;
}

absl::StatusOr<v1::VerifyLogResponse> Verify(const Caller&, const v1::VerifyLogRequest&,
                                             Transaction& tx) {
  ASSIGN_OR_RETURN(const VerifiedLog verified, VerifyLog(tx));
  v1::VerifyLogResponse response;
  response.set_entries(verified.revision);
  response.set_head_hash(absl::BytesToHexString(verified.hash));
  return response;
}

}  // namespace

std::vector<Method> ChangeMethods(const std::string& epoch) {
  const std::string service = "neshast.v1.ChangeService.";
  return {
      Bind<v1::SyncChangesRequest, v1::SyncChangesResponse>(
          service + "SyncChanges",
          [epoch](const Caller& caller, const v1::SyncChangesRequest& request, Transaction& tx) {
            return Sync(epoch, caller, request, tx);
          }),
      Bind(service + "VerifyLog", &Verify),
  };
}

WatchMethod WatchChanges(const std::string& epoch) {
  const std::string name = "neshast.v1.ChangeService.WatchChanges";
  return {
      .name = name,
      .policy = PolicyOf(name),
      .request = &v1::WatchChangesRequest::default_instance(),
      .audiences = AudiencesOf,
      .next =
          [epoch](const Caller& caller, const google::protobuf::Message& request,
                  const std::string& position, Transaction& tx) {
            return Next(epoch, caller, static_cast<const v1::WatchChangesRequest&>(request),
                        position, tx);
          },
      .heartbeat =
          [](const std::string& position) {
            auto heartbeat = std::make_unique<v1::WatchChangesResponse>();
            heartbeat->set_sync_token(position);
            return heartbeat;
          },
  };
}

}  // namespace neshast
