// Isfahan, cities it writes to and bodies that must agree, and calls on what stands between them.
#pragma once

#include <gmock/gmock.h>
#include <google/protobuf/text_format.h>
#include <gtest/gtest.h>

#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "neshast/v1/city.pb.h"
#include "neshast/v1/group.pb.h"
#include "rpc/policy.h"
#include "temporary_store.h"
#include "time/zone.h"

namespace neshast {

template <class T>
T Parse(const std::string& text) {
  T message;
  EXPECT_TRUE(google::protobuf::TextFormat::ParseFromString(text, &message)) << text;
  return message;
}

template <class T>
std::string ReasonOf(const absl::StatusOr<T>& answer) {
  return DetailOf(answer.status()).reason;
}

template <class T>
std::vector<std::string> FieldsOf(const absl::StatusOr<T>& answer) {
  std::vector<std::string> fields;
  for (const FieldViolation& each : DetailOf(answer.status()).violations) {
    fields.push_back(each.field);
  }
  return fields;
}

// The clock stands at 2026-11-24, 03:30 in Isfahan.
class Register : public testing::Test {
 protected:
  Register() {
    for (const auto& [city, stage] : {std::pair{"isfahan", v1::Partnership::STAGE_HOST},
                                      {"hyderabad", v1::Partnership::STAGE_FINALISING},
                                      {"krakow", v1::Partnership::STAGE_CONSIDERED},
                                      {"st-petersburg", v1::Partnership::STAGE_SIGNED},
                                      {"havana", v1::Partnership::STAGE_SIGNED}}) {
      v1::City town;
      town.set_name(absl::StrCat("cities/", city));
      town.set_time_zone("Asia/Tehran");
      town.mutable_partnership()->set_stage(stage);
      store_.Put(town);
    }
    for (const auto& [body, city] : {std::pair{"foreign-ministry-isfahan", "isfahan"},
                                     {"st-petersburg-health", "st-petersburg"}}) {
      v1::Organization organization;
      organization.set_name(absl::StrCat("organizations/", body));
      organization.set_city(absl::StrCat("cities/", city));
      store_.Put(organization);
    }
  }

  static Caller Secretary(const std::string& city) {
    return {"principals/" + city, v1::ROLE_DELEGATION_SECRETARY, "cities/" + city, "", {}, "c-1"};
  }

  // Calls the method "DocumentService.RecordStep" with a request in text format.
  template <class Request, class Response>
  absl::StatusOr<Response> Call(const std::string& method, const std::string& request,
                                const Caller& caller) {
    return store_.Call<Response>(methods_, "neshast.v1." + method, caller, Parse<Request>(request));
  }

  v1::Partnership PartnershipOf(const std::string& city) {
    v1::City found;
    const absl::Status status = store_.store().Read([&](Transaction& tx) -> absl::Status {
      ASSIGN_OR_RETURN(found, tx.Get<v1::City>("cities/" + city));
      return absl::OkStatus();
    });
    EXPECT_TRUE(status.ok()) << status;
    return found.partnership();
  }

  TemporaryStore store_;
  std::shared_ptr<const ZoneDatabase> zones_ = *ZoneDatabase::Open();
  std::vector<Method> methods_;
  Caller officer_{"principals/officer", v1::ROLE_PROTOCOL_OFFICER, "cities/isfahan", "", {}, "c"};
};

}  // namespace neshast
