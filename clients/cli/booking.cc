#include "cli/booking.h"

#include <algorithm>
#include <iostream>
#include <set>

#include "neshast/v1/directory_service.grpc.pb.h"
#include "neshast/v1/session_service.grpc.pb.h"

namespace neshast::cli {

CLI::Option* AddKindOption(CLI::App& command, std::string& kind) {
  return command.add_option("--kind", kind, "What kind of sitting it is")
      ->check(CLI::IsMember(WordsOf<v1::Session::Kind>()));
}

CLI::Option* AddForceReason(CLI::App& command, std::string& reason) {
  return command.add_option(
      "--force-reason", reason,
      "Why, though a clearance is missing or a counterpart not verified; for the record");
}

std::optional<std::vector<v1::Delegation>> DelegationsAt(Connection& connection,
                                                         const v1::SuggestTimesRequest& request,
                                                         const v1::Suggestion& suggestion) {
  const std::set<std::string> missing(suggestion.missing_people().begin(),
                                      suggestion.missing_people().end());
  std::vector<v1::Delegation> delegations(request.delegations().begin(),
                                          request.delegations().end());
  std::set<std::string> named;
  for (v1::Delegation& delegation : delegations) {
    named.insert(delegation.required_people().begin(), delegation.required_people().end());
    named.insert(delegation.optional_people().begin(), delegation.optional_people().end());
    auto& optional = *delegation.mutable_optional_people();
    optional.erase(std::remove_if(optional.begin(), optional.end(),
                                  [&](const std::string& each) { return missing.count(each) > 0; }),
                   optional.end());
  }
  for (const v1::PersonHour& hour : suggestion.people()) {
    if (named.count(hour.person()) > 0 || missing.count(hour.person()) > 0) continue;
    const auto person = connection.Call(&v1::DirectoryService::Stub::GetPerson,
                                        Named<v1::GetPersonRequest>("people", hour.person()));
    if (!person) return std::nullopt;
    for (v1::Delegation& delegation : delegations) {
      if (delegation.city() == person->city()) delegation.add_optional_people(person->name());
    }
  }
  return delegations;
}

std::optional<v1::Session> DraftAndConfirm(Connection& connection,
                                           const v1::CreateSessionRequest& request,
                                           const std::string& force_reason) {
  using Stub = v1::SessionService::Stub;
  const auto draft = connection.Call(&Stub::CreateSession, request);
  if (!draft) return std::nullopt;
  auto confirm = Named<v1::ConfirmSessionRequest>("sessions", draft->name());
  confirm.set_etag(draft->etag());
  confirm.set_force_reason(force_reason);
  const auto session = connection.Call(&Stub::ConfirmSession, confirm);
  if (!session) {
    const std::string id = IdOf(draft->name());
    std::cerr << "The draft stays: neshast session confirm " << id
              << " tries again, neshast session cancel " << id << " withdraws it.\n";
  }
  return session;
}

}  // namespace neshast::cli
