#include "cli/explain_text.h"

#include <fmt/format.h>

#include "base/display.h"
#include "cli/fold_text.h"

namespace sieve {
namespace {

constexpr size_t kTextColumn = 44;

std::string render_evidence(const ExplainedPart& part, std::string_view raw) {
  std::string out = part.value;
  for (const ByteSpan span : part.evidence) {
    out +=
        fmt::format("{}`{}` at {}-{}", out.empty() ? "" : ", ",
                    visible(raw.substr(span.begin, span.end - span.begin)), span.begin, span.end);
  }
  return out;
}

// "a, b and c".
std::string listed(const std::vector<std::string>& parts) {
  std::string out;
  for (size_t i = 0; i < parts.size(); ++i) {
    const std::string_view joint = i == 0 ? "" : i + 1 == parts.size() ? " and " : ", ";
    out += fmt::format("{}{}", joint, parts[i]);
  }
  return out;
}

std::string render_score(const MessageExplanation& message, RuleIndex rule) {
  for (const ExplainedScore& score : message.scores) {
    if (score.rule != rule) continue;
    if (score.helper) return ", a helper: it never hits by itself";
    if (score.shadow) return ", in shadow: it adds nothing";
    const bool capped = score.given < score.own;
    return fmt::format(", score {}{}", score.given,
                       capped ? fmt::format(" of {}, for its group is capped", score.own) : "");
  }
  return {};
}

std::string render_cost(const MessageExplanation& message, RuleIndex rule) {
  if (message.costs.empty()) return {};
  const RuleCost& cost = message.costs[rule.index()];
  if (cost.tried == 0) return "  cost: none, for nothing that it needs is there\n";
  if (cost.timed.count == 0) return {};
  const double ns = static_cast<double>(cost.timed.ns) / static_cast<double>(cost.timed.count);
  return fmt::format("  cost: {:.2f} us{}\n", ns / 1'000,
                     cost.evaluated == 0 ? ", what is there rules it out" : "");
}

std::string render_score_part(const ExplainedScorePart& part, std::string_view raw) {
  return fmt::format("  score {:+}{}{}\n{}", part.add, part.holds ? "" : " is not added",
                     part.why.empty() ? "" : ": " + part.why, render_parts(part.when.parts, raw));
}

std::string render_rule(const RuleSet& rules, const MessageExplanation& message,
                        const ExplainedRule& explained) {
  const CompiledRule& rule = rules.rule(explained.rule);
  std::string out = fmt::format("{}@{} {}{}\n", rule.full_id, rule.rule->rev,
                                explained.holds ? "holds" : "does not hold",
                                render_score(message, explained.rule)) +
                    render_parts(explained.condition.parts, message.text);
  for (const ExplainedScorePart& part : explained.score_parts) {
    out += render_score_part(part, message.text);
  }
  if (!explained.excepted_by.empty()) {
    out +=
        fmt::format("  {} keeps it from hitting: {}\n", explained.excepted_by, explained.reason) +
        render_parts(explained.exception.parts, message.text);
  }
  if (!explained.holds) out += render_misses(explained.condition, "hold");
  return out + render_cost(message, explained.rule);
}

void write_parts(JsonWriter& json, const std::vector<ExplainedPart>& parts) {
  json.begin_array();
  for (const ExplainedPart& part : parts) {
    json.begin_object();
    json.key("depth").unsigned_integer(part.depth);
    json.key("text").string(part.text);
    json.key("holds").boolean(part.truth);
    if (!part.value.empty()) json.key("value").string(part.value);
    json.key("spans").begin_array();
    for (const ByteSpan span : part.evidence) {
      json.begin_array().unsigned_integer(span.begin).unsigned_integer(span.end).end_array();
    }
    json.end_array().end_object();
  }
  json.end_array();
}

void write_score_parts(JsonWriter& json, const ExplainedRule& rule) {
  json.key("score_if").begin_array();
  for (const ExplainedScorePart& part : rule.score_parts) {
    json.begin_object();
    json.key("add").number(part.add);
    if (!part.why.empty()) json.key("why").string(part.why);
    json.key("holds").boolean(part.holds);
    json.key("condition");
    write_parts(json, part.when.parts);
    json.end_object();
  }
  json.end_array();
}

void write_cost(JsonWriter& json, const MessageExplanation& message, RuleIndex rule) {
  if (message.costs.empty()) return;
  const RuleCost& cost = message.costs[rule.index()];
  json.key("tried").boolean(cost.tried > 0);
  if (cost.timed.count == 0) return;
  json.key("cost_ns").number(static_cast<double>(cost.timed.ns) /
                             static_cast<double>(cost.timed.count));
}

void write_rule(JsonWriter& json, const RuleSet& rules, const MessageExplanation& message,
                const ExplainedRule& rule) {
  json.begin_object();
  json.key("rule").string(rules.rule(rule.rule).full_id);
  json.key("rev").integer(rules.rule(rule.rule).rule->rev);
  json.key("holds").boolean(rule.holds);
  if (!rule.excepted_by.empty()) {
    json.key("excepted_by").string(rule.excepted_by);
    json.key("reason").string(rule.reason);
    json.key("exception");
    write_parts(json, rule.exception.parts);
  }
  write_condition(json, rule.condition);
  write_score_parts(json, rule);
  write_cost(json, message, rule.rule);
  json.end_object();
}

}  // namespace

std::string render_parts(const std::vector<ExplainedPart>& parts, std::string_view raw) {
  std::string out;
  for (const ExplainedPart& part : parts) {
    const std::string text = std::string(2 * part.depth, ' ') + part.text;
    const std::string evidence = render_evidence(part, raw);
    out += fmt::format(
        "  {:<5} {}\n", part.truth ? "true" : "false",
        evidence.empty() ? text : fmt::format("{:<{}} {}", text, kTextColumn, evidence));
  }
  return out;
}

std::string render_misses(const ExplainedCondition& condition, std::string_view verb) {
  if (!condition.can_hold) return "  nothing makes it true\n";
  if (condition.misses.empty()) return {};
  return fmt::format("  it would {} if {}\n", verb, listed(condition.misses));
}

void write_condition(JsonWriter& json, const ExplainedCondition& condition) {
  json.key("condition");
  write_parts(json, condition.parts);
  json.key("missing").begin_array();
  for (const std::string& miss : condition.misses) json.string(miss);
  json.end_array();
}

std::string render(const RuleSet& rules, const MessageExplanation& message) {
  std::string out = render_stages(message.text, message.stages);
  const Thresholds& thresholds = rules.thresholds();
  out += fmt::format("\n{:<12}{}, score {} (observe from {}, review from {}, act from {})\n",
                     "verdict", name_of(message.verdict), message.score, thresholds.observe,
                     thresholds.review, thresholds.act);
  if (message.evaluate_ns > 0) {
    out += fmt::format("{:<12}fold {:.1f} us, match and evaluate {:.1f} us with {} rules\n", "cost",
                       static_cast<double>(message.fold_ns) / 1'000,
                       static_cast<double>(message.evaluate_ns) / 1'000, rules.rules().size());
  }
  for (const ExplainedRule& rule : message.rules) out += "\n" + render_rule(rules, message, rule);
  if (message.rules.empty()) out += "\nno rule holds, and none comes near\n";
  return out;
}

std::string to_json(const RuleSet& rules, const MessageExplanation& message) {
  std::string out;
  JsonWriter json(out);
  json.begin_object();
  json.key("text").string(message.text);
  json.key("verdict").string(name_of(message.verdict));
  json.key("score").number(message.score);
  if (message.evaluate_ns > 0) {
    json.key("fold_ns").integer(message.fold_ns);
    json.key("evaluate_ns").integer(message.evaluate_ns);
  }
  json.key("fold").begin_array();
  for (const FoldStage& stage : message.stages) {
    json.begin_object().key("step").string(name_of(stage.step));
    json.key("text").string(stage.text).end_object();
  }
  json.end_array();
  json.key("rules").begin_array();
  for (const ExplainedRule& rule : message.rules) write_rule(json, rules, message, rule);
  json.end_array().end_object();
  return out;
}

}  // namespace sieve
