#include <iostream>
#include <regex>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "cli/commands.h"
#include "neshast/v1/access_service.grpc.pb.h"
#include "neshast/v1/change_service.grpc.pb.h"
#include "neshast/v1/session_service.grpc.pb.h"

namespace neshast::cli {
namespace {

using v1::AccessService;
using v1::ChangeService;
using v1::Session;
using v1::SessionService;

// What the commands on sessions take from the command line.
struct Arguments {
  std::string name;
  std::string kind = "mayors-dialogue";
  std::vector<std::string> titles;
  std::vector<std::string> cities;  // "xian=mayor-of-xian,deputy"
  std::vector<std::string> interpreters;
  std::string host = "isfahan";
  std::string at;
  std::string zone = "Asia/Tehran";
  std::string duration = "1h";
  std::string reason;
  std::string since;
  bool draft = false;
  bool dry_run = false;
};

std::string Resource(const std::string& collection, const std::string& id) {
  return absl::StrContains(id, '/') ? id : absl::StrCat(collection, "/", id);
}

// Seconds of "90m", "2h", "1h30m"; 0 for anything else.
int64_t ParseDuration(const std::string& text) {
  std::smatch parts;
  if (!std::regex_match(text, parts, std::regex("(?:([0-9]{1,3})h)?(?:([0-9]{1,4})m)?"))) return 0;
  const auto number = [&](int i) { return parts[i].matched ? std::stoll(parts[i].str()) : 0; };
  return number(1) * 3600 + number(2) * 60;
}

Session::Kind ParseKind(std::string kind) {
  for (char& c : kind) c = c == '-' ? '_' : static_cast<char>(toupper(c));
  Session::Kind value = Session::KIND_UNSPECIFIED;
  Session::Kind_Parse("KIND_" + kind, &value);
  return value;
}

Session ToSession(const Arguments& arguments) {
  Session session;
  session.set_kind(ParseKind(arguments.kind));
  for (const std::string& title : arguments.titles) {
    const std::vector<std::string> parts = absl::StrSplit(title, absl::MaxSplits('=', 1));
    (*session.mutable_title()->mutable_texts())[parts.size() == 2 ? parts[0] : "en"] = parts.back();
  }
  session.set_host(Resource("cities", arguments.host));
  session.mutable_start_time()->set_local_time(arguments.at);
  session.mutable_start_time()->set_time_zone(arguments.zone);
  session.mutable_duration()->set_seconds(ParseDuration(arguments.duration));
  for (const std::string& city : arguments.cities) {
    const std::vector<std::string> parts = absl::StrSplit(city, absl::MaxSplits('=', 1));
    v1::Delegation& delegation = *session.add_delegations();
    delegation.set_city(Resource("cities", parts[0]));
    if (parts.size() < 2) continue;
    for (const auto person : absl::StrSplit(parts[1], ',')) {
      delegation.add_required_people(Resource("people", std::string(person)));
    }
  }
  for (const std::string& interpreter : arguments.interpreters) {
    session.add_interpreters(Resource("people", interpreter));
  }
  return session;
}

void Show(const Connection& connection, const std::vector<Session>& sessions) {
  std::vector<std::vector<std::string>> rows{
      {"SESSION", "KIND", "STATE", "LOCAL TIME", "ZONE", "CITIES"}};
  for (const Session& session : sessions) {
    if (connection.format == Format::kJson) {
      PrintJson(session);
      continue;
    }
    std::string cities;
    for (const auto& delegation : session.delegations()) {
      absl::StrAppend(&cities, cities.empty() ? "" : ", ", delegation.city().substr(7));
    }
    rows.push_back({session.name(), Session::Kind_Name(session.kind()).substr(5),
                    Session::State_Name(session.state()).substr(6),
                    session.start_time().local_time(), session.start_time().time_zone(), cities});
  }
  if (connection.format == Format::kTable) PrintTable(rows);
}

void Book(Connection& connection, const Arguments& arguments) {
  auto stub = SessionService::NewStub(connection.Channel());
  v1::CreateSessionRequest create;
  *create.mutable_session() = ToSession(arguments);
  create.set_request_id(NewRequestId());
  create.set_validate_only(arguments.dry_run);
  Session session;
  if (!connection.Call(*stub, &SessionService::Stub::CreateSession, create, session)) return;
  if (!arguments.draft && !arguments.dry_run) {
    v1::ConfirmSessionRequest confirm;
    confirm.set_name(session.name());
    confirm.set_etag(session.etag());
    confirm.set_request_id(NewRequestId());
    if (!connection.Call(*stub, &SessionService::Stub::ConfirmSession, confirm, session)) return;
  }
  Show(connection, {session});
}

void List(Connection& connection, const Arguments& arguments) {
  auto stub = SessionService::NewStub(connection.Channel());
  v1::ListSessionsRequest request;
  request.set_city(Resource("cities", arguments.host));
  std::vector<Session> sessions;
  do {
    v1::ListSessionsResponse page;
    if (!connection.Call(*stub, &SessionService::Stub::ListSessions, request, page)) return;
    sessions.insert(sessions.end(), page.sessions().begin(), page.sessions().end());
    request.set_page_token(page.next_page_token());
  } while (!request.page_token().empty());
  Show(connection, sessions);
}

// The commands that name one session and return it.
template <class Request>
void Act(Connection& connection, const Request& request,
         grpc::Status (SessionService::Stub::*method)(grpc::ClientContext*, const Request&,
                                                      Session*)) {
  auto stub = SessionService::NewStub(connection.Channel());
  Session session;
  if (connection.Call(*stub, method, request, session)) Show(connection, {session});
}

void Move(Connection& connection, const Arguments& arguments) {
  v1::RescheduleSessionRequest request;
  request.set_name(Resource("sessions", arguments.name));
  request.mutable_start_time()->set_local_time(arguments.at);
  request.mutable_start_time()->set_time_zone(arguments.zone);
  request.set_reason(arguments.reason);
  request.set_request_id(NewRequestId());
  request.set_validate_only(arguments.dry_run);
  Act(connection, request, &SessionService::Stub::RescheduleSession);
}

void Watch(Connection& connection, const std::string& since) {
  auto stub = ChangeService::NewStub(connection.Channel());
  v1::WatchChangesRequest request;
  request.set_sync_token(since);
  grpc::ClientContext context;
  connection.Prepare(context, true);
  auto reader = stub->WatchChanges(&context, request);
  v1::WatchChangesResponse item;
  while (reader->Read(&item)) {
    if (connection.format == Format::kJson) {
      PrintJson(item);
    } else if (item.has_change()) {
      std::cout << item.change().revision() << "  " << item.change().name() << "  "
                << item.sync_token() << std::endl;
    }
  }
  connection.Check(reader->Finish());
}

void Sync(Connection& connection, const std::string& since) {
  auto stub = ChangeService::NewStub(connection.Channel());
  v1::SyncChangesRequest request;
  request.set_sync_token(since);
  v1::SyncChangesResponse page;
  do {
    if (!connection.Call(*stub, &ChangeService::Stub::SyncChanges, request, page)) return;
    PrintJson(page);
    request.set_sync_token(page.next_sync_token());
  } while (page.more());
}

void AddSession(CLI::App& app, Connection& connection) {
  auto arguments = std::make_shared<Arguments>();
  CLI::App* session = app.add_subcommand("session", "Sessions")->require_subcommand(1);
  const auto add = [&](const char* name, const char* help, std::function<void()> run) {
    CLI::App* command = session->add_subcommand(name, help);
    command->callback(std::move(run));
    return command;
  };
  const auto add_time = [&](CLI::App* command) {
    command->add_option("--at", arguments->at, "Wall time, 2026-12-01T11:30")->required();
    command->add_option("--zone", arguments->zone, "Its IANA zone")->capture_default_str();
    command->add_flag("--dry-run", arguments->dry_run, "Check all, write nothing");
  };
  const auto add_name = [&](CLI::App* command) {
    command->add_option("session", arguments->name, "The session's name")->required();
  };

  CLI::App* book = add("book", "Draft and confirm a session",
                       [&connection, arguments] { Book(connection, *arguments); });
  book->add_option("--kind", arguments->kind,
                   "mayors-dialogue, expert-session, summit, press-briefing, working-meeting")
      ->capture_default_str();
  book->add_option("--title", arguments->titles, "LANGUAGE=TEXT, once for each language")
      ->required();
  book->add_option("--city", arguments->cities, "CITY=PERSON,PERSON…, once for each delegation")
      ->required();
  book->add_option("--interpreter", arguments->interpreters, "An interpreter");
  book->add_option("--host", arguments->host, "The host city")->capture_default_str();
  book->add_option("--duration", arguments->duration, "90m, 2h, 1h30m")->capture_default_str();
  book->add_flag("--draft", arguments->draft, "Do not confirm it");
  add_time(book);
  book->footer(
      "Example:\n  neshast session book --title \"en=Mayors' dialogue\" --at 2026-12-01T11:30 \\\n"
      "    --city isfahan=mayor-of-isfahan --city xian=mayor-of-xian");

  CLI::App* list = add("list", "A city's coming sessions",
                       [&connection, arguments] { List(connection, *arguments); });
  list->add_option("--city", arguments->host, "The city")->capture_default_str();
  add_name(add("show", "One session", [&connection, arguments] {
    v1::GetSessionRequest request;
    request.set_name(Resource("sessions", arguments->name));
    Act(connection, request, &SessionService::Stub::GetSession);
  }));
  add_name(add("confirm", "Promise a draft", [&connection, arguments] {
    v1::ConfirmSessionRequest request;
    request.set_name(Resource("sessions", arguments->name));
    request.set_request_id(NewRequestId());
    Act(connection, request, &SessionService::Stub::ConfirmSession);
  }));
  CLI::App* move =
      add("move", "Move a session", [&connection, arguments] { Move(connection, *arguments); });
  add_name(move);
  add_time(move);
  move->add_option("--reason", arguments->reason, "Why");
  CLI::App* cancel = add("cancel", "Withdraw a session", [&connection, arguments] {
    v1::CancelSessionRequest request;
    request.set_name(Resource("sessions", arguments->name));
    request.set_reason(arguments->reason);
    request.set_request_id(NewRequestId());
    Act(connection, request, &SessionService::Stub::CancelSession);
  });
  add_name(cancel);
  cancel->add_option("--reason", arguments->reason, "Why");
}

void WhoAmI(Connection& connection) {
  auto stub = AccessService::NewStub(connection.Channel());
  v1::Principal principal;
  if (connection.Call(*stub, &AccessService::Stub::GetCaller, v1::GetCallerRequest(), principal)) {
    PrintJson(principal);
  }
}

void VerifyLog(Connection& connection) {
  auto stub = ChangeService::NewStub(connection.Channel());
  v1::VerifyLogResponse verified;
  if (connection.Call(*stub, &ChangeService::Stub::VerifyLog, v1::VerifyLogRequest(), verified)) {
    std::cout << "The log holds: " << verified.entries() << " entries, head "
              << verified.head_hash() << "\n";
  }
}

}  // namespace

void AddSessionCommands(CLI::App& app, Connection& connection) {
  AddSession(app, connection);
  auto since = std::make_shared<std::string>();
  CLI::App* watch = app.add_subcommand("watch", "Follow changes as they happen");
  watch->add_option("--since", *since, "A sync token");
  watch->callback([&connection, since] { Watch(connection, *since); });
  CLI::App* sync = app.add_subcommand("sync", "What changed since a sync token");
  sync->add_option("--since", *since, "A sync token");
  sync->callback([&connection, since] { Sync(connection, *since); });
  app.add_subcommand("whoami", "Who the token stands for")->callback([&connection] {
    WhoAmI(connection);
  });
  app.add_subcommand("log", "The log")
      ->require_subcommand(1)
      ->add_subcommand("verify", "Walk the whole hash chain (auditors)")
      ->callback([&connection] { VerifyLog(connection); });
}

}  // namespace neshast::cli
