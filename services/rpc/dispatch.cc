#include "rpc/dispatch.h"

#include <google/protobuf/descriptor.h>
#include <google/protobuf/io/coded_stream.h>
#include <google/protobuf/io/zero_copy_stream_impl_lite.h>

#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "absl/time/clock.h"
#include "neshast/v1/rules.pb.h"
#include "rpc/policy.h"
#include "rpc/validate.h"
#include "store/chain.h"

namespace neshast {
namespace {

using google::protobuf::FieldDescriptor;
using google::protobuf::Message;

constexpr double kCallsPerSecond = 5000;
constexpr double kBurst = 10000;
constexpr int kComputeThreads = 2;
constexpr size_t kComputeQueue = 200;

// The text at `path` ("session.name") of `message`; empty where any part of it is absent.
std::string TextAt(const Message& message, absl::string_view path) {
  if (path.empty()) return "";
  const Message* at = &message;
  const std::vector<std::string> parts = absl::StrSplit(path, '.');
  for (size_t i = 0; i < parts.size(); ++i) {
    const FieldDescriptor* field = at->GetDescriptor()->FindFieldByName(parts[i]);
    if (field == nullptr) return "";
    if (i + 1 == parts.size()) return at->GetReflection()->GetString(*at, field);
    at = &at->GetReflection()->GetMessage(*at, field);
  }
  return "";
}

bool FlagAt(const Message& message, const char* name) {
  const FieldDescriptor* field = message.GetDescriptor()->FindFieldByName(name);
  return field != nullptr && message.GetReflection()->GetBool(message, field);
}

std::string RequestIdOf(const Message& request) {
  // A dry run has no effect that a repeat could double.
  if (request.GetDescriptor()->FindFieldByName("request_id") == nullptr ||
      FlagAt(request, "validate_only")) {
    return "";
  }
  return TextAt(request, "request_id");
}

// The same bytes for the same request: maps come in any order otherwise.
std::string CanonicalBytes(const Message& message) {
  std::string bytes;
  {
    google::protobuf::io::StringOutputStream stream(&bytes);
    google::protobuf::io::CodedOutputStream output(&stream);
    output.SetSerializationDeterministic(true);
    message.SerializeToCodedStream(&output);
  }
  return bytes;
}

// What is kept of an answer to give it again: all but a secret, which is shown once only and lies
// nowhere.
std::string Recorded(const Message& answer) {
  const FieldDescriptor* secret = answer.GetDescriptor()->FindFieldByName("secret");
  if (secret == nullptr) return answer.SerializeAsString();
  const MessagePtr kept(answer.New());
  kept->CopyFrom(answer);
  kept->GetReflection()->ClearField(kept.get(), secret);
  return kept->SerializeAsString();
}

absl::Status Reused() {
  return Error(absl::StatusCode::kInvalidArgument,
               "This request_id was used for another request. Use a new one.",
               {.reason = "REQUEST_ID_REUSED", .metadata = {}, .violations = {}});
}

absl::Status DeadlinePassed() {
  return Error(absl::StatusCode::kDeadlineExceeded,
               "The call's deadline had passed before it was begun; nothing was written.",
               {.reason = "DEADLINE_PASSED", .metadata = {}, .violations = {}});
}

MessagePtr New(const Message* prototype) {
  return MessagePtr(prototype->New());
}

}  // namespace

v1::MethodPolicy PolicyOf(absl::string_view method_name) {
  const auto* method = google::protobuf::DescriptorPool::generated_pool()->FindMethodByName(
      std::string(method_name));
  return method == nullptr ? v1::MethodPolicy() : method->options().GetExtension(v1::policy);
}

Dispatcher::Dispatcher(Store& store, Authenticator& authenticator, Metrics& metrics)
    : store_(store),
      authenticator_(authenticator),
      metrics_(metrics),
      rate_limit_(kCallsPerSecond, kBurst),
      pool_(kComputeThreads, kComputeQueue) {}

absl::StatusOr<Caller> Dispatcher::Admit(v1::Action action, const Call& call,
                                         const Message& request) {
  ASSIGN_OR_RETURN(Caller caller, authenticator_.Authenticate(call.credentials));
  caller.correlation_id = call.correlation_id;
  RETURN_IF_ERROR(rate_limit_.Take(caller.principal, absl::Now()));
  RETURN_IF_ERROR(CheckMay(caller, action, Object(), ""));
  RETURN_IF_ERROR(Validate(request));
  return caller;
}

absl::StatusOr<Caller> Dispatcher::StillAdmitted(v1::Action action, const Call& call) {
  ASSIGN_OR_RETURN(Caller caller, authenticator_.Authenticate(call.credentials));
  caller.correlation_id = call.correlation_id;
  RETURN_IF_ERROR(CheckMay(caller, action, Object(), ""));
  return caller;
}

void Dispatcher::Finished(absl::string_view method_name, const std::string& principal,
                          const Call& call, const absl::Status& status, absl::Duration took) {
  metrics_.Finished(method_name, principal.empty() ? "-" : principal, call.correlation_id, status,
                    took);
}

absl::StatusOr<MessagePtr> Dispatcher::Handle(const Method& method, const Caller& caller,
                                              const Message& request, Transaction& tx) {
  const v1::MethodPolicy& policy = method.policy;
  if (!policy.object().empty()) {
    const std::string name = TextAt(request, policy.object());
    ASSIGN_OR_RETURN(const Document document, tx.GetDocument(name));
    ASSIGN_OR_RETURN(MessagePtr resource, MessageOf(document));
    RETURN_IF_ERROR(CheckMay(caller, policy.action(), ObjectOf(*resource), name));
    if (method.shows_object && resource->GetDescriptor() == method.response->GetDescriptor()) {
      return resource;
    }
  }
  return method.handle(caller, request, tx);
}

void Dispatcher::RunWrite(const Method& method, const std::shared_ptr<Message>& request,
                          const Caller& caller, Call call, Done done) {
  auto answer = std::make_shared<MessagePtr>();
  Writer writer{caller.principal, method.name};
  auto write = [this, &method, request, caller, call = std::move(call),
                answer](Transaction& tx) -> absl::Status {
    if (call.abandoned()) return DeadlinePassed();
    const std::string id = RequestIdOf(*request);
    const std::string digest =
        id.empty() ? "" : Sha256(absl::StrCat(method.name, "\n", CanonicalBytes(*request)));
    if (!id.empty()) {
      ASSIGN_OR_RETURN(const auto recorded, tx.FindAnswer(caller.principal, id));
      if (recorded.has_value()) {
        if (recorded->request_digest != digest) return Reused();
        *answer = New(method.response);
        (*answer)->ParseFromString(recorded->response);
        return absl::OkStatus();
      }
    }
    ASSIGN_OR_RETURN(*answer, Handle(method, caller, *request, tx));
    if (id.empty()) return absl::OkStatus();
    return tx.RecordAnswer(caller.principal, id, {digest, Recorded(**answer)});
  };
  store_.Write(std::move(writer), std::move(write),
               [caller, answer, done = std::move(done)](const absl::Status& status) {
                 if (!status.ok()) return done(status);
                 Redact(caller, **answer);
                 done(std::move(*answer));
               });
}

void Dispatcher::Run(const Method& method, MessagePtr request, Call call, Done done) {
  const absl::Time began = absl::Now();
  auto principal = std::make_shared<std::string>("-");
  Done finish = [this, &method, began, principal, id = call.correlation_id,
                 done = std::move(done)](absl::StatusOr<MessagePtr> answer) {
    metrics_.Finished(method.name, *principal, id, answer.status(), absl::Now() - began);
    done(std::move(answer));
  };
  auto admitted = Admit(method.policy.action(), call, *request);
  if (!admitted.ok()) return finish(admitted.status());
  *principal = admitted->principal;

  std::shared_ptr<Message> shared = std::move(request);
  const v1::Execution execution = method.policy.execution();
  if (execution == v1::EXECUTION_WRITE) {
    return RunWrite(method, shared, *admitted, std::move(call), std::move(finish));
  }
  auto read = [this, &method, shared, caller = *std::move(admitted), call, finish] {
    if (call.abandoned()) return finish(DeadlinePassed());
    absl::StatusOr<MessagePtr> answer = absl::InternalError("The read did not run.");
    const absl::Status status = store_.Read([&](Transaction& tx) {
      answer = Handle(method, caller, *shared, tx);
      return answer.status();
    });
    if (!status.ok()) return finish(status);
    Redact(caller, **answer);
    finish(std::move(answer));
  };
  if (execution == v1::EXECUTION_READ) return read();
  if (!pool_.Add(read)) {
    finish(Error(absl::StatusCode::kResourceExhausted,
                 "Too many searches run at once. Call again in a second.",
                 {.reason = "RATE_LIMITED", .metadata = {}, .violations = {}}));
  }
}

}  // namespace neshast
