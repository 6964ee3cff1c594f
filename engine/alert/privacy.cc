#include "alert/privacy.h"

#include <algorithm>
#include <array>
#include <vector>

#include "base/utf8.h"

namespace sieve {
namespace {

constexpr size_t kMaskedRunMin = 4;
constexpr size_t kShownAtEnd = 2;
// From so many digits on, a number is a subscriber's and no short code.
constexpr size_t kSubscriberDigitsMin = 7;

// The zeros of the decimal digits of all scripts (Unicode 15, general category Nd); each begins a
// run of ten.
constexpr std::array<char32_t, 44> kZeros = {
    0x0030, 0x0660, 0x06F0, 0x07C0, 0x0966,  0x09E6,  0x0A66,  0x0AE6,  0x0B66,  0x0BE6,  0x0C66,
    0x0CE6, 0x0D66, 0x0DE6, 0x0E50, 0x0ED0,  0x0F20,  0x1040,  0x1090,  0x17E0,  0x1810,  0x1946,
    0x19D0, 0x1A80, 0x1A90, 0x1B50, 0x1BB0,  0x1C40,  0x1C50,  0xA620,  0xA8D0,  0xA900,  0xA9D0,
    0xA9F0, 0xAA50, 0xABF0, 0xFF10, 0x1D7CE, 0x1D7D8, 0x1D7E2, 0x1D7EC, 0x1D7F6, 0x1FBF0, 0x2080};

bool is_digit(char32_t c) {
  if (c < 0x80) return c >= '0' && c <= '9';
  const auto in_run = [c](char32_t zero) { return c >= zero && c < zero + 10; };
  // Superscripts and circled digits read as digits, too.
  return std::any_of(kZeros.begin(), kZeros.end(), in_run) || (c >= 0x2460 && c <= 0x2468) ||
         c == 0x24EA || c == 0x00B2 || c == 0x00B3 || c == 0x00B9 || c == 0x2070 ||
         (c >= 0x2074 && c <= 0x2079);
}

bool is_separator(char32_t c) {
  return c == ' ' || c == '-' || c == 0x00A0 || c == 0x00AD || (c >= 0x2000 && c <= 0x200F) ||
         (c >= 0x2010 && c <= 0x2013) || c == 0x202F || c == 0x2060 || c == 0xFEFF;
}

struct Digit {
  size_t begin;
  size_t size;
};

// The next run of digits at or after byte `at`, with at most two separators between two of them;
// empty at the end of the text. Moves `at` behind the run.
std::vector<Digit> next_run(std::string_view text, size_t& at) {
  std::vector<Digit> run;
  size_t separators = 0;
  for (size_t i = at; i < text.size();) {
    const Utf8Char c = decode_utf8(text, i);
    if (c.valid && is_digit(c.code_point)) {
      run.push_back({i, c.size});
      separators = 0;
      at = i + c.size;
    } else if (!run.empty() && (++separators > 2 || !is_separator(c.code_point))) {
      return run;
    }
    i += c.size;
  }
  if (run.empty()) at = text.size();
  return run;
}

// Digits left to see at either end.
struct Shown {
  size_t head;
  size_t tail;
};

// The text with stars for the other digits.
std::string star_out(std::string_view text, const std::vector<Digit>& digits, Shown shown) {
  std::string out;
  size_t copied = 0;
  for (size_t i = shown.head; i + shown.tail < digits.size(); ++i) {
    out += text.substr(copied, digits[i].begin - copied);
    out += '*';
    copied = digits[i].begin + digits[i].size;
  }
  out += text.substr(copied);
  return out;
}

std::string mask_runs(std::string_view text, size_t run_min) {
  std::string out;
  for (size_t at = 0; at < text.size();) {
    const size_t begin = at;
    const std::vector<Digit> run = next_run(text, at);
    const std::string_view part = text.substr(begin, at - begin);
    if (run.size() < run_min) {
      out += part;
      continue;
    }
    std::vector<Digit> digits = run;
    for (Digit& digit : digits) digit.begin -= begin;
    out += star_out(part, digits, {0, kShownAtEnd});
  }
  return out;
}

bool is_number_char(char c) {
  return (c >= '0' && c <= '9') || c == '+' || c == ' ' || c == '-' || c == '(' || c == ')' ||
         c == '.';
}

}  // namespace

std::string mask_digits(std::string_view text) { return mask_runs(text, kMaskedRunMin); }

std::string mask_number(std::string_view number) {
  const size_t at_sign = number.find('@');
  if (at_sign != std::string_view::npos) {
    const size_t shown = at_sign == 0 ? 0 : decode_utf8(number, 0).size;
    return std::string(number.substr(0, shown)) + "***" + std::string(number.substr(at_sign));
  }
  if (!std::all_of(number.begin(), number.end(), is_number_char)) {
    return mask_runs(number, kSubscriberDigitsMin);
  }
  std::vector<Digit> digits;
  for (size_t i = 0; i < number.size(); ++i) {
    if (is_digit(static_cast<uint8_t>(number[i]))) digits.push_back({i, 1});
  }
  if (digits.size() < kSubscriberDigitsMin) return std::string(number);
  return star_out(number, digits, digits.size() >= 10 ? Shown{4, 3} : Shown{2, 2});
}

}  // namespace sieve
