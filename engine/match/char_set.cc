#include "match/char_set.h"

#include <algorithm>

#include "base/check.h"
#include "base/utf8.h"

namespace sieve {
namespace {

constexpr char32_t kCodePointMax = 0x10FFFF;

using ByteSet = std::bitset<256>;

struct NamedRange {
  std::string_view name;
  char32_t low;
  char32_t high;
};

// POSIX and Perl classes as RE2 reads them: ASCII only. `perl_space` is \s, which lacks \v.
constexpr NamedRange kNamedRanges[] = {
    {"alnum", '0', '9'},      {"alnum", 'A', 'Z'},        {"alnum", 'a', 'z'},
    {"alpha", 'A', 'Z'},      {"alpha", 'a', 'z'},        {"ascii", 0, 0x7F},
    {"blank", '\t', '\t'},    {"blank", ' ', ' '},        {"cntrl", 0, 0x1F},
    {"cntrl", 0x7F, 0x7F},    {"digit", '0', '9'},        {"graph", '!', '~'},
    {"lower", 'a', 'z'},      {"print", ' ', '~'},        {"punct", '!', '/'},
    {"punct", ':', '@'},      {"punct", '[', '`'},        {"punct", '{', '~'},
    {"space", '\t', '\r'},    {"space", ' ', ' '},        {"upper", 'A', 'Z'},
    {"word", '0', '9'},       {"word", 'A', 'Z'},         {"word", 'a', 'z'},
    {"word", '_', '_'},       {"xdigit", '0', '9'},       {"xdigit", 'A', 'F'},
    {"xdigit", 'a', 'f'},     {"perl_space", '\t', '\n'}, {"perl_space", '\f', '\r'},
    {"perl_space", ' ', ' '},
};

uint8_t byte_at(const std::string& encoded, size_t index) {
  return static_cast<uint8_t>(encoded[index]);
}

std::string encode(char32_t code_point) {
  // A surrogate never occurs in valid UTF-8; as the end of a range it stands for its neighbour.
  if (code_point >= 0xD800 && code_point <= 0xDFFF) code_point = 0xD7FF;
  std::string out;
  append_utf8(out, code_point);
  return out;
}

void set_range(ByteSet& set, uint8_t low, uint8_t high) {
  for (size_t byte = low; byte <= high; ++byte) set.set(byte);
}

// The bytes of the characters `low` to `high`, which take equally many bytes: the common prefix,
// a range where they part, and any continuation after it.
void add_same_size_range(ByteSet& set, const std::string& low, const std::string& high) {
  size_t at = 0;
  while (at < low.size() && low[at] == high[at]) set.set(byte_at(low, at++));
  if (at == low.size()) return;
  set_range(set, byte_at(low, at), byte_at(high, at));
  if (at + 1 < low.size()) set_range(set, 0x80, 0xBF);
}

void append_hex_byte(std::string& out, size_t byte) {
  constexpr std::string_view kDigits = "0123456789abcdef";
  out += "\\x";
  out += kDigits[byte >> 4];
  out += kDigits[byte & 15];
}

std::string class_expression(const ByteSet& set) {
  std::string out = "[";
  for (size_t low = 0; low < 256; ++low) {
    if (!set[low]) continue;
    size_t high = low;
    while (high + 1 < 256 && set[high + 1]) ++high;
    append_hex_byte(out, low);
    if (high > low) {
      out += '-';
      append_hex_byte(out, high);
    }
    low = high;
  }
  out += ']';
  return out;
}

}  // namespace

void CharSet::add(char32_t low, char32_t high) {
  if (high >= 0x80) names_non_ascii_ = true;
  ranges_.push_back({low, high});
}

void CharSet::add_unknown() {
  unknown_ = true;
  names_non_ascii_ = true;
}

bool CharSet::add_named(std::string_view name, bool negated) {
  CharSet named;
  for (const NamedRange& range : kNamedRanges) {
    if (range.name == name) named.ranges_.push_back({range.low, range.high});
  }
  if (named.ranges_.empty()) return false;
  if (negated) named.negate();
  ranges_.insert(ranges_.end(), named.ranges_.begin(), named.ranges_.end());
  return true;
}

void CharSet::negate() {
  names_non_ascii_ = false;
  // The complement of a class that was not looked up may be anything, too.
  if (unknown_) return;
  std::vector<Range> complement;
  char32_t next = 0;
  for (const Range& range : normalized()) {
    if (range.low > next) complement.push_back({next, range.low - 1});
    next = range.high + 1;
  }
  if (next <= kCodePointMax) complement.push_back({next, kCodePointMax});
  ranges_ = std::move(complement);
}

bool CharSet::ascii_only() const {
  return !unknown_ && std::all_of(ranges_.begin(), ranges_.end(),
                                  [](const Range& range) { return range.high < 0x80; });
}

bool CharSet::upper_only() const {
  return !empty() && !unknown_ &&
         std::all_of(ranges_.begin(), ranges_.end(),
                     [](const Range& range) { return range.low >= 'A' && range.high <= 'Z'; });
}

CharSet::Bytes CharSet::bytes() const {
  SIEVE_CHECK(!empty(), "a class without members has no bytes");
  constexpr Range kSameSize[] = {
      {0, 0x7F}, {0x80, 0x7FF}, {0x800, 0xFFFF}, {0x10000, kCodePointMax}};
  ByteSet set;
  Bytes out;
  const std::vector<Range> ranges =
      unknown_ ? std::vector<Range>{{0, kCodePointMax}} : normalized();
  for (uint32_t size = 1; size <= 4; ++size) {
    const Range& limits = kSameSize[size - 1];
    for (const Range& range : ranges) {
      const char32_t low = std::max(range.low, limits.low);
      const char32_t high = std::min(range.high, limits.high);
      if (low > high) continue;
      add_same_size_range(set, encode(low), encode(high));
      if (out.size_min == 0) out.size_min = size;
      out.size_max = size;
    }
  }
  out.expression = class_expression(set);
  return out;
}

std::vector<CharSet::Range> CharSet::normalized() const {
  std::vector<Range> sorted = ranges_;
  std::sort(sorted.begin(), sorted.end(),
            [](const Range& a, const Range& b) { return a.low < b.low; });
  std::vector<Range> joined;
  for (const Range& range : sorted) {
    if (!joined.empty() && range.low <= joined.back().high + 1) {
      joined.back().high = std::max(joined.back().high, range.high);
    } else {
      joined.push_back(range);
    }
  }
  return joined;
}

}  // namespace sieve
