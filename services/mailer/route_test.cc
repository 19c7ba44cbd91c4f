#include "mailer/route.h"

#include <gmock/gmock.h>

namespace neshast {
namespace {

using testing::HasSubstr;

TEST(OpenRoute, TakesTheFormsItNamesAndNoOther) {
  for (const char* to : {"maildir:/tmp/outbox", "smtp://mail.isfahan.example:587",
                         "smtps://mail.isfahan.example:465", "smtp://localhost:25/"}) {
    EXPECT_TRUE(OpenRoute({to, "", ""}, "isfahan.example").ok()) << to;
  }
  for (const char* to : {"", "maildir:", "smtp://mail", "smtp://:25", "smtp://mail:0",
                         "smtp://mail:99999", "http://mail:80", "outbox"}) {
    const auto route = OpenRoute({to, "", ""}, "isfahan.example");
    EXPECT_THAT(std::string(route.status().message()), HasSubstr("no way for mails")) << to;
  }
  EXPECT_FALSE(OpenRoute({"smtps://mail:465", "office", "/nowhere"}, "isfahan.example").ok());
}

}  // namespace
}  // namespace neshast
