#include "links/link_key.h"

#include <gtest/gtest.h>
#include <sys/stat.h>

#include <filesystem>
#include <fstream>

#include "rpc/token.h"

namespace neshast {
namespace {

constexpr char kProposal[] = "proposals/xian-dialogue";
constexpr char kMayor[] = "people/mayor-of-xian";

const LinkKey& Key() {
  static const LinkKey& key = *new LinkKey(std::string(32, 'k'));
  return key;
}

TEST(LinkText, IsATextOfALinkAndNeverAToken) {
  const std::string text = LinkText(Key(), kProposal, kMayor, 1);
  EXPECT_TRUE(ParseTokenText(text, kLinkPrefix).has_value()) << text;
  EXPECT_FALSE(ParseTokenText(text).has_value());
}

TEST(LinkText, ComesOutTheSameAtEachTryAndDiffersByTargetPersonGenerationAndKey) {
  const std::string text = LinkText(Key(), kProposal, kMayor, 1);
  EXPECT_EQ(text, LinkText(Key(), kProposal, kMayor, 1));
  EXPECT_NE(text, LinkText(Key(), "proposals/other", kMayor, 1));
  EXPECT_NE(text, LinkText(Key(), kProposal, "people/mayor-of-havana", 1));
  EXPECT_NE(text, LinkText(Key(), kProposal, kMayor, 2));
  EXPECT_NE(text, LinkText(LinkKey(std::string(32, 'l')), kProposal, kMayor, 1));
}

TEST(ReplyToken, StandsInAnAddressWhateverItsCase) {
  const std::string token = ReplyToken(Key(), "sessions/x", kMayor);
  EXPECT_EQ(26U, token.size());
  EXPECT_EQ(token.npos, token.find_first_not_of("abcdefghijklmnopqrstuvwxyz234567"));
  EXPECT_NE(token, ReplyToken(Key(), "sessions/y", kMayor));
}

TEST(LinkKey, IsMadeOnceForItsOwnerAlone) {
  const std::filesystem::path folder =
      std::filesystem::path(testing::TempDir()) / "link_key_is_made_once";
  std::filesystem::remove_all(folder);
  std::filesystem::create_directories(folder);
  const std::string path = folder / "link.key";
  const auto made = LinkKey::Open(path);
  ASSERT_TRUE(made.ok()) << made.status();
  const auto read = LinkKey::Open(path);
  ASSERT_TRUE(read.ok()) << read.status();
  EXPECT_EQ(made->Derive("link", {"a"}), read->Derive("link", {"a"}));
  EXPECT_NE(made->Derive("link", {"a"}), made->Derive("link", {"", "a"}));
  struct stat status {};
  ASSERT_EQ(0, stat(path.c_str(), &status));
  EXPECT_EQ(0600U, status.st_mode & 0777U);
  std::ofstream(path) << "no key\n";
  EXPECT_EQ(absl::StatusCode::kFailedPrecondition, LinkKey::Open(path).status().code());
}

}  // namespace
}  // namespace neshast
