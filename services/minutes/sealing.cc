#include "minutes/sealing.h"

#include <string>
#include <utility>
#include <vector>

#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/strings/str_join.h"
#include "minutes/adoption.h"
#include "minutes/canonical.h"
#include "minutes/documents.h"
#include "rpc/standard_methods.h"
#include "seal/sealed_file.h"

namespace neshast {
namespace {

using v1::Minutes;
using v1::MinutesEntry;
using v1::MinutesParty;

constexpr size_t kPieceBytes = size_t{512} * 1024;

absl::Status CheckCorrectionsDecided(const Minutes& minutes) {
  if (minutes.open_corrections() == 0 && minutes.accepted_corrections() == 0) {
    return absl::OkStatus();
  }
  return Error(absl::StatusCode::kFailedPrecondition,
               absl::StrCat(minutes.open_corrections(), " corrections are undecided and ",
                            minutes.accepted_corrections(),
                            " accepted, but not yet in the text. Decide them, and reissue."),
               {.reason = "CORRECTIONS_OPEN",
                .metadata = {{"open", absl::StrCat(minutes.open_corrections())},
                             {"accepted", absl::StrCat(minutes.accepted_corrections())}},
                .violations = {}});
}

// Where a silence procedure has run its time, who said nothing has adopted by silence.
void CountSilence(absl::Time now, Minutes& minutes) {
  if (!minutes.silence_procedure() || !IsClosed(minutes, now)) return;
  for (MinutesParty& party : *minutes.mutable_parties()) {
    if (party.state() == MinutesParty::STATE_AWAITED && !party.has_corrected()) {
      party.set_state(MinutesParty::STATE_SILENT);
    }
  }
}

std::vector<std::string> UnadoptedOf(const Minutes& minutes) {
  std::vector<std::string> cities;
  for (const MinutesParty& party : minutes.parties()) {
    if (HasAdopted(party.state()) || party.state() == MinutesParty::STATE_WITHDRAWN) continue;
    cities.push_back(party.city());
  }
  return cities;
}

// Nobody's adoption is assumed: the host says that it seals without some, once they had their time.
absl::Status CheckAdoption(const Minutes& minutes, bool list_unadopted, absl::Time now) {
  const std::vector<std::string> cities = UnadoptedOf(minutes);
  if (cities.empty() || (list_unadopted && IsClosed(minutes, now))) return absl::OkStatus();
  return Error(absl::StatusCode::kFailedPrecondition,
               absl::StrCat(absl::StrJoin(cities, ", "),
                            " have not adopted the minutes. They may be sealed without after ",
                            InstantText(minutes.close_time()), ", with those listed."),
               {.reason = "ADOPTION_AWAITED",
                .metadata = {{"cities", absl::StrJoin(cities, ",")},
                             {"close_time", InstantText(minutes.close_time())}},
                .violations = {}});
}

absl::StatusOr<Change> NewestChange(Transaction& tx) {
  ASSIGN_OR_RETURN(const int64_t revision, tx.Revision());
  ASSIGN_OR_RETURN(std::vector<Change> changes, tx.Changes({.after = revision - 1, .limit = 1}));
  if (changes.empty()) return absl::InternalError("The log has no entry to be sealed with.");
  return std::move(changes[0]);
}

absl::Status PutPieces(const std::string& minutes, const std::string& file, Transaction& tx) {
  for (size_t at = 0, number = 1; at < file.size(); at += kPieceBytes, ++number) {
    v1::SealedPiece piece;
    piece.set_name(absl::StrFormat("%s/pieces/%04d", minutes, number));
    piece.set_content(file.substr(at, kPieceBytes));
    RETURN_IF_ERROR(tx.PutMessage(piece).status());
  }
  return absl::OkStatus();
}

// Seals `minutes`, which are ready, and keeps the file.
absl::Status SetSeal(const std::string& key, Transaction& tx, Minutes& minutes) {
  ASSIGN_OR_RETURN(const std::vector<MinutesEntry> entries, EntriesOf(minutes, tx));
  ASSIGN_OR_RETURN(const Change newest, NewestChange(tx));
  v1::MinutesSeal& seal = *minutes.mutable_seal();
  seal.mutable_seal_time()->set_seconds(absl::ToUnixSeconds(tx.now()));
  seal.set_chain_revision(newest.revision);
  seal.set_chain_hash(absl::BytesToHexString(newest.hash));
  for (const std::string& city : UnadoptedOf(minutes)) seal.add_unadopted(city);
  const seal::Sealed sealed = seal::Seal({.minutes = minutes.name(),
                                          .seal_time = InstantText(seal.seal_time()),
                                          .chain_revision = seal.chain_revision(),
                                          .chain_hash = seal.chain_hash(),
                                          .parts = PartsOf(minutes, entries)},
                                         key);
  seal.set_digest(sealed.digest);
  seal.set_signature(sealed.signature);
  seal.set_public_key(sealed.public_key);
  return PutPieces(minutes.name(), sealed.file, tx);
}

}  // namespace

absl::StatusOr<Minutes> SealMinutes(SealKey& key, const v1::SealMinutesRequest& request,
                                    Transaction& tx) {
  ASSIGN_OR_RETURN(Minutes minutes, tx.Get<Minutes>(request.name(), request.etag()));
  const bool circulated = minutes.state() == Minutes::STATE_CIRCULATED;
  if (!circulated && minutes.state() != Minutes::STATE_ADOPTED) {
    return WrongState(minutes, "what was circulated is sealed");
  }
  RETURN_IF_ERROR(CheckCorrectionsDecided(minutes));
  CountSilence(tx.now(), minutes);
  RETURN_IF_ERROR(CheckAdoption(minutes, request.list_unadopted(), tx.now()));
  ASSIGN_OR_RETURN(const std::string private_key, key.Private());
  RETURN_IF_ERROR(SetSeal(private_key, tx, minutes));
  RETURN_IF_ERROR(SetState(Minutes::STATE_SEALED, minutes, tx));
  return tx.Put(std::move(minutes));
}

absl::StatusOr<v1::ExportSealedResponse> ExportSealed(const Caller& caller,
                                                      const v1::ExportSealedRequest& request,
                                                      Transaction& tx) {
  ASSIGN_OR_RETURN(const Minutes minutes, tx.Get<Minutes>(request.name()));
  // The auditor reads the digest, an expert the own entries.
  if (caller.role == v1::ROLE_AUDITOR || caller.role == v1::ROLE_EXPERT) {
    return Forbidden("Your role may read parts of the minutes only.");
  }
  if (minutes.state() != Minutes::STATE_SEALED) {
    return WrongState(minutes, "what is sealed is exported so");
  }
  ASSIGN_OR_RETURN(auto page,
                   ListPage<v1::SealedPiece>({.kind = "SealedPiece", .parent = minutes.name()}, 1,
                                             request.page_token(), tx));
  v1::ExportSealedResponse response;
  if (!page.first.empty()) response.set_content(page.first[0].content());
  response.set_next_page_token(page.second);
  return response;
}

}  // namespace neshast
