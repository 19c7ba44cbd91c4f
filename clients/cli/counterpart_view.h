// How a city's counterpart is shown.
#pragma once

#include <string>

#include "cli/print.h"
#include "neshast/v1/city.pb.h"

namespace neshast::cli {

// "until 2027-11-24", or why it is not and what to do next; empty where the caller is not told.
Cell VerifiedInWords(const v1::City& city);

// "principals/officer by call-back on 2026-11-24; principals/administrator ...".
std::string VouchersInWords(const v1::Counterpart& counterpart);

}  // namespace neshast::cli
