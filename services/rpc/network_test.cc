#include "rpc/network.h"

#include <gtest/gtest.h>

namespace neshast {
namespace {

TEST(Network, ContainsTheAddressesOfItsPrefix) {
  const struct {
    const char* network;
    const char* address;
    bool contains;
  } rows[] = {
      {"10.4.0.0/16", "10.4.255.255", true},
      {"10.4.0.0/16", "10.5.0.0", false},
      {"10.4.0.0/15", "10.5.0.0", true},
      {"10.4.0.7/32", "10.4.0.7", true},
      {"10.4.0.7/32", "10.4.0.6", false},
      {"0.0.0.0/0", "255.255.255.255", true},
      {"0.0.0.0/0", "2001:db8:4::7", false},
      {"10.4.0.0/16", "::ffff:10.4.0.7", true},
      {"::ffff:10.4.0.0/112", "10.4.0.7", true},
      {"2001:db8:4::/48", "2001:db8:4:ffff::7", true},
      {"2001:db8:4::/48", "2001:db8:5::7", false},
      {"2001:db8:4::/47", "2001:db8:5::7", true},
      {"::1/128", "::1", true},
      {"::/0", "2001:db8:4::7", true},
      {"::/0", "", false},
      {"::/0", "unix:", false},
      {"0.0.0.0/0", "10.4.0", false},
      {"0.0.0.0/0", "10.4.0.7:443", false},
  };
  for (const auto& row : rows) {
    const auto network = ParseNetwork(row.network);
    ASSERT_TRUE(network.ok()) << row.network;
    EXPECT_EQ(row.contains, Contains(*network, ParseAddress(row.address)))
        << row.network << " " << row.address;
  }
}

TEST(ParseNetwork, RefusesWhatIsNone) {
  for (const char* text :
       {"", "/", "10.4.0.0", "10.4.0.0/", "10.4.0.0/33", "10.4.0.0/-1", "10.4.0.0/16/16",
        "10.4.0/16", "10.4.0.0.0/16", "2001:db8:4::/129", "xian/16", "/16", "10.4.0.0/sixteen"}) {
    EXPECT_FALSE(ParseNetwork(text).ok()) << text;
  }
}

TEST(ParseNetwork, RefusesAnAddressInANetwork) {
  for (const char* text : {"10.4.0.7/16", "10.5.0.0/15", "2001:db8:4::7/48", "0.0.0.1/0"}) {
    const auto refused = ParseNetwork(text);
    ASSERT_FALSE(refused.ok()) << text;
    EXPECT_NE(refused.status().message().find("is set"), absl::string_view::npos) << text;
  }
}

}  // namespace
}  // namespace neshast
