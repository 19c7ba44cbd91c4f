#include "cli/booking.h"

#include <iostream>

#include "neshast/v1/session_service.grpc.pb.h"

namespace neshast::cli {

CLI::Option* AddKindOption(CLI::App& command, std::string& kind) {
  return command.add_option("--kind", kind, "What kind of sitting it is")
      ->check(CLI::IsMember(WordsOf<v1::Session::Kind>()));
}

std::optional<v1::Session> DraftAndConfirm(Connection& connection,
                                           const v1::CreateSessionRequest& request) {
  using Stub = v1::SessionService::Stub;
  const auto draft = connection.Call(&Stub::CreateSession, request);
  if (!draft) return std::nullopt;
  auto confirm = Named<v1::ConfirmSessionRequest>("sessions", draft->name());
  confirm.set_etag(draft->etag());
  const auto session = connection.Call(&Stub::ConfirmSession, confirm);
  if (!session) {
    const std::string id = IdOf(draft->name());
    std::cerr << "The draft stays: neshast session confirm " << id
              << " tries again, neshast session cancel " << id << " withdraws it.\n";
  }
  return session;
}

}  // namespace neshast::cli
