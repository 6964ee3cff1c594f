// Running the tests that rules carry against mutants of their rules (rule/mutants.h): what no test
// notices, tests leave open.
//
// A mutant is killed when the outcome of a test of its rule, passed or failed, is another than that
// of the rule itself. What stands in a macro is one mutant for all rules that use it, and killed by
// a test of any of them. An author may declare one that no test can kill (`equivalent_mutants`).
//
// Thread safety: pure functions; rules are tried in several threads, and the report does not depend
// on their number.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "base/expected.h"
#include "base/json_writer.h"
#include "rule/mutants.h"
#include "run/rule_tests.h"

namespace sieve {

enum class MutantOutcome : uint8_t { kKilled, kSurvived, kDeclared };
std::string_view name_of(MutantOutcome outcome);

struct MutantResult {
  Mutant mutant;
  MutantOutcome outcome = MutantOutcome::kSurvived;
  std::string killed_by;  // Name of the first test that noticed it.
  std::string because;    // Of one that is declared.
  bool is_idle = false;   // Of one that was not killed: no test can notice it.
};

struct MutantCounts {
  size_t killed = 0;
  size_t survived = 0;
  size_t declared = 0;

  void add(const MutantCounts& other);
  size_t all() const { return killed + survived + declared; }
  // Those that tests are to kill.
  size_t to_kill() const { return killed + survived; }
};

// A rule, or a macro.
struct MutatedRule {
  std::string name;   // Its full id, or `macro NAME`.
  std::string space;  // Empty: a macro.
  std::vector<MutantResult> mutants;

  MutantCounts counts() const;
};

struct MutationReport {
  std::vector<MutatedRule> rules;  // Those that run, in the order of the set; macros behind.
  size_t failing = 0;              // Tests that fail as they are, and were left out.
  // In the order of `rules`: survivors (R167), and those declared equivalent that are not (R165).
  Diagnostics diagnostics;

  MutantCounts counts() const;
  double killed_percent() const;  // Of those to kill; 100 without any.
};

struct MutationOptions {
  RuleTestOptions tests;
  size_t threads = 1;
};

// Fails with the problems of a mutant that does not compile.
Expected<MutationReport, Diagnostics> run_mutation_tests(
    const std::shared_ptr<const RuleSet>& rules, const MutationOptions& options);

// The diagnostics, and a table of all rules, packs and macros.
std::string render_mutations(const MutationReport& report, const RuleSet& rules);
// The same, with each mutant, as one JSON value.
void write_mutations(JsonWriter& json, const MutationReport& report);

}  // namespace sieve
