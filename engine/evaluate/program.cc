#include "evaluate/program.h"

#include <algorithm>
#include <type_traits>

#include "base/check.h"
#include "base/limits.h"
#include "base/utf8.h"
#include "evaluate/captures.h"
#include "evaluate/exceptions.h"
#include "evaluate/listed.h"
#include "evaluate/occurrences.h"
#include "evaluate/url_cursor.h"
#include "rule/capture_names.h"
#include "rule/count_comparison.h"
#include "rule/expression_tree.h"
#include "text/number_text.h"

namespace sieve {

// A value on the stack. Trivial, so that a stack of them costs nothing to make: a program touches
// only what it pushes.
struct Program::Value {
  double number;
  const char* text_data;
  size_t text_size;
  bool is_text;
  bool is_present;

  static Value of(bool truth) { return of(truth ? 1.0 : 0.0); }
  static Value of(double number) { return {number, nullptr, 0, false, true}; }
  static Value of(const FieldValue& value, bool is_text) {
    return {value.number, value.text.data(), value.text.size(), is_text, value.present};
  }
  static Value of(std::string_view text) { return {0, text.data(), text.size(), true, true}; }
  bool truth() const { return is_present && number != 0; }
  std::string_view text() const { return {text_data, text_size}; }
};

namespace {

bool compare_text(ExprOp op, std::string_view a, std::string_view b) {
  return op == ExprOp::kEqual ? a == b : a != b;
}

bool is_call(ExprOp op) { return op >= ExprOp::kCount && op <= ExprOp::kBefore; }

}  // namespace

LookAlikeQuestion question_of(const ExprNode& node) {
  LookAlikeQuestion question;
  if (node.index != kAnyBrand) question.brand = BrandId(node.index);
  question.kinds = LookAlikeKinds::from_bits(static_cast<uint32_t>(node.number));
  return question;
}

// REQUIRES: patterns among the nodes up to `at` have become signals.
Program::Step Program::step_of(const std::vector<ExprNode>& nodes, size_t at) {
  const ExprNode& node = nodes[at];
  Step step;
  step.number = node.number;
  step.index = node.index;
  step.count = node.count;
  step.op = node.op;
  if (node.op == ExprOp::kString) {
    step.index = static_cast<uint32_t>(at);
    step.is_text = true;
  } else if (node.op == ExprOp::kField) {
    step.index = node.field.value;
    step.is_text = info_of(node.field).type == FieldType::kString;
  } else if (node.op == ExprOp::kCapture) {
    step.is_text = node.number == static_cast<double>(CaptureUse::kText);
  } else if (node.op == ExprOp::kUrlField) {
    step.is_text = info_of(UrlFieldId(static_cast<uint8_t>(node.index))).type == FieldType::kString;
  } else if (is_call(node.op)) {
    SIEVE_CHECK(node.count <= at, "node {} lacks patterns", at);
    step.index = nodes[at - node.count].index;
    step.count = nodes[at - 1].index;
  } else if (const auto test = count_comparison(nodes, at)) {
    step.index = test->operand;
    step.tests_pattern = true;
    step.holds_at_zero = test->holds_at_zero;
  } else if (const auto operand = capture_comparison(nodes, at)) {
    if (node.op != ExprOp::kInList) step.index = *operand;
    step.tests_pattern = true;
  }
  return step;
}

Program Program::compile(const Expression& expression, std::span<const SignalId> signals,
                         std::span<const std::shared_ptr<const ListSet>> lists,
                         std::span<const CompiledCapture> captures) {
  Program program;
  program.lists_ = lists;
  program.nodes_ = expression.nodes;
  SIEVE_CHECK(program.nodes_.size() <= limits::kExpressionNodesMax, "{} nodes",
              program.nodes_.size());
  size_t depth = 0;
  for (size_t i = 0; i < program.nodes_.size(); ++i) {
    ExprNode& node = program.nodes_[i];
    if (node.op == ExprOp::kPattern) {
      SIEVE_CHECK(node.index < signals.size(), "pattern {} of {}", node.index, signals.size());
      node.index = signals[node.index].value;
    }
    if (node.op == ExprOp::kCapture) {
      SIEVE_CHECK(node.index < captures.size(), "capture {} of {}", node.index, captures.size());
      program.captures_.assign(captures.begin(), captures.end());
      node.count = captures[node.index].signal.value;
    }
    if (node.op == ExprOp::kInList) {
      SIEVE_CHECK(node.index < lists.size(), "list {} of {}", node.index, lists.size());
    }
    const size_t operands = operand_count(node.op, node.count);
    SIEVE_CHECK(operands <= depth, "node {} lacks operands", i);
    depth = depth - operands + 1;
    program.add_step(i);
  }
  SIEVE_CHECK(depth == (program.nodes_.empty() ? 0 : 1), "{} values are left", depth);
  program.add_shortcuts();
  std::sort(program.fields_.begin(), program.fields_.end());
  program.fields_.erase(std::unique(program.fields_.begin(), program.fields_.end()),
                        program.fields_.end());
  return program;
}

void Program::add_step(size_t node_index) {
  const ExprNode& node = nodes_[node_index];
  if (node.op == ExprOp::kField) fields_.push_back(node.field);
  relates_ |= is_call(node.op);
  Step step = step_of(nodes_, node_index);
  if (node.op == ExprOp::kLookAlike) {
    step.index = static_cast<uint32_t>(questions_.size());
    questions_.push_back(question_of(node));
  }
  if (node.op == ExprOp::kAnyUrl) {
    reads_links_ = true;
    // The condition is as many steps as nodes, for there is none of its kind in it.
    step.count = node.count + 1;
    step.opens = true;
    steps_.insert(steps_.end() - node.count, step);
    step.opens = false;
  }
  steps_.push_back(step);
}

void Program::add_shortcuts() {
  std::vector<size_t> ends;  // Of the operands that wait: the last step of each.
  for (size_t i = 0; i < steps_.size(); ++i) {
    if (steps_[i].opens) {
      i += steps_[i].count;
      ends.push_back(i);
      continue;
    }
    const ExprOp op = steps_[i].op;
    if (op == ExprOp::kAnd || op == ExprOp::kOr) {
      Step& left = steps_[ends[ends.size() - 2]];
      left.decides = static_cast<uint16_t>(i - ends[ends.size() - 2]);
      left.decides_or = op == ExprOp::kOr;
    }
    ends.resize(ends.size() - operand_count(op, steps_[i].count));
    ends.push_back(i);
  }
}

// `watch` is told each value that is put on the stack, by which step, and for which link.
template <class Watcher>
bool Program::run_steps(const ProgramInput& input, LinkMask* links, Watcher&& watch) const {
  if (steps_.empty()) return true;
  static_assert(std::is_trivially_default_constructible_v<Value>);
  Value stack[limits::kExpressionNodesMax];
  size_t depth = 0;
  UrlCursor url(input.reader);
  for (size_t i = 0; i < steps_.size(); ++i) {
    const Step& step = steps_[i];
    if (step.op == ExprOp::kAnyUrl) {
      if (step.opens) {
        if (url.first()) continue;
        stack[depth++] = Value::of(false);
        i += step.count;
      } else if (stack[depth - 1].truth()) {
        const bool is_shown = links != nullptr && step.number != kHiddenLinks;
        if (is_shown) *links |= LinkMask{1} << url.index();
      } else if (url.next()) {
        --depth;
        i -= step.count;
        continue;
      } else {
        stack[depth - 1] = Value::of(false);
      }
    } else if (step.op == ExprOp::kUrlField) {
      stack[depth++] =
          Value::of(url.value(UrlFieldId(static_cast<uint8_t>(step.index))), step.is_text);
    } else if (step.op == ExprOp::kLookAlike) {
      stack[depth++] = Value::of(url.imitates(questions_[step.index]));
    } else if (operand_count(step.op, step.count) == 0 && step.op != ExprOp::kAtLeast) {
      stack[depth++] = operand(step, input);
    } else {
      depth -= operand_count(step.op, step.count);
      const Value* first = stack + depth;
      stack[depth++] = is_call(step.op) ? call(step, first, input.occurrences)
                                        : Value::of(apply(step, first, input));
    }
    watch(i, stack[depth - 1], url.index());
  }
  return stack[0].truth();
}

bool Program::run(const ProgramInput& input, LinkMask* links) const {
  return run_steps(input, links, [](size_t, const Value&, size_t) {});
}

bool Program::trace(const ProgramInput& input, std::vector<NodeValue>& values) const {
  // By step: its node, and whether it is about one link.
  std::vector<uint32_t> nodes;
  std::vector<bool> of_link;
  uint32_t node = 0;
  size_t links_end = 0;
  for (size_t i = 0; i < steps_.size(); ++i) {
    if (steps_[i].opens) links_end = i + steps_[i].count;
    of_link.push_back(i < links_end);
    nodes.push_back(node);
    node += steps_[i].opens ? 0 : 1;
  }
  return run_steps(input, nullptr, [&](size_t step, const Value& value, size_t link) {
    NodeValue& out = values.emplace_back();
    out.node = nodes[step];
    out.link = of_link[step] ? static_cast<uint32_t>(link) : NodeValue::kNoLink;
    out.is_present = value.is_present;
    out.is_text = value.is_text;
    if (value.is_text) {
      out.text = value.text();
    } else {
      out.number = value.number;
    }
  });
}

Program::Value Program::captured(const Step& step, const ProgramInput& input) const {
  std::optional<std::string_view> text;
  if ((*input.signals)[step.count]) text = input.captures->read(captures_[step.index]);
  if (step.is_text || !text) {
    return Value::of(FieldValue{text.has_value(), 0, text.value_or("")}, step.is_text);
  }
  if (step.number == static_cast<double>(CaptureUse::kLength)) {
    return Value::of(static_cast<double>(count_chars(*text)));
  }
  const auto number = number_of(*text);
  return Value::of(FieldValue{number.has_value(), number.value_or(0), {}}, false);
}

Program::Value Program::operand(const Step& step, const ProgramInput& input) const {
  switch (step.op) {
    case ExprOp::kPattern:
      return Value::of((*input.signals)[step.index]);
    case ExprOp::kField: {
      const FieldId field(static_cast<uint16_t>(step.index));
      return Value::of(field_value(field, *input.record, *input.context), step.is_text);
    }
    case ExprOp::kMeasure:
      return Value::of(input.measures[step.index]);
    case ExprOp::kString:
      return Value::of(std::string_view(nodes_[step.index].text));
    case ExprOp::kCapture:
      return captured(step, input);
    default:
      return Value::of(step.number);
  }
}

Program::Value Program::call(const Step& step, const Value* first, Occurrences* occurrences) {
  const SignalId a(step.index);
  if (step.op == ExprOp::kCount) {
    return Value::of(first[0].truth() ? static_cast<double>(occurrences->count(a)) : 0.0);
  }
  if (!first[0].truth() || !first[1].truth()) return Value::of(false);
  const SignalId b(step.count);
  return Value::of(step.op == ExprOp::kNear ? occurrences->near(a, b, step.number)
                                            : occurrences->before(a, b, step.number));
}

bool Program::apply(const Step& step, const Value* first, const ProgramInput& input) const {
  const auto compare = [](ExprOp op, const Value& a, const Value& b) {
    if (!a.is_present || !b.is_present) return false;
    return a.is_text ? compare_text(op, a.text(), b.text())
                     : compare_numbers(op, a.number, b.number);
  };
  switch (step.op) {
    case ExprOp::kNot:
      return !first[0].truth();
    case ExprOp::kRule:
      return first[0].truth();
    case ExprOp::kException:
      return first[0].truth() && !is_over(Date{static_cast<int32_t>(step.number)}, input) &&
             sees_all_links(step.index != 0, input);
    case ExprOp::kAnd:
      return first[0].truth() && first[1].truth();
    case ExprOp::kOr:
      return first[0].truth() || first[1].truth();
    case ExprOp::kIn:
      return std::any_of(first + 1, first + 1 + step.count, [&](const Value& constant) {
        return compare(ExprOp::kEqual, first[0], constant);
      });
    case ExprOp::kInList:
      return first[0].is_present && is_listed(*lists_[step.index], first[0].text(), input);
    case ExprOp::kAtLeast: {
      const auto held =
          std::count_if(first, first + step.count, [](const Value& v) { return v.truth(); });
      return static_cast<double>(held) >= step.number;
    }
    default:
      return compare(step.op, first[0], first[1]);
  }
}

}  // namespace sieve
