#include "run/rule_tests.h"

#include <map>

#include "run/rule_test_runner.h"

namespace sieve {

std::vector<RuleTestResult> run_rule_tests(std::shared_ptr<const RuleSet> rules,
                                           const RuleTestOptions& options,
                                           RuleTestWatcher* watcher) {
  std::vector<RuleTestResult> results;
  RuleTestRunner runner(rules, options, watcher);
  std::map<RuleIndex, std::string> why_inactive;
  for (const InactiveRule& inactive : rules->inactive()) {
    why_inactive[inactive.rule] = inactive.reason;
  }
  for (size_t i = 0; i < rules->rules().size(); ++i) {
    const RuleIndex index(static_cast<uint32_t>(i));
    const CompiledRule& rule = rules->rule(index);
    if (!options.only.empty() && rule.full_id != options.only) continue;
    const auto inactive = why_inactive.find(index);
    for (const RuleTest& test : rule.rule->tests) {
      if (inactive != why_inactive.end()) {
        results.push_back({index, &test, false, true, inactive->second});
        continue;
      }
      std::string explanation = runner.run(index, test);
      const bool passed = explanation.empty();
      results.push_back({index, &test, passed, false, std::move(explanation)});
    }
  }
  return results;
}

}  // namespace sieve
