// New zone rules and the host's decision, as the mails see them.
#include <gmock/gmock.h>

#include <memory>

#include "clockwatch/clockwatch.h"
#include "mailer/mails.h"
#include "mailer/reader.h"
#include "neshast/v1/city.pb.h"
#include "neshast/v1/clock_service.pb.h"
#include "neshast/v1/mail_service.pb.h"
#include "neshast/v1/person.pb.h"
#include "neshast/v1/session_service.pb.h"
#include "release_change.h"
#include "sessions/sessions.h"
#include "temporary_store.h"
#include "verified_counterpart.h"

namespace neshast {
namespace {

using testing::ElementsAre;
using v1::Session;

// Booked for 1 July 2027 under "2026e", in which Iran keeps its summer time; then "2026f" comes.
class DecidingOnClocks : public ReleaseChange {
 protected:
  DecidingOnClocks() {
    Install("2026e", "s/^R i 2021 2022 /R i 2021 ma /");
    zones_ = *CurrentZones::Open(Live(), Kept());
    for (const auto& [id, zone] :
         {std::pair("isfahan", "Asia/Tehran"), std::pair("xian", "Asia/Shanghai")}) {
      v1::City city;
      city.set_name(absl::StrCat("cities/", id));
      city.set_time_zone(zone);
      v1::Person mayor;
      mayor.set_name(absl::StrCat("people/mayor-of-", id));
      mayor.set_city(city.name());
      mayor.set_mail_address(absl::StrCat("mayor@", id, ".example"));
      store_.Put(mayor);
      city = Verified(city, mayor.name());
      city.mutable_counterpart()->set_mail_address(mayor.mail_address());
      store_.Put(city);
    }
    const auto zones = [this] { return zones_->Get(); };
    for (auto methods : {SessionMethods(zones), ClockMethods(zones), MailMethods()}) {
      methods_.insert(methods_.end(), methods.begin(), methods.end());
    }
    officer_.principal = "principals/officer";
    officer_.role = v1::ROLE_PROTOCOL_OFFICER;
  }

  template <class Response, class Request>
  Response Call(const std::string& method, const Request& request) {
    const auto response =
        store_.Call<Response>(methods_, "neshast.v1." + method, officer_, request);
    EXPECT_TRUE(response.ok()) << response.status();
    return response.value_or(Response());
  }

  void Confirm(const std::string& local_time, const std::string& zone) {
    v1::CreateSessionRequest create;
    Session& draft = *create.mutable_session();
    draft.set_kind(Session::KIND_MAYORS_DIALOGUE);
    draft.set_host("cities/isfahan");
    draft.mutable_start_time()->set_local_time(local_time);
    draft.mutable_start_time()->set_time_zone(zone);
    draft.mutable_duration()->set_seconds(3600);
    for (const char* id : {"isfahan", "xian"}) {
      v1::Delegation& delegation = *draft.add_delegations();
      delegation.set_city(absl::StrCat("cities/", id));
      delegation.add_required_people(absl::StrCat("people/mayor-of-", id));
    }
    v1::ConfirmSessionRequest confirm;
    confirm.set_name(Call<Session>("SessionService.CreateSession", create).name());
    Call<Session>("SessionService.ConfirmSession", confirm);
  }

  // What was queued since the last call, "person KIND sequence"; the mail server takes it.
  std::vector<std::string> Told() {
    LogReader reader(store_.store(), letterhead_);  // killed before, and begins anew
    for (bool more = true; more;) {
      const auto progress = reader.ReadOn();
      EXPECT_TRUE(progress.ok()) << progress.status();
      more = progress.ok() && progress->more;
    }
    std::vector<std::string> lines;
    const auto list = Call<v1::ListMailsResponse>("MailService.ListMails", v1::ListMailsRequest());
    for (v1::Mail mail : list.mails()) {
      if (mail.state() != v1::Mail::STATE_QUEUED) continue;
      lines.push_back(absl::StrCat(mail.person().substr(7), " ",
                                   v1::Mail::Kind_Name(mail.kind()).substr(5), " ",
                                   mail.sequence()));
      mail.set_state(v1::Mail::STATE_ACCEPTED);
      store_.Put(mail);
    }
    std::sort(lines.begin(), lines.end());
    return lines;
  }

  void NewRulesCome() {
    Install("2026f", "");
    ASSERT_TRUE(zones_->Refresh());
    ASSERT_TRUE(Sweep(store_.store(), *zones_->Get()).ok());
  }

  void KeepThePromise() {
    const auto alerts = Call<v1::ListZoneAlertsResponse>("ClockService.ListZoneAlerts",
                                                         v1::ListZoneAlertsRequest());
    ASSERT_EQ(alerts.alerts_size(), 1);
    v1::DecideZoneAlertRequest request;
    request.set_name(alerts.alerts(0).name());
    Call<v1::ZoneAlert>("ClockService.DecideZoneAlert", request);
  }

  TemporaryStore store_;
  std::unique_ptr<CurrentZones> zones_;
  std::vector<Method> methods_;
  Caller officer_;
  const Letterhead letterhead_{*mail::Address::Read("protocol@isfahan.example"), "",
                               "cities/isfahan", LinkKey(std::string(32, 'k'))};
};

// Calendar entries stand in UTC, so who keeps the wall time needs the new instant too.
TEST_F(DecidingOnClocks, WhoseInstantMovedIsToldOnceAndOnlyAfterTheDecision) {
  Confirm("2027-07-01T10:00", "Asia/Tehran");
  EXPECT_THAT(Told(), ElementsAre("mayor-of-isfahan INVITATION 0", "mayor-of-xian INVITATION 0"));
  NewRulesCome();
  EXPECT_THAT(Told(), ElementsAre()) << "the host has not decided";
  KeepThePromise();
  EXPECT_THAT(Told(), ElementsAre("mayor-of-isfahan UPDATE 1", "mayor-of-xian UPDATE 1"));
  EXPECT_THAT(Told(), ElementsAre());
}

TEST_F(DecidingOnClocks, OnlyTheCityIsToldWhoseClockMovedUnderASessionThatStays) {
  Confirm("2027-07-01T14:00", "Asia/Shanghai");
  EXPECT_THAT(Told(), ElementsAre("mayor-of-isfahan INVITATION 0", "mayor-of-xian INVITATION 0"));
  NewRulesCome();
  EXPECT_THAT(Told(), ElementsAre());
  KeepThePromise();
  EXPECT_THAT(Told(), ElementsAre("mayor-of-isfahan UPDATE 1"));
  EXPECT_THAT(Told(), ElementsAre());
}

}  // namespace
}  // namespace neshast
