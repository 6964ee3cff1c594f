#include "run/rule_coverage.h"

#include <fmt/format.h>

#include <algorithm>
#include <numeric>

#include "rule/condition_text.h"

namespace sieve {
namespace {

// Of `a and b and c` the parts are three: what joins the first two is no part of its own. What
// stands behind a `not` is one, and is true where the `not` is false.
bool is_part(std::span<const ExprNode> nodes, const std::vector<ExprPlace>& places, uint32_t at) {
  const ExprNode& node = nodes[at];
  const uint32_t parent = places[at].parent;
  if (!places[at].is_condition || node.op == ExprOp::kBool) return false;
  if (node.op == ExprOp::kPattern || node.op == ExprOp::kNot) return false;
  const bool is_joined = node.op == ExprOp::kAnd || node.op == ExprOp::kOr;
  if (!is_joined || parent == ExprPlace::kNoParent) return true;
  return nodes[parent].op != node.op || nodes[parent].macro != node.macro;
}

// By node of a condition: where it is in the program, in which the rules that it refers to stand in
// front of their references.
std::vector<uint32_t> own_nodes(std::span<const ExprNode> program) {
  const ExprOperands operands = operands_of(program);
  std::vector<uint32_t> own;
  for (uint32_t i = 0; i < program.size(); ++i) {
    if (program[i].op == ExprOp::kRule && program[i].count > 0) {
      const uint32_t first = first_node_of(operands, i);
      std::erase_if(own, [first](uint32_t node) { return node >= first; });
    }
    own.push_back(i);
  }
  return own;
}

}  // namespace

size_t CoveredRule::seen() const {
  return std::accumulate(points.begin(), points.end(), size_t{0},
                         [](size_t sum, const auto& point) { return sum + point.seen(); });
}

RuleCoverage::RuleCoverage(std::shared_ptr<const RuleSet> rules, const std::string& only)
    : rules_(std::move(rules)) {
  std::vector<RuleIndex> covered;
  for (uint32_t i = 0; i < rules_->rules().size(); ++i) {
    const CompiledRule& rule = rules_->rule(RuleIndex(i));
    if (!rule.active || (!only.empty() && rule.full_id != only)) continue;
    covered.push_back(RuleIndex(i));
    covered_.push_back({rule.full_id, rule.rule->space, rule.rule->file, {}});
  }
  // Macros come behind all rules.
  for (size_t i = 0; i < covered.size(); ++i) add_rule(covered[i], i);
}

void RuleCoverage::add_rule(RuleIndex index, size_t covered) {
  const CompiledRule& compiled = rules_->rule(index);
  const Rule& rule = *compiled.rule;
  const ExpressionScope scope = scope_of(rule, rules_->definitions());
  const ExpressionScope record_scope = record_scope_of(rule, rules_->definitions());
  for (uint32_t i = 0; i < rule.patterns.size(); ++i) {
    patterns_[index].push_back(
        {i, covered, point_at(covered, rule.patterns[i].name, rule.patterns[i].span)});
  }
  add_part(covered, {rule.where, compiled.where, record_scope, "where: "});
  for (size_t i = 0; i < rule.measures.size(); ++i) {
    add_part(covered, {rule.measures[i].predicate, compiled.measures[i].predicate, record_scope,
                       fmt::format("measure {}: ", rule.measures[i].name)});
  }
  add_part(covered, {rule.condition, compiled.condition, scope, ""});
  for (const CompiledException& exception : rules_->exceptions_of(compiled)) {
    const bool is_own = exception.exception->kind == ExceptionKind::kException &&
                        exception.exception->file == rule.file;
    if (is_own) add_exception(covered, exception, record_scope);
  }
  for (size_t i = 0; i < rule.score_parts.size(); ++i) {
    add_part(covered, {rule.score_parts[i].when, compiled.score_parts[i], record_scope,
                       fmt::format("score_if {}: ", i + 1)});
  }
}

// Of one with rows of values, only whether it holds.
void RuleCoverage::add_exception(size_t covered, const CompiledException& exception,
                                 const ExpressionScope& scope) {
  const Expression& when = exception.exception->when;
  if (!exception.exception->has_rows) {
    add_part(covered, {when, exception.when, scope,
                       fmt::format("exception {}: ", exception.exception->name)});
    return;
  }
  const size_t point = point_at(covered, exception.label, exception.exception->span);
  programs_[&exception.when] = {
      {static_cast<uint32_t>(exception.when.nodes().size() - 1), covered, point}};
}

void RuleCoverage::add_part(size_t covered, const Part& part) {
  const std::span<const ExprNode> nodes = part.expression.nodes;
  const ConditionText text(nodes, part.scope);
  const std::vector<ExprPlace> places = places_of(nodes, text.operands());
  const std::vector<uint32_t> run_as = own_nodes(part.program.nodes());
  for (uint32_t i = 0; i < nodes.size(); ++i) {
    if (!is_part(nodes, places, i)) continue;
    const uint32_t macro = nodes[i].macro;
    const size_t rule = macro == 0 ? covered : macro_at(macro);
    const std::string shown = fmt::format("{}{}", macro == 0 ? part.prefix : "", text.of(i, macro));
    programs_[&part.program].push_back(
        {run_as[i], rule, point_at(rule, shown, span_of(nodes, text.operands(), i))});
  }
}

size_t RuleCoverage::macro_at(uint32_t macro) {
  const auto [found, is_new] = macros_.emplace(macro, covered_.size());
  if (is_new) {
    const MacroDef& definition = rules_->definitions().macros[macro - 1];
    covered_.push_back({fmt::format("macro {}", definition.name), "", definition.rule_file, {}});
  }
  return found->second;
}

size_t RuleCoverage::point_at(size_t covered, std::string text, SourceSpan span) {
  std::vector<CoveragePoint>& points = covered_[covered].points;
  const auto found = std::find_if(points.begin(), points.end(), [&](const CoveragePoint& point) {
    return point.span == span && point.text == text;
  });
  if (found != points.end()) return static_cast<size_t>(found - points.begin());
  points.push_back({std::move(text), span});
  return points.size() - 1;
}

void RuleCoverage::note(const Noted& noted, bool truth) {
  CoveragePoint& point = covered_[noted.rule].points[noted.point];
  (truth ? point.was_true : point.was_false) = true;
}

void RuleCoverage::note(const Program& program, std::span<const NodeValue> values) {
  const auto found = programs_.find(&program);
  if (found == programs_.end()) return;
  for (const Noted& noted : found->second) {
    for (const NodeValue& value : values) {
      if (value.node == noted.node) note(noted, value.truth());
    }
  }
}

void RuleCoverage::on_message(RuleIndex rule, const Record& record, Evaluator& evaluator) {
  const CompiledRule& compiled = rules_->rule(rule);
  std::vector<NodeValue> values;
  const auto trace = [&](const Program& part) {
    values.clear();
    const bool holds = evaluator.trace(rule, part, record, values);
    note(part, values);
    return holds;
  };
  const bool holds = trace(compiled.condition);
  for (const Noted& noted : patterns_[rule]) {
    note(noted, evaluator.raised(compiled.signals[noted.node]));
  }
  if (!holds) return;
  for (const CompiledException& exception : rules_->exceptions_of(compiled)) trace(exception.when);
  for (const Program& part : compiled.score_parts) trace(part);
}

void RuleCoverage::on_record(RuleIndex rule, const Record& record, FactBuilder& facts) {
  facts.trace(rule, record, [this](const Program& program, std::span<const NodeValue> values) {
    note(program, values);
  });
}

void RuleCoverage::on_window(RuleIndex rule, std::span<const double> measures) {
  const Program& condition = rules_->rule(rule).condition;
  ProgramInput input;
  input.measures = measures;
  std::vector<NodeValue> values;
  condition.trace(input, values);
  note(condition, values);
}

double RuleCoverage::percent() const {
  size_t outcomes = 0;
  size_t seen = 0;
  for (const CoveredRule& rule : covered_) {
    outcomes += rule.outcomes();
    seen += rule.seen();
  }
  return outcomes == 0 ? 100 : 100 * static_cast<double>(seen) / static_cast<double>(outcomes);
}

}  // namespace sieve
