// letter list, register, round, states, reply
#include <iostream>

#include "cli/commands.h"
#include "cli/lookup.h"
#include "neshast/v1/letter_service.grpc.pb.h"

namespace neshast::cli {
namespace {

using Stub = v1::LetterService::Stub;
using v1::Letter;

// What the commands on letters take from the command line.
struct Arguments {
  v1::ListLettersRequest list;
  std::string state;
  std::string id;
  std::string host;
  std::string kind;
  std::string from;
  std::string to;
  std::vector<std::string> cities;
  std::vector<std::string> subjects;
  Letter letter;
  v1::RecordReplyRequest reply;
};

Tone ToneOf(Letter::State state) {
  if (state == Letter::STATE_AWAITED) return Tone::kFair;
  if (state == Letter::STATE_ANSWERED) return Tone::kGood;
  return state == Letter::STATE_DECLINED ? Tone::kBad : Tone::kQuiet;
}

template <class Letters>
void ShowLetters(Connection& connection, const Letters& letters) {
  Lookup lookup(connection);
  const auto named = [&](const std::string& side) {
    return side.rfind("cities/", 0) == 0 ? lookup.City(side) : IdOf(side);
  };
  std::vector<Row> rows{
      {"LETTER", "NUMBER", "DATE", "FROM", "TO", "SUBJECT", "STATE", "DUE", "REPLY"}};
  for (const Letter& each : letters) {
    rows.push_back({IdOf(each.name()), each.reference_number(), each.letter_date(),
                    named(each.sender()), named(each.recipient()), TextOf(each.subject()),
                    Cell(WordOf(each.state()), ToneOf(each.state())), each.due_date(),
                    each.reply().reference_number()});
  }
  PrintTable(rows);
}

void ShowOne(Connection& connection, const Letter& letter) {
  if (PrintDocument(connection.format, letter)) return;
  ShowLetters(connection, std::vector<Letter>{letter});
}

void ShowRound(Connection& connection, const v1::LetterRound& round) {
  if (PrintDocument(connection.format, round)) return;
  ShowLetters(connection, round.letters());
  std::cout << round.reference() << ": " << round.awaited() << " awaited, " << round.answered()
            << " answered, " << round.declined() << " declined, " << round.no_reply_needed()
            << " without need of a reply.\n";
}

void List(Connection& connection, const Arguments& arguments) {
  v1::ListLettersRequest request = arguments.list;
  if (!request.city().empty()) request.set_city(ResourceName("cities", request.city()));
  if (!request.document().empty()) {
    request.set_document(ResourceName("documents", request.document()));
  }
  request.set_state(ValueOf<Letter::State>(arguments.state));
  const auto list = connection.ListAll(&Stub::ListLetters, request);
  if (list && !PrintDocument(connection.format, *list)) ShowLetters(connection, list->letters());
}

// The host and, where none is given, today's date there.
bool ReadHostAndDate(Connection& connection, const std::string& given, Letter& letter) {
  const auto host = CityOrOwn(connection, given);
  if (!host) return false;
  letter.set_host(*host);
  if (!letter.letter_date().empty()) return true;
  const auto zone = ZoneOf(connection, *host);
  if (zone) letter.set_letter_date(DateIn(*zone));
  return zone.has_value();
}

void Register(Connection& connection, const Arguments& arguments) {
  v1::CreateLetterRequest request;
  request.set_request_id(NewRequestId());
  Letter& letter = *request.mutable_letter();
  letter = arguments.letter;
  if (!ReadHostAndDate(connection, arguments.host, letter)) return;
  letter.set_kind(ValueOf<Letter::Kind>(arguments.kind));
  *letter.mutable_subject() = LocalizedTextOf(arguments.subjects);
  letter.set_sender(arguments.from.empty() ? letter.host()
                                           : ResourceName("cities", arguments.from));
  letter.set_recipient(arguments.to.empty() ? letter.host() : ResourceName("cities", arguments.to));
  if (!letter.document().empty()) {
    letter.set_document(ResourceName("documents", letter.document()));
  }
  const auto registered = connection.Call(&Stub::CreateLetter, request);
  if (registered) ShowOne(connection, *registered);
}

void Send(Connection& connection, const Arguments& arguments) {
  Letter letter = arguments.letter;
  if (!ReadHostAndDate(connection, arguments.host, letter)) return;
  v1::SendRoundRequest request;
  request.set_request_id(NewRequestId());
  request.set_host(letter.host());
  request.set_reference(letter.reference_number());
  request.set_letter_date(letter.letter_date());
  request.set_kind(ValueOf<Letter::Kind>(arguments.kind));
  *request.mutable_subject() = LocalizedTextOf(arguments.subjects);
  for (const std::string& city : arguments.cities) {
    request.add_cities(ResourceName("cities", city));
  }
  request.set_due_date(letter.due_date());
  request.set_file_reference(letter.file_reference());
  const auto round = connection.Call(&Stub::SendRound, request);
  if (round) ShowRound(connection, *round);
}

void States(Connection& connection, const Arguments& arguments) {
  v1::GetRoundRequest request;
  const auto host = CityOrOwn(connection, arguments.host);
  if (!host) return;
  request.set_host(*host);
  request.set_reference(arguments.letter.reference_number());
  const auto round = connection.Call(&Stub::GetRound, request);
  if (round) ShowRound(connection, *round);
}

void Reply(Connection& connection, const Arguments& arguments) {
  v1::RecordReplyRequest request = arguments.reply;
  request.set_name(ResourceName("letters", arguments.id));
  request.set_request_id(NewRequestId());
  request.set_state(ValueOf<Letter::State>(arguments.state));
  const auto letter = connection.Call(&Stub::RecordReply, request);
  if (letter) ShowOne(connection, *letter);
}

// What a letter and a round of letters have alike.
void AddLetter(CLI::App& verb, Arguments& arguments) {
  verb.add_option("--kind", arguments.kind, "What it is about")
      ->required()
      ->check(CLI::IsMember(WordsOf<Letter::Kind>()));
  AddRepeated(verb, "--subject", arguments.subjects, "LANGUAGE=TEXT, once for each language")
      ->required();
  AddDate(verb, "--date", *arguments.letter.mutable_letter_date(), "Its date; by default today");
  AddDate(verb, "--due", *arguments.letter.mutable_due_date(), "Until when the reply is wanted");
  verb.add_option("--file", *arguments.letter.mutable_file_reference(), "Where it is filed");
  verb.add_option("--host", arguments.host, "In whose register; by default your own city's");
}

using Run = void (*)(Connection&, const Arguments&);

CLI::App* AddNumbered(CLI::App& noun, const std::string& name, const std::string& help,
                      Connection& connection, const std::shared_ptr<Arguments>& arguments, Run run,
                      const std::string& examples) {
  CLI::App* verb = AddVerb(
      noun, name, help, [&connection, arguments, run] { run(connection, *arguments); }, examples);
  verb->add_option("reference", *arguments->letter.mutable_reference_number(), "Its reference")
      ->required();
  return verb;
}

void AddList(CLI::App& noun, Connection& connection, const std::shared_ptr<Arguments>& arguments) {
  CLI::App* list = AddVerb(
      noun, "list", "Letters and what became of them",
      [&connection, arguments] { List(connection, *arguments); },
      "  neshast letter list --state awaited --due-until 2026-12-31\n");
  list->add_option("--city", *arguments->list.mutable_city(), "Only those of this city");
  list->add_option("--document", *arguments->list.mutable_document(),
                   "Only those that belong to this document");
  list->add_option("--round", *arguments->list.mutable_round(), "Only those of this round");
  list->add_option("--state", arguments->state, "Only those in this state")
      ->check(CLI::IsMember(WordsOf<Letter::State>()));
  AddDate(*list, "--due-until", *arguments->list.mutable_due_until_date(),
          "Only those whose reply is wanted until this date");
}

void AddReply(CLI::App& noun, Connection& connection, const std::shared_ptr<Arguments>& arguments) {
  CLI::App* reply = AddVerb(
      noun, "reply", "Record what became of a letter",
      [&connection, arguments] { Reply(connection, *arguments); },
      "  neshast letter reply LETTER answered --number \"Prot. 12\"\n");
  reply->add_option("letter", arguments->id, "Its id, as `letter list` shows it")->required();
  reply->add_option("state", arguments->state, "What became of it")
      ->required()
      ->check(CLI::IsMember(WordsOf<Letter::State>()));
  reply->add_option("--number", *arguments->reply.mutable_reference_number(),
                    "The number of the reply");
  AddDate(*reply, "--date", *arguments->reply.mutable_reply_date(), "Its date; by default today");
  reply->add_option("--remark", *arguments->reply.mutable_remark(), "What is to be said of it");
}

}  // namespace

void AddLetterCommands(CLI::App& app, Connection& connection) {
  auto arguments = std::make_shared<Arguments>();
  CLI::App* noun = AddNoun(app, "letter", "Letters between cities, and who has not answered yet");
  AddList(*noun, connection, arguments);
  CLI::App* one = AddNumbered(
      *noun, "register", "Register a letter that was sent or has come", connection, arguments,
      &Register, "  neshast letter register 1405/9 --to hyderabad --kind text --subject Draft\n");
  AddLetter(*one, *arguments);
  one->add_option("--from", arguments->from, "CITY or organizations/ID; by default the host");
  one->add_option("--to", arguments->to, "CITY or organizations/ID; by default the host");
  one->add_option("--document", *arguments->letter.mutable_document(),
                  "The document it belongs to");
  CLI::App* round = AddNumbered(
      *noun, "round", "Register a letter to each of several cities", connection, arguments, &Send,
      "  neshast letter round 1399/771 --to xian,havana,dakar --kind enquiry \\\n"
      "    --subject \"en=How is your city?\" --due 2026-12-31\n");
  AddLetter(*round, *arguments);
  round->add_option("--to", arguments->cities, "CITY,CITY and so on")->required()->delimiter(',');
  AddNumbered(*noun, "states", "How each letter of a round stands", connection, arguments, &States,
              "  neshast letter states 1399/771\n")
      ->add_option("--host", arguments->host, "Who sent it; by default your own city");
  AddReply(*noun, connection, arguments);
}

}  // namespace neshast::cli
