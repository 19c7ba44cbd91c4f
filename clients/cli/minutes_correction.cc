// minutes correct, accept, reject, annex
#include <memory>

#include "cli/minutes.h"

namespace neshast::cli {
namespace {

using Stub = v1::MinutesService::Stub;

// What these commands take from the command line.
struct Arguments {
  WhichMinutes which;
  std::string entry;
  std::string correction;
  std::string city;
  std::string language;
  std::string text;
  std::string remark;
};

template <class Request>
void Act(Connection& connection, const Request& request,
         grpc::Status (Stub::*method)(grpc::ClientContext*, const Request&, v1::MinutesEntry*)) {
  const auto entry = connection.Call(method, request);
  if (entry) ShowEntry(connection, *entry);
}

template <class Request>
std::optional<Request> OfEntry(Connection& connection, const Arguments& arguments) {
  const auto minutes = FindMinutes(connection, arguments.which);
  if (!minutes) return std::nullopt;
  return Named<Request>(minutes->name() + "/entries", arguments.entry);
}

void Correct(Connection& connection, const Arguments& arguments) {
  auto request = OfEntry<v1::FileCorrectionRequest>(connection, arguments);
  if (!request) return;
  if (!arguments.city.empty()) request->set_city(ResourceName("cities", arguments.city));
  request->set_language(arguments.language);
  request->set_text(arguments.text);
  request->set_remark(arguments.remark);
  Act(connection, *request, &Stub::FileCorrection);
}

void Decide(Connection& connection, const Arguments& arguments, bool accept) {
  auto request = OfEntry<v1::DecideCorrectionRequest>(connection, arguments);
  if (!request) return;
  request->set_correction_id(arguments.correction);
  request->set_accept(accept);
  request->set_remark(arguments.remark);
  Act(connection, *request, &Stub::DecideCorrection);
}

void Accept(Connection& connection, const Arguments& arguments) {
  Decide(connection, arguments, true);
}

void Reject(Connection& connection, const Arguments& arguments) {
  Decide(connection, arguments, false);
}

void Annex(Connection& connection, const Arguments& arguments) {
  const auto minutes = FindMinutes(connection, arguments.which);
  if (!minutes) return;
  v1::AnnexStatementRequest request;
  request.set_parent(minutes->name());
  request.set_request_id(NewRequestId());
  if (!arguments.city.empty()) request.set_city(ResourceName("cities", arguments.city));
  request.set_language(arguments.language);
  request.set_text(arguments.text);
  Act(connection, request, &Stub::AnnexStatement);
}

CLI::App* AddAct(CLI::App& noun, const char* name, const char* help, Connection& connection,
                 const std::shared_ptr<Arguments>& arguments,
                 void (*run)(Connection&, const Arguments&)) {
  CLI::App* verb =
      AddVerb(noun, name, help, [&connection, arguments, run] { run(connection, *arguments); });
  AddWhich(*verb, arguments->which);
  return verb;
}

void AddText(CLI::App& verb, Arguments& arguments) {
  verb.add_option("language", arguments.language, "The language of the text")->required();
  verb.add_option("text", arguments.text, "The text")->required();
  verb.add_option("--city", arguments.city, "For which city; by default the one you act for");
}

void AddEntryId(CLI::App& verb, Arguments& arguments) {
  verb.add_option("entry", arguments.entry, "Its id, as `minutes show` tells it")->required();
}

}  // namespace

void AddCorrectionCommands(CLI::App& minutes, Connection& connection) {
  auto arguments = std::make_shared<Arguments>();
  CLI::App* correct = AddAct(minutes, "correct", "Say what an entry should read instead",
                             connection, arguments, &Correct);
  AddEntryId(*correct, *arguments);
  AddText(*correct, *arguments);
  correct->add_option("--remark", arguments->remark, "Why");
  for (const auto& [name, help, run] :
       {std::tuple("accept", "Accept a correction, for the next version", &Accept),
        std::tuple("reject", "Reject a correction; it stays beside the text", &Reject)}) {
    CLI::App* decide = AddAct(minutes, name, help, connection, arguments, run);
    AddEntryId(*decide, *arguments);
    decide->add_option("correction", arguments->correction, "Its id")->required();
    decide->add_option("remark", arguments->remark, "What is to be said of it; why it is rejected");
  }
  CLI::App* annex =
      AddAct(minutes, "annex", "Annex a statement of a city", connection, arguments, &Annex);
  AddText(*annex, *arguments);
}

}  // namespace neshast::cli
