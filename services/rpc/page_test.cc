#include "rpc/page.h"

#include <gtest/gtest.h>

#include "errors.h"

namespace neshast {
namespace {

constexpr char kBinding[] = "Person|people|cities/isfahan";

TEST(ReadPage, CoercesTheSizeAndRefusesANegativeOne) {
  const std::pair<int, int> rows[] = {{0, 50}, {1, 1}, {1000, 1000}, {1001, 1000}, {1 << 30, 1000}};
  for (const auto& [asked, given] : rows) EXPECT_EQ(given, ReadPage(asked, "", kBinding)->size);
  const absl::Status status = ReadPage(-1, "", kBinding).status();
  EXPECT_EQ("INVALID_FIELD", DetailOf(status).reason);
  EXPECT_EQ("page_size", DetailOf(status).violations.at(0).field);
}

TEST(ReadPage, ContinuesWhereTheTokenSays) {
  const std::string keys[] = {"people/mayor-of-isfahan", std::string("\0\xff/|", 4)};
  for (const std::string& key : keys) {
    const auto page = ReadPage(10, PageToken(key, kBinding), kBinding);
    ASSERT_TRUE(page.ok()) << page.status();
    EXPECT_EQ(key, page->after);
  }
}

TEST(ReadPage, RefusesEveryTokenThatWasNotMadeForThisRequest) {
  const std::string token = PageToken("people/mayor-of-xian", kBinding);
  std::vector<std::string> rows = {"next",
                                   token + "A",
                                   token + "=",
                                   token + " ",
                                   token.substr(1),
                                   PageToken("people/mayor-of-xian", "Person|people|cities/xian"),
                                   PageToken("", ""),
                                   "AAAA"};
  for (size_t i = 0; i < token.size(); ++i) {  // any character changed
    rows.push_back(token);
    rows.back()[i] = token[i] == 'A' ? 'B' : 'A';
  }
  for (const std::string& row : rows) {
    const absl::Status status = ReadPage(10, row, kBinding).status();
    EXPECT_EQ(absl::StatusCode::kInvalidArgument, status.code()) << row;
    EXPECT_EQ("INVALID_PAGE_TOKEN", DetailOf(status).reason) << row;
  }
}

TEST(PageToken, DoesNotConfuseKeyAndBinding) {
  EXPECT_FALSE(ReadPage(1, PageToken("c", "a|b"), "a").ok());
}

}  // namespace
}  // namespace neshast
