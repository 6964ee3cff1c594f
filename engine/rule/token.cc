#include "rule/token.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <optional>

#include "base/time.h"
#include "base/utf8.h"

namespace sieve {
namespace {

struct Spelling {
  std::string_view text;
  TokenKind kind;
};

constexpr std::array<Spelling, 10> kKeywords = {{{"and", TokenKind::kAnd},
                                                 {"or", TokenKind::kOr},
                                                 {"not", TokenKind::kNot},
                                                 {"of", TokenKind::kOf},
                                                 {"in", TokenKind::kIn},
                                                 {"any", TokenKind::kAny},
                                                 {"all", TokenKind::kAll},
                                                 {"none", TokenKind::kNone},
                                                 {"true", TokenKind::kTrue},
                                                 {"false", TokenKind::kFalse}}};

// Longer ones first.
constexpr std::array<Spelling, 11> kOperators = {{{"==", TokenKind::kEqual},
                                                  {"!=", TokenKind::kNotEqual},
                                                  {"<=", TokenKind::kLessEqual},
                                                  {">=", TokenKind::kGreaterEqual},
                                                  {"<", TokenKind::kLess},
                                                  {">", TokenKind::kGreater},
                                                  {"(", TokenKind::kOpen},
                                                  {")", TokenKind::kClose},
                                                  {"[", TokenKind::kOpenBracket},
                                                  {"]", TokenKind::kCloseBracket},
                                                  {",", TokenKind::kComma}}};

// What people write who know other languages.
struct Habit {
  std::string_view text;
  std::string_view ours;
};
constexpr std::array<Habit, 5> kHabits = {
    {{"&&", "and"}, {"||", "or"}, {"=", "=="}, {"!", "not "}, {"<>", "!="}}};

bool is_name_start(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_'; }
bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_name_char(char c) { return is_name_start(c) || is_digit(c) || c == '.'; }
bool is_space(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; }
// Of the ids of rules, with their namespaces.
bool is_id_char(char c) { return is_name_char(c) || c == '-' || c == '/'; }

std::optional<TokenKind> keyword_of(std::string_view word) {
  for (const Spelling& keyword : kKeywords) {
    if (keyword.text == word) return keyword.kind;
  }
  return {};
}

class Tokenizer {
 public:
  Tokenizer(std::string_view text, size_t begin, Arithmetic arithmetic)
      : text_(text), at_(begin), has_sums_(arithmetic == Arithmetic::kTimes) {}

  Tokens run() {
    while (out_.errors.empty() && next()) {
    }
    if (out_.errors.empty()) add(TokenKind::kEnd, text_.size(), text_.size());
    return std::move(out_);
  }

 private:
  bool next();
  void add(TokenKind kind, size_t begin, size_t end) {
    out_.tokens.push_back({kind, text_.substr(begin, end - begin), 0, begin, end});
    at_ = end;
  }
  TokenError& fail(size_t begin, size_t end, std::string title) {
    out_.errors.push_back({begin, end, std::move(title), {}, {}});
    return out_.errors.back();
  }
  void add_word();
  bool expects_id() const;
  void add_id();
  void add_number();
  void add_string();
  void add_operator();
  void refuse();

  std::string_view text_;
  size_t at_;
  bool has_sums_;
  Tokens out_;
};

bool Tokenizer::next() {
  while (at_ < text_.size() && is_space(text_[at_])) ++at_;
  if (at_ == text_.size()) return false;
  const char c = text_[at_];
  const bool negative =
      !has_sums_ && c == '-' && at_ + 1 < text_.size() && is_digit(text_[at_ + 1]);
  if (is_id_char(c) && expects_id()) {
    add_id();
  } else if (is_name_start(c)) {
    add_word();
  } else if (is_digit(c) || negative) {
    add_number();
  } else if (c == '\'' || c == '"') {
    add_string();
  } else {
    add_operator();
  }
  return true;
}

void Tokenizer::add_word() {
  size_t end = at_;
  while (end < text_.size() && is_name_char(text_[end])) ++end;
  const std::string_view word = text_.substr(at_, end - at_);
  add(keyword_of(word).value_or(TokenKind::kName), at_, end);
}

// Behind `rule(`.
bool Tokenizer::expects_id() const {
  const size_t count = out_.tokens.size();
  return count >= 2 && out_.tokens[count - 1].kind == TokenKind::kOpen &&
         out_.tokens[count - 2].kind == TokenKind::kName &&
         out_.tokens[count - 2].text == kRuleCall;
}

void Tokenizer::add_id() {
  size_t end = at_;
  while (end < text_.size() && is_id_char(text_[end])) ++end;
  add(TokenKind::kName, at_, end);
}

void Tokenizer::add_number() {
  const size_t begin = at_;
  size_t end = at_ + 1;
  while (end < text_.size() && is_name_char(text_[end])) ++end;
  const std::string_view word = text_.substr(begin, end - begin);
  if (const std::optional<Duration> duration = parse_duration(word)) {
    add(TokenKind::kDuration, begin, end);
    out_.tokens.back().number = static_cast<double>(duration->ms);
    return;
  }
  double value = 0;
  const auto [stop, error] =
      std::from_chars(word.data(), word.data() + word.size(), value, std::chars_format::fixed);
  if (error != std::errc{} || stop != word.data() + word.size() || !std::isfinite(value)) {
    fail(begin, end, fmt::format("`{}` is neither a number nor a duration", word)).help =
        "durations are a whole number and ms, s, m, h or d: 30s, 10m; a name starts with a letter";
    return;
  }
  add(TokenKind::kNumber, begin, end);
  out_.tokens.back().number = value;
}

void Tokenizer::add_string() {
  const size_t close = text_.find(text_[at_], at_ + 1);
  const size_t line_end = std::min(text_.find('\n', at_), text_.size());
  if (close == std::string_view::npos || close > line_end) {
    fail(at_, line_end, "this string is never closed");
    return;
  }
  add(TokenKind::kString, at_, close + 1);
  out_.tokens.back().text =
      text_.substr(out_.tokens.back().begin + 1, close - 1 - out_.tokens.back().begin);
}

void Tokenizer::add_operator() {
  const std::string_view rest = text_.substr(at_);
  if (rest.starts_with("<>")) return refuse();
  const bool is_sum = has_sums_ && (rest[0] == '+' || rest[0] == '-');
  if (is_sum) return add(rest[0] == '+' ? TokenKind::kPlus : TokenKind::kMinus, at_, at_ + 1);
  for (const Spelling& spelling : kOperators) {
    if (rest.starts_with(spelling.text)) return add(spelling.kind, at_, at_ + spelling.text.size());
  }
  refuse();
}

void Tokenizer::refuse() {
  const std::string_view rest = text_.substr(at_);
  for (const Habit& habit : kHabits) {
    if (!rest.starts_with(habit.text)) continue;
    TokenError& error =
        fail(at_, at_ + habit.text.size(), fmt::format("`{}` is no operator here", habit.text));
    const std::string_view ours = habit.ours.substr(0, habit.ours.find(' '));
    error.help = fmt::format("write `{}`", ours);
    error.replacement = habit.ours;
    return;
  }
  const size_t size = decode_utf8(text_, at_).size;
  fail(at_, at_ + size,
       fmt::format("`{}` does not belong in an expression", text_.substr(at_, size)));
}

}  // namespace

Tokens tokenize(std::string_view text, size_t begin, Arithmetic arithmetic) {
  return Tokenizer(text, begin, arithmetic).run();
}

bool is_comparison(TokenKind kind) {
  return kind >= TokenKind::kEqual && kind <= TokenKind::kGreaterEqual;
}

bool is_constant(TokenKind kind) {
  return kind == TokenKind::kNumber || kind == TokenKind::kDuration || kind == TokenKind::kString ||
         kind == TokenKind::kTrue || kind == TokenKind::kFalse;
}

std::string in_lower_case(std::string_view word) {
  std::string lower(word);
  for (char& c : lower) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c + ('a' - 'A')) : c;
  return lower;
}

bool is_expression_keyword(std::string_view word) { return keyword_of(word).has_value(); }

std::string why_no_operator(const Token& token) {
  if (token.kind == TokenKind::kName && is_expression_keyword(in_lower_case(token.text))) {
    return fmt::format("`{}` must be written in lower case", token.text);
  }
  return fmt::format("`and` or `or` is missing before `{}`", token.text);
}

}  // namespace sieve
