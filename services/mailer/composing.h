// Isfahan writes to a guest, for the tests of what mails say.
#pragma once

#include <gtest/gtest.h>

#include <map>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "ical/calendar.h"
#include "ical/text.h"
#include "mailer/compose.h"

namespace neshast {

inline const ZoneDatabase& Zones() {
  static const std::unique_ptr<ZoneDatabase> zones = *ZoneDatabase::Open();
  return *zones;
}

inline void SetTexts(v1::LocalizedText& text, const std::map<std::string, std::string>& texts) {
  text.mutable_texts()->insert(texts.begin(), texts.end());
}

inline v1::City CityOf(const std::string& id, const std::string& zone, const std::string& latin) {
  v1::City city;
  city.set_name("cities/" + id);
  city.set_time_zone(zone);
  SetTexts(*city.mutable_display_name(), {{"en", latin}});
  return city;
}

// Isfahan meets a guest on 1 December 2026, 11:30 there (08:00 UTC), for an hour and a half.
class Composing : public testing::Test {
 protected:
  Composing() {
    v1::Session& session = occasion_.session;
    session.set_name("sessions/mayors-dialogue");
    session.set_state(v1::Session::STATE_CONFIRMED);
    session.set_host("cities/isfahan");
    SetTexts(*session.mutable_title(), {{"en", "Mayors' dialogue"},
                                        {"fa", "گفت‌وگوی شهرداران"},
                                        {"zh", "伊斯法罕与西安市长对话"}});
    session.mutable_title()->set_original("fa");
    session.mutable_start_time()->set_time_zone("Asia/Tehran");
    session.mutable_start_time()->set_local_time("2026-12-01T11:30:00");
    session.mutable_start_time()->mutable_instant()->set_seconds(1796112000);
    session.mutable_duration()->set_seconds(5400);
    occasion_.host = CityOf("isfahan", "Asia/Tehran", "Isfahan");
    SetTexts(*occasion_.host.mutable_display_name(), {{"fa", "اصفهان"}});
    Invite("xian", "Asia/Shanghai", "Xi'an", {"zh", "en"});
    mail_.set_name("mails/4f1c");
    mail_.set_session(session.name());
    mail_.set_message_id("4f1c@isfahan.example");
    mail_.set_kind(v1::Mail::KIND_INVITATION);
    mail_.mutable_create_time()->set_seconds(1795500000);
  }

  void Invite(const std::string& id, const std::string& zone, const std::string& latin,
              const std::vector<std::string>& languages) {
    occasion_.city = CityOf(id, zone, latin);
    occasion_.cities = {occasion_.host, occasion_.city};
    v1::Person& person = occasion_.person;
    person.Clear();
    person.set_name("people/mayor-of-" + id);
    person.set_city("cities/" + id);
    person.set_mail_address("mayor-office@" + id + ".example");
    person.set_own_name("own name");
    person.set_latin_name("Mayor of " + latin);
    person.set_honorific("H.E.");
    for (const std::string& language : languages) person.add_languages(language);
    occasion_.session.clear_delegations();
    for (const v1::City& city : occasion_.cities) {
      occasion_.session.add_delegations()->set_city(city.name());
    }
    occasion_.session.mutable_delegations(1)->add_required_people(person.name());
    mail_.set_person(person.name());
  }

  mail::Message Composed() {
    auto message = Compose(mail_, occasion_, Zones(), letterhead_);
    EXPECT_TRUE(message.ok()) << message.status();
    EXPECT_TRUE(message.ok() && mail::BytesOf(*message).ok());
    return *std::move(message);
  }

  std::vector<ical::Property> Event() {
    const auto calendar = ical::ReadCalendar(Composed().calendar->text);
    EXPECT_TRUE(calendar.ok()) << calendar.status();
    EXPECT_EQ(calendar->components.size(), 1u) << "no VTIMEZONE: the times are in UTC";
    EXPECT_EQ(calendar->components[0].name, "VEVENT");
    return calendar->components[0].properties;
  }

  Occasion occasion_;
  v1::Mail mail_;
  Letterhead letterhead_{*mail::Address::Read("protocol@isfahan.example"),
                         "https://neshast.isfahan.example", "cities/isfahan",
                         LinkKey(std::string(32, 'k'))};
};

inline std::vector<std::string> ValuesOf(const std::vector<ical::Property>& event,
                                         const std::string& name) {
  std::vector<std::string> values;
  for (const ical::Property& property : event) {
    if (property.name == name) values.push_back(property.value);
  }
  return values;
}

inline std::string ValueOf(const std::vector<ical::Property>& event, const std::string& name) {
  const std::vector<std::string> values = ValuesOf(event, name);
  EXPECT_EQ(values.size(), 1u) << name;
  return values.empty() ? "" : ical::UnescapeText(values[0]);
}

}  // namespace neshast
