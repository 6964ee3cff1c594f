// The cases are in tests/golden/urls, a file for each kind of dress and one of honest texts.
#include "text/urls.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <string>
#include <string_view>
#include <vector>

#include "base/limits.h"
#include "golden/golden.h"
#include "text/entities.h"
#include "text/fold.h"

namespace sieve {
namespace {

constexpr std::array<std::string_view, 10> kDressNames = {
    "no_scheme", "defanged_scheme", "dressed_dot", "spaced",   "glued",
    "userinfo",  "ip_literal",      "port",        "punycode", "reordered"};

std::string dress_names(uint16_t dress) {
  std::string out;
  for (size_t i = 0; i < kDressNames.size(); ++i) {
    if ((dress >> i & 1) != 0) out += (out.empty() ? "" : " ") + std::string(kDressNames[i]);
  }
  return out.empty() ? "-" : out;
}

std::string_view cut(std::string_view text, ByteSpan span) {
  return text.substr(span.begin, span.end - span.begin);
}

std::string describe(const FoldedText& folded, const Url& url) {
  std::string out(url.host);
  if (url.host_unicode != url.host) out += " (" + std::string(url.host_unicode) + ")";
  out += " | " + (url.domain.empty() ? "-" : std::string(url.domain));
  out += " | " + dress_names(url.dress);
  return out + " | " + std::string(cut(folded.text, url.span));
}

// Golden files hold a text on each line and, below it, what is found in it, a URL on each line:
// host (with U-labels) | registrable domain | dress | span in View::kText. \u{XX} is a code point.
std::string describe_line(const std::string& line) {
  std::string out = line + "\n";
  if (line.empty() || line.starts_with('#')) return out;
  Folder folder;
  Entities entities;
  const std::string input = testing::golden_unescaped(line);
  const FoldedText& folded = folder.fold(input);
  find_urls(folded, entities);
  for (const Url& url : entities.urls) out += "  => " + describe(folded, url) + "\n";
  return out;
}

class UrlGoldenTest : public ::testing::TestWithParam<std::string> {};

TEST_P(UrlGoldenTest, FindsWhatTheFileSays) {
  const std::string file = testing::golden_read(GetParam());
  std::string got;
  for (size_t begin = 0; begin < file.size();) {
    const size_t end = std::min(file.find('\n', begin), file.size());
    const std::string line = file.substr(begin, end - begin);
    begin = end + 1;
    if (!line.starts_with("  => ")) got += describe_line(line);
  }
  testing::expect_golden(GetParam(), got);
}

INSTANTIATE_TEST_SUITE_P(Golden, UrlGoldenTest,
                         ::testing::ValuesIn(testing::golden_inputs("urls", "", ".txt")),
                         [](const auto& row) { return testing::golden_name(row.param, ".txt"); });

TEST(UrlsTest, GoldenFilesAreFound) {
  EXPECT_GE(testing::golden_inputs("urls", "", ".txt").size(), 9U);
}

TEST(UrlsTest, HonestTextHasNone) {
  const std::string file = testing::golden_read(testing::golden_directory("urls/honest.txt"));
  EXPECT_GT(file.size(), 500U);
  EXPECT_EQ(file.find("=>"), std::string::npos);
}

// What the URL was in the message, before it was folded.
struct SpanCase {
  const char* name;
  std::string_view text;
  std::string_view want;
};

void PrintTo(const SpanCase& c, std::ostream* out) { *out << c.name; }

class UrlSpanTest : public ::testing::TestWithParam<SpanCase> {};

TEST_P(UrlSpanTest, LeadsBackToTheMessage) {
  Folder folder;
  Entities entities;
  find_urls(folder.fold(GetParam().text), entities);
  ASSERT_EQ(entities.urls.size(), 1U);
  EXPECT_EQ(cut(GetParam().text, folder.original_span(View::kText, entities.urls[0].span)),
            GetParam().want);
}

constexpr SpanCase kSpans[] = {
    {"capitals", "See HTTPS://Win.Bet/A.", "HTTPS://Win.Bet/A"},
    {"mathematical", "คลิก 𝘄𝗶𝗻.𝗯𝗲𝘁/𝗮 เลย", "𝘄𝗶𝗻.𝗯𝗲𝘁/𝗮"},
    {"full_width", "到ｗｗｗ．ｗｉｎ．ｂｅｔ／ａ注册", "ｗｗｗ．ｗｉｎ．ｂｅｔ／ａ"},
    {"ideographic_stop", "到win88。com注册", "win88。com"},
    {"zero_width", "ไป win\u200B.be\u200Bt/a เลย", "win\u200B.be\u200Bt/a"},
    {"bidirectional", "at https://evil\u202Emoc.com/x\u202C now", "https://evil\u202Emoc.com/x"},
    {"spaced", "go b i t . l y / x 7", "b i t . l y / x 7"},
    {"glued", "ฟรี1OObit.ly/A", "bit.ly/A"},
    {"dressed", "HXXP://Win[.]Bet!", "HXXP://Win[.]Bet"},
    {"after_repairs", "น้ํา เเจก win.bet/a", "win.bet/a"},
};

INSTANTIATE_TEST_SUITE_P(Dress, UrlSpanTest, ::testing::ValuesIn(kSpans),
                         [](const auto& row) { return row.param.name; });

TEST(UrlsTest, CountsWhatIsBeyondTheLimit) {
  std::string text;
  for (size_t i = 0; i < 1'000; ++i) text += "win[.]bet ";
  Folder folder;
  Entities entities;
  find_urls(folder.fold(text), entities);
  EXPECT_EQ(entities.urls.size(), limits::kUrlsPerMessageMax);
  EXPECT_EQ(entities.urls_left_out, 1'000 - limits::kUrlsPerMessageMax);
  find_urls(folder.fold("win.bet"), entities);
  EXPECT_EQ(entities.urls.size(), 1U);
  EXPECT_EQ(entities.urls_left_out, 0U);
}

TEST(UrlsTest, LabelsAndHostsAreAtMostWhatTheDnsAllows) {
  const auto host_of = [](const std::string& text) {
    Folder folder;
    Entities entities;
    find_urls(folder.fold(text), entities);
    return entities.urls.empty() ? std::string() : std::string(entities.urls[0].host);
  };
  const std::string longest_label = std::string(63, 'a') + ".com";
  EXPECT_EQ(host_of("https://" + longest_label), longest_label);
  EXPECT_EQ(host_of("https://a" + longest_label), "");
  // 59 letters of one kind fit a label as Punycode, which takes four for its prefix.
  std::string letters;
  for (int i = 0; i < 54; ++i) letters += "ก";
  EXPECT_NE(host_of("https://" + letters + ".com"), "");
  for (int i = 0; i < 10; ++i) letters += "ก";
  EXPECT_EQ(host_of("https://" + letters + ".com"), "");

  std::string longest_host = "a.com";
  while (longest_host.size() < 253) longest_host.insert(0, "a.");
  EXPECT_EQ(host_of("https://" + longest_host), longest_host);
  EXPECT_EQ(host_of("https://a" + longest_host).size(), 0U);
}

TEST(UrlsTest, AppLinksAreNoUrls) {
  Folder folder;
  Entities entities;
  const FoldedText& folded = folder.fold("Viber://chat?number=1 or tg://resolve?domain=a");
  find_urls(folded, entities);
  EXPECT_TRUE(entities.urls.empty());
  ASSERT_EQ(entities.app_links.size(), 2U);
  EXPECT_EQ(entities.app_links[0].scheme, "viber");
  EXPECT_EQ(cut(folded.text, entities.app_links[0].span), "viber://chat?number=1");
  EXPECT_EQ(entities.app_links[1].scheme, "tg");
}

TEST(UrlsTest, TellsWhereTheHostEnds) {
  Folder folder;
  Entities entities;
  const FoldedText& folded = folder.fold("https://a@win[.]bet:8080/x?y");
  find_urls(folded, entities);
  ASSERT_EQ(entities.urls.size(), 1U);
  const Url& url = entities.urls[0];
  EXPECT_EQ(cut(folded.text, {url.host_end, url.span.end}), ":8080/x?y");
}

}  // namespace
}  // namespace sieve
