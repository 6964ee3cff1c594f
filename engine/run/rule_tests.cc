#include "run/rule_tests.h"

#include "run/rule_test_runner.h"

namespace sieve {

std::vector<RuleTestResult> run_rule_tests(std::shared_ptr<const RuleSet> rules,
                                           const RuleTestOptions& options) {
  std::vector<RuleTestResult> results;
  RuleTestRunner runner(rules, options);
  for (size_t i = 0; i < rules->rules().size(); ++i) {
    const RuleIndex index(static_cast<uint32_t>(i));
    const CompiledRule& rule = rules->rule(index);
    if (!options.only.empty() && rule.full_id != options.only) continue;
    for (const RuleTest& test : rule.rule->tests) {
      std::string explanation = runner.run(index, test);
      const bool passed = explanation.empty();
      results.push_back({index, &test, passed, std::move(explanation)});
    }
  }
  return results;
}

}  // namespace sieve
