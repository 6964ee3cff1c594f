#include "run/summary.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/json_writer.h"

namespace sieve {
namespace {

// 1234567 -> "1,234,567".
std::string grouped(uint64_t count) {
  std::string digits = std::to_string(count);
  for (size_t at = digits.size(); at > 3;) {
    at -= 3;
    digits.insert(at, ",");
  }
  return digits;
}

struct RuleRow {
  RuleIndex rule;
  RuleCounts counts;
};

// Rules with hits, most first.
std::vector<RuleRow> hit_rules(const Totals& totals) {
  std::vector<RuleRow> rows;
  for (size_t i = 0; i < totals.rules.size(); ++i) {
    const RuleCounts& counts = totals.rules[i];
    if (counts.hits + counts.shadow_hits == 0) continue;
    rows.push_back({RuleIndex(static_cast<uint32_t>(i)), counts});
  }
  std::stable_sort(rows.begin(), rows.end(), [](const RuleRow& a, const RuleRow& b) {
    return a.counts.hits + a.counts.shadow_hits > b.counts.hits + b.counts.shadow_hits;
  });
  return rows;
}

std::string render_parts(const PartCounts& parts) {
  const uint64_t complete = parts.messages[static_cast<size_t>(JoinReason::kComplete)];
  uint64_t incomplete = 0;
  for (const uint64_t count : parts.messages) incomplete += count;
  incomplete -= complete;
  return fmt::format(
      "  {} parts = {} joined to {} messages + {} in {} messages with missing parts + {} "
      "duplicate\n",
      grouped(parts.read), grouped(parts.joined), grouped(complete), grouped(parts.alone),
      grouped(incomplete), grouped(parts.duplicate));
}

std::string render_records(const SourceCounts& counts) {
  std::string text = fmt::format("{} records read", grouped(counts.records));
  std::string_view before = " = ";
  for (size_t i = 0; i < kOutcomeCount; ++i) {
    if (counts.outcomes[i] == 0) continue;
    text += fmt::format("{}{} {}", before, grouped(counts.outcomes[i]),
                        name_of(static_cast<Outcome>(i)));
    before = " + ";
  }
  text += "\n";
  text += render_dead_letters(counts);
  if (counts.parts.read > 0) text += render_parts(counts.parts);
  if (counts.late > 0) {
    text += fmt::format("  {} records came too late for windows\n", grouped(counts.late));
  }
  if (counts.texts_cut > 0) {
    text += fmt::format("  {} texts were longer than the limit and scanned up to it\n",
                        grouped(counts.texts_cut));
  }
  return text;
}

std::string render_rules(const Totals& totals, const RuleSet& rules, size_t rules_max) {
  const std::vector<RuleRow> rows = hit_rules(totals);
  std::string text;
  if (!rows.empty()) text += fmt::format("{:>9} {:>9}  rule\n", "hits", "alerts");
  for (size_t i = 0; i < std::min(rows.size(), rules_max); ++i) {
    const CompiledRule& rule = rules.rule(rows[i].rule);
    const RuleCounts& counts = rows[i].counts;
    text += fmt::format("{:>9} {:>9}  {}  {}{}\n", grouped(counts.hits + counts.shadow_hits),
                        grouped(counts.alerts), rule.full_id, rule.rule->title,
                        rule.rule->mode == RuleMode::kShadow ? " (shadow)" : "");
  }
  if (rows.size() > rules_max) {
    text += fmt::format("{:>9} {:>9}  and {} more rules\n", "", "", rows.size() - rules_max);
  }
  return text;
}

std::string render_exceptions(const Totals& totals, const RuleSet& rules) {
  std::string text;
  for (size_t i = 0; i < totals.excepted.size(); ++i) {
    if (totals.excepted[i] == 0) continue;
    const CompiledException& exception = rules.exceptions()[i];
    text += fmt::format("{:>9} times {} kept {} from hitting: {}\n", grouped(totals.excepted[i]),
                        exception.label, rules.rule(exception.rule).full_id,
                        exception.exception->reason);
  }
  return text;
}

void write_exceptions(JsonWriter& json, const Totals& totals, const RuleSet& rules) {
  json.key("excepted").begin_array();
  for (size_t i = 0; i < totals.excepted.size(); ++i) {
    if (totals.excepted[i] == 0) continue;
    const CompiledException& exception = rules.exceptions()[i];
    json.begin_object().key("rule").string(rules.rule(exception.rule).full_id);
    json.key("by").string(exception.label).key("times").unsigned_integer(totals.excepted[i]);
    json.end_object();
  }
  json.end_array();
}

}  // namespace

std::string render_dead_letters(const SourceCounts& counts) {
  std::string text;
  for (size_t i = 1; i < kDecodeErrorCount; ++i) {
    if (counts.dead_letters[i] == 0) continue;
    const auto error = static_cast<DecodeError>(i);
    text += fmt::format("  {} dead letters: {} ({})\n", grouped(counts.dead_letters[i]),
                        name_of(error), describe(error));
  }
  return text;
}

void write_dead_letters(JsonWriter& json, const SourceCounts& counts) {
  json.key("dead_letters").begin_object();
  for (size_t i = 1; i < kDecodeErrorCount; ++i) {
    if (counts.dead_letters[i] == 0) continue;
    json.key(name_of(static_cast<DecodeError>(i))).unsigned_integer(counts.dead_letters[i]);
  }
  json.end_object();
}

std::string render_summary(const Totals& totals, const RuleSet& rules,
                           const SummaryOptions& options) {
  const SourceCounts counts = totals.all_sources();
  std::string text = render_records(counts);
  const CorrelatorStats& facts = totals.correlation;
  text += fmt::format(
      "{} facts = {} applied + {} merged + {} late + {} duplicate + {} unusable; {} "
      "window keys",
      grouped(facts.facts), grouped(facts.applied), grouped(facts.merged), grouped(facts.late),
      grouped(facts.duplicate), grouped(facts.unusable), grouped(totals.window_keys));
  if (facts.keys_evicted > 0) {
    text += fmt::format(", {} evicted at the cap", grouped(facts.keys_evicted));
  }
  text += "\n" + render_rules(totals, rules, options.rules_max);
  text += render_exceptions(totals, rules);
  uint64_t alerts = 0;
  uint64_t suppressed = 0;
  for (const RuleCounts& rule : totals.rules) {
    alerts += rule.alerts;
    suppressed += rule.suppressed;
  }
  if (suppressed > 0) {
    text += fmt::format("{} more alerts were suppressed, and told in {} roll-ups\n",
                        grouped(suppressed), grouped(totals.roll_ups));
  }
  text += fmt::format(
      "{} alerts; {} records/s over {:.2f} s\n", grouped(alerts),
      grouped(options.seconds > 0
                  ? static_cast<uint64_t>(static_cast<double>(counts.records) / options.seconds)
                  : 0),
      options.seconds);
  return text;
}

std::string summary_json(const Totals& totals, const RuleSet& rules,
                         const SummaryOptions& options) {
  const SourceCounts counts = totals.all_sources();
  std::string out;
  JsonWriter json(out);
  json.begin_object();
  json.key("records").unsigned_integer(counts.records);
  json.key("bytes").unsigned_integer(counts.bytes);
  json.key("outcomes").begin_object();
  for (size_t i = 0; i < kOutcomeCount; ++i) {
    json.key(name_of(static_cast<Outcome>(i))).unsigned_integer(counts.outcomes[i]);
  }
  json.end_object();
  write_dead_letters(json, counts);
  json.key("late_records").unsigned_integer(counts.late);
  const CorrelatorStats& facts = totals.correlation;
  json.key("facts").begin_object();
  json.key("applied").unsigned_integer(facts.applied);
  json.key("merged").unsigned_integer(facts.merged);
  json.key("late").unsigned_integer(facts.late);
  json.key("duplicate").unsigned_integer(facts.duplicate);
  json.key("unusable").unsigned_integer(facts.unusable);
  json.end_object();
  json.key("rules").begin_object();
  for (const RuleRow& row : hit_rules(totals)) {
    json.key(rules.rule(row.rule).full_id).begin_object();
    json.key("hits").unsigned_integer(row.counts.hits);
    json.key("shadow_hits").unsigned_integer(row.counts.shadow_hits);
    json.key("alerts").unsigned_integer(row.counts.alerts);
    json.key("suppressed").unsigned_integer(row.counts.suppressed);
    json.end_object();
  }
  json.end_object();
  write_exceptions(json, totals, rules);
  json.key("roll_ups").unsigned_integer(totals.roll_ups);
  json.key("seconds").number(options.seconds);
  json.end_object();
  return out;
}

}  // namespace sieve
