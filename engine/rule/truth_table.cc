#include "rule/truth_table.h"

#include <fmt/format.h>

#include <map>

#include "base/check.h"
#include "rule/count_comparison.h"
#include "rule/expression_tree.h"
#include "rule/url_fields.h"

namespace sieve {
namespace {

// What is one atom with all of its operands.
bool is_comparison(ExprOp op) {
  return is_comparison_op(op) || op == ExprOp::kIn || op == ExprOp::kInList ||
         op == ExprOp::kAnyUrl || op == ExprOp::kKnownPair || op == ExprOp::kFirstSeen;
}

// Equal nodes, wherever they stand, give equal text.
std::string key_of(const ExprNode& node) {
  return fmt::format("{} {} {} {} {};", static_cast<int>(node.op), node.index, node.field.value,
                     node.number, node.text);
}

bool is_boolean_field(const ExprNode& node) {
  if (node.op == ExprOp::kLookAlike || node.op == ExprOp::kRule) return true;
  if (node.op == ExprOp::kField) return info_of(node.field).type == FieldType::kBool;
  return node.op == ExprOp::kUrlField &&
         info_of(UrlFieldId(static_cast<uint8_t>(node.index))).type == FieldType::kBool;
}

// Of a condition over a link, with all in it.
std::string key_of(const std::vector<ExprNode>& nodes, size_t at) {
  std::string key;
  for (size_t i = at - nodes[at].count; i <= at; ++i) key += key_of(nodes[i]);
  return key;
}

// A condition whose comparisons have become atoms.
struct Step {
  ExprOp op = ExprOp::kPattern;
  uint32_t atom = 0;  // Of kPattern, which here stands for any atom.
  uint32_t count = 0;
  double number = 0;
};

// near() and before() hold only where both patterns fired.
bool relates_patterns(ExprOp op) { return op == ExprOp::kNear || op == ExprOp::kBefore; }

class Reducer {
 public:
  // Takes node `at`, after all before it.
  void add(const std::vector<ExprNode>& nodes, size_t at);
  // Numbers the atoms that are left from 0 on, and returns how many they are: some went into the
  // conditions of `any url where`, which are atoms themselves.
  uint32_t number_atoms();
  const std::vector<Step>& steps() const { return steps_; }

 private:
  // What one operand on the stack came to: its steps from `begin` on.
  struct Part {
    size_t begin;
    std::string key;
  };

  void add_atom(const std::string& key) {
    const auto [found, is_new] = atoms_.emplace(key, static_cast<uint32_t>(atoms_.size()));
    steps_.push_back({ExprOp::kPattern, found->second});
  }

  std::vector<Step> steps_;
  std::map<std::string, uint32_t> atoms_;
  std::vector<Part> parts_;
};

void Reducer::add(const std::vector<ExprNode>& nodes, size_t at) {
  const ExprNode& node = nodes[at];
  const size_t operands = operand_count(node.op, node.count);
  SIEVE_CHECK(operands <= parts_.size(), "{} of {}", operands, parts_.size());
  Part part{operands == 0 ? steps_.size() : parts_[parts_.size() - operands].begin, key_of(node)};
  const bool is_atom = is_comparison(node.op) || relates_patterns(node.op);
  const bool has_key = is_atom || node.op == ExprOp::kCount;
  for (size_t i = parts_.size() - operands; has_key && i < parts_.size(); ++i) {
    part.key += parts_[i].key;
  }
  if (node.op == ExprOp::kAnyUrl) part.key = key_of(nodes, at);
  parts_.resize(parts_.size() - operands);
  if (relates_patterns(node.op)) {
    steps_.push_back({ExprOp::kAnd});
    add_atom(part.key);
    steps_.push_back({ExprOp::kAnd});
  } else if (const auto test = count_comparison(nodes, at)) {
    // The steps so far are those of the pattern.
    if (test->holds_at_zero) steps_.push_back({ExprOp::kNot});
    add_atom(part.key);
    steps_.push_back({test->holds_at_zero ? ExprOp::kOr : ExprOp::kAnd});
  } else if (is_atom) {
    steps_.resize(part.begin);
    add_atom(part.key);
  } else if (is_boolean_field(node) || node.op == ExprOp::kPattern) {
    add_atom(part.key);
  } else if (operands > 0 && node.op != ExprOp::kCount) {
    steps_.push_back({node.op, 0, node.count, node.number});
  }
  parts_.push_back(std::move(part));
}

uint32_t Reducer::number_atoms() {
  std::map<uint32_t, uint32_t> numbers;
  for (Step& step : steps_) {
    if (step.op != ExprOp::kPattern) continue;
    const auto next = static_cast<uint32_t>(numbers.size());
    step.atom = numbers.emplace(step.atom, next).first->second;
  }
  return static_cast<uint32_t>(numbers.size());
}

// REQUIRES: `stack` is empty. Bit i of `assignment` is the value of atom i.
bool evaluate(const std::vector<Step>& steps, uint32_t assignment, std::vector<bool>& stack) {
  for (const Step& step : steps) {
    if (step.op == ExprOp::kPattern) {
      stack.push_back(step.atom < kTruthAtomsMax && ((assignment >> step.atom) & 1U) != 0);
      continue;
    }
    const size_t operands = operand_count(step.op, step.count);
    SIEVE_CHECK(operands <= stack.size(), "{} of {}", operands, stack.size());
    uint32_t truths = 0;
    for (size_t i = stack.size() - operands; i < stack.size(); ++i) truths += stack[i] ? 1 : 0;
    stack.resize(stack.size() - operands);
    switch (step.op) {
      case ExprOp::kNot:
        stack.push_back(truths == 0);
        break;
      case ExprOp::kAnd:
        stack.push_back(truths == 2);
        break;
      case ExprOp::kOr:
        stack.push_back(truths > 0);
        break;
      default:
        stack.push_back(truths >= step.number);
        break;
    }
  }
  const bool result = stack.back();
  stack.clear();
  return result;
}

}  // namespace

Truth truth_of(const Expression& expression) {
  Reducer reducer;
  for (size_t i = 0; i < expression.nodes.size(); ++i) reducer.add(expression.nodes, i);
  const uint32_t atom_count = reducer.number_atoms();
  std::vector<bool> stack;
  Truth truth;
  truth.when_nothing_holds = evaluate(reducer.steps(), 0, stack);
  if (atom_count > kTruthAtomsMax) return truth;
  const uint32_t assignments = 1U << atom_count;
  uint32_t truths = 0;
  for (uint32_t i = 0; i < assignments; ++i) truths += evaluate(reducer.steps(), i, stack) ? 1 : 0;
  truth.never = truths == 0;
  truth.always = truths == assignments;
  return truth;
}

}  // namespace sieve
