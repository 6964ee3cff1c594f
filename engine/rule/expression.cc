#include <fmt/format.h>

#include <algorithm>
#include <optional>

#include "base/limits.h"
#include "rule/expression_call.h"
#include "rule/expression_parser.h"
#include "rule/expression_types.h"
#include "rule/list_lookup.h"
#include "rule/look_alike_call.h"
#include "rule/token.h"
#include "rule/url_fields.h"
#include "rule/url_names.h"

namespace sieve {
namespace {

// Binding strength; higher binds tighter.
enum class Precedence : uint8_t { kParenthesis, kOr, kAnd, kNot, kCompare };

struct Pending {
  Token token;
  Precedence precedence;
  size_t nodes_begin;  // Of what follows it.
};

// Shunting-yard over the tokens: operands wait on one stack, operators on another, and nodes come
// out in postfix order. A syntax error ends the parse; problems of names and types do not.
class ExpressionParser {
 public:
  ExpressionParser(std::vector<Token> tokens, const ExpressionChecker& checker)
      : tokens_(std::move(tokens)), checker_(checker) {}

  std::vector<ExprNode> run();

 private:
  const Token& peek(size_t ahead = 0) const {
    return tokens_[std::min(at_ + ahead, tokens_.size() - 1)];
  }
  const Token& take() { return tokens_[std::min(at_++, tokens_.size() - 1)]; }

  bool too_long();
  bool read_operand();
  bool read_operator();
  bool read_close();
  bool read_quantity();
  bool read_part(const Token& quantity);
  bool read_url_test();
  bool read_look_alike();
  Operand resolve(const Token& name, bool with_text);
  bool in_url_test() const;
  bool read_membership();
  bool read_call();
  bool read_constants(const Token& in);
  bool begins_quantity() const;
  bool begins_call() const;
  bool push(Precedence precedence);
  bool expect(TokenKind kind, std::string_view what);
  void reduce_while(Precedence at_least);
  void reduce(const Pending& pending);
  bool syntax_error(const Token& token, std::string title, std::string help = "");
  void emit(ExprOp op, const Token& token, uint32_t count, double number = 0);

  std::vector<Token> tokens_;
  const ExpressionChecker& checker_;
  size_t at_ = 0;
  bool wants_operand_ = true;
  bool failed_ = false;
  bool is_usable_ = true;                // No name is unknown, or a macro that has errors.
  std::optional<Token> ended_url_test_;  // The `any` of the last one.
  std::vector<Operand> operands_;
  std::vector<Pending> pending_;
  std::vector<ExprNode> nodes_;
};

bool ExpressionParser::syntax_error(const Token& token, std::string title, std::string help) {
  if (!failed_) {
    checker_.error("R011", token.begin, token.end, std::move(title)).help = std::move(help);
  }
  failed_ = true;
  return false;
}

void ExpressionParser::emit(ExprOp op, const Token& token, uint32_t count, double number) {
  ExprNode node;
  node.op = op;
  node.count = count;
  node.number = number;
  node.span = checker_.span(token.begin, token.end);
  nodes_.push_back(std::move(node));
}

bool ExpressionParser::too_long() {
  if (nodes_.size() <= limits::kExpressionNodesMax) return false;
  const std::string title =
      fmt::format("an expression of more than {} parts", limits::kExpressionNodesMax);
  checker_.error("R016", peek().begin, peek().end, title);
  return true;
}

std::vector<ExprNode> ExpressionParser::run() {
  while (wants_operand_ || peek().kind != TokenKind::kEnd) {
    if (too_long()) return {};
    if (!(wants_operand_ ? read_operand() : read_operator())) return {};
  }
  reduce_while(Precedence::kOr);
  if (!pending_.empty()) {
    syntax_error(pending_.back().token, "this parenthesis is never closed");
    return {};
  }
  checker_.require_condition(operands_.back());
  if (too_long() || !is_usable_) return {};
  return std::move(nodes_);
}

bool ExpressionParser::push(Precedence precedence) {
  if (pending_.size() >= limits::kExpressionDepthMax) {
    checker_.error(
        "R016", peek().begin, peek().end,
        fmt::format("an expression nested deeper than {} levels", limits::kExpressionDepthMax));
    failed_ = true;
    return false;
  }
  pending_.push_back({take(), precedence, nodes_.size()});
  return true;
}

bool ExpressionParser::begins_quantity() const {
  const TokenKind kind = peek().kind;
  if (kind == TokenKind::kAny || kind == TokenKind::kAll || kind == TokenKind::kNone) return true;
  return kind == TokenKind::kNumber && peek(1).kind == TokenKind::kOf;
}

// A name of another kind before a parenthesis lacks an `and`.
bool ExpressionParser::begins_call() const {
  if (peek().kind != TokenKind::kName || peek(1).kind != TokenKind::kOpen) return false;
  if (is_url_field_name(peek().text)) return false;
  return is_function(peek().text) || !checker_.knows(peek().text);
}

bool ExpressionParser::read_operand() {
  const Token& token = peek();
  if (is_about_links(token, peek(1))) return read_url_test();
  if (begins_quantity()) return read_quantity();
  if (begins_look_alike_call(token, peek(1))) return read_look_alike();
  if (begins_call()) return read_call();
  if (token.kind == TokenKind::kNot) return push(Precedence::kNot);
  if (token.kind == TokenKind::kOpen) return push(Precedence::kParenthesis);
  wants_operand_ = false;
  if (token.kind == TokenKind::kName) {
    const bool compared = !pending_.empty() && pending_.back().precedence == Precedence::kCompare;
    const bool with_text = compared && operands_.back().type == ExprType::kString;
    operands_.push_back(resolve(take(), with_text));
    return true;
  }
  if (is_constant(token.kind)) {
    operands_.push_back(checker_.constant(take(), nodes_));
    return true;
  }
  if (token.kind != TokenKind::kEnd) {
    return syntax_error(token, fmt::format("`{}` stands where a condition should", token.text));
  }
  if (at_ == 0) return syntax_error(token, "the expression is empty");
  return syntax_error(tokens_[at_ - 1], fmt::format("nothing follows `{}`", tokens_[at_ - 1].text),
                      "finish the expression, or remove this");
}

bool ExpressionParser::read_operator() {
  const Token& token = peek();
  const bool negated = token.kind == TokenKind::kNot && peek(1).kind == TokenKind::kIn;
  if (token.kind == TokenKind::kIn || negated) return read_membership();
  if (token.kind == TokenKind::kClose) return read_close();
  if (is_comparison(token.kind)) {
    if (!pending_.empty() && pending_.back().precedence == Precedence::kCompare) {
      return syntax_error(token, "comparisons cannot be chained", "join two with `and`");
    }
    wants_operand_ = true;
    return push(Precedence::kCompare);
  }
  if (token.kind != TokenKind::kAnd && token.kind != TokenKind::kOr) {
    return syntax_error(token, why_no_operator(token));
  }
  const Precedence precedence = token.kind == TokenKind::kAnd ? Precedence::kAnd : Precedence::kOr;
  reduce_while(precedence);
  wants_operand_ = true;
  return push(precedence);
}

bool ExpressionParser::read_close() {
  reduce_while(Precedence::kOr);
  if (pending_.empty()) return syntax_error(peek(), "this parenthesis was never opened");
  Operand& inside = operands_.back();
  checker_.require_condition(inside);
  inside.is_value = false;
  inside.is_constant = false;
  inside.begin = pending_.back().token.begin;
  inside.end = take().end;
  pending_.pop_back();
  return true;
}

bool ExpressionParser::expect(TokenKind kind, std::string_view what) {
  if (peek().kind == kind) {
    take();
    return true;
  }
  const Token& token = peek().kind == TokenKind::kEnd ? tokens_[at_ - 1] : peek();
  return syntax_error(token, fmt::format("{} is missing {} `{}`", what,
                                         &token == &peek() ? "before" : "after", token.text));
}

bool ExpressionParser::in_url_test() const {
  return std::any_of(pending_.begin(), pending_.end(), [](const Pending& pending) {
    return pending.token.kind == TokenKind::kAny || pending.token.kind == TokenKind::kNone;
  });
}

// ( "any" | "none" ) "url" "where": what follows is read like the operand of `not`.
bool ExpressionParser::read_url_test() {
  if (!check_url_test(checker_, {peek(), peek(1), peek(2)}, in_url_test())) return false;
  if (!push(Precedence::kNot)) return false;
  at_ += 2;
  return true;
}

bool ExpressionParser::read_look_alike() {
  failed_ = true;
  if (!in_url_test()) {
    url_field_outside(checker_, peek(), nodes_, ended_url_test_);
    return false;
  }
  const LookAlikeCall call =
      read_look_alike_call(std::span(tokens_).subspan(at_), checker_, nodes_);
  if (call.token_count == 0) return false;
  failed_ = false;
  at_ += call.token_count;
  operands_.push_back(call.operand);
  wants_operand_ = false;
  return true;
}

Operand ExpressionParser::resolve(const Token& name, bool with_text) {
  if (in_url_test()) return resolve_in_url(checker_, name, nodes_, with_text);
  if (is_url_field_name(name.text)) {
    return url_field_outside(checker_, name, nodes_, ended_url_test_);
  }
  const Operand operand = checker_.resolve(name, nodes_, with_text);
  is_usable_ = is_usable_ && operand.type != ExprType::kUnknown;
  return operand;
}

// One of those that `quantity` is of.
bool ExpressionParser::read_part(const Token& quantity) {
  if (begins_call() && peek().text == kRuleCall) {
    if (!read_call()) return false;
    operands_.pop_back();
    return true;
  }
  const Token name = take();
  if (name.kind != TokenKind::kName) {
    return syntax_error(name.kind == TokenKind::kEnd ? quantity : name,
                        "only names can stand in the list", "write each name, with commas");
  }
  checker_.require_condition(resolve(name, false));
  return true;
}

// quantity "of" "(" part { "," part } ")"
bool ExpressionParser::read_quantity() {
  const Token quantity = take();
  if (!expect(TokenKind::kOf, "`of`") || !expect(TokenKind::kOpen, "`(`")) return false;
  uint32_t count = 0;
  do {
    if (!read_part(quantity)) return false;
    ++count;
  } while (peek().kind == TokenKind::kComma && take().kind == TokenKind::kComma);
  if (!expect(TokenKind::kClose, "`)`")) return false;
  emit(ExprOp::kAtLeast, quantity, count, checker_.quantity_of(quantity, count));
  if (quantity.kind == TokenKind::kNone) emit(ExprOp::kNot, quantity, 1);
  operands_.push_back(condition_at(quantity.begin, tokens_[at_ - 1].end));
  wants_operand_ = false;
  return true;
}

// name "(" argument { "," argument } ")"
bool ExpressionParser::read_call() {
  if (in_url_test() && is_function(peek().text)) {
    report_not_of_link(checker_, peek(), "a function");
    return false;
  }
  ExpressionCall call;
  call.name = take();
  take();
  bool has_more = peek().kind != TokenKind::kClose;
  while (has_more) {
    const Token argument = take();
    if (argument.kind != TokenKind::kName && !is_constant(argument.kind)) {
      return syntax_error(argument.kind == TokenKind::kEnd ? call.name : argument,
                          "only names and numbers can stand in a call");
    }
    call.arguments.push_back(argument);
    has_more = peek().kind == TokenKind::kComma && take().kind == TokenKind::kComma;
  }
  if (!expect(TokenKind::kClose, "`)`")) return false;
  call.end = tokens_[at_ - 1].end;
  operands_.push_back(resolve_call(call, checker_, nodes_));
  wants_operand_ = false;
  return true;
}

// value [ "not" ] "in" ( constants | list )
bool ExpressionParser::read_membership() {
  const Token first = take();
  const bool negated = first.kind == TokenKind::kNot;
  const Token in = negated ? take() : first;
  if (!pending_.empty() && pending_.back().precedence == Precedence::kCompare) {
    return syntax_error(in, "comparisons cannot be chained", "join two with `and`");
  }
  Operand& value = operands_.back();
  if (peek().kind == TokenKind::kName) {
    look_up_in_list(checker_, value, take(), nodes_);
  } else if (!read_constants(in)) {
    return false;
  }
  if (negated) emit(ExprOp::kNot, first, 1);
  value = condition_at(value.begin, tokens_[at_ - 1].end);
  return true;
}

// "(" constant { "," constant } ")"
bool ExpressionParser::read_constants(const Token& in) {
  if (!expect(TokenKind::kOpen, "`(`")) return false;
  const Operand& value = operands_.back();
  uint32_t count = 0;
  do {
    const Token member = take();
    if (!is_constant(member.kind)) {
      return syntax_error(member.kind == TokenKind::kEnd ? in : member,
                          "only constants can stand in the list", "put text in quotes");
    }
    checker_.check_member(value, checker_.constant(member, nodes_));
    ++count;
  } while (peek().kind == TokenKind::kComma && take().kind == TokenKind::kComma);
  if (!expect(TokenKind::kClose, "`)`")) return false;
  if (value.is_constant) checker_.check_comparison(value, in, value);
  emit(ExprOp::kIn, in, count);
  return true;
}

void ExpressionParser::reduce_while(Precedence at_least) {
  while (!pending_.empty() && pending_.back().precedence >= at_least) {
    const Pending pending = pending_.back();
    pending_.pop_back();
    reduce(pending);
  }
}

void ExpressionParser::reduce(const Pending& pending) {
  const Token& token = pending.token;
  const Operand right = operands_.back();
  operands_.pop_back();
  Operand result = condition_at(token.begin, right.end);
  const bool is_url_test = token.kind == TokenKind::kAny || token.kind == TokenKind::kNone;
  if (is_url_test) {
    emit(ExprOp::kAnyUrl, token, static_cast<uint32_t>(nodes_.size() - pending.nodes_begin));
    ended_url_test_ = token;
  }
  if (is_url_test || token.kind == TokenKind::kNot) {
    checker_.require_condition(right);
    if (token.kind != TokenKind::kAny) emit(ExprOp::kNot, token, 1);
    operands_.push_back(result);
    return;
  }
  const Operand left = operands_.back();
  operands_.pop_back();
  result.begin = left.begin;
  if (is_comparison(token.kind)) {
    checker_.check_comparison(left, token, right);
  } else {
    checker_.require_condition(left);
    checker_.require_condition(right);
  }
  emit(op_of(token.kind), token, 2);
  operands_.push_back(result);
}

}  // namespace

std::vector<ExprNode> parse_tokens(std::vector<Token> tokens, const ExpressionChecker& checker) {
  return ExpressionParser(std::move(tokens), checker).run();
}

}  // namespace sieve
