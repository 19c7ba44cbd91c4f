// The rules of precedence, as data: an ordered list of criteria. The first on which two parties
// differ decides; where they are alike in all, the lesser id (by bytes) comes first.
#pragma once

#include <string>
#include <variant>
#include <vector>

namespace neshast::precedence {

// The host before all others, or after them. Of no effect where no party is the host.
struct ByHost {
  enum class End { kFirst, kLast } end = End::kFirst;
  bool operator==(const ByHost&) const = default;
};

// The rank of the head: the lower number first.
struct ByRank {
  bool operator==(const ByRank&) const = default;
};

// The earlier notification first (Vienna Convention on Diplomatic Relations, 1961, articles 13,
// 16).
struct ByNotification {
  bool operator==(const ByNotification&) const = default;
};

// Who has been in office longer comes first (the same, article 16).
struct BySeniority {
  bool operator==(const BySeniority&) const = default;
};

// The alphabetical order of the parties' names in `language`, as ICU's collator has it.
//
// `language` is a BCP 47 tag of an ISO 639 language; a collation may be named ("zh" is by pinyin,
// "zh-u-co-stroke" by strokes, "es-u-co-trad" has ch and ll as letters), nothing else. A language
// for which Unicode's common data has no order of its own takes the root order. A collator knows
// one reading of a Chinese character: "zh" has 佛 as fú, so that Florence (Fóluólúnsà) stands after
// Freiburg (Fúlàibǎo); "zh-u-co-gb2312", the order of that standard, has the usual readings.
//
// A party without a name in exactly that tag is ordered, in the same alphabet, by the first of: the
// tag shortened from its end ("fa-AF", then "fa"), another variant of the language, "en", the
// original language, the first tag it has. The reason says which name was used.
struct ByAlphabet {
  std::string language;
  bool operator==(const ByAlphabet&) const = default;
};

// The order that the criteria after this one give, begun one party later in each session of a
// series and continued from its top. Turns are taken only among parties that the criteria before
// this one leave equal.
struct ByRotation {
  int session_number = 1;  // 1 to 1,000,000; the first session begins at the top.
  bool operator==(const ByRotation&) const = default;
};

// Lots drawn for each party from a seed of 1 to 200 bytes that is put on record; see LotOf().
struct ByLots {
  std::string seed;
  bool operator==(const ByLots&) const = default;
};

using Rule =
    std::variant<ByHost, ByRank, ByNotification, BySeniority, ByAlphabet, ByRotation, ByLots>;

// At most ten; each kind once, except that alphabets may follow one another.
using RuleSet = std::vector<Rule>;

// What holds unless the host sets another: the alphabet of the session's language. (That heads
// speak before experts is not a rule of the set: it holds always.)
inline RuleSet StandardRules(const std::string& language) {
  return {ByAlphabet{language}};
}

}  // namespace neshast::precedence
