// Random rules that mix everything that decides about a hit and its score, as text and as a model
// that judges messages in the obvious way: references to other rules, helpers, exceptions and
// filters with their last days, overrides, captures, look-alikes, parts of scores, capped groups,
// shadow.
#pragma once

#include <fmt/format.h>

#include <algorithm>
#include <limits>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <tuple>
#include <vector>

#include "rule/parse.h"
#include "unit/evaluate/reference_model.h"

namespace sieve::testing {

inline constexpr size_t kMixedRules = 14;
inline constexpr size_t kMixedConditionBytesMax = 900;
inline constexpr double kMixedCap = 2.5;  // Of the group `g`.
inline constexpr const char* kMixedDays[] = {"1970-01-02", "1970-01-03", "1970-01-04"};  // 1, 2, 3.
inline constexpr RuleSeverity kMixedSeverities[] = {RuleSeverity::kInfo, RuleSeverity::kHigh};

// A message as conditions see it that may ask whether other rules hit.
class SeenByRules final : public Seen {
 public:
  SeenByRules(const SeenInText& text, const std::vector<bool>& hits) : text_(text), hits_(hits) {}

  bool fired(size_t pattern) const override { return text_.fired(pattern); }
  size_t count(size_t pattern) const override { return text_.count(pattern); }
  bool before(size_t a, size_t b, size_t distance) const override {
    return text_.before(a, b, distance);
  }
  bool overlap(size_t a, size_t b) const override { return text_.overlap(a, b); }
  bool imitates(size_t brand, LookAlikeKind kind) const override {
    return text_.imitates(brand, kind);
  }
  const SeenInText& text() const { return text_; }
  bool hit(size_t rule) const { return hits_[rule]; }

 private:
  const SeenInText& text_;
  const std::vector<bool>& hits_;
};

struct ModelException {
  std::string label;
  Condition when;
  std::optional<int64_t> last_day;

  bool holds(const Seen& seen, int64_t day) const {
    return (!last_day || day <= *last_day) && when.holds(seen);
  }
};

struct ModelPart {
  Condition when;
  double add = 0;
};

struct ModelRule {
  std::string id;
  bool emit = true;
  bool shadow = false;
  bool grouped = false;
  bool tagged = false;
  int64_t tier = 2;
  RuleSeverity severity = RuleSeverity::kInfo;
  double score = 0;
  Condition condition;
  std::vector<ModelException> exceptions;
  std::vector<ModelPart> parts;
  std::string patterns;
};

// What the reference makes of one message.
struct Outcome {
  std::vector<bool> hits;               // By rule; of helpers, whether they would.
  std::vector<std::string> excepted;    // By rule: the label; empty: it is not.
  std::map<std::string, double> given;  // By id of a hit: its score.
  double score = 0;
  Verdict verdict = Verdict::kClean;
};

// The condition on what the capturing pattern took needs what only SeenInText knows.
inline Condition over_rules(Condition condition) {
  return {condition.text, [holds = std::move(condition.holds)](const Seen& seen) {
            return holds(static_cast<const SeenByRules&>(seen).text());
          }};
}

// May ask about the rules before number `rule`.
inline Condition condition_of(Generator& generator, size_t rule) {
  Condition condition = random_condition(generator);
  if (generator.chance(20)) condition = with_capture(generator, condition);
  condition = over_rules(std::move(condition));
  if (rule == 0 || generator.chance(45)) return condition;
  const size_t a = generator.below(rule);
  const size_t b = generator.below(rule);
  const auto hit = [](const Seen& seen, size_t which) {
    return static_cast<const SeenByRules&>(seen).hit(which);
  };
  const auto inner = condition.holds;
  switch (generator.below(4)) {
    case 0:
      return {fmt::format("({}) and rule(r{})", condition.text, a),
              [=](const Seen& seen) { return inner(seen) && hit(seen, a); }};
    case 1:
      return {fmt::format("({}) or rule(demo/r{})", condition.text, a),
              [=](const Seen& seen) { return inner(seen) || hit(seen, a); }};
    case 2:
      return {fmt::format("({}) and not rule(r{})", condition.text, a),
              [=](const Seen& seen) { return inner(seen) && !hit(seen, a); }};
    default:
      return {fmt::format("2 of (rule(r{}), p0, rule(r{}))", a, b),
              [=](const Seen& seen) { return hit(seen, a) + seen.fired(0) + hit(seen, b) >= 2; }};
  }
}

inline std::string yaml_of(const std::vector<ModelException>& exceptions) {
  std::string yaml;
  for (const ModelException& exception : exceptions) {
    yaml += fmt::format(
        "      - name: {}\n        reason: r\n        expires: {}\n        when: |\n"
        "          {}\n",
        exception.label.substr(exception.label.find(':') + 1),
        exception.last_day ? kMixedDays[*exception.last_day - 1] : "never", exception.when.text);
  }
  return yaml;
}

inline std::string yaml_of(const ModelRule& rule) {
  std::string yaml = fmt::format("  - id: {}\n    title: t\n    class: c\n    tags: [{}]\n",
                                 rule.id, rule.tagged ? "t" : "");
  if (rule.emit) {
    yaml += fmt::format("    mode: {}\n    tier: {}\n    severity: {}\n    score: {}\n",
                        rule.shadow ? "shadow" : "alert", rule.tier, name_of(rule.severity),
                        rule.score);
    if (rule.grouped) yaml += "    group: g\n";
  } else {
    yaml += "    emit: false\n";
  }
  yaml += fmt::format("    condition: |\n      {}\n", rule.condition.text) + rule.patterns;
  if (!rule.exceptions.empty()) yaml += "    exceptions:\n" + yaml_of(rule.exceptions);
  if (!rule.parts.empty()) yaml += "    score_if:\n";
  for (const ModelPart& part : rule.parts) {
    yaml += fmt::format("      - add: {}\n        why: w\n        when: |\n          {}\n",
                        part.add, part.when.text);
  }
  return yaml;
}

// Rules as they are written, and as they are when overrides and filters are applied.
class ModelSet {
 public:
  explicit ModelSet(Generator& generator) : generator_(generator) {
    while (written_.size() < kMixedRules) try_to_add(random_rule());
    rules_ = written_;
    add_override();
    add_filter();
    for (const PatternDef& pattern : patterns_of_rules()) patterns_.emplace_back(pattern);
  }

  const std::vector<ModelRule>& rules() const { return rules_; }
  // Without errors.
  LoadedRules load() const {
    LoadedRules loaded;
    loaded.files.push_back(parse_rule_file("mix", yaml(), loaded.definitions, loaded.diagnostics));
    loaded.thresholds.group_caps["g"] = kMixedCap;
    return loaded;
  }
  std::string yaml() const {
    std::string yaml = "format: 1\nnamespace: demo\nexpand: []\n" + std::string(kConditionLists) +
                       head_ + "rules:\n";
    for (const ModelRule& rule : written_) yaml += yaml_of(rule);
    return yaml;
  }
  Outcome judge(const FoldedText& folded, int64_t day) const;

 private:
  ModelException random_exception(size_t rule, std::string label) {
    ModelException out{std::move(label), condition_of(generator_, rule), std::nullopt};
    if (generator_.chance(40)) out.last_day = 1 + static_cast<int64_t>(generator_.below(3));
    return out;
  }
  ModelRule random_rule();
  // Rules that are refused, for they are always true or the like, are left out.
  void try_to_add(ModelRule rule) {
    if (rule.condition.text.size() > kMixedConditionBytesMax) return;
    written_.push_back(std::move(rule));
    if (!load().ok()) written_.pop_back();
  }
  bool try_to_put_before(const std::string& section) {
    head_ += section;
    if (load().ok()) return true;
    head_.resize(head_.size() - section.size());
    return false;
  }
  void add_override();
  void add_filter();
  std::vector<PatternDef> patterns_of_rules() {
    const LoadedRules loaded = load();
    std::vector<PatternDef> all;
    for (const Rule& rule : loaded.files[0].rules) {
      all.insert(all.end(), rule.patterns.begin(), rule.patterns.end());
    }
    return all;
  }
  bool holds(const Condition& condition, size_t rule, const FoldedText& folded,
             const std::vector<bool>& hits) const {
    const SeenInText text(std::span(patterns_).subspan(rule * kPatternCount, kPatternCount),
                          folded);
    return condition.holds(SeenByRules(text, hits));
  }
  void add_scores(const FoldedText& folded, Outcome& outcome) const;

  Generator& generator_;
  std::vector<ModelRule> written_;
  std::vector<ModelRule> rules_;
  std::string head_;  // Filters and overrides.
  std::vector<ReferencePattern> patterns_;
};

inline ModelRule ModelSet::random_rule() {
  const size_t number = written_.size();
  ModelRule rule;
  rule.id = fmt::format("r{}", number);
  rule.emit = generator_.chance(70);
  rule.shadow = rule.emit && generator_.chance(20);
  rule.grouped = rule.emit && generator_.chance(50);
  rule.tagged = generator_.chance(50);
  rule.tier = 1 + static_cast<int64_t>(generator_.below(4));
  rule.severity = kMixedSeverities[generator_.below(2)];
  rule.score = static_cast<double>(generator_.below(4));
  rule.condition = condition_of(generator_, number);
  for (size_t n = generator_.below(3); n > 0; --n) {
    rule.exceptions.push_back(random_exception(number, fmt::format("exception:e{}", n)));
  }
  constexpr double kAdds[] = {-1.5, 0.5, 2};
  for (size_t n = rule.emit ? generator_.below(3) : 0; n > 0; --n) {
    rule.parts.push_back({condition_of(generator_, number), kAdds[generator_.below(3)]});
  }
  rule.patterns = random_patterns(generator_);
  return rule;
}

inline void ModelSet::add_override() {
  const size_t number = generator_.below(rules_.size());
  ModelRule& rule = rules_[number];
  const ModelException added = random_exception(number, "exception:added");
  std::string yaml =
      fmt::format("overrides:\n  - rule: demo/{}\n    exceptions:\n{}", rule.id, yaml_of({added}));
  if (rule.emit) {
    yaml += fmt::format("    score: {}\n    mode: {}\n    tier: 1\n", rule.score + 1,
                        rule.shadow ? "alert" : "shadow");
  }
  if (!try_to_put_before(yaml)) return;
  rule.exceptions.push_back(added);
  if (!rule.emit) return;
  rule.score += 1;
  rule.shadow = !rule.shadow;
  rule.tier = 1;
}

inline void ModelSet::add_filter() {
  constexpr const char* kWhens[] = {"msg.from != 'A'", "any url where url.lookalike(demobank)",
                                    "none url where url.lookalike(any)", "msg.from in listed"};
  const size_t which = generator_.below(4);
  const int64_t last_day = 1 + static_cast<int64_t>(generator_.below(3));
  const auto imitates = [](const Seen& seen, size_t first_brand) {
    for (size_t brand = first_brand; brand < std::size(kConditionBrands); ++brand) {
      for (size_t kind = 0; kind < kLookAlikeKindCount; ++kind) {
        if (seen.imitates(brand, static_cast<LookAlikeKind>(kind))) return true;
      }
    }
    return false;
  };
  const auto holds = [=](const Seen& seen) {
    if (which == 1) return imitates(seen, 1);
    if (which == 2) return !imitates(seen, 0);
    return which == 3;
  };
  const std::string yaml = fmt::format(
      "filters:\n  - {{ name: f, reason: r, expires: {}, rules: \"tag:t\", when: \"{}\" }}\n",
      kMixedDays[last_day - 1], kWhens[which]);
  if (!try_to_put_before(yaml)) return;
  for (ModelRule& rule : rules_) {
    if (rule.tagged) rule.exceptions.push_back({"filter:f", {kWhens[which], holds}, last_day});
  }
}

inline Outcome ModelSet::judge(const FoldedText& folded, int64_t day) const {
  Outcome outcome;
  outcome.hits.resize(rules_.size());
  outcome.excepted.resize(rules_.size());
  for (size_t i = 0; i < rules_.size(); ++i) {
    const ModelRule& rule = rules_[i];
    if (!holds(rule.condition, i, folded, outcome.hits)) continue;
    const auto exception = std::find_if(
        rule.exceptions.begin(), rule.exceptions.end(), [&](const ModelException& one) {
          return day <= one.last_day.value_or(day) && holds(one.when, i, folded, outcome.hits);
        });
    outcome.hits[i] = exception == rule.exceptions.end();
    if (!outcome.hits[i]) outcome.excepted[i] = exception->label;
  }
  add_scores(folded, outcome);
  return outcome;
}

// As evaluate/evaluator.h says it.
inline void ModelSet::add_scores(const FoldedText& folded, Outcome& outcome) const {
  using Rank = std::tuple<int, double, std::string, size_t>;
  std::vector<Rank> order;
  for (size_t i = 0; i < rules_.size(); ++i) {
    const ModelRule& rule = rules_[i];
    if (outcome.hits[i] && rule.emit) {
      order.emplace_back(-static_cast<int>(rule.severity), -rule.score, rule.id, i);
    }
  }
  std::sort(order.begin(), order.end());
  double left = kMixedCap;
  double firm = 0;
  bool is_precise = false;
  bool any = false;
  for (const Rank& rank : order) {
    const size_t i = std::get<3>(rank);
    const ModelRule& rule = rules_[i];
    double score = rule.score;
    for (const ModelPart& part : rule.parts) {
      if (holds(part.when, i, folded, outcome.hits)) score += part.add;
    }
    score = std::max(score, 0.0);
    if (!rule.shadow && rule.grouped) {
      score = std::min(score, left);
      left -= score;
    }
    outcome.given[rule.id] = score;
    if (rule.shadow) continue;
    any = true;
    outcome.score += score;
    if (rule.tier <= 3) firm += score;
    is_precise |= rule.tier <= 1;
  }
  const Thresholds thresholds;
  if (firm >= thresholds.act && is_precise) {
    outcome.verdict = Verdict::kAct;
  } else if (firm >= thresholds.review && any) {
    outcome.verdict = Verdict::kReview;
  } else if (outcome.score >= thresholds.observe && any) {
    outcome.verdict = Verdict::kObserve;
  }
}

}  // namespace sieve::testing
