#include "rule/mutants.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <map>
#include <set>

#include "rule/condition_mutants.h"
#include "rule/normal_form.h"
#include "rule/parse.h"

namespace sieve {
namespace {

constexpr std::array<std::string_view, 10> kKindNames = {
    "pattern", "dropped",  "connective", "not",   "negated",
    "shifted", "quantity", "distance",   "links", "measure"};

// What no text has, once capitals are folded.
constexpr std::string_view kNeverOccurs = "NEVER";

class RuleMutator {
 public:
  RuleMutator(const Rule& rule, const Definitions& definitions)
      : rule_(rule),
        definitions_(definitions),
        scope_(scope_of(rule, definitions)),
        record_scope_(record_scope_of(rule, definitions)) {}

  std::vector<Mutant> run();

 private:
  // A condition of the rule, and what its mutants are called.
  struct Condition {
    RulePart part;
    uint32_t index;
    const Expression& expression;
    std::string prefix;
    ConditionWords words;
  };

  void add_patterns();
  void add_condition(const Condition& condition);
  void add_whole(RulePart part, uint32_t index, SourceSpan span, std::string_view lacking);
  void add_exceptions();
  void add_score_parts();
  void add_measures();
  void name(Mutant mutant);
  ConditionWords condition_words() const;

  const Rule& rule_;
  const Definitions& definitions_;
  ExpressionScope scope_;
  ExpressionScope record_scope_;
  std::set<std::string> keys_;  // Of the conditions that mutants come to, by their part.
  std::vector<Mutant> mutants_;
  std::map<std::string, std::vector<SourceSpan>> places_;  // By name.
};

// Of the exceptions that its author wrote.
bool is_own(const ExceptionDef& exception, const Rule& rule) {
  return exception.kind == ExceptionKind::kException && exception.file == rule.file;
}

std::string key_of(RulePart part, uint32_t index, const NormalForm& form) {
  return fmt::format("{} {} {}", static_cast<int>(part), index, form.key());
}

bool names_pattern(const Expression& expression, const Rule& rule, uint32_t pattern) {
  return std::any_of(expression.nodes.begin(), expression.nodes.end(), [&](const ExprNode& node) {
    if (node.op == ExprOp::kPattern) return node.index == pattern;
    return node.op == ExprOp::kCapture && rule.captures[node.index].pattern == pattern;
  });
}

bool is_named_beside_condition(const Rule& rule, uint32_t pattern) {
  const auto names = [&](const auto& part) { return names_pattern(part.when, rule, pattern); };
  return std::any_of(rule.exceptions.begin(), rule.exceptions.end(), names) ||
         std::any_of(rule.score_parts.begin(), rule.score_parts.end(), names);
}

// The condition that `mutant` changes; null: it changes something else.
const Expression* condition_of(const Rule& rule, const Mutant& mutant) {
  switch (mutant.part) {
    case RulePart::kWhere:
      return &rule.where;
    case RulePart::kMeasure:
      return &rule.measures[mutant.index].predicate;
    case RulePart::kCondition:
      return &rule.condition;
    case RulePart::kException:
      return &rule.exceptions[mutant.index].when;
    case RulePart::kScorePart:
      return &rule.score_parts[mutant.index].when;
    default:
      return nullptr;
  }
}

ConditionWords RuleMutator::condition_words() const {
  if (rule_.kind() == RuleKind::kMessage) {
    return {"a test that matches", "a test that does not match"};
  }
  return {"a timeline with a finding", "a timeline without a finding"};
}

// A name stands for one place: what is written alike in several has their number behind it.
void RuleMutator::name(Mutant mutant) {
  std::vector<SourceSpan>& places = places_[mutant.name];
  auto place = std::find(places.begin(), places.end(), mutant.span);
  if (place == places.end()) place = places.insert(places.end(), mutant.span);
  if (const auto number = place - places.begin(); number > 0) {
    mutant.name += fmt::format(" ({})", number + 1);
  }
  mutant.file = mutant.macro == 0 ? rule_.file : definitions_.macros[mutant.macro - 1].rule_file;
  mutants_.push_back(std::move(mutant));
}

// Where the condition comes to what it is without a part, that is a mutant already.
void RuleMutator::add_patterns() {
  for (uint32_t i = 0; i < rule_.patterns.size(); ++i) {
    const bool is_elsewhere = is_named_beside_condition(rule_, i);
    const NormalForm form = normal_form(rule_.condition.nodes, i, rule_.captures);
    const bool is_there = keys_.contains(key_of(RulePart::kCondition, 0, form));
    const bool is_used = is_elsewhere || names_pattern(rule_.condition, rule_, i);
    if (!is_used || (is_there && !is_elsewhere)) continue;
    const PatternDef& pattern = rule_.patterns[i];
    Mutant mutant;
    mutant.kind = MutantKind::kPattern;
    mutant.part = RulePart::kPattern;
    mutant.index = i;
    mutant.name = fmt::format("pattern {} never occurs", pattern.name);
    mutant.span = pattern.span;
    mutant.lacking =
        fmt::format("a test in which nothing but `{}` decides whether it matches", pattern.name);
    name(std::move(mutant));
  }
}

void RuleMutator::add_condition(const Condition& condition) {
  if (condition.expression.empty()) return;
  const bool is_of_measures = condition.part == RulePart::kCondition && rule_.window;
  const NormalForm original = normal_form(condition.expression.nodes);
  const auto key = [&](const NormalForm& form) {
    return key_of(condition.part, condition.index, form);
  };
  keys_.insert(key(original));
  for (Mutant& mutant :
       condition_mutants({condition.expression, is_of_measures ? scope_ : record_scope_,
                          rule_.measures, condition.words})) {
    const NormalForm form = normal_form(mutant.nodes);
    const bool is_new = keys_.insert(key(form)).second;
    if (!is_new) continue;
    mutant.part = condition.part;
    mutant.index = condition.index;
    mutant.name =
        mutant.macro == 0
            ? condition.prefix + mutant.name
            : fmt::format("macro {}: {}", definitions_.macros[mutant.macro - 1].name, mutant.name);
    name(std::move(mutant));
  }
}

// The part is gone.
void RuleMutator::add_whole(RulePart part, uint32_t index, SourceSpan span,
                            std::string_view lacking) {
  Mutant mutant;
  mutant.part = part;
  mutant.index = index;
  mutant.span = span;
  mutant.lacking = lacking;
  switch (part) {
    case RulePart::kWhere:
      mutant.name = "drop where";
      break;
    case RulePart::kException:
      mutant.name = fmt::format("drop exception {}", rule_.exceptions[index].name);
      break;
    case RulePart::kScorePart:
      mutant.name = fmt::format("drop score_if {}", index + 1);
      break;
    default:
      mutant.kind = MutantKind::kMeasure;
      mutant.name = fmt::format("measure {}: distinct -> count()", rule_.measures[index].name);
      break;
  }
  name(std::move(mutant));
}

void RuleMutator::add_exceptions() {
  for (uint32_t i = 0; i < rule_.exceptions.size(); ++i) {
    const ExceptionDef& exception = rule_.exceptions[i];
    if (!is_own(exception, rule_)) continue;
    const std::string because = fmt::format("`because: {}`", exception.label());
    const std::string excepted = fmt::format("a test with {}", because);
    add_whole(RulePart::kException, i, exception.span, excepted);
    if (exception.has_rows) continue;
    const std::string not_excepted =
        fmt::format("a test that is not excepted by `{}`", exception.name);
    add_condition({RulePart::kException,
                   i,
                   exception.when,
                   fmt::format("exception {}: ", exception.name),
                   {excepted, not_excepted}});
  }
}

void RuleMutator::add_score_parts() {
  for (uint32_t i = 0; i < rule_.score_parts.size(); ++i) {
    const ScorePart& part = rule_.score_parts[i];
    const std::string with = fmt::format("a test with the `score` of {:+}", part.add);
    const std::string without = fmt::format("a test with the `score` without {:+}", part.add);
    add_whole(RulePart::kScorePart, i, part.when.span, with);
    add_condition(
        {RulePart::kScorePart, i, part.when, fmt::format("score_if {}: ", i + 1), {with, without}});
  }
}

void RuleMutator::add_measures() {
  for (uint32_t i = 0; i < rule_.measures.size(); ++i) {
    const MeasureDef& measure = rule_.measures[i];
    if (measure.kind == MeasureKind::kDistinct) {
      const std::string lacking =
          fmt::format("a timeline with many records of the same `{}`", info_of(measure.field).name);
      add_whole(RulePart::kMeasure, i, measure.span, lacking);
    }
    if (measure.predicate.empty()) continue;
    const std::string counted = fmt::format("a timeline with a record in `{}`", measure.name);
    const std::string left_out = fmt::format("a timeline with a record not in `{}`", measure.name);
    add_condition({RulePart::kMeasure,
                   i,
                   measure.predicate,
                   fmt::format("measure {}: ", measure.name),
                   {counted, left_out}});
  }
}

std::vector<Mutant> RuleMutator::run() {
  if (rule_.kind() == RuleKind::kSequence || rule_.kind() == RuleKind::kCampaign) return {};
  if (!rule_.where.empty()) {
    add_whole(RulePart::kWhere, 0, rule_.where.span, "a timeline with records that do not count");
  }
  add_condition(
      {RulePart::kWhere,
       0,
       rule_.where,
       "where: ",
       {"a timeline with records that count", "a timeline with records that do not count"}});
  add_measures();
  add_condition({RulePart::kCondition, 0, rule_.condition, "", condition_words()});
  add_exceptions();
  add_score_parts();
  if (rule_.kind() == RuleKind::kMessage) add_patterns();
  std::stable_sort(mutants_.begin(), mutants_.end(),
                   [](const Mutant& a, const Mutant& b) { return a.part < b.part; });
  return std::move(mutants_);
}

void remove_pattern(PatternDef& pattern) {
  pattern.kind = PatternKind::kLiteral;
  pattern.view = View::kText;
  pattern.phrases.resize(1);
  pattern.phrases[0].text = kNeverOccurs;
  pattern.phrases[0].folded = kNeverOccurs;
  pattern.expansions = {};
  pattern.not_in.clear();
}

template <class T>
void erase_at(std::vector<T>& all, uint32_t index) {
  all.erase(all.begin() + index);
}

}  // namespace

std::string_view name_of(MutantKind kind) { return kKindNames[static_cast<size_t>(kind)]; }

std::vector<Mutant> mutants_of(const Rule& rule, const Definitions& definitions) {
  return RuleMutator(rule, definitions).run();
}

Rule mutated(const Rule& rule, const Mutant& mutant) {
  Rule out = rule;
  out.tests.clear();
  const bool is_gone = mutant.nodes.empty();
  switch (mutant.part) {
    case RulePart::kPattern:
      remove_pattern(out.patterns[mutant.index]);
      break;
    case RulePart::kCondition:
      out.condition.nodes = mutant.nodes;
      break;
    case RulePart::kWhere:
      out.where.nodes = mutant.nodes;
      break;
    case RulePart::kMeasure:
      if (is_gone) out.measures[mutant.index].kind = MeasureKind::kCount;
      out.measures[mutant.index].predicate.nodes = mutant.nodes;
      break;
    case RulePart::kException:
      out.exceptions[mutant.index].when.nodes = mutant.nodes;
      if (is_gone) erase_at(out.exceptions, mutant.index);
      break;
    case RulePart::kScorePart:
      out.score_parts[mutant.index].when.nodes = mutant.nodes;
      if (is_gone) erase_at(out.score_parts, mutant.index);
      break;
  }
  return out;
}

bool is_idle(const Rule& rule, const Mutant& mutant) {
  if (mutant.part == RulePart::kPattern) {
    return !is_named_beside_condition(rule, mutant.index) &&
           is_same_condition(normal_form(rule.condition.nodes),
                             normal_form(rule.condition.nodes, mutant.index, rule.captures));
  }
  const Expression* condition = condition_of(rule, mutant);
  return !mutant.nodes.empty() &&
         is_same_condition(normal_form(condition->nodes), normal_form(mutant.nodes));
}

bool is_same_mutant_name(std::string_view a, std::string_view b) {
  const auto is_space = [](char c) { return c == ' ' || c == '\n' || c == '\t'; };
  size_t at_a = 0;
  size_t at_b = 0;
  while (at_a < a.size() && at_b < b.size()) {
    if (is_space(a[at_a]) && is_space(b[at_b])) {
      while (at_a < a.size() && is_space(a[at_a])) ++at_a;
      while (at_b < b.size() && is_space(b[at_b])) ++at_b;
    } else if (a[at_a++] != b[at_b++]) {
      return false;
    }
  }
  return at_a == a.size() && at_b == b.size();
}

}  // namespace sieve
