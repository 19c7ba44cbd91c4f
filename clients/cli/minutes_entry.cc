// minutes entry add, update, remove, translate
#include <memory>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "cli/minutes.h"

namespace neshast::cli {
namespace {

using Stub = v1::MinutesService::Stub;
using v1::MinutesEntry;

// What the commands on an entry take from the command line.
struct Arguments {
  WhichMinutes which;
  std::string id;
  std::string type;
  std::string text;
  std::string language;
  std::string city;
  std::string speaker;
  std::string item;
  int64_t place = 0;
  std::string amends;
  std::vector<std::string> translations;
  bool authoritative = false;
  std::string etag;
};

// "ru=Обмен опытом"; a courtesy, which `entry translate` can raise.
void AddTranslations(const Arguments& arguments, MinutesEntry& entry) {
  for (const std::string& given : arguments.translations) {
    const std::pair<std::string, std::string> parts =
        absl::StrSplit(given, absl::MaxSplits('=', 1));
    v1::Translation& translation = *entry.add_translations();
    translation.set_language(parts.first);
    translation.set_text(parts.second);
    translation.set_standing(v1::STANDING_COURTESY);
  }
}

MinutesEntry Given(const Arguments& arguments, const v1::Minutes& minutes) {
  MinutesEntry entry;
  entry.set_type(ValueOf<MinutesEntry::Type>(arguments.type));
  entry.set_language(arguments.language);
  entry.set_text(arguments.text);
  if (!arguments.city.empty()) entry.set_city(ResourceName("cities", arguments.city));
  if (!arguments.speaker.empty()) entry.set_speaker(ResourceName("people", arguments.speaker));
  if (!arguments.item.empty()) {
    const std::string session = minutes.name().substr(0, minutes.name().find("/minutes/"));
    entry.set_agenda_item(ResourceName(session + "/agendaItems", arguments.item));
  }
  entry.set_place(arguments.place);
  if (!arguments.amends.empty()) {
    entry.set_amends(ResourceName(minutes.amends() + "/entries", arguments.amends));
  }
  AddTranslations(arguments, entry);
  return entry;
}

void Add(Connection& connection, const Arguments& arguments) {
  const auto minutes = FindMinutes(connection, arguments.which);
  if (!minutes) return;
  v1::CreateEntryRequest request;
  request.set_parent(minutes->name());
  request.set_entry_id(arguments.id);
  request.set_request_id(NewRequestId());
  *request.mutable_entry() = Given(arguments, *minutes);
  const auto entry = connection.Call(&Stub::CreateEntry, request);
  if (entry) ShowEntry(connection, *entry);
}

// The request that names the entry of the command line.
template <class Request>
std::optional<Request> OfEntry(Connection& connection, const Arguments& arguments) {
  const auto minutes = FindMinutes(connection, arguments.which);
  if (!minutes) return std::nullopt;
  return Named<Request>(minutes->name() + "/entries", arguments.id);
}

void Update(Connection& connection, const Arguments& arguments) {
  const auto minutes = FindMinutes(connection, arguments.which);
  if (!minutes) return;
  v1::UpdateEntryRequest request;
  request.set_request_id(NewRequestId());
  *request.mutable_entry() = Given(arguments, *minutes);  // what is populated is changed
  request.mutable_entry()->set_name(ResourceName(minutes->name() + "/entries", arguments.id));
  request.mutable_entry()->set_etag(arguments.etag);
  const auto entry = connection.Call(&Stub::UpdateEntry, request);
  if (entry) ShowEntry(connection, *entry);
}

void Remove(Connection& connection, const Arguments& arguments) {
  auto request = OfEntry<v1::DeleteEntryRequest>(connection, arguments);
  if (!request) return;
  request->set_etag(arguments.etag);
  connection.Call(&Stub::DeleteEntry, *request);
}

void Translate(Connection& connection, const Arguments& arguments) {
  auto request = OfEntry<v1::SetTranslationRequest>(connection, arguments);
  if (!request) return;
  v1::Translation& translation = *request->mutable_translation();
  translation.set_language(arguments.language);
  translation.set_text(arguments.text);
  translation.set_standing(arguments.authoritative ? v1::STANDING_AUTHORITATIVE
                                                   : v1::STANDING_COURTESY);
  request->set_etag(arguments.etag);
  const auto entry = connection.Call(&Stub::SetTranslation, *request);
  if (entry) ShowEntry(connection, *entry);
}

CLI::App* AddAct(CLI::App& noun, const char* name, const char* help, Connection& connection,
                 const std::shared_ptr<Arguments>& arguments,
                 void (*run)(Connection&, const Arguments&), const char* examples = "") {
  CLI::App* verb = AddVerb(
      noun, name, help, [&connection, arguments, run] { run(connection, *arguments); }, examples);
  AddWhich(*verb, arguments->which);
  return verb;
}

void AddEntryId(CLI::App& verb, Arguments& arguments) {
  verb.add_option("entry", arguments.id, "Its id, as `minutes show` tells it")->required();
  verb.add_option("--etag", arguments.etag, "What it must still be, as `minutes show` tells it");
}

void AddContent(CLI::App& verb, Arguments& arguments) {
  verb.add_option("--city", arguments.city, "Whose it is; without it, the session's as a whole");
  verb.add_option("--speaker", arguments.speaker, "Who spoke");
  verb.add_option("--item", arguments.item, "The item of the agenda");
  verb.add_option("--place", arguments.place, "Where it stands; by default at the end");
  verb.add_option("--amends", arguments.amends, "In an amendment: the entry that it replaces");
  AddRepeated(verb, "--translation", arguments.translations,
              "LANGUAGE=TEXT, a courtesy, once for each language");
}

}  // namespace

void AddEntryCommands(CLI::App& minutes, Connection& connection) {
  auto arguments = std::make_shared<Arguments>();
  CLI::App* entry = AddNoun(minutes, "entry", "What was shared, decided and promised");
  CLI::App* add = AddAct(*entry, "add", "Enter something into a draft", connection, arguments, &Add,
                         "  neshast minutes entry add s-4k2 practice ru \"Обмен опытом\" --city "
                         "st-petersburg --translation \"en=Exchange of experience\"\n");
  add->add_option("type", arguments->type, "What it is")
      ->required()
      ->check(CLI::IsMember(WordsOf<MinutesEntry::Type>()));
  add->add_option("language", arguments->language, "In which it was said")->required();
  add->add_option("text", arguments->text, "What was said")->required();
  add->add_option("--id", arguments->id, "Its id; chosen by the server by default");
  AddContent(*add, *arguments);
  CLI::App* update =
      AddAct(*entry, "update", "Change an entry of a draft", connection, arguments, &Update);
  AddEntryId(*update, *arguments);
  update->add_option("--type", arguments->type, "What it is")
      ->check(CLI::IsMember(WordsOf<MinutesEntry::Type>()));
  update->add_option("--language", arguments->language, "In which it was said");
  update->add_option("--text", arguments->text, "What was said");
  AddContent(*update, *arguments);
  CLI::App* remove =
      AddAct(*entry, "remove", "Take an entry out of a draft", connection, arguments, &Remove);
  AddEntryId(*remove, *arguments);
  CLI::App* translate = AddAct(*entry, "translate", "Set the text of an entry in one language",
                               connection, arguments, &Translate);
  AddEntryId(*translate, *arguments);
  translate->add_option("language", arguments->language, "The language")->required();
  translate->add_option("text", arguments->text, "The text")->required();
  translate->add_flag("--authoritative", arguments->authoritative,
                      "It is as good as the original; without this, a courtesy");
}

}  // namespace neshast::cli
