// Which parts of rules their tests saw both true and false: each pattern, each condition as a whole
// and each part that `and`, `or`, `not`, `N of` and `any url where` join.
//
//   RuleCoverage coverage(rules, options.only);
//   run_rule_tests(rules, options, &coverage);
//   fmt::print("{}", render_coverage(coverage));
//
// The values are those of the production path. A part of a macro counts once, with what the tests
// of all rules that use it saw; what filters and overrides add is left out.
//
// Thread safety: none.
#pragma once

#include <map>
#include <memory>
#include <string>
#include <vector>

#include "base/json_writer.h"
#include "run/rule_test_runner.h"

namespace sieve {

// What can be true or false.
struct CoveragePoint {
  std::string text;  // In the author's words, with the part of the rule where it is no condition.
  SourceSpan span;
  bool was_true = false;
  bool was_false = false;

  size_t seen() const { return size_t{was_true} + size_t{was_false}; }
};

// A rule, or a macro.
struct CoveredRule {
  std::string name;   // Its full id, or `macro NAME`.
  std::string space;  // Empty: a macro.
  std::string file;
  std::vector<CoveragePoint> points;

  size_t outcomes() const { return 2 * points.size(); }
  size_t seen() const;
};

class RuleCoverage : public RuleTestWatcher {
 public:
  // `only`: full id of the one rule that is looked at; empty: all that run.
  RuleCoverage(std::shared_ptr<const RuleSet> rules, const std::string& only);

  // In the order of the set, macros behind rules.
  const std::vector<CoveredRule>& rules() const { return covered_; }
  // Of all, those with gaps included; 100 where there is nothing.
  double percent() const;

  void on_message(RuleIndex rule, const Record& record, Evaluator& evaluator) override;
  void on_record(RuleIndex rule, const Record& record, FactBuilder& facts) override;
  void on_window(RuleIndex rule, std::span<const double> measures) override;

 private:
  // A node of a condition, or the place of a pattern, and where it is noted.
  struct Noted {
    uint32_t node;
    size_t rule;  // Into covered_.
    size_t point;
  };
  // A condition of a rule, and how its parts are named.
  struct Part {
    const Expression& expression;
    const Program& program;
    const ExpressionScope& scope;
    std::string prefix;
  };

  void add_rule(RuleIndex index, size_t covered);
  void add_part(size_t covered, const Part& part);
  void add_exception(size_t covered, const CompiledException& exception,
                     const ExpressionScope& scope);
  size_t macro_at(uint32_t macro);
  size_t point_at(size_t covered, std::string text, SourceSpan span);
  void note(const Program& program, std::span<const NodeValue> values);
  void note(const Noted& noted, bool truth);

  std::shared_ptr<const RuleSet> rules_;
  std::vector<CoveredRule> covered_;
  std::map<uint32_t, size_t> macros_;  // By Definitions::macros: into covered_.
  std::map<const Program*, std::vector<Noted>> programs_;
  std::map<RuleIndex, std::vector<Noted>> patterns_;  // `node` is the pattern.
};

// What was never seen, by rule, and a table of all.
std::string render_coverage(const RuleCoverage& coverage);
// The same as one JSON value.
void write_coverage(JsonWriter& json, const RuleCoverage& coverage);

}  // namespace sieve
