// How hard an hour is for a city, and why.
//
// The scale: 0 inside office hours, 1 within an hour of them, 2 early or late, 3 hard (06-07,
// 20-22; weekends; holidays), 4 night (22-06). Its points are convex, because pain is flat in the
// middle of the day and steep at its edges.
#pragma once

#include <array>
#include <cstdint>

namespace neshast::scheduling {

// Ordered: a higher level is harder.
enum class Level : uint8_t { kComfortable = 0, kEdge = 1, kEarlyOrLate = 2, kHard = 3, kNight = 4 };

// Why an hour has its level. Where two reasons give the same level, the later in this list is told.
enum class Reason : uint8_t {
  kInHours,            // Inside office hours.
  kClockChangeNearby,  // Inside office hours, but the zone changes its clocks within two days.
  kEdge,               // Within an hour of office hours.
  kEarly,              // Before them.
  kLate,               // After them.
  kNight,              // People sleep.
  kTentative,          // Somebody who is required is tentatively busy: one level harder.
  kProtected,          // A time that the city keeps, such as Friday noon: one level harder.
  kRamadan,            // Outside Ramadan's shortened hours, or at iftar.
  kHalfDay,            // The closed part of a half day: one level harder.
  kWeekend,            // At least level 3.
  kHoliday,            // At least level 3; level 2 while its date is only computed.
};

// A level with its reason, in one byte that orders like the level.
class Burden {
 public:
  constexpr Burden() = default;
  constexpr Burden(Level level, Reason reason)
      : byte_(static_cast<uint8_t>(static_cast<int>(level) << 4 | static_cast<int>(reason))) {}
  // The reverse of byte().
  static constexpr Burden FromByte(uint8_t byte) {
    return Burden(static_cast<Level>(byte >> 4), static_cast<Reason>(byte & 15));
  }

  constexpr Level level() const { return static_cast<Level>(byte_ >> 4); }
  constexpr Reason reason() const { return static_cast<Reason>(byte_ & 15); }
  // Comparable: the greater byte is the harder hour, or the same with the more telling reason.
  constexpr uint8_t byte() const { return byte_; }

  friend constexpr bool operator==(Burden a, Burden b) { return a.byte_ == b.byte_; }

 private:
  uint8_t byte_ = 0;
};

// The least byte of a burden that is harder than `level`.
constexpr uint8_t FirstByteAbove(Level level) {
  return static_cast<uint8_t>((static_cast<int>(level) + 1) << 4);
}

// 0, 1, 3, 8, 20: what a session at this level adds to a city's account in the ledger.
constexpr int PointsOf(Level level) {
  constexpr std::array<int, 5> kPoints = {0, 1, 3, 8, 20};
  return kPoints[static_cast<size_t>(level)];
}

// `burden` made one level harder for the soft cause `reason`. A soft cause never makes an hour a
// night and never tells more than a level that is hard already: from level 3 on nothing changes.
constexpr Burden OneHarder(Burden burden, Reason reason) {
  if (burden.level() >= Level::kHard) return burden;
  return Burden(static_cast<Level>(static_cast<int>(burden.level()) + 1), reason);
}

}  // namespace neshast::scheduling
