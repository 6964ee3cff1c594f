#include <fmt/format.h>

#include <algorithm>

#include "base/limits.h"
#include "rule/measure_def.h"
#include "rule/rule_parts.h"

namespace sieve {
namespace {

constexpr size_t kKeyFieldsMax = 3;
constexpr Duration kLateDefault{60'000};
constexpr Duration kOverMax{int64_t{31} * 86'400'000};
constexpr int64_t kKeysMax = 100'000'000;

ExpressionScope fields_of(RecordKind kind) {
  ExpressionScope scope;
  scope.kind = kind;
  scope.has_parties = true;
  return scope;
}

void parse_by(const YamlNode& node, RecordKind kind, WindowDef& window,
              const YamlContext& context) {
  std::vector<const YamlNode*> names;
  if (node.kind == YamlKind::kScalar) names.push_back(&node);
  for (const auto& item : node.items) names.push_back(item.get());
  if (names.empty() || names.size() > kKeyFieldsMax) {
    context.error("R004", node.span,
                  fmt::format("`by` must name from 1 to {} fields", kKeyFieldsMax));
    return;
  }
  for (const YamlNode* name : names) {
    if (name->kind != YamlKind::kScalar) {
      context.error("R003", name->span, "`by` must be a list of fields");
    } else if (const auto field =
                   find_text_field(name->scalar, name->span, fields_of(kind), context)) {
      window.by.push_back(*field);
    }
  }
}

}  // namespace

std::optional<FieldId> find_text_field(std::string_view name, SourceSpan span,
                                       const ExpressionScope& scope, const YamlContext& context) {
  return find_measured_field(name, span, {FieldType::kString}, scope, context);
}

WindowSpan parse_window_span(YamlReader& reader, const YamlContext& context) {
  WindowSpan span;
  span.over = reader.required_duration("over");
  span.late = reader.optional_duration("late", kLateDefault);
  span.keys_max = static_cast<uint64_t>(reader.optional_int(
      "max_keys", static_cast<int64_t>(limits::kWindowKeysDefault), {1, kKeysMax}));
  const YamlNode* over = reader.node().find("over");
  const bool has_over = over != nullptr && over->as_duration().has_value();
  if (has_over && (span.over < Duration{1'000} || span.over > kOverMax)) {
    context.error("R004", over->span, "`over` must be from 1s to 31d");
  }
  const YamlNode* late = reader.node().find("late");
  if (late != nullptr && span.late > kOverMax) {
    context.error("R004", late->span, "`late` must be at most 31d");
  }
  return span;
}

WindowDef parse_window(const YamlNode& node, RecordKind kind, const YamlContext& context) {
  WindowDef window;
  window.span = node.span;
  YamlReader reader(node, "window", context);
  if (const YamlNode* by = reader.required_node("by")) parse_by(*by, kind, window, context);
  static_cast<WindowSpan&>(window) = parse_window_span(reader, context);
  reader.finish();
  return window;
}

}  // namespace sieve
