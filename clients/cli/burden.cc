#include "cli/burden.h"

#include "absl/strings/str_cat.h"
#include "cli/times.h"

namespace neshast::cli {
namespace {

using v1::CityBurden;

const char* ReasonInWords(CityBurden::Reason reason) {
  switch (reason) {
    case CityBurden::REASON_IN_HOURS:
      return "";
    case CityBurden::REASON_CLOCK_CHANGE_NEARBY:
      return "the clocks change within two days";
    case CityBurden::REASON_EDGE:
      return "within an hour of office hours";
    case CityBurden::REASON_EARLY:
      return "before office hours";
    case CityBurden::REASON_LATE:
      return "after office hours";
    case CityBurden::REASON_NIGHT:
      return "people sleep";
    case CityBurden::REASON_TENTATIVE:
      return "somebody required is tentatively busy";
    case CityBurden::REASON_PROTECTED:
      return "a time that the city keeps free";
    case CityBurden::REASON_RAMADAN:
      return "Ramadan's shorter hours, or iftar";
    case CityBurden::REASON_HALF_DAY:
      return "the closed part of a half day";
    case CityBurden::REASON_WEEKEND:
      return "weekend";
    case CityBurden::REASON_HOLIDAY:
      return "holiday";
    default:
      return "for a reason that this program does not know";
  }
}

std::string HolidayInWords(const v1::Holiday& holiday) {
  std::string text = TextOf(holiday.display_name());
  if (holiday.kind() != v1::Holiday::KIND_FULL) {
    absl::StrAppend(&text, ", ", WordOf(holiday.kind()));
  }
  if (holiday.status() == v1::Holiday::STATUS_COMPUTED) {
    absl::StrAppend(&text, " (date computed: may be a day off)");
  }
  return text;
}

}  // namespace

std::string LevelInWords(int level) {
  static const char* kLevels[] = {"office hours", "an hour at the edge of office hours",
                                  "an early or late hour", "a hard hour", "a night"};
  return level >= 0 && level <= 4 ? kLevels[level] : absl::StrCat("level ", level);
}

Cell HourCell(const CityBurden& burden) {
  switch (burden.level()) {
    case 0:
      return {"office hours", Tone::kGood};
    case 1:
      return {"edge", Tone::kFair};
    case 2:
      return {WallTimeOf(burden.start_time()).hour() < 12 ? "early" : "late", Tone::kFair};
    case 3:
      return {"hard", Tone::kBad};
    default:
      return {"night", Tone::kBad};
  }
}

std::string WhyInWords(const CityBurden& burden) {
  std::string text = ReasonInWords(burden.reason());
  if (burden.has_holiday()) {
    absl::StrAppend(&text, text.empty() ? "" : ": ", HolidayInWords(burden.holiday()));
  }
  if (burden.clock_change_nearby() && burden.reason() != CityBurden::REASON_CLOCK_CHANGE_NEARBY) {
    absl::StrAppend(&text, text.empty() ? "" : "; ", "the clocks change within two days");
  }
  return text;
}

std::string WhenInWords(const CityBurden& burden, const std::string& city, int64_t seconds) {
  const absl::CivilSecond wall = WallTimeOf(burden.start_time());
  const std::string& solar = burden.solar_hijri_date();
  return absl::StrCat(LongDate(wall), solar.empty() ? "" : absl::StrCat(" (", solar, ")"), ", ",
                      ClockTime(wall), " in ", city, ", ", LengthInWords(seconds));
}

}  // namespace neshast::cli
