#include "store/chain.h"

#include <openssl/evp.h>

#include <algorithm>
#include <map>
#include <vector>

#include "absl/strings/str_cat.h"

namespace neshast {
namespace {

constexpr int kPage = 500;

void AppendNumber(std::string& bytes, int64_t number) {
  const auto value = static_cast<uint64_t>(number);
  for (int shift = 0; shift < 64; shift += 8) bytes.push_back(static_cast<char>(value >> shift));
}

void AppendText(std::string& bytes, absl::string_view text) {
  AppendNumber(bytes, static_cast<int64_t>(text.size()));
  bytes.append(text.data(), text.size());
}

absl::Status Broken(int64_t revision, absl::string_view what) {
  return Error(absl::StatusCode::kDataLoss,
               absl::StrCat("The log is broken at revision ", revision, ": ", what, "."),
               {.reason = "LOG_BROKEN", .metadata = {{"revision", absl::StrCat(revision)}}});
}

// Follows the log entry by entry and remembers only what a later entry must still explain.
class Walk {
 public:
  explicit Walk(Transaction& transaction) : transaction_(transaction) {}

  absl::Status Visit(const Change& change) {
    const int64_t expected = log_.revision + 1;
    if (change.revision != expected) return Broken(expected, "there is no such entry");
    if (change.hash != ChainHash(log_.hash, change)) {
      return Broken(change.revision, "the entry was altered");
    }
    log_.revision = change.revision;
    log_.hash = change.hash;
    return CompareDocument(change);
  }

  // After the last entry: what was never removed must be there, and nothing the log does not know.
  absl::StatusOr<VerifiedLog> Finish() {
    const auto earliest =
        std::min_element(gone_.begin(), gone_.end(),
                         [](const auto& a, const auto& b) { return a.second < b.second; });
    if (earliest != gone_.end()) return Broken(earliest->second, "its document is missing");
    std::string after;
    while (true) {
      ASSIGN_OR_RETURN(const std::vector<Document> page, transaction_.AllDocuments(after, kPage));
      if (page.empty()) return log_;
      for (const Document& document : page) RETURN_IF_ERROR(CompareEntry(document));
      after = page.back().name;
    }
  }

 private:
  absl::Status CompareDocument(const Change& change) {
    absl::StatusOr<Document> document = transaction_.GetDocument(change.name);
    if (absl::IsNotFound(document.status())) {
      AwaitTombstone(change);
      return absl::OkStatus();
    }
    RETURN_IF_ERROR(document.status());
    if (document->revision > change.revision) return absl::OkStatus();  // met again further on
    if (document->revision < change.revision) {
      return Broken(change.revision, "its document is older than the entry");
    }
    if (change.deleted || document->kind != change.kind ||
        Sha256(document->body) != change.digest) {
      return Broken(change.revision, "its document was altered");
    }
    return absl::OkStatus();
  }

  absl::Status CompareEntry(const Document& document) {
    ASSIGN_OR_RETURN(const std::vector<Change> entry,
                     transaction_.Changes({.after = document.revision - 1, .limit = 1}));
    if (entry.empty() || entry[0].revision != document.revision || entry[0].name != document.name) {
      return Broken(document.revision, "a document refers to it that it does not name");
    }
    ++log_.documents;
    return absl::OkStatus();
  }

  // A document that is not there must have a tombstone after its last entry.
  void AwaitTombstone(const Change& change) {
    if (change.deleted) {
      gone_.erase(change.name);
    } else {
      gone_[change.name] = change.revision;
    }
  }

  Transaction& transaction_;
  VerifiedLog log_;
  std::map<std::string, int64_t> gone_;
};

const EVP_MD* Sha256Algorithm() {
  static const EVP_MD* const algorithm = EVP_MD_fetch(nullptr, "SHA256", nullptr);
  return algorithm;
}

}  // namespace

std::string Sha256(absl::string_view bytes) {
  std::string digest(32, '\0');
  EVP_Digest(bytes.data(), bytes.size(), reinterpret_cast<unsigned char*>(digest.data()), nullptr,
             Sha256Algorithm(), nullptr);
  return digest;
}

std::string ChainHash(absl::string_view previous_hash, const Change& change) {
  std::string bytes;
  AppendText(bytes, previous_hash);
  AppendNumber(bytes, change.revision);
  AppendText(bytes, change.name);
  AppendText(bytes, change.kind);
  AppendText(bytes, change.actor);
  AppendText(bytes, change.action);
  AppendNumber(bytes, absl::ToUnixMicros(change.at));
  AppendNumber(bytes, change.deleted ? 1 : 0);
  AppendNumber(bytes, static_cast<int64_t>(change.audience.size()));
  for (const std::string& member : change.audience) AppendText(bytes, member);
  AppendText(bytes, change.digest);
  return Sha256(bytes);
}

absl::StatusOr<VerifiedLog> VerifyLog(Transaction& transaction) {
  Walk walk(transaction);
  int64_t after = 0;
  while (true) {
    ASSIGN_OR_RETURN(const std::vector<Change> page,
                     transaction.Changes({.after = after, .limit = kPage}));
    if (page.empty()) return walk.Finish();
    for (const Change& change : page) RETURN_IF_ERROR(walk.Visit(change));
    after = page.back().revision;
  }
}

}  // namespace neshast
