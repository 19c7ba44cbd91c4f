// agenda paper add, revise, remove, show
#include <fstream>
#include <iostream>
#include <iterator>
#include <memory>

#include "absl/strings/str_cat.h"
#include "cli/agenda_view.h"
#include "cli/commands.h"
#include "neshast/v1/agenda_service.grpc.pb.h"

namespace neshast::cli {
namespace {

using Stub = v1::AgendaService::Stub;
using v1::Paper;

struct Arguments {
  std::string session;
  std::string item;
  std::string paper;
  std::vector<std::string> titles;
  std::string language;
  std::string visibility;
  std::string link;
  std::string file;
  std::string media_type = "application/pdf";
  std::string into;
};

std::optional<Paper> PaperGiven(Connection& connection, const Arguments& arguments) {
  Paper paper;
  *paper.mutable_title() = LocalizedTextOf(arguments.titles);
  paper.set_language(arguments.language);
  paper.set_visibility(ValueOf<Paper::Visibility>(arguments.visibility));
  paper.set_uri(arguments.link);
  if (arguments.file.empty()) return paper;
  std::ifstream file(arguments.file, std::ios::binary);
  paper.set_content(std::string(std::istreambuf_iterator<char>(file), {}));
  paper.set_media_type(arguments.media_type);
  if (!file.is_open() || file.bad()) {
    connection.Fail(kUsage, absl::StrCat("Cannot read ", arguments.file, "."));
    return std::nullopt;
  }
  return paper;
}

void ShowChanged(Connection& connection, const std::string& session,
                 const std::optional<Paper>& paper) {
  if (!paper || PrintDocument(connection.format, *paper)) return;
  const auto answer = AgendaOf(connection, session);
  if (answer) ShowAgenda(connection, *answer);
}

void Add(Connection& connection, const Arguments& arguments) {
  auto request = Named<v1::CreatePaperRequest>("sessions", arguments.session);
  const auto paper = PaperGiven(connection, arguments);
  if (!paper) return;
  request.set_item_id(arguments.item);
  *request.mutable_paper() = *paper;
  ShowChanged(connection, request.name(), connection.Call(&Stub::CreatePaper, request));
}

void Revise(Connection& connection, const Arguments& arguments) {
  auto request = Named<v1::RevisePaperRequest>("sessions", arguments.session);
  const auto paper = PaperGiven(connection, arguments);
  if (!paper) return;
  request.set_paper_id(arguments.paper);
  *request.mutable_paper() = *paper;
  ShowChanged(connection, request.name(), connection.Call(&Stub::RevisePaper, request));
}

void Remove(Connection& connection, const Arguments& arguments) {
  auto request = Named<v1::RemovePaperRequest>("sessions", arguments.session);
  request.set_paper_id(arguments.paper);
  const auto answer = connection.Call(&Stub::RemovePaper, request);
  if (answer) ShowAgenda(connection, *answer);
}

void Show(Connection& connection, const Arguments& arguments) {
  auto request = Named<v1::GetPaperRequest>("sessions", arguments.session);
  request.set_paper_id(arguments.paper);
  auto paper = connection.Call(&Stub::GetPaper, request);
  if (!paper) return;
  if (!arguments.into.empty()) {
    std::ofstream file(arguments.into, std::ios::binary);
    file << paper->content();
    if (!file.flush()) connection.Fail(kOther, absl::StrCat("Cannot write ", arguments.into, "."));
  }
  if (PrintDocument(connection.format, *paper)) return;
  std::cout << TextOf(paper->title()) << ", " << paper->language() << ", version "
            << paper->version() << "\n";
  if (!paper->uri().empty()) std::cout << paper->uri() << "\n";
  if (!paper->replaces().empty()) {
    std::cout << "It replaces " << IdOf(paper->replaces()) << ".\n";
  }
}

CLI::App* AddAct(CLI::App& noun, const char* name, const char* help, Connection& connection,
                 const std::shared_ptr<Arguments>& arguments,
                 void (*run)(Connection&, const Arguments&), const char* examples = "") {
  CLI::App* verb = AddVerb(
      noun, name, help, [&connection, arguments, run] { run(connection, *arguments); }, examples);
  verb->add_option("session", arguments->session, "Its id, as `session list` shows it")->required();
  return verb;
}

void AddPaper(CLI::App& verb, Arguments& arguments) {
  verb.add_option("paper", arguments.paper, "Its id, as `agenda show` tells it")->required();
}

void AddContent(CLI::App& verb, Arguments& arguments) {
  AddRepeated(verb, "--title", arguments.titles, "LANGUAGE=TEXT, once for each language")
      ->required();
  verb.add_option("--language", arguments.language, "In which it is written")->required();
  verb.add_option("--for", arguments.visibility, "Who may see it")
      ->required()
      ->check(CLI::IsMember(WordsOf<Paper::Visibility>()));
  CLI::Option* link = verb.add_option("--link", arguments.link, "https://… where it lies");
  verb.add_option("--file", arguments.file, "A file of 200 KiB at most, to be kept here")
      ->excludes(link);
  verb.add_option("--media-type", arguments.media_type, "What the file is")->capture_default_str();
}

}  // namespace

void AddPaperCommands(CLI::App& agenda, Connection& connection) {
  auto arguments = std::make_shared<Arguments>();
  CLI::App* paper = AddNoun(agenda, "paper", "Papers: links and documents for the items");
  CLI::App* add = AddAct(*paper, "add", "Hand in a paper for an item", connection, arguments, &Add,
                         "  neshast agenda paper add s-4k2 papers --title \"ru=Доклад\" "
                         "--language ru --for parties --file paper.pdf\n");
  add->add_option("item", arguments->item, "Its id, as `agenda show` tells it")->required();
  AddContent(*add, *arguments);
  CLI::App* revise = AddAct(*paper, "revise", "Hand in the next version; the last stays readable",
                            connection, arguments, &Revise);
  AddPaper(*revise, *arguments);
  AddContent(*revise, *arguments);
  AddPaper(
      *AddAct(*paper, "remove", "Destroy a paper in every version", connection, arguments, &Remove),
      *arguments);
  CLI::App* show = AddAct(*paper, "show", "What a paper is", connection, arguments, &Show);
  AddPaper(*show, *arguments);
  show->add_option("--into", arguments->into, "Write its content into this file");
}

}  // namespace neshast::cli
