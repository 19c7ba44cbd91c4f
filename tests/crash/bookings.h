// What the crash tests write: bookings of two documents each, so that half a booking shows.
#pragma once

#include <string>
#include <vector>

#include "neshast/v1/session.pb.h"
#include "store/store.h"

namespace neshast {

// A session of the people of Isfahan and Xi'an that occupies one of them.
inline v1::Session BookingNamed(const std::string& name) {
  v1::Session session;
  session.set_name("sessions/" + name);
  session.set_host("cities/isfahan");
  (*session.mutable_title()->mutable_texts())["en"] = std::string(12000, 'x');
  session.set_cancel_reason(name);
  session.add_interpreters("people/li");
  return session;
}

inline v1::Series SeriesNamed(const std::string& name) {
  v1::Series series;
  series.set_name("series/" + name);
  series.set_host("cities/isfahan");
  return series;
}

inline Index IndexBookings(const google::protobuf::Message& message) {
  Index index{.lists = {"bookings"}, .audience = {"cities/isfahan", "cities/xian"}};
  if (const auto* session = dynamic_cast<const v1::Session*>(&message)) {
    const auto begins = static_cast<int64_t>(std::hash<std::string>()(session->name()) % 1000000);
    index.occupancy = {{.party = "people/li", .begins = begins, .ends = begins + 3600}};
  } else if (const auto* series = dynamic_cast<const v1::Series*>(&message)) {
    index.searchable = {
        {.readers = {"public"}, .postings = {{"booking", 1000, {0}}, {series->name(), 1000, {1}}}}};
  }
  return index;
}

inline absl::Status Book(Transaction& tx, const std::string& name) {
  RETURN_IF_ERROR(tx.PutMessage(BookingNamed(name)).status());
  return tx.PutMessage(SeriesNamed(name)).status();
}

// OK when searches find the series that are there, each by its words, and no other.
inline absl::Status CheckSearches(Transaction& tx) {
  ASSIGN_OR_RETURN(const auto series, tx.ListDocuments({.kind = "Series", .limit = 1000000}));
  ASSIGN_OR_RETURN(const SearchAnswer all,
                   tx.Search({.terms = {{{{"booking"}}}}, .readers = {"public"}}));
  if (all.total != static_cast<int64_t>(series.size())) {
    return absl::InternalError("searches find another number of bookings than there are");
  }
  for (const Document& each : series) {
    ASSIGN_OR_RETURN(const SearchAnswer one,
                     tx.Search({.terms = {{{{each.name}}}}, .readers = {"public"}}));
    if (one.names != std::vector<std::string>{each.name}) {
      return absl::InternalError("a search does not find " + each.name);
    }
  }
  return absl::OkStatus();
}

// OK when the whole booking is there, NOT_FOUND when nothing of it is, INTERNAL for half of one.
inline absl::Status FindBooking(Transaction& tx, const std::string& name) {
  const absl::Status session = tx.GetDocument("sessions/" + name).status();
  const absl::Status series = tx.GetDocument("series/" + name).status();
  return session.code() == series.code() ? session : absl::InternalError("half of " + name);
}

}  // namespace neshast
