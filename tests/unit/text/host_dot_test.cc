#include "text/host_dot.h"

#include <gtest/gtest.h>

#include <random>
#include <string>
#include <string_view>

#include "text/entities.h"

namespace sieve {
namespace {

// What find_url_mark() finds, byte by byte. A dot of another script is found by one byte of its
// first letter, and so from there on.
size_t slow_find_url_mark(std::string_view text, size_t at) {
  const auto is = [text](size_t begin, std::string_view what) {
    return text.substr(begin, what.size()) == what;
  };
  for (; at < text.size(); ++at) {
    if (is(at, ".") || is(at, ":") || is(at, "dot") || is(at, "·")) return at;
    if (at >= 1 && is(at - 1, "点")) return at - 1;
    if (at >= 2 && is(at - 2, "จุด")) return at - 2;
  }
  return text.size();
}

TEST(HostDotTest, FindsTheMarksThatASlowSearchFinds) {
  constexpr std::string_view kPieces[] = {".", ":", "dot", "d", "o", "จุด", "点",
                                          "·", "a", " ",   "จ", "ก", "中", "b"};
  std::mt19937_64 random(17);
  for (int round = 0; round < 50'000; ++round) {
    std::string text;
    for (size_t i = random() % 30; i > 0; --i)
      text += random() % 3 != 0 ? "a" : kPieces[random() % 14];
    for (size_t at = 0; at <= text.size(); ++at) {
      ASSERT_EQ(find_url_mark(text, at), slow_find_url_mark(text, at)) << text << " from " << at;
    }
  }
}

struct DotCase {
  std::string_view text;  // Behind a label.
  HostDot want;
};

TEST(HostDotTest, ReadsDotsInEveryDress) {
  const DotCase cases[] = {
      {"", {}},
      {".", {1, false, false, 0}},
      {".a", {1, false, false, 0}},
      {"[.]a", {3, false, true, kDressedDot}},
      {"( dot )a", {7, false, true, kDressedDot}},
      {" [.] a", {5, false, true, kDressedDot | kSpaced}},
      {"\\.a", {2, false, false, kDressedDot}},
      {" . a", {3, true, true, kSpaced}},
      {". a", {2, true, false, kSpaced}},
      {" dot a", {5, true, true, kDressedDot}},
      {"点a", {3, true, true, kDressedDot}},
      {"dot a", {}},
      {" dots", {}},
      {"[.)a", {}},
      {"[a]", {}},
      {"   .a", {}},
      {" a", {}},
  };
  for (const DotCase& c : cases) {
    const HostDot got = host_dot_at(c.text, 0);
    EXPECT_EQ(got.size, c.want.size) << c.text;
    EXPECT_EQ(got.apart, c.want.apart) << c.text;
    EXPECT_EQ(got.space_before, c.want.space_before) << c.text;
    EXPECT_EQ(got.dress, c.want.dress) << c.text;
  }
}

}  // namespace
}  // namespace sieve
