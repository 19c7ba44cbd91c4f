// The mail that most tests send: Isfahan's protocol office invites the mayor of Xi'an.
#pragma once

#include <string>

#include "absl/time/civil_time.h"
#include "mail/message.h"

namespace neshast::mail {

inline std::string InvitationCalendar() {
  return "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//Neshast//"
         "EN\r\nMETHOD:REQUEST\r\nBEGIN:VEVENT\r\n"
         "UID:dialogue@isfahan.example\r\nDTSTAMP:20261124T080000Z\r\nDTSTART:20261201T080000Z\r\n"
         "SUMMARY:گفت‌وگوی شهرداران اصفهان و "
         "شی‌آن\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n";
}

inline Message Invitation(const std::string& to = "mayor@xian.example") {
  return {.from = {"تشریفات شهرداری اصفهان", *Address::Read("protocol@isfahan.example")},
          .to = {"西安市市长", *Address::Read(to)},
          .reply_to = Mailbox{"", *Address::Read("reply+q7x@isfahan.example")},
          .return_path = *Address::Read("bounce+q7x@isfahan.example"),
          .subject = "伊斯法罕与西安市长对话",
          .message_id = "dialogue.1@isfahan.example",
          .in_reply_to = "question.7@xian.example",
          .references = {"question.6@xian.example", "question.7@xian.example"},
          .date = absl::FromCivil(absl::CivilHour(2026, 11, 24, 8), absl::UTCTimeZone()),
          .language = "zh-Hans",
          .text = "您好！\n会议定于十二月一日。\n",
          .html = "<p>您好！</p>\n",
          .calendar = CalendarPart{"REQUEST", InvitationCalendar()},
          .attachments = {{"دستور جلسه.pdf", "application/pdf", std::string("%PDF\0\r\n\n", 8)}}};
}

}  // namespace neshast::mail
