#include "letters/letters.h"

#include <set>
#include <string>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "letters/register.h"
#include "neshast/v1/letter_service.pb.h"
#include "rpc/filtered_page.h"
#include "rpc/references.h"
#include "rpc/refusal.h"
#include "rpc/standard_methods.h"
#include "sessions/city_dates.h"
#include "sessions/random_id.h"
#include "sessions/register_index.h"

namespace neshast {
namespace {

using v1::Letter;
using v1::LetterRound;

constexpr int kMostOfARound = 99;

// Whether a letter passes the filters that no list answers.
bool Passes(const Letter& letter, const v1::ListLettersRequest& request) {
  const auto differs = [](const std::string& asked, const std::string& has) {
    return !asked.empty() && asked != has;
  };
  if (differs(request.document(), letter.document()) || differs(request.round(), letter.round())) {
    return false;
  }
  if (request.state() != Letter::STATE_UNSPECIFIED && request.state() != letter.state()) {
    return false;
  }
  return request.due_until_date().empty() ||
         (!letter.due_date().empty() && letter.due_date() <= request.due_until_date());
}

absl::StatusOr<v1::ListLettersResponse> ListLetters(const Caller& caller,
                                                    const v1::ListLettersRequest& request,
                                                    Transaction& tx) {
  ListQuery query{.kind = "Letter", .parent = "", .list = {}, .after = ""};
  const bool is_secretary = caller.role == v1::ROLE_DELEGATION_SECRETARY;
  const std::string& city = request.city().empty() && is_secretary ? caller.city : request.city();
  if (!city.empty()) query.list = absl::StrCat("letters@", city);
  const auto wanted = [&](const Letter& letter) -> absl::StatusOr<bool> {
    return Passes(letter, request) && Sees(caller, v1::ACTION_SESSION_READ, letter);
  };
  ASSIGN_OR_RETURN(auto page, FilteredPage<Letter>(query, request, wanted, tx));
  v1::ListLettersResponse response;
  for (Letter& each : page.first) *response.add_letters() = std::move(each);
  response.set_next_page_token(page.second);
  return response;
}

absl::StatusOr<Letter> CreateLetter(const ZoneDatabase& zones, const Caller& caller,
                                    const v1::CreateLetterRequest& request, Transaction& tx) {
  Letter letter = request.letter();
  ClearOutputOnly(letter);
  letter.set_name(
      absl::StrCat("letters/", request.letter_id().empty() ? RandomId() : request.letter_id()));
  RETURN_IF_ERROR(CheckMay(caller, v1::ACTION_SESSION_WRITE, ObjectOf(letter), letter.name()));
  RETURN_IF_ERROR(CheckFree(tx, letter.name()));
  RETURN_IF_ERROR(CheckReferences(letter, "letter", tx));
  ASSIGN_OR_RETURN(const std::string today, CityDates(zones, tx).TodayIn(letter.host()));
  auto faults = DateFaults("letter.", letter.letter_date(), letter.due_date(), today);
  if (letter.sender() == letter.recipient()) {
    faults.push_back({"letter.recipient", "It is the sender."});
  }
  RETURN_IF_ERROR(Refuse(std::move(faults)));
  return Register(std::move(letter), tx);
}

// What is wrong with a round that its fields do not tell one by one.
std::vector<FieldViolation> FaultsOf(const v1::SendRoundRequest& request,
                                     const std::string& today) {
  auto faults = DateFaults("", request.letter_date(), request.due_date(), today);
  std::set<std::string> seen = {request.host()};
  for (int i = 0; i < request.cities_size(); ++i) {
    if (seen.insert(request.cities(i)).second) continue;
    faults.push_back({absl::StrCat("cities[", i, "]"), "It is the host, or there twice."});
  }
  return faults;
}

// The letter of the round to the city of this place.
Letter LetterOf(const v1::SendRoundRequest& request, int place) {
  Letter letter;
  letter.set_name(absl::StrCat("letters/", RandomId()));
  letter.set_host(request.host());
  letter.set_reference_number(absl::StrFormat("%s/%02d", request.reference(), place + 1));
  letter.set_letter_date(request.letter_date());
  letter.set_kind(request.kind());
  *letter.mutable_subject() = request.subject();
  letter.set_sender(request.host());
  letter.set_recipient(request.cities(place));
  letter.set_due_date(request.due_date());
  letter.set_file_reference(request.file_reference());
  letter.set_round(request.reference());
  return letter;
}

absl::StatusOr<LetterRound> SendRound(const ZoneDatabase& zones, const Caller& caller,
                                      const v1::SendRoundRequest& request, Transaction& tx) {
  RETURN_IF_ERROR(CheckReferences(request, "", tx));
  ASSIGN_OR_RETURN(const std::string today, CityDates(zones, tx).TodayIn(request.host()));
  RETURN_IF_ERROR(Refuse(FaultsOf(request, today)));
  std::vector<Letter> letters;
  for (int place = 0; place < request.cities_size(); ++place) {
    Letter letter = LetterOf(request, place);
    RETURN_IF_ERROR(CheckMay(caller, v1::ACTION_SESSION_WRITE, ObjectOf(letter), letter.name()));
    ASSIGN_OR_RETURN(letter, Register(std::move(letter), tx));
    letters.push_back(std::move(letter));
  }
  return RoundOf(std::move(letters));
}

absl::StatusOr<LetterRound> GetRound(const Caller& caller, const v1::GetRoundRequest& request,
                                     Transaction& tx) {
  ASSIGN_OR_RETURN(std::vector<Letter> found,
                   tx.List<Letter>({.kind = "Letter",
                                    .parent = "",
                                    .list = LettersOfRound(request.host(), request.reference()),
                                    .after = "",
                                    .limit = kMostOfARound}));
  std::vector<Letter> seen;
  for (Letter& each : found) {
    if (Sees(caller, v1::ACTION_SESSION_READ, each)) seen.push_back(std::move(each));
  }
  if (!seen.empty()) return RoundOf(std::move(seen));
  return Error(absl::StatusCode::kNotFound,
               absl::StrCat("There is no round ", request.reference(), " of ", request.host(), "."),
               {.reason = "RESOURCE_NOT_FOUND",
                .metadata = {{"name", request.reference()}},
                .violations = {}});
}

// What is wrong with a reply to `letter` that bears the date `reply_date`.
std::vector<FieldViolation> FaultsOf(const v1::RecordReplyRequest& request, const Letter& letter,
                                     const std::string& reply_date, const std::string& today) {
  std::vector<FieldViolation> faults;
  const bool is_reply =
      request.state() == Letter::STATE_ANSWERED || request.state() == Letter::STATE_DECLINED;
  if (is_reply && request.reference_number().empty()) {
    faults.push_back({"reference_number", "A reply bears a number; give it."});
  }
  if (reply_date > today) faults.push_back({"reply_date", "It lies in the future."});
  if (reply_date < letter.letter_date()) {
    faults.push_back({"reply_date", "It must not be before the letter."});
  }
  return faults;
}

absl::StatusOr<Letter> RecordReply(const ZoneDatabase& zones, const Caller&,
                                   const v1::RecordReplyRequest& request, Transaction& tx) {
  ASSIGN_OR_RETURN(Letter letter, tx.Get<Letter>(request.name(), request.etag()));
  ASSIGN_OR_RETURN(const std::string today, CityDates(zones, tx).TodayIn(letter.host()));
  const std::string& date = request.reply_date().empty() ? today : request.reply_date();
  RETURN_IF_ERROR(Refuse(FaultsOf(request, letter, date, today)));
  letter.set_state(request.state());
  letter.clear_reply();
  if (request.state() == Letter::STATE_AWAITED) return tx.Put(std::move(letter));
  v1::LetterReply& reply = *letter.mutable_reply();
  reply.set_reference_number(request.reference_number());
  reply.set_reply_date(date);
  reply.set_remark(request.remark());
  reply.mutable_record_time()->set_seconds(absl::ToUnixSeconds(tx.now()));
  return tx.Put(std::move(letter));
}

}  // namespace

std::vector<Method> LetterMethods(const ZonesInForce& zones) {
  const std::string service = "neshast.v1.LetterService.";
  return {
      BindGet<v1::GetLetterRequest, Letter>(service + "GetLetter"),
      Bind(service + "ListLetters", &ListLetters),
      BindWithZones(service + "CreateLetter", zones, &CreateLetter),
      BindWithZones(service + "SendRound", zones, &SendRound),
      Bind(service + "GetRound", &GetRound),
      BindWithZones(service + "RecordReply", zones, &RecordReply),
  };
}

}  // namespace neshast
