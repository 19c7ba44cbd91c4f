// The parts of the library's methods. Internal to library.
#pragma once

#include <vector>

#include "rpc/method.h"

namespace neshast {

inline constexpr char kLibraryService[] = "neshast.v1.LibraryService.";

std::vector<Method> PracticeMethods();
std::vector<Method> InitiativeMethods();

// RESOURCE_EXHAUSTED / LIST_FULL (metadata: field, limit) where `size` leaves no room for another.
absl::Status CheckRoom(const std::string& field, int size, int limit);

}  // namespace neshast
