// Whether a reply is believed: pure rules on what it says and what we know. A mail is a hint, never
// an authority (RFC 6047 section 3): the sender of a mail can be forged, a mail can be sent twice,
// and who was forwarded an invitation can answer it.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "mail/address.h"
#include "neshast/v1/invitation_response.pb.h"
#include "neshast/v1/reply.pb.h"
#include "replies/reading.h"

namespace neshast {

// What we know of the person and the session, proposal or mail that a reply is about.
struct Known {
  bool subject = false;                    // there is such a one
  bool takes_answers = false;              // the session is to come; the proposal stands
  bool is_called = false;                  // the person is called to it, or asked
  std::string address = {};                // the person's, to which we wrote
  std::string token = {};                  // with which the person's answers come
  std::optional<int> told = std::nullopt;  // SEQUENCE of the newest mail to the person
  std::optional<v1::InvitationResponse> applied = std::nullopt;  // what counts now
  bool came_before = false;  // a mail with this Message-ID did, on another way
};

// The tokens of those of `to` that are reply addresses of `office` (mail/reply_address.h).
std::vector<std::string> TokensIn(const std::vector<mail::Address>& to,
                                  const mail::Address& office);

// Whether two mail addresses are one, whatever their case.
bool IsSameAddress(absl::string_view one, absl::string_view other);

// Fills in what `incoming` proves: that its token and its sender are those of `known`.
void SetProofs(const Incoming& incoming, const std::vector<std::string>& tokens, const Known& known,
               v1::Reply& reply);

// Why the reply is not applied by itself, in the order of the enum; nothing where everything is
// proven. `reply` is that of `incoming` with its proofs set.
std::vector<v1::Reply::Doubt> DoubtsOf(const Incoming& incoming,
                                       const std::vector<std::string>& tokens, const Known& known,
                                       const v1::Reply& reply);

}  // namespace neshast
