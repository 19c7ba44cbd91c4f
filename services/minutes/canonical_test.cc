#include "minutes/canonical.h"

#include <gmock/gmock.h>

namespace neshast {
namespace {

using v1::Minutes;
using v1::MinutesEntry;

Minutes Head() {
  Minutes minutes;
  minutes.set_name("sessions/expert/minutes/1");
  minutes.set_version(1);
  (*minutes.mutable_title()->mutable_texts())["fa"] = "نشست";
  (*minutes.mutable_title()->mutable_texts())["en"] = "Session";
  minutes.mutable_close_time()->set_seconds(1796169600);
  v1::MinutesParty& party = *minutes.add_parties();
  party.set_city("cities/isfahan");
  party.set_state(v1::MinutesParty::STATE_AWAITED);
  return minutes;
}

MinutesEntry Entry() {
  MinutesEntry entry;
  entry.set_name("sessions/expert/minutes/1/entries/first");
  entry.set_type(MinutesEntry::TYPE_DECISION);
  entry.set_language("fa");
  entry.set_text("می‌پذیرد");
  for (const char* language : {"ru", "en"}) {
    v1::Translation& translation = *entry.add_translations();
    translation.set_language(language);
    translation.set_text(language);
    translation.set_standing(v1::STANDING_COURTESY);
  }
  return entry;
}

TEST(PartsOf, AreWrittenAsTheHeaderSays) {
  MinutesEntry statement = Entry();
  statement.set_type(MinutesEntry::TYPE_STATEMENT);
  statement.set_late(true);
  const auto parts = PartsOf(Head(), {Entry(), statement});
  ASSERT_EQ(parts.size(), 6u);
  EXPECT_EQ(parts[0].title, "minutes");
  EXPECT_THAT(parts[0].text, testing::StartsWith("name sessions/expert/minutes/1\n"
                                                 "session sessions/expert\n"
                                                 "title en Session\ntitle fa نشست\n"));
  EXPECT_THAT(parts[0].text, testing::HasSubstr("version 1\nclosed 2026-12-02T00:00:00Z\ntext "));
  EXPECT_EQ(parts[1].text, "");
  EXPECT_EQ(parts[2].title, "entry 1 sessions/expert/minutes/1/entries/first");
  EXPECT_EQ(parts[2].text,
            "type TYPE_DECISION\noriginal fa می‌پذیرد\n"
            "translation en STANDING_COURTESY en\ntranslation ru STANDING_COURTESY ru\n");
  EXPECT_EQ(parts[3].title, "statement 1 sessions/expert/minutes/1/entries/first");
  EXPECT_EQ(parts[3].text, "late 1\noriginal fa می‌پذیرد\n");
  EXPECT_EQ(parts[5].text, "party cities/isfahan STATE_AWAITED\n");
}

TEST(PartsOf, AreInOneNormalForm) {
  MinutesEntry composed = Entry();
  MinutesEntry decomposed = Entry();
  composed.set_text("Ia\xc8\x99i, caf\xc3\xa9");
  decomposed.set_text("Ias\xcc\xa6i, cafe\xcc\x81");
  EXPECT_EQ(TextDigestOf({composed}), TextDigestOf({decomposed}));
  EXPECT_NE(TextDigestOf({composed}), TextDigestOf({Entry()}));
}

TEST(TextDigestOf, CoversTextsAndOrderAndNothingBesideThem) {
  const std::string digest = TextDigestOf({Entry()});
  MinutesEntry beside = Entry();
  beside.add_corrections()->set_text("another");
  beside.set_etag("r9");
  beside.mutable_circle()->set_host("cities/isfahan");
  EXPECT_EQ(digest, TextDigestOf({beside}));
  MinutesEntry statement = Entry();
  statement.set_type(MinutesEntry::TYPE_STATEMENT);
  EXPECT_EQ(digest, TextDigestOf({Entry(), statement}));
  MinutesEntry other = Entry();
  other.mutable_translations(0)->set_text("другой");
  EXPECT_NE(digest, TextDigestOf({other}));
  other = Entry();
  other.mutable_translations(0)->set_standing(v1::STANDING_AUTHORITATIVE);
  EXPECT_NE(digest, TextDigestOf({other}));
  EXPECT_NE(TextDigestOf({Entry(), other}), TextDigestOf({other, Entry()}));
  EXPECT_NE(digest, TextDigestOf({Entry(), Entry()}));
}

}  // namespace
}  // namespace neshast
