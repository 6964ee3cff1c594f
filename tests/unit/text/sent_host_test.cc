// Hosts are what a device opens, not what they look like. Cases are in
// tests/golden/urls/other_hosts.txt; here is what holds for every letter.
#include "text/sent_host.h"

#include <gtest/gtest.h>

#include <string>
#include <string_view>

#include "base/utf8.h"
#include "text/entities.h"
#include "text/fold_table.h"
#include "text/idna_mapping.h"
#include "text/urls.h"

#ifdef SIEVE_HAVE_IDN2
#include <idn2.h>
#endif

namespace sieve {
namespace {

#ifdef SIEVE_HAVE_IDN2
bool is_sign(char32_t c) {
  const bool to_ascii = static_cast<unsigned char>(fold_alone(c, "\x80")[0]) < 0x80;
  return !to_ascii && props_of(c).kind == CharKind::kPunctuation;
}

// What libidn2 would ask the DNS for; empty where it refuses, or where that is no host.
std::string looked_up(const std::string& host) {
  char* found = nullptr;
  if (idn2_to_ascii_8z(host.c_str(), &found, IDN2_NONTRANSITIONAL) != IDN2_OK) return "";
  const std::string out = found;
  idn2_free(found);
  const bool is_host =
      out.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789-.") == out.npos &&
      out.find("..") == out.npos;
  return is_host ? out : "";
}
#endif

class SentHostTest : public ::testing::Test {
 protected:
  // The canonical host of the first link of a text; empty without one.
  std::string host_of(const std::string& text) {
    find_urls(folder_.fold(text), entities_);
    return entities_.urls.empty() ? std::string() : std::string(entities_.urls[0].host);
  }

  Folder folder_;
  Entities entities_;
};

TEST_F(SentHostTest, TheTableIsSortedAndSaysWhatTheFoldDoesNot) {
  for (size_t i = 0; i < kIdnaMappingsCount; ++i) {
    const IdnaMapping& row = kIdnaMappings[i];
    const char32_t before = i > 0 ? kIdnaMappings[i - 1].from : 0;
    ASSERT_LT(before, row.from);
    EXPECT_NE(row.to[0], 0U);
    EXPECT_EQ(idna_mapping_of(row.from), &row);
  }
  EXPECT_EQ(idna_mapping_of('a'), nullptr);
  EXPECT_EQ(idna_mapping_of(0x10FFFF), nullptr);
}

TEST_F(SentHostTest, HoldsWithoutAFolder) {
  FoldedText folded;
  folded.raw = folded.text = "abc.com";
  WrittenUrl url;
  url.host = folded.text;
  EXPECT_EQ(SentHost(folded).read(url), "abc.com");
}

TEST_F(SentHostTest, WhatFitsNoHostIsReadAsItLooks) {
  std::string marks;
  for (int i = 0; i < 1'000; ++i) marks += "\u0336";
  EXPECT_EQ(host_of("https://d" + marks + "emobank.com/a"), "demobank.com");
}

TEST_F(SentHostTest, GoesOnBehindALetterThatIsASignToTheFold) {
  EXPECT_EQ(host_of("https://demobank.com\u02BC.Evil.example/a"),
            "demobank.xn--com-q4b.evil.example");
  EXPECT_EQ(host_of("https://demobank.com\u02BC.\u0435vil.example"),
            "demobank.xn--com-q4b.xn--vil-qdd.example");
  EXPECT_EQ(host_of("see demobank.com\u02BCs offer. Or not"), "demobank.com");
  EXPECT_EQ(host_of("see https://demobank.com\u02BC"), "demobank.com");
  EXPECT_EQ(host_of("see https://demobank.com'.evil.example"), "demobank.com");
}

#ifdef SIEVE_HAVE_IDN2
// With each letter of Unicode within a label or at its end, the host is what libidn2 looks up,
// where it would. Left out are two Greek marks, which it maps to others than the fold, and signs,
// at which a host ends here.
TEST_F(SentHostTest, EqualsLibidn2ForEveryLetter) {
  int compared = 0;
  for (char32_t c = 0x80; c < 0x110000; ++c) {
    const bool is_mark = c == 0x344 || c == 0x345;
    if ((c >= 0xD800 && c <= 0xDFFF) || is_mark || is_sign(c)) continue;
    for (const std::string_view end : {"bank", ""}) {
      std::string host = "demo";
      append_utf8(host, c);
      host += std::string(end) + ".com";
      const std::string want = looked_up(host);
      const std::string got = host_of("https://" + host + "/a");
      // Text in an unspaced script may follow a host at once: then there are two.
      if (want.empty() || entities_.urls.size() != 1) continue;
      ++compared;
      ASSERT_EQ(got, want) << "U+" << std::hex << static_cast<uint32_t>(c);
    }
  }
  EXPECT_GT(compared, 60'000);
}
#endif

}  // namespace
}  // namespace sieve
