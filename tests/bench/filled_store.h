// Stores as a busy house would have filled them.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "absl/time/time.h"
#include "neshast/v1/session.pb.h"

namespace neshast::bench {

inline constexpr int kCities = 16;
inline constexpr int kPeople = 1024;

// "cities/city-3", "people/person-17"; `number` may be any, it is taken modulo their count.
std::string CityName(int64_t number);
std::string PersonName(int64_t number);

// An expert session of two people each of two cities for an hour, as a client would draft it; which
// people and cities follows from `number`.
v1::Session SessionOf(int64_t number, absl::Time begins);

// Midnight UTC of a day that is full in every filled store and still to come.
absl::Time FullDay();

struct Filled {
  std::vector<std::string> officers;     // their tokens
  std::vector<std::string> secretaries;  // of city 0, their tokens
  std::vector<std::string> sessions;     // names of some
};

// Makes a store in `directory` with the cities, the people, principals, and `sessions` sessions:
// 100 a day, the last day two months from now, as many days back as it takes. No person is in two
// sessions at once; from 14:00 UTC on nobody is in any. Written without waiting for the disk.
Filled Fill(const std::string& directory, int64_t sessions, int officers, int secretaries = 0);

}  // namespace neshast::bench
