// Paging: opaque tokens bound to the other arguments of a request (AIP-158).
#pragma once

#include <string>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"

namespace neshast {

struct Page {
  int size = 50;
  std::string after;  // the key that the page before ended with; empty on the first page
};

// The page that `page_size` (0: 50; coerced to 1..1000) and `page_token` ask for. `binding` is a
// text of the request's other arguments. INVALID_ARGUMENT / INVALID_PAGE_TOKEN for a token that is
// not ours or was made for another binding; / INVALID_FIELD for a negative size.
absl::StatusOr<Page> ReadPage(int page_size, absl::string_view page_token,
                              absl::string_view binding);

// The token that continues after `after`, any bytes.
std::string PageToken(absl::string_view after, absl::string_view binding);

}  // namespace neshast
