// minutes seal, amend, export, verify, key
#include <fstream>
#include <iostream>
#include <memory>
#include <sstream>

#include "absl/strings/str_cat.h"
#include "cli/minutes.h"
#include "seal/sealed_file.h"

namespace neshast::cli {
namespace {

using Stub = v1::MinutesService::Stub;

// What these commands take from the command line.
struct Arguments {
  WhichMinutes which;
  bool list_unadopted = false;
  std::string reason;
  std::string file;
  std::string key;
};

void Seal(Connection& connection, const Arguments& arguments) {
  const auto minutes = FindMinutes(connection, arguments.which);
  if (!minutes) return;
  auto request = Named<v1::SealMinutesRequest>("", minutes->name());
  request.set_list_unadopted(arguments.list_unadopted);
  request.set_etag(minutes->etag());
  const auto sealed = connection.Call(&Stub::SealMinutes, request);
  if (sealed) ShowMinutes(connection, *sealed);
}

void Amend(Connection& connection, const Arguments& arguments) {
  const auto minutes = FindMinutes(connection, arguments.which);
  if (!minutes) return;
  auto request = Named<v1::AmendMinutesRequest>("", minutes->name());
  request.set_reason(arguments.reason);
  const auto amendment = connection.Call(&Stub::AmendMinutes, request);
  if (amendment) ShowMinutes(connection, *amendment);
}

void Export(Connection& connection, const Arguments& arguments) {
  const auto minutes = FindMinutes(connection, arguments.which);
  if (!minutes) return;
  auto request = Named<v1::ExportSealedRequest>("", minutes->name());
  std::string content;
  do {
    const auto piece = connection.Call(&Stub::ExportSealed, request);
    if (!piece) return;
    content += piece->content();
    request.set_page_token(piece->next_page_token());
  } while (!request.page_token().empty());
  if (arguments.file.empty()) {
    std::cout << content;
    return;
  }
  std::ofstream file(arguments.file, std::ios::binary | std::ios::trunc);
  file << content;
  file.close();
  if (!file) connection.Fail(kOther, absl::StrCat("Cannot write ", arguments.file, "."));
}

// Asks no server: the file proves itself.
void Verify(Connection& connection, const Arguments& arguments) {
  std::ifstream file(arguments.file, std::ios::binary);
  std::ostringstream content;
  content << file.rdbuf();
  if (!file) {
    connection.Fail(kNotFound, absl::StrCat("Cannot read ", arguments.file, "."));
    return;
  }
  for (const std::string& fault : seal::FaultsOf(content.str(), arguments.key)) {
    connection.Fail(kInvalid, fault);
  }
  if (connection.exit_code != kDone) return;
  std::cout << "The file is as it was sealed"
            << (arguments.key.empty() ? "; give --key to check by whom." : ", by the key given.")
            << "\n";
}

void Key(Connection& connection, const Arguments&) {
  const auto key = connection.Call(&Stub::GetSealKey, v1::GetSealKeyRequest());
  if (key && !PrintDocument(connection.format, *key)) std::cout << key->public_key() << "\n";
}

CLI::App* AddAct(CLI::App& noun, const char* name, const char* help, Connection& connection,
                 const std::shared_ptr<Arguments>& arguments,
                 void (*run)(Connection&, const Arguments&), const char* examples = "") {
  return AddVerb(
      noun, name, help, [&connection, arguments, run] { run(connection, *arguments); }, examples);
}

}  // namespace

void AddSealCommands(CLI::App& minutes, Connection& connection) {
  auto arguments = std::make_shared<Arguments>();
  CLI::App* seal = AddAct(minutes, "seal", "Fix the text for ever", connection, arguments, &Seal);
  AddWhich(*seal, arguments->which);
  seal->add_flag("--list-unadopted", arguments->list_unadopted,
                 "Though parties have not adopted: they are listed");
  CLI::App* amend = AddAct(minutes, "amend", "Begin minutes that amend the sealed ones", connection,
                           arguments, &Amend);
  AddWhich(*amend, arguments->which);
  amend->add_option("reason", arguments->reason, "Why")->required();
  CLI::App* exported =
      AddAct(minutes, "export", "Write sealed minutes to a file that proves itself", connection,
             arguments, &Export);
  AddWhich(*exported, arguments->which);
  exported->add_option("--file", arguments->file, "Where to; by default the terminal");
  CLI::App* verify =
      AddAct(minutes, "verify", "Check such a file, without any server", connection, arguments,
             &Verify, "  neshast minutes verify minutes.txt --key $(neshast minutes key)\n");
  verify->add_option("file", arguments->file, "The file")->required();
  verify->add_option("--key", arguments->key, "By whom it must be sealed, as `minutes key` tells");
  AddAct(minutes, "key", "The key that verifies this server's seals", connection, arguments, &Key);
}

}  // namespace neshast::cli
