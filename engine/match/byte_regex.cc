#include "match/byte_regex.h"

#include <fmt/format.h>

#include <algorithm>
#include <optional>

#include "base/utf8.h"
#include "match/regex_token.h"
#include "text/fold.h"

namespace sieve {
namespace {

// Hyperscan's largest repeat; beyond it a bound is dropped, which keeps the superset.
constexpr uint64_t kRepeatMax = 32'767;
constexpr std::string_view kNothing = "(?:)";

bool is_upper(char32_t c) { return c >= 'A' && c <= 'Z'; }

PatternFailure failure(PatternProblem problem, std::string_view fragment, std::string message) {
  PatternFailure out;
  out.problem = problem;
  out.message = std::move(message);
  out.fragment = std::string(fragment);
  return out;
}

std::string repeat_text(uint64_t min, uint64_t max) {
  min = std::min(min, kRepeatMax);
  if (max > kRepeatMax) return min == 0 ? "*" : min == 1 ? "+" : fmt::format("{{{},}}", min);
  if (min == 0 && max == 1) return "?";
  return min == max ? fmt::format("{{{}}}", min) : fmt::format("{{{},{}}}", min, max);
}

class Rewriter {
 public:
  Rewriter(std::string_view regex, View view) : reader_(regex), view_(view) {}

  Expected<ByteRegex, PatternFailure> run();

 private:
  void append(const RegexToken& token);
  void append_assertion(const RegexToken& token, std::string_view expression);
  void append_char(char32_t code_point);
  void append_set(const CharSet& set);
  void append_repeat(const RegexToken& token);
  void drop_assertions();
  std::optional<PatternFailure> problem_of(const RegexToken& token);
  std::optional<PatternFailure> never_matches(const RegexToken& token) const;
  std::optional<PatternFailure> wrong_boundary(const RegexToken& token);

  // What a repeat that comes next applies to.
  enum class Unit : uint8_t { kPlain, kManyBytes, kSet, kAssertion };

  // Where one stands in out_.expression.
  struct Assertion {
    size_t begin;
    size_t size;
  };

  RegexReader reader_;
  View view_;
  ByteRegex out_;
  Unit unit_ = Unit::kPlain;
  size_t unit_begin_ = 0;  // In out_.expression.
  CharSet::Bytes set_;     // Of a unit that is a set; what stands for it so far can be replaced.
  std::vector<Assertion> assertions_;
  std::string_view boundary_;  // A \b that still waits for what follows it.
  bool previous_is_non_ascii_ = false;
};

Expected<ByteRegex, PatternFailure> Rewriter::run() {
  for (RegexToken token = reader_.next(); token.kind != RegexTokenKind::kEnd;
       token = reader_.next()) {
    if (auto problem = problem_of(token)) return Unexpected<PatternFailure>(std::move(*problem));
    append(token);
  }
  drop_assertions();
  return std::move(out_);
}

void Rewriter::drop_assertions() {
  size_t at = 0;
  for (const Assertion& assertion : assertions_) {
    out_.loose_expression += out_.expression.substr(at, assertion.begin - at);
    out_.loose_expression += kNothing;
    at = assertion.begin + assertion.size;
  }
  out_.loose_expression += out_.expression.substr(at);
}

void Rewriter::append(const RegexToken& token) {
  switch (token.kind) {
    case RegexTokenKind::kTextBegin:
      return append_assertion(token, "^");
    case RegexTokenKind::kTextEnd:
      return append_assertion(token, "\\z");
    case RegexTokenKind::kWordBoundary:
      return append_assertion(token, "\\b");
    case RegexTokenKind::kNotWordBoundary:
      return append_assertion(token, "\\B");
    case RegexTokenKind::kRepeat:
      append_repeat(token);
      break;
    case RegexTokenKind::kChar:
      append_char(token.code_point);
      break;
    case RegexTokenKind::kSet:
      append_set(token.set);
      break;
    case RegexTokenKind::kOpen:
      out_.expression += "(?:";
      unit_ = Unit::kPlain;
      break;
    case RegexTokenKind::kClose:
    case RegexTokenKind::kAlternative:
      out_.expression += token.source;
      unit_ = Unit::kPlain;
      break;
    case RegexTokenKind::kFlags:
    case RegexTokenKind::kAnyByte:
    case RegexTokenKind::kEnd:
      break;  // Refused before.
  }
  // A character between \Q and \E is not quoted any more when its neighbours are left out.
  if (token.kind == RegexTokenKind::kChar && token.code_point < 0x80) {
    out_.without_assertions += fmt::format("\\x{:02x}", static_cast<uint32_t>(token.code_point));
  } else if (token.kind == RegexTokenKind::kChar) {
    append_utf8(out_.without_assertions, token.code_point);
  } else {
    out_.without_assertions += token.source;
  }
}

void Rewriter::append_assertion(const RegexToken& token, std::string_view expression) {
  if (token.kind == RegexTokenKind::kWordBoundary) boundary_ = token.source;
  unit_ = Unit::kAssertion;
  unit_begin_ = out_.expression.size();
  out_.expression += expression;
  assertions_.push_back({unit_begin_, expression.size()});
  out_.without_assertions += kNothing;
}

void Rewriter::append_char(char32_t code_point) {
  unit_ = code_point < 0x80 ? Unit::kPlain : Unit::kManyBytes;
  unit_begin_ = out_.expression.size();
  std::string bytes;
  append_utf8(bytes, code_point);
  out_.expression += escape_bytes(bytes);
}

void Rewriter::append_set(const CharSet& set) {
  unit_ = Unit::kSet;
  unit_begin_ = out_.expression.size();
  set_ = set.bytes();
  out_.expression += set_.expression;
  if (set_.size_max > 1) out_.expression += repeat_text(set_.size_min, set_.size_max);
}

void Rewriter::append_repeat(const RegexToken& token) {
  uint64_t min = token.repeat_min;
  uint64_t max = token.repeat_max == RegexToken::kUnbounded ? UINT64_MAX : token.repeat_max;
  switch (unit_) {
    case Unit::kPlain:
      break;
    case Unit::kManyBytes:
      out_.expression.insert(unit_begin_, "(?:");
      out_.expression += ')';
      break;
    case Unit::kSet:
      out_.expression.resize(unit_begin_);
      out_.expression += set_.expression;
      min *= set_.size_min;
      if (max != UINT64_MAX) max *= set_.size_max;
      break;
    case Unit::kAssertion:
      // An assertion holds once or often alike, and one that need not hold says nothing.
      if (min > 0) return;
      out_.expression.replace(unit_begin_, std::string::npos, kNothing);
      assertions_.pop_back();
      return;
  }
  out_.expression += repeat_text(min, max);
}

std::optional<PatternFailure> Rewriter::problem_of(const RegexToken& token) {
  if (token.kind == RegexTokenKind::kFlags) {
    return failure(PatternProblem::kFlags, token.source,
                   fmt::format("flags such as `{}` have no use: text is searched folded, and `.` "
                               "stands for any character, line breaks included",
                               token.source));
  }
  if (token.kind == RegexTokenKind::kAnyByte) {
    return failure(PatternProblem::kSyntax, token.source,
                   "`\\C` would cut characters in pieces; `.` stands for any character");
  }
  if (auto never = never_matches(token)) return never;
  return wrong_boundary(token);
}

std::optional<PatternFailure> Rewriter::never_matches(const RegexToken& token) const {
  if (token.kind == RegexTokenKind::kSet && token.set.empty()) {
    return failure(PatternProblem::kNeverMatches, token.source, "no character is in this class");
  }
  if (view_ == View::kRaw) return std::nullopt;
  const bool upper_set = token.kind == RegexTokenKind::kSet && token.set.upper_only();
  const bool upper_char = token.kind == RegexTokenKind::kChar && is_upper(token.code_point);
  if (upper_set || upper_char) {
    return failure(PatternProblem::kNeverMatches, token.source,
                   fmt::format("upper-case letter; the {} view is case-folded", name_of(view_)));
  }
  if (token.kind != RegexTokenKind::kChar || token.code_point < 0x80) return std::nullopt;
  std::string letter;
  append_utf8(letter, token.code_point);
  const std::string folded = fold_literal(letter, View::kText);
  // A mark on its own may fold to nothing; within a word it stays.
  if (folded.empty() || folded == letter) return std::nullopt;
  return failure(
      PatternProblem::kNeverMatches, token.source,
      fmt::format("`{}` is `{}` in the {} view, which is folded", letter, folded, name_of(view_)));
}

// \b knows ASCII letters only: next to any other letter it says the opposite of what is meant.
std::optional<PatternFailure> Rewriter::wrong_boundary(const RegexToken& token) {
  const bool is_atom = token.kind == RegexTokenKind::kChar || token.kind == RegexTokenKind::kSet;
  const bool non_ascii =
      token.kind == RegexTokenKind::kChar ? token.code_point >= 0x80 : token.set.names_non_ascii();
  std::string_view wrong;
  if (is_atom && non_ascii) wrong = boundary_;
  if (token.kind == RegexTokenKind::kWordBoundary && previous_is_non_ascii_) wrong = token.source;
  if (is_atom) {
    boundary_ = {};
    previous_is_non_ascii_ = non_ascii;
  } else if (token.kind == RegexTokenKind::kAlternative) {
    boundary_ = {};
    previous_is_non_ascii_ = false;
  }
  if (wrong.empty()) return std::nullopt;
  return failure(PatternProblem::kWordBoundary, wrong,
                 "`\\b` knows ASCII letters only and is inverted next to others; use `words`, or a "
                 "space in the words view");
}

}  // namespace

Expected<ByteRegex, PatternFailure> to_byte_regex(std::string_view regex, View view) {
  return Rewriter(regex, view).run();
}

std::string escape_bytes(std::string_view bytes) {
  std::string out;
  for (const char c : bytes) {
    const bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
    if (plain || c == ' ') {
      out += c;
    } else {
      out += fmt::format("\\x{:02x}", static_cast<uint8_t>(c));
    }
  }
  return out;
}

}  // namespace sieve
