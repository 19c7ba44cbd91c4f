// What our own mail server found out about who sent a mail (RFC 8601).
#pragma once

#include "absl/strings/string_view.h"

namespace neshast::mail {

// Whether the domain of From stands behind a mail (DMARC, RFC 7489).
enum class Dmarc { kUnknown, kPass, kFail };

// The verdict in `results`, the value of the topmost Authentication-Results header as it came
// (folded, not decoded). Unknown unless it was written by `trusted`, the authserv-id of our own
// mail server, and speaks of `from_domain`. The server must take away headers in its name that came
// from outside, as RFC 8601 section 5 demands: nothing here can tell those apart.
Dmarc DmarcVerdict(absl::string_view results, absl::string_view trusted,
                   absl::string_view from_domain);

}  // namespace neshast::mail
