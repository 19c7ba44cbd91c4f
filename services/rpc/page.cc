#include "rpc/page.h"

#include <algorithm>

#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "errors.h"
#include "store/chain.h"

namespace neshast {
namespace {

constexpr int kDefaultSize = 50;
constexpr int kLargestSize = 1000;
constexpr size_t kSealLength = 12;  // bytes of a hash that tie a token to its request

std::string SealOf(absl::string_view after, absl::string_view binding) {
  return Sha256(absl::StrCat("page|", binding.size(), "|", binding, "|", after))
      .substr(0, kSealLength);
}

}  // namespace

absl::StatusOr<Page> ReadPage(int page_size, absl::string_view page_token,
                              absl::string_view binding) {
  if (page_size < 0) {
    return Error(absl::StatusCode::kInvalidArgument, "page_size must not be negative.",
                 {.reason = "INVALID_FIELD",
                  .metadata = {},
                  .violations = {{"page_size", "It is negative."}}});
  }
  Page page;
  page.size = page_size == 0 ? kDefaultSize : std::min(page_size, kLargestSize);
  if (page_token.empty()) return page;
  std::string bytes;
  if (absl::WebSafeBase64Unescape(page_token, &bytes) && bytes.size() > kSealLength) {
    page.after = bytes.substr(kSealLength);
    // Compared as text: base64 has other spellings of the same bytes, which are not ours.
    if (PageToken(page.after, binding) == page_token) return page;
  }
  return Error(absl::StatusCode::kInvalidArgument,
               "The page token belongs to another request. Start from the first page.",
               {.reason = "INVALID_PAGE_TOKEN",
                .metadata = {},
                .violations = {{"page_token", "It does not belong to this request."}}});
}

std::string PageToken(absl::string_view after, absl::string_view binding) {
  return absl::WebSafeBase64Escape(absl::StrCat(SealOf(after, binding), after));
}

}  // namespace neshast
