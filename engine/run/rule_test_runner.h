// A RuleTestRunner runs tests of rules one by one, through the same decoder, fold, evaluator and
// correlator as production: a test's record is written as JSON and read like any other.
//
// Thread safety: none. Lifetime: shares the RuleSet.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "run/rule_tests.h"
#include "run/timeline_player.h"

namespace sieve {

// Sees what the records of tests come to within the engine.
class RuleTestWatcher {
 public:
  virtual ~RuleTestWatcher() = default;
  // A message of a test of `rule`, a message rule; `evaluator` has evaluated it.
  virtual void on_message(RuleIndex rule, const Record& record, Evaluator& evaluator) = 0;
  // A record of a test of `rule`, a window rule; `facts` has built its facts.
  virtual void on_record(RuleIndex rule, const Record& record, FactBuilder& facts) = 0;
  // The measures of a window that was judged.
  virtual void on_window(RuleIndex rule, std::span<const double> measures) = 0;
};

class RuleTestRunner {
 public:
  // `watcher`: null, or outlives it.
  RuleTestRunner(std::shared_ptr<const RuleSet> rules, const RuleTestOptions& options,
                 RuleTestWatcher* watcher = nullptr);

  // What was expected, what came, and why, as RuleTestResult::explanation; empty: passed.
  std::string run(RuleIndex index, const RuleTest& test);
  // The same test for each of several rules of one kind, which see the same records.
  std::vector<std::string> run_each(std::span<const RuleIndex> rules, const RuleTest& test);

 private:
  std::vector<std::string> run_message(std::span<const RuleIndex> rules, const RuleTest& test);
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
  std::vector<std::string> run_timeline(std::span<const RuleIndex> rules, const RuleTest& test);
  std::string compare_timeline(RuleIndex index, const RuleTest& test,
                               const std::vector<Finding>& all);
  std::string compare_findings(RuleIndex index, const RuleTest& test,
                               const std::vector<Finding>& findings) const;
  bool agrees(RuleIndex index, const ExpectedFinding& wanted, const Finding& finding) const;

  std::shared_ptr<const RuleSet> rules_;
  RuleTestWatcher* watcher_;
  TimelinePlayer player_;
};

}  // namespace sieve
