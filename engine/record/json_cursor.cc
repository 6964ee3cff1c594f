#include "record/json_cursor.h"

#include <simdjson.h>

#include <array>
#include <cstring>

#include "base/check.h"
#include "base/limits.h"
#include "base/utf8.h"

namespace sieve {
namespace {

static_assert(limits::kPaddingBytes >= simdjson::SIMDJSON_PADDING);

constexpr char32_t kReplacement = 0xFFFD;

// Four hexadecimal digits at `in`, or a value above 0xFFFF.
uint32_t hex4(const char* in) {
  uint32_t value = 0;
  for (size_t i = 0; i < 4; ++i) {
    const unsigned char c = static_cast<unsigned char>(in[i]);
    const unsigned digit = c - unsigned{'0'};
    const unsigned letter = (c | 0x20U) - unsigned{'a'};
    if (digit > 9 && letter > 5) return 0x10000;
    value = value << 4 | (digit <= 9 ? digit : letter + 10);
  }
  return value;
}

bool is_high_surrogate(uint32_t unit) { return unit >= 0xD800 && unit < 0xDC00; }
bool is_low_surrogate(uint32_t unit) { return unit >= 0xDC00 && unit < 0xE000; }

// The character of a `\u` escape whose digits begin at `in`, which moves past it and, for a pair,
// past its second half. False: no four hexadecimal digits.
bool read_unicode_escape(const char*& in, const char* end, char32_t& out) {
  if (end - in < 4) return false;
  const uint32_t unit = hex4(in);
  if (unit > 0xFFFF) return false;
  in += 4;
  out = unit;
  if (is_high_surrogate(unit) && end - in >= 6 && in[0] == '\\' && in[1] == 'u') {
    const uint32_t low = hex4(in + 2);
    if (is_low_surrogate(low)) {
      in += 6;
      out = 0x10000 + ((unit - 0xD800) << 10) + (low - 0xDC00);
      return true;
    }
  }
  if (is_high_surrogate(unit) || is_low_surrogate(unit)) out = kReplacement;
  return true;
}

// The character that `\c` stands for, or 0.
char simple_escape(char c) {
  switch (c) {
    case '"':
    case '\\':
    case '/':
      return c;
    case 'b':
      return '\b';
    case 'f':
      return '\f';
    case 'n':
      return '\n';
    case 'r':
      return '\r';
    case 't':
      return '\t';
    default:
      return '\0';
  }
}

// Whether `bytes` or the bytes right behind them hold a backslash. Without an early end, as most
// records have none: half the time of memchr at their size.
bool may_hold_backslash(std::string_view bytes) {
  using Vector __attribute__((vector_size(16))) = char;
  constexpr size_t kStep = 4 * sizeof(Vector);
  static_assert(limits::kPaddingBytes >= kStep);
  Vector found = {};
  for (size_t at = 0; at < bytes.size(); at += kStep) {
    std::array<Vector, 4> chunk;
    std::memcpy(&chunk, bytes.data() + at, kStep);
    found |= (chunk[0] == '\\') | (chunk[1] == '\\') | (chunk[2] == '\\') | (chunk[3] == '\\');
  }
  std::array<uint64_t, 2> words;
  std::memcpy(words.data(), &found, sizeof(found));
  return (words[0] | words[1]) != 0;
}

}  // namespace

struct JsonCursor::Index {
  std::unique_ptr<simdjson::internal::dom_parser_implementation> parser;
};

JsonCursor::JsonCursor() : index_(std::make_unique<Index>()) {
  // The whole capacity at once, so that no record makes it grow. Pages that records never reach are
  // never touched. The depth belongs to a stage that we do not run.
  const auto error = simdjson::get_active_implementation()->create_dom_parser_implementation(
      limits::kRecordBytesMax, 1, index_->parser);
  SIEVE_CHECK(error == simdjson::SUCCESS, "simdjson: {}", simdjson::error_message(error));
}
JsonCursor::~JsonCursor() = default;
JsonCursor::JsonCursor(JsonCursor&&) noexcept = default;

DecodeError JsonCursor::open(std::string_view bytes) {
  SIEVE_CHECK(bytes.size() <= limits::kRecordBytesMax, "{} bytes", bytes.size());
  base_ = bytes.data();
  at_ = end_ = nullptr;
  if (bytes.empty()) return DecodeError::kEmpty;
  const auto error = index_->parser->stage1(reinterpret_cast<const uint8_t*>(bytes.data()),
                                            bytes.size(), simdjson::stage1_mode::regular);
  if (error == simdjson::EMPTY) return DecodeError::kEmpty;
  if (error == simdjson::UTF8_ERROR) return DecodeError::kInvalidUtf8;
  if (error != simdjson::SUCCESS) return DecodeError::kMalformedJson;
  at_ = index_->parser->structural_indexes.get();
  end_ = at_ + index_->parser->n_structural_indexes;
  if (peek() != '{' || base_[end_[-1]] != '}') return DecodeError::kMalformedJson;
  may_have_escapes_ = may_hold_backslash(bytes);
  return DecodeError::kNone;
}

bool JsonCursor::skip_value() {
  switch (peek()) {
    case '{':
    case '[':
      break;
    case '}':
    case ']':
    case ',':
    case ':':
      return false;
    default:
      ++at_;
      return true;
  }
  size_t depth = 0;
  while (at_ != end_) {
    const char c = base_[*at_++];
    if (c == '{' || c == '[') ++depth;
    if ((c == '}' || c == ']') && --depth == 0) return true;
  }
  return false;
}

bool unescape_json(std::string_view raw, Arena& arena, std::string_view& out) {
  const char* in = raw.data();
  const char* const end = in + raw.size();
  const void* escape = raw.empty() ? nullptr : std::memchr(in, '\\', raw.size());
  if (escape == nullptr) {
    out = raw;
    return true;
  }
  // Every escape is at least as long as what it stands for.
  char* const begin = arena.allocate(raw.size() + kUnescapedPadding);
  char* at = begin;
  while (escape != nullptr) {
    const size_t plain = static_cast<size_t>(static_cast<const char*>(escape) - in);
    std::memcpy(at, in, plain);
    at += plain;
    in += plain + 1;
    if (in == end) return false;
    const char c = *in++;
    char32_t character = static_cast<unsigned char>(simple_escape(c));
    if (c == 'u') {
      if (!read_unicode_escape(in, end, character)) return false;
    } else if (character == 0) {
      return false;
    }
    at = write_utf8(character, at);
    // Texts in unspaced scripts often come as one escape after another.
    escape = in != end && *in == '\\' ? in : std::memchr(in, '\\', static_cast<size_t>(end - in));
  }
  std::memcpy(at, in, static_cast<size_t>(end - in));
  at += end - in;
  out = {begin, static_cast<size_t>(at - begin)};
  return true;
}

}  // namespace sieve
