#include "letters/register.h"

#include <algorithm>
#include <utility>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "neshast/v1/group.pb.h"
#include "rpc/refusal.h"
#include "sessions/register_index.h"

namespace neshast {
namespace {

using v1::Letter;
using v1::LetterRound;

// The city that `side`, a city or an organisation, is or sits in; empty for one that sits in none.
absl::StatusOr<std::string> CityOf(const std::string& side, Transaction& tx) {
  if (absl::StartsWith(side, "cities/")) return side;
  ASSIGN_OR_RETURN(const v1::Organization organization, tx.Get<v1::Organization>(side));
  return organization.city();
}

absl::Status CheckNumberFree(const Letter& letter, Transaction& tx) {
  const std::string& number = letter.reference_number();
  ASSIGN_OR_RETURN(
      const auto taken,
      tx.ListDocuments({.kind = "Letter",
                        .parent = "",
                        .list = LettersNumbered(letter.host(), letter.sender(), number),
                        .after = "",
                        .limit = 1}));
  if (taken.empty()) return absl::OkStatus();
  return Error(absl::StatusCode::kFailedPrecondition,
               absl::StrCat("The number ", number, " of ", letter.sender(), " is that of ",
                            taken[0].name, "."),
               {.reason = "REFERENCE_NUMBER_TAKEN",
                .metadata = {{"number", number}, {"name", taken[0].name}},
                .violations = {}});
}

}  // namespace

absl::StatusOr<Letter> Register(Letter letter, Transaction& tx) {
  RETURN_IF_ERROR(CheckNumberFree(letter, tx));
  bool is_of_host = false;
  for (const std::string* side : {&letter.sender(), &letter.recipient()}) {
    ASSIGN_OR_RETURN(const std::string city, CityOf(*side, tx));
    is_of_host = is_of_host || city == letter.host();
    const auto& there = letter.cities();
    const bool is_new = std::find(there.begin(), there.end(), city) == there.end();
    if (!city.empty() && is_new) letter.add_cities(city);
  }
  if (!is_of_host) {
    return Refuse({{"letter.host", "Neither its sender nor its recipient is of this city."}});
  }
  letter.set_state(letter.kind() == Letter::KIND_NOTICE ? Letter::STATE_NO_REPLY_NEEDED
                                                        : Letter::STATE_AWAITED);
  return tx.Put(std::move(letter));
}

std::vector<FieldViolation> DateFaults(const std::string& prefix, const std::string& letter_date,
                                       const std::string& due_date, const std::string& today) {
  std::vector<FieldViolation> faults;
  if (letter_date > today) faults.push_back({prefix + "letter_date", "It lies in the future."});
  if (!due_date.empty() && due_date < letter_date) {
    faults.push_back({prefix + "due_date", "It must not be before letter_date."});
  }
  return faults;
}

LetterRound RoundOf(std::vector<Letter> letters) {
  std::sort(letters.begin(), letters.end(), [](const Letter& left, const Letter& right) {
    return left.reference_number() < right.reference_number();
  });
  LetterRound round;
  for (Letter& letter : letters) {
    round.set_host(letter.host());
    round.set_reference(letter.round());
    switch (letter.state()) {
      case Letter::STATE_AWAITED:
        round.set_awaited(round.awaited() + 1);
        break;
      case Letter::STATE_ANSWERED:
        round.set_answered(round.answered() + 1);
        break;
      case Letter::STATE_DECLINED:
        round.set_declined(round.declined() + 1);
        break;
      default:
        round.set_no_reply_needed(round.no_reply_needed() + 1);
    }
    *round.add_letters() = std::move(letter);
  }
  return round;
}

}  // namespace neshast
