#include <sys/stat.h>

#include "absl/strings/escaping.h"
#include "absl/strings/match.h"
#include "minutes/minutes_fixture.h"
#include "seal/ed25519.h"
#include "seal/sealed_file.h"

namespace neshast {
namespace {

using testing::IsEmpty;

class Sealing : public MinutesTest {
 protected:
  // Adopted by all.
  void Adopted() {
    Circulated();
    for (const Caller& party : {officer_, petersburg_, florence_}) ASSERT_TRUE(Adopt(party).ok());
  }

  absl::StatusOr<std::string> Exported(const Caller& caller, const std::string& name = kMinutes) {
    std::string file, token;
    do {
      const auto piece = Do<v1::ExportSealedRequest, v1::ExportSealedResponse>(
          caller, "ExportSealed", name, [&](auto& request) { request.set_page_token(token); });
      RETURN_IF_ERROR(piece.status());
      file += piece->content();
      token = piece->next_page_token();
    } while (!token.empty());
    return file;
  }

  std::string Key() {
    return Call<v1::SealKey>(officer_, "MinutesService.GetSealKey", v1::GetSealKeyRequest())
        ->public_key();
  }

  absl::StatusOr<Minutes> Amend(const std::string& name = kMinutes) {
    return Do<v1::AmendMinutesRequest>(officer_, "AmendMinutes", name, [](auto& request) {
      request.set_reason("A figure in entry 1 was wrong.");
    });
  }
};

TEST_F(Sealing, GivesAFileThatHoldsWithoutTheServer) {
  Adopted();
  const auto sealed = Seal();
  ASSERT_TRUE(sealed.ok()) << sealed.status();
  EXPECT_EQ(sealed->state(), Minutes::STATE_SEALED);
  const auto file = Exported(petersburg_);
  ASSERT_TRUE(file.ok()) << file.status();
  EXPECT_THAT(seal::FaultsOf(*file, Key()), IsEmpty());
  EXPECT_TRUE(absl::StrContains(*file, "digest " + sealed->seal().digest()));
  EXPECT_TRUE(absl::StrContains(*file, "original ru Обмен опытом\n"));
  EXPECT_TRUE(absl::StrContains(*file, "party cities/florence STATE_ADOPTED\n"));
}

TEST_F(Sealing, ShowsEveryChangeOfEveryByteOfTheFile) {
  Adopted();
  ASSERT_TRUE(Seal().ok());
  const std::string file = *Exported(officer_);
  for (size_t i = 0; i < file.size(); ++i) {
    std::string changed = file;
    changed[i] = static_cast<char>(changed[i] ^ 1 << i % 8);
    ASSERT_THAT(seal::FaultsOf(changed, ""), Not(IsEmpty())) << i << " " << changed[i];
  }
}

TEST_F(Sealing, IsWithTheHeadOfTheLog) {
  Adopted();
  Change newest;
  ASSERT_TRUE(store_.store()
                  .Read([&](Transaction& tx) -> absl::Status {
                    ASSIGN_OR_RETURN(const int64_t revision, tx.Revision());
                    ASSIGN_OR_RETURN(const auto changes, tx.Changes({.after = revision - 1}));
                    newest = changes.at(0);
                    return absl::OkStatus();
                  })
                  .ok());
  const auto sealed = Seal();
  EXPECT_EQ(sealed->seal().chain_revision(), newest.revision);
  EXPECT_EQ(absl::HexStringToBytes(sealed->seal().chain_hash()), newest.hash);
}

TEST_F(Sealing, WaitsForWhatIsUndecided) {
  const std::string entry = Circulated();
  ASSERT_TRUE(Correct(petersburg_, entry, "x").ok());
  store_.now += absl::Hours(24 * 8);
  const absl::Status open = Seal(true).status();
  EXPECT_EQ(Reason(open), "CORRECTIONS_OPEN");
  EXPECT_EQ(DetailOf(open).metadata["open"], "1");
}

TEST_F(Sealing, IsForEver) {
  Adopted();
  ASSERT_TRUE(Seal().ok());
  EXPECT_EQ(Reason(Seal().status()), "WRONG_STATE");
  EXPECT_EQ(Reason(Adopt(petersburg_).status()), "WRONG_STATE");
  EXPECT_EQ(Reason(Decline(petersburg_, true).status()), "WRONG_STATE");
  EXPECT_EQ(Reason(Enter(Said("ru", "more")).status()), "WRONG_STATE");
  EXPECT_EQ(Reason(Circulate().status()), "WRONG_STATE");
}

TEST_F(Sealing, IsAmendedByMinutesThatNameTheSealedOnes) {
  Adopted();
  EXPECT_EQ(Reason(Amend().status()), "WRONG_STATE");  // not sealed yet
  ASSERT_TRUE(Seal().ok());
  const Minutes sealed = Stored();
  const std::string file = *Exported(officer_);
  const auto amendment = Amend();
  ASSERT_TRUE(amendment.ok()) << amendment.status();
  EXPECT_EQ(amendment->name(), "sessions/expert/minutes/2");
  EXPECT_EQ(amendment->amends(), kMinutes);
  EXPECT_EQ(amendment->state(), Minutes::STATE_DRAFT);
  EXPECT_EQ(amendment->parties(1).state(), MinutesParty::STATE_AWAITED);
  MinutesEntry entry = Said("ru", "Исправлено");
  entry.set_amends(absl::StrCat(kMinutes, "/entries/first"));
  EXPECT_TRUE(Enter(entry, "", amendment->name()).ok());
  entry.set_amends(absl::StrCat(kMinutes, "/entries/none"));
  EXPECT_EQ(Reason(Enter(entry, "", amendment->name()).status()), "INVALID_FIELD");
  EXPECT_EQ(Reason(Amend().status()), "WRONG_STATE");  // there is an amendment already
  EXPECT_EQ(Stored().etag(), sealed.etag());
  EXPECT_EQ(*Exported(officer_), file);
}

TEST_F(Sealing, ExportsTheWholeToWhoMayReadTheWholeOnly) {
  Adopted();
  EXPECT_EQ(Reason(Exported(officer_).status()), "WRONG_STATE");
  ASSERT_TRUE(Seal().ok());
  for (const v1::Role role : {v1::ROLE_AUDITOR, v1::ROLE_EXPERT}) {
    EXPECT_EQ(Reason(Exported(Of(role, "isfahan")).status()), "ACTION_FORBIDDEN");
  }
}

TEST_F(Sealing, IsOfManyEntriesInSeveralPieces) {
  ASSERT_TRUE(Close().ok());
  for (int i = 0; i < 40; ++i) ASSERT_TRUE(Enter(Said("ru", std::string(20000, 'x'))).ok());
  ASSERT_TRUE(Circulate().ok());
  for (const Caller& party : {officer_, petersburg_, florence_}) ASSERT_TRUE(Adopt(party).ok());
  ASSERT_TRUE(Seal().ok());
  const std::string file = *Exported(officer_);
  EXPECT_GT(file.size(), size_t{800'000});
  EXPECT_THAT(seal::FaultsOf(file, Key()), IsEmpty());
}

TEST_F(Sealing, KeepsItsKeyToTheServersUser) {
  const std::string key = Key();
  struct stat status {};
  ASSERT_EQ(stat(key_path_.c_str(), &status), 0);
  EXPECT_EQ(status.st_mode & 0777, 0600u);
  methods_ = MinutesMethods(key_path_);  // started again
  EXPECT_EQ(Key(), key);
}

}  // namespace
}  // namespace neshast
