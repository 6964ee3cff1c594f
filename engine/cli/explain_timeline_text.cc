#include <fmt/format.h>
#include <fmt/ranges.h>

#include "cli/explain_text.h"

namespace sieve {
namespace {

constexpr size_t kFindingsShown = 10;

// "calls=20 callees=20".
std::string render_measures(const Rule& rule, std::span<const double> measures) {
  std::string out;
  for (size_t i = 0; i < measures.size(); ++i) {
    out += fmt::format(" {}={}", rule.measures[i].name, measures[i]);
  }
  return out;
}

std::string by_of(const Rule& rule) {
  std::vector<std::string_view> names;
  for (const FieldId field : rule.window->by) names.push_back(info_of(field).name);
  return fmt::format("{} within {}", fmt::join(names, ", "), format_duration(rule.window->over));
}

std::string render_findings(const Rule& rule, const ExplainedWindowRule& explained) {
  std::string out;
  for (size_t i = 0; i < std::min(explained.findings.size(), kFindingsShown); ++i) {
    const auto& [finding, place] = explained.findings[i];
    out += fmt::format("  finding at {} for {}:{} ({})\n", format_rfc3339(finding.time),
                       finding.subject, render_measures(rule, finding.measures), place);
  }
  const size_t left =
      explained.findings.size() - std::min(explained.findings.size(), kFindingsShown);
  if (left > 0) out += fmt::format("  and {} more findings\n", left);
  return out;
}

std::string render_uncounted(const Rule& rule, const UncountedRecord& record) {
  std::string out = fmt::format("  a {} that does not count ({})", name_of(rule.on), record.place);
  if (!record.missing_field.empty()) {
    return out + fmt::format(": it lacks {}\n", record.missing_field);
  }
  if (!record.excepted_by.empty()) {
    out += fmt::format(": {} holds: {}", record.excepted_by, record.reason);
  }
  out += "\n" + render_parts(record.condition.parts, {});
  return record.excepted_by.empty() ? out + render_misses(record.condition, "count") : out;
}

std::string render_rule(const RuleSet& rules, const ExplainedWindowRule& explained) {
  const CompiledRule& compiled = rules.rule(explained.rule);
  const Rule& rule = *compiled.rule;
  const size_t findings = explained.findings.size();
  std::string out = fmt::format(
      "{}@{} {}, by {}\n  {} of {} {}s count\n", compiled.full_id, rule.rev,
      findings == 0
          ? "does not fire"
          : fmt::format("fires {}", findings == 1 ? "once" : fmt::format("{} times", findings)),
      by_of(rule), explained.counted, explained.records, name_of(rule.on));
  out += render_findings(rule, explained);
  if (explained.window) {
    const ExplainedWindow& window = *explained.window;
    if (findings == 0) {
      out += fmt::format("  nearest at {} for {}:{} ({})\n", format_rfc3339(window.end),
                         window.subject, render_measures(rule, window.measures), window.place);
    }
    out += render_parts(window.condition.parts, {});
    if (findings == 0) out += render_misses(window.condition, "hold");
  }
  const bool is_asked_why_not = findings == 0 && explained.uncounted.has_value();
  if (is_asked_why_not) out += render_uncounted(rule, *explained.uncounted);
  return out;
}

void write_measures(JsonWriter& json, const Rule& rule, std::span<const double> measures) {
  json.key("measures").begin_object();
  for (size_t i = 0; i < measures.size(); ++i) json.key(rule.measures[i].name).number(measures[i]);
  json.end_object();
}

void write_findings(JsonWriter& json, const Rule& rule, const ExplainedWindowRule& explained) {
  json.key("findings").begin_array();
  for (const auto& [finding, place] : explained.findings) {
    json.begin_object();
    json.key("ts").integer(finding.time.ms);
    json.key("subject").string(finding.subject);
    write_measures(json, rule, finding.measures);
    json.key("record").string(place).end_object();
  }
  json.end_array();
}

void write_uncounted(JsonWriter& json, const UncountedRecord& uncounted) {
  json.key("record").string(uncounted.place);
  if (!uncounted.missing_field.empty()) json.key("missing_field").string(uncounted.missing_field);
  if (!uncounted.excepted_by.empty()) {
    json.key("excepted_by").string(uncounted.excepted_by);
    json.key("reason").string(uncounted.reason);
  }
  write_condition(json, uncounted.condition);
}

void write_rule(JsonWriter& json, const RuleSet& rules, const ExplainedWindowRule& explained) {
  const CompiledRule& compiled = rules.rule(explained.rule);
  const Rule& rule = *compiled.rule;
  json.begin_object();
  json.key("rule").string(compiled.full_id);
  json.key("rev").integer(rule.rev);
  json.key("records").unsigned_integer(explained.records);
  json.key("counted").unsigned_integer(explained.counted);
  write_findings(json, rule, explained);
  if (explained.window) {
    json.key("window").begin_object();
    json.key("ts").integer(explained.window->end.ms);
    json.key("subject").string(explained.window->subject);
    write_measures(json, rule, explained.window->measures);
    json.key("record").string(explained.window->place);
    write_condition(json, explained.window->condition);
    json.end_object();
  }
  if (explained.uncounted) {
    json.key("uncounted").begin_object();
    write_uncounted(json, *explained.uncounted);
    json.end_object();
  }
  json.end_object();
}

}  // namespace

std::string render(const RuleSet& rules, const TimelineExplanation& timeline) {
  std::string out = fmt::format("{:<12}{} records", "timeline", timeline.records);
  if (timeline.records > 0) {
    out += fmt::format(", {} to {}", format_rfc3339(timeline.begin), format_rfc3339(timeline.end));
  }
  out += "\n";
  if (timeline.ns_each > 0) {
    out += fmt::format("{:<12}{:.1f} us a record with {} rules\n", "cost",
                       static_cast<double>(timeline.ns_each) / 1'000, rules.rules().size());
  }
  for (const ExplainedWindowRule& rule : timeline.rules) out += "\n" + render_rule(rules, rule);
  if (timeline.rules.empty()) out += "\nno rule counts any of them\n";
  return out;
}

std::string to_json(const RuleSet& rules, const TimelineExplanation& timeline) {
  std::string out;
  JsonWriter json(out);
  json.begin_object();
  json.key("records").unsigned_integer(timeline.records);
  if (timeline.ns_each > 0) json.key("ns_each").integer(timeline.ns_each);
  json.key("rules").begin_array();
  for (const ExplainedWindowRule& rule : timeline.rules) write_rule(json, rules, rule);
  json.end_array().end_object();
  return out;
}

}  // namespace sieve
