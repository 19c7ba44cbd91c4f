#include "agenda/papers.h"

#include <algorithm>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "agenda/answer.h"
#include "agenda/run.h"
#include "agenda/tree.h"
#include "rpc/policy.h"
#include "rpc/validate.h"
#include "sessions/random_id.h"

namespace neshast {
namespace {

using v1::AgendaItem;
using v1::Paper;
using v1::Session;

constexpr int kMostPapers = 20;    // of an item
constexpr int kMostVersions = 50;  // of a paper
constexpr size_t kMostContent = 200 * 1024;

std::string PaperName(const std::string& session, const std::string& paper_id) {
  return absl::StrCat(session, "/papers/", paper_id);
}

absl::Status NoSuchPaper(const std::string& name) {
  return Error(absl::StatusCode::kNotFound, absl::StrCat("There is no ", name, "."),
               {.reason = "RESOURCE_NOT_FOUND", .metadata = {{"name", name}}, .violations = {}});
}

// The city for which the caller hands in papers.
std::string CityOf(const Caller& caller, const Session& session) {
  return caller.role == v1::ROLE_DELEGATION_SECRETARY ? caller.city : session.host();
}

// A host with a name, and nothing that hides another: no user, no spaces, no backslashes.
bool IsLink(const std::string& uri) {
  constexpr absl::string_view kScheme = "https://";
  if (!absl::StartsWith(uri, kScheme)) return false;
  const std::string rest = uri.substr(kScheme.size());
  const std::string host = rest.substr(0, rest.find_first_of("/?#"));
  return !host.empty() && !absl::StrContains(host, '@') &&
         std::all_of(uri.begin(), uri.end(),
                     [](unsigned char c) { return c > 0x20 && c < 0x7f && c != '\\' && c != '"'; });
}

bool IsMediaType(const std::string& text) {
  const std::vector<std::string> parts = absl::StrSplit(text, '/');
  return parts.size() == 2 && std::all_of(parts.begin(), parts.end(), [](const auto& part) {
           return !part.empty() && std::all_of(part.begin(), part.end(), [](unsigned char c) {
             return absl::ascii_isalnum(c) || c == '.' || c == '+' || c == '-';
           });
         });
}

absl::Status CheckPaper(const Paper& paper) {
  if (paper.uri().empty() == paper.content().empty()) {
    return BadField("paper.uri", "Give either a link or a content.");
  }
  if (!paper.uri().empty()) {
    if (!paper.media_type().empty()) return BadField("paper.media_type", "A link has none.");
    return IsLink(paper.uri()) ? absl::OkStatus()
                               : BadField("paper.uri", "It is no link such as https://HOST/PATH.");
  }
  if (!IsMediaType(paper.media_type())) {
    return BadField("paper.media_type", "It is no media type such as application/pdf.");
  }
  if (paper.content().size() <= kMostContent) return absl::OkStatus();
  return BadField("paper.content", absl::StrCat("It has ", paper.content().size(),
                                                " bytes; at most ", kMostContent, " are allowed."));
}

// The first version of what `given` says; a later one is to be made of it.
absl::StatusOr<Paper> NewPaper(const Caller& caller, const Paper& given, const Session& session,
                               const std::string& item, Transaction& tx) {
  Paper paper = given;
  ClearOutputOnly(paper);
  RETURN_IF_ERROR(CheckPaper(paper));
  paper.clear_etag();
  paper.set_name(PaperName(session.name(), RandomId()));
  paper.set_item(item);
  paper.set_city(CityOf(caller, session));
  paper.set_host(session.host());
  paper.set_version(1);
  paper.set_content_bytes(static_cast<int>(paper.content().size()));
  paper.mutable_create_time()->set_seconds(absl::ToUnixSeconds(tx.now()));
  return paper;
}

Paper WithoutContent(Paper paper) {
  paper.clear_content();
  return paper;
}

// The version of this name and those before it, the newest first.
absl::StatusOr<std::vector<Paper>> VersionsOf(const std::string& newest, Transaction& tx) {
  std::vector<Paper> versions;
  for (std::string name = newest; !name.empty(); name = versions.back().replaces()) {
    ASSIGN_OR_RETURN(Paper paper, tx.Get<Paper>(name));
    versions.push_back(WithoutContent(std::move(paper)));
  }
  return versions;
}

absl::Status Destroy(const std::string& newest, Transaction& tx) {
  ASSIGN_OR_RETURN(const std::vector<Paper> versions, VersionsOf(newest, tx));
  for (const Paper& version : versions) RETURN_IF_ERROR(tx.Delete(version.name()));
  return absl::OkStatus();
}

absl::StatusOr<Paper> CreatePaper(const Caller& caller, const v1::CreatePaperRequest& request,
                                  Transaction& tx) {
  ASSIGN_OR_RETURN(Session session, SessionToChange(request.name(), tx));
  Session seen = session;
  HideAgenda(caller, seen);
  RETURN_IF_ERROR(ItemOf(seen, request.item_id()).status());
  ASSIGN_OR_RETURN(AgendaItem* const item, ItemOf(session, request.item_id()));
  RETURN_IF_ERROR(CheckSpeaksFor(caller, session, CityOf(caller, session)));
  if (item->papers_size() == kMostPapers) return Full("The item's list of papers", kMostPapers);
  ASSIGN_OR_RETURN(Paper paper, NewPaper(caller, request.paper(), session, item->name(), tx));
  ASSIGN_OR_RETURN(paper, tx.Put(std::move(paper)));
  *item->add_papers() = WithoutContent(paper);
  RETURN_IF_ERROR(Keep(std::move(session), tx).status());
  return WithoutContent(std::move(paper));
}

absl::Status AnotherCitysPaper() {
  return Error(absl::StatusCode::kPermissionDenied, "It is another city's paper.",
               {.reason = "ACTION_FORBIDDEN", .metadata = {}, .violations = {}});
}

// Why the caller cannot change `name`, which is not the newest version of any paper of `session`.
absl::Status NotTheNewest(const Caller& caller, const Session& session, const std::string& name,
                          Transaction& tx) {
  const auto old = tx.Get<Paper>(name);
  if (!old.ok() || !MaySeePaper(caller, session, *old)) return NoSuchPaper(name);
  if (old->city() != CityOf(caller, session)) return AnotherCitysPaper();
  const AgendaItem* item = FindItem(session.agenda(), old->item());
  for (const Paper& paper : item->papers()) {
    ASSIGN_OR_RETURN(const std::vector<Paper> versions, VersionsOf(paper.name(), tx));
    const bool found = std::any_of(versions.begin(), versions.end(),
                                   [&](const Paper& each) { return each.name() == name; });
    if (!found) continue;
    return Error(absl::StatusCode::kAborted, "There is a newer version of the paper.",
                 {.reason = "ETAG_MISMATCH",
                  .metadata = {{"etag", paper.etag()}, {"name", paper.name()}},
                  .violations = {}});
  }
  return NoSuchPaper(name);
}

// A paper where its item has it.
struct Filed {
  AgendaItem* item = nullptr;
  int at = 0;
};

// The newest version of a paper of the caller's city.
absl::StatusOr<Filed> OwnPaper(const Caller& caller, const std::string& paper_id, Session& session,
                               Transaction& tx) {
  const std::string name = PaperName(session.name(), paper_id);
  for (AgendaItem& item : *session.mutable_agenda()->mutable_items()) {
    for (int i = 0; i < item.papers_size(); ++i) {
      const Paper& paper = item.papers(i);
      if (paper.name() != name) continue;
      if (paper.city() == CityOf(caller, session)) return Filed{&item, i};
      if (!MaySeePaper(caller, session, paper)) return NoSuchPaper(name);
      return AnotherCitysPaper();
    }
  }
  return NotTheNewest(caller, session, name, tx);
}

absl::StatusOr<Paper> RevisePaper(const Caller& caller, const v1::RevisePaperRequest& request,
                                  Transaction& tx) {
  ASSIGN_OR_RETURN(Session session, SessionToChange(request.name(), tx));
  ASSIGN_OR_RETURN(const Filed filed, OwnPaper(caller, request.paper_id(), session, tx));
  Paper& before = *filed.item->mutable_papers(filed.at);
  if (before.version() == kMostVersions) return Full("The paper", kMostVersions);
  ASSIGN_OR_RETURN(Paper paper, NewPaper(caller, request.paper(), session, filed.item->name(), tx));
  paper.set_version(before.version() + 1);
  paper.set_replaces(before.name());
  ASSIGN_OR_RETURN(paper, tx.Put(std::move(paper)));
  before = WithoutContent(paper);
  RETURN_IF_ERROR(Keep(std::move(session), tx).status());
  return WithoutContent(std::move(paper));
}

absl::StatusOr<v1::AgendaAnswer> RemovePaper(const Caller& caller,
                                             const v1::RemovePaperRequest& request,
                                             Transaction& tx) {
  ASSIGN_OR_RETURN(Session session, SessionToChange(request.name(), tx));
  ASSIGN_OR_RETURN(const Filed filed, OwnPaper(caller, request.paper_id(), session, tx));
  RETURN_IF_ERROR(Destroy(filed.item->papers(filed.at).name(), tx));
  filed.item->mutable_papers()->DeleteSubrange(filed.at, 1);
  return KeepAndAnswer(caller, std::move(session), tx);
}

absl::StatusOr<Paper> GetPaper(const Caller& caller, const v1::GetPaperRequest& request,
                               Transaction& tx) {
  ASSIGN_OR_RETURN(const Session session, tx.Get<Session>(request.name()));
  const std::string name = PaperName(session.name(), request.paper_id());
  ASSIGN_OR_RETURN(Paper paper, tx.Get<Paper>(name));
  if (!MaySeePaper(caller, session, paper)) return NoSuchPaper(name);
  return paper;
}

}  // namespace

absl::Status DestroyPapers(const AgendaItem& item, Transaction& tx) {
  for (const Paper& paper : item.papers()) RETURN_IF_ERROR(Destroy(paper.name(), tx));
  return absl::OkStatus();
}

std::vector<Method> PaperMethods() {
  const std::string service = "neshast.v1.AgendaService.";
  return {
      Bind(service + "CreatePaper", &CreatePaper),
      Bind(service + "RevisePaper", &RevisePaper),
      Bind(service + "RemovePaper", &RemovePaper),
      Bind(service + "GetPaper", &GetPaper),
  };
}

}  // namespace neshast
