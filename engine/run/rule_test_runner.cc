#include "run/rule_test_runner.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cmath>
#include <optional>

#include "run/test_record.h"

namespace sieve {
namespace {

// Tells a RuleTestWatcher of the rules that are tested.
class TestedRules : public TimelineWatcher {
 public:
  TestedRules(std::span<const RuleIndex> rules, RuleTestWatcher& watcher)
      : rules_(rules), watcher_(watcher) {}

  void on_record(size_t, const Record& record, FactBuilder& facts, std::span<const Fact>) override {
    for (const RuleIndex rule : rules_) watcher_.on_record(rule, record, facts);
  }
  void on_window(const JudgedWindow& window) override {
    const bool is_tested = std::find(rules_.begin(), rules_.end(), window.rule) != rules_.end();
    if (is_tested) watcher_.on_window(window.rule, window.measures);
  }

 private:
  std::span<const RuleIndex> rules_;
  RuleTestWatcher& watcher_;
};

}  // namespace

RuleTestRunner::RuleTestRunner(std::shared_ptr<const RuleSet> rules, const RuleTestOptions& options,
                               RuleTestWatcher* watcher)
    : rules_(std::move(rules)),
      watcher_(watcher),
      player_(rules_, options.default_country, options.context) {}

std::string RuleTestRunner::run(RuleIndex index, const RuleTest& test) {
  if (!rules_->rule(index).active) return "  the rule is inactive";
  return run_each(std::span(&index, 1), test).front();
}

std::vector<std::string> RuleTestRunner::run_each(std::span<const RuleIndex> rules,
                                                  const RuleTest& test) {
  if (rules.empty()) return {};
  const bool is_window = rules_->rule(rules.front()).rule->is_window();
  return is_window ? run_timeline(rules, test) : run_message(rules, test);
}

std::vector<std::string> RuleTestRunner::run_message(std::span<const RuleIndex> rules,
                                                     const RuleTest& test) {
  std::vector<std::string> explanations(rules.size());
  Evaluator& evaluator = player_.evaluator();
  for (const TimelineRecord& timed : timeline_of(test)) {
    if (std::string problem = player_.decode(timed); !problem.empty()) {
      return std::vector(rules.size(), std::move(problem));
    }
    const Record& record = player_.record();
    const FoldedText& folded = player_.folder().fold(record.message.text);
    const Evaluation& evaluation = evaluator.evaluate(record, folded);
    for (size_t i = 0; i < rules.size(); ++i) {
      if (watcher_ != nullptr) watcher_->on_message(rules[i], record, evaluator);
      if (explanations[i].empty()) explanations[i] = compare(rules[i], test, evaluation, folded);
    }
  }
  return explanations;
}

std::string RuleTestRunner::compare(RuleIndex index, const RuleTest& test,
                                    const Evaluation& evaluation, const FoldedText& folded) {
  const Hit* hit = find_hit(evaluation, index);
  std::vector<std::string> fired = fired_patterns(index, evaluation, hit);
  std::string why;
  if (test.match && *test.match != (hit != nullptr)) {
    why += fmt::format("  expected {}, got {}\n", *test.match ? "a match" : "no match",
                       hit != nullptr ? "a match" : "no match");
  }
  if (test.score && (hit == nullptr || std::abs(hit->score - *test.score) > 1e-9)) {
    why += fmt::format("  expected score {}, got {}\n", *test.score,
                       hit != nullptr ? fmt::to_string(hit->score) : "none");
  }
  const CompiledException* exception = find_exception(evaluation, index);
  if (!test.because.empty() && (exception == nullptr || exception->label != test.because)) {
    why += fmt::format("  expected because {}, got {}\n", test.because,
                       exception != nullptr ? exception->label : "no exception");
  }
  std::vector<std::string> wanted = test.patterns;
  std::sort(wanted.begin(), wanted.end());
  std::sort(fired.begin(), fired.end());
  if (!wanted.empty() && wanted != fired) {
    why += fmt::format("  expected patterns {}, got {}\n", fmt::join(wanted, ", "),
                       fired.empty() ? "none" : fmt::format("{}", fmt::join(fired, ", ")));
  }
  why += compare_links(test, evaluation, hit);
  if (why.empty()) return {};
  if (exception != nullptr) {
    why += fmt::format("  excepted by {}: {}\n", exception->label, exception->exception->reason);
  }
  return why + fmt::format("  condition: {}\n  fired: {}\n  words: `{}`",
                           rules_->rule(index).rule->condition.text,
                           fired.empty() ? "nothing" : fmt::format("{}", fmt::join(fired, ", ")),
                           folded.words);
}

std::string RuleTestRunner::compare_links(const RuleTest& test, const Evaluation& evaluation,
                                          const Hit* hit) const {
  if (!test.brand && !test.why) return {};
  const auto shown = [this](std::optional<BrandId> brand, std::optional<LookAlikeKind> kind) {
    const std::vector<BrandDef>& brands = rules_->definitions().brands;
    return fmt::format("{}{}", brand ? brands[brand->index()].name : "a brand",
                       kind ? fmt::format(" ({})", name_of(*kind)) : "");
  };
  std::string got;
  const std::span<const HitSignal> signals =
      hit != nullptr ? evaluation.signals_of(*hit) : std::span<const HitSignal>();
  for (const HitSignal& signal : signals) {
    if (!signal.look_alike) continue;
    const auto [brand, kind] = *signal.look_alike;
    if (test.brand.value_or(brand.value) == brand.value && test.why.value_or(kind) == kind) {
      return {};
    }
    got += fmt::format("{}{}", got.empty() ? "" : ", ", shown(brand, kind));
  }
  const auto wanted = test.brand ? std::optional(BrandId(*test.brand)) : std::nullopt;
  return fmt::format("  expected a link that imitates {}, got {}\n", shown(wanted, test.why),
                     got.empty() ? "none" : got);
}

const CompiledException* RuleTestRunner::find_exception(const Evaluation& evaluation,
                                                        RuleIndex index) const {
  for (const Excepted& excepted : evaluation.excepted) {
    if (excepted.rule == index) return &rules_->exceptions()[excepted.exception];
  }
  return nullptr;
}

const Hit* RuleTestRunner::find_hit(const Evaluation& evaluation, RuleIndex index) const {
  for (const auto* hits : {&evaluation.hits, &evaluation.shadow_hits}) {
    for (const Hit& hit : *hits) {
      if (hit.rule == index) return &hit;
    }
  }
  return nullptr;
}

// Names of the rule's patterns that fired. Without a hit the evaluation does not list them, so
// the patterns are scanned for again.
std::vector<std::string> RuleTestRunner::fired_patterns(RuleIndex index,
                                                        const Evaluation& evaluation,
                                                        const Hit* hit) {
  const Rule& rule = *rules_->rule(index).rule;
  std::vector<std::string> names;
  if (hit != nullptr) {
    for (const HitSignal& signal : evaluation.signals_of(*hit)) {
      // Not links, and not patterns of rules that it refers to.
      if (signal.pattern_index >= rule.patterns.size()) continue;
      names.push_back(rule.patterns[signal.pattern_index].name);
    }
    return names;
  }
  for (size_t i = 0; i < rule.patterns.size(); ++i) {
    if (player_.evaluator().raised(rules_->rule(index).signals[i]))
      names.push_back(rule.patterns[i].name);
  }
  return names;
}

std::vector<std::string> RuleTestRunner::run_timeline(std::span<const RuleIndex> rules,
                                                      const RuleTest& test) {
  std::optional<TestedRules> tested;
  if (watcher_ != nullptr) tested.emplace(rules, *watcher_);
  std::vector<Finding> findings;
  std::string problem = player_.play(timeline_of(test), tested ? &*tested : nullptr, findings);
  if (!problem.empty()) return std::vector(rules.size(), std::move(problem));
  std::vector<std::string> explanations;
  for (const RuleIndex rule : rules) {
    explanations.push_back(compare_timeline(rule, test, findings));
  }
  return explanations;
}

// `all` are the findings of all rules.
std::string RuleTestRunner::compare_timeline(RuleIndex index, const RuleTest& test,
                                             const std::vector<Finding>& all) {
  std::vector<Finding> findings;
  std::copy_if(all.begin(), all.end(), std::back_inserter(findings),
               [index](const Finding& finding) { return finding.rule == index; });
  const auto excepts = [&](uint32_t i) {
    const CompiledException& exception = rules_->exceptions()[i];
    return exception.rule == index && exception.label == test.because;
  };
  const bool is_missed =
      std::none_of(player_.excepted().begin(), player_.excepted().end(), excepts);
  std::string why = compare_findings(index, test, findings);
  if (!test.because.empty() && is_missed) {
    why = fmt::format("  expected because {}, which kept no record from counting\n{}", test.because,
                      why);
  }
  return why;
}

std::string RuleTestRunner::compare_findings(RuleIndex index, const RuleTest& test,
                                             const std::vector<Finding>& findings) const {
  bool same = findings.size() == test.findings.size();
  for (size_t i = 0; same && i < findings.size(); ++i) {
    same = agrees(index, test.findings[i], findings[i]);
  }
  if (same) return {};
  const Rule& rule = *rules_->rule(index).rule;
  std::string why =
      fmt::format("  expected {} findings, got {}\n", test.findings.size(), findings.size());
  for (const ExpectedFinding& wanted : test.findings) {
    why += fmt::format("  expected: at {} key {}", format_duration(wanted.at),
                       fmt::join(wanted.key, ", "));
    for (const auto& expected : wanted.measures) {
      const auto measure =
          std::find_if(rule.measures.begin(), rule.measures.end(),
                       [&](const MeasureDef& m) { return m.name == expected.first; });
      why += fmt::format(" {}={}", expected.first, format_measure(*measure, expected.second));
    }
    why += "\n";
  }
  for (const Finding& finding : findings) {
    why += fmt::format("  got:      at {} key {}", format_duration(finding.time - kTestStart),
                       finding.subject);
    for (size_t i = 0; i < finding.measures.size(); ++i) {
      why += fmt::format(" {}={}", rule.measures[i].name,
                         format_measure(rule.measures[i], finding.measures[i]));
    }
    why += "\n";
  }
  return why + fmt::format("  condition: {}", rule.condition.text);
}

bool RuleTestRunner::agrees(RuleIndex index, const ExpectedFinding& wanted,
                            const Finding& finding) const {
  const Rule& rule = *rules_->rule(index).rule;
  if (finding.time - kTestStart != wanted.at) return false;
  if (!wanted.key.empty() && fmt::format("{}", fmt::join(wanted.key, ",")) != finding.subject) {
    return false;
  }
  return std::all_of(wanted.measures.begin(), wanted.measures.end(), [&](const auto& measure) {
    for (size_t i = 0; i < rule.measures.size(); ++i) {
      if (rule.measures[i].name != measure.first) continue;
      // Durations are written in whole milliseconds.
      const double tolerance = rule.measures[i].is_duration() ? 0.5 : 1e-9;
      return std::abs(finding.measures[i] - measure.second) <= tolerance;
    }
    return false;
  });
}

}  // namespace sieve
