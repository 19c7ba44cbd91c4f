#include "mail/address.h"

#include <gtest/gtest.h>

#include "errors.h"

namespace neshast::mail {
namespace {

struct Case {
  const char* name;
  std::string text;
  std::string read;  // Empty: refused.
};

const Case kCases[] = {
    {"Plain", "golnaz@isfahan.example", "golnaz@isfahan.example"},
    {"KeepsTheCaseOfTheLocalPart", "Golnaz.R@Isfahan.Example", "Golnaz.R@isfahan.example"},
    {"Tag", "reply+q7x@isfahan.example", "reply+q7x@isfahan.example"},
    {"AllAtomText", "!#$%&'*+-/=?^_`{|}~@a.example", "!#$%&'*+-/=?^_`{|}~@a.example"},
    {"OneLabel", "root@localhost", "root@localhost"},
    {"PersianDomain", "golnaz@اصفهان.ایران", "golnaz@xn--mgba5b8b0ae.xn--mgba3a4f16a"},
    {"ChineseDomain", "li@西安.中国", "li@xn--49s928h.xn--fiqs8s"},
    {"IdeographicFullStop", "li@xian。example", "li@xian.example"},
    {"LongestLocalPart", std::string(64, 'a') + "@b.example", std::string(64, 'a') + "@b.example"},
    {"LocalPartTooLong", std::string(65, 'a') + "@b.example", ""},
    {"TooLong",
     std::string(60, 'a') + "@" + std::string(63, 'b') + "." + std::string(63, 'c') + "." +
         std::string(63, 'd') + ".ex",
     ""},
    {"Huge", std::string(1 << 20, 'a') + "@b.example", ""},
    {"Empty", "", ""},
    {"NoAtSign", "golnaz", ""},
    {"NoLocalPart", "@isfahan.example", ""},
    {"NoDomain", "golnaz@", ""},
    {"TwoAtSigns", "golnaz@evil@isfahan.example", ""},
    {"SecondRecipient", "b@y>\r\nRCPT TO:<evil@z", ""},
    {"CarriageReturnInDomain", "b@y.example\r\nDATA", ""},
    {"CarriageReturnInLocalPart", "b\r\nDATA@y.example", ""},
    {"LineFeedAtTheEnd", "b@y.example\n", ""},
    {"Nul", std::string("b@y.example\0", 12), ""},
    {"NulInLocalPart", std::string("b\0c@y.example", 13), ""},
    {"Tab", "b\t@y.example", ""},
    {"C1", "b@y\xC2\x85.example", ""},
    {"LineSeparator", "b@y\xE2\x80\xA8.example", ""},
    {"NotUtf8", "b@y\xFF.example", ""},
    {"Space", "b c@y.example", ""},
    {"SpaceInFront", " b@y.example", ""},
    {"AngleBrackets", "<b@y.example>", ""},
    {"Quotes", "\"b\"@y.example", ""},
    {"Comma", "b@y.example,c@y.example", ""},
    {"Comment", "b(c)@y.example", ""},
    {"Backslash", "b\\c@y.example", ""},
    {"SourceRoute", "@a.example:b@y.example", ""},
    {"AddressLiteral", "b@[127.0.0.1]", ""},
    {"AddressAsDomain", "b@127.0.0.1", ""},
    {"DotFirst", ".b@y.example", ""},
    {"DotLast", "b.@y.example", ""},
    {"TwoDots", "b..c@y.example", ""},
    {"EmptyLabel", "b@y..example", ""},
    {"DotAtTheEnd", "b@y.example.", ""},
    {"HyphenFirst", "b@-y.example", ""},
    {"HyphenLast", "b@y-.example", ""},
    {"Underscore", "b@y_z.example", ""},
    {"LongLabel", "b@" + std::string(64, 'y') + ".example", ""},
    {"LocalPartInAnotherScript", "گلناز@isfahan.example", ""},
    {"BidiOverride", "b@y\xE2\x80\xAE.example", ""},
    {"FullWidthAtSign", "b＠y.example", ""},
};

class Addresses : public testing::TestWithParam<Case> {};

TEST_P(Addresses, AreReadOrRefusedWithASentence) {
  const absl::StatusOr<Address> address = Address::Read(GetParam().text);
  if (!GetParam().read.empty()) {
    ASSERT_TRUE(address.ok()) << address.status();
    EXPECT_EQ(address->text(), GetParam().read);
    return;
  }
  ASSERT_FALSE(address.ok()) << address->text();
  EXPECT_EQ(DetailOf(address.status()).reason, "INVALID_FIELD");
  EXPECT_EQ(address.status().message().back(), '.');
}

INSTANTIATE_TEST_SUITE_P(All, Addresses, testing::ValuesIn(kCases),
                         [](const auto& info) { return info.param.name; });

TEST(AddressTag, IsWhatFollowsTheFirstPlusSign) {
  EXPECT_EQ(Address::Read("reply+q7x+2@isfahan.example")->tag(), "q7x+2");
  EXPECT_EQ(Address::Read("reply@isfahan.example")->tag(), "");
  EXPECT_EQ(Address::Read("reply+@isfahan.example")->tag(), "");
  EXPECT_EQ(Address::Read("reply+q7x@isfahan.example")->local(), "reply+q7x");
  EXPECT_EQ(Address::Read("reply+q7x@isfahan.example")->domain(), "isfahan.example");
}

}  // namespace
}  // namespace neshast::mail
