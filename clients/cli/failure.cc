#include "cli/failure.h"

#include <map>

#include "absl/strings/str_cat.h"
#include "cli/connection.h"
#include "google/rpc/error_details.pb.h"
#include "google/rpc/status.pb.h"

namespace neshast::cli {
namespace {

int ExitCodeOf(grpc::StatusCode code) {
  switch (code) {
    case grpc::INVALID_ARGUMENT:
    case grpc::OUT_OF_RANGE:
      return kInvalid;
    case grpc::NOT_FOUND:
      return kNotFound;
    case grpc::FAILED_PRECONDITION:
    case grpc::ABORTED:
    case grpc::ALREADY_EXISTS:
      return kConflict;
    case grpc::UNAUTHENTICATED:
    case grpc::PERMISSION_DENIED:
      return kDenied;
    case grpc::UNAVAILABLE:
    case grpc::DEADLINE_EXCEEDED:
    case grpc::RESOURCE_EXHAUSTED:
      return kUnavailable;
    default:
      return kOther;
  }
}

// What to do next, by the reason of errors.proto.
const std::map<std::string, std::string>& Advice() {
  static const std::map<std::string, std::string> kAdvice{
      {"PERSON_BOOKED", "Ask for an hour at which all are free: neshast session suggest --help"},
      {"ETAG_MISMATCH", "Somebody changed it meanwhile: show it again, then repeat the change."},
      {"HOLD_EXPIRED", "See the holds there are (neshast hold list), or hold the slot again."},
      {"UNAUTHENTICATED",
       "Give a token: --token-file FILE, NESHAST_TOKEN or a profile (neshast profile --help)."},
      {"ACTION_FORBIDDEN",
       "`neshast whoami` tells which role you have; ask the host's protocol office for another."},
      {"RESOURCE_EXISTS", "Choose another id, or use the one that is there."},
      {"AMBIGUOUS_LOCAL_TIME", "Say which is meant: --occurrence earlier or --occurrence later."},
      {"NONEXISTENT_LOCAL_TIME", "Say which is meant: --occurrence earlier or --occurrence later."},
      {"CLEARANCE_MISSING",
       "Record its letter (neshast session clear), or say why not: --force-reason TEXT."},
      {"COUNTERPART_UNVERIFIED",
       "Make sure of whom you deal with there; then two officers vouch (neshast city vouch "
       "--help). "
       "Or say why not: --force-reason TEXT."},
      {"SAME_OFFICER", "Another officer or an administrator must vouch too."},
      {"LIST_CLOSED", "Ask for a substitution: neshast delegation substitute --help"},
      {"SECOND_HEAD", "One head only: name the other an alternate, or substitute the head."},
      {"NOT_INVITED", "Name the person first: neshast delegation name --help"},
      {"NOTHING_TO_APPLY", "Do what it asks for, then: neshast reply dismiss --help"},
      {"PROPOSAL_CLOSED", "Write to the host's protocol office."},
      {"LINK_ENDED", "Use the link of the last mail you got, or ask the host's protocol office."},
      {"TOO_MANY_COUNTER_PROPOSALS", "Write to the host's protocol office."},
      {"ORDER_LOCKED", "Unlock it first: neshast order unlock --help"},
      {"AGENDA_TOO_LONG", "Shorten an item (neshast agenda update), or move the session."},
      {"AGENDA_FULL", "Remove something first: neshast agenda show tells what there is."},
      {"CORRECTIONS_OPEN",
       "Decide them (neshast minutes accept, reject), then circulate anew: neshast minutes "
       "reissue."},
      {"ADOPTION_AWAITED", "Once the time is over: neshast minutes seal --list-unadopted"},
      {"STEP_OWED", "Record it: neshast document step --help"},
      {"REFERENCE_NUMBER_TAKEN", "`neshast letter list` shows which letter bears it."},
      {"TIME_PASSED", "Choose a time that is to come."},
      {"UNKNOWN_TIME_ZONE", "Use an IANA name such as Asia/Tehran."},
      {"SYNC_TOKEN_EXPIRED", "Start over without --since."},
      {"WATCH_TOO_SLOW", "Go on with --since and the last token received."},
      {"RATE_LIMITED", "Wait a moment and call again."},
      {"STORE_UNAVAILABLE", "Wait a moment and call again."},
      {"WRITE_QUEUE_FULL", "Wait a moment and call again."},
      {"STOPPING", "Wait until the server is up again and call again."}};
  return kAdvice;
}

// Which command lists the names there are, by the collection of one that is not there.
std::string WhereToLook(const std::string& name) {
  static const std::map<std::string, std::string> kNouns{
      {"cities", "city"},          {"people", "person"},
      {"sessions", "session"},     {"networks", "network"},
      {"expertGroups", "group"},   {"organizations", "organization"},
      {"holds", "hold"},           {"documents", "document"},
      {"letters", "letter"},       {"commitments", "commitment"},
      {"principals", "principal"}, {"proposals", "proposal"},
      {"replies", "reply"},        {"practices", "practice"},
      {"topics", "topic"},         {"initiatives", "initiative"}};
  const auto noun = kNouns.find(name.substr(0, name.find('/')));
  if (noun == kNouns.end()) return "Check the name.\n";
  return absl::StrCat("`neshast ", noun->second, " list` shows the names there are.\n");
}

// What gRPC itself says where no server of ours has answered.
std::string Unanswered(const grpc::Status& status, const std::string& server) {
  if (status.error_code() == grpc::UNAVAILABLE) {
    return absl::StrCat("neshast: No server answers at ", server,
                        ".\nStart it with deploy/up, or say where it is: --server HOST:PORT, "
                        "NESHAST_SERVER or a profile.\n");
  }
  if (status.error_code() == grpc::DEADLINE_EXCEEDED) {
    return "neshast: The server did not answer in time.\nCall again, or give it longer: "
           "--timeout SECONDS.\n";
  }
  if (status.error_code() == grpc::UNIMPLEMENTED) {
    return "neshast: This server does not offer that yet. It is older than this program.\n";
  }
  return absl::StrCat("neshast: ", status.error_message(), "\n");
}

void Append(const google::rpc::ErrorInfo& info, std::string& text, std::string& advice) {
  absl::StrAppend(&text, "  reason ", info.reason());
  for (const auto& [key, value] : std::map(info.metadata().begin(), info.metadata().end())) {
    absl::StrAppend(&text, ", ", key, " ", value);
  }
  absl::StrAppend(&text, "\n");
  if (const auto found = Advice().find(info.reason()); found != Advice().end()) {
    advice = found->second + "\n";
  } else if (info.metadata().contains("kind")) {  // An order, which is no resource of its own.
    advice = "Arrange it first: neshast order arrange --help\n";
  } else if (info.reason() == "RESOURCE_NOT_FOUND" || info.reason() == "REFERENCE_NOT_FOUND") {
    const auto name = info.metadata().find("name");
    advice = WhereToLook(name == info.metadata().end() ? "" : name->second);
  }
}

}  // namespace

Failure FailureOf(const grpc::Status& status, const std::string& server) {
  Failure failure{ExitCodeOf(status.error_code()), ""};
  google::rpc::Status details;
  details.ParseFromString(status.error_details());
  if (details.details().empty()) {
    failure.text = Unanswered(status, server);
    return failure;
  }
  failure.text = absl::StrCat("neshast: ", status.error_message(), "\n");
  std::string advice;
  for (const auto& detail : details.details()) {
    google::rpc::BadRequest bad;
    google::rpc::ErrorInfo info;
    if (detail.UnpackTo(&bad)) {
      for (const auto& violation : bad.field_violations()) {
        absl::StrAppend(&failure.text, "  ", violation.field(), ": ", violation.description(),
                        "\n");
      }
    } else if (detail.UnpackTo(&info)) {
      Append(info, failure.text, advice);
    }
  }
  failure.text += advice;
  return failure;
}

}  // namespace neshast::cli
