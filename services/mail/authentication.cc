#include "mail/authentication.h"

#include <string>
#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_split.h"

namespace neshast::mail {
namespace {

// `results` without comments and with a mark for each quoted text, so that neither can pose as a
// result: `spf=pass smtp.mailfrom="x; dmarc=pass"@evil.example`.
std::string Bare(absl::string_view results) {
  std::string bare;
  int depth = 0;
  bool quoted = false;
  for (size_t at = 0; at < results.size(); ++at) {
    const char c = results[at];
    if (c == '\\') {
      ++at;
    } else if (quoted) {
      quoted = c != '"';
    } else if (c == '"' && depth == 0) {
      quoted = true;
      bare += '"';
    } else if (c == '(' || c == ')') {
      depth = std::max(0, depth + (c == '(' ? 1 : -1));
      bare += ' ';
    } else if (depth == 0) {
      bare += c;
    }
  }
  return absl::AsciiStrToLower(bare);
}

std::vector<std::string> Words(absl::string_view text) {
  return absl::StrSplit(text, absl::ByAnyChar(" \t\r\n"), absl::SkipEmpty());
}

// The verdict of one `method=result property=value ...`; unknown where it is not about DMARC.
Dmarc VerdictOf(const std::vector<std::string>& words, absl::string_view from_domain) {
  if (words.empty() || !absl::StartsWith(words[0], "dmarc=")) return Dmarc::kUnknown;
  for (const std::string& word : words) {
    const absl::string_view property = word;
    if (absl::StartsWith(property, "header.from=") &&
        !absl::EqualsIgnoreCase(property.substr(12), from_domain)) {
      return Dmarc::kUnknown;
    }
  }
  if (words[0] == "dmarc=pass") return Dmarc::kPass;
  return words[0] == "dmarc=fail" ? Dmarc::kFail : Dmarc::kUnknown;
}

}  // namespace

Dmarc DmarcVerdict(absl::string_view results, absl::string_view trusted,
                   absl::string_view from_domain) {
  const std::string bare = Bare(results);
  const std::vector<absl::string_view> statements = absl::StrSplit(bare, ';');
  const std::vector<std::string> writer = Words(statements[0]);
  if (trusted.empty() || writer.empty() || !absl::EqualsIgnoreCase(writer[0], trusted)) {
    return Dmarc::kUnknown;
  }
  for (size_t at = 1; at < statements.size(); ++at) {
    const Dmarc verdict = VerdictOf(Words(statements[at]), from_domain);
    if (verdict != Dmarc::kUnknown) return verdict;
  }
  return Dmarc::kUnknown;
}

}  // namespace neshast::mail
