#include "text/ip_literal.h"

#include <gtest/gtest.h>

#include <array>
#include <string>
#include <string_view>

namespace sieve {
namespace {

std::string v4(std::string_view host) {
  std::array<char, kAddressBytesMax> out;
  const auto address = parse_ipv4(host);
  return address ? std::string(out.data(), write_ipv4(*address, out)) : "";
}

std::string v6(std::string_view text) {
  std::array<char, kAddressBytesMax> out;
  return {out.data(), write_canonical_ipv6(text, out)};
}

struct AddressCase {
  std::string_view written;
  std::string_view want;  // Empty: no address.
};

// Forms and faults of "host parsing" in the URL standard.
TEST(IpLiteralTest, ReadsEveryFormOfIpv4) {
  constexpr AddressCase kCases[] = {{"192.0.2.1", "192.0.2.1"},
                                    {"0.0.0.0", "0.0.0.0"},
                                    {"255.255.255.255", "255.255.255.255"},
                                    {"3221225985", "192.0.2.1"},
                                    {"4294967295", "255.255.255.255"},
                                    {"0xc0000201", "192.0.2.1"},
                                    {"030000001001", "192.0.2.1"},
                                    {"0xc0.0x0.0x2.0x1", "192.0.2.1"},
                                    {"0300.0.02.01", "192.0.2.1"},
                                    {"192.0.0x2.01", "192.0.2.1"},
                                    {"192.513", "192.0.2.1"},
                                    {"192.0.513", "192.0.2.1"},
                                    {"127.1", "127.0.0.1"},
                                    {"0x", "0.0.0.0"},
                                    {"0", "0.0.0.0"},
                                    {"", ""},
                                    {".", ""},
                                    {"1..2", ""},
                                    {"256.0.0.1", ""},
                                    {"1.256.1", ""},
                                    {"1.2.3.256", ""},
                                    {"1.2.65536", ""},
                                    {"1.16777216", ""},
                                    {"4294967296", ""},
                                    {"99999999999999999999999", ""},
                                    {"1.2.3.4.5", ""},
                                    {"08", ""},
                                    {"0xg", ""},
                                    {"-1", ""},
                                    {"1.2.3.a", ""}};
  for (const AddressCase& c : kCases) EXPECT_EQ(v4(c.written), c.want) << c.written;
}

TEST(IpLiteralTest, DottedMeansFourDecimalNumbers) {
  EXPECT_EQ(parse_dotted_ipv4("192.0.2.1"), 0xC0000201U);
  for (const std::string_view host :
       {"", "192.0.2", "192.0.2.1.1", "192.0.2.256", "192.0.02.1", "0xc0.0.2.1", "192.0..1"}) {
    EXPECT_EQ(parse_dotted_ipv4(host), std::nullopt) << host;
  }
}

TEST(IpLiteralTest, KnowsHostsThatEndInANumber) {
  for (const std::string_view host : {"1", "a.1", "1.2.3.4", "0x", "a.0xff", "09"}) {
    EXPECT_TRUE(ends_in_number(host)) << host;
  }
  for (const std::string_view host : {"", "a", "1.a", "0xg", "a.", "1x", "a.1a"}) {
    EXPECT_FALSE(ends_in_number(host)) << host;
  }
}

TEST(IpLiteralTest, WritesIpv6AsItIsCanonical) {
  constexpr AddressCase kCases[] = {{"2001:db8::1", "2001:db8::1"},
                                    {"2001:0db8:0:0:0:0:0:1", "2001:db8::1"},
                                    {"2001:db8:0:1:1:1:1:1", "2001:db8:0:1:1:1:1:1"},
                                    {"::", "::"},
                                    {"::1", "::1"},
                                    {"::ffff:192.0.2.1", "192.0.2.1"},
                                    {"::ffff:c000:201", "192.0.2.1"},
                                    {"64:ff9b::192.0.2.1", "64:ff9b::c000:201"},
                                    {"", ""},
                                    {":", ""},
                                    {"1:2:3", ""},
                                    {"1::2::3", ""},
                                    {"::g", ""},
                                    {"::1%eth0", ""},
                                    {"12345::", ""},
                                    {"0000:0000:0000:0000:0000:ffff:255.255.255.2550", ""}};
  for (const AddressCase& c : kCases) EXPECT_EQ(v6(c.written), c.want) << c.written;
  EXPECT_EQ(v6(std::string(1'000, ':')), "");
}

}  // namespace
}  // namespace sieve
