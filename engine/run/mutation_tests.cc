#include "run/mutation_tests.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <atomic>
#include <map>
#include <thread>

#include "rule/mutant_diagnostics.h"
#include "run/mutant_tester.h"

namespace sieve {
namespace {

constexpr std::array<std::string_view, 3> kOutcomeNames = {"killed", "survived", "declared"};

// The rules to try: those that run.
std::vector<RuleIndex> rules_to_try(const RuleSet& rules, const std::string& only) {
  std::vector<RuleIndex> out;
  for (uint32_t i = 0; i < rules.rules().size(); ++i) {
    const CompiledRule& rule = rules.rule(RuleIndex(i));
    if (rule.active && (only.empty() || rule.full_id == only)) out.push_back(RuleIndex(i));
  }
  return out;
}

using Tried = Expected<TriedRule, Diagnostics>;

std::vector<Tried> try_all(const RuleSet& set, const std::vector<RuleIndex>& rules,
                           const MutationOptions& options) {
  std::vector<Tried> tried(rules.size());
  std::atomic<size_t> next = 0;
  const auto work = [&] {
    for (size_t i = next++; i < rules.size(); i = next++) {
      tried[i] = try_mutants(set, rules[i], options.tests);
    }
  };
  std::vector<std::thread> others;
  for (size_t i = 1; i < std::min(options.threads, rules.size()); ++i) others.emplace_back(work);
  work();
  for (std::thread& other : others) other.join();
  return tried;
}

// Gathers what came of each rule, and says what is wrong with it.
class Reporter {
 public:
  explicit Reporter(const RuleSet& rules) : rules_(rules) {}

  void add(RuleIndex index, TriedRule tried);
  MutationReport finish();

 private:
  struct Declaration {
    const Rule* rule;
    const EquivalentMutant* mutant;
  };

  MutantResult& result_of(size_t rule, const Mutant& mutant);
  size_t macro_at(uint32_t macro);
  void declare(const MutatedRule& rule, MutantResult& result);
  const Declaration* declaration_of(const MutatedRule& rule, const Mutant& mutant) const;

  const RuleSet& rules_;
  MutationReport report_;
  std::vector<MutatedRule> macros_;
  std::map<uint32_t, size_t> macro_places_;
  std::vector<Declaration> declarations_;
};

size_t Reporter::macro_at(uint32_t macro) {
  const auto [found, is_new] = macro_places_.emplace(macro, macros_.size());
  if (is_new) {
    const std::string& name = rules_.definitions().macros[macro - 1].name;
    macros_.push_back({fmt::format("macro {}", name), "", {}});
  }
  return found->second;
}

void Reporter::add(RuleIndex index, TriedRule tried) {
  const CompiledRule& compiled = rules_.rule(index);
  MutatedRule own{compiled.full_id, compiled.rule->space, {}};
  for (TriedMutant& one : tried.mutants) {
    const uint32_t macro = one.mutant.macro;
    std::vector<MutantResult>& results =
        macro == 0 ? own.mutants : macros_[macro_at(macro)].mutants;
    // What stands in a macro comes with each rule that uses it.
    auto result = std::find_if(results.begin(), results.end(), [&](const MutantResult& other) {
      return other.mutant.name == one.mutant.name;
    });
    if (result == results.end()) {
      results.push_back({std::move(one.mutant), MutantOutcome::kSurvived, {}, {}, one.is_idle});
      result = results.end() - 1;
    }
    result->is_idle = result->is_idle && one.is_idle;
    if (one.killed_by.empty() || !result->killed_by.empty()) continue;
    result->killed_by = std::move(one.killed_by);
    result->outcome = MutantOutcome::kKilled;
  }
  report_.rules.push_back(std::move(own));
  report_.failing += tried.failing;
  for (const EquivalentMutant& mutant : compiled.rule->equivalent_mutants) {
    declarations_.push_back({compiled.rule, &mutant});
  }
}

// Mutants of a rule are declared in it, those of a macro in any rule that uses it.
const Reporter::Declaration* Reporter::declaration_of(const MutatedRule& rule,
                                                      const Mutant& mutant) const {
  const auto found =
      std::find_if(declarations_.begin(), declarations_.end(), [&](const Declaration& one) {
        const bool is_here = rule.space.empty() || one.rule->full_id() == rule.name;
        return is_here && is_same_mutant_name(one.mutant->name, mutant.name);
      });
  return found == declarations_.end() ? nullptr : &*found;
}

void Reporter::declare(const MutatedRule& rule, MutantResult& result) {
  const Declaration* declared = declaration_of(rule, result.mutant);
  if (declared == nullptr) return;
  result.because = declared->mutant->because;
  if (result.outcome == MutantOutcome::kSurvived) {
    result.outcome = MutantOutcome::kDeclared;
    return;
  }
  report_.diagnostics.push_back(
      noticed_diagnostic(*declared->rule, *declared->mutant, result.killed_by));
}

MutationReport Reporter::finish() {
  report_.rules.insert(report_.rules.end(), std::make_move_iterator(macros_.begin()),
                       std::make_move_iterator(macros_.end()));
  for (MutatedRule& rule : report_.rules) {
    for (MutantResult& result : rule.mutants) {
      declare(rule, result);
      if (result.outcome != MutantOutcome::kSurvived) continue;
      report_.diagnostics.push_back(survivor_diagnostic(result.mutant, result.is_idle));
    }
  }
  return std::move(report_);
}

}  // namespace

std::string_view name_of(MutantOutcome outcome) {
  return kOutcomeNames[static_cast<size_t>(outcome)];
}

void MutantCounts::add(const MutantCounts& other) {
  killed += other.killed;
  survived += other.survived;
  declared += other.declared;
}

MutantCounts MutatedRule::counts() const {
  MutantCounts counts;
  for (const MutantResult& result : mutants) {
    counts.killed += result.outcome == MutantOutcome::kKilled ? 1 : 0;
    counts.survived += result.outcome == MutantOutcome::kSurvived ? 1 : 0;
    counts.declared += result.outcome == MutantOutcome::kDeclared ? 1 : 0;
  }
  return counts;
}

MutantCounts MutationReport::counts() const {
  MutantCounts counts;
  for (const MutatedRule& rule : rules) counts.add(rule.counts());
  return counts;
}

double MutationReport::killed_percent() const {
  const MutantCounts sum = counts();
  if (sum.to_kill() == 0) return 100;
  return 100 * static_cast<double>(sum.killed) / static_cast<double>(sum.to_kill());
}

Expected<MutationReport, Diagnostics> run_mutation_tests(
    const std::shared_ptr<const RuleSet>& rules, const MutationOptions& options) {
  const std::vector<RuleIndex> indexes = rules_to_try(*rules, options.tests.only);
  Reporter reporter(*rules);
  std::vector<Tried> tried = try_all(*rules, indexes, options);
  for (size_t i = 0; i < tried.size(); ++i) {
    if (!tried[i]) return Unexpected<Diagnostics>(std::move(tried[i].error()));
    reporter.add(indexes[i], std::move(*tried[i]));
  }
  return reporter.finish();
}

}  // namespace sieve
