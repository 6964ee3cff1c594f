#include "text/url_scanner.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cstdint>

#include "text/fold_table.h"
#include "text/tld_table.h"
#include "text/utf8_inline.h"

#if defined(__SSE2__)
#include <emmintrin.h>
#endif

namespace sieve {
namespace {

constexpr size_t kLabelBytesMax = 63;
constexpr size_t kHostBytesMax = 253;

// Schemes people write before a host, and those of contact apps, which have none. Longer ones
// first: a scheme is found by its end, so that it may be glued to a word.
constexpr std::array<std::string_view, 14> kSchemes = {
    "whatsapp", "weixin", "https", "hxxps", "viber", "http", "hxxp",
    "htps",     "htpp",   "line",  "zalo",  "ftp",   "tg",   "wss"};

// Top-level domains that are words of the languages we read: "call me.to get" has no host. Such a
// host needs a path, a third label, a hyphen, or a letter next to a digit.
constexpr std::array<std::string_view, 51> kWordDomains = {
    "in",   "is",   "it",   "me",  "my",  "no",   "so",  "to",  "am",  "at",    "be",
    "by",   "do",   "as",   "us",  "pm",  "ps",   "la",  "id",  "re",  "st",    "sh",
    "ke",   "ng",   "sa",   "na",  "mo",  "si",   "ni",  "pa",  "mr",  "ms",    "gs",
    "bs",   "et",   "you",  "how", "now", "call", "day", "one", "new", "today", "love",
    "help", "here", "show", "mom", "dad", "got",  "kids"};

bool is_lower(char c) { return c >= 'a' && c <= 'z'; }
bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_label_char(char c) { return is_lower(c) || is_digit(c) || c == '-' || c == '_'; }

// What may stand in a path; quotes and brackets of the surrounding text do not.
bool is_path_char(char c) {
  if (c <= ' ' || c >= 0x7F) return false;
  return c != '<' && c != '>' && c != '"' && c != '{' && c != '}' && c != '|' && c != '\\' &&
         c != '^' && c != '`';
}

bool is_closing(char c) {
  return c == '.' || c == ',' || c == ';' || c == ':' || c == '!' || c == '?' || c == ')' ||
         c == ']' || c == '\'' || c == '*';
}

// The first of . : ( [ { at or after `at`, or the size of the text.
size_t find_mark(std::string_view text, size_t at) {
#if defined(__SSE2__)
  while (at + 16 <= text.size()) {
    const __m128i v = _mm_loadu_si128(reinterpret_cast<const __m128i*>(text.data() + at));
    const auto equal = [v](char c) { return _mm_cmpeq_epi8(v, _mm_set1_epi8(c)); };
    const __m128i brackets = _mm_or_si128(_mm_or_si128(equal('('), equal('[')), equal('{'));
    const __m128i found = _mm_or_si128(brackets, _mm_or_si128(equal('.'), equal(':')));
    const auto bits = static_cast<uint32_t>(_mm_movemask_epi8(found));
    if (bits != 0) return at + static_cast<size_t>(std::countr_zero(bits));
    at += 16;
  }
#endif
  for (; at < text.size(); ++at) {
    const char c = text[at];
    if (c == '.' || c == ':' || c == '(' || c == '[' || c == '{') return at;
  }
  return text.size();
}

bool starts_with(std::string_view text, size_t at, std::string_view what) {
  return text.substr(at, what.size()) == what;
}

// A run of labels divided by dots.
struct Host {
  size_t begin = 0;
  size_t end = 0;
  size_t last_label = 0;
  size_t labels = 0;
  bool dressed = false;
};

size_t skip_label(std::string_view text, size_t at) {
  while (at < text.size() && is_label_char(text[at])) ++at;
  return at;
}

// A label of letters of any script, for hosts that a scheme announces. Text in an unspaced script
// may follow a host at once: only a label that begins so goes on so.
size_t skip_any_label(std::string_view text, size_t at) {
  bool first = true;
  bool unspaced_allowed = false;
  while (at < text.size()) {
    const CharKind kind = props_of(decode_at(text.data(), at)).kind;
    unspaced_allowed |= first && kind == CharKind::kUnspaced;
    first = false;
    const bool letter = kind == CharKind::kSpaced || kind == CharKind::kDigit ||
                        kind == CharKind::kMark ||
                        (kind == CharKind::kUnspaced && unspaced_allowed);
    if (!letter && !is_label_char(text[at])) break;
    at += utf8_size_of_lead(text[at]);
  }
  return at;
}

// Labels from `at` on. A dot that no label follows is not part of the host.
Host read_host(std::string_view text, size_t at, bool any_script) {
  Host host{at, at, at, 0, false};
  bool dressed = false;
  while (host.end - host.begin <= kHostBytesMax) {
    const size_t end = any_script ? skip_any_label(text, at) : skip_label(text, at);
    if (end == at) break;
    host.last_label = at;
    host.end = end;
    host.dressed = dressed;
    ++host.labels;
    const size_t dot = dot_size(text, end);
    if (dot == 0) break;
    dressed |= dot > 1;
    at = end + dot;
  }
  return host;
}

// The host without its last label. REQUIRES: at least two labels.
void drop_last_label(std::string_view text, Host& host) {
  size_t end = host.last_label;
  while (!is_label_char(text[end - 1]) || dot_size(text, end) == 0) --end;
  host.end = end;
  while (end > host.begin && is_label_char(text[end - 1])) --end;
  host.last_label = end;
  --host.labels;
}

bool is_word_domain(std::string_view label) {
  return std::find(kWordDomains.begin(), kWordDomains.end(), label) != kWordDomains.end();
}

bool has_letter_beside_digit(std::string_view label) {
  for (size_t i = 1; i < label.size(); ++i) {
    if (is_lower(label[i - 1]) && is_digit(label[i])) return true;
    if (is_digit(label[i - 1]) && is_lower(label[i])) return true;
  }
  return false;
}

bool is_ip_address(std::string_view host) {
  size_t parts = 1;
  size_t digits = 0;
  for (const char c : host) {
    if (c == '.') {
      if (digits == 0 || digits > 3) return false;
      digits = 0;
      ++parts;
    } else if (!is_digit(c)) {
      return false;
    } else {
      ++digits;
    }
  }
  return parts == 4 && digits > 0 && digits <= 3;
}

size_t skip_port(std::string_view text, size_t at) {
  if (at + 1 >= text.size() || text[at] != ':' || !is_digit(text[at + 1])) return at;
  size_t end = at + 1;
  while (end < text.size() && end <= at + 5 && is_digit(text[end])) ++end;
  return end;
}

bool begins_path(std::string_view text, size_t at) {
  if (at >= text.size()) return false;
  return text[at] == '/' || text[at] == '?' || text[at] == '#';
}

// The end of port and path after a host.
size_t skip_rest(std::string_view text, size_t host_end) {
  size_t end = skip_port(text, host_end);
  if (!begins_path(text, end)) return end;
  const size_t path = end;
  while (end < text.size() && is_path_char(text[end])) ++end;
  while (end > path + 1 && is_closing(text[end - 1])) --end;
  return end;
}

FoundUrl found(std::string_view text, size_t begin, const Host& host) {
  const auto offset = [](size_t at) { return static_cast<uint32_t>(at); };
  FoundUrl url;
  url.span = {offset(begin), offset(skip_rest(text, host.end))};
  url.host = {offset(host.begin), offset(host.end)};
  url.has_dressed_dot = host.dressed;
  return url;
}

}  // namespace

size_t dot_size(std::string_view text, size_t at) {
  if (at >= text.size()) return 0;
  if (text[at] == '.') return 1;
  if (text[at] != '[' && text[at] != '(' && text[at] != '{') return 0;
  const char closing = text[at] == '[' ? ']' : text[at] == '(' ? ')' : '}';
  for (const std::string_view inside : {std::string_view("."), std::string_view("dot")}) {
    const size_t end = at + 1 + inside.size();
    if (starts_with(text, at + 1, inside) && end < text.size() && text[end] == closing) {
      return inside.size() + 2;
    }
  }
  return 0;
}

std::optional<FoundUrl> UrlScanner::next() {
  while (true) {
    at_ = find_mark(text_, at_);
    if (at_ >= text_.size()) return std::nullopt;
    const auto url = text_[at_] == ':' ? at_scheme(at_) : at_dot(at_);
    if (url) {
      floor_ = at_ = url->span.end;
      return url;
    }
    ++at_;
  }
}

std::optional<FoundUrl> UrlScanner::at_scheme(size_t colon) const {
  if (!starts_with(text_, colon, "://")) return std::nullopt;
  const std::string_view before = text_.substr(floor_, colon - floor_);
  const auto scheme = std::find_if(kSchemes.begin(), kSchemes.end(),
                                   [before](std::string_view s) { return before.ends_with(s); });
  if (scheme == kSchemes.end()) return std::nullopt;
  size_t authority = colon + 3;
  while (authority < text_.size() && text_[authority] == '/') ++authority;
  // What stands before an @ is a disguise: the host comes after the last.
  for (size_t at = authority; at < text_.size() && at < authority + kHostBytesMax; ++at) {
    if (text_[at] == '@') authority = at + 1;
    if (!is_path_char(text_[at]) || text_[at] == '/' || text_[at] == '?' || text_[at] == '#') break;
  }
  const Host host = read_host(text_, authority, true);
  if (host.labels == 0) return std::nullopt;
  FoundUrl url = found(text_, colon - scheme->size(), host);
  url.scheme = text_.substr(colon - scheme->size(), scheme->size());
  return url;
}

std::optional<FoundUrl> UrlScanner::at_dot(size_t dot) const {
  if (dot_size(text_, dot) == 0) return std::nullopt;
  size_t begin = dot;
  while (begin > floor_ && is_label_char(text_[begin - 1]) && dot - begin < kLabelBytesMax) --begin;
  while (begin < dot && !is_lower(text_[begin]) && !is_digit(text_[begin])) ++begin;
  const bool mail = begin > 0 && text_[begin - 1] == '@';
  if (begin == dot || mail) return std::nullopt;
  Host host = read_host(text_, begin, false);
  if (is_ip_address(text_.substr(begin, host.end - begin))) {
    return begins_path(text_, skip_port(text_, host.end)) ? std::optional(found(text_, begin, host))
                                                          : std::nullopt;
  }
  const auto last = [&] { return text_.substr(host.last_label, host.end - host.last_label); };
  while (host.labels >= 2 && !is_top_level_domain(last())) drop_last_label(text_, host);
  if (host.labels < 2) return std::nullopt;
  const std::string_view name = text_.substr(begin, dot - begin);
  const bool sure = host.labels > 2 || !is_word_domain(last()) || has_letter_beside_digit(name) ||
                    name.find('-') != std::string_view::npos ||
                    begins_path(text_, skip_port(text_, host.end));
  if (!sure) return std::nullopt;
  return found(text_, begin, host);
}

}  // namespace sieve
