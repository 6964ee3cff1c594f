// The types of the expression language: what a name means at one place, and which operands an
// operator takes, said in the author's words where they do not fit.
//
// Thread safety: none. Lifetime: refers to the YAML node, the scope and the context.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "rule/expression.h"
#include "rule/token.h"

namespace sieve {

// kUnknown: a problem was already reported; nothing more is said of it.
enum class ExprType : uint8_t { kUnknown, kBool, kNumber, kDuration, kTime, kString };

// One operand on the parser's stack.
struct Operand {
  ExprType type = ExprType::kUnknown;
  bool is_value = false;     // A field, measure or constant by itself: what a comparison takes.
  bool is_constant = false;  // A number, duration, string, true or false.
  bool is_pattern = false;
  bool is_count = false;    // count(a).
  bool is_capture = false;  // A captured text, as text.
  bool is_host = false;     // A field of a link that holds a host, or the end of one:
  bool is_tld = false;      // its last label.
  bool is_address = false;  // A field that holds a sender, recipient, caller or the like.
  uint32_t index = 0;       // Of a pattern or captured text.
  double number = 0;        // Of a constant number.
  size_t begin = 0;         // Bytes in the expression.
  size_t end = 0;
};

// A condition at the bytes [begin, end).
Operand condition_at(size_t begin, size_t end);
ExprType type_of(FieldType type);
// The operator that a token of one stands for.
ExprOp op_of(TokenKind kind);

class ExpressionChecker {
 public:
  ExpressionChecker(const YamlNode& node, const ExpressionScope& scope, const YamlContext& context)
      : node_(node), scope_(scope), context_(context) {}

  // Adds an error at bytes [begin, end) of the expression.
  Diagnostic& error(std::string_view code, size_t begin, size_t end, std::string title) const;
  SourceSpan span(size_t begin, size_t end) const;
  // `text` as a constant that can stand in this scalar.
  std::string quoted(std::string_view text) const;
  const ExpressionScope& scope() const { return scope_; }
  const YamlContext& context() const { return context_; }

  // What the name `token` is; appends its node. Reports unknown names (R012); `with_text`: it is
  // compared with text, so it may be text without its quotes.
  Operand resolve(const Token& token, std::vector<ExprNode>& nodes, bool with_text = false) const;
  Operand constant(const Token& token, std::vector<ExprNode>& nodes) const;
  // Whether `name` is a pattern, measure or field here.
  bool knows(std::string_view name) const;
  // What `name` is, in words; empty: nothing in this scope.
  std::string_view kind_of(std::string_view name) const;
  // False, and reported at [begin, end), where a condition over links cannot be (R077).
  bool check_has_links(size_t begin, size_t end) const;

  // Reports an operand that cannot be true or false (R013).
  void require_condition(const Operand& operand) const;
  // Reports operands that cannot be compared by `op` (R013), comparisons that are the same for
  // every record (R018) and counts beyond what is counted (R072).
  void check_comparison(const Operand& left, const Token& op, const Operand& right) const;
  // How many of `count` parts `quantity` asks for; reports what cannot be (R015).
  double quantity_of(const Token& quantity, uint32_t count) const;
  // Reports a constant of `in (...)` that is of another type (R013), or no count (R072).
  void check_member(const Operand& value, const Operand& member) const;

 private:
  bool is_name_of_rule(std::string_view name) const;
  bool in_relation() const { return !scope_.steps.empty(); }
  Operand unknown_name(const Token& token, bool with_text) const;
  std::vector<std::string_view> known_names() const;
  std::string_view text_of(const Operand& operand) const;
  void mismatch(const Operand& left, const Operand& right) const;
  void check_count(const Operand& constant, bool is_idle_at_zero) const;

  const YamlNode& node_;
  const ExpressionScope& scope_;
  const YamlContext& context_;
};

}  // namespace sieve
