// A dialogue to which the mayors of Isfahan and Xi'an are invited by mail, and mails that answer.
#pragma once

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <memory>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "invitations/invitations.h"
#include "mailer/mailing.h"
#include "mailer/reader.h"
#include "neshast/v1/invitation_service.pb.h"
#include "neshast/v1/reply_service.pb.h"
#include "replies/replies.h"

namespace neshast {

inline constexpr char kSession[] = "sessions/dialogue";
inline constexpr char kMayor[] = "people/mayor-of-xian";
inline constexpr char kServerId[] = "mx.isfahan.example";

// A mail as a calendar program in Xi'an writes it; each part can be forged.
struct Written {
  std::string authentication =
      "mx.isfahan.example; dkim=pass header.d=xian.example; dmarc=pass header.from=xian.example";
  std::string from = "From: Mayor <mayor-of-xian@xian.example>\n";
  std::string to;
  std::string headers = "Message-ID: <answer@xian.example>\n";
  std::string method = "REPLY";
  std::string uid = "UID:dialogue@isfahan.example\n";
  std::string attendee = "ATTENDEE;PARTSTAT=ACCEPTED:mailto:mayor-of-xian@xian.example\n";
  std::string sequence = "SEQUENCE:0\n";
  std::string stamp = "DTSTAMP:20261124T120000Z\n";
  std::string more = "";

  std::string Bytes() const {
    const std::string results =
        authentication.empty() ? ""
                               : absl::StrCat("Authentication-Results: ", authentication, "\n");
    const std::string mail =
        absl::StrCat(results, from, "To: ", to, "\nSubject: Accepted\n", headers,
                     "Content-Type: text/calendar; charset=utf-8; method=", method,
                     "\n\nBEGIN:VCALENDAR\nVERSION:2.0\nMETHOD:", method, "\nBEGIN:VEVENT\n", uid,
                     attendee, sequence, stamp, more, "END:VEVENT\nEND:VCALENDAR\n");
    return absl::StrReplaceAll(mail, {{"\n", "\r\n"}});
  }
};

class Replying : public Mailing {
 protected:
  Replying() {
    store_.Put(Dialogue());
    ReadAll(reader_);
    store_.now += absl::Hours(15);
  }

  std::string AddressFor(const std::string& person, const std::string& subject = kSession) const {
    return absl::StrCat("protocol+", ReplyToken(desk_.key, subject, person), "@isfahan.example");
  }

  // An answer of the mayor of Xi'an in which nothing is wrong.
  Written Genuine() const {
    Written written;
    written.to = AddressFor(kMayor);
    return written;
  }

  template <class Response, class Request>
  absl::StatusOr<Response> Call(const std::string& method, const Request& request) {
    std::vector<Method> methods = ReplyMethods(desk_);
    for (Method& each : InvitationMethods()) methods.push_back(std::move(each));
    return store_.Call<Response>(methods, "neshast.v1." + method, officer_, request);
  }

  v1::Reply Received(const std::string& bytes, bool truncated = false) {
    v1::ReceiveReplyRequest request;
    request.set_mail(bytes);
    request.set_truncated(truncated);
    const auto reply = Call<v1::Reply>("ReplyService.ReceiveReply", request);
    EXPECT_TRUE(reply.ok()) << reply.status();
    return reply.ok() ? *reply : v1::Reply();
  }

  std::vector<v1::Reply> Replies(v1::Reply::State state = v1::Reply::STATE_UNSPECIFIED) {
    v1::ListRepliesRequest request;
    request.set_page_size(1000);
    request.set_state(state);
    const auto list = Call<v1::ListRepliesResponse>("ReplyService.ListReplies", request);
    EXPECT_TRUE(list.ok()) << list.status();
    return {list->replies().begin(), list->replies().end()};
  }

  absl::StatusOr<v1::Reply> Applied(const v1::Reply& reply) {
    v1::ApplyReplyRequest request;
    request.set_name(reply.name());
    request.set_remark("The mayor's secretary confirmed it by telephone.");
    return Call<v1::Reply>("ReplyService.ApplyReply", request);
  }

  // "ANSWER_DECLINED outdated", empty where the mayor of Xi'an has not answered.
  std::string AnswerOfTheMayor() {
    v1::ListInvitationResponsesRequest request;
    request.set_parent(kSession);
    const auto list = Call<v1::ListInvitationResponsesResponse>(
        "InvitationService.ListInvitationResponses", request);
    EXPECT_TRUE(list.ok()) << list.status();
    for (const v1::InvitationResponse& response : list->responses()) {
      if (response.person() != kMayor) continue;
      return absl::StrCat(v1::InvitationResponse::Answer_Name(response.answer()),
                          response.outdated() ? " outdated" : "");
    }
    return "";
  }

  // The dialogue, an hour later, as everybody is told.
  void MoveAnHourLater() {
    v1::Session moved = Later(Dialogue());
    v1::SessionMove& move = *moved.add_moves();
    *move.mutable_start_time() = Dialogue().start_time();
    *move.mutable_duration() = Dialogue().duration();
    move.mutable_move_time()->set_seconds(absl::ToUnixSeconds(store_.now));
    store_.Put(moved);
    ReadAll(reader_);
  }

  static std::string Doubts(const v1::Reply& reply) {
    std::string names;
    for (const int doubt : reply.doubts()) {
      const auto value = static_cast<v1::Reply::Doubt>(doubt);
      absl::StrAppend(&names, names.empty() ? "" : " ", v1::Reply::Doubt_Name(value).substr(6));
    }
    return names;
  }

  std::shared_ptr<const ZoneDatabase> zones_ = *ZoneDatabase::Open();
  LogReader reader_{store_.store(), letterhead_};
  const ReplyDesk desk_{letterhead_.key, letterhead_.from, kServerId, [this] { return zones_; }};
};

}  // namespace neshast
