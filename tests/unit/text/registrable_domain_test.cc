#include "text/registrable_domain.h"

#include <gtest/gtest.h>

#include <string>
#include <string_view>

namespace sieve {
namespace {

struct DomainCase {
  const char* name;
  std::string_view host;
  std::string_view want;  // Empty: none.
};

void PrintTo(const DomainCase& c, std::ostream* out) { *out << c.name; }

class RegistrableDomainTest : public ::testing::TestWithParam<DomainCase> {};

TEST_P(RegistrableDomainTest, IsASuffixAndOneLabel) {
  const std::string host(GetParam().host);
  const size_t size = registrable_domain_size(host.c_str());
  ASSERT_LE(size, host.size());
  EXPECT_EQ(host.substr(host.size() - size), GetParam().want);
  RegistrableDomains domains;
  EXPECT_EQ(domains.size_for(host), size);
  EXPECT_EQ(domains.size_for(host), size) << "remembered";
}

constexpr DomainCase kCases[] = {
    {"empty", "", ""},
    {"one_label", "win.bet", "win.bet"},
    {"sub_domains", "a.b.win.bet", "win.bet"},
    {"suffix", "bet", ""},
    {"country", "a.shop.co.th", "shop.co.th"},
    {"country_suffix", "co.th", ""},
    {"company_suffix", "a.evil.blogspot.com", "evil.blogspot.com"},
    {"company_suffix_alone", "blogspot.com", ""},
    {"wildcard", "a.b.c.kawasaki.jp", "b.c.kawasaki.jp"},
    {"wildcard_exception", "a.city.kawasaki.jp", "city.kawasaki.jp"},
    {"unknown", "a.b.notatld", "b.notatld"},
    {"a_labels", "a.xn--72c1a1bt4awk9o.xn--o3cw4h", "xn--72c1a1bt4awk9o.xn--o3cw4h"},
    {"many_labels", "a.b.c.d.e.f.g.h.i.j.k.l.win.bet", "win.bet"},
};

INSTANTIATE_TEST_SUITE_P(Cases, RegistrableDomainTest, ::testing::ValuesIn(kCases),
                         [](const auto& row) { return row.param.name; });

TEST(RegistrableDomainsTest, HostsThatShareAPlaceAreToldApart) {
  RegistrableDomains domains;
  for (int round = 0; round < 2; ++round) {
    for (int i = 0; i < 5'000; ++i) {
      const std::string host = "a.win" + std::to_string(i) + (i % 2 == 0 ? ".bet" : ".co.th");
      ASSERT_EQ(domains.size_for(host), host.size() - 2) << host;
    }
  }
}

TEST(RegistrableDomainsTest, LongHostsAreLookedUpEachTime) {
  RegistrableDomains domains;
  const std::string longest(std::string(63, 'a') + "." + std::string(63, 'b') + ".co.th");
  EXPECT_EQ(domains.size_for(longest), 69U);
  EXPECT_EQ(domains.size_for(longest), 69U);
}

}  // namespace
}  // namespace sieve
