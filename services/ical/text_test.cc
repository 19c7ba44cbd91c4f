#include "ical/text.h"

#include <gtest/gtest.h>

#include "errors.h"

namespace neshast::ical {
namespace {

TEST(ToUtf8, ConvertsWhatTheHeaderNames) {
  EXPECT_EQ(*ToUtf8("M\xE9s", "iso-8859-1"), "Més");
  EXPECT_EQ(*ToUtf8("\x93M\xE9s\x94 \x80", "windows-1252"), "“Més” €");
  EXPECT_EQ(*ToUtf8("\xD3\xE1\xC7\xE3", "Windows-1256"), "سلام");
  EXPECT_EQ(*ToUtf8("\xCE\xF7\xB0\xB2", "gb2312"), "西安");
  EXPECT_EQ(*ToUtf8("M\xC3", "UTF-8"), "M\xC3");  // the rest may stand behind a fold
}

TEST(ToUtf8, RefusesWhatItCannotConvert) {
  EXPECT_EQ(DetailOf(ToUtf8("a", "no-such-charset").status()).reason, "INVALID_FIELD");
  EXPECT_EQ(DetailOf(ToUtf8("\xFF\xFF", "gb2312").status()).reason, "INVALID_FIELD");
  EXPECT_EQ(DetailOf(ToUtf8(std::string(200'000, 'a'), "iso-8859-1").status()).reason,
            "OUT_OF_BOUNDS");
}

}  // namespace
}  // namespace neshast::ical
