#include <fmt/format.h>

#include <algorithm>

#include "base/utf8.h"
#include "rule/rule_parts.h"
#include "rule/url_fields.h"

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

// Of a condition with errors that is not known: then nothing is said.
bool uses(const Expression& expression, ExprOp op) {
  return expression.empty() || std::any_of(expression.nodes.begin(), expression.nodes.end(),
                                           [op](const ExprNode& node) { return node.op == op; });
}

// Of a rule on messages.
void add_message_slots(const Rule& rule, std::vector<std::string>& names) {
  for (const FieldInfo& info : all_fields()) {
    if (info.kind == rule.on) names.emplace_back(info.name);
  }
  for (const CaptureDef& capture : rule.captures) names.push_back(capture.name);
  if (!uses(rule.condition, ExprOp::kAnyUrl)) return;
  for (const UrlFieldInfo& info : all_url_fields()) names.emplace_back(info.name);
  if (!uses(rule.condition, ExprOp::kLookAlike)) return;
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

// Why the summary of `rule` cannot name a link; empty: that is not it.
std::string_view why_no_link(std::string_view name, const Rule& rule) {
  if (rule.kind() != RuleKind::kMessage || !is_url_field_name(name)) return {};
  if (!uses(rule.condition, ExprOp::kAnyUrl))
    return "which link? the condition has no `any url where`";
  const bool is_slot = name == kImitatedBrandSlot || name == kImitationKindSlot;
  return is_slot ? "the condition has no `url.lookalike(...)`" : std::string_view();
}

void check_slot(const YamlNode& node, ByteSpan slot, const Rule& rule, const YamlContext& context) {
  const std::string_view name =
      std::string_view(node.scalar).substr(slot.begin, slot.end - slot.begin);
  const std::vector<std::string> names = slot_names(rule);
  if (std::find(names.begin(), names.end(), name) != names.end()) return;
  Diagnostic& out =
      context.error("R038", node.span_at(slot.begin, std::max<size_t>(count_chars(name), 1)),
                    fmt::format("unknown name `{}` in the summary", name));
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

void check_summary(const YamlNode& node, const Rule& rule, const YamlContext& context) {
  const std::string_view text = node.scalar;
  for (size_t open = text.find('{'); open != std::string_view::npos; open = text.find('{', open)) {
    const size_t close = text.find('}', open);
    if (close == std::string_view::npos) {
      context.error("R038", node.span_at(open), "this brace is never closed");
      return;
    }
    check_slot(node, {static_cast<uint32_t>(open + 1), static_cast<uint32_t>(close)}, rule,
               context);
    open = close;
  }
}

}  // namespace

AlertDef parse_alert(const YamlNode& node, const Rule& rule, const YamlContext& context) {
  AlertDef alert;
  alert.span = node.span;
  YamlReader reader(node, "alert", context);
  alert.summary = reader.optional_string("summary");
  if (const YamlNode* suppress = reader.optional_node("suppress")) {
    const Duration value = reader.optional_duration("suppress", Duration{1'000});
    if (value < Duration{1'000} || value > kSuppressMax) {
      context.error("R004", suppress->span, "`suppress` must be from 1s to 31d");
    }
    alert.suppress = value;
  }
  reader.finish();
  const YamlNode* summary = node.find("summary");
  if (summary != nullptr && summary->kind == YamlKind::kScalar) {
    check_summary(*summary, rule, context);
  }
  return alert;
}

}  // namespace sieve
