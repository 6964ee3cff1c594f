// Whether a program can still come out true: see Program::may_hold().
#include "evaluate/program.h"
#include "rule/expression_tree.h"

namespace sieve {
namespace {

// Truth values that are still possible.
using Possible = uint8_t;
constexpr Possible kCanBeFalse = 1;
constexpr Possible kCanBeTrue = 2;
constexpr Possible kEither = kCanBeFalse | kCanBeTrue;

Possible negation(Possible value) {
  return static_cast<Possible>(value >> 1 | (value & kCanBeFalse) << 1);
}

// At least `least` of the `count` values from `first` hold.
Possible at_least_of(double least, const Possible* first, size_t count) {
  double surely = 0;
  double perhaps = 0;
  for (size_t i = 0; i < count; ++i) {
    surely += first[i] == kCanBeTrue ? 1 : 0;
    perhaps += (first[i] & kCanBeTrue) != 0 ? 1 : 0;
  }
  const Possible can_be_true = perhaps >= least ? kCanBeTrue : 0;
  const Possible can_be_false = surely < least ? kCanBeFalse : 0;
  return can_be_true | can_be_false;
}

// Of a comparison, the operand that is a count or captured; `index` is its step's.
size_t tested_operand(ExprOp op, uint32_t index) { return op == ExprOp::kInList ? 0 : index; }

}  // namespace

bool Program::may_hold(const ProgramInput& input) const {
  Possible stack[limits::kExpressionNodesMax];
  size_t depth = 0;
  const bool has_no_urls = input.reader != nullptr && input.reader->has_no_urls();
  for (size_t i = 0; i < steps_.size(); ++i) {
    const Step& step = steps_[i];
    const size_t count = step.opens ? 0 : operand_count(step.op, step.count);
    depth -= count;
    Possible& out = stack[depth++];
    switch (step.op) {
      case ExprOp::kAnyUrl:
        out = has_no_urls ? kCanBeFalse : kEither;
        i += step.count;
        break;
      case ExprOp::kPattern:
        out = (*input.unknown)[step.index]   ? kEither
              : (*input.signals)[step.index] ? kCanBeTrue
                                             : kCanBeFalse;
        break;
      case ExprOp::kCapture:  // Whether it is there.
        out = (*input.unknown)[step.count] || (*input.signals)[step.count] ? kEither : kCanBeFalse;
        break;
      case ExprOp::kNot:
        out = negation(out);
        break;
      case ExprOp::kAnd:
        out = at_least_of(2, &out, 2);
        break;
      case ExprOp::kOr:
        out = at_least_of(1, &out, 2);
        break;
      case ExprOp::kAtLeast:
        out = at_least_of(step.number, &out, count);
        break;
      case ExprOp::kCount:
      case ExprOp::kRule:
        break;  // As the pattern: what cannot be true does not occur. As what the rule asks.
      case ExprOp::kException:
        out |= kCanBeFalse;  // It may be over.
        break;
      case ExprOp::kNear:
      case ExprOp::kBefore:
        out = at_least_of(2, &out, 2) | kCanBeFalse;
        break;
      default:
        out = step.tests_pattern && (&out)[tested_operand(step.op, step.index)] == kCanBeFalse
                  ? (step.holds_at_zero ? kCanBeTrue : kCanBeFalse)
                  : kEither;
        break;
    }
    // The other operand changes nothing, and neither do those of what that decides.
    while (steps_[i].decides != 0 && out == (steps_[i].decides_or ? kCanBeTrue : kCanBeFalse)) {
      i += steps_[i].decides;
    }
  }
  return steps_.empty() || (stack[0] & kCanBeTrue) != 0;
}

}  // namespace sieve
