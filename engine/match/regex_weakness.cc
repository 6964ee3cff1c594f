#include "match/regex_weakness.h"

#include <re2/filtered_re2.h>
#include <re2/re2.h>

#include <algorithm>
#include <vector>

#include "base/limits.h"
#include "base/utf8.h"

namespace sieve {
namespace {

constexpr size_t kLiteralCharsMin = 3;

re2::RE2::Options options() {
  re2::RE2::Options options;
  options.set_log_errors(false);
  options.set_dot_nl(true);
  return options;
}

// RE2 says which texts a match needs, as a condition with `and` and `or` over them. It is asked
// whether that can hold when none of the long ones is there.
bool needs_literal(const std::string& regex) {
  re2::FilteredRE2 filter(1);
  int id = 0;
  if (filter.Add(regex, options(), &id) != re2::RE2::NoError) return false;
  std::vector<std::string> literals;
  filter.Compile(&literals);
  std::vector<int> short_ones;
  for (size_t i = 0; i < literals.size(); ++i) {
    if (count_chars(literals[i]) < kLiteralCharsMin) short_ones.push_back(static_cast<int>(i));
  }
  std::vector<int> possible;
  filter.AllPotentials(short_ones, &possible);
  return possible.empty();
}

}  // namespace

std::optional<RegexWeakness> weakness_of(const std::string& regex) {
  using Kind = RegexWeakness::Kind;
  const re2::RE2 compiled(regex, options());
  const int instructions = std::max(compiled.ProgramSize(), compiled.ReverseProgramSize());
  if (!needs_literal(regex)) return RegexWeakness{Kind::kNoLiteral, instructions};
  if (instructions > limits::kRegexInstructionsCheap) {
    return RegexWeakness{Kind::kLarge, instructions};
  }
  return std::nullopt;
}

}  // namespace sieve
