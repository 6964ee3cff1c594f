// A RuleTestRunner runs tests of rules one by one, through the same decoder, fold, evaluator and
// correlator as production: a test's record is written as JSON and read like any other.
//
// Thread safety: none. Lifetime: shares the RuleSet.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "base/arena.h"
#include "correlate/correlator.h"
#include "evaluate/evaluator.h"
#include "record/decoder.h"
#include "run/rule_tests.h"
#include "text/fold.h"

namespace sieve {

class RuleTestRunner {
 public:
  RuleTestRunner(std::shared_ptr<const RuleSet> rules, const RuleTestOptions& options);

  // What was expected, what came, and why, as RuleTestResult::explanation; empty: passed.
  std::string run(RuleIndex index, const RuleTest& test);

 private:
  std::string run_message(RuleIndex index, const RuleTest& test);
  std::string compare(RuleIndex index, const RuleTest& test, const Evaluation& evaluation,
                      const FoldedText& folded);
  // Whether the hit shows a link that imitates as `test` expects; else a line of explanation.
  std::string compare_links(const RuleTest& test, const Evaluation& evaluation,
                            const Hit* hit) const;
  // The exception that kept the rule from hitting; null: none.
  const CompiledException* find_exception(const Evaluation& evaluation, RuleIndex index) const;
  const Hit* find_hit(const Evaluation& evaluation, RuleIndex index) const;
  std::vector<std::string> fired_patterns(RuleIndex index, const Evaluation& evaluation,
                                          const Hit* hit);
  std::string run_timeline(RuleIndex index, const RuleTest& test);
  std::string compare_findings(RuleIndex index, const RuleTest& test,
                               const std::vector<Finding>& findings) const;
  // Notes in `labels` what kept the last record from counting for the rule.
  void note_exceptions(RuleIndex index, std::vector<std::string>& labels) const;
  bool agrees(RuleIndex index, const ExpectedFinding& wanted, const Finding& finding) const;
  Decoder& decoder_of(RecordKind kind) { return decoders_[static_cast<size_t>(kind)]; }

  // What production keeps per thread.
  std::shared_ptr<const RuleSet> rules_;
  std::vector<Mapping> mappings_;
  std::vector<Decoder> decoders_;
  Evaluator evaluator_;
  std::shared_ptr<const FactPlan> plan_;
  FactBuilder fact_builder_;
  Folder folder_;
  Arena arena_;
  Record record_;
};

}  // namespace sieve
