#include "errors.h"

#include <nlohmann/json.hpp>

#include "absl/strings/cord.h"

namespace neshast {
namespace {

constexpr char kPayload[] = "neshast/error-detail";

}  // namespace

absl::Status Error(absl::StatusCode code, absl::string_view message, ErrorDetail detail) {
  nlohmann::json payload = {{"reason", detail.reason}, {"metadata", detail.metadata}};
  auto& violations = payload["violations"] = nlohmann::json::array();
  for (const FieldViolation& violation : detail.violations) {
    violations.push_back({violation.field, violation.description});
  }
  absl::Status status(code, message);
  // `replace` because a message may quote bytes of a client that are not UTF-8.
  status.SetPayload(
      kPayload, absl::Cord(payload.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace)));
  return status;
}

ErrorDetail DetailOf(const absl::Status& status) {
  const auto payload = status.GetPayload(kPayload);
  if (!payload.has_value()) return {};
  const nlohmann::json json = nlohmann::json::parse(std::string(*payload), nullptr, false);
  if (json.is_discarded()) return {};
  ErrorDetail detail{.reason = json["reason"], .metadata = json["metadata"], .violations = {}};
  for (const auto& violation : json["violations"]) {
    detail.violations.push_back({violation[0], violation[1]});
  }
  return detail;
}

}  // namespace neshast
