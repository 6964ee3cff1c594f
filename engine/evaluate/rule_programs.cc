#include "evaluate/rule_programs.h"

#include <fmt/format.h>

#include <algorithm>

#include "evaluate/inactive.h"
#include "rule/references.h"

namespace sieve {
namespace {

bool refers(const Expression& expression) {
  return std::any_of(expression.nodes.begin(), expression.nodes.end(),
                     [](const ExprNode& node) { return node.op == ExprOp::kRule; });
}

ExprNode node_of(ExprOp op, uint32_t count) {
  ExprNode node;
  node.op = op;
  node.count = count;
  return node;
}

// Where a pattern or capture of `rules`, one behind the other, begins; `size_of` says how many each
// has.
template <class SizeOf>
uint32_t begin_of(RuleIndex rule, std::span<const RuleIndex> rules, SizeOf size_of) {
  uint32_t begin = 0;
  for (const RuleIndex other : rules) {
    if (other == rule) break;
    begin += size_of(other);
  }
  return begin;
}

}  // namespace

void RuleProgramCompiler::run(std::vector<CompiledException>& exceptions) {
  for (uint32_t i = 0; i < rules_.size(); ++i) by_id_.emplace(rules_[i].full_id, RuleIndex(i));
  read_wholes();
  for (uint32_t i = 0; i < rules_.size(); ++i) {
    CompiledRule& compiled = rules_[i];
    const Rule& rule = *compiled.rule;
    if (!runs(rule)) continue;
    const RuleIndex index(i);
    if (refers(rule.condition)) compiled.resolved = resolved(rule.condition, index);
    compiled.where = compile(rule.where, index);
    compiled.condition = compile(rule.condition, index);
    for (const ScorePart& part : rule.score_parts) {
      compiled.score_parts.push_back(compile(part.when, index));
    }
    for (const MeasureDef& measure : rule.measures) {
      compiled.measures.push_back({measure.kind, measure.field, compile(measure.predicate, index)});
    }
    compile_exceptions(index, exceptions);
  }
}

// Of each rule behind those it refers to.
void RuleProgramCompiler::read_wholes() {
  std::vector<const Rule*> rules;
  for (const CompiledRule& compiled : rules_) rules.push_back(compiled.rule);
  wholes_.resize(rules.size());
  for (const uint32_t i : reference_order(rules)) {
    const RuleIndex index(i);
    wholes_[i] = resolved(rules[i]->condition, index);
    add_exceptions(index, wholes_[i]);
  }
}

void RuleProgramCompiler::add_exceptions(RuleIndex index, Expression& whole) {
  for (const ExceptionDef& exception : rules_[index.index()].rule->exceptions) {
    ExprNode holds = node_of(ExprOp::kException, 1);
    Expression when = resolved(exception.when, index);
    for (ExprNode& node : when.nodes) {
      if (node.op == ExprOp::kAnyUrl) {
        node.number = kHiddenLinks;
        holds.index = 1;
      }
      whole.nodes.push_back(std::move(node));
    }
    holds.text = exception.label();
    holds.number = exception.last_day.days;
    whole.nodes.push_back(std::move(holds));
    whole.nodes.push_back(node_of(ExprOp::kNot, 1));
    whole.nodes.push_back(node_of(ExprOp::kAnd, 2));
  }
}

Expression RuleProgramCompiler::resolved(const Expression& expression, RuleIndex user) {
  Expression out;
  out.text = expression.text;
  out.span = expression.span;
  for (const ExprNode& node : expression.nodes) {
    ExprNode& own = out.nodes.emplace_back(node);
    if (node.op != ExprOp::kRule) continue;
    ExprNode reference = std::move(own);
    out.nodes.pop_back();
    const RuleIndex from = by_id_.find(node.text)->second;
    for (const ExprNode& asked : wholes_[from.index()].nodes) {
      out.nodes.push_back(borrowed(asked, from, user));
    }
    reference.count = 1;
    out.nodes.push_back(std::move(reference));
  }
  return out;
}

// `node` of `from` as one of `user`, whose patterns and captures get those of its owner.
ExprNode RuleProgramCompiler::borrowed(ExprNode node, RuleIndex from, RuleIndex user) {
  const bool is_capture = node.op == ExprOp::kCapture;
  if (!is_capture && node.op != ExprOp::kPattern) return node;
  const auto size_of = [&](RuleIndex rule) {
    const Rule& of = *rules_[rule.index()].rule;
    return static_cast<uint32_t>(is_capture ? of.captures.size() : of.patterns.size());
  };
  const auto owners_of = [&](RuleIndex rule) {
    std::vector<RuleIndex> owners = {rule};
    const auto& others = rules_[rule.index()].refers_to;
    owners.insert(owners.end(), others.begin(), others.end());
    return owners;
  };
  const std::vector<RuleIndex> owners = owners_of(from);
  size_t at = 0;
  for (; node.index >= size_of(owners[at]); ++at) node.index -= size_of(owners[at]);
  const RuleIndex owner = owners[at];
  CompiledRule& to = rules_[user.index()];
  const auto known = std::find(to.refers_to.begin(), to.refers_to.end(), owner);
  if (owner != user && known == to.refers_to.end()) {
    const CompiledRule& of = rules_[owner.index()];
    const auto patterns = static_cast<std::ptrdiff_t>(of.rule->patterns.size());
    const auto captures = static_cast<std::ptrdiff_t>(of.rule->captures.size());
    to.refers_to.push_back(owner);
    to.signals.insert(to.signals.end(), of.signals.begin(), of.signals.begin() + patterns);
    for (const PatternDef& pattern : of.rule->patterns) {
      to.their_names.push_back(fmt::format("{}.{}", of.full_id, pattern.name));
    }
    to.captures.insert(to.captures.end(), of.captures.begin(), of.captures.begin() + captures);
  }
  node.index += begin_of(owner, owners_of(user), size_of);
  return node;
}

Program RuleProgramCompiler::compile(const Expression& expression, RuleIndex index) {
  const CompiledRule& rule = rules_[index.index()];
  if (!refers(expression)) {
    return Program::compile(expression, rule.signals, lists_, rule.captures);
  }
  const Expression whole = resolved(expression, index);
  return Program::compile(whole, rule.signals, lists_, rule.captures);
}

void RuleProgramCompiler::compile_exceptions(RuleIndex index,
                                             std::vector<CompiledException>& exceptions) {
  CompiledRule& compiled = rules_[index.index()];
  compiled.exceptions_begin = static_cast<uint32_t>(exceptions.size());
  for (const ExceptionDef& exception : compiled.rule->exceptions) {
    exceptions.push_back({index, exception.label(), &exception, compile(exception.when, index)});
  }
  compiled.exceptions_end = static_cast<uint32_t>(exceptions.size());
}

}  // namespace sieve
