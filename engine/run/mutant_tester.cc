#include "run/mutant_tester.h"

#include <fmt/format.h>

#include <algorithm>
#include <numeric>

#include "base/limits.h"
#include "rule/references.h"
#include "run/rule_test_runner.h"

namespace sieve {
namespace {

// Rules of one set: each may hit, and none may be left out of the hits.
constexpr size_t kMutantsPerSet = limits::kHitsPerMessageMax - 1;

// The rules that `rule` refers to, and those that these do: as helpers, which come behind all
// mutants should a message have too many hits.
std::vector<Rule> referred_to(const RuleSet& rules, const Rule& rule) {
  std::vector<std::string> ids = references_of(rule);
  std::vector<Rule> out;
  for (size_t i = 0; i < ids.size(); ++i) {
    const auto found =
        std::find_if(rules.rules().begin(), rules.rules().end(),
                     [&](const CompiledRule& other) { return other.full_id == ids[i]; });
    Rule& other = out.emplace_back(*found->rule);
    other.tests.clear();
    other.emit = false;
    other.severity = RuleSeverity::kInfo;
    other.score = 0;
    for (std::string& id : references_of(other)) {
      if (std::find(ids.begin(), ids.end(), id) == ids.end()) ids.push_back(std::move(id));
    }
  }
  return out;
}

// `mutants` of `rule`, which is of the set `rules`, as a set of their own, in which they come
// first.
Expected<std::shared_ptr<const RuleSet>, Diagnostics> compile(const RuleSet& rules,
                                                              const Rule& rule,
                                                              std::vector<Rule> mutants) {
  LoadedRules loaded;
  loaded.definitions.lists = rules.definitions().lists;  // Their entries are the set's.
  loaded.definitions.brands = rules.definitions().brands;
  loaded.definitions.today = rules.definitions().today;
  loaded.thresholds = rules.thresholds();
  auto& caps = loaded.thresholds.group_caps;
  for (size_t i = 0; i < mutants.size(); ++i) {
    // Each is alone in its group, or they would share its cap.
    Rule& mutant = mutants[i];
    mutant.id = fmt::format("{}~{}", rule.id, i);
    if (mutant.group.empty()) continue;
    mutant.group = mutant.id;
    const auto cap = caps.find(rule.group);
    if (cap != caps.end()) caps.emplace(mutant.group, cap->second);
  }
  loaded.files.push_back({rule.file, rule.space, std::move(mutants)});
  loaded.files.push_back({rule.file, rule.space, referred_to(rules, rule)});
  CompileOptions options;
  options.origin = &rules;
  return RuleSet::compile(std::move(loaded), options);
}

// Some of the mutants, compiled beside their rule, which is the first.
class MutantSet {
 public:
  // The mutants are the first `count` rules of the set.
  MutantSet(std::shared_ptr<const RuleSet> rules, size_t count, const RuleTestOptions& options)
      : runner_(std::move(rules), options), indexes_(count) {
    for (uint32_t i = 0; i < indexes_.size(); ++i) indexes_[i] = RuleIndex(i);
  }

  // Whether `test` passes, of the rule and of each mutant. Nothing: the rule fails it here. Caps of
  // groups make a rule's score depend on others, which are not here: then it is not looked at.
  std::optional<std::vector<bool>> outcomes(const RuleTest& test) {
    std::vector<bool> outcomes = passes(test);
    if (!outcomes.front() && test.score) {
      RuleTest without_score = test;
      without_score.score.reset();
      outcomes = passes(without_score);
    }
    if (!outcomes.front()) return std::nullopt;
    return outcomes;
  }

 private:
  std::vector<bool> passes(const RuleTest& test) {
    std::vector<bool> out;
    for (const std::string& explanation : runner_.run_each(indexes_, test)) {
      out.push_back(explanation.empty());
    }
    return out;
  }

  RuleTestRunner runner_;
  std::vector<RuleIndex> indexes_;
};

}  // namespace

Expected<TriedRule, Diagnostics> try_mutants(const RuleSet& set, RuleIndex index,
                                             const RuleTestOptions& options) {
  const Rule& rule = *set.rule(index).rule;
  TriedRule out;
  for (Mutant& mutant : mutants_of(rule, set.definitions())) {
    out.mutants.push_back({std::move(mutant), {}, false});
  }
  for (size_t begin = 0; begin < out.mutants.size(); begin += kMutantsPerSet) {
    const auto some =
        std::span(out.mutants).subspan(begin, std::min(kMutantsPerSet, out.mutants.size() - begin));
    std::vector<Rule> rules = {rule};
    rules.front().tests.clear();
    for (const TriedMutant& tried : some) rules.push_back(mutated(rule, tried.mutant));
    // The patterns are those of rules that were compiled within limits.
    auto compiled = compile(set, rule, std::move(rules));
    if (!compiled) return Unexpected<Diagnostics>(std::move(compiled.error()));
    MutantSet mutants(std::move(*compiled), some.size() + 1, options);
    out.failing = 0;
    for (const RuleTest& test : rule.tests) {
      const auto outcomes = mutants.outcomes(test);
      out.failing += outcomes ? 0 : 1;
      for (size_t i = 0; outcomes && i < some.size(); ++i) {
        if (some[i].killed_by.empty() && !(*outcomes)[i + 1]) some[i].killed_by = test.name;
      }
    }
  }
  for (TriedMutant& tried : out.mutants) {
    tried.is_idle = tried.killed_by.empty() && is_idle(rule, tried.mutant);
  }
  return out;
}

}  // namespace sieve
