#include "sessions/calendars.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "scheduling/work_calendar.h"
#include "status_macros.h"
#include "time/solar_hijri.h"
#include "time/wall_time.h"

namespace neshast {
namespace {

using date::local_days;
using std::chrono::minutes;

// A date of the contract, which its rule has checked; none where it is empty.
std::optional<local_days> ToDate(const std::string& text) {
  const auto date = ParseDate(text);
  return date.ok() ? std::optional(local_days(*date)) : std::nullopt;
}

scheduling::WorkWeek ToWeek(const v1::WorkWeek& week) {
  scheduling::WorkWeek converted;
  converted.valid_from = ToDate(week.valid_from_date());
  converted.valid_until = ToDate(week.valid_until_date());
  converted.ramadan = week.ramadan();
  for (const v1::WorkDay& day : week.days()) {
    converted.days[static_cast<size_t>(day.weekday() - 1)] =
        scheduling::OfficeHours{minutes(day.opens_minute()), minutes(day.closes_minute())};
  }
  for (const v1::ProtectedWindow& window : week.protected_windows()) {
    scheduling::ProtectedWindow& kept = converted.protected_windows.emplace_back();
    if (window.weekday() != 0)
      kept.weekday = date::weekday(static_cast<unsigned>(window.weekday()));
    kept.begins = minutes(window.begins_minute());
    kept.ends = minutes(window.ends_minute());
  }
  return converted;
}

scheduling::HolidayKind ToKind(v1::Holiday::Kind kind) {
  switch (kind) {
    case v1::Holiday::KIND_HALF_MORNING:
      return scheduling::HolidayKind::kHalfMorning;
    case v1::Holiday::KIND_HALF_AFTERNOON:
      return scheduling::HolidayKind::kHalfAfternoon;
    case v1::Holiday::KIND_OBSERVANCE:
      return scheduling::HolidayKind::kObservance;
    case v1::Holiday::KIND_MAKEUP_WORKDAY:
      return scheduling::HolidayKind::kMakeupWorkday;
    default:
      return scheduling::HolidayKind::kFull;
  }
}

scheduling::HolidayStatus ToStatus(v1::Holiday::Status status) {
  switch (status) {
    case v1::Holiday::STATUS_COMPUTED:
      return scheduling::HolidayStatus::kComputed;
    case v1::Holiday::STATUS_CONFIRMED:
      return scheduling::HolidayStatus::kConfirmed;
    default:
      return scheduling::HolidayStatus::kFixed;
  }
}

// A city has hundreds of holidays; a booking needs those of two days. ISO dates order as text.
scheduling::WorkCalendar ToCalendar(const v1::WorkCalendar& calendar,
                                    const scheduling::Interval& range) {
  const auto day_of = [](Instant at) {
    return FormatDate(date::year_month_day(date::floor<date::days>(at)));
  };
  const std::string first = day_of(range.begins - date::days(2));
  const std::string last = day_of(range.ends + date::days(2));
  scheduling::WorkCalendar converted;
  for (const v1::WorkWeek& week : calendar.weeks()) converted.weeks.push_back(ToWeek(week));
  for (const v1::Holiday& holiday : calendar.holidays()) {
    const std::optional<local_days> day = ToDate(holiday.date());
    if (!day || holiday.date() < first || holiday.date() > last) continue;
    converted.holidays.push_back(
        {*day,
         {holiday.display_name().texts().begin(), holiday.display_name().texts().end()},
         ToKind(holiday.kind()),
         ToStatus(holiday.status())});
  }
  return converted;
}

v1::Holiday ToMessage(const scheduling::Holiday& holiday) {
  v1::Holiday message;
  message.set_date(FormatDate(date::year_month_day(holiday.date)));
  for (const auto& [language, name] : holiday.names) {
    (*message.mutable_display_name()->mutable_texts())[language] = name;
  }
  for (int kind = v1::Holiday::KIND_FULL; kind <= v1::Holiday::Kind_MAX; ++kind) {
    if (ToKind(static_cast<v1::Holiday::Kind>(kind)) == holiday.kind) {
      message.set_kind(static_cast<v1::Holiday::Kind>(kind));
    }
  }
  for (int status = v1::Holiday::STATUS_FIXED; status <= v1::Holiday::Status_MAX; ++status) {
    if (ToStatus(static_cast<v1::Holiday::Status>(status)) == holiday.status) {
      message.set_status(static_cast<v1::Holiday::Status>(status));
    }
  }
  return message;
}

}  // namespace

absl::StatusOr<std::shared_ptr<const scheduling::CompiledCalendar>> CalendarOf(
    const v1::City& city, const ZoneDatabase& zones, const scheduling::Interval& range) {
  ASSIGN_OR_RETURN(const Zone* zone, zones.Find(city.time_zone()));
  return std::make_shared<const scheduling::CompiledCalendar>(
      std::make_shared<const scheduling::WorkCalendar>(ToCalendar(city.work_calendar(), range)),
      *zone, range);
}

v1::CityBurden ToBurden(const v1::City& city, const ZoneDatabase& zones,
                        const scheduling::CityHour& hour, Instant begins) {
  v1::CityBurden burden;
  burden.set_city(city.name());
  burden.set_level(static_cast<int>(hour.level));
  burden.set_points(hour.points);
  v1::ZonedTime& start = *burden.mutable_start_time();
  start.set_local_time(FormatWallTime(hour.local));
  start.set_time_zone(city.time_zone());
  start.mutable_instant()->set_seconds(begins.time_since_epoch().count());
  start.set_tzdata_release(zones.release());
  burden.set_weekday(static_cast<int>(hour.weekday.iso_encoding()));
  if (std::find(city.languages().begin(), city.languages().end(), "fa") != city.languages().end()) {
    burden.set_solar_hijri_date(FormatSolarHijri(date::floor<date::days>(hour.local)));
  }
  burden.set_utc_offset_seconds(static_cast<int>(hour.offset.count()));
  burden.set_day_shift(hour.day_shift);
  // The contract lists the reasons as the search does, behind its zero.
  burden.set_reason(static_cast<v1::CityBurden::Reason>(static_cast<int>(hour.reason) + 1));
  if (hour.holiday) *burden.mutable_holiday() = ToMessage(*hour.holiday);
  burden.set_clock_change_nearby(hour.clock_change_nearby);
  return burden;
}

}  // namespace neshast
