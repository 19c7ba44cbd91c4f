// The forms that texts of a request can be asked to have (proto/neshast/v1/rules.proto).
#pragma once

#include <cstdint>
#include <optional>

#include "absl/strings/string_view.h"

namespace neshast {

// The number of Unicode characters of `text`; nullopt where it is no valid UTF-8 or holds what no
// name or sentence needs and what deceives readers: control characters, line and paragraph
// separators, bidirectional embeddings, overrides and isolates. Direction marks and joiners, which
// Persian needs, are permitted.
std::optional<int64_t> LengthOfPlainText(absl::string_view text);

// Whether `name` matches a pattern of resource names, "cities/*|people/*"; ids are 1 to 63 of
// [a-z0-9-].
bool IsResourceName(absl::string_view name, absl::string_view pattern);

// 4 to 63 of [a-z0-9-], beginning with a letter or digit.
bool IsId(absl::string_view text);

// A well-formed BCP 47 tag (RFC 5646 §2.1) of at most 35 characters; whether its subtags are
// registered is not asked.
bool IsLanguageTag(absl::string_view text);

// The name of a zone of the system's tzdata that stands for a place ("Asia/Tehran") or "UTC". No
// offsets ("+03:30", "Etc/GMT-3"), no abbreviations ("EST"), no paths.
bool IsTimeZoneName(absl::string_view text);

// A civil date "2026-12-01", 1900 to 2200.
bool IsDate(absl::string_view text);

// A wall time "2026-12-01T10:00:00" or "2026-12-01T10:00", 1900 to 2200; no 24:00, no leap second.
bool IsLocalTime(absl::string_view text);

// The 36 characters of a UUID (RFC 9562), in either case.
bool IsUuid(absl::string_view text);

// An ISO 3166 country or subdivision: "IR", "ES-CT".
bool IsCountry(absl::string_view text);

}  // namespace neshast
