#include <fmt/format.h>

#include <algorithm>

#include "rule/rule_parts.h"
#include "rule/truth_table.h"

namespace sieve {
namespace {

bool uses(const Expression& expression, ExprOp op, size_t index) {
  return std::any_of(expression.nodes.begin(), expression.nodes.end(),
                     [&](const ExprNode& node) { return node.op == op && node.index == index; });
}

bool uses_pattern(const Rule& rule, size_t index) {
  const auto uses_it = [&](const Expression& expression) {
    return uses(expression, ExprOp::kPattern, index);
  };
  const auto excepts_by_it = [&](const ExceptionDef& exception) { return uses_it(exception.when); };
  const auto scores_by_it = [&](const ScorePart& part) { return uses_it(part.when); };
  return uses_it(rule.condition) ||
         std::any_of(rule.exceptions.begin(), rule.exceptions.end(), excepts_by_it) ||
         std::any_of(rule.score_parts.begin(), rule.score_parts.end(), scores_by_it);
}

void check_unused(const Rule& rule, const YamlContext& context) {
  for (size_t i = 0; i < rule.patterns.size(); ++i) {
    if (uses_pattern(rule, i)) continue;
    const PatternDef& pattern = rule.patterns[i];
    context
        .warning("R025", pattern.span, fmt::format("the pattern `{}` is never used", pattern.name))
        .help = "name it in the condition, or remove it";
  }
  for (size_t i = 0; i < rule.measures.size(); ++i) {
    const MeasureDef& measure = rule.measures[i];
    const bool shown = rule.alert.summary.find("{" + measure.name + "}") != std::string::npos;
    if (shown || uses(rule.condition, ExprOp::kMeasure, i)) continue;
    context
        .warning("R039", measure.span, fmt::format("the measure `{}` is never used", measure.name))
        .help = "name it in the condition or the summary, or remove it";
  }
}

// More phrases than that are a list somebody else keeps, and each pair of them is compared.
constexpr size_t kPhrasesComparedMax = 256;

// As it is searched, so that a phrase is a part of another only where it is found in it.
std::string searched(const PatternDef& pattern, const Phrase& phrase) {
  if (pattern.kind != PatternKind::kWords) return phrase.folded;
  const bool before = needs_word_boundary_before(phrase.folded);
  const bool after = needs_word_boundary_after(phrase.folded);
  return std::string(before, ' ') + phrase.folded + std::string(after, ' ');
}

// Longer phrases are looked for in more dress: letters written apart or replaced must leave enough.
bool is_found_in_more_dress(const PatternDef& pattern, const Phrase& longer,
                            const Phrase& shorter) {
  if (pattern.kind != PatternKind::kWords) return false;
  if (pattern.expansions.leet || pattern.expansions.thai) return true;
  return expand_phrase(longer.folded, pattern.expansions).size() >
         expand_phrase(shorter.folded, pattern.expansions).size();
}

// A phrase adds nothing to a pattern that has a part of it.
void check_contained(const PatternDef& pattern, const YamlContext& context) {
  if (pattern.kind == PatternKind::kRegex || !pattern.not_in.empty()) return;
  if (pattern.phrases.size() > kPhrasesComparedMax) return;
  std::vector<std::string> texts;
  for (const Phrase& phrase : pattern.phrases) texts.push_back(searched(pattern, phrase));
  for (size_t i = 0; i < texts.size(); ++i) {
    const Phrase& longer = pattern.phrases[i];
    const auto adds_nothing_to = [&](const Phrase& shorter) {
      const std::string& part = texts[static_cast<size_t>(&shorter - pattern.phrases.data())];
      return part.size() < texts[i].size() && texts[i].find(part) != std::string::npos &&
             !is_found_in_more_dress(pattern, longer, shorter);
    };
    const auto found =
        std::find_if(pattern.phrases.begin(), pattern.phrases.end(), adds_nothing_to);
    if (found == pattern.phrases.end()) continue;
    const Phrase& shorter = *found;
    Diagnostic& out = context.warning(
        "R047", longer.span, fmt::format("this phrase is found wherever `{}` is", shorter.folded));
    out.related.push_back({"", shorter.span, "a part of it"});
    out.help = "remove it: the shorter one is enough";
  }
}

void check_truth(const Rule& rule, const YamlContext& context) {
  const Truth truth = truth_of(rule.condition);
  const SourceSpan span = rule.condition.span;
  if (truth.never) {
    context.error("R019", span, "this condition is never true").help =
        "two of its parts exclude each other";
  } else if (truth.always) {
    context.error("R019", span, "this condition is always true").help =
        "one of its parts or its opposite always holds";
  } else if (truth.when_nothing_holds) {
    Diagnostic& out = context.warning("R033", span, "this condition is true where nothing occurs");
    out.help = "join a pattern or comparison that must hold with `and`";
    out.notes.push_back(rule.is_window() ? "it raises a finding for every key"
                                         : "it matches nearly every message");
  }
}

// Every rule shows what it finds and what it leaves alone.
void check_tests(const Rule& rule, const YamlContext& context) {
  bool has_match = false;
  bool has_silence = false;
  for (const RuleTest& test : rule.tests) {
    const bool matches = rule.is_window() ? !test.findings.empty() : test.match.value_or(true);
    (matches ? has_match : has_silence) = true;
  }
  if (has_match && has_silence) return;
  const bool stable = rule.status == RuleStatus::kStable;
  const std::string_view missing = has_silence || rule.tests.empty() ? "matches" : "does not match";
  const std::string title =
      rule.tests.empty() ? fmt::format("the rule `{}` has no tests", rule.id)
                         : fmt::format("the rule `{}` has no test that {}", rule.id, missing);
  Diagnostic& out = stable ? context.error("R040", rule.id_span, title)
                           : context.warning("R040", rule.id_span, title);
  out.help = "add one that matches, and one for an honest record that looks like it";
  if (stable) out.notes.push_back("a stable rule needs both");
}

}  // namespace

void lint_rule(const Rule& rule, const YamlContext& context) {
  check_unused(rule, context);
  for (const PatternDef& pattern : rule.patterns) check_contained(pattern, context);
  check_truth(rule, context);
  lint_exceptions(rule, 0, *context.diagnostics);
  check_tests(rule, context);
}

}  // namespace sieve
