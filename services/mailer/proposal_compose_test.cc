#include <gmock/gmock.h>

#include <memory>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "mailer/composing.h"
#include "mailer/slot_answers.h"

namespace neshast {
namespace {

using testing::AllOf;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;
using testing::StartsWith;
using v1::Mail;
using v1::Proposal;

// Isfahan proposes to a guest the hour of the dialogue, and the same hour a day later; answers are
// awaited until 28 November, 21:06:40 UTC.
class Proposing : public Composing {
 protected:
  Proposing() {
    Proposal& proposal = occasion_.proposal;
    proposal.set_name("proposals/offer");
    proposal.set_state(Proposal::STATE_SENT);
    proposal.set_host("cities/isfahan");
    *proposal.mutable_title() = occasion_.session.title();
    proposal.mutable_duration()->set_seconds(5400);
    for (const int64_t starts : {1796112000, 1796198400}) {
      proposal.add_slots()->mutable_start_time()->mutable_instant()->set_seconds(starts);
    }
    proposal.mutable_reply_by_time()->set_seconds(1795900000);
    mail_.clear_session();
    mail_.set_proposal(proposal.name());
    mail_.set_kind(Mail::KIND_PROPOSAL);
    Offer("lahore", "Asia/Karachi", "Lahore", {"en"});
  }

  void Offer(const std::string& id, const std::string& zone, const std::string& latin,
             const std::vector<std::string>& languages) {
    Invite(id, zone, latin, languages);
    occasion_.proposal.clear_recipients();
    v1::ProposalRecipient& recipient = *occasion_.proposal.add_recipients();
    recipient.set_person(occasion_.person.name());
    recipient.set_link_generation(1);
  }

  // Its slot, in the person's city, lies on the holiday that is returned.
  v1::Holiday& Holiday(int slot) {
    v1::CityBurden& burden = *occasion_.proposal.mutable_slots(slot)->add_burdens();
    burden.set_city(occasion_.city.name());
    SetTexts(*burden.mutable_holiday()->mutable_display_name(), {{"en", "Iqbal Day"}});
    return *burden.mutable_holiday();
  }
};

TEST_F(Proposing, GivesEachSlotANumberAndTheOwnHourFirst) {
  const mail::Message message = Composed();
  EXPECT_EQ(message.subject, "Proposed times: Mayors' dialogue");
  EXPECT_THAT(message.text,
              HasSubstr("Time 1:\n"
                        "  Tuesday, December 1, 2026, 13:00 (UTC+05:00)\n"
                        "  Time in Isfahan, the host city: Tuesday, December 1, 2026, 11:30 "
                        "(UTC+03:30)\n"
                        "Time 2:\n"
                        "  Wednesday, December 2, 2026, 13:00 (UTC+05:00)\n"));
  EXPECT_THAT(message.text,
              HasSubstr("Answer until: Sunday, November 29, 2026, 02:06 (UTC+05:00)"));
  EXPECT_FALSE(message.calendar.has_value()) << "nothing is promised yet";
}

TEST_F(Proposing, CarriesThePersonalLinkWithItsSecretBehindTheHash) {
  const std::string link =
      absl::StrCat("https://neshast.isfahan.example/p#",
                   LinkText(letterhead_.key, "proposals/offer", "people/mayor-of-lahore", 1));
  EXPECT_THAT(Composed().text, HasSubstr("To answer: " + link + "\n"));
  EXPECT_THAT(Composed().html, HasSubstr(absl::StrCat("<a href=\"", link, "\">")));
  letterhead_.link_base.clear();
  EXPECT_THAT(Composed().text, AllOf(Not(HasSubstr("nst_inv_")), HasSubstr("“1 yes”")));
}

TEST_F(Proposing, SaysOfANewLinkThatItReplacesTheOld) {
  EXPECT_THAT(Composed().text, Not(HasSubstr("no longer works")));
  occasion_.proposal.mutable_recipients(0)->set_link_generation(2);
  EXPECT_THAT(
      Composed().text,
      AllOf(HasSubstr("The old link no longer works; this one replaces it."),
            HasSubstr(LinkText(letterhead_.key, "proposals/offer", "people/mayor-of-lahore", 2))));
}

TEST_F(Proposing, MarksTheHolidaysOfTheOwnCityAndOfNoOther) {
  Holiday(1).set_kind(v1::Holiday::KIND_FULL);
  occasion_.proposal.mutable_slots(0)->add_burdens()->set_city("cities/isfahan");
  SetTexts(*occasion_.proposal.mutable_slots(0)
                ->mutable_burdens(0)
                ->mutable_holiday()
                ->mutable_display_name(),
           {{"en", "Yalda"}});
  EXPECT_THAT(Composed().text,
              AllOf(HasSubstr("13:00 (UTC+05:00)\n  Lahore: public holiday, Iqbal Day\n"),
                    Not(HasSubstr("Yalda"))));
  occasion_.proposal.mutable_slots(1)->mutable_burdens(0)->mutable_holiday()->set_status(
      v1::Holiday::STATUS_COMPUTED);
  EXPECT_THAT(Composed().text, HasSubstr("Iqbal Day (its date may still shift by a day)"));
  occasion_.proposal.mutable_slots(1)->mutable_burdens(0)->mutable_holiday()->set_kind(
      v1::Holiday::KIND_OBSERVANCE);
  EXPECT_THAT(Composed().text, Not(HasSubstr("Iqbal Day")));
}

TEST_F(Proposing, IsAnsweredToAnAddressThatSaysWhoAnswersWhat) {
  const mail::Message message = Composed();
  const std::string token =
      ReplyToken(letterhead_.key, "proposals/offer", "people/mayor-of-lahore");
  EXPECT_EQ(message.from.address.text(), "protocol@isfahan.example");
  ASSERT_TRUE(message.reply_to.has_value());
  EXPECT_EQ(message.reply_to->address.text(), absl::StrCat("protocol+", token, "@isfahan.example"));
}

struct Guest {
  const char* language;
  const char* id;
  const char* zone;
  const char* slot;     // the first, on the own clock
  const char* example;  // how to answer by mail
};

const Guest kGuests[] = {
    {"fa", "kabul", "Asia/Kabul",
     "زمان ۱:\n  \u2068سه‌شنبه ۱۰ آذر ۱۴۰۵ (۱ دسامبر ۲۰۲۶)، "
     "ساعت "
     "۱۲:۳۰ "
     "(UTC+04:30)\u2069",
     "«۲ در صورت لزوم»"},
    {"en", "lahore", "Asia/Karachi", "Time 1:\n  Tuesday, December 1, 2026, 13:00 (UTC+05:00)",
     "“2 if need be”"},
    {"zh", "xian", "Asia/Shanghai", "时间1:\n  2026年12月1日星期二 16:00（UTC+08:00）",
     "“2 必要时可以”"},
    {"ru", "st-petersburg", "Europe/Moscow", "Вариант 1:\n  вторник, 1 декабря 2026",
     "«2 при необходимости»"},
    {"es", "havana", "America/Havana", "Hora 1:\n  martes, 1 de diciembre de 2026, 04:00",
     "«2 si es necesario»"},
    {"it", "florence", "Europe/Rome", "Orario 1:\n  martedì 1 dicembre 2026, ore 09:00",
     "«2 se necessario»"},
    {"tr", "ankara", "Europe/Istanbul", "Zaman 1:\n  1 Aralık 2026 Salı, saat 11:00",
     "“2 gerekirse”"},
    {"ar", "kuwait-city", "Asia/Kuwait", "الموعد ١:\n  \u2068الثلاثاء، ١ ديسمبر ٢٠٢٦، الساعة ١١:٠٠",
     "«٢ عند الضرورة»"},
    {"fr", "dakar", "Africa/Dakar", "Horaire 1:\n  mardi 1 décembre 2026, 08:00",
     "« 2 si nécessaire »"},
};

TEST_F(Proposing, SpeaksNineLanguagesAndReadsNoAnswerInItsOwnText) {
  for (const Guest& guest : kGuests) {
    SCOPED_TRACE(guest.language);
    Offer(guest.id, guest.zone, guest.id, {guest.language});
    Holiday(0).set_kind(v1::Holiday::KIND_FULL);
    for (const Mail::Kind kind :
         {Mail::KIND_PROPOSAL, Mail::KIND_NUDGE, Mail::KIND_PROPOSAL_CLOSED}) {
      mail_.set_kind(kind);
      for (const auto state : {Proposal::STATE_DECIDED, Proposal::STATE_WITHDRAWN}) {
        occasion_.proposal.set_state(state);
        const mail::Message message = Composed();
        EXPECT_EQ(message.language, guest.language);
        for (const char* key : {"label_", "subject_", "opening_", "slot_", "answer_", "note_"}) {
          EXPECT_THAT(message.text, Not(HasSubstr(key)));
          EXPECT_THAT(message.subject, Not(HasSubstr(key)));
        }
        EXPECT_THAT(ReadSlotAnswers(message.text, guest.language).answers, IsEmpty());
      }
    }
    mail_.set_kind(Mail::KIND_PROPOSAL);
    const std::string text = Composed().text;
    EXPECT_THAT(text, AllOf(HasSubstr(guest.slot), HasSubstr(guest.example)));
    const bool rtl = Catalogue::Find(guest.language)->is_right_to_left();
    EXPECT_EQ(absl::StrContains(Composed().html, "dir=\"rtl\""), rtl);
  }
}

TEST_F(Proposing, TellsWhatWasDecidedByTheOwnClockAndWhatWasWithdrawnAndWhy) {
  mail_.set_kind(Mail::KIND_PROPOSAL_CLOSED);
  occasion_.proposal.set_state(Proposal::STATE_DECIDED);
  EXPECT_EQ(Composed().subject,
            "Decided: Mayors' dialogue – Tuesday, December 1, 2026, 13:00 (UTC+05:00)");
  EXPECT_THAT(Composed().text, AllOf(HasSubstr("thanks you for your answer"),
                                     HasSubstr("Time in Isfahan, the host city: Tuesday"),
                                     Not(HasSubstr("nst_inv_"))));
  occasion_.proposal.set_state(Proposal::STATE_WITHDRAWN);
  occasion_.proposal.set_withdraw_reason("The summit <is> postponed");
  const mail::Message message = Composed();
  EXPECT_EQ(message.subject, "Withdrawn: Mayors' dialogue");
  EXPECT_THAT(message.text,
              AllOf(HasSubstr("Reason: The summit <is> postponed"), Not(HasSubstr("Time in"))));
  EXPECT_THAT(message.html, HasSubstr("The summit &lt;is&gt; postponed"));
}

TEST_F(Proposing, SaysThatItCouldNotBeWrittenInTheOwnLanguage) {
  Offer("yerevan", "Asia/Yerevan", "Yerevan", {"hy"});
  for (const Mail::Kind kind : {Mail::KIND_PROPOSAL, Mail::KIND_NUDGE, Mail::KIND_PROPOSAL_CLOSED,
                                Mail::KIND_ADDRESS_CHANGED, Mail::KIND_REMINDER}) {
    mail_.set_kind(kind);
    const bool about_session = kind == Mail::KIND_REMINDER;
    mail_.set_proposal(about_session ? "" : "proposals/offer");
    mail_.set_session(about_session ? "sessions/mayors-dialogue" : "");
    EXPECT_THAT(Composed().text, HasSubstr("could not be written in your language"))
        << Mail::Kind_Name(kind);
  }
}

TEST_F(Proposing, LetsNoTitleOrNameBreakOutOfAHeaderOrBecomeMarkup) {
  const std::string hostile = "<script>alert(\"1\")</script>{title}\r\nBcc: all@press.example";
  for (const Mail::Kind kind : {Mail::KIND_PROPOSAL, Mail::KIND_NUDGE, Mail::KIND_PROPOSAL_CLOSED,
                                Mail::KIND_ADDRESS_CHANGED, Mail::KIND_REMINDER}) {
    SCOPED_TRACE(Mail::Kind_Name(kind));
    mail_.set_kind(kind);
    mail_.set_proposal(kind == Mail::KIND_REMINDER ? "" : "proposals/offer");
    mail_.set_session(kind == Mail::KIND_REMINDER ? "sessions/mayors-dialogue" : "");
    occasion_.proposal.set_state(Proposal::STATE_DECIDED);
    occasion_.person.set_own_name(hostile);
    SetTexts(*occasion_.proposal.mutable_title(), {});
    (*occasion_.proposal.mutable_title()->mutable_texts())["en"] = hostile;
    (*occasion_.session.mutable_title()->mutable_texts())["en"] = hostile;
    const auto message = Compose(mail_, occasion_, Zones(), letterhead_);
    ASSERT_TRUE(message.ok()) << message.status();
    EXPECT_FALSE(mail::BytesOf(*message).ok());
    EXPECT_THAT(message->html, AllOf(HasSubstr("&lt;script&gt;"), Not(HasSubstr("<script"))));
  }
}

TEST_F(Proposing, RecallsASessionWithoutAnotherCalendarEntry) {
  mail_.clear_proposal();
  mail_.set_session("sessions/mayors-dialogue");
  mail_.set_kind(Mail::KIND_REMINDER);
  const mail::Message message = Composed();
  EXPECT_THAT(message.subject, StartsWith("Reminder: Mayors' dialogue – Tuesday"));
  EXPECT_THAT(
      message.text,
      AllOf(HasSubstr("If you are prevented from taking part"),
            HasSubstr("To join: https://neshast.isfahan.example/sessions/mayors-dialogue")));
  EXPECT_FALSE(message.calendar.has_value());
  EXPECT_EQ(message.reply_to->address.tag(),
            ReplyToken(letterhead_.key, "sessions/mayors-dialogue", "people/mayor-of-lahore"));
}

TEST_F(Proposing, TellsTheOldAddressOfANewOneWithoutNamingIt) {
  mail_.clear_proposal();
  mail_.set_kind(Mail::KIND_ADDRESS_CHANGED);
  mail_.set_address("old-office@lahore.example");
  for (const char* language : {"en", "fa"}) {
    Offer("lahore", "Asia/Karachi", "Lahore", {language});
    const mail::Message message = Composed();
    EXPECT_EQ(message.to.address.text(), "old-office@lahore.example");
    const auto bytes = mail::BytesOf(message);
    ASSERT_TRUE(bytes.ok());
    for (const std::string& form : {message.text, message.html, *bytes}) {
      EXPECT_THAT(form, Not(HasSubstr("mayor-office@lahore.example")));
    }
    EXPECT_THAT(message.html, Not(HasSubstr("<table")));
    EXPECT_FALSE(message.reply_to.has_value()) << "who reads the old address is not to be asked";
  }
  Offer("lahore", "Asia/Karachi", "Lahore", {"en"});
  EXPECT_THAT(Composed().text, HasSubstr("If you do not know of this change, kindly call"));
}

}  // namespace
}  // namespace neshast
