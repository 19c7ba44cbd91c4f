#include "words/stop_words.h"

#include "absl/container/flat_hash_set.h"
#include "absl/strings/str_split.h"

namespace neshast::words {
namespace {

// Folded. No word stands here that means something in another of these languages ("son", "die").
constexpr absl::string_view kCommon =
    "a an and at by for from in into is of on or that the to with "                    // English
    "de del el la las los y e en con para por un una que se al lo i amb per els les "  // es, ca
    "le du des et au aux dans pour sur avec une ou est ce "                            // French
    "il gli di da dal della delle dei nel nella il che ed uno "                        // Italian
    "der das und im mit fur von zu zum zur den dem ein eine auf "                      // German
    "и в во на с со по о об из от для за к ко у не что как это "                       // Russian
    "ve ile bir bu icin da "                                                           // Turkish
    "و در از به که این را با برای بر تا یک است آن هم "                                 // Persian
    "فی من الی عن مع ان هذا هذه "                                                      // Arabic
    "的 了 和 与 在 是 及 之 于 为 等 "                                                // Chinese
    "の に を は が と で も へ や";                                                   // Japanese

}  // namespace

bool IsStopWord(absl::string_view word) {
  static const auto& common =
      *new absl::flat_hash_set<absl::string_view>(absl::StrSplit(kCommon, ' ', absl::SkipEmpty()));
  return common.contains(word);
}

}  // namespace neshast::words
