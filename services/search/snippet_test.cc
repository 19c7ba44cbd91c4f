#include "search/snippet.h"

#include <gtest/gtest.h>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"

namespace neshast {
namespace {

v1::Snippet SnippetIn(const std::string& text, const std::string& query) {
  Subject subject;
  subject.texts = {{"en", "Title", 3}, {"en", text, 1}};
  return SnippetOf(subject, *words::ReadQuery(query), "");
}

TEST(SnippetOf, CutsALongTextAroundTheFirstMarkAtSpaces) {
  std::string text;
  for (int i = 0; i < 200; ++i) absl::StrAppend(&text, "word", i, " ");
  const v1::Snippet snippet = SnippetIn(text, "word100 word101 word190");
  EXPECT_TRUE(absl::StartsWith(snippet.text(), "…word9")) << snippet.text();
  EXPECT_TRUE(absl::EndsWith(snippet.text(), "…"));
  ASSERT_EQ(2, snippet.highlights_size());
  // All characters but the marks of what was left out have one byte here.
  const v1::TextRange& first = snippet.highlights(0);
  EXPECT_EQ("word100",
            snippet.text().substr(static_cast<size_t>(first.begin()) + std::string("…").size() - 1,
                                  static_cast<size_t>(first.end() - first.begin())));
}

TEST(SnippetOf, CutsATextWithoutSpacesBetweenCharacters) {
  std::string text;
  for (int i = 0; i < 300; ++i) text += "好";
  const v1::Snippet snippet = SnippetIn(text + "疫情" + text, "疫情");
  EXPECT_EQ((kLongestSnippet + 2) * std::string("好").size(), snippet.text().size());
  ASSERT_EQ(1, snippet.highlights_size());
  EXPECT_EQ(51, snippet.highlights(0).begin());
  EXPECT_EQ(53, snippet.highlights(0).end());
}

TEST(SnippetOf, ShowsTheBeginOfTheMatterWhereNoWordStandsInIt) {
  EXPECT_EQ("The matter", SnippetIn("The matter", "nothing").text());
  EXPECT_EQ("", SnippetOf(Subject(), *words::ReadQuery("x"), "").text());
}

TEST(SnippetOf, IsNoMarkup) {
  EXPECT_EQ("<b>crisis</b> & \"more\"", SnippetIn("<b>crisis</b> & \"more\"", "crisis").text());
}

}  // namespace
}  // namespace neshast
