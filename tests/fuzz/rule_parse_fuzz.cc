// Any bytes are a rule file or diagnostics that can be shown, and the conditions of sound rules
// read back as they print, and have mutants.
#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>
#include <vector>

#include "rule/expression_tree.h"
#include "rule/mutants.h"
#include "rule/parse.h"

namespace {

bool same_nodes(const sieve::Expression& a, const sieve::Expression& b) {
  if (a.nodes.size() != b.nodes.size()) return false;
  for (size_t i = 0; i < a.nodes.size(); ++i) {
    const sieve::ExprNode& x = a.nodes[i];
    const sieve::ExprNode& y = b.nodes[i];
    const bool same = x.op == y.op && x.index == y.index && x.count == y.count &&
                      x.field == y.field && x.number == y.number && x.text == y.text;
    if (!same) return false;
  }
  return true;
}

// A macro in a list, `2 of (a, late)`, prints as what it says, which cannot stand there.
bool reads_back(const sieve::Expression& expression) {
  std::vector<bool> is_name;
  for (const sieve::ExprNode& node : expression.nodes) {
    const size_t operands = sieve::operand_count(node.op, node.count);
    if (operands > is_name.size()) std::abort();
    const auto first = is_name.end() - static_cast<std::ptrdiff_t>(operands);
    const bool is_list = node.op == sieve::ExprOp::kAtLeast;
    if (is_list && std::find(first, is_name.end(), false) != is_name.end()) return false;
    is_name.erase(first, is_name.end());
    is_name.push_back(operands == 0);
  }
  return true;
}

using Parse = sieve::Expression (*)(const sieve::YamlNode&, const sieve::ExpressionScope&,
                                    const sieve::YamlContext&);

void check_printed(const sieve::Expression& expression, const sieve::ExpressionScope& scope,
                   Parse parse) {
  if (expression.empty() || !reads_back(expression)) return;
  sieve::YamlNode node;
  node.kind = sieve::YamlKind::kScalar;
  node.scalar = sieve::print_expression(expression, scope);
  node.span = {1, 1, 1};
  sieve::Diagnostics diagnostics;
  const sieve::YamlContext context{"print", 'R', &diagnostics};
  const sieve::Expression again = parse(node, scope, context);
  // `between` is printed as two comparisons in parentheses: a level deeper.
  const bool too_deep = diagnostics.size() == 1 && diagnostics.front().code == "R016";
  if (too_deep && parse == sieve::parse_relation) return;
  if (!diagnostics.empty() || !same_nodes(expression, again)) std::abort();
}

void check_sequence(const sieve::SequenceDef& sequence, const sieve::Definitions& definitions) {
  sieve::ExpressionScope times;
  for (const auto& step : sequence.steps) {
    sieve::Rule like_it;
    like_it.on = step.on;
    like_it.patterns = step.patterns;
    like_it.captures = step.captures;
    sieve::ExpressionScope scope = sieve::record_scope_of(like_it, definitions);
    scope.has_history = true;
    check_printed(step.where, scope, sieve::parse_expression);
    times.steps.push_back({step.name, step.on});
  }
  check_printed(sequence.relate, times, sieve::parse_relation);
}

void check_conditions(const sieve::Rule& rule, const sieve::Definitions& definitions) {
  if (rule.sequence) return check_sequence(*rule.sequence, definitions);
  const sieve::ExpressionScope records = sieve::record_scope_of(rule, definitions);
  check_printed(rule.where, records, sieve::parse_expression);
  check_printed(rule.condition, sieve::scope_of(rule, definitions), sieve::parse_expression);
  for (const auto& part : rule.score_parts)
    check_printed(part.when, records, sieve::parse_expression);
  for (const auto& exception : rule.exceptions) {
    if (exception.values.empty()) check_printed(exception.when, records, sieve::parse_expression);
  }
}

bool is_sound(const std::vector<sieve::ExprNode>& nodes) {
  size_t values = 0;
  for (const sieve::ExprNode& node : nodes) {
    const size_t operands = sieve::operand_count(node.op, node.count);
    if (operands > values) return false;
    values = values - operands + 1;
  }
  return nodes.empty() || values == 1;
}

// Each has a name, a place and a sound condition.
void check_mutants(const sieve::Rule& rule, const sieve::Definitions& definitions) {
  for (const sieve::Mutant& mutant : sieve::mutants_of(rule, definitions)) {
    const sieve::Rule broken = sieve::mutated(rule, mutant);
    const bool is_whole = is_sound(mutant.nodes) && is_sound(broken.condition.nodes);
    if (!is_whole || mutant.name.empty() || mutant.span.line == 0) std::abort();
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  sieve::Diagnostics diagnostics;
  sieve::Definitions definitions;
  const sieve::RuleFile file = sieve::parse_rule_file("fuzz.yaml", text, definitions, diagnostics);
  sieve::sort_diagnostics(diagnostics);
  for (const sieve::Diagnostic& diagnostic : diagnostics) {
    if (sieve::render(diagnostic, {{"fuzz.yaml", text}}).empty()) std::abort();
  }
  sieve::Diagnostics others;
  sieve::parse_thresholds("fuzz.yaml", text, others);
  // A reference is printed with the namespace, which reads back only if it is a valid one.
  const auto is_invalid_name = [](const auto& diagnostic) { return diagnostic.code == "R031"; };
  if (std::any_of(diagnostics.begin(), diagnostics.end(), is_invalid_name)) return 0;
  for (const sieve::Rule& rule : file.rules) {
    check_conditions(rule, definitions);
    check_mutants(rule, definitions);
  }
  return 0;
}
