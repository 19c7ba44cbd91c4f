// The row on the screen, and the copies of a document.

#include "precedence/seating.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "errors.h"
#include "precedence/delegations.h"
#include "precedence/signed_copies.h"

namespace neshast::precedence {
namespace {

using Names = std::vector<std::string>;

TEST(ScreenRow, PutsTheFirstInTheMiddleAndTheSecondAtItsRightHand) {
  const std::vector<std::vector<int>> rows = {
      {}, {0}, {1, 0}, {1, 0, 2}, {3, 1, 0, 2}, {3, 1, 0, 2, 4}, {5, 3, 1, 0, 2, 4}};
  for (int count = 0; count < 7; ++count) EXPECT_EQ(ScreenRow(count), rows[count]);
}

std::vector<SignedCopy> CopiesOf(const std::vector<Party>& parties) {
  auto copies =
      SignedCopies(Arranged(OrderKind::kSignature, parties, StandardRules("en")), parties);
  EXPECT_TRUE(copies.ok()) << copies.status();
  return copies.ok() ? *std::move(copies) : std::vector<SignedCopy>();
}

TEST(SignedCopies, OfTwoNameEachPartyFirstInItsOwn) {
  const auto copies = CopiesOf(Named("en", {"St Petersburg", "Isfahan"}));
  ASSERT_EQ(copies.size(), 2u);
  EXPECT_EQ(copies[0].keeper, "Isfahan");
  EXPECT_EQ(PartiesIn(copies[0].places), (Names{"Isfahan", "St Petersburg"}));
  EXPECT_EQ(copies[1].keeper, "St Petersburg");
  EXPECT_EQ(PartiesIn(copies[1].places), (Names{"St Petersburg", "Isfahan"}));
  for (const SignedCopy& copy : copies) {
    EXPECT_EQ(copy.places[0].before_next, (Reason{Ground::kAlternat, {}, {}}));
  }
}

TEST(SignedCopies, OfMoreNameTheOthersAsTheyStand) {
  const auto copies = CopiesOf(Named("en", {"Lahore", "Dakar", "Yerevan", "Florence"}));
  ASSERT_EQ(copies.size(), 4u);
  EXPECT_EQ(PartiesIn(copies[2].places), (Names{"Lahore", "Dakar", "Florence", "Yerevan"}));
  EXPECT_EQ(copies[2].places[0].before_next->ground, Ground::kAlternat);
  // Neighbours only because the keeper stepped out from between them.
  EXPECT_EQ(copies[2].places[2].before_next,
            (Reason{Ground::kAlphabet, NameInAlphabet{"en", "Florence", "en"},
                    NameInAlphabet{"en", "Yerevan", "en"}}));
  EXPECT_EQ(copies[2].places[3].before_next, std::nullopt);
}

TEST(SignedCopies, AreOfASignatureOrderOfTheseParties) {
  std::vector<Party> cities = Named("en", {"Lahore", "Dakar"});
  const Order speaking = Arranged(OrderKind::kSpeaking, cities, StandardRules("en"));
  cities.pop_back();
  const auto copies = SignedCopies(speaking, cities);
  const ErrorDetail detail = DetailOf(copies.status());
  EXPECT_EQ(detail.reason, "OUT_OF_BOUNDS");
  ASSERT_EQ(detail.violations.size(), 2u);
  EXPECT_EQ(detail.violations[0].field, "order.kind");
  EXPECT_EQ(detail.violations[1].field, "order.places[0]");
}

}  // namespace
}  // namespace neshast::precedence
