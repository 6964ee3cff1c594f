#include "text/host_words.h"

#include <algorithm>
#include <array>

#include "text/tld_table.h"

namespace sieve {
namespace {

using std::string_view;

// Countries whose letters are a word, or are written like one, in a language that we read.
constexpr std::array<string_view, 43> kWordCountries = {
    "am", "as", "at", "ba", "be", "bi", "bs", "by", "do", "et", "fi", "ga", "gs", "gw", "hm",
    "id", "in", "is", "it", "ke", "la", "ma", "mc", "me", "mo", "mr", "ms", "my", "na", "ng",
    "ni", "no", "pa", "pm", "re", "sa", "sd", "sh", "si", "so", "st", "to", "us"};

// Other domains that are seen more often as such than as a word after a full stop without a space.
// Of the remaining thousand, most are words or names of brands: "soon.pin", "no.bank". `example` is
// for documents and tests (RFC 2606).
constexpr std::array<string_view, 55> kCommonDomains = {
    "app",   "asia",    "bet",     "bid",     "bingo",  "biz",   "bond",  "buzz",
    "cam",   "casino",  "cfd",     "click",   "cloud",  "club",  "com",   "cyou",
    "dev",   "digital", "edu",     "example", "fun",    "game",  "games", "global",
    "gov",   "icu",     "info",    "life",    "link",   "live",  "loan",  "lol",
    "media", "mobi",    "net",     "network", "online", "org",   "poker", "pro",
    "sbs",   "shop",    "site",    "space",   "store",  "tech",  "top",   "vin",
    "vip",   "wang",    "website", "win",     "work",   "world", "xyz"};

constexpr std::array<string_view, 6> kFileDomains = {"cab", "md", "mov", "ps", "py", "zip"};

constexpr std::array<string_view, 14> kSecondLevels = {
    "ac", "biz", "co", "com", "edu", "go", "gob", "gov", "in", "mil", "net", "or", "org", "web"};

constexpr std::array<string_view, 36> kWellKnownHosts = {"adf.ly",        "api.whatsapp.com",
                                                         "bit.do",        "bit.ly",
                                                         "bitly.com",     "chat.whatsapp.com",
                                                         "cutt.ly",       "fb.me",
                                                         "goo.gl",        "is.gd",
                                                         "lin.ee",        "line.me",
                                                         "lnkd.in",       "m.me",
                                                         "ow.ly",         "page.line.me",
                                                         "rb.gy",         "rebrand.ly",
                                                         "s.id",          "shope.ee",
                                                         "shorturl.asia", "shorturl.at",
                                                         "signal.me",     "t.co",
                                                         "t.ly",          "t.me",
                                                         "telegram.me",   "tiny.cc",
                                                         "tinyurl.com",   "viber.me",
                                                         "wa.link",       "wa.me",
                                                         "wechat.com",    "whatsapp.com",
                                                         "youtu.be",      "zalo.me"};

template <size_t kCount>
constexpr bool is_sorted(const std::array<string_view, kCount>& words) {
  return std::is_sorted(words.begin(), words.end());
}
static_assert(is_sorted(kWordCountries) && is_sorted(kCommonDomains) && is_sorted(kFileDomains) &&
              is_sorted(kSecondLevels) && is_sorted(kWellKnownHosts));

template <size_t kCount>
bool contains(const std::array<string_view, kCount>& words, string_view word) {
  return std::binary_search(words.begin(), words.end(), word);
}

}  // namespace

TldKind tld_kind(string_view label) {
  if (!is_top_level_domain(label)) return TldKind::kNone;
  if (static_cast<unsigned char>(label.front()) >= 0x80) return TldKind::kForeign;
  if (label.starts_with("xn--")) return TldKind::kForeign;
  if (contains(kFileDomains, label)) return TldKind::kFile;
  const bool plain =
      label.size() == 2 ? !contains(kWordCountries, label) : contains(kCommonDomains, label);
  return plain ? TldKind::kPlain : TldKind::kWord;
}

bool is_second_level(string_view label) { return contains(kSecondLevels, label); }

bool is_well_known_host(string_view host) { return contains(kWellKnownHosts, host); }

}  // namespace sieve
