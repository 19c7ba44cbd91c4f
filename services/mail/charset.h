// Text of other people's mails, in whatever character set, as UTF-8.
#pragma once

#include <string>

#include "absl/strings/string_view.h"

namespace neshast::mail {

// `bytes` in the character set of this name, as UTF-8; what cannot be read becomes U+FFFD. Names
// are taken as mail programs mean them: GB2312 as its superset GB18030, ISO-8859-1 and US-ASCII as
// windows-1252. Without a name, or with one that nobody knows, it is UTF-8 if it can be, else
// windows-1252.
std::string Utf8From(absl::string_view bytes, absl::string_view charset);

// `text` fit to stand in one line: control characters and line separators become spaces, bytes that
// are not UTF-8 become U+FFFD.
std::string OneLine(absl::string_view text);

}  // namespace neshast::mail
