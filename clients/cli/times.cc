#include "cli/times.h"

#include <regex>

#include "absl/strings/str_cat.h"
#include "cli/words.h"

namespace neshast::cli {
namespace {

std::string Format(const char* format, absl::CivilSecond wall) {
  const absl::TimeZone utc = absl::UTCTimeZone();
  return absl::FormatTime(format, absl::FromCivil(wall, utc), utc);
}

}  // namespace

std::optional<int64_t> ParseLength(const std::string& text) {
  static const std::regex kLength("(?:([0-9]{1,3})d)?(?:([0-9]{1,4})h)?(?:([0-9]{1,5})m)?");
  std::smatch parts;
  if (text.empty() || !std::regex_match(text, parts, kLength)) return std::nullopt;
  const auto number = [&](int i) { return parts[i].matched ? std::stoll(parts[i].str()) : 0; };
  return number(1) * 86400 + number(2) * 3600 + number(3) * 60;
}

std::string CheckLength(const std::string& text) {
  if (ParseLength(text)) return "";
  return text + " is no length of time; write it as 90m, 2h, 1h30m or 3d.";
}

std::string CheckDate(const std::string& text) {
  absl::CivilDay day;
  if (text.size() == 10 && absl::ParseCivilTime(text, &day)) return "";
  return text + " is no date; write it as 2026-12-01.";
}

std::string LengthInWords(int64_t seconds) {
  if (seconds % 86400 == 0 && seconds > 0) return Counted(seconds / 86400, "day");
  if (seconds % 3600 == 0) return Counted(seconds / 3600, "hour");
  if (seconds > 2 * 3600) {
    return absl::StrCat(Counted(seconds / 3600, "hour"), " ", seconds % 3600 / 60, " minutes");
  }
  return Counted(seconds / 60, "minute");
}

google::protobuf::Duration DurationOf(const std::string& length) {
  google::protobuf::Duration duration;
  duration.set_seconds(ParseLength(length).value_or(0));
  return duration;
}

google::protobuf::Timestamp TimestampOf(absl::Time time) {
  google::protobuf::Timestamp timestamp;
  timestamp.set_seconds(absl::ToUnixSeconds(time));
  return timestamp;
}

std::string InUtc(const google::protobuf::Timestamp& time) {
  return absl::FormatTime("%Y-%m-%d %H:%M UTC", absl::FromUnixSeconds(time.seconds()),
                          absl::UTCTimeZone());
}

absl::CivilSecond WallTimeOf(const v1::ZonedTime& time) {
  absl::CivilSecond wall;
  return absl::ParseCivilTime(time.local_time(), &wall) ? wall : absl::CivilSecond();
}

std::string ShortTime(absl::CivilSecond wall) {
  return absl::StrCat(Format("%a ", wall), wall.day(), Format(" %b %Y %H:%M", wall));
}

std::string LongDate(absl::CivilSecond wall) {
  return absl::StrCat(Format("%A ", wall), wall.day(), Format(" %B %Y", wall));
}

std::string ClockTime(absl::CivilSecond wall) {
  return Format("%H:%M", wall);
}

}  // namespace neshast::cli
