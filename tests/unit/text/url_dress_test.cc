// A property: a host comes back from whatever it is dressed in. The dresses are written here one by
// one, each in the simplest way, and combined at random.
#include <gtest/gtest.h>

#include <cstdlib>
#include <random>
#include <string>
#include <string_view>

#include "base/utf8.h"
#include "text/entities.h"
#include "text/fold.h"
#include "text/urls.h"

namespace sieve {
namespace {

class Dresser {
 public:
  explicit Dresser(uint64_t seed) : random_(seed) {}

  size_t below(size_t count) { return random_() % count; }

  template <size_t kCount>
  std::string one_of(const std::string_view (&choices)[kCount]) {
    return std::string(choices[below(kCount)]);
  }

  // "win88.vip", "a-b.shop7.co.th". A letter next to a digit: surely no word.
  std::string host() {
    constexpr std::string_view kTails[] = {".com", ".vip", ".bet", ".co.th", ".top", ".me"};
    std::string out = one_of({"", "", "www.", "m.", "a-b."});
    for (size_t i = 2 + below(6); i > 0; --i) out += static_cast<char>('a' + below(26));
    return out + std::to_string(below(1'000)) + one_of(kTails);
  }

  // Each dot as it may be written without doubt.
  std::string with_dots(std::string_view host) {
    const std::string dot =
        one_of({".", ".", "[.]", "(.)", "{.}", "(dot)", "[dot]", " [.] ", "\\.", "。", "．"});
    std::string out;
    for (const char c : host) out += c == '.' ? dot : std::string(1, c);
    return out;
  }

  std::string with_letters(std::string_view text) {
    switch (below(5)) {
      case 0:
        return map(text, [](char c) { return is_lower(c) ? char32_t(c - 32) : char32_t(c); });
      case 1:  // Mathematical sans-serif bold.
        return map(text,
                   [](char c) { return is_lower(c) ? 0x1D5EE + char32_t(c - 'a') : char32_t(c); });
      case 2:  // Full-width.
        return map(text,
                   [](char c) { return is_lower(c) ? 0xFF41 + char32_t(c - 'a') : char32_t(c); });
      case 3: {
        const char32_t joiner = 0x200B;
        std::string out(text);
        std::string invisible;
        append_utf8(invisible, joiner);
        // Behind the first letter, wherever that is.
        out.insert(1, invisible);
        return out;
      }
      default:
        return std::string(text);
    }
  }

  std::string scheme() {
    return one_of({"https://", "http://", "hxxp://", "hxxps://", "h**p://", "htp://", "https:/",
                   "https:///", "https:\\\\", "http[:]//", "https://bank.example@",
                   "https://bank.example%40", "https:// "});
  }

  std::string before() { return one_of({"", "go ", "ไปที่", "点击", "(", "\"", "<", "→"}); }
  std::string after() {
    return one_of({"", " now", "เลย", "注册", ")", "\"", ">", ".", "!", ", ok"});
  }
  std::string rest() { return one_of({"", "", "/", "/a1", "?b=1", ":8080/x"}); }

 private:
  static bool is_lower(char c) { return c >= 'a' && c <= 'z'; }

  template <typename Map>
  static std::string map(std::string_view text, Map map_char) {
    std::string out;
    for (const char c : text) append_utf8(out, map_char(c));
    return out;
  }

  std::string one_of(std::initializer_list<std::string_view> choices) {
    return std::string(choices.begin()[below(choices.size())]);
  }

  std::mt19937_64 random_;
};

TEST(UrlDressTest, AHostComesBackFromEveryDress) {
  const char* given = std::getenv("SIEVE_SEED");
  const uint64_t seed = given != nullptr ? std::strtoull(given, nullptr, 10) : 11;
  SCOPED_TRACE("SIEVE_SEED=" + std::to_string(seed));
  Dresser dresser(seed);
  Folder folder;
  Entities entities;
  for (int i = 0; i < 100'000; ++i) {
    const std::string host = dresser.host();
    const bool announced = dresser.below(2) == 0;
    const std::string dressed = dresser.with_dots(dresser.with_letters(host));
    const std::string text = dresser.before() + (announced ? dresser.scheme() : "") + dressed +
                             dresser.rest() + dresser.after();
    find_urls(folder.fold(text), entities);
    ASSERT_EQ(entities.urls.size(), 1U) << text;
    ASSERT_EQ(entities.urls[0].host, host) << text;
    ASSERT_EQ((entities.urls[0].dress & kNoScheme) != 0, !announced) << text;
  }
}

}  // namespace
}  // namespace sieve
