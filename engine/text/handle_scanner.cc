#include "text/handle_scanner.h"

#include <algorithm>
#include <array>

#include "base/limits.h"

namespace sieve {
namespace {

constexpr size_t kHandleBytesMin = 3;
constexpr size_t kHandleBytesMax = 32;
constexpr size_t kNumberDigitsMin = 8;
constexpr size_t kNumberDigitsMax = 15;
constexpr size_t kGapBytesMax = 12;

// How sure a word makes us that an identifier follows.
enum class Cue : uint8_t {
  kName,    // "line": needs an @, a colon, an "id" or a digit in what follows.
  kLetters  // "tg": a word or a part of one; needs an @ or a number.
};

struct Keyword {
  std::string_view word;
  std::string_view service;
  Cue cue;
};

// Folded as texts are. "line id" is "line" and what may stand after it.
constexpr std::array kKeywords = {
    Keyword{"line", "line", Cue::kName},          Keyword{"lineid", "line", Cue::kName},
    Keyword{"ไลน์", "line", Cue::kName},           Keyword{"telegram", "telegram", Cue::kName},
    Keyword{"เทเลแกรม", "telegram", Cue::kName},  Keyword{"telegrm", "telegram", Cue::kName},
    Keyword{"tg", "telegram", Cue::kLetters},     Keyword{"whatsapp", "whatsapp", Cue::kName},
    Keyword{"whats app", "whatsapp", Cue::kName}, Keyword{"wa", "whatsapp", Cue::kLetters},
    Keyword{"wechat", "wechat", Cue::kName},      Keyword{"weixin", "wechat", Cue::kName},
    Keyword{"微信", "wechat", Cue::kName},        Keyword{"薇信", "wechat", Cue::kName},
    Keyword{"威信", "wechat", Cue::kName},        Keyword{"v信", "wechat", Cue::kName},
    Keyword{"加v", "wechat", Cue::kName},         Keyword{"zalo", "zalo", Cue::kName},
    Keyword{"viber", "viber", Cue::kName}};

constexpr size_t kTailBits = 1024;

constexpr size_t tail_hash(std::string_view text) {
  const auto last = static_cast<unsigned char>(text[text.size() - 1]);
  const auto before = static_cast<unsigned char>(text[text.size() - 2]);
  return (before * 37U + last) % kTailBits;
}

// By the last two bytes: most words end like no keyword.
constexpr auto kTails = [] {
  std::array<bool, kTailBits> tails{};
  for (const Keyword& keyword : kKeywords) tails[tail_hash(keyword.word)] = true;
  return tails;
}();

bool is_lower(char c) { return c >= 'a' && c <= 'z'; }
bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_word_char(char c) { return is_lower(c) || is_digit(c); }
bool is_handle_char(char c) { return is_word_char(c) || c == '.' || c == '_' || c == '-'; }
bool is_handle_start(char c) { return is_word_char(c) || c == '@' || c == '+'; }

bool is_gap_char(char c) {
  return c == ' ' || c == ':' || c == '=' || c == '-' || c == '>' || c == '(' || c == '.';
}

// A word must not be a part of a longer one: "line" is not in "online", in English or Thai.
bool stands_alone(std::string_view text, size_t begin) {
  if (is_word_char(text[begin]) && begin > 0 && is_word_char(text[begin - 1])) return false;
  return !text.substr(0, begin).ends_with("ออน");
}

struct Gap {
  size_t begin;
  bool has_colon = false;
  bool has_id = false;
};

// What may stand between a service and the handle at `at`: separators, and "id" or "ไอดี".
Gap gap_before(std::string_view text, size_t at) {
  constexpr std::array<std::string_view, 3> kIdWords = {"id", "ไอดี", "号"};
  const size_t limit = at > kGapBytesMax ? at - kGapBytesMax : 0;
  Gap gap{at};
  while (gap.begin > limit) {
    if (is_gap_char(text[gap.begin - 1])) {
      --gap.begin;
      gap.has_colon |= text[gap.begin] == ':' || text[gap.begin] == '=';
      continue;
    }
    const std::string_view rest = text.substr(0, gap.begin);
    const auto word = std::find_if(kIdWords.begin(), kIdWords.end(),
                                   [rest](std::string_view w) { return rest.ends_with(w); });
    if (word == kIdWords.end() || gap.has_id) break;
    const size_t begin = gap.begin - word->size();
    if (is_word_char(rest[begin]) && begin > 0 && is_word_char(rest[begin - 1])) break;
    gap.has_id = true;
    gap.begin = begin;
  }
  return gap;
}

// The keyword that ends at `end`, or null.
const Keyword* keyword_before(std::string_view text, size_t end) {
  const std::string_view before = text.substr(0, end);
  if (end < 2 || !kTails[tail_hash(before)]) return nullptr;
  for (const Keyword& keyword : kKeywords) {
    if (before.ends_with(keyword.word) && stands_alone(text, end - keyword.word.size())) {
      return &keyword;
    }
  }
  return nullptr;
}

// The end of a number with separators, such as "+66 81-234 5678", or `at`.
size_t skip_number(std::string_view text, size_t at) {
  size_t digits = 0;
  size_t end = at;
  size_t now = at < text.size() && text[at] == '+' ? at + 1 : at;
  for (; now < text.size() && digits < kNumberDigitsMax; ++now) {
    if (is_digit(text[now])) {
      ++digits;
      end = now + 1;
    } else if (now > end || (text[now] != ' ' && text[now] != '-' && text[now] != '.')) {
      break;
    }
  }
  const bool cut = end < text.size() && is_word_char(text[end]);
  return digits >= kNumberDigitsMin && !cut ? end : at;
}

// The end of an identifier, or `at`.
size_t skip_identifier(std::string_view text, size_t at) {
  size_t end = at < text.size() && text[at] == '@' ? at + 1 : at;
  const size_t begin = end;
  if (begin >= text.size() || !is_word_char(text[begin])) return at;
  while (end < text.size() && is_handle_char(text[end])) ++end;
  while (end > begin && !is_word_char(text[end - 1])) --end;
  const size_t size = end - begin;
  return size >= kHandleBytesMin && size <= kHandleBytesMax ? end : at;
}

bool has_digit(std::string_view text) { return std::any_of(text.begin(), text.end(), is_digit); }

// The handle at `at`, with an empty span when there is none.
Handle handle_at(std::string_view text, size_t at) {
  const Gap gap = gap_before(text, at);
  const Keyword* keyword = keyword_before(text, gap.begin);
  if (keyword == nullptr) return {};
  const auto handle = [&](size_t end) {
    return Handle{keyword->service, {static_cast<uint32_t>(at), static_cast<uint32_t>(end)}};
  };
  const size_t number = skip_number(text, at);
  if (number > at) return handle(number);
  if (keyword->cue == Cue::kLetters && text[at] != '@') return {};
  const size_t end = skip_identifier(text, at);
  const bool sure = text[at] == '@' || gap.has_colon || gap.has_id ||
                    has_digit(text.substr(at, end - at)) || !is_lower(text[gap.begin - 1]);
  return sure ? handle(end) : Handle{};
}

}  // namespace

void find_handles(std::string_view text, const std::vector<Url>& urls, std::vector<Handle>& out) {
  auto url = urls.begin();
  for (size_t at = 0; at < text.size() && out.size() < limits::kUrlsPerMessageMax; ++at) {
    if (!is_handle_start(text[at]) || (at > 0 && is_handle_start(text[at - 1]))) continue;
    while (url != urls.end() && url->span.end <= at) ++url;
    if (url != urls.end() && url->span.begin <= at) continue;
    const Handle handle = handle_at(text, at);
    if (handle.span.begin == handle.span.end) continue;
    out.push_back(handle);
    at = handle.span.end - 1;
  }
  std::sort(out.begin(), out.end(),
            [](const Handle& a, const Handle& b) { return a.span < b.span; });
}

}  // namespace sieve
