#include "ical/time_zone.h"

#include <algorithm>
#include <optional>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "ical/date_time.h"
#include "ical/line.h"

namespace neshast::ical {
namespace {

using std::chrono::seconds;

constexpr int kYears = 6;  // that a yearly rule must hold for: the one before, ours, four more

// The clocks go from one offset to another.
struct Change {
  Instant at;
  seconds from;
  seconds to;

  // What the clocks show when they are changed; so DTSTART of an observance is written.
  WallTime Wall() const { return WallTime((at + from).time_since_epoch()); }
  date::year_month_day Day() const { return date::year_month_day(date::floor<date::days>(Wall())); }
};

std::vector<Change> Changes(const Zone& zone, Instant begins, Instant ends) {
  const std::vector<OffsetSegment> segments = zone.Segments(begins, ends);
  std::vector<Change> changes;
  for (size_t i = 1; i < segments.size(); ++i) {
    changes.push_back({segments[i].begins, segments[i - 1].offset, segments[i].offset});
  }
  return changes;
}

std::string FormatOffset(seconds offset) {
  const int64_t size = std::abs(offset.count());
  std::string text =
      absl::StrFormat("%c%02d%02d", offset.count() < 0 ? '-' : '+', size / 3600, size / 60 % 60);
  if (size % 60 != 0) absl::StrAppendFormat(&text, "%02d", size % 60);
  return text;
}

struct Observance {
  WallTime begins;
  seconds from;
  seconds to;
  std::string name;
  std::string rule;  // of yearly repetition; empty for once
};

std::string ObservanceLines(const Observance& observance, seconds standard) {
  const char* kind = observance.to == standard ? "STANDARD" : "DAYLIGHT";
  std::string lines = Line("BEGIN").Value(kind);
  lines += Line("DTSTART").Value(FormatLocal(observance.begins));
  lines += Line("TZOFFSETFROM").Value(FormatOffset(observance.from));
  lines += Line("TZOFFSETTO").Value(FormatOffset(observance.to));
  lines += Line("TZNAME").Text(observance.name);
  if (!observance.rule.empty()) lines += Line("RRULE").Value(observance.rule);
  return lines + Line("END").Value(kind);
}

// Which weekday of its month, -1 for the last of its kind.
struct Nth {
  unsigned month;
  unsigned weekday;  // 0 is Sunday
  int nth;
  seconds time_of_day;

  bool operator==(const Nth&) const = default;
};

Nth NthOf(const Change& change, bool from_the_end) {
  const date::year_month_day day = change.Day();
  const date::local_days date(day);
  const auto last = date::year_month_day_last(day.year() / day.month() / date::last).day();
  const auto of_month = static_cast<unsigned>(day.day());
  const bool is_last = of_month + 7 > static_cast<unsigned>(last);
  return {static_cast<unsigned>(day.month()), date::weekday(date).c_encoding(),
          from_the_end ? (is_last ? -1 : 0) : static_cast<int>((of_month - 1) / 7 + 1),
          change.Wall() - date};
}

// The rule by which `changes` come back, one in each of kYears years from `first_year`.
std::optional<std::string> YearlyRule(const std::vector<Change>& changes, date::year first_year) {
  if (changes.size() != kYears) return std::nullopt;
  for (const bool from_the_end : {true, false}) {
    const Nth first = NthOf(changes[0], from_the_end);
    bool holds = first.nth != 0;
    for (int i = 0; i < kYears; ++i) {
      holds = holds && changes[i].Day().year() == first_year + date::years(i) &&
              changes[i].from == changes[0].from && changes[i].to == changes[0].to &&
              NthOf(changes[i], from_the_end) == first;
    }
    static constexpr const char* kDays[] = {"SU", "MO", "TU", "WE", "TH", "FR", "SA"};
    if (holds) {
      return absl::StrFormat("FREQ=YEARLY;BYMONTH=%d;BYDAY=%d%s", first.month, first.nth,
                             kDays[first.weekday]);
    }
  }
  return std::nullopt;
}

Observance ObservanceOf(const Zone& zone, const Change& change) {
  return {change.Wall(), change.from, change.to, zone.Abbreviation(change.at), ""};
}

// The two rules of a zone that has summer time each year; empty where it is not as regular.
std::vector<Observance> YearlyObservances(const Zone& zone, Instant begins) {
  const auto year = date::year_month_day(date::floor<date::days>(zone.ToWall(begins))).year();
  const date::year first = year - date::years(1);
  const auto january = [](date::year of) { return date::sys_days(of / date::January / 1); };
  std::vector<Change> forward;
  std::vector<Change> back;
  for (const Change& change : Changes(zone, january(first), january(first + date::years(kYears)))) {
    (change.to > change.from ? forward : back).push_back(change);
  }
  const auto forward_rule = YearlyRule(forward, first);
  const auto back_rule = YearlyRule(back, first);
  if (!forward_rule || !back_rule || forward[0].to != back[0].from) return {};
  std::vector<Observance> observances = {ObservanceOf(zone, forward[0]),
                                         ObservanceOf(zone, back[0])};
  observances[0].rule = *forward_rule;
  observances[1].rule = *back_rule;
  return observances;
}

// What the clocks showed a year before, and each change until a year after.
std::vector<Observance> DatedObservances(const Zone& zone, Instant begins, Instant ends) {
  const Instant first = begins - date::days(366);
  const seconds offset = zone.OffsetAt(first);
  const WallTime long_ago = date::local_days(date::year(1970) / 1 / 1);
  std::vector<Observance> observances = {{long_ago, offset, offset, zone.Abbreviation(first), ""}};
  for (const Change& change : Changes(zone, first, ends + date::days(366))) {
    observances.push_back(ObservanceOf(zone, change));
  }
  return observances;
}

}  // namespace

std::string TimeZoneLines(const Zone& zone, Instant begins, Instant ends) {
  std::vector<Observance> observances = YearlyObservances(zone, begins);
  if (observances.empty()) observances = DatedObservances(zone, begins, ends);
  const seconds standard =
      std::min_element(observances.begin(), observances.end(), [](const auto& a, const auto& b) {
        return a.to < b.to;
      })->to;
  std::string lines = Line("BEGIN").Value("VTIMEZONE") + Line("TZID").Text(zone.name());
  for (const Observance& observance : observances) lines += ObservanceLines(observance, standard);
  return lines + Line("END").Value("VTIMEZONE");
}

}  // namespace neshast::ical
