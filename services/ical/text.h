// What people write, in the forms that iCalendar gives it (RFC 5545 section 3.3.11, RFC 6868).
#pragma once

#include <string>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"

namespace neshast::ical {

// `text` as it may travel: every kind of line end (CR LF, CR, U+0085, U+2028, U+2029) is "\n", all
// other C0 and C1 controls but the tab are gone, bytes that are no UTF-8 are U+FFFD. Cleaning twice
// changes nothing more.
std::string Clean(absl::string_view text);

// Whether `bytes` are well-formed UTF-8.
bool IsUtf8(absl::string_view bytes);

// The start of `text` for a message to people: cleaned, on one line, at most 80 bytes.
std::string Excerpt(absl::string_view text);

// A cleaned TEXT value with its backslashes, and back. What unescapes is cleaned too; a backslash
// before any other character is dropped, since several clients escape more than they should.
std::string EscapeText(absl::string_view text);
std::string UnescapeText(absl::string_view value);

// A cleaned parameter value for between quotes, by RFC 6868, and back.
std::string EncodeParameter(absl::string_view text);
std::string DecodeParameter(absl::string_view value);

// `bytes` of a mail part, whose header names `charset`, in UTF-8. Bytes that are labelled UTF-8 or
// ASCII, or not labelled, pass as they are: only ReadCalendar can judge them, since lines may be
// folded inside a character. Source of the conversions: ICU. INVALID_ARGUMENT: OUT_OF_BOUNDS beyond
// kMaxText bytes; INVALID_FIELD for a charset that ICU does not know and for bytes that are not of
// it.
absl::StatusOr<std::string> ToUtf8(absl::string_view bytes, absl::string_view charset);

}  // namespace neshast::ical
