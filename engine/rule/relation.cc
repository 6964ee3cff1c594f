#include "rule/relation.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "base/limits.h"
#include "rule/step_time.h"

namespace sieve {
namespace {

// A number below is proposed with a unit.
constexpr double kSecondsMax = 1e6;

// Binding strength; higher binds tighter.
enum class Precedence : uint8_t { kParenthesis, kOr, kAnd, kNot, kCompare, kSum };

// An operand that waits, where its nodes begin, and which steps it names, by bits.
struct Term {
  Operand operand;
  size_t nodes_begin = 0;
  uint64_t steps = 0;
};

struct Pending {
  Token token;
  Precedence precedence;
  bool awaits_and = false;  // `between`, until its second bound begins.
};

bool is_between(const Token& token) {
  return token.kind == TokenKind::kName && token.text == "between";
}

// The comparison that `token` stands for, if any.
TokenKind comparison_of(const Token& token) {
  if (is_comparison(token.kind)) return token.kind;
  if (token.kind != TokenKind::kName) return TokenKind::kEnd;
  if (token.text == "before") return TokenKind::kLess;
  if (token.text == "after") return TokenKind::kGreater;
  return TokenKind::kEnd;
}

void become_condition(Operand& operand) {
  operand.type = ExprType::kBool;
  operand.is_value = false;
  operand.is_constant = false;
}

// Shunting-yard, as of conditions (expression.cc).
class RelationParser {
 public:
  RelationParser(std::vector<Token> tokens, const ExpressionChecker& checker)
      : tokens_(std::move(tokens)), checker_(checker) {}

  std::vector<ExprNode> run();

 private:
  const Token& peek() const { return tokens_[std::min(at_, tokens_.size() - 1)]; }
  const Token& take() { return tokens_[std::min(at_++, tokens_.size() - 1)]; }

  bool too_long() const;
  bool read_operand();
  bool read_operator();
  bool read_and();
  bool read_close();
  bool push(Precedence precedence);
  bool reduce_while(Precedence at_least);
  bool reduce(const Pending& pending);
  void add_sum(const Token& token, Term& left, const Term& right);
  ExprType type_of_sum(const Token& token, const Operand& left, const Operand& right) const;
  void refuse_sum(const Token& token, const Operand& left, const Operand& right) const;
  void compare(Term& left, Token token, const Term& right);
  void add_between(const Token& token);
  void join(const Token& token, Term& left, const Term& right);
  bool syntax_error(const Token& token, std::string title, std::string help = "");
  void emit(ExprOp op, const Token& token, uint32_t count);
  Term pop();

  std::vector<Token> tokens_;
  const ExpressionChecker& checker_;
  size_t at_ = 0;
  bool wants_operand_ = true;
  std::vector<Term> terms_;
  std::vector<Pending> pending_;
  std::vector<ExprNode> nodes_;
};

bool RelationParser::syntax_error(const Token& token, std::string title, std::string help) {
  checker_.error("R011", token.begin, token.end, std::move(title)).help = std::move(help);
  return false;
}

void RelationParser::emit(ExprOp op, const Token& token, uint32_t count) {
  ExprNode node;
  node.op = op;
  node.count = count;
  node.span = checker_.span(token.begin, token.end);
  nodes_.push_back(std::move(node));
}

Term RelationParser::pop() {
  const Term term = terms_.back();
  terms_.pop_back();
  return term;
}

std::vector<ExprNode> RelationParser::run() {
  while (wants_operand_ || peek().kind != TokenKind::kEnd) {
    if (too_long()) return {};
    if (!(wants_operand_ ? read_operand() : read_operator())) return {};
  }
  if (!reduce_while(Precedence::kOr)) return {};
  if (!pending_.empty()) {
    syntax_error(pending_.back().token, "this parenthesis is never closed");
    return {};
  }
  checker_.require_condition(terms_.back().operand);
  if (too_long()) return {};
  return std::move(nodes_);
}

bool RelationParser::too_long() const {
  if (nodes_.size() <= limits::kExpressionNodesMax) return false;
  checker_.error("R016", peek().begin, peek().end,
                 fmt::format("a relation of more than {} parts", limits::kExpressionNodesMax));
  return true;
}

bool RelationParser::push(Precedence precedence) {
  if (pending_.size() >= limits::kExpressionDepthMax) {
    checker_.error(
        "R016", peek().begin, peek().end,
        fmt::format("a relation nested deeper than {} levels", limits::kExpressionDepthMax));
    return false;
  }
  const Token& token = take();
  pending_.push_back({token, precedence, is_between(token)});
  wants_operand_ = true;
  return true;
}

bool RelationParser::read_operand() {
  const Token& token = peek();
  if (token.kind == TokenKind::kNot) return push(Precedence::kNot);
  if (token.kind == TokenKind::kOpen) return push(Precedence::kParenthesis);
  const bool is_amount = token.kind == TokenKind::kDuration || token.kind == TokenKind::kNumber;
  if (is_amount || token.kind == TokenKind::kName) {
    Term term;
    term.nodes_begin = nodes_.size();
    term.operand =
        is_amount ? checker_.constant(take(), nodes_) : resolve_step_time(checker_, take(), nodes_);
    if (term.operand.type == ExprType::kTime) term.steps = uint64_t{1} << term.operand.index;
    terms_.push_back(term);
    wants_operand_ = false;
    return true;
  }
  if (token.kind != TokenKind::kEnd) {
    return syntax_error(token, fmt::format("`{}` stands where a time should", token.text),
                        "name the time of a step, such as `otp.time`, or a duration");
  }
  if (at_ == 0) return syntax_error(token, "the relation is empty");
  return syntax_error(tokens_[at_ - 1], fmt::format("nothing follows `{}`", tokens_[at_ - 1].text),
                      "finish the relation, or remove this");
}

bool RelationParser::read_operator() {
  const Token& token = peek();
  if (token.kind == TokenKind::kPlus || token.kind == TokenKind::kMinus) {
    return reduce_while(Precedence::kSum) && push(Precedence::kSum);
  }
  if (comparison_of(token) != TokenKind::kEnd || is_between(token)) {
    if (!reduce_while(Precedence::kSum)) return false;
    if (!pending_.empty() && pending_.back().precedence == Precedence::kCompare) {
      return syntax_error(token, "comparisons cannot be chained", "join two with `and`");
    }
    return push(Precedence::kCompare);
  }
  if (token.kind == TokenKind::kClose) return read_close();
  if (token.kind == TokenKind::kAnd) return read_and();
  if (token.kind == TokenKind::kOr) {
    return reduce_while(Precedence::kOr) && push(Precedence::kOr);
  }
  return syntax_error(token, fmt::format("an operator is missing before `{}`", token.text),
                      "compare times with `before`, `after`, `between ... and ...`, < or >");
}

// The `and` of a `between`, or one that joins two conditions.
bool RelationParser::read_and() {
  if (!reduce_while(Precedence::kSum)) return false;
  if (!pending_.empty() && pending_.back().awaits_and) {
    pending_.back().awaits_and = false;
    take();
    wants_operand_ = true;
    return true;
  }
  return reduce_while(Precedence::kAnd) && push(Precedence::kAnd);
}

bool RelationParser::read_close() {
  if (!reduce_while(Precedence::kOr)) return false;
  if (pending_.empty()) return syntax_error(peek(), "this parenthesis was never opened");
  terms_.back().operand.begin = pending_.back().token.begin;
  terms_.back().operand.end = take().end;
  pending_.pop_back();
  return true;
}

bool RelationParser::reduce_while(Precedence at_least) {
  while (!pending_.empty() && pending_.back().precedence >= at_least) {
    const Pending pending = pending_.back();
    pending_.pop_back();
    if (!reduce(pending)) return false;
  }
  return true;
}

bool RelationParser::reduce(const Pending& pending) {
  const Token& token = pending.token;
  if (pending.awaits_and) {
    return syntax_error(token, "`between` has one bound", "write `between` a time `and` a time");
  }
  if (is_between(token)) {
    add_between(token);
    return true;
  }
  const Term right = pop();
  if (token.kind == TokenKind::kNot) {
    checker_.require_condition(right.operand);
    emit(ExprOp::kNot, token, 1);
    Term term = right;
    become_condition(term.operand);
    term.operand.begin = token.begin;
    terms_.push_back(term);
    return true;
  }
  Term left = pop();
  if (pending.precedence == Precedence::kSum) {
    add_sum(token, left, right);
  } else if (pending.precedence == Precedence::kCompare) {
    compare(left, token, right);
  } else {
    join(token, left, right);
  }
  terms_.push_back(left);
  return true;
}

void RelationParser::join(const Token& token, Term& left, const Term& right) {
  checker_.require_condition(left.operand);
  checker_.require_condition(right.operand);
  emit(op_of(token.kind), token, 2);
  become_condition(left.operand);
  left.operand.end = right.operand.end;
  left.steps |= right.steps;
}

ExprType RelationParser::type_of_sum(const Token& token, const Operand& left,
                                     const Operand& right) const {
  const bool adds = token.kind == TokenKind::kPlus;
  const bool left_is_time = left.type == ExprType::kTime;
  if (left.type == ExprType::kDuration && right.type == ExprType::kDuration) return left.type;
  if (left_is_time && right.type == ExprType::kDuration) return ExprType::kTime;
  if (adds && left.type == ExprType::kDuration && right.type == ExprType::kTime) return right.type;
  if (!adds && left_is_time && right.type == ExprType::kTime) return ExprType::kDuration;
  return ExprType::kUnknown;
}

void RelationParser::refuse_sum(const Token& token, const Operand& left,
                                const Operand& right) const {
  for (const Operand* side : {&left, &right}) {
    if (side->type != ExprType::kNumber) continue;
    Diagnostic& out = checker_.error("R013", side->begin, side->end,
                                     "a number cannot be added to a time or subtracted from it");
    out.label = "this is a number";
    out.help = "give it a unit: ms, s, m, h or d";
    if (side->number == std::floor(side->number) && side->number < kSecondsMax) {
      out.replacement = fmt::format("{}s", side->number);
    }
    return;
  }
  Diagnostic& out = checker_.error("R115", token.begin, token.end,
                                   fmt::format("`{}` cannot stand between these", token.text));
  out.help = "add a duration to a time, or subtract it; the difference of two times is a duration";
}

void RelationParser::add_sum(const Token& token, Term& left, const Term& right) {
  const bool is_known =
      left.operand.type != ExprType::kUnknown && right.operand.type != ExprType::kUnknown;
  const ExprType type = type_of_sum(token, left.operand, right.operand);
  if (is_known && type == ExprType::kUnknown) refuse_sum(token, left.operand, right.operand);
  emit(token.kind == TokenKind::kPlus ? ExprOp::kAdd : ExprOp::kSubtract, token, 2);
  left.operand.type = type;
  left.operand.is_constant = left.operand.is_constant && right.operand.is_constant;
  left.operand.end = right.operand.end;
  left.steps |= right.steps;
}

// Leaves the comparison in `left`; its nodes are emitted as they stand.
void RelationParser::compare(Term& left, Token token, const Term& right) {
  token.kind = is_between(token) ? TokenKind::kLessEqual : comparison_of(token);
  const size_t before = checker_.context().diagnostics->size();
  checker_.check_comparison(left.operand, token, right.operand);
  const uint64_t steps = left.steps | right.steps;
  const bool is_known =
      left.operand.type != ExprType::kUnknown && right.operand.type != ExprType::kUnknown;
  const bool is_sound = is_known && checker_.context().diagnostics->size() == before;
  if (is_sound && (steps & (steps - 1)) == 0) {
    checker_.error("R116", left.operand.begin, right.operand.end, "this relates no two steps")
        .help = "ask for what one record says in the `where` of its step";
  }
  emit(op_of(token.kind), token, 2);
  become_condition(left.operand);
  left.operand.end = right.operand.end;
  left.steps = steps;
}

// `a between b and c` as `a >= b and a <= c`: the nodes of a, b and c stand one behind the other.
void RelationParser::add_between(const Token& token) {
  const Term high = pop();
  const Term low = pop();
  Term value = pop();
  const auto at = [this](size_t index) {
    return nodes_.begin() + static_cast<std::ptrdiff_t>(index);
  };
  const std::vector<ExprNode> copy(at(value.nodes_begin), at(low.nodes_begin));
  const std::vector<ExprNode> bound(at(high.nodes_begin), nodes_.end());
  nodes_.resize(high.nodes_begin);
  Token from = token;
  from.kind = TokenKind::kGreaterEqual;
  Term first = value;
  compare(first, from, low);
  nodes_.insert(nodes_.end(), copy.begin(), copy.end());
  nodes_.insert(nodes_.end(), bound.begin(), bound.end());
  compare(value, token, high);
  emit(ExprOp::kAnd, token, 2);
  value.steps |= first.steps;
  terms_.push_back(value);
}

}  // namespace

std::vector<ExprNode> parse_relation_tokens(std::vector<Token> tokens,
                                            const ExpressionChecker& checker) {
  return RelationParser(std::move(tokens), checker).run();
}

}  // namespace sieve
