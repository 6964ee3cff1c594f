#include "text/entities.h"

#include <gtest/gtest.h>

#include <cstdlib>
#include <random>
#include <string>
#include <string_view>

#include "base/limits.h"
#include "text/fold.h"
#include "text/tld_table.h"

namespace sieve {
namespace {

// `want` lists the URLs found, as `host<span>`, and the handles, as `service:<span>`.
struct EntityCase {
  const char* name;
  std::string_view text;
  std::string_view want;
};

void PrintTo(const EntityCase& c, std::ostream* out) { *out << c.name; }

std::string describe(const FoldedText& folded, const Entities& entities) {
  const auto cut = [&folded](ByteSpan span) {
    return "<" + std::string(folded.text.substr(span.begin, span.end - span.begin)) + ">";
  };
  std::string out;
  for (const Url& url : entities.urls) out += " " + std::string(url.host) + cut(url.span);
  for (const Handle& handle : entities.handles) {
    out += " " + std::string(handle.service) + ":" + cut(handle.span);
  }
  return out.empty() ? out : out.substr(1);
}

std::string find(std::string_view text) {
  Folder folder;
  Entities entities;
  const FoldedText& folded = folder.fold(text);
  extract_entities(folded, entities);
  return describe(folded, entities);
}

class EntityTest : public ::testing::TestWithParam<EntityCase> {};

TEST_P(EntityTest, FindsWhatIsThere) { EXPECT_EQ(find(GetParam().text), GetParam().want); }

constexpr EntityCase kFound[] = {
    {"scheme", "go to https://Shop.Example.com/a?b=1#c now",
     "shop.example.com<https://shop.example.com/a?b=1#c>"},
    {"www", "see www.example.com.", "www.example.com<www.example.com>"},
    {"bare", "visit win99.vip now", "win99.vip<win99.vip>"},
    {"bare_with_path", "bit.ly/abc", "bit.ly<bit.ly/abc>"},
    {"glued_to_thai", "คลิกwin.bet/a1เลย", "win.bet<win.bet/a1>"},
    {"scheme_glued_to_thai", "คลิกhttps://win.bet/a1เลย", "win.bet<https://win.bet/a1>"},
    {"scheme_glued_to_latin", "clickhttp://win.bet", "win.bet<http://win.bet>"},
    {"two", "a1.com and b2.net", "a1.com<a1.com> b2.net<b2.net>"},
    {"hxxp", "hxxps://win.bet/x", "win.bet<hxxps://win.bet/x>"},
    {"dressed_dot", "win[.]example[.]com/x", "win.example.com<win[.]example[.]com/x>"},
    {"word_for_dot", "win(dot)bet", "win.bet<win(dot)bet>"},
    {"dressed_under_scheme", "hxxp://win{.}bet", "win.bet<hxxp://win{.}bet>"},
    {"full_width", "ｗｉｎ．ｂｅｔ", "win.bet<win.bet>"},
    {"ideographic_stop", "win。bet", "win.bet<win.bet>"},
    {"mathematical", "𝘄𝗶𝗻.𝗯𝗲𝘁", "win.bet<win.bet>"},
    {"look_alikes", "w\u0456n.bet", "xn--wn-hoc.bet<win.bet>"},
    {"zero_width", "win\u200B.bet", "win.bet<win.bet>"},
    {"port", "http://win.bet:8080/x", "win.bet<http://win.bet:8080/x>"},
    {"userinfo", "https://bank.com@win.bet/x", "win.bet<https://bank.com@win.bet/x>"},
    {"address_with_scheme", "http://10.1.2.3/x", "10.1.2.3<http://10.1.2.3/x>"},
    {"address_with_path", "10.1.2.3/x", "10.1.2.3<10.1.2.3/x>"},
    {"punycode", "xn--80ak6aa92e.com", "xn--80ak6aa92e.com<xn--80ak6aa92e.com>"},
    {"country_suffix", "shop.co.th", "shop.co.th<shop.co.th>"},
    {"hyphens", "my-shop-1.com", "my-shop-1.com<my-shop-1.com>"},
    {"letters_of_another_script", "https://bücher.de/x", "xn--bcher-kva.de<https://bücher.de/x>"},
    {"end_of_sentence", "(https://win.bet/a).", "win.bet<https://win.bet/a>"},
    {"glued_sentence", "win99.com.please go", "win99.com<win99.com>"},
    {"little_word_with_path", "to.me/x", "to.me<to.me/x>"},
    {"little_word_with_digit", "win88.me", "win88.me<win88.me>"},
    {"little_word_with_hyphen", "my-shop.love", "my-shop.love<my-shop.love>"},
    {"query_without_path", "win.bet?id=1", "win.bet<win.bet?id=1>"},
    {"line", "https://line.me/ti/p/abc",
     "line.me<https://line.me/ti/p/abc> "
     "line:<https://line.me/ti/p/abc>"},
    {"line_short", "lin.ee/abc", "lin.ee<lin.ee/abc> line:<lin.ee/abc>"},
    {"telegram", "t.me/abc", "t.me<t.me/abc> telegram:<t.me/abc>"},
    {"whatsapp", "wa.me/628123", "wa.me<wa.me/628123> whatsapp:<wa.me/628123>"},
    {"zalo", "zalo.me/0912", "zalo.me<zalo.me/0912> zalo:<zalo.me/0912>"},
    {"line_id", "add LINE ID: @shop88 now", "line:<@shop88>"},
    {"line_name", "Line @shop_88", "line:<@shop_88>"},
    {"line_with_digit", "line shop88", "line:<shop88>"},
    {"line_in_thai", "แอดไลน์shopx เลย", "line:<shopx>"},
    {"line_in_thai_at", "ติดต่อไลน์ @win99", "line:<@win99>"},
    {"line_number", "Line 081-234-5678", "line:<081-234-5678>"},
    {"telegram_name", "Telegram: boss_win", "telegram:<boss_win>"},
    {"telegram_short", "tg @boss", "telegram:<@boss>"},
    {"whatsapp_number", "WA +62 812 3456 789!", "whatsapp:<+62 812 3456 789>"},
    {"wechat", "加微信 abc123", "wechat:<abc123>"},
    {"wechat_traditional", "微信號 abcd", "wechat:<abcd>"},
    {"zalo_number", "zalo 0912345678", "zalo:<0912345678>"},
    {"two_handles", "viber: ann1 zalo: bob2", "viber:<ann1> zalo:<bob2>"},
    {"app", "viber://chat?number=1", "viber:<viber://chat?number=1>"},
};

constexpr EntityCase kNotFound[] = {
    {"empty", "", ""},
    {"no_dot", "hello world", ""},
    {"sentence", "I am here. you too.", ""},
    {"glued_little_words", "call me.to get it.so good.now you.call me", ""},
    {"abbreviation", "a.m. p.m. e.g. i.e.", ""},
    {"price", "3.000.000 d, 1.5 kg, v1.2", ""},
    {"thai_abbreviation", "พ.ศ. 2567 ก.ค.", ""},
    {"date", "12.05.2024", ""},
    {"bare_address", "10.1.2.3", ""},
    {"mail", "write to me@example.com", ""},
    {"unknown_suffix", "file.notatld", ""},
    {"dots", "wait... what..", ""},
    {"smile", "(: [x] {y} :)", ""},
    {"online", "online 24 hours: yes", ""},
    {"online_in_thai", "ออนไลน์ 24ชม ออนไลน์: shop99", ""},
    {"line_of_text", "the last line was long", ""},
    {"wa_is_a_word", "wa ka jan", ""},
    {"tg_is_a_word", "tg abc", ""},
    {"handle_too_short", "line id: ab", ""},
    {"scheme_without_host", "http:// x", ""},
};

std::string name_of_row(const ::testing::TestParamInfo<EntityCase>& row) { return row.param.name; }

INSTANTIATE_TEST_SUITE_P(Found, EntityTest, ::testing::ValuesIn(kFound), name_of_row);
INSTANTIATE_TEST_SUITE_P(NotFound, EntityTest, ::testing::ValuesIn(kNotFound), name_of_row);

TEST(EntitiesTest, KeepsAtMostTheLimitOfUrls) {
  std::string text;
  for (size_t i = 0; i <= limits::kUrlsPerMessageMax; ++i) text += "win[.]bet ";
  Folder folder;
  Entities entities;
  extract_entities(folder.fold(text), entities);
  ASSERT_EQ(entities.urls.size(), limits::kUrlsPerMessageMax);
  for (const Url& url : entities.urls) EXPECT_EQ(url.host, "win.bet");
}

TEST(EntitiesTest, ReplacesWhatWasThere) {
  Folder folder;
  Entities entities;
  extract_entities(folder.fold("t.me/abc"), entities);
  extract_entities(folder.fold("nothing"), entities);
  EXPECT_TRUE(entities.urls.empty());
  EXPECT_TRUE(entities.handles.empty());
}

TEST(EntitiesTest, HostsOfAnyLengthAreSafe) {
  for (const size_t size : {62U, 63U, 64U, 253U, 254U, 5'000U}) {
    const std::string label(size, 'a');
    find(label + ".com");
    find("http://" + label + "[.]" + label + "[.]" + label + "/x");
    find(std::string(size, '.') + "com");
    find("https://" + std::string(size, '@') + "win.bet");
  }
}

TEST(EntitiesTest, RandomTextGivesSpansInside) {
  const char* given = std::getenv("SIEVE_SEED");
  std::mt19937_64 random(given != nullptr ? std::strtoull(given, nullptr, 10) : 7);
  constexpr std::string_view kPieces[] = {
      "a", ".", "com", "://",  "http", "[.]", "(dot)", "@", "/",   ":",    "80", "me",   "-",
      " ", "ก", "ü",   "t.me", "1",    "?",   ".th",   "{", "www", "line", "。", "\xFF", "("};
  Folder folder;
  Entities entities;
  for (int i = 0; i < 50'000; ++i) {
    std::string text;
    for (size_t left = random() % 16; left > 0; --left) text += kPieces[random() % 26];
    const FoldedText& folded = folder.fold(text);
    extract_entities(folded, entities);
    uint32_t end = 0;
    for (const Url& url : entities.urls) {
      ASSERT_LE(end, url.span.begin) << text;
      ASSERT_LT(url.span.begin, url.span.end) << text;
      ASSERT_LE(url.span.end, folded.text.size()) << text;
      ASSERT_FALSE(url.host.empty()) << text;
      end = url.span.end;
    }
  }
}

TEST(TldTableTest, KnowsTopLevelDomains) {
  for (const std::string_view label : {"com", "th", "vip", "bet", "คอม", "xn--42c2d9a", "рф"}) {
    EXPECT_TRUE(is_top_level_domain(label)) << label;
  }
  for (const std::string_view label : {"", "notatld", "COM", "co.th", "รับ"}) {
    EXPECT_FALSE(is_top_level_domain(label)) << label;
  }
}

}  // namespace
}  // namespace sieve
