#include <fmt/format.h>

#include <algorithm>

#include "rule/lint_parts.h"
#include "rule/truth_table.h"

namespace sieve {
namespace {

bool uses(const Expression& expression, ExprOp op, size_t index) {
  return std::any_of(expression.nodes.begin(), expression.nodes.end(),
                     [&](const ExprNode& node) { return node.op == op && node.index == index; });
}

// Where patterns are used.
struct PatternUse {
  const std::vector<const Expression*>& expressions;
  std::string_view place;
  const std::vector<CaptureDef>& captures;

  bool names(ExprOp op, size_t index) const {
    return std::any_of(expressions.begin(), expressions.end(),
                       [&](const Expression* expression) { return uses(*expression, op, index); });
  }
  bool reads(size_t pattern) const {
    if (names(ExprOp::kPattern, pattern)) return true;
    for (size_t i = 0; i < captures.size(); ++i) {
      if (captures[i].pattern == pattern && names(ExprOp::kCapture, i)) return true;
    }
    return false;
  }
};

void check_unused_patterns(const std::vector<PatternDef>& patterns, const PatternUse& use,
                           const YamlContext& context) {
  for (size_t i = 0; i < patterns.size(); ++i) {
    if (use.reads(i)) continue;
    const PatternDef& pattern = patterns[i];
    context
        .warning("R025", pattern.span, fmt::format("the pattern `{}` is never used", pattern.name))
        .help = fmt::format("name it in {}, or remove it", use.place);
  }
}

void check_unused_measures(const Rule& rule, const YamlContext& context) {
  for (size_t i = 0; i < rule.measures.size(); ++i) {
    const MeasureDef& measure = rule.measures[i];
    const bool shown = rule.alert.summary.find("{" + measure.name + "}") != std::string::npos;
    if (shown || uses(rule.condition, ExprOp::kMeasure, i)) continue;
    context
        .warning("R039", measure.span, fmt::format("the measure `{}` is never used", measure.name))
        .help = "name it in the condition or the summary, or remove it";
  }
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

// `summary` may show what is captured; null: none can.
void check_captures(const PatternUse& use, const std::string* summary, const YamlContext& context) {
  for (size_t i = 0; i < use.captures.size(); ++i) {
    const CaptureDef& capture = use.captures[i];
    const bool is_compared = use.names(ExprOp::kCapture, i);
    const bool is_shown = summary != nullptr &&
                          summary->find(fmt::format("{{{}}}", capture.name)) != std::string::npos;
    if (!is_compared && !is_shown) {
      context
          .warning("R145", capture.span,
                   fmt::format("what `{}` captures is never used", capture.name))
          .help = fmt::format("name it in {}{}, or write (?:...) instead", use.place,
                              summary != nullptr ? " or the summary" : "");
    } else if (is_compared && capture.may_be_unset) {
      Diagnostic& out = context.warning("R146", capture.span,
                                        fmt::format("`{}` may capture nothing", capture.name));
      out.help = "write an expression for each way, all with this group: re: [..., ...]";
      out.notes.push_back("the pattern can fire without it, and then every comparison is false");
    }
  }
}

// Reports a condition that is the same for all, and returns what else is known of it.
Truth check_truth(const Expression& condition, const YamlContext& context) {
  const Truth truth = truth_of(condition);
  if (truth.never) {
    context.error("R019", condition.span, "this condition is never true").help =
        "two of its parts exclude each other";
  } else if (truth.always) {
    context.error("R019", condition.span, "this condition is always true").help =
        "one of its parts or its opposite always holds";
  }
  return truth;
}

void check_condition(const Rule& rule, const YamlContext& context) {
  const Truth truth = check_truth(rule.condition, context);
  if (truth.never || truth.always || !truth.when_nothing_holds || !rule.emit) return;
  Diagnostic& out =
      context.warning("R033", rule.condition.span, "this condition is true where nothing occurs");
  out.help = "join a pattern or comparison that must hold with `and`";
  out.notes.push_back(rule.kind() == RuleKind::kMessage ? "it matches nearly every message"
                                                        : "it raises a finding for every key");
}

void check_patterns(const std::vector<PatternDef>& patterns, const YamlContext& context) {
  for (const PatternDef& pattern : patterns) check_contained(pattern, context);
}

void check_step(const StepDef& step, const YamlContext& context) {
  const std::vector<const Expression*> where = {&step.where};
  const PatternUse use{where, "the `where` of the step", step.captures};
  check_unused_patterns(step.patterns, use, context);
  check_captures(use, nullptr, context);
  check_patterns(step.patterns, context);
  if (!step.where.empty()) check_truth(step.where, context);
}

// Every rule shows what it finds and what it leaves alone.
void check_tests(const Rule& rule, const YamlContext& context) {
  bool has_match = false;
  bool has_silence = false;
  for (const RuleTest& test : rule.tests) {
    const bool matches =
        rule.kind() == RuleKind::kMessage ? test.match.value_or(true) : !test.findings.empty();
    (matches ? has_match : has_silence) = true;
  }
  // A helper is shown by the tests of the rules that refer to it.
  const bool needs_none = !rule.emit && rule.tests.empty();
  if (needs_none || (has_match && has_silence)) return;
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

std::string searched(const PatternDef& pattern, const Phrase& phrase) {
  if (pattern.kind != PatternKind::kWords) return phrase.folded;
  const bool before = needs_word_boundary_before(phrase.folded);
  const bool after = needs_word_boundary_after(phrase.folded);
  return std::string(before, ' ') + phrase.folded + std::string(after, ' ');
}

void lint_rule(const Rule& rule, const YamlContext& context) {
  const bool is_campaign = rule.kind() == RuleKind::kCampaign;
  std::vector<const Expression*> expressions = {is_campaign ? &rule.where : &rule.condition};
  for (const ExceptionDef& exception : rule.exceptions) expressions.push_back(&exception.when);
  for (const ScorePart& part : rule.score_parts) expressions.push_back(&part.when);
  const PatternUse use{expressions, is_campaign ? "`where`" : "the condition", rule.captures};
  check_unused_patterns(rule.patterns, use, context);
  check_unused_measures(rule, context);
  check_patterns(rule.patterns, context);
  lint_sets(rule, context);
  check_captures(use, is_campaign ? nullptr : &rule.alert.summary, context);
  if (rule.sequence) {
    for (const StepDef& step : rule.sequence->steps) check_step(step, context);
  } else {
    check_condition(rule, context);
    lint_exceptions(rule, 0, *context.diagnostics);
  }
  check_tests(rule, context);
}

}  // namespace sieve
