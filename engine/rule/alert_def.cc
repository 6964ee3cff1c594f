#include <fmt/format.h>

#include <algorithm>

#include "base/utf8.h"
#include "rule/alert_parts.h"
#include "rule/rule_parts.h"

namespace sieve {
namespace {

constexpr Duration kSuppressMax{int64_t{31} * 86'400'000};
constexpr size_t kNamesShownMax = 16;

// What a summary may say of the steps of a sequence that occur: `call.duration`, `otp.time`.
void add_step_slots(const SequenceDef& sequence, std::vector<std::string>& names) {
  names.push_back(sequence.by);
  for (const StepDef& step : sequence.steps) {
    if (step.is_absent) continue;
    names.push_back(step.name + ".time");
    if (step.on == RecordKind::kCall) names.push_back(step.name + ".start");
    if (step.on == RecordKind::kCall) names.push_back(step.name + ".end");
    for (const FieldInfo& info : all_fields()) {
      if (info.kind != step.on) continue;
      names.push_back(step.name + std::string(info.name.substr(info.name.find('.'))));
    }
  }
}

// Of a rule on messages.
void add_message_slots(const Rule& rule, std::vector<std::string>& names) {
  for (const FieldInfo& info : all_fields()) {
    if (info.kind == rule.on) names.emplace_back(info.name);
  }
  for (const CaptureDef& capture : rule.captures) names.push_back(capture.name);
  if (!may_ask(rule.condition, ExprOp::kAnyUrl)) return;
  for (const UrlFieldInfo& info : all_url_fields()) names.emplace_back(info.name);
  if (!may_ask(rule.condition, ExprOp::kLookAlike)) return;
  names.emplace_back(kImitatedBrandSlot);
  names.emplace_back(kImitationKindSlot);
}

// What `{...}` may name in the summary of `rule`.
std::vector<std::string> slot_names(const Rule& rule) {
  std::vector<std::string> names;
  for (const MeasureDef& measure : rule.measures) names.push_back(measure.name);
  if (rule.sequence) {
    add_step_slots(*rule.sequence, names);
  } else if (rule.campaign) {
    const bool has_name = rule.campaign->by != CampaignBy::kText;
    if (has_name) names.emplace_back(name_of(rule.campaign->by));
  } else if (rule.window) {
    for (const FieldId field : rule.window->by) names.emplace_back(info_of(field).name);
  } else {
    add_message_slots(rule, names);
  }
  return names;
}

void check_slot(const YamlNode& node, ByteSpan slot, const Rule& rule, AlertDef& alert,
                const YamlContext& context) {
  const std::string_view name =
      std::string_view(node.scalar).substr(slot.begin, slot.end - slot.begin);
  const std::vector<std::string> names = slot_names(rule);
  const SourceSpan span = node.span_at(slot.begin, std::max<size_t>(count_chars(name), 1));
  if (std::find(names.begin(), names.end(), name) != names.end()) {
    if (is_url_field_name(name)) alert.link_slots.push_back({std::string(name), span});
    return;
  }
  Diagnostic& out =
      context.error("R038", span, fmt::format("unknown name `{}` in the summary", name));
  out.label = why_no_link(name, rule);
  if (!out.label.empty()) return;
  const std::string_view near = nearest_name(name, {names.begin(), names.end()});
  if (near.empty()) {
    const size_t shown = std::min(names.size(), kNamesShownMax);
    out.help = fmt::format("it can name: {}{}",
                           fmt::join(names.begin(), names.begin() + std::ptrdiff_t(shown), ", "),
                           shown < names.size() ? ", ..." : "");
    return;
  }
  out.label = fmt::format("did you mean `{}`?", near);
  if (node.knows_places()) out.replacement = near;
  out.help = "use a name of this rule";
}

void check_summary(const YamlNode& node, const Rule& rule, AlertDef& alert,
                   const YamlContext& context) {
  const std::string_view text = node.scalar;
  for (size_t open = text.find('{'); open != std::string_view::npos; open = text.find('{', open)) {
    const size_t close = text.find('}', open);
    if (close == std::string_view::npos) {
      context.error("R038", node.span_at(open), "this brace is never closed");
      return;
    }
    check_slot(node, {static_cast<uint32_t>(open + 1), static_cast<uint32_t>(close)}, rule, alert,
               context);
    open = close;
  }
}

// Of a sequence: `otp.text`.
void read_step_redaction(const YamlNode& name, const SequenceDef& sequence, AlertDef& alert,
                         const YamlContext& context) {
  std::vector<std::string> slots;
  add_step_slots(sequence, slots);
  if (std::find(slots.begin(), slots.end(), name.scalar) != slots.end()) {
    alert.redact_slots.push_back(name.scalar);
  } else {
    report_unknown_name(name, {slots.begin(), slots.end()}, "no field of a step of this sequence",
                        context);
  }
}

void read_redactions(YamlReader& reader, const Rule& rule, AlertDef& alert,
                     const YamlContext& context) {
  reader.optional_strings("redact");
  const YamlNode* redact = reader.node().find("redact");
  if (redact == nullptr) return;
  for (const YamlNode* name : names_in(*redact)) {
    if (rule.sequence) {
      read_step_redaction(*name, *rule.sequence, alert, context);
      continue;
    }
    const auto pattern =
        std::find_if(rule.patterns.begin(), rule.patterns.end(),
                     [&](const PatternDef& one) { return one.name == name->scalar; });
    const auto field = find_field(name->scalar);
    if (pattern != rule.patterns.end()) {
      alert.redact_patterns.push_back(static_cast<uint32_t>(pattern - rule.patterns.begin()));
    } else if (field && info_of(*field).kind == rule.on) {
      alert.redact_fields.push_back(*field);
    } else {
      std::vector<std::string_view> known = field_names(rule.on, false);
      for (const PatternDef& one : rule.patterns) known.push_back(one.name);
      report_unknown_name(*name, known, "neither a pattern nor a field of this rule", context);
    }
  }
}

// Every message has its alert unless there is a cool-down.
void warn_without_suppress(const YamlNode& node, const YamlContext& context) {
  if (node.find_entry("suppress") != nullptr) return;
  for (const std::string_view key : {"key", "rollup"}) {
    const YamlEntry* entry = node.find_entry(key);
    if (entry == nullptr) continue;
    context
        .warning("R136", entry->key_span,
                 fmt::format("`{}` does nothing without `suppress` in a message rule", key))
        .help = "every message has its alert: say for how long one is enough, or remove it";
  }
}

std::optional<Duration> read_span(YamlReader& reader, std::string_view key,
                                  const YamlContext& context) {
  const YamlNode* node = reader.optional_node(key);
  if (node == nullptr) return {};
  const Duration value = reader.optional_duration(key, Duration{1'000});
  if (value < Duration{1'000} || value > kSuppressMax) {
    context.error("R004", node->span, fmt::format("`{}` must be from 1s to 31d", key));
  }
  return value;
}

// Alerts of the rules that refer to it show what a helper found: it may say what they must not.
void warn_in_helper(const YamlNode& node, const YamlContext& context) {
  for (const YamlEntry& entry : node.entries) {
    if (entry.key == "redact") continue;
    context.warning("R148", entry.key_span, fmt::format("`{}` does nothing in a helper", entry.key))
        .help = "a rule with `emit: false` has no alerts: remove it, or the `emit`";
  }
}

// Of what counts there is one alert in each of its cool-downs.
void refuse_rollup(const YamlNode& node, const YamlContext& context) {
  const YamlEntry* entry = node.find_entry("rollup");
  if (entry == nullptr) return;
  context.error("R035", entry->key_span, "`rollup` is of message rules").help =
      "give the rule `suppress`";
}

}  // namespace

AlertDef parse_alert(const YamlNode& node, const Rule& rule, const YamlContext& context) {
  AlertDef alert;
  alert.span = node.span;
  YamlReader reader(node, "alert", context);
  alert.summary = reader.optional_string("summary");
  alert.suppress = read_span(reader, "suppress", context);
  alert.rollup = read_span(reader, "rollup", context);
  read_alert_key(reader, rule, alert, context);
  read_redactions(reader, rule, alert, context);
  reader.finish();
  if (!rule.emit) {
    warn_in_helper(node, context);
  } else if (rule.kind() == RuleKind::kMessage) {
    warn_without_suppress(node, context);
  } else {
    refuse_rollup(node, context);
  }
  const YamlNode* summary = node.find("summary");
  if (summary != nullptr && summary->kind == YamlKind::kScalar) {
    check_summary(*summary, rule, alert, context);
  }
  return alert;
}

}  // namespace sieve
