#include "replies/judgement.h"

#include <algorithm>
#include <set>
#include <utility>

#include "absl/strings/match.h"
#include "mail/reply_address.h"

namespace neshast {
namespace {

using v1::Reply;
using Doubts = std::set<Reply::Doubt>;

// Whether what counts now is as new as `reply`, or newer. A reply without a time could be an old
// one that somebody sends again.
bool IsOlderThanApplied(const Reply& reply, const v1::InvitationResponse& applied) {
  if (reply.sequence() != applied.sequence()) return reply.sequence() < applied.sequence();
  return !reply.has_stamp_time() || reply.stamp_time().seconds() <= applied.stamp_time().seconds();
}

void DoubtTheSender(const std::vector<std::string>& tokens, const Reply& reply, Doubts& doubts) {
  if (tokens.empty()) {
    doubts.insert(Reply::DOUBT_NO_TOKEN);
  } else if (!reply.token_matches()) {
    doubts.insert(Reply::DOUBT_WRONG_TOKEN);
  }
  if (!reply.from_matches()) doubts.insert(Reply::DOUBT_OTHER_ADDRESS);
  if (reply.dmarc() != Reply::DMARC_PASS) doubts.insert(Reply::DOUBT_DMARC_NOT_PASSED);
}

void DoubtTheAnswer(const Known& known, const Reply& reply, Doubts& doubts) {
  if (!IsSameAddress(reply.attendee(), known.address)) doubts.insert(Reply::DOUBT_OTHER_ADDRESS);
  if (!known.told || reply.sequence() > *known.told) doubts.insert(Reply::DOUBT_UNKNOWN_SEQUENCE);
  if (known.applied && IsOlderThanApplied(reply, *known.applied)) {
    doubts.insert(Reply::DOUBT_OLDER_THAN_APPLIED);
  }
  if (reply.kind() == Reply::KIND_COUNTER) doubts.insert(Reply::DOUBT_COUNTER_NEEDS_OFFICER);
  if (reply.kind() != Reply::KIND_ANSWER) return;
  if (reply.answer() == v1::InvitationResponse::ANSWER_UNSPECIFIED) {
    doubts.insert(Reply::DOUBT_NO_ANSWER);
  }
}

// A bounce has no sender whom anybody could vouch for (RFC 5321 section 4.5.5): the token in the
// address that it comes back to must do.
void DoubtTheBounce(const Incoming& incoming, const std::vector<std::string>& tokens,
                    const Known& known, const Reply& reply, Doubts& doubts) {
  if (tokens.empty()) {
    doubts.insert(Reply::DOUBT_NO_TOKEN);
  } else if (!reply.token_matches()) {
    doubts.insert(Reply::DOUBT_WRONG_TOKEN);
  }
  const bool failed = std::any_of(
      incoming.failed.begin(), incoming.failed.end(),
      [&](const std::string& recipient) { return IsSameAddress(recipient, known.address); });
  if (!failed) doubts.insert(Reply::DOUBT_OTHER_ADDRESS);
}

// Words have no time of their own: a copy of an earlier mail is known by its Message-ID.
void DoubtTheSlotAnswers(const Incoming& incoming, const Known& known, const Reply& reply,
                         Doubts& doubts) {
  if (!known.takes_answers) doubts.insert(Reply::DOUBT_PROPOSAL_CLOSED);
  if (known.came_before) doubts.insert(Reply::DOUBT_OLDER_THAN_APPLIED);
  if (reply.slot_answers().empty()) doubts.insert(Reply::DOUBT_NO_ANSWER);
  if (incoming.partly_understood) doubts.insert(Reply::DOUBT_PARTLY_UNDERSTOOD);
}

bool IsAboutASession(const Reply& reply) {
  return reply.kind() == Reply::KIND_ANSWER || reply.kind() == Reply::KIND_COUNTER ||
         reply.kind() == Reply::KIND_REFRESH;
}

}  // namespace

std::vector<std::string> TokensIn(const std::vector<mail::Address>& to,
                                  const mail::Address& office) {
  std::vector<std::string> tokens;
  for (const mail::Address& each : to) {
    if (auto token = mail::TokenIn(each.text(), office)) tokens.push_back(*std::move(token));
  }
  return tokens;
}

bool IsSameAddress(absl::string_view one, absl::string_view other) {
  return !one.empty() && absl::EqualsIgnoreCase(one, other);
}

void SetProofs(const Incoming& incoming, const std::vector<std::string>& tokens, const Known& known,
               Reply& reply) {
  reply.set_token_matches(!known.token.empty() &&
                          std::find(tokens.begin(), tokens.end(), known.token) != tokens.end());
  reply.set_from_matches(incoming.from && IsSameAddress(incoming.from->text(), known.address));
}

std::vector<Reply::Doubt> DoubtsOf(const Incoming& incoming, const std::vector<std::string>& tokens,
                                   const Known& known, const Reply& reply) {
  if (incoming.doubt) return {*incoming.doubt};
  if (reply.kind() == Reply::KIND_OTHER) return {Reply::DOUBT_NO_ANSWER};
  if (!known.subject) return {Reply::DOUBT_UNKNOWN_SUBJECT};
  Doubts doubts;
  if (reply.kind() == Reply::KIND_BOUNCE) {
    DoubtTheBounce(incoming, tokens, known, reply, doubts);
    return {doubts.begin(), doubts.end()};
  }
  if (!known.is_called) doubts.insert(Reply::DOUBT_NOT_INVITED);
  DoubtTheSender(tokens, reply, doubts);
  if (IsAboutASession(reply)) {
    if (!known.takes_answers) doubts.insert(Reply::DOUBT_SESSION_NOT_OPEN);
    DoubtTheAnswer(known, reply, doubts);
    if (reply.kind() == Reply::KIND_REFRESH) doubts.insert(Reply::DOUBT_NO_ANSWER);
  } else {
    DoubtTheSlotAnswers(incoming, known, reply, doubts);
  }
  return {doubts.begin(), doubts.end()};
}

}  // namespace neshast
