#include "sessions/register_index.h"

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "neshast/v1/document.pb.h"
#include "neshast/v1/letter.pb.h"

namespace neshast {
namespace {

template <class Kept>
void IndexParties(const std::string& collection, const Kept& kept, Index& index) {
  for (const std::string& city : kept.cities()) {
    index.lists.push_back(absl::StrCat(collection, "@", city));
  }
  index.audience.assign(kept.cities().begin(), kept.cities().end());
  index.audience.push_back(kept.host());
}

void IndexDocument(const v1::Document& document, Index& index) {
  IndexParties("documents", document, index);
  if (document.owed_by().empty()) return;
  index.lists.push_back(absl::StrCat("documents@", document.owed_by()));
}

void IndexLetter(const v1::Letter& letter, Index& index) {
  IndexParties("letters", letter, index);
  index.lists.push_back(LettersNumbered(letter.host(), letter.sender(), letter.reference_number()));
  if (!letter.document().empty()) {
    index.lists.push_back(absl::StrCat("letters@", letter.document()));
  }
  if (!letter.round().empty()) {
    index.lists.push_back(LettersOfRound(letter.host(), letter.round()));
  }
}

void IndexCommitment(const v1::Commitment& commitment, Index& index) {
  IndexParties("commitments", commitment, index);
  if (!commitment.session().empty()) {
    index.lists.push_back(absl::StrCat("commitments@", commitment.session()));
  }
  if (IsOpen(commitment)) index.lists.push_back(CommitmentsBetween(commitment.circle()));
}

}  // namespace

bool IndexRegister(const google::protobuf::Message& resource, Index& index) {
  if (const auto* document = dynamic_cast<const v1::Document*>(&resource)) {
    IndexDocument(*document, index);
  } else if (const auto* letter = dynamic_cast<const v1::Letter*>(&resource)) {
    IndexLetter(*letter, index);
  } else if (const auto* commitment = dynamic_cast<const v1::Commitment*>(&resource)) {
    IndexCommitment(*commitment, index);
  } else {
    return false;
  }
  return true;
}

std::string LettersOfRound(const std::string& host, const std::string& reference) {
  return absl::StrCat("letters@", host, "@round@", reference);
}

std::string LettersNumbered(const std::string& host, const std::string& sender,
                            const std::string& number) {
  return absl::StrCat("letters@", host, "@", sender, "@", number);
}

std::string CommitmentsBetween(const google::protobuf::RepeatedPtrField<std::string>& circle) {
  return absl::StrCat("commitments@", absl::StrJoin(circle, "+"));
}

bool IsOpen(const v1::Commitment& commitment) {
  return commitment.state() == v1::Commitment::STATE_OPEN ||
         commitment.state() == v1::Commitment::STATE_UNDER_WAY;
}

}  // namespace neshast
