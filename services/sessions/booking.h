// What makes a booking sound: people who are free, references that stand.
#pragma once

#include <google/protobuf/repeated_ptr_field.h>

#include <set>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/strings/string_view.h"
#include "errors.h"
#include "neshast/v1/session.pb.h"
#include "store/store.h"

namespace neshast {

// Who is called to a session, and every structural fault of the list: a city twice, a person twice,
// a host without a delegation.
struct Roll {
  std::set<std::string> cities;
  std::set<std::string> people;
  std::vector<FieldViolation> faults;
};

// `prefix` stands before the paths of the faults: "session.".
Roll RollOf(const google::protobuf::RepeatedPtrField<v1::Delegation>& delegations,
            const std::string& host, const std::string& prefix);

// INVALID_ARGUMENT / INVALID_FIELD with every structural fault; FAILED_PRECONDITION /
// REFERENCE_NOT_FOUND.
absl::Status CheckSession(const v1::Session& session, Transaction& tx);

// FAILED_PRECONDITION / PERSON_BOOKED unless every one of `people` is free of confirmed sessions
// and holds in the interval, those of `holder` and `released` aside. Says who, when and by what
// kind of thing, never by its title.
absl::Status CheckNobodyIsBooked(const std::vector<std::string>& people, const v1::ZonedTime& start,
                                 const google::protobuf::Duration& duration,
                                 const std::string& holder, const std::string& released,
                                 Transaction& tx);

// The same for everybody in `session`, its own time and that of its own hold aside.
absl::Status CheckPeopleFree(const v1::Session& session, const std::string& released,
                             Transaction& tx);

// FAILED_PRECONDITION / WRONG_STATE (metadata: state): only `may`, such as "a draft can be
// confirmed".
absl::Status WrongState(const v1::Session& session, absl::string_view may);

}  // namespace neshast
