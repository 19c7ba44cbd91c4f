#include "mailer/compose.h"

#include <gmock/gmock.h>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "mailer/composing.h"

namespace neshast {
namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing::Not;
using testing::StartsWith;
using v1::Mail;
using v1::Session;

struct Golden {
  const char* language;
  const char* id;
  const char* zone;
  const char* own_time;   // as it must stand in text, HTML and subject
  const char* host_time;  // Isfahan's
  const char* duration;
};

const Golden kGolden[] = {
    {"fa", "kabul", "Asia/Kabul",
     "سه‌شنبه ۱۰ آذر ۱۴۰۵ (۱ دسامبر ۲۰۲۶)، ساعت ۱۲:۳۰ "
     "(UTC+04:30)",
     "سه‌شنبه ۱۰ آذر ۱۴۰۵ (۱ دسامبر ۲۰۲۶)، ساعت ۱۱:۳۰ "
     "(UTC+03:30)",
     "۱ ساعت و ۳۰ دقیقه"},
    {"en", "lahore", "Asia/Karachi", "Tuesday, December 1, 2026, 13:00 (UTC+05:00)",
     "Tuesday, December 1, 2026, 11:30 (UTC+03:30)", "1 hour 30 minutes"},
    {"zh", "xian", "Asia/Shanghai", "2026年12月1日星期二 16:00（UTC+08:00）",
     "2026年12月1日星期二 11:30（UTC+03:30）", "1小时30分钟"},
    {"ru", "st-petersburg", "Europe/Moscow", "вторник, 1 декабря 2026\u202Fг., 11:00 (UTC+03:00)",
     "вторник, 1 декабря 2026\u202Fг., 11:30 (UTC+03:30)", "1 час 30 минут"},
    {"es", "havana", "America/Havana", "martes, 1 de diciembre de 2026, 04:00 (UTC-04:00)",
     "martes, 1 de diciembre de 2026, 11:30 (UTC+03:30)", "1 hora y 30 minutos"},
    {"it", "florence", "Europe/Rome", "martedì 1 dicembre 2026, ore 09:00 (UTC+01:00)",
     "martedì 1 dicembre 2026, ore 11:30 (UTC+03:30)", "1 ora e 30 minuti"},
    {"tr", "ankara", "Europe/Istanbul", "1 Aralık 2026 Salı, saat 11:00 (UTC+03:00)",
     "1 Aralık 2026 Salı, saat 11:30 (UTC+03:30)", "1 saat 30 dakika"},
    {"ar", "kuwait-city", "Asia/Kuwait", "الثلاثاء، ١ ديسمبر ٢٠٢٦، الساعة ١١:٠٠ (UTC+03:00)",
     "الثلاثاء، ١ ديسمبر ٢٠٢٦، الساعة ١١:٣٠ (UTC+03:30)", "ساعة واحدة و٣٠ دقيقة"},
    {"fr", "dakar", "Africa/Dakar", "mardi 1 décembre 2026, 08:00 (UTC+00:00)",
     "mardi 1 décembre 2026, 11:30 (UTC+03:30)", "1 heure et 30 minutes"},
};

TEST_F(Composing, GivesTheOwnHourFirstAndTheHostsBesideInNineLanguages) {
  for (const Golden& golden : kGolden) {
    SCOPED_TRACE(golden.language);
    Invite(golden.id, golden.zone, golden.id, {golden.language});
    const mail::Message message = Composed();
    EXPECT_EQ(message.language, golden.language);
    EXPECT_THAT(message.subject, HasSubstr(golden.own_time));
    for (const std::string& form : {message.text, message.html}) {
      EXPECT_THAT(form, HasSubstr(golden.own_time));
      EXPECT_THAT(form, HasSubstr(golden.host_time));
      EXPECT_THAT(form, HasSubstr(golden.duration));
      EXPECT_LT(form.find(golden.own_time), form.find(golden.host_time));
      EXPECT_THAT(form, Not(HasSubstr("label_")));
    }
    const bool rtl = Catalogue::Find(golden.language)->is_right_to_left();
    EXPECT_THAT(message.html, HasSubstr(absl::StrCat("<html lang=\"", golden.language, "\" dir=\"",
                                                     rtl ? "rtl" : "ltr", "\">")));
    EXPECT_EQ(ValueOf(Event(), "DTSTART"), "20261201T080000Z");
  }
}

TEST_F(Composing, SendsAnEntryInUtcWithOneAttendeeAndTheHoursOfAllCities) {
  occasion_.cities.push_back(CityOf("havana", "America/Havana", "Havana"));
  occasion_.session.add_delegations()->set_city("cities/havana");
  const std::vector<ical::Property> event = Event();
  EXPECT_EQ(ValueOf(event, "UID"), "mayors-dialogue@isfahan.example");
  EXPECT_EQ(ValueOf(event, "SEQUENCE"), "0");
  EXPECT_EQ(ValueOf(event, "DTSTART"), "20261201T080000Z");
  EXPECT_EQ(ValueOf(event, "DTEND"), "20261201T093000Z");
  EXPECT_EQ(ValueOf(event, "ATTENDEE"), "mailto:mayor-office@xian.example");
  const std::string token =
      ReplyToken(letterhead_.key, "sessions/mayors-dialogue", "people/mayor-of-xian");
  EXPECT_EQ(ValueOf(event, "ORGANIZER"),
            absl::StrCat("mailto:protocol+", token, "@isfahan.example"));
  EXPECT_EQ(ValueOf(event, "CONFERENCE"),
            "https://neshast.isfahan.example/sessions/mayors-dialogue");
  EXPECT_EQ(ValueOf(event, "SUMMARY"), "伊斯法罕与西安市长对话");
  EXPECT_THAT(ValueOf(event, "DESCRIPTION"),
              AllOf(HasSubstr("16:00（UTC+08:00）"), HasSubstr("11:30（UTC+03:30）"),
                    HasSubstr("04:00（UTC-04:00）")));
  EXPECT_EQ(Composed().calendar->method, "REQUEST");
}

TEST_F(Composing, TellsAnUpdateACancellationAndAWithdrawalApart) {
  Invite("lahore", "Asia/Karachi", "Lahore", {"en"});
  mail_.set_kind(Mail::KIND_UPDATE);
  mail_.set_sequence(1);
  EXPECT_THAT(Composed().subject, StartsWith("Changed: "));
  EXPECT_EQ(ValueOf(Event(), "SEQUENCE"), "1");
  mail_.set_kind(Mail::KIND_CANCELLATION);
  mail_.set_sequence(2);
  EXPECT_THAT(Composed().text, HasSubstr("presence at the following session is no longer"));
  occasion_.session.set_state(Session::STATE_CANCELLED);
  occasion_.session.set_cancel_reason("Illness <of the mayor>");
  const mail::Message message = Composed();
  EXPECT_THAT(message.text, HasSubstr("will not take place"));
  EXPECT_THAT(message.text, HasSubstr("Reason: Illness <of the mayor>"));
  EXPECT_THAT(message.html, HasSubstr("Illness &lt;of the mayor&gt;"));
  EXPECT_EQ(message.calendar->method, "CANCEL");
  EXPECT_EQ(ValueOf(Event(), "UID"), "mayors-dialogue@isfahan.example");
  EXPECT_EQ(ValueOf(Event(), "STATUS"), "CANCELLED");
  EXPECT_THAT(ValuesOf(Event(), "CONFERENCE"), testing::IsEmpty());
}

TEST_F(Composing, SaysWhenTitleOrMailAreNotInTheOwnLanguage) {
  Invite("yerevan", "Asia/Yerevan", "Yerevan", {"hy", "en"});
  const mail::Message armenian = Composed();
  EXPECT_EQ(armenian.language, "en");
  EXPECT_THAT(armenian.text, HasSubstr("could not be written in your language"));
  EXPECT_THAT(armenian.text, HasSubstr("For the attention of H.E. Mayor of Yerevan"));
  Invite("dakar", "Africa/Dakar", "Dakar", {"fr"});
  EXPECT_THAT(Composed().text, HasSubstr("donné en : anglais"));
  Invite("kabul", "Asia/Kabul", "Kabul", {"fa"});
  EXPECT_THAT(Composed().text, Not(HasSubstr("موضوع به این زبان")));
}

TEST_F(Composing, GoesByTheLanguagesOfTheCityWhereThePersonHasNone) {
  Invite("havana", "America/Havana", "Havana", {});
  occasion_.city.add_languages("es");
  EXPECT_EQ(Composed().language, "es");
  occasion_.city.clear_languages();
  EXPECT_EQ(Composed().language, "en");
}

TEST_F(Composing, KeepsMarkupOutOfTheHtml) {
  SetTexts(*occasion_.session.mutable_title(), {});
  (*occasion_.session.mutable_title()->mutable_texts())["zh"] =
      "<script>alert(\"1\")</script> & 'x' {name}";
  const mail::Message message = Composed();
  EXPECT_THAT(message.html, AllOf(Not(HasSubstr("<script")), HasSubstr("&lt;script&gt;"),
                                  HasSubstr("&amp; &#39;x&#39; {name}")));
}

// The API takes no such title; a mail must not depend on it.
TEST_F(Composing, LetsNoTitleBreakOutOfItsHeader) {
  (*occasion_.session.mutable_title()->mutable_texts())["zh"] = "A\r\nBcc: all@press.example";
  const auto message = Compose(mail_, occasion_, Zones(), letterhead_);
  ASSERT_TRUE(message.ok()) << message.status();
  EXPECT_FALSE(mail::BytesOf(*message).ok());
}

TEST_F(Composing, RefusesWhatIsNoAddress) {
  for (const char* address : {"mayor", "mayor@xian.example\r\nRCPT TO:<all@press.example>",
                              "a@b.example,c@d.example", "<mayor@xian.example>"}) {
    occasion_.person.set_mail_address(address);
    EXPECT_FALSE(Compose(mail_, occasion_, Zones(), letterhead_).ok()) << address;
  }
}

TEST_F(Composing, GivesTheSameBytesAtEachTry) {
  EXPECT_EQ(*mail::BytesOf(Composed()), *mail::BytesOf(Composed()));
}

}  // namespace
}  // namespace neshast
