// document list, show, create, step, renew
#include <iostream>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "cli/commands.h"
#include "cli/lookup.h"
#include "neshast/v1/document_service.grpc.pb.h"

namespace neshast::cli {
namespace {

using Stub = v1::DocumentService::Stub;
using v1::Document;
using v1::DocumentStep;

// What the commands on documents take from the command line.
struct Arguments {
  std::string id;
  std::string host;
  std::vector<std::string> cities;
  std::vector<std::string> titles;
  std::string kind;
  std::vector<std::string> steps;
  Document document;
  std::string which;
  bool done = false;
  DocumentStep step;
  v1::RecordStepRequest record;
  v1::RenewDocumentRequest renewal;
  v1::ListDocumentsRequest list;
};

Tone ToneOf(Document::State state) {
  if (state == Document::STATE_IN_FORCE) return Tone::kGood;
  if (state == Document::STATE_ENDING_SOON) return Tone::kFair;
  return state == Document::STATE_LAPSED ? Tone::kQuiet : Tone::kPlain;
}

void ShowSteps(const Document& document) {
  std::vector<Row> rows{{"STEP", "WHAT", "STATE", "SIDE", "BY", "DUE", "DONE", "LETTER", "REMARK"}};
  for (const DocumentStep& step : document.steps()) {
    const bool owed = step.state() == DocumentStep::STATE_OWED;
    rows.push_back({step.id(), WordOf(step.kind()),
                    Cell(WordOf(step.state()), owed ? Tone::kFair : Tone::kGood), IdOf(step.city()),
                    IdOf(step.body()), step.due_date(), step.done_date(), step.letter_number(),
                    step.remark()});
  }
  PrintTable(rows, 2);
}

void Show(Connection& connection, const Document& document) {
  if (PrintDocument(connection.format, document)) return;
  Lookup lookup(connection);
  std::cout << Painted(TextOf(document.title()), Tone::kHeading) << "\n"
            << "  " << IdOf(document.name()) << ", " << WordOf(document.kind()) << " of "
            << lookup.Cities(document.cities()) << ": "
            << Painted(WordOf(document.state()), ToneOf(document.state())) << "\n";
  if (!document.signed_date().empty()) {
    std::cout << "  Signed on " << document.signed_date() << "; "
              << (document.end_date().empty() ? "no end is set" : "ends on " + document.end_date())
              << ".\n";
  }
  if (!document.owed_step().empty()) {
    std::cout << "  Next: " << document.owed_step()
              << (document.owed_by().empty() ? "" : ", owed by " + IdOf(document.owed_by()))
              << (document.owed_due_date().empty() ? "" : ", until " + document.owed_due_date())
              << ".\n";
  }
  for (const v1::DocumentRenewal& each : document.renewals()) {
    std::cout << "  Renewed from " << each.from_date()
              << (each.until_date().empty() ? "" : " until " + each.until_date()) << " by letter "
              << each.letter_number() << ".\n";
  }
  if (document.steps_size() > 0) ShowSteps(document);
}

void List(Connection& connection, const Arguments& arguments) {
  v1::ListDocumentsRequest request = arguments.list;
  if (!request.city().empty()) request.set_city(ResourceName("cities", request.city()));
  if (!request.owed_by().empty()) {
    request.set_owed_by(ResourceName("organizations", request.owed_by()));
  }
  const auto list = connection.ListAll(&Stub::ListDocuments, request);
  if (!list || PrintDocument(connection.format, *list)) return;
  Lookup lookup(connection);
  std::vector<Row> rows{{"DOCUMENT", "KIND", "PARTIES", "STATE", "SIGNED", "ENDS", "OWED BY"}};
  for (const Document& each : list->documents()) {
    rows.push_back({IdOf(each.name()), WordOf(each.kind()), lookup.Cities(each.cities()),
                    Cell(WordOf(each.state()), ToneOf(each.state())), each.signed_date(),
                    each.end_date(), IdOf(each.owed_by())});
  }
  PrintTable(rows);
}

// "cleared@isfahan=foreign-ministry-isfahan": what, on whose side, by whom.
bool ReadStep(Connection& connection, const std::string& given, DocumentStep& step) {
  const std::pair<std::string, std::string> by = absl::StrSplit(given, absl::MaxSplits('=', 1));
  const std::pair<std::string, std::string> at = absl::StrSplit(by.first, absl::MaxSplits('@', 1));
  step.set_kind(ValueOf<DocumentStep::Kind>(at.first));
  if (step.kind() == DocumentStep::KIND_UNSPECIFIED) {
    return connection.Fail(kUsage,
                           absl::StrCat("\"", given, "\" is no STEP[@CITY][=BODY]; the steps are ",
                                        Enumerated(WordsOf<DocumentStep::Kind>()), "."));
  }
  if (!at.second.empty()) step.set_city(ResourceName("cities", at.second));
  if (!by.second.empty()) step.set_body(ResourceName("organizations", by.second));
  return true;
}

void Create(Connection& connection, const Arguments& arguments) {
  v1::CreateDocumentRequest request;
  request.set_document_id(arguments.id);
  request.set_request_id(NewRequestId());
  Document& document = *request.mutable_document();
  document = arguments.document;
  document.set_kind(ValueOf<Document::Kind>(arguments.kind));
  *document.mutable_title() = LocalizedTextOf(arguments.titles);
  const auto host = CityOrOwn(connection, arguments.host);
  if (!host) return;
  document.set_host(*host);
  document.add_cities(*host);
  for (const std::string& city : arguments.cities) {
    document.add_cities(ResourceName("cities", city));
  }
  for (const std::string& given : arguments.steps) {
    if (!ReadStep(connection, given, *document.add_steps())) return;
  }
  const auto created = connection.Call(&Stub::CreateDocument, request);
  if (created) Show(connection, *created);
}

// The step that is meant: that of this id, else the first of this kind that is owed on the side of
// `city` (any, where that is empty), else a new one.
DocumentStep Meant(const Document& document, const std::string& which, const std::string& city) {
  for (const DocumentStep& each : document.steps()) {
    if (each.id() == which) return each;
  }
  const auto kind = ValueOf<DocumentStep::Kind>(which);
  for (const DocumentStep& each : document.steps()) {
    const bool owed = each.kind() == kind && each.state() == DocumentStep::STATE_OWED;
    if (owed && (city.empty() || each.city() == city)) return each;
  }
  DocumentStep step;
  step.set_kind(kind);
  return step;
}

void Step(Connection& connection, const Arguments& arguments) {
  const auto document =
      connection.Call(&Stub::GetDocument, Named<v1::GetDocumentRequest>("documents", arguments.id));
  if (!document) return;
  v1::RecordStepRequest request = arguments.record;
  request.set_name(document->name());
  request.set_etag(document->etag());
  request.set_request_id(NewRequestId());
  DocumentStep given = arguments.step;
  if (!given.city().empty()) given.set_city(ResourceName("cities", given.city()));
  if (!given.body().empty()) given.set_body(ResourceName("organizations", given.body()));
  DocumentStep& step = *request.mutable_step();
  step = Meant(*document, arguments.which, given.city());
  step.MergeFrom(given);
  if (arguments.done || !given.done_date().empty()) step.set_state(DocumentStep::STATE_DONE);
  const auto recorded = connection.Call(&Stub::RecordStep, request);
  if (recorded) Show(connection, *recorded);
}

void Renew(Connection& connection, const Arguments& arguments) {
  v1::RenewDocumentRequest request = arguments.renewal;
  request.set_name(ResourceName("documents", arguments.id));
  request.set_request_id(NewRequestId());
  const auto renewed = connection.Call(&Stub::RenewDocument, request);
  if (renewed) Show(connection, *renewed);
}

void ShowOne(Connection& connection, const Arguments& arguments) {
  const auto document =
      connection.Call(&Stub::GetDocument, Named<v1::GetDocumentRequest>("documents", arguments.id));
  if (document) Show(connection, *document);
}

using Run = void (*)(Connection&, const Arguments&);

CLI::App* AddAct(CLI::App& noun, const std::string& name, const std::string& help,
                 Connection& connection, const std::shared_ptr<Arguments>& arguments, Run run,
                 const std::string& examples = "") {
  CLI::App* verb = AddVerb(
      noun, name, help, [&connection, arguments, run] { run(connection, *arguments); }, examples);
  verb->add_option("document", arguments->id, "Its id")->required();
  return verb;
}

void AddList(CLI::App& noun, Connection& connection, const std::shared_ptr<Arguments>& arguments) {
  CLI::App* list = AddVerb(
      noun, "list", "Documents, how far they are and who owes the next step",
      [&connection, arguments] { List(connection, *arguments); },
      "  neshast document list --owed-by foreign-ministry-isfahan\n"
      "  neshast document list --ends-within 180\n");
  list->add_option("--city", *arguments->list.mutable_city(), "Only those of this party");
  list->add_option("--owed-by", *arguments->list.mutable_owed_by(),
                   "Only those whose next step this organisation owes");
  list->add_option_function<int>(
          "--ends-within",
          [arguments](const int& days) { arguments->list.set_ends_within_days(days); },
          "Only those in force that end within so many days")
      ->check(CLI::Range(1, 3660));
}

void AddCreate(CLI::App& noun, Connection& connection,
               const std::shared_ptr<Arguments>& arguments) {
  CLI::App* create = AddAct(
      noun, "create", "Begin a document", connection, arguments, &Create,
      "  neshast document create memorandum-hyderabad --kind memorandum --with hyderabad \\\n"
      "    --title \"en=Memorandum of sister cities\" --step text-agreed \\\n"
      "    --step cleared@isfahan=foreign-ministry-isfahan --step signed\n");
  create->add_option("--kind", arguments->kind, "What it is")
      ->required()
      ->check(CLI::IsMember(WordsOf<Document::Kind>()));
  AddRepeated(*create, "--title", arguments->titles, "LANGUAGE=TEXT, once for each language")
      ->required();
  AddRepeated(*create, "--with", arguments->cities, "A city that is a party besides the host")
      ->required();
  create->add_option("--host", arguments->host, "The host city; by default your own");
  AddRepeated(*create, "--step", arguments->steps,
              "STEP[@CITY][=BODY] that is owed: what, on whose side, by which organisation");
  create->add_option_function<int>(
      "--term", [arguments](const int& months) { arguments->document.set_term_months(months); },
      "Months that it is in force; by default without an end");
  create->add_option("--text", *arguments->document.mutable_text_reference(),
                     "Where its text is filed");
}

void AddStep(CLI::App& noun, Connection& connection, const std::shared_ptr<Arguments>& arguments) {
  CLI::App* step =
      AddAct(noun, "step", "Record a step that is done or owed", connection, arguments, &Step,
             "  neshast document step memorandum-hyderabad signed --done --letter 1405/771\n"
             "  neshast document step memorandum-hyderabad council-approved --city hyderabad "
             "--before step-3\n");
  step->add_option("step", arguments->which,
                   "Its id, or what is done: the first such step that is owed, else a new one")
      ->required();
  step->add_flag("--done", arguments->done, "It is done; by default today");
  AddDate(*step, "--date", *arguments->step.mutable_done_date(), "When it was done");
  step->add_option_function<std::string>(
      "--waive",
      [arguments](const std::string& why) {
        arguments->step.set_state(DocumentStep::STATE_WAIVED);
        arguments->step.set_remark(why);
      },
      "It is not needed, and why");
  step->add_option("--city", *arguments->step.mutable_city(), "On whose side");
  step->add_option("--by", *arguments->step.mutable_body(), "The organisation that owes it");
  AddDate(*step, "--due", *arguments->step.mutable_due_date(), "Until when");
  step->add_option("--letter", *arguments->step.mutable_letter_number(), "The letter's number");
  step->add_option("--remark", *arguments->step.mutable_remark(), "What is to be said of it");
  step->add_option("--before", *arguments->record.mutable_before_step(),
                   "The id of the step before which a new one stands");
  step->add_flag_callback(
      "--lower-stage", [arguments] { arguments->record.set_lower_stage(true); },
      "For a lapse: let a partnership that nothing keeps in force fall asleep");
}

void AddRenew(CLI::App& noun, Connection& connection, const std::shared_ptr<Arguments>& arguments) {
  CLI::App* renew = AddAct(noun, "renew", "Lengthen a signed document", connection, arguments,
                           &Renew, "  neshast document renew four-years --letter 1405/12\n");
  renew->add_option("--letter", *arguments->renewal.mutable_letter_number(), "The letter's number")
      ->required();
  AddDate(*renew, "--from", *arguments->renewal.mutable_from_date(),
          "The first date; by default where the document ends");
  AddDate(*renew, "--until", *arguments->renewal.mutable_until_date(),
          "The first date after it; by default its term later");
}

}  // namespace

void AddDocumentCommands(CLI::App& app, Connection& connection) {
  auto arguments = std::make_shared<Arguments>();
  CLI::App* noun =
      AddNoun(app, "document", "Documents between cities: steps, signatures, terms, renewals");
  AddList(*noun, connection, arguments);
  AddAct(*noun, "show", "A document and its steps", connection, arguments, &ShowOne);
  AddCreate(*noun, connection, arguments);
  AddStep(*noun, connection, arguments);
  AddRenew(*noun, connection, arguments);
}

}  // namespace neshast::cli
