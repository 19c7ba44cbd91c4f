// The key from which personal links and reply addresses are derived. Mails are composed anew at
// each try, so what stands in them must come out the same without being kept: the database holds
// digests only, the key lies beside it in a file of its own.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"

namespace neshast {

class LinkKey {
 public:
  // The key in the file at `path`, which is made, readable by its owner only, where there is none.
  // FAILED_PRECONDITION / CORRUPT_DOCUMENT where the file holds no key; UNAVAILABLE /
  // STORE_UNAVAILABLE where it cannot be read or written. Who loses the file only ends all links.
  static absl::StatusOr<LinkKey> Open(const std::string& path);

  // For tests: the key that these 32 bytes are.
  explicit LinkKey(std::string bytes) : bytes_(std::move(bytes)) {}

  // HMAC-SHA256 over `purpose` and `fields`, each with its length: 32 bytes.
  std::string Derive(absl::string_view purpose, const std::vector<std::string>& fields) const;

 private:
  std::string bytes_;
};

// The text `nst_inv_…` (rpc/token.h) of the personal link of `person` to `target`, "proposals/x".
// Another generation is another link.
std::string LinkText(const LinkKey& key, const std::string& target, const std::string& person,
                     int32_t generation);

// What stands behind the + of the address that `person` answers mails about `subject` to
// ("sessions/x", "proposals/x"): 26 characters of lower-case base32, the same for as long as the
// key is, for a calendar entry keeps its organizer.
std::string ReplyToken(const LinkKey& key, const std::string& subject, const std::string& person);

}  // namespace neshast
