#include "rpc/server.h"

#include <google/protobuf/descriptor.h>
#include <grpcpp/ext/proto_server_reflection_plugin.h>
#include <grpcpp/grpcpp.h>
#include <grpcpp/health_check_service_interface.h>
#include <grpcpp/impl/codegen/server_callback_handlers.h>
#include <grpcpp/impl/service_type.h>
#include <grpcpp/resource_quota.h>
#include <grpcpp/support/proto_buffer_reader.h>

#include <atomic>
#include <filesystem>
#include <random>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/strings/str_replace.h"
#include "rpc/front.h"
#include "rpc/grpc_status.h"
#include "rpc/watch.h"

namespace neshast {
namespace {

// The limits of facts that were measured: one connection must not exhaust the server.
constexpr int kMaxReceive = 256 * 1024;
constexpr int kMaxMetadata = 8 * 1024;
constexpr int kMaxStreamsPerConnection = 100;

constexpr absl::string_view kUnix = "unix:";

std::string NewCorrelationId() {
  static std::atomic<uint64_t> next{std::random_device()()};
  return absl::StrFormat("%012x", next.fetch_add(1) & 0xffffffffffff);
}

Call ToCall(grpc::CallbackServerContext* context, bool has_front) {
  Call call;
  call.credentials = CredentialsOf(*context, has_front);
  call.correlation_id = NewCorrelationId();
  call.abandoned = [deadline = context->deadline()] {
    return deadline < std::chrono::system_clock::now();
  };
  return call;
}

// Null when the bytes are no such message.
MessagePtr Parse(const google::protobuf::Message* prototype, const grpc::ByteBuffer& bytes) {
  MessagePtr message(prototype->New());
  grpc::ByteBuffer copy(bytes);
  grpc::ProtoBufferReader reader(&copy);
  return reader.status().ok() && message->ParseFromZeroCopyStream(&reader) ? std::move(message)
                                                                           : nullptr;
}

absl::Status Malformed() {
  return Error(absl::StatusCode::kInvalidArgument,
               "The request is not a message of this method, or holds text that is not UTF-8.",
               {.reason = "INVALID_FIELD", .metadata = {}, .violations = {}});
}

// A stream that ends before it begins.
class RefusedStream : public grpc::ServerWriteReactor<grpc::ByteBuffer> {
 public:
  explicit RefusedStream(const absl::Status& why) { Finish(ToGrpc(why, "")); }
  void OnDone() override { delete this; }
};

// "/neshast.v1.SessionService/GetSession"
std::string PathOf(const std::string& method) {
  const size_t dot = method.rfind('.');
  return absl::StrCat("/", method.substr(0, dot), "/", method.substr(dot + 1));
}

// One service of the contract, its methods bound at run time as generated code binds them.
class BoundService : public grpc::Service {
 public:
  BoundService(Dispatcher& dispatcher, bool has_front)
      : dispatcher_(dispatcher), has_front_(has_front) {}

  void Add(Method bound) {
    const Method& method = *methods_.emplace_back(std::make_unique<Method>(std::move(bound)));
    AddPath(method.name, grpc::internal::RpcMethod::NORMAL_RPC);
    MarkMethodCallback(
        count_++, new grpc::internal::CallbackUnaryHandler<grpc::ByteBuffer, grpc::ByteBuffer>(
                      [this, &method](grpc::CallbackServerContext* context,
                                      const grpc::ByteBuffer* request, grpc::ByteBuffer* response) {
                        return Answer(method, context, *request, response);
                      }));
  }

  void Add(WatchMethod bound, WatchHub& hub) {
    const WatchMethod& method =
        *watches_.emplace_back(std::make_unique<WatchMethod>(std::move(bound)));
    AddPath(method.name, grpc::internal::RpcMethod::SERVER_STREAMING);
    MarkMethodCallback(
        count_++,
        new grpc::internal::CallbackServerStreamingHandler<grpc::ByteBuffer, grpc::ByteBuffer>(
            [this, &method, &hub](
                grpc::CallbackServerContext* context,
                const grpc::ByteBuffer* bytes) -> grpc::ServerWriteReactor<grpc::ByteBuffer>* {
              MessagePtr request = Parse(method.request, *bytes);
              if (request == nullptr) return new RefusedStream(Malformed());
              return hub.Open(method, std::move(request), ToCall(context, has_front_));
            }));
  }

 private:
  void AddPath(const std::string& name, grpc::internal::RpcMethod::RpcType type) {
    paths_.push_back(std::make_unique<std::string>(PathOf(name)));
    AddMethod(new grpc::internal::RpcServiceMethod(paths_.back()->c_str(), type, nullptr));
  }

  grpc::ServerUnaryReactor* Answer(const Method& method, grpc::CallbackServerContext* context,
                                   const grpc::ByteBuffer& bytes, grpc::ByteBuffer* response) {
    grpc::ServerUnaryReactor* reactor = context->DefaultReactor();
    Call call = ToCall(context, has_front_);
    MessagePtr request = Parse(method.request, bytes);
    if (request == nullptr) {
      reactor->Finish(ToGrpc(Malformed(), call.correlation_id));
      return reactor;
    }
    const std::string id = call.correlation_id;
    dispatcher_.Run(method, std::move(request), std::move(call),
                    [reactor, response, id](absl::StatusOr<MessagePtr> answer) {
                      if (answer.ok()) {
                        const grpc::Slice slice((*answer)->SerializeAsString());
                        *response = grpc::ByteBuffer(&slice, 1);
                      }
                      reactor->Finish(ToGrpc(answer.status(), id));
                    });
    return reactor;
  }

  Dispatcher& dispatcher_;
  const bool has_front_;
  int count_ = 0;
  std::vector<std::unique_ptr<std::string>> paths_;  // gRPC keeps pointers into them
  std::vector<std::unique_ptr<Method>> methods_;
  std::vector<std::unique_ptr<WatchMethod>> watches_;
};

absl::Status CheckMethod(const std::string& name, const v1::MethodPolicy& policy,
                         const google::protobuf::Message* request) {
  const auto* method = google::protobuf::DescriptorPool::generated_pool()->FindMethodByName(name);
  if (method == nullptr || method->input_type() != request->GetDescriptor() ||
      policy.action() == v1::ACTION_UNSPECIFIED ||
      policy.execution() == v1::EXECUTION_UNSPECIFIED) {
    return absl::InvalidArgumentError(
        absl::StrCat(name, " is no method of the contract with this request and a policy."));
  }
  return absl::OkStatus();
}

bool IsUnix(const std::string& address) {
  return absl::StartsWith(address, kUnix);
}

bool IsLoopback(const std::string& address) {
  return absl::StartsWith(address, "127.0.0.1:") || absl::StartsWith(address, "[::1]:") ||
         absl::StartsWith(address, "localhost:") || IsUnix(address);
}

absl::Status CheckAddresses(const ServerOptions& options) {
  if (!IsLoopback(options.listen)) {
    return absl::InvalidArgumentError(
        absl::StrCat("Cannot listen at ", options.listen,
                     ": only a loopback address or a Unix socket is safe. Put the front of "
                     "deploy/proxy before it."));
  }
  if (!options.front.empty() && (!IsUnix(options.front) || IsUnix(options.listen))) {
    return absl::InvalidArgumentError(
        "The front needs a Unix socket (unix:PATH) that nobody else uses: listen for other callers "
        "at a loopback address.");
  }
  return absl::OkStatus();
}

void Configure(const ServerOptions& options, grpc::ServerBuilder& builder, int* port) {
  grpc::EnableDefaultHealthCheckService(true);
  if (options.reflection) grpc::reflection::InitProtoReflectionServerBuilderPlugin();
  builder.AddListeningPort(options.listen, grpc::InsecureServerCredentials(), port);
  if (!options.front.empty()) {
    builder.AddListeningPort(options.front, grpc::InsecureServerCredentials());
  }
  builder.SetMaxReceiveMessageSize(kMaxReceive);
  builder.AddChannelArgument(GRPC_ARG_ALLOW_REUSEPORT, 0);
  builder.AddChannelArgument(GRPC_ARG_MAX_METADATA_SIZE, kMaxMetadata);
  builder.AddChannelArgument(GRPC_ARG_MAX_CONCURRENT_STREAMS, kMaxStreamsPerConnection);
  builder.AddChannelArgument(GRPC_ARG_SERVER_HANDSHAKE_TIMEOUT_MS, 5000);
  builder.AddChannelArgument(GRPC_ARG_HTTP2_MIN_RECV_PING_INTERVAL_WITHOUT_DATA_MS, 60000);
  builder.AddChannelArgument(GRPC_ARG_HTTP2_MAX_PING_STRIKES, 2);
  builder.AddChannelArgument(GRPC_ARG_KEEPALIVE_TIME_MS, 60000);
  builder.AddChannelArgument(GRPC_ARG_KEEPALIVE_TIMEOUT_MS, 20000);
  builder.AddChannelArgument(GRPC_ARG_MAX_CONNECTION_IDLE_MS, 600000);
  builder.SetResourceQuota(grpc::ResourceQuota("neshastd").Resize(256 * 1024 * 1024));
}

class GrpcServer : public Server {
 public:
  GrpcServer(Store& store, Dispatcher& dispatcher, const ServerOptions& options)
      : options_(options), dispatcher_(dispatcher), hub_(store, dispatcher) {}
  ~GrpcServer() override { Stop(absl::ZeroDuration()); }

  absl::Status Begin(std::vector<Method> methods, std::vector<WatchMethod> watches) {
    for (Method& method : methods) {
      RETURN_IF_ERROR(CheckMethod(method.name, method.policy, method.request));
      BoundService& service = ServiceOf(method.name);
      service.Add(std::move(method));
    }
    for (WatchMethod& watch : watches) {
      RETURN_IF_ERROR(CheckMethod(watch.name, watch.policy, watch.request));
      BoundService& service = ServiceOf(watch.name);
      service.Add(std::move(watch), hub_);
    }
    grpc::ServerBuilder builder;
    Configure(options_, builder, &port_);
    for (auto& [name, service] : services_) builder.RegisterService(service.get());
    server_ = builder.BuildAndStart();
    if (server_ == nullptr || (port_ == 0 && !IsUnix(options_.listen))) {
      return absl::UnavailableError(
          absl::StrCat("Cannot listen at ", options_.listen, options_.front.empty() ? "" : " or ",
                       options_.front, ": another server has it. Stop that one first."));
    }
    return options_.front.empty() ? absl::OkStatus() : LetFrontConnect();
  }

  int port() const override { return port_; }

  void Stop(absl::Duration grace) override {
    hub_.Stop();
    if (server_ == nullptr) return;
    server_->GetHealthCheckService()->SetServingStatus(false);
    server_->Shutdown(absl::ToChronoTime(absl::Now() + grace));
    server_->Wait();
    server_.reset();
  }

 private:
  BoundService& ServiceOf(const std::string& method) {
    auto& service = services_[method.substr(0, method.rfind('.'))];
    if (service == nullptr) {
      service = std::make_unique<BoundService>(dispatcher_, !options_.front.empty());
    }
    return *service;
  }

  // Who can connect to the front's socket can say that anybody calls: its owner and group only.
  absl::Status LetFrontConnect() {
    using std::filesystem::perms;
    const std::string path = options_.front.substr(kUnix.size());
    std::error_code failure;
    std::filesystem::permissions(
        path, perms::owner_read | perms::owner_write | perms::group_read | perms::group_write,
        failure);
    if (!failure) return absl::OkStatus();
    return absl::UnavailableError(absl::StrCat("Cannot set who may connect to ", path, "."));
  }

  const ServerOptions options_;
  Dispatcher& dispatcher_;
  WatchHub hub_;
  std::map<std::string, std::unique_ptr<BoundService>> services_;
  std::unique_ptr<grpc::Server> server_;
  int port_ = 0;
};

}  // namespace

absl::StatusOr<std::unique_ptr<Server>> Server::Start(const ServerOptions& options, Store& store,
                                                      Dispatcher& dispatcher,
                                                      std::vector<Method> methods,
                                                      std::vector<WatchMethod> watches) {
  RETURN_IF_ERROR(CheckAddresses(options));
  auto server = std::make_unique<GrpcServer>(store, dispatcher, options);
  RETURN_IF_ERROR(server->Begin(std::move(methods), std::move(watches)));
  return server;
}

}  // namespace neshast
