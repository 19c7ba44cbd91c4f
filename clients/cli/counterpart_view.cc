#include "cli/counterpart_view.h"

#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "cli/times.h"
#include "cli/words.h"

namespace neshast::cli {
namespace {

using v1::Counterpart;

std::string DateOf(const google::protobuf::Timestamp& time) {
  return InUtc(time).substr(0, 10);
}

std::string WhyNot(Counterpart::State state) {
  switch (state) {
    case Counterpart::STATE_ONE_OFFICER_ONLY:
      return "not yet: it takes a second officer";
    case Counterpart::STATE_EXPIRED:
      return "no more: twelve months have passed";
    case Counterpart::STATE_ADDRESS_CHANGED:
      return "no more: the mail address has changed";
    case Counterpart::STATE_KEYS_CHANGED:
      return "no more: the city's certificates have changed";
    default:
      return "no: nobody has vouched";
  }
}

}  // namespace

Cell VerifiedInWords(const v1::City& city) {
  const Counterpart& counterpart = city.counterpart();
  if (counterpart.state() == Counterpart::STATE_UNSPECIFIED) return "";
  if (counterpart.state() == Counterpart::STATE_VERIFIED) {
    return {absl::StrCat("until ", DateOf(counterpart.expire_time())), Tone::kGood};
  }
  return {absl::StrCat(WhyNot(counterpart.state()), ": neshast city vouch ", IdOf(city.name()),
                       " --help"),
          Tone::kBad};
}

std::string VouchersInWords(const Counterpart& counterpart) {
  std::vector<std::string> words;
  for (const v1::Vouching& each : counterpart.vouchings()) {
    words.push_back(absl::StrCat(each.principal(), " by ", WordOf(each.method()), " on ",
                                 DateOf(each.vouch_time()),
                                 each.remark().empty() ? "" : ": " + each.remark()));
  }
  return absl::StrJoin(words, "; ");
}

}  // namespace neshast::cli
