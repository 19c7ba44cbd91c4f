// What comes back by mail: taken in, judged, applied where it is proven, else shown to the officer.
#pragma once

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "links/link_key.h"
#include "mail/address.h"
#include "neshast/v1/reply.pb.h"
#include "replies/reading.h"
#include "rpc/method.h"
#include "sessions/with_zones.h"
#include "store/store.h"

namespace neshast {

// What is the same for all replies to one office.
struct ReplyDesk {
  LinkKey key;              // from which the tokens in our addresses are made
  mail::Address office;     // that we write from, without a token
  std::string authserv_id;  // of our own mail server; empty: no sender is ever proven
  ZonesInForce zones;
};

// Keeps `incoming` as a reply and lets it count if everything is proven. A mail that is kept
// already stays as it is: its reply is returned, and nothing is applied again.
absl::StatusOr<v1::Reply> TakeIn(const ReplyDesk& desk, Incoming incoming, Transaction& tx);

// The methods of neshast.v1.ReplyService.
std::vector<Method> ReplyMethods(const ReplyDesk& desk);

}  // namespace neshast
