// Any bytes are a rule file or diagnostics that can be shown, and the conditions of sound rules
// read back as they print.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

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

void check_condition(const sieve::Rule& rule, const sieve::Definitions& definitions) {
  const sieve::ExpressionScope scope = sieve::scope_of(rule, definitions);
  sieve::YamlNode node;
  node.kind = sieve::YamlKind::kScalar;
  node.scalar = sieve::print_expression(rule.condition, scope);
  node.span = {1, 1, 1};
  sieve::Diagnostics diagnostics;
  const sieve::YamlContext context{"print", 'R', &diagnostics};
  const sieve::Expression again = sieve::parse_expression(node, scope, context);
  if (!diagnostics.empty() || !same_nodes(rule.condition, again)) std::abort();
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
  for (const sieve::Rule& rule : file.rules) check_condition(rule, definitions);
  sieve::Diagnostics others;
  sieve::parse_thresholds("fuzz.yaml", text, others);
  return 0;
}
