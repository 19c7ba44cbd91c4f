#include "cli/reply_view.h"

#include <iostream>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "cli/lookup.h"
#include "cli/times.h"

namespace neshast::cli {
namespace {

using v1::Reply;

Tone ToneOf(Reply::State state) {
  if (state == Reply::STATE_AWAITS_OFFICER) return Tone::kBad;
  return state == Reply::STATE_DISMISSED ? Tone::kQuiet : Tone::kGood;
}

const char* InWords(Reply::Doubt doubt) {
  switch (doubt) {
    case Reply::DOUBT_NO_TOKEN:
      return "It came to an address without a token of ours.";
    case Reply::DOUBT_WRONG_TOKEN:
      return "The token in its address is not the one of this person and this session.";
    case Reply::DOUBT_OTHER_ADDRESS:
      return "It speaks for, or comes from, another address than the one that was written to.";
    case Reply::DOUBT_DMARC_NOT_PASSED:
      return "Our mail server does not say that the sender's domain stands behind it.";
    case Reply::DOUBT_UNKNOWN_SUBJECT:
      return "What it is about is unknown.";
    case Reply::DOUBT_OLDER_THAN_APPLIED:
      return "A newer answer, or this very one, counts already.";
    case Reply::DOUBT_NOT_INVITED:
      return "Who answers is not called to the session.";
    case Reply::DOUBT_UNKNOWN_SEQUENCE:
      return "It answers an invitation that was never sent.";
    case Reply::DOUBT_COUNTER_NEEDS_OFFICER:
      return "It asks for another time: `neshast session move` grants it.";
    case Reply::DOUBT_UNREADABLE:
      return "It cannot be read.";
    case Reply::DOUBT_TOO_LARGE:
      return "It is larger than we read.";
    case Reply::DOUBT_SESSION_NOT_OPEN:
      return "The session is over, cancelled or not yet confirmed.";
    case Reply::DOUBT_NO_ANSWER:
      return "It says neither yes nor no nor perhaps, or hands the invitation on.";
    case Reply::DOUBT_PARTLY_UNDERSTOOD:
      return "Parts of it were not understood.";
    case Reply::DOUBT_PROPOSAL_CLOSED:
      return "The proposal takes no answers any more.";
    default:
      return "";
  }
}

std::string OnOneLine(const std::string& text) {
  return absl::StrReplaceAll(text, {{"\n", " "}});
}

// "accepted", "bounce", "counter".
std::string SaysOf(const Reply& reply) {
  const bool is_answer = reply.kind() == Reply::KIND_ANSWER &&
                         reply.answer() != v1::InvitationResponse::ANSWER_UNSPECIFIED;
  return is_answer ? WordOf(reply.answer()) : WordOf(reply.kind());
}

std::string TimeOf(const v1::ZonedTime& time) {
  return absl::StrCat(ShortTime(WallTimeOf(time)), " ", time.time_zone());
}

void PrintLine(const char* label, const std::string& text) {
  if (!text.empty()) std::cout << "  " << label << ": " << text << "\n";
}

void PrintProofs(const Reply& reply) {
  PrintLine("token", reply.token_matches() ? "the person's own" : "not proven");
  PrintLine("sender", reply.from_matches() ? "the invited address" : "not proven");
  PrintLine("domain", absl::StrCat("DMARC ", WordOf(reply.dmarc())));
}

}  // namespace

void ShowReplies(Connection& connection, const v1::ListRepliesResponse& replies) {
  if (PrintDocument(connection.format, replies)) return;
  Lookup lookup(connection);
  std::vector<Row> rows{{"REPLY", "RECEIVED", "ABOUT", "PERSON", "FROM", "SAYS", "STATE", "WHY"}};
  for (const Reply& reply : replies.replies()) {
    std::vector<std::string> doubts;
    for (const int doubt : reply.doubts())
      doubts.push_back(WordOf(static_cast<Reply::Doubt>(doubt)));
    rows.push_back({IdOf(reply.name()), InUtc(reply.receive_time()), IdOf(reply.about()),
                    reply.person().empty() ? "" : lookup.Person(reply.person()), reply.from(),
                    SaysOf(reply), Cell(WordOf(reply.state()), ToneOf(reply.state())),
                    Enumerated(doubts)});
  }
  PrintTable(rows);
}

void ShowReply(Connection& connection, const Reply& reply) {
  if (PrintDocument(connection.format, reply)) return;
  std::cout << Painted(IdOf(reply.name()), Tone::kHeading) << ": " << SaysOf(reply) << ", "
            << Painted(WordOf(reply.state()), ToneOf(reply.state())) << "\n";
  Lookup lookup(connection);
  PrintLine("about", reply.about());
  if (!reply.person().empty()) PrintLine("person", lookup.Person(reply.person()));
  PrintLine("from", reply.from());
  PrintLine("subject", reply.subject());
  PrintLine("received", InUtc(reply.receive_time()));
  if (reply.has_asked_start_time()) PrintLine("asks for", TimeOf(reply.asked_start_time()));
  if (reply.has_asked_end_time()) PrintLine("until", TimeOf(reply.asked_end_time()));
  PrintLine("comment", OnOneLine(reply.comment()));
  PrintProofs(reply);
  for (const int doubt : reply.doubts()) {
    std::cout << "  ! " << InWords(static_cast<Reply::Doubt>(doubt)) << "\n";
  }
  if (reply.has_decide_time()) {
    PrintLine("decided", absl::StrCat(InUtc(reply.decide_time()), " by ", IdOf(reply.decided_by()),
                                      reply.remark().empty() ? "" : ": ", reply.remark()));
  }
  if (!reply.text().empty()) std::cout << "\n" << reply.text() << "\n";
}

}  // namespace neshast::cli
