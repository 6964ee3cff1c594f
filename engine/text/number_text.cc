#include "text/number_text.h"

#include <algorithm>
#include <array>

namespace sieve {
namespace {

// A double holds 15 digits exactly.
constexpr size_t kDigitsMax = 15;
constexpr std::array kPowersOfTen = {1e0, 1e1, 1e2,  1e3,  1e4,  1e5,  1e6,  1e7,
                                     1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15};

// Groups with one separator each between them.
struct Chain {
  std::array<std::string_view, kNumberGroupsMax> groups;
  std::array<char, kNumberGroupsMax> separators;  // Entry i stands before group i.
  size_t count = 0;
};

Chain read_chain(std::string_view text, const TextMarks& marks, size_t first) {
  Chain chain;
  for (size_t i = first; i < marks.group_count && chain.count < kNumberGroupsMax; ++i) {
    const DigitGroup& group = marks.groups[i];
    if (i > first) {
      const char c = text[group.begin - 1];
      const bool joined = group.begin - marks.groups[i - 1].end == 1;
      if (!joined || (c != ',' && c != '.' && c != ' ' && c != '\'')) break;
      chain.separators[chain.count] = c;
    }
    chain.groups[chain.count++] = text.substr(group.begin, group.size());
  }
  return chain;
}

// Whether the first `count` groups are one whole number with separators between its thousands, or
// as in India: the last three digits, then pairs.
bool are_thousands(const Chain& chain, size_t count) {
  if (chain.groups[0].size() > 3 || chain.groups[0].front() == '0') return false;
  bool threes = true;
  bool pairs = count > 2 && chain.separators[1] == ',' && chain.groups[0].size() <= 2 &&
               chain.groups[count - 1].size() == 3;
  for (size_t i = 1; i < count; ++i) {
    if (chain.separators[i] != chain.separators[1]) return false;
    threes = threes && chain.groups[i].size() == 3;
    pairs = pairs && (i + 1 == count || chain.groups[i].size() == 2);
  }
  return threes || pairs;
}

// Whether the last of `count` groups is a fraction.
bool ends_in_fraction(const Chain& chain, size_t count, PointBeforeThree point) {
  const char separator = chain.separators[count - 1];
  if (separator != '.' && separator != ',') return false;
  const size_t size = chain.groups[count - 1].size();
  if (count == 2) {
    const bool zero = chain.groups[0] == "0";
    if (size == 3) return zero || (separator == '.' && point == PointBeforeThree::kDecimal);
    return size <= 2 || (separator == '.' && size <= 8);
  }
  return chain.separators[1] != separator && size <= 8 && are_thousands(chain, count - 1);
}

std::optional<WrittenNumber> read_groups(const Chain& chain, size_t count, PointBeforeThree point) {
  const bool fraction = count > 1 && ends_in_fraction(chain, count, point);
  const size_t whole = fraction ? count - 1 : count;
  if (whole > 1 && !are_thousands(chain, whole)) return {};
  double value = 0;
  size_t digits = 0;
  for (size_t i = 0; i < count; ++i) {
    digits += chain.groups[i].size();
    if (digits > kDigitsMax) return {};
    for (const char c : chain.groups[i]) value = value * 10 + (c - '0');
  }
  if (fraction) value /= kPowersOfTen[chain.groups[count - 1].size()];
  return WrittenNumber{value, count - 1, whole > 1};
}

}  // namespace

std::optional<WrittenNumber> read_written_number(std::string_view text, const TextMarks& marks,
                                                 size_t first, PointBeforeThree point) {
  const Chain chain = read_chain(text, marks, first);
  if (chain.groups[0].front() == '0' && chain.groups[0].size() > 1) return {};
  for (size_t count = chain.count; count > 0; --count) {
    // A number does not end before a separator that goes on without a space.
    if (count < chain.count && chain.separators[count] != ' ') continue;
    auto number = read_groups(chain, count, point);
    if (!number) continue;
    number->last_group += first;
    return number;
  }
  return {};
}

std::optional<double> number_of(std::string_view text) {
  const size_t first = std::min(text.find_first_not_of(' '), text.size());
  text = text.substr(first, text.find_last_not_of(' ') + 1 - first);
  TextMarks marks;
  mark_text(text, Entities(), marks);
  if (marks.group_count == 0 || marks.groups[0].begin != 0) return {};
  const auto number = read_written_number(text, marks, 0, PointBeforeThree::kThousands);
  const bool is_whole = number && number->last_group + 1 == marks.group_count &&
                        marks.groups[number->last_group].end == text.size();
  if (!is_whole) return {};
  return number->value;
}

}  // namespace sieve
