// A request laid over the grid: every question about a start becomes a look at a bit or a byte.
// Internal to the search.
#pragma once

#include <vector>

#include "scheduling/bitmap.h"
#include "scheduling/burden.h"
#include "scheduling/request.h"
#include "scheduling/suggestion.h"

namespace neshast::scheduling {

class Problem {
 public:
  // `request` is within its bounds and outlives this.
  explicit Problem(const SuggestRequest& request);

  const SuggestRequest& request() const { return request_; }
  const CompiledCalendar& host() const { return *request_.cities[request_.host].calendar; }
  // The window with its buffers.
  const GridRange& range() const { return range_; }
  // Length of the session, rounded up.
  int length() const { return length_; }
  Interval SlotAt(Quarter start) const {
    return {BeginOf(start), BeginOf(start) + request_.duration};
  }

  // The coming starts on the host's steps with which the session lies in the window.
  const Bitmap& starts() const { return starts_; }
  // How hard a session that begins in each quarter of range() is for the city, as Burden::byte():
  // its worst quarter, one harder where somebody required is tentatively busy.
  const std::vector<uint8_t>& BurdensOf(int city) const { return burdens_[city]; }
  Burden BurdenOf(int city, Quarter start) const {
    return Burden::FromByte(burdens_[city][static_cast<size_t>(start - range_.first)]);
  }
  // The hardest level the city may bear; never night unless `with_night`.
  Level LimitOf(int city, bool with_night) const;

  // A plane of times, made one of starts: where the session with its buffers would meet it.
  void WidenToStarts(Bitmap& times) const { times.Widen(before_, length_ + after_); }
  Bitmap BusyAt(const CompiledAvailability* availability) const;
  // Whether some of the time that the search looks at is not known.
  bool HasUnknownTimes(const CompiledAvailability* availability) const;
  // Sets, in `times`, when nothing is known; not yet widened to starts.
  void AddUnknownTimes(const CompiledAvailability* availability, Bitmap& times) const;
  Bitmap UnknownAt(const CompiledAvailability* availability) const;
  // Starts on local days on which the person's limit would be passed; empty set without limit.
  Bitmap DayFullAt(const RequestPerson& person) const;
  // Busy, or the day is full.
  Bitmap AbsentAt(const RequestPerson& person) const;
  // Starts with which the session would touch one of the city's forbidden dates.
  Bitmap ForbiddenAt(const RequestCity& city) const;

  // How a person stands to the session at `start`.
  PersonStatus StatusOf(const RequestPerson& person, Quarter start) const;
  PersonStatus StatusOf(const CompiledAvailability* availability, Quarter start) const;

 private:
  Bitmap DayFullIn(const RequestPerson& person, const GridRange& range) const;
  void LayStarts();
  void LayBurdens();
  void CountTentative();

  const SuggestRequest& request_;
  int before_;
  int length_;
  int after_;
  GridRange range_;
  Bitmap starts_;
  std::vector<std::vector<uint8_t>> burdens_;
};

}  // namespace neshast::scheduling
