#include "seal/sealed_file.h"

#include <algorithm>
#include <set>
#include <utility>

#include "absl/strings/escaping.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"
#include "seal/ed25519.h"

namespace neshast::seal {
namespace {

constexpr char kMagic[] = "neshast sealed minutes 1";
constexpr size_t kDigestDigits = 64;

std::string BytesOf(const Part& part) {
  return absl::StrCat("= ", part.title, "\n", part.text);
}

bool IsHex(absl::string_view text, size_t digits) {
  return text.size() == digits && text.find_first_not_of("0123456789abcdef") == text.npos;
}

// Reads a file line by line.
class Lines {
 public:
  explicit Lines(absl::string_view text) : text_(text) {}

  // Whether the next line begins with `key` and a space, and ends.
  bool Follows(absl::string_view key) const {
    const absl::string_view rest = text_.substr(at_);
    return absl::StartsWith(rest, absl::StrCat(key, " ")) && absl::StrContains(rest, '\n');
  }

  // The next line, which must end, without its first `skip` characters.
  absl::string_view Take(size_t skip) {
    const size_t end = text_.find('\n', at_);
    const absl::string_view line = text_.substr(at_, end - at_);
    at_ = end == text_.npos ? text_.size() : end + 1;
    return line.substr(std::min(skip, line.size()));
  }

  absl::string_view taken() const { return text_.substr(0, at_); }
  absl::string_view rest() const { return text_.substr(at_); }

 private:
  absl::string_view text_;
  size_t at_ = 0;
};

// What stands in the part lines of a manifest, or was found of a part in the file.
struct Digested {
  std::string title;
  std::string digest;
};

// A file taken apart.
struct Taken {
  std::string manifest;
  std::string above_digest;
  std::vector<Digested> listed;
  std::string digest;
  std::string key;
  std::string signature;
  std::string body;
};

// Why `file` has not the form of one; empty, and `taken` filled, where it has.
std::string TakeApart(const std::string& file, Taken& taken) {
  Lines lines(file);
  if (lines.Take(0) != kMagic) {
    return absl::StrCat("The first line is not \"", kMagic, "\": it is no file of sealed minutes.");
  }
  for (const char* key : {"minutes", "sealed", "chain"}) {
    if (!lines.Follows(key)) return absl::StrCat("The manifest has no line \"", key, " …\".");
    lines.Take(0);
  }
  while (lines.Follows("part")) {
    const absl::string_view line = lines.Take(5);
    if (line.size() < kDigestDigits + 2 || line[kDigestDigits] != ' ' ||
        !IsHex(line.substr(0, kDigestDigits), kDigestDigits)) {
      return absl::StrCat("The manifest's line of part ", taken.listed.size() + 1, " is broken.");
    }
    taken.listed.push_back(
        {std::string(line.substr(kDigestDigits + 1)), std::string(line.substr(0, kDigestDigits))});
  }
  taken.above_digest = std::string(lines.taken());
  for (const auto& [key, digits, value] :
       {std::tuple("digest", kDigestDigits, &taken.digest),
        std::tuple("key", 2 * kKeyLength, &taken.key),
        std::tuple("signature", 2 * kSignatureLength, &taken.signature)}) {
    if (!lines.Follows(key)) {
      return absl::StrCat("After part ", taken.listed.size(), " of the manifest no line \"", key,
                          " …\" follows.");
    }
    *value = std::string(lines.Take(std::char_traits<char>::length(key) + 1));
    if (!IsHex(*value, digits)) return absl::StrCat("The line \"", key, " …\" is broken.");
    if (value == &taken.digest) taken.manifest = std::string(lines.taken());
  }
  taken.body = std::string(lines.rest());
  return "";
}

// The parts as they stand in `body`; bytes before the first have the title "".
std::vector<Digested> PartsIn(absl::string_view body) {
  std::vector<Digested> parts;
  while (!body.empty()) {
    const size_t next = body.find("\n= ");
    const absl::string_view bytes = body.substr(0, next == body.npos ? next : next + 1);
    const bool titled = absl::StartsWith(bytes, "= ");
    const absl::string_view title = titled ? bytes.substr(2, bytes.find('\n') - 2) : "";
    parts.push_back({std::string(title), Sha256Hex(bytes)});
    body.remove_prefix(bytes.size());
  }
  return parts;
}

// Compares what the manifest lists with what there is.
void CompareParts(const std::vector<Digested>& listed, const std::vector<Digested>& found,
                  std::vector<std::string>& faults) {
  std::set<std::string> known;
  for (const Digested& each : listed) {
    known.insert(each.title);
    const auto same = [&](const Digested& other) { return other.title == each.title; };
    const auto there = std::find_if(found.begin(), found.end(), same);
    if (there == found.end()) {
      faults.push_back(absl::StrCat("The part \"", each.title, "\" is missing."));
    } else if (there->digest != each.digest) {
      faults.push_back(absl::StrCat("The part \"", each.title, "\" was changed."));
    }
  }
  for (const Digested& each : found) {
    if (known.count(each.title) > 0) continue;
    faults.push_back(absl::StrCat("The part \"", each.title, "\" was not sealed."));
  }
  const auto same = [](const Digested& a, const Digested& b) { return a.title == b.title; };
  if (faults.empty() &&
      !std::equal(listed.begin(), listed.end(), found.begin(), found.end(), same)) {
    faults.emplace_back("The parts do not stand in the order in which they were sealed.");
  }
}

}  // namespace

Sealed Seal(const Sealing& sealing, const std::string& private_key) {
  std::string manifest =
      absl::StrCat(kMagic, "\nminutes ", sealing.minutes, "\nsealed ", sealing.seal_time,
                   "\nchain ", sealing.chain_revision, " ", sealing.chain_hash, "\n");
  std::string body;
  for (const Part& part : sealing.parts) {
    const std::string bytes = BytesOf(part);
    absl::StrAppend(&manifest, "part ", Sha256Hex(bytes), " ", part.title, "\n");
    body += bytes;
  }
  Sealed sealed;
  sealed.digest = Sha256Hex(manifest);
  absl::StrAppend(&manifest, "digest ", sealed.digest, "\n");
  sealed.signature = absl::BytesToHexString(Sign(private_key, manifest));
  sealed.public_key = absl::BytesToHexString(PublicKeyOf(private_key));
  sealed.file = absl::StrCat(manifest, "key ", sealed.public_key, "\nsignature ", sealed.signature,
                             "\n", body);
  return sealed;
}

std::vector<std::string> FaultsOf(const std::string& file, const std::string& expected_key) {
  Taken taken;
  const std::string broken = TakeApart(file, taken);
  if (!broken.empty()) return {broken};
  std::vector<std::string> faults;
  CompareParts(taken.listed, PartsIn(taken.body), faults);
  if (Sha256Hex(taken.above_digest) != taken.digest) {
    faults.emplace_back("The manifest was changed: its digest is another.");
  }
  if (!Verifies(absl::HexStringToBytes(taken.key), taken.manifest,
                absl::HexStringToBytes(taken.signature))) {
    faults.emplace_back("The signature is not that of this manifest by this key.");
  }
  if (!expected_key.empty() && expected_key != taken.key) {
    faults.push_back(absl::StrCat("The seal is by another key than expected: ", taken.key, "."));
  }
  return faults;
}

}  // namespace neshast::seal
