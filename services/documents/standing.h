// Where a document stands, and which stage of a partnership follows: functions of its steps, its
// renewals and a date. Dates are ISO texts, which compare as dates do; ends are exclusive.
#pragma once

#include <string>
#include <vector>

#include "neshast/v1/city.pb.h"
#include "neshast/v1/document.pb.h"

namespace neshast {

// Under this many days to its end a document is ending soon: what councils and ministries need.
inline constexpr int kEndingSoonDays = 180;

// The date of the last signature; empty while a signature is owed or none is there.
std::string SignedDateOf(const v1::Document& document);

// Where `document` stands on the date `today`. What is done later than that is not done yet.
v1::Document::State StateOn(const v1::Document& document, const std::string& today);

// Fills in what follows from its steps, its renewals and `today`: the state, the dates of its
// signature and its end, and the step that is owed next.
void Settle(const std::string& today, v1::Document& document);

// The stage of the partnership that these documents between the host and one city, and no others,
// make on the date `today`; unspecified where there are none.
v1::Partnership::Stage StageOf(const std::vector<v1::Document>& documents,
                               const std::string& today);

// The stage of a partnership after `follows` follows for one that has reached `reached`: the
// further of the two, where dormant is further than finalising and signed further than dormant. A
// signed one falls asleep only if `may_fall`. The host has no partnership with itself.
v1::Partnership::Stage StageAfter(v1::Partnership::Stage reached, v1::Partnership::Stage follows,
                                  bool may_fall);

}  // namespace neshast
