// The tokens of the expression language: names, numbers, durations, strings, operators.
//
// Thread safety: pure functions. Lifetime: tokens refer to the expression's text.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace sieve {

// What stands in its parentheses is the id of a rule, and one token.
inline constexpr std::string_view kRuleCall = "rule";

enum class TokenKind : uint8_t {
  kName,      // `fee`, `msg.from`; in `rule(...)` the id of a rule, `local/bulk-link`.
  kNumber,    // `number`.
  kDuration,  // `number`, milliseconds.
  kString,    // `text` is what stands between the quotes.
  kAnd,
  kOr,
  kNot,
  kOf,
  kIn,
  kAny,
  kAll,
  kNone,
  kTrue,
  kFalse,
  kOpen,
  kClose,
  kOpenBracket,
  kCloseBracket,
  kComma,
  kEqual,
  kNotEqual,
  kLess,
  kLessEqual,
  kGreater,
  kGreaterEqual,
  kPlus,  // Only where there is arithmetic.
  kMinus,
  kEnd,
};

struct Token {
  TokenKind kind = TokenKind::kEnd;
  std::string_view text;
  double number = 0;
  size_t begin = 0;  // Bytes in the expression.
  size_t end = 0;
};

// What is no token, and what the author may have meant.
struct TokenError {
  size_t begin = 0;
  size_t end = 0;
  std::string title;
  std::string help;
  std::string replacement;
};

struct Tokens {
  std::vector<Token> tokens;       // Ends with one kEnd when there are no errors.
  std::vector<TokenError> errors;  // At most one: what follows cannot be trusted.
};

// With kTimes, `+` and `-` are operators, and no number is negative.
enum class Arithmetic : uint8_t { kNone, kTimes };

// The tokens of `text` from byte `begin` on.
Tokens tokenize(std::string_view text, size_t begin = 0, Arithmetic arithmetic = Arithmetic::kNone);

// == != < <= > >=
bool is_comparison(TokenKind kind);
// A number, duration, string, true or false.
bool is_constant(TokenKind kind);

// `word` with its ASCII letters in lower case.
std::string in_lower_case(std::string_view word);
// True for the words of the language (`and`, `of`, `true`, ...), which cannot be names.
bool is_expression_keyword(std::string_view word);

// What is wrong with `token` where an operator should be, in words.
std::string why_no_operator(const Token& token);

}  // namespace sieve
