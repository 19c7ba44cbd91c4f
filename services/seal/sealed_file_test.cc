#include "seal/sealed_file.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "seal/ed25519.h"

namespace neshast::seal {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

const std::string kKey(kKeyLength, 'k');

Sealing Small() {
  return {.minutes = "sessions/isfahan-petersburg/minutes/1",
          .seal_time = "2026-12-08T10:00:00Z",
          .chain_revision = 123,
          .chain_hash = Sha256Hex("the log"),
          .parts = {{"minutes", "version 1\nlanguage fa STANDING_AUTHORITATIVE\n"},
                    {"entry 1", "original fa نشست تخصصی\ntranslation ru Экспертная сессия\n"},
                    {"entry 2", "original ru Обмен опытом\n"},
                    {"adoptions", "party cities/isfahan STATE_ADOPTED\n"}}};
}

std::string Changed(const std::string& from, const std::string& to) {
  const std::string file = Seal(Small(), kKey).file;
  std::string changed = absl::StrReplaceAll(file, {{from, to}});
  EXPECT_NE(file, changed) << from;
  return changed;
}

TEST(SealedFile, HoldsAsItWasSealed) {
  const Sealed sealed = Seal(Small(), kKey);
  EXPECT_THAT(FaultsOf(sealed.file, ""), IsEmpty());
  EXPECT_THAT(FaultsOf(sealed.file, sealed.public_key), IsEmpty());
}

TEST(SealedFile, IsTheSameForTheSameText) {
  EXPECT_EQ(Seal(Small(), kKey).file, Seal(Small(), kKey).file);
}

// Every bit of every byte, and every byte taken away or doubled.
TEST(SealedFile, ShowsEveryChangeOfEveryByte) {
  const std::string file = Seal(Small(), kKey).file;
  for (size_t i = 0; i < file.size(); ++i) {
    for (int bit = 0; bit < 8; ++bit) {
      std::string changed = file;
      changed[i] = static_cast<char>(changed[i] ^ 1 << bit);
      ASSERT_THAT(FaultsOf(changed, ""), Not(IsEmpty())) << i << " " << bit;
    }
    std::string shorter = file;
    shorter.erase(i, 1);
    ASSERT_THAT(FaultsOf(shorter, ""), Not(IsEmpty())) << i;
    std::string longer = file;
    longer.insert(i, 1, file[i]);
    ASSERT_THAT(FaultsOf(longer, ""), Not(IsEmpty())) << i;
    ASSERT_THAT(FaultsOf(file.substr(0, i), ""), Not(IsEmpty())) << i;
  }
  EXPECT_THAT(FaultsOf(file + "\n", ""), ElementsAre(HasSubstr("adoptions")));
}

TEST(SealedFile, NamesThePartThatWasChanged) {
  EXPECT_THAT(FaultsOf(Changed("Обмен", "Обман"), ""),
              ElementsAre("The part \"entry 2\" was changed."));
  EXPECT_THAT(
      FaultsOf(Changed("= entry 1\n", "= entry 9\n"), ""),
      ElementsAre("The part \"entry 1\" is missing.", "The part \"entry 9\" was not sealed."));
  EXPECT_THAT(FaultsOf(Changed("T10:00", "T11:00"), ""),
              ElementsAre(HasSubstr("manifest was changed"), HasSubstr("signature")));
  EXPECT_THAT(FaultsOf("a letter\n", ""), ElementsAre(HasSubstr("no file of sealed minutes")));
}

TEST(SealedFile, ShowsTwoPartsThatChangedPlaces) {
  Sealing swapped = Small();
  std::swap(swapped.parts[1].text, swapped.parts[2].text);
  const std::string file = Seal(Small(), kKey).file;
  const std::string other = Seal(swapped, kKey).file;
  const size_t body = file.find("\n= ");
  EXPECT_THAT(FaultsOf(file.substr(0, body) + other.substr(other.find("\n= ")), ""),
              ElementsAre(HasSubstr("entry 1"), HasSubstr("entry 2")));
}

TEST(SealedFile, OfAnotherKeyIsToldWhereTheKeyIsKnown) {
  const Sealed forged = Seal(Small(), std::string(kKeyLength, 'f'));
  EXPECT_THAT(FaultsOf(forged.file, ""), IsEmpty());
  EXPECT_THAT(FaultsOf(forged.file, Seal(Small(), kKey).public_key),
              ElementsAre(HasSubstr("another key")));
}

// RFC 8032, section 7.1, test 2.
TEST(Ed25519, IsThatOfTheStandard) {
  const std::string key =
      absl::HexStringToBytes("4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb");
  EXPECT_EQ(absl::BytesToHexString(PublicKeyOf(key)),
            "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c");
  EXPECT_EQ(absl::BytesToHexString(Sign(key, "\x72")),
            "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da"
            "085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00");
  EXPECT_TRUE(Verifies(PublicKeyOf(key), "\x72", Sign(key, "\x72")));
  EXPECT_FALSE(Verifies(PublicKeyOf(key), "\x73", Sign(key, "\x72")));
  EXPECT_FALSE(Verifies("short", "\x72", Sign(key, "\x72")));
  EXPECT_FALSE(Verifies(PublicKeyOf(key), "\x72", ""));
}

}  // namespace
}  // namespace neshast::seal
