// What the store keeps beside each document so that it is found.
#pragma once

#include <google/protobuf/message.h>

#include "store/store.h"

namespace neshast {

// The party in whose list every confirmed session stands for the 24 hours before its start: what
// the reminders of sessions are found by.
inline constexpr char kReminders[] = "reminders";

// The index rows of any resource. Sessions claim the time of their people; a draft claims
// tentatively, a hold until it expires, what was cancelled, held or moved away is only listed with
// its cities.
Index IndexOf(const google::protobuf::Message& resource);

}  // namespace neshast
