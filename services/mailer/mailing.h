// A store with Isfahan, Xi'an, their mayors and an interpreter, for the tests of reader and sender.
#pragma once

#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "mail/delivery.h"
#include "mailer/mails.h"
#include "mailer/reader.h"
#include "neshast/v1/city.pb.h"
#include "neshast/v1/mail_service.pb.h"
#include "neshast/v1/person.pb.h"
#include "neshast/v1/proposal.pb.h"
#include "neshast/v1/session.pb.h"
#include "temporary_store.h"

namespace neshast {

class Mailing : public testing::Test {
 protected:
  Mailing() {
    for (const auto& [id, zone, language] :
         {std::tuple("isfahan", "Asia/Tehran", "fa"), std::tuple("xian", "Asia/Shanghai", "zh")}) {
      v1::City city;
      city.set_name(absl::StrCat("cities/", id));
      city.set_time_zone(zone);
      (*city.mutable_display_name()->mutable_texts())["en"] = id;
      store_.Put(city);
      PutPerson(absl::StrCat("mayor-of-", id), id, language);
    }
    PutPerson("interpreter", "isfahan", "fa");
    officer_.principal = "principals/officer";
    officer_.role = v1::ROLE_PROTOCOL_OFFICER;
  }

  void PutPerson(const std::string& id, const std::string& city, const std::string& language,
                 const std::string& domain = ".example") {
    v1::Person person;
    person.set_name("people/" + id);
    person.set_city("cities/" + city);
    person.set_own_name(id);
    person.set_latin_name(id);
    person.add_languages(language);
    if (!domain.empty()) person.set_mail_address(absl::StrCat(id, "@", city, domain));
    store_.Put(person);
  }

  v1::Session Dialogue(const std::string& name = "sessions/dialogue") {
    v1::Session session;
    session.set_name(name);
    session.set_state(v1::Session::STATE_CONFIRMED);
    session.set_host("cities/isfahan");
    (*session.mutable_title()->mutable_texts())["en"] = "Dialogue";
    session.mutable_start_time()->set_local_time("2026-12-01T11:30:00");
    session.mutable_start_time()->set_time_zone("Asia/Tehran");
    session.mutable_start_time()->mutable_instant()->set_seconds(1796112000);
    session.mutable_duration()->set_seconds(3600);
    for (const char* city : {"isfahan", "xian"}) {
      v1::Delegation& delegation = *session.add_delegations();
      delegation.set_city(absl::StrCat("cities/", city));
      delegation.add_required_people(absl::StrCat("people/mayor-of-", city));
    }
    return session;
  }

  // Sent to the two mayors: two slots, the first at the dialogue's hour.
  v1::Proposal Offer() {
    v1::Proposal proposal;
    proposal.set_name("proposals/offer");
    proposal.set_state(v1::Proposal::STATE_SENT);
    proposal.set_host("cities/isfahan");
    (*proposal.mutable_title()->mutable_texts())["en"] = "Dialogue";
    proposal.mutable_duration()->set_seconds(3600);
    for (const int64_t starts : {1796112000, 1796198400}) {
      v1::ProposedSlot& slot = *proposal.add_slots();
      slot.set_id(absl::StrCat("s", proposal.slots_size()));
      slot.mutable_start_time()->mutable_instant()->set_seconds(starts);
    }
    proposal.mutable_reply_by_time()->set_seconds(1795900000);  // 2026-11-28
    for (const char* city : {"isfahan", "xian"}) {
      v1::ProposalRecipient& recipient = *proposal.add_recipients();
      recipient.set_person(absl::StrCat("people/mayor-of-", city));
      recipient.set_city(absl::StrCat("cities/", city));
      recipient.set_link_generation(1);
    }
    return proposal;
  }

  static v1::Session Later(v1::Session session) {
    auto& instant = *session.mutable_start_time()->mutable_instant();
    instant.set_seconds(instant.seconds() + 3600);
    session.mutable_start_time()->set_local_time("2026-12-01T12:30:00");
    return session;
  }

  static void ReadAll(LogReader& reader) {
    for (int pages = 0; pages < 100; ++pages) {
      const auto progress = reader.ReadOn();
      ASSERT_TRUE(progress.ok()) << progress.status();
      if (!progress->more) return;
    }
    FAIL() << "The log has no end.";
  }

  // Every mail as "person KIND sequence STATE", sorted.
  std::vector<std::string> Mails() {
    std::vector<std::string> lines;
    for (const v1::Mail& mail : AllMails()) {
      lines.push_back(absl::StrCat(mail.person().substr(7), " ",
                                   v1::Mail::Kind_Name(mail.kind()).substr(5), " ", mail.sequence(),
                                   " ", v1::Mail::State_Name(mail.state()).substr(6)));
    }
    std::sort(lines.begin(), lines.end());
    return lines;
  }

  std::vector<v1::Mail> AllMails() {
    v1::ListMailsRequest request;
    request.set_page_size(1000);
    const auto list = store_.Call<v1::ListMailsResponse>(
        MailMethods(), "neshast.v1.MailService.ListMails", officer_, request);
    EXPECT_TRUE(list.ok()) << list.status();
    return {list->mails().begin(), list->mails().end()};
  }

  absl::StatusOr<v1::Mail> Resend(const std::string& name) {
    v1::ResendMailRequest request;
    request.set_name(name);
    return store_.Call<v1::Mail>(MailMethods(), "neshast.v1.MailService.ResendMail", officer_,
                                 request);
  }

  int64_t Revision() {
    int64_t revision = 0;
    EXPECT_TRUE(store_.store()
                    .Read([&](Transaction& tx) -> absl::Status {
                      ASSIGN_OR_RETURN(revision, tx.Revision());
                      return absl::OkStatus();
                    })
                    .ok());
    return revision;
  }

  TemporaryStore store_;
  Caller officer_;
  const Letterhead letterhead_{*mail::Address::Read("protocol@isfahan.example"),
                               "https://neshast.isfahan.example", "cities/isfahan",
                               LinkKey(std::string(32, 'k'))};
};

}  // namespace neshast
