#include "rpc/certificate.h"

#include <gtest/gtest.h>

#include <string>

#include "city_certificate.h"

namespace neshast {
namespace {

TEST(PinOfCertificate, IsTheDigestOfItsKeyAndSurvivesRenewal) {
  EXPECT_EQ(kXianPin, PinOfCertificate(kXianCertificate));
  EXPECT_EQ(kXianPin, PinOfCertificate(kXianCertificateRenewed));
}

TEST(PinOfCertificate, IsNothingForWhatIsNoCertificate) {
  const std::string whole = kXianCertificate;
  for (const std::string& text :
       {std::string(), std::string("xian"), whole.substr(0, 200), whole.substr(20),
        std::string("-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n")}) {
    EXPECT_FALSE(PinOfCertificate(text).has_value()) << text;
  }
}

TEST(CanonicalPin, IsLowerCaseHexadecimalOfBothNotations) {
  std::string upper = kXianPin;
  for (char& c : upper) c = static_cast<char>(toupper(c));
  EXPECT_EQ(kXianPin, CanonicalPin(kXianPin));
  EXPECT_EQ(kXianPin, CanonicalPin(upper));
  EXPECT_EQ(kXianPin, CanonicalPin(kXianPinInBase64));
}

TEST(CanonicalPin, IsNothingForOtherTexts) {
  const std::string hex = kXianPin;
  const std::string base64 = kXianPinInBase64;
  for (const std::string& text :
       {std::string(), hex.substr(1), hex + "0", "g" + hex.substr(1), base64.substr(0, 43),
        base64 + "=", " " + base64.substr(1), "sha256/" + base64}) {
    EXPECT_FALSE(CanonicalPin(text).has_value()) << text;
  }
  // The last digit's spare bits are zero in the only text that base64 has for these bytes.
  EXPECT_FALSE(CanonicalPin(base64.substr(0, 42) + "B=").has_value());
}

}  // namespace
}  // namespace neshast
