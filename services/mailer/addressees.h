// The people of a session as its mails see them, read from the store.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "absl/status/statusor.h"
#include "mailer/compose.h"
#include "mailer/plan.h"
#include "store/store.h"

namespace neshast {

// Of one person, whether or not the session names it.
absl::StatusOr<Addressee> AddresseeOf(const v1::Session& session, const std::string& person,
                                      Transaction& tx);

// Everybody who is named in `session` or was told of it and is due a mail now, by name.
absl::StatusOr<std::vector<std::pair<Addressee, Letter>>> DueOf(const v1::Session& session,
                                                                Transaction& tx);

// What a mail to `person` about `session` is composed of.
absl::StatusOr<Occasion> OccasionOf(const v1::Session& session, const v1::Person& person,
                                    Transaction& tx);

}  // namespace neshast
