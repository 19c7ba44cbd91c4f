// Times and lengths as people write and read them.
#pragma once

#include <google/protobuf/duration.pb.h>
#include <google/protobuf/timestamp.pb.h>

#include <optional>
#include <string>

#include "absl/time/civil_time.h"
#include "absl/time/time.h"
#include "neshast/v1/zoned_time.pb.h"

namespace neshast::cli {

// Seconds of "90m", "2h", "1h30m", "3d"; absent for anything else.
std::optional<int64_t> ParseLength(const std::string& text);

// An error sentence for a text that ParseLength refuses, else empty: a validator of CLI11.
std::string CheckLength(const std::string& text);

// The same for a civil date, "2026-12-01".
std::string CheckDate(const std::string& text);

// "90 minutes", "2 hours", "72 hours", "3 days".
std::string LengthInWords(int64_t seconds);

google::protobuf::Duration DurationOf(const std::string& length);

google::protobuf::Timestamp TimestampOf(absl::Time time);

// "2026-12-01 05:30 UTC".
std::string InUtc(const google::protobuf::Timestamp& time);

// The wall time of "2026-12-01T11:30:00"; 1970 for what is none.
absl::CivilSecond WallTimeOf(const v1::ZonedTime& time);

// "Tue 1 Dec 2026 11:30".
std::string ShortTime(absl::CivilSecond wall);

// "Tuesday 1 December 2026".
std::string LongDate(absl::CivilSecond wall);

// "11:30".
std::string ClockTime(absl::CivilSecond wall);

}  // namespace neshast::cli
