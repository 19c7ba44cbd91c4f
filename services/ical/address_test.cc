#include "ical/address.h"

#include <gtest/gtest.h>

namespace neshast::ical {
namespace {

TEST(FromMailto, ReadsTheAddressAsClientsWriteIt) {
  for (const char* value :
       {"mailto:li.wei@xian.example", "MAILTO:Li.Wei@XIAN.example", "li.wei@xian.example",
        " mailto:li.wei@xian.example ", "\"mailto:li.wei@xian.example\"",
        "mailto:\"li.wei@xian.example\"", "mailto:'li.wei@xian.example'",
        "mailto:<li.wei@xian.example>", "mailto:li%2Ewei%40xian.example"}) {
    EXPECT_EQ(FromMailto(value), "li.wei@xian.example") << value;
  }
}

TEST(FromMailto, ReadsBackWhatToMailtoWrites) {
  for (const char* address : {"o'neil@dakar.example", "a+b=c@xian.example", "50%/50@xian.example",
                              "what?#&{x}|^`~@xian.example", "_-.!$*@xian.example"}) {
    ASSERT_TRUE(IsAddress(address));
    EXPECT_EQ(FromMailto(ToMailto(address)), address);
    EXPECT_TRUE(ToMailto(address).find_first_of("?#&;,:\"^`{|} ", 7) == std::string::npos);
  }
}

TEST(IsLink, TakesOnlyWaysIntoAConference) {
  for (const char* uri : {"https://neshast.isfahan.example/j/4f1c#t=x", "HTTP://a", "tel:+98313,,4",
                          "sip:room@isfahan.example"}) {
    EXPECT_TRUE(IsLink(uri)) << uri;
  }
  for (const char* uri : {"", "https:", "neshast.isfahan.example", "javascript:alert(1)",
                          "data:text/html,x", "file:///etc/passwd", "https://a\r\nX:y",
                          "https://a b", "https://a\"b", "https://اصفهان.example", "//a"}) {
    EXPECT_FALSE(IsLink(uri)) << uri;
  }
}

}  // namespace
}  // namespace neshast::ical
