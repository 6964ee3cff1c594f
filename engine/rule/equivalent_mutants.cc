// `equivalent_mutants:`: what authors say of mutants that no test can tell from their rule.
#include <fmt/format.h>

#include <algorithm>

#include "rule/mutants.h"
#include "rule/rule_parts.h"

namespace sieve {
namespace {

EquivalentMutant parse_one(const YamlNode& node, const YamlContext& context) {
  EquivalentMutant out;
  out.span = node.span;
  YamlReader reader(node, "equivalent mutant", context);
  if (!reader.is_map()) return out;
  out.name = reader.required_string("mutant");
  out.because = reader.required_string("because");
  reader.finish();
  if (const YamlNode* name = node.find("mutant")) out.span = name->span;
  return out;
}

// What is said of one that the rule does not have.
void report_unknown(const EquivalentMutant& declared, const Rule& rule,
                    const std::vector<Mutant>& mutants, const YamlContext& context) {
  Diagnostic& out = context.warning("R164", declared.span,
                                    fmt::format("the rule `{}` has no such mutant", rule.id));
  std::vector<std::string_view> names;
  for (const Mutant& mutant : mutants) names.push_back(mutant.name);
  const std::string_view near = nearest_name(declared.name, names);
  if (!near.empty()) out.label = fmt::format("did you mean `{}`?", near);
  out.help = "name one as `rules test --mutate` does, or remove it";
}

}  // namespace

std::vector<EquivalentMutant> parse_equivalent_mutants(const YamlNode& node,
                                                       const YamlContext& context) {
  std::vector<EquivalentMutant> out;
  if (node.kind != YamlKind::kList) {
    context.error("R003", node.span, "`equivalent_mutants` must be a list").help =
        "start each with `- mutant:`";
    return out;
  }
  for (const auto& item : node.items) out.push_back(parse_one(*item, context));
  return out;
}

void check_equivalent_mutants(const Rule& rule, const Definitions& definitions,
                              const YamlContext& context) {
  if (rule.equivalent_mutants.empty()) return;
  const std::vector<Mutant> mutants = mutants_of(rule, definitions);
  const auto& all = rule.equivalent_mutants;
  for (auto declared = all.begin(); declared != all.end(); ++declared) {
    const auto is_same = [&](const auto& other) {
      return is_same_mutant_name(other.name, declared->name);
    };
    if (std::none_of(mutants.begin(), mutants.end(), is_same)) {
      report_unknown(*declared, rule, mutants, context);
    }
    const auto first = std::find_if(all.begin(), declared, is_same);
    if (first == declared) continue;
    Diagnostic& out = context.warning("R166", declared->span, "this mutant is declared twice");
    out.related.push_back({"", first->span, "the first"});
    out.help = "remove one of the two";
  }
}

}  // namespace sieve
