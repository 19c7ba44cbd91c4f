// The one binary: flags, wiring, start, stop. The only file that names an engine.
#include <fcntl.h>
#include <google/protobuf/stubs/logging.h>
#include <signal.h>
#include <spdlog/spdlog.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include <CLI/CLI.hpp>
#include <cerrno>
#include <cstring>
#include <filesystem>
#include <iostream>

#include "absl/strings/str_cat.h"
#include "absl/synchronization/mutex.h"
#include "absl/time/clock.h"
#include "access/access.h"
#include "agenda/agenda.h"
#include "agenda/agenda_clock.h"
#include "changes/changes.h"
#include "clockwatch/clockwatch.h"
#include "commitments/commitments.h"
#include "directory/directory.h"
#include "documents/documents.h"
#include "invitations/invitations.h"
#include "letters/letters.h"
#include "library/library.h"
#include "links/link_key.h"
#include "mail/reply_address.h"
#include "mailer/mailer.h"
#include "mailer/mails.h"
#include "mailer/route.h"
#include "minutes/minutes.h"
#include "minutes/start.h"
#include "orders/orders.h"
#include "proposals/proposals.h"
#include "replies/intake_route.h"
#include "replies/mailbox.h"
#include "replies/replies.h"
#include "rpc/server.h"
#include "search/search.h"
#include "search/subject.h"
#include "sessions/index.h"
#include "sessions/sessions.h"
#include "store/sqlite/sqlite_store.h"
#include "suggestions/suggestions.h"
#include "time/current_zones.h"

namespace neshast {
namespace {

// SIGHUP looks at once.
constexpr absl::Duration kZoneRulesInterval = absl::Minutes(1);

// A warning is never later than this.
constexpr absl::Duration kAgendaInterval = absl::Seconds(1);

struct Flags {
  std::string data = "var";
  ServerOptions server;
  std::string metrics;
  std::string host = "cities/isfahan";
  std::string tzdata = "/usr/share/zoneinfo";
  int max_group = 256;
  std::string log = "info";
  Route mail;
  std::string mail_from = "protocol@localhost";
  std::string mail_links;
  IntakeRoute intake;
  std::string authserv_id;
  int intake_interval = 60;
};

// No file of this process is anybody else's to read, and no core of it, which would hold secrets,
// is left.
void KeepToOneself() {
  umask(0077);
  const rlimit none{.rlim_cur = 0, .rlim_max = 0};
  setrlimit(RLIMIT_CORE, &none);
}

absl::Status CannotWrite(const std::string& path) {
  return absl::UnavailableError(absl::StrCat("Cannot write ", path, ": ", strerror(errno), "."));
}

// Writes a credential, to stay, where only the server's user can read it.
absl::Status WriteSecret(const std::string& path, const std::string& secret) {
  const std::string line = secret + "\n";
  const int file = open(path.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
  if (file < 0) return CannotWrite(path);
  const bool written =
      pwrite(file, line.data(), line.size(), 0) == static_cast<ssize_t>(line.size()) &&
      fsync(file) == 0;
  absl::Status status = written ? absl::OkStatus() : CannotWrite(path);
  close(file);
  return status;
}

// Makes the names of new files in `folder` durable.
absl::Status SyncFolder(const std::string& folder) {
  const int directory = open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  absl::Status status =
      directory >= 0 && fsync(directory) == 0 ? absl::OkStatus() : CannotWrite(folder);
  if (directory >= 0) close(directory);
  return status;
}

// The first credentials of a new store. They lie in the data directory before the store knows them,
// and the store learns all or none: a server killed meanwhile makes them anew.
absl::Status EnrollFirst(Store& store, const Flags& flags) {
  int64_t revision = 0;
  RETURN_IF_ERROR(store.Read([&](Transaction& tx) -> absl::Status {
    ASSIGN_OR_RETURN(revision, tx.Revision());
    return absl::OkStatus();
  }));
  if (revision > 0) return absl::OkStatus();
  struct First {
    const char* id;
    v1::Role role;
    const char* display_name;
  };
  const Writer system = {.actor = "system", .action = "enroll"};
  return WriteAndWait(store, system, [&](Transaction& tx) -> absl::Status {
    for (const First& first : {First{"administrator", v1::ROLE_ADMINISTRATOR, "Administrator"},
                               First{"officer", v1::ROLE_PROTOCOL_OFFICER, "Protocol office"},
                               First{"auditor", v1::ROLE_AUDITOR, "Auditor"}}) {
      ASSIGN_OR_RETURN(const std::string secret,
                       Enroll(absl::StrCat("principals/", first.id), first.role, first.display_name,
                              flags.host, tx));
      RETURN_IF_ERROR(WriteSecret(absl::StrCat(flags.data, "/", first.id, ".token"), secret));
    }
    return SyncFolder(flags.data);
  });
}

std::vector<Method> AllMethods(const ZonesInForce& zones, const LinkKey& link_key,
                               const std::string& epoch, const ReplyDesk& desk,
                               const std::string& data) {
  std::vector<Method> all;
  for (auto methods :
       {AccessMethods(), DirectoryMethods(), SessionMethods(zones, &StartMinutesOf),
        InvitationMethods(), AgendaMethods(), MinutesMethods(data + "/seal.key"), OrderMethods(),
        SuggestionMethods(zones), ProposalMethods(zones, link_key), ClockMethods(zones),
        ChangeMethods(epoch), MailMethods(), ReplyMethods(desk), LibraryMethods(), SearchMethods(),
        DocumentMethods(zones), LetterMethods(zones), CommitmentMethods()}) {
    all.insert(all.end(), methods.begin(), methods.end());
  }
  return all;
}

// Nothing where no mails are wanted.
absl::StatusOr<std::unique_ptr<Mailer>> StartMailer(const Flags& flags, const LinkKey& key,
                                                    Store& store, ZonesInForce zones) {
  Route route = flags.mail;
  if (route.to == "none") return nullptr;
  if (route.to.empty()) route.to = absl::StrCat("maildir:", flags.data, "/outbox");
  ASSIGN_OR_RETURN(const mail::Address from, mail::Address::Read(flags.mail_from));
  // Refused now, not at each mail: an office whose name leaves no room for the tokens of replies.
  RETURN_IF_ERROR(mail::ReplyAddress(from, std::string(mail::kReplyTokenLength, 'a')).status());
  ASSIGN_OR_RETURN(auto delivery, OpenRoute(route, std::string(from.domain())));
  return std::make_unique<Mailer>(store, std::move(zones), std::move(delivery),
                                  Letterhead{from, flags.mail_links, flags.host, key});
}

absl::StatusOr<ReplyDesk> DeskOf(const Flags& flags, const LinkKey& key, ZonesInForce zones) {
  ASSIGN_OR_RETURN(mail::Address office, mail::Address::Read(flags.mail_from));
  return ReplyDesk{key, std::move(office), flags.authserv_id, std::move(zones)};
}

// Nothing where no mailbox is named.
absl::StatusOr<std::unique_ptr<Mailbox>> StartMailbox(const Flags& flags, const ReplyDesk& desk,
                                                      Store& store) {
  if (flags.intake.from.empty()) return nullptr;
  ASSIGN_OR_RETURN(auto intake, OpenIntake(flags.intake));
  return std::make_unique<Mailbox>(desk, std::move(intake), store,
                                   absl::Seconds(flags.intake_interval));
}

void AddIntakeOptions(CLI::App& app, Flags& flags) {
  app.add_option("--mail-intake", flags.intake.from,
                 "The mailbox that answers come to: imap://HOST:PORT/FOLDER or imaps://…; nobody "
                 "else may read it");
  app.add_option("--mail-intake-user", flags.intake.user, "Who logs in there");
  app.add_option("--mail-intake-password-file", flags.intake.password_file,
                 "Whose first line is the password");
  app.add_option("--mail-intake-ca-file", flags.intake.ca_file,
                 "Certificates that vouch for that server; the system's by default");
  app.add_option("--mail-intake-interval", flags.intake_interval,
                 "Seconds between two looks into the mailbox")
      ->check(CLI::Range(1, 3600))
      ->capture_default_str();
  app.add_option("--mail-authserv-id", flags.authserv_id,
                 "How our own mail server names itself in Authentication-Results; without it every "
                 "answer by mail waits for the protocol office");
}

void AddMailOptions(CLI::App& app, Flags& flags) {
  app.add_option("--mail", flags.mail.to,
                 "Where mails go: maildir:PATH, smtp://HOST:PORT, smtps://HOST:PORT or none; "
                 "by default into the folder outbox of the data")
      ->take_last();
  app.add_option("--mail-from", flags.mail_from,
                 "The protocol office's address; its domain stands in the identifiers of calendar "
                 "entries and is not to be changed later")
      ->capture_default_str();
  app.add_option("--mail-user", flags.mail.user, "Who logs in at the mail server");
  app.add_option("--mail-password-file", flags.mail.password_file,
                 "Whose first line is the password");
  app.add_option("--mail-links", flags.mail_links,
                 "What links in mails begin with: https://neshast.isfahan.example");
}

absl::Status Run(const Flags& flags, const sigset_t& signals) {
  std::error_code error;
  std::filesystem::create_directories(flags.data, error);
  ASSIGN_OR_RETURN(const auto zones, CurrentZones::Open(flags.tzdata, flags.data + "/tzdata"));
  ASSIGN_OR_RETURN(const auto store, OpenSqliteStore({.path = flags.data + "/neshast.db",
                                                      .indexer = IndexOf,
                                                      .indexing = kIndexing,
                                                      .clock = absl::Now,
                                                      .max_group = flags.max_group}));
  RETURN_IF_ERROR(EnrollFirst(*store, flags));
  ASSIGN_OR_RETURN(const LinkKey link_key, LinkKey::Open(flags.data + "/link.key"));
  ASSIGN_OR_RETURN(const auto mailer,
                   StartMailer(flags, link_key, *store, [&] { return zones->Get(); }));
  ASSIGN_OR_RETURN(const ReplyDesk desk, DeskOf(flags, link_key, [&] { return zones->Get(); }));
  ASSIGN_OR_RETURN(const auto mailbox, StartMailbox(flags, desk, *store));
  ClockWatch clock_watch(*store, *zones, kZoneRulesInterval);
  const AgendaClock agenda_clock(*store, kAgendaInterval);
  Metrics metrics;
  if (!flags.metrics.empty()) RETURN_IF_ERROR(metrics.Serve(flags.metrics));
  Authenticator authenticator(*store);
  Dispatcher dispatcher(*store, authenticator, metrics);
  ASSIGN_OR_RETURN(const auto server,
                   Server::Start(flags.server, *store, dispatcher,
                                 AllMethods([&] { return zones->Get(); }, link_key, store->epoch(),
                                            desk, flags.data),
                                 {WatchChanges(store->epoch())}));
  std::cout << "neshastd listens at " << flags.server.listen << " (port " << server->port()
            << "), data in " << flags.data << ", zone rules " << zones->Get()->release()
            << std::endl;
  int signal = 0;
  while (sigwait(&signals, &signal) == 0 && signal == SIGHUP) clock_watch.LookNow();
  std::cout << "neshastd stops." << std::endl;
  server->Stop(absl::Seconds(10));
  return absl::OkStatus();
}

}  // namespace
}  // namespace neshast

int main(int argc, char** argv) {
  neshast::Flags flags;
  CLI::App app("neshastd: the server of Neshast, the coordinator of cities' online sittings.");
  app.add_option("--data", flags.data, "Directory of the database and the first tokens")
      ->capture_default_str();
  app.add_option("--listen", flags.server.listen, "Loopback address or unix:PATH")
      ->capture_default_str();
  app.add_option("--front", flags.server.front,
                 "unix:PATH of a second listener for the front (deploy/proxy)");
  app.add_flag("--reflection", flags.server.reflection, "Let clients ask for the contract");
  app.add_option("--metrics", flags.metrics, "Serve Prometheus metrics at this address");
  app.add_option("--host", flags.host, "The host city")->capture_default_str();
  app.add_option("--tzdata", flags.tzdata, "Directory of the zone rules")->capture_default_str();
  app.add_option("--max-group", flags.max_group, "Most writes that share one commit")
      ->capture_default_str();
  app.add_option("--log", flags.log, "debug, info, warning, error")->capture_default_str();
  neshast::AddMailOptions(app, flags);
  neshast::AddIntakeOptions(app, flags);
  CLI11_PARSE(app, argc, argv);
  spdlog::set_level(spdlog::level::from_str(flags.log));
  neshast::KeepToOneself();

  // Protobuf writes a line for every request that is not UTF-8: the caller is told, the log is not
  // filled.
  google::protobuf::SetLogHandler(nullptr);

  // Debian builds Abseil with its search for deadlocks switched on; gRPC pays for it at each lock.
  absl::SetMutexDeadlockDetectionMode(absl::OnDeadlockCycle::kIgnore);

  // A mail server that hangs up in the middle of TLS is no reason to end.
  signal(SIGPIPE, SIG_IGN);

  // Blocked before any thread starts, so that only sigwait takes them.
  sigset_t signals;
  sigemptyset(&signals);
  sigaddset(&signals, SIGHUP);
  sigaddset(&signals, SIGINT);
  sigaddset(&signals, SIGTERM);
  pthread_sigmask(SIG_BLOCK, &signals, nullptr);
  const absl::Status status = neshast::Run(flags, signals);
  if (!status.ok()) std::cerr << "neshastd: " << status.message() << std::endl;
  return status.ok() ? 0 : 1;
}
