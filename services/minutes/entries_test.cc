#include "minutes/entries.h"

#include "minutes/minutes_fixture.h"

namespace neshast {
namespace {

using testing::ElementsAre;

class Entries : public MinutesTest {
 protected:
  Entries() { EXPECT_TRUE(Close().ok()); }

  absl::StatusOr<MinutesEntry> Update(MinutesEntry entry, const std::string& path) {
    v1::UpdateEntryRequest request;
    *request.mutable_entry() = std::move(entry);
    request.mutable_update_mask()->add_paths(path);
    return Call<MinutesEntry>(officer_, "MinutesService.UpdateEntry", request);
  }

  absl::StatusOr<MinutesEntry> Translate(const std::string& name, const std::string& language,
                                         v1::Standing standing = v1::STANDING_COURTESY) {
    return Do<v1::SetTranslationRequest, MinutesEntry>(
        officer_, "SetTranslation", name, [&](auto& request) {
          request.mutable_translation()->set_language(language);
          request.mutable_translation()->set_text("in " + language);
          request.mutable_translation()->set_standing(standing);
        });
  }

  absl::Status Remove(const std::string& name) {
    return Do<v1::DeleteEntryRequest, google::protobuf::Empty>(officer_, "DeleteEntry", name,
                                                               [](auto&) {})
        .status();
  }
};

TEST_F(Entries, ClosingTheSessionStartsTheirMinutesInTheSameAct) {
  const Minutes minutes = Stored();
  EXPECT_EQ(minutes.state(), Minutes::STATE_DRAFT);
  ASSERT_EQ(minutes.parties_size(), 3);
  EXPECT_EQ(minutes.parties(1).state(), MinutesParty::STATE_AWAITED);
  ASSERT_EQ(minutes.languages_size(), 2);
  EXPECT_EQ(minutes.languages(0).standing(), v1::STANDING_AUTHORITATIVE);
  v1::StartMinutesRequest request;
  request.set_session("sessions/expert");
  EXPECT_EQ(Reason(Call<Minutes>(officer_, "MinutesService.StartMinutes", request).status()),
            "RESOURCE_EXISTS");
}

TEST_F(Entries, AreCountedAsTheyComeAndGo) {
  const auto entry = Enter(Said("fa", "تبادل تجربه"));
  ASSERT_TRUE(entry.ok()) << entry.status();
  EXPECT_GT(entry->place(), 0);
  EXPECT_EQ(Stored().entry_count(), 1);
  ASSERT_TRUE(Remove(entry->name()).ok());
  EXPECT_EQ(Stored().entry_count(), 0);
  EXPECT_EQ(Reason(Translate(entry->name(), "ru").status()), "RESOURCE_NOT_FOUND");
}

// Two note-takers write two entries at once without a word; the same one, the second is told.
TEST_F(Entries, OfTwoNoteTakersAreRefusedOnlyWhereTheSameOneChanged) {
  MinutesEntry first = *Enter(Said("fa", "one"));
  MinutesEntry second = *Enter(Said("ru", "two"));
  first.set_text("one, by the first note-taker");
  second.set_text("two, by the second");
  ASSERT_TRUE(Update(first, "text").ok());
  ASSERT_TRUE(Update(second, "text").ok());
  first.set_text("one, by the second");
  EXPECT_EQ(Reason(Update(first, "text").status()), "ETAG_MISMATCH");
}

TEST_F(Entries, StandBesideTheirTranslationsWhichFallBehindWhenTheOriginalChanges) {
  MinutesEntry entry = *Enter(Said("fa", "تبادل تجربه"));
  ASSERT_TRUE(Translate(entry.name(), "ru", v1::STANDING_AUTHORITATIVE).ok());
  entry = *Translate(entry.name(), "en");
  ASSERT_EQ(entry.translations_size(), 2);
  entry.set_text("تبادل تجربه‌ها");
  entry = *Update(entry, "text");
  EXPECT_TRUE(entry.translations(0).outdated());
  entry = *Translate(entry.name(), "ru", v1::STANDING_AUTHORITATIVE);
  EXPECT_FALSE(entry.translations(0).outdated());
  EXPECT_TRUE(entry.translations(1).outdated());
}

TEST_F(Entries, ListEverythingThatIsWrongWithTheirTranslations) {
  MinutesEntry entry = Said("fa", "text");
  for (const char* language : {"fa", "en"}) {
    v1::Translation& translation = *entry.add_translations();
    translation.set_language(language);
    translation.set_standing(v1::STANDING_AUTHORITATIVE);
  }
  EXPECT_THAT(Fields(Enter(entry).status()),
              ElementsAre("entry.translations[0].language", "entry.translations[1].standing"));
}

TEST_F(Entries, AreRefusedForWhatIsNotOfTheSession) {
  MinutesEntry entry = Said("fa", "text");
  entry.set_city("cities/havana");
  EXPECT_EQ(Reason(Enter(entry).status()), "NOT_A_PARTY");
  entry.set_city("");
  entry.set_speaker("people/nobody");
  EXPECT_EQ(Reason(Enter(entry).status()), "REFERENCE_NOT_FOUND");
  entry.set_speaker("");
  entry.set_type(MinutesEntry::TYPE_STATEMENT);
  EXPECT_THAT(Fields(Enter(entry).status()), ElementsAre("entry.type"));
}

TEST_F(Entries, AreAboutAnItemThatStandsOnTheAgendaOfTheirSession) {
  v1::Session session = Confirmed();
  for (const auto& [id, state] : {std::pair("opening", v1::AgendaItem::STATE_ACCEPTED),
                                  std::pair("proposed", v1::AgendaItem::STATE_PROPOSED),
                                  std::pair("refused", v1::AgendaItem::STATE_REFUSED)}) {
    v1::AgendaItem& item = *session.mutable_agenda()->add_items();
    item.set_name(absl::StrCat("sessions/expert/agendaItems/", id));
    item.set_state(state);
  }
  session.set_state(v1::Session::STATE_HELD);
  store_.Put(session);
  MinutesEntry entry = Said("fa", "text");
  entry.set_agenda_item("sessions/expert/agendaItems/opening");
  EXPECT_TRUE(Enter(entry).ok());
  for (const char* other :
       {"sessions/expert/agendaItems/proposed", "sessions/expert/agendaItems/refused",
        "sessions/expert/agendaItems/none", "sessions/expert/agendaItems/",
        "sessions/another/agendaItems/opening", "agendaItems/opening", "opening"}) {
    entry.set_agenda_item(other);
    EXPECT_THAT(Fields(Enter(entry).status()), ElementsAre("entry.agenda_item")) << other;
  }
}

TEST_F(Entries, AreNotChangedOnceCirculated) {
  const MinutesEntry entry = *Enter(Said("fa", "text"));
  ASSERT_TRUE(Circulate().ok());
  EXPECT_EQ(Reason(Enter(Said("fa", "more")).status()), "WRONG_STATE");
  EXPECT_EQ(Reason(Update(entry, "text").status()), "WRONG_STATE");
  EXPECT_EQ(Reason(Translate(entry.name(), "ru").status()), "WRONG_STATE");
  EXPECT_EQ(Reason(Remove(entry.name())), "WRONG_STATE");
  EXPECT_EQ(Reason(Circulate().status()), "WRONG_STATE");
}

TEST_F(Entries, AreAtMostFiveThousand) {
  Minutes minutes = Stored();
  minutes.set_entry_count(5000);
  store_.Put(minutes);
  const absl::Status full = Enter(Said("fa", "one too many")).status();
  EXPECT_EQ(Reason(full), "MINUTES_FULL");
  EXPECT_EQ(DetailOf(full).metadata["limit"], "5000");
}

}  // namespace
}  // namespace neshast
