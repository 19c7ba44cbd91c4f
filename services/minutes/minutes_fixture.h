// The expert session of Isfahan and St Petersburg, held, and calls of the MinutesService on it.
#pragma once

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <memory>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "minutes/minutes.h"
#include "minutes/start.h"
#include "neshast/v1/city.pb.h"
#include "neshast/v1/minutes_service.pb.h"
#include "neshast/v1/person.pb.h"
#include "neshast/v1/session_service.pb.h"
#include "sessions/sessions.h"
#include "temporary_store.h"

namespace neshast {

using v1::Attendee;
using v1::Minutes;
using v1::MinutesEntry;
using v1::MinutesParty;

inline std::string Reason(const absl::Status& status) {
  return DetailOf(status).reason;
}

inline std::vector<std::string> Fields(const absl::Status& status) {
  std::vector<std::string> fields;
  for (const FieldViolation& violation : DetailOf(status).violations) {
    fields.push_back(violation.field);
  }
  return fields;
}

// In Persian and Russian, both authoritative, and English. Florence is a third party. The session
// has just been closed; the clock stands at 2026-11-24 until a test moves it.
class MinutesTest : public testing::Test {
 protected:
  MinutesTest() {
    const auto add = [this](auto methods) {
      methods_.insert(methods_.end(), methods.begin(), methods.end());
    };
    key_path_ = absl::StrCat(testing::TempDir(), "/seal-", getpid(), ".key");
    add(MinutesMethods(key_path_));
    add(SessionMethods([this] { return zones_; }, &StartMinutesOf));
    for (const char* city : {"isfahan", "st-petersburg", "florence"}) {
      v1::City town;
      town.set_name(absl::StrCat("cities/", city));
      store_.Put(town);
    }
    for (const char* id : {"head-of-isfahan", "head-of-petersburg", "epidemiologist", "substitute",
                           "called", "head-of-florence", "stranger", "interpreter"}) {
      v1::Person person;
      person.set_name(absl::StrCat("people/", id));
      person.set_own_name(id);
      store_.Put(person);
    }
    store_.Put(Confirmed());
  }
  ~MinutesTest() override { std::filesystem::remove(key_path_); }

  v1::Session Confirmed() {
    v1::Session session;
    session.set_name("sessions/expert");
    session.set_kind(v1::Session::KIND_EXPERT_SESSION);
    (*session.mutable_title()->mutable_texts())["en"] = "Expert session on crisis medicine";
    session.set_host("cities/isfahan");
    session.set_state(v1::Session::STATE_CONFIRMED);
    session.mutable_start_time()->set_local_time("2026-11-23T10:00:00");
    session.mutable_start_time()->set_time_zone("Asia/Tehran");
    session.mutable_start_time()->mutable_instant()->set_seconds(
        absl::ToUnixSeconds(store_.now - absl::Hours(18)));
    session.mutable_duration()->set_seconds(7200);
    for (const char* language : {"fa", "ru"}) session.add_languages(language);
    session.add_interpreters("people/interpreter");
    AddSeats(session, "isfahan", {"head-of-isfahan"});
    AddSeats(session, "st-petersburg", {"head-of-petersburg", "epidemiologist"});
    AddSeats(session, "florence", {"head-of-florence"});
    session.mutable_delegations(0)->add_optional_people("people/called");
    return session;
  }

  static void AddSeats(v1::Session& session, const std::string& city,
                       const std::vector<std::string>& people) {
    v1::Delegation& delegation = *session.add_delegations();
    delegation.set_city("cities/" + city);
    for (const std::string& person : people) {
      v1::Seat& seat = *delegation.add_seats();
      seat.set_id("seat-" + person);
      seat.set_role(delegation.seats_size() == 1 ? v1::Seat::ROLE_HEAD : v1::Seat::ROLE_MEMBER);
      seat.set_person("people/" + person);
      seat.set_printed_name("printed " + person);
      delegation.add_optional_people(seat.person());
    }
  }

  template <class Response, class Request>
  absl::StatusOr<Response> Call(const Caller& caller, const std::string& method,
                                const Request& request) {
    return store_.Call<Response>(methods_, "neshast.v1." + method, caller, request);
  }

  // Calls a method on minutes or an entry, filled in by `fill`.
  template <class Request, class Response = Minutes, class Fill>
  absl::StatusOr<Response> Do(const Caller& caller, const std::string& method,
                              const std::string& name, Fill fill) {
    Request request;
    if constexpr (requires { request.set_name(name); }) {
      request.set_name(name);
    } else {
      request.set_parent(name);
    }
    fill(request);
    return Call<Response>(caller, "MinutesService." + method, request);
  }

  absl::StatusOr<v1::Session> Close() {
    v1::CloseSessionRequest request;
    request.set_name("sessions/expert");
    return Call<v1::Session>(officer_, "SessionService.CloseSession", request);
  }

  Minutes Stored(const std::string& name = kMinutes) {
    return *Do<v1::GetMinutesRequest>(officer_, "GetMinutes", name, [](auto&) {});
  }

  static MinutesEntry Said(const std::string& language, const std::string& text) {
    MinutesEntry entry;
    entry.set_type(MinutesEntry::TYPE_PRACTICE);
    entry.set_city("cities/st-petersburg");
    entry.set_language(language);
    entry.set_text(text);
    return entry;
  }

  absl::StatusOr<MinutesEntry> Enter(const MinutesEntry& entry, const std::string& id = "",
                                     const std::string& minutes = kMinutes) {
    return Do<v1::CreateEntryRequest, MinutesEntry>(officer_, "CreateEntry", minutes,
                                                    [&](auto& request) {
                                                      *request.mutable_entry() = entry;
                                                      request.set_entry_id(id);
                                                    });
  }

  // Closes the session, enters one thing, and lays it before the parties.
  std::string Circulated(bool silence = false) {
    EXPECT_TRUE(Close().ok());
    const auto entry = Enter(Said("ru", "Обмен опытом"), "first");
    EXPECT_TRUE(entry.ok()) << entry.status();
    const auto laid = Circulate(silence);
    EXPECT_TRUE(laid.ok()) << laid.status();
    return entry->name();
  }

  absl::StatusOr<Minutes> Circulate(bool silence = false, const std::string& name = kMinutes) {
    return Do<v1::CirculateMinutesRequest>(officer_, "CirculateMinutes", name, [&](auto& request) {
      request.set_silence_procedure(silence);
    });
  }

  absl::StatusOr<MinutesEntry> Correct(const Caller& caller, const std::string& entry,
                                       const std::string& text,
                                       const std::string& language = "ru") {
    return Do<v1::FileCorrectionRequest, MinutesEntry>(caller, "FileCorrection", entry,
                                                       [&](auto& request) {
                                                         request.set_language(language);
                                                         request.set_text(text);
                                                       });
  }

  absl::StatusOr<MinutesEntry> Decide(const MinutesEntry& entry, int correction, bool accept,
                                      const std::string& remark = "") {
    return Do<v1::DecideCorrectionRequest, MinutesEntry>(
        officer_, "DecideCorrection", entry.name(), [&](auto& request) {
          request.set_correction_id(entry.corrections(correction).id());
          request.set_accept(accept);
          request.set_remark(remark);
        });
  }

  absl::StatusOr<Minutes> Reissue() {
    return Do<v1::ReissueMinutesRequest>(officer_, "ReissueMinutes", kMinutes, [](auto&) {});
  }

  // For the caller's city, of the minutes as they stand unless an etag is given.
  absl::StatusOr<Minutes> Adopt(const Caller& caller,
                                v1::AdoptionMode mode = v1::ADOPTION_MODE_ADOPTED,
                                const std::string& reservation = "", const std::string& etag = "") {
    return Do<v1::AdoptMinutesRequest>(caller, "AdoptMinutes", kMinutes, [&](auto& request) {
      request.set_city(caller.city);
      request.set_mode(mode);
      request.set_reservation(reservation);
      request.set_etag(etag.empty() ? Stored().etag() : etag);
    });
  }

  absl::StatusOr<Minutes> Decline(const Caller& caller, bool withdraw) {
    return Do<v1::DeclineMinutesRequest>(caller, "DeclineMinutes", kMinutes, [&](auto& request) {
      request.set_city(caller.city);
      request.set_reason("The council has not sat yet.");
      request.set_withdraw(withdraw);
    });
  }

  absl::StatusOr<Minutes> Seal(bool list_unadopted = false) {
    return Do<v1::SealMinutesRequest>(officer_, "SealMinutes", kMinutes, [&](auto& request) {
      request.set_list_unadopted(list_unadopted);
    });
  }

  static Caller Of(v1::Role role, const std::string& city, const std::string& person = "") {
    return {absl::StrCat("principals/", city), role, "cities/" + city, person, {}, "c-1"};
  }

  static constexpr char kMinutes[] = "sessions/expert/minutes/1";
  TemporaryStore store_;
  const std::shared_ptr<const ZoneDatabase> zones_ = *ZoneDatabase::Open();
  std::string key_path_;
  std::vector<Method> methods_;
  const Caller officer_ = Of(v1::ROLE_PROTOCOL_OFFICER, "isfahan");
  const Caller petersburg_ = Of(v1::ROLE_DELEGATION_SECRETARY, "st-petersburg");
  const Caller florence_ = Of(v1::ROLE_DELEGATION_SECRETARY, "florence");
};

}  // namespace neshast
