#include "store/store.h"

#include <condition_variable>
#include <mutex>
#include <utility>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"

namespace neshast {

absl::Status WriteAndWait(Store& store, Writer writer,
                          std::function<absl::Status(Transaction&)> fn) {
  std::mutex mutex;
  std::condition_variable finished;
  std::optional<absl::Status> result;
  store.Write(std::move(writer), std::move(fn), [&](absl::Status status) {
    // Notified under the lock: the waiter destroys both as soon as it sees the result.
    const std::lock_guard<std::mutex> lock(mutex);
    result = std::move(status);
    finished.notify_one();
  });
  std::unique_lock<std::mutex> lock(mutex);
  finished.wait(lock, [&] { return result.has_value(); });
  return *std::move(result);
}

std::string EtagOf(int64_t revision) {
  return absl::StrCat("r", revision);
}

std::optional<int64_t> RevisionOf(absl::string_view etag) {
  int64_t revision = 0;
  if (etag.empty() || !absl::SimpleAtoi(etag.substr(1), &revision)) return std::nullopt;
  // Only the one text that EtagOf makes: no sign, no leading zero, no space.
  if (revision < 1 || EtagOf(revision) != etag) return std::nullopt;
  return revision;
}

std::string ParentOf(absl::string_view name) {
  size_t segments = 1;
  for (const char c : name) segments += c == '/';
  // "sessions/x/minutes", an odd number of segments, is the one of its kind under its parent.
  for (size_t drop = segments % 2 == 0 ? 2 : 1; drop > 0; --drop) {
    const size_t slash = name.rfind('/');
    name = slash == absl::string_view::npos ? absl::string_view() : name.substr(0, slash);
  }
  return std::string(name);
}

absl::Status ParseDocument(const Document& document, google::protobuf::Message& message) {
  const google::protobuf::Descriptor& type = *message.GetDescriptor();
  if (document.kind != type.name() || !message.ParseFromString(document.body)) {
    return Error(absl::StatusCode::kInternal,
                 absl::StrCat("The stored ", document.kind, " ", document.name,
                              " cannot be read as ", type.name(), "."),
                 {.reason = "CORRUPT_DOCUMENT", .metadata = {{"name", document.name}}});
  }
  const google::protobuf::FieldDescriptor* etag = type.FindFieldByName("etag");
  if (etag != nullptr) {
    message.GetReflection()->SetString(&message, etag, EtagOf(document.revision));
  }
  return absl::OkStatus();
}

absl::StatusOr<std::unique_ptr<google::protobuf::Message>> MessageOf(const Document& document) {
  const auto* type = google::protobuf::DescriptorPool::generated_pool()->FindMessageTypeByName(
      absl::StrCat("neshast.v1.", document.kind));
  if (type == nullptr) return absl::InternalError("A document has a kind that is no message.");
  std::unique_ptr<google::protobuf::Message> message(
      google::protobuf::MessageFactory::generated_factory()->GetPrototype(type)->New());
  RETURN_IF_ERROR(ParseDocument(document, *message));
  return message;
}

absl::Status CheckEtag(int64_t revision, absl::string_view etag) {
  const std::string current = EtagOf(revision);
  if (etag.empty() || etag == current) return absl::OkStatus();
  return Error(absl::StatusCode::kAborted,
               "Someone has changed this since you read it. Read it again and repeat your change.",
               {.reason = "ETAG_MISMATCH", .metadata = {{"etag", current}}});
}

}  // namespace neshast
