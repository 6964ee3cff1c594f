#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>

#include "base/limits.h"
#include "rule/expression_part.h"
#include "rule/rule_parts.h"

namespace sieve {
namespace {

constexpr size_t kKeyFieldsMax = 3;
constexpr Duration kLateDefault{60'000};
constexpr Duration kOverMax{int64_t{31} * 86'400'000};
constexpr int64_t kKeysMax = 100'000'000;
// Of distinct(): a smaller one would take more memory than a busy key may have.
constexpr std::string_view kErrorName = "error";
constexpr double kErrorMin = 0.01;
constexpr double kErrorMax = 0.2;
constexpr std::array<std::string_view, 3> kMeasureNames = {"count", "distinct", "ratio"};

ExpressionScope fields_of(RecordKind kind) {
  ExpressionScope scope;
  scope.kind = kind;
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

// `name ( argument )`: the byte ranges of both; nothing when it has another shape.
struct Application {
  std::string_view name;
  ByteSpan argument;
};

std::optional<Application> split_application(std::string_view text) {
  const size_t open = text.find('(');
  const size_t close = text.find_last_not_of(" \t\r\n");
  if (open == std::string_view::npos || close == std::string_view::npos || text[close] != ')') {
    return {};
  }
  std::string_view name = text.substr(0, open);
  name = name.substr(0, name.find_last_not_of(" \t") + 1);
  return Application{name, {static_cast<uint32_t>(open + 1), static_cast<uint32_t>(close)}};
}

std::string_view trimmed(std::string_view text) {
  const size_t first = text.find_first_not_of(" \t\r\n");
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(" \t\r\n") - first + 1);
}

// What stands in the bytes `part` of the text of `node`.
std::string_view part_of(const YamlNode& node, ByteSpan part) {
  return trimmed(std::string_view(node.scalar).substr(part.begin, part.end - part.begin));
}

// The place of `part` of the text of `node`; of an empty one, byte `otherwise`.
SourceSpan span_of(const YamlNode& node, std::string_view part, size_t otherwise) {
  const size_t at =
      part.empty() ? otherwise : static_cast<size_t>(part.data() - node.scalar.data());
  return node.span_at(at, std::max<size_t>(part.size(), 1));
}

class MeasureParser {
 public:
  MeasureParser(RecordKind kind, const Definitions& definitions, const YamlContext& context)
      : kind_(kind), definitions_(definitions), context_(context) {}

  MeasureDef parse(const YamlEntry& entry);

 private:
  void choose_kind(const YamlNode& node, std::string_view name, MeasureDef& measure);
  void read_argument(const YamlNode& node, ByteSpan argument, MeasureDef& measure);
  void read_distinct(const YamlNode& node, ByteSpan argument, MeasureDef& measure);
  void read_error(const YamlNode& node, ByteSpan written, MeasureDef& measure);

  RecordKind kind_;
  const Definitions& definitions_;
  const YamlContext& context_;
};

MeasureDef MeasureParser::parse(const YamlEntry& entry) {
  MeasureDef measure;
  measure.name = entry.key;
  measure.span = entry.key_span;
  check_name(entry.key, entry.key_span, "measure", context_);
  const YamlNode& node = *entry.value;
  const auto parts = node.kind == YamlKind::kScalar ? split_application(node.scalar) : std::nullopt;
  if (!parts) {
    context_.error("R036", node.span, "this is no measure").help =
        "write count(), distinct(field) or ratio(condition)";
    return measure;
  }
  const size_t errors = context_.diagnostics->size();
  choose_kind(node, parts->name, measure);
  if (context_.diagnostics->size() == errors) read_argument(node, parts->argument, measure);
  context_.drop_lost_patches(node, errors);
  return measure;
}

void MeasureParser::choose_kind(const YamlNode& node, std::string_view name, MeasureDef& measure) {
  for (size_t i = 0; i < kMeasureNames.size(); ++i) {
    if (kMeasureNames[i] != name) continue;
    measure.kind = static_cast<MeasureKind>(i);
    return;
  }
  Diagnostic& out = context_.error("R036", node.span_at(0, std::max<size_t>(name.size(), 1)),
                                   fmt::format("unknown measure `{}`", name));
  const std::string_view near = nearest_name(name, {kMeasureNames.begin(), kMeasureNames.end()});
  if (!near.empty()) {
    out.label = fmt::format("did you mean `{}`?", near);
    out.replacement = near;
  }
  out.help = "write count(), distinct(field) or ratio(condition)";
}

void MeasureParser::read_argument(const YamlNode& node, ByteSpan argument, MeasureDef& measure) {
  const std::string_view text = part_of(node, argument);
  const SourceSpan span = span_of(node, text, argument.begin);
  if (measure.kind == MeasureKind::kCount) {
    if (text.empty()) return;
    context_.error("R036", span, "count() takes nothing").help =
        "put what should count into `where`";
  } else if (text.empty() && measure.kind == MeasureKind::kRatio) {
    context_.error("R036", node.span_at(argument.begin - 1, 2), "ratio() needs a condition");
  } else if (measure.kind == MeasureKind::kDistinct) {
    read_distinct(node, argument, measure);
  } else {
    const ExpressionScope scope = record_scope(kind_, {}, {}, definitions_);
    measure.predicate = parse_expression_part(node, argument, scope, context_);
  }
}

// `field` or `field, error=0.02`.
void MeasureParser::read_distinct(const YamlNode& node, ByteSpan argument, MeasureDef& measure) {
  const auto comma =
      static_cast<uint32_t>(std::min(node.scalar.find(',', argument.begin), size_t{argument.end}));
  const std::string_view name = part_of(node, {argument.begin, comma});
  if (name.empty()) {
    context_.error("R036", node.span_at(argument.begin - 1, 2), "distinct() needs a field");
    return;
  }
  const std::optional<FieldId> field =
      find_text_field(name, span_of(node, name, argument.begin), fields_of(kind_), context_);
  if (field) measure.field = *field;
  if (comma < argument.end) read_error(node, {comma + 1, argument.end}, measure);
}

void MeasureParser::read_error(const YamlNode& node, ByteSpan written, MeasureDef& measure) {
  const std::string_view text = part_of(node, written);
  const size_t equals = std::min(text.find('='), text.size());
  const std::string_view number = trimmed(text.substr(std::min(equals + 1, text.size())));
  if (trimmed(text.substr(0, equals)) != kErrorName || number.empty()) {
    context_
        .error("R158", span_of(node, text, written.begin),
               "distinct() takes a field, and its error")
        .help = "write it like distinct(msg.to, error=0.02)";
    return;
  }
  const auto [stop, fault] = std::from_chars(number.data(), number.data() + number.size(),
                                             measure.error, std::chars_format::fixed);
  const bool is_number = fault == std::errc{} && stop == number.data() + number.size();
  if (is_number && measure.error >= kErrorMin && measure.error <= kErrorMax) return;
  Diagnostic& out = context_.error(
      "R158", span_of(node, number, written.begin),
      is_number ? fmt::format("the error must be from {} to {}", kErrorMin, kErrorMax)
                : fmt::format("`{}` is no error", number));
  out.help = fmt::format("a share: 0.02 is 2 %; without it, it is {}", kDistinctErrorDefault);
}

// A rule has at most `most` measures of `kind`: more would have no place in its facts.
void check_measure_count(const std::vector<MeasureDef>& measures, MeasureKind kind, size_t most,
                         const YamlContext& context) {
  size_t count = 0;
  for (const MeasureDef& measure : measures) {
    if (measure.kind != kind || ++count != most + 1) continue;
    context
        .error("R044", measure.span,
               fmt::format("a rule has at most {} {} measures", most,
                           kind == MeasureKind::kDistinct ? "distinct" : "ratio"))
        .help = "make a second rule with the same window";
  }
}

}  // namespace

std::optional<FieldId> find_text_field(std::string_view name, SourceSpan span,
                                       const ExpressionScope& scope, const YamlContext& context) {
  const std::optional<FieldId> field = find_field(name);
  if (field && info_of(*field).kind == scope.kind) {
    if (info_of(*field).type == FieldType::kString) return field;
    Diagnostic& out = context.error("R037", span, fmt::format("`{}` cannot be counted by", name));
    out.label = fmt::format("this is a {}; only text fields can", name_of(info_of(*field).type));
    return {};
  }
  Diagnostic& out = context.error("R037", span, fmt::format("unknown field `{}`", name));
  if (field) {
    out.label = fmt::format("a field of {} records; this {} is on {} records",
                            name_of(info_of(*field).kind), scope.owner, name_of(scope.kind));
    return {};
  }
  std::vector<std::string_view> candidates;
  for (const FieldInfo& info : all_fields()) {
    const bool fits = info.kind == scope.kind && info.type == FieldType::kString;
    if (fits) candidates.push_back(info.name);
  }
  const std::string_view near = nearest_name(name, candidates);
  if (near.empty()) return {};
  out.label = fmt::format("did you mean `{}`?", near);
  out.replacement = near;
  out.help = "use the name of a field";
  return {};
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

std::vector<MeasureDef> parse_measures(const YamlNode& node, RecordKind kind,
                                       const Definitions& definitions, const YamlContext& context) {
  std::vector<MeasureDef> measures;
  if (node.kind != YamlKind::kMap || node.entries.empty()) {
    context.error("R003", node.span, "`measure` must be a map from names to measures");
    return measures;
  }
  MeasureParser parser(kind, definitions, context);
  for (const YamlEntry& entry : node.entries) measures.push_back(parser.parse(entry));
  check_measure_count(measures, MeasureKind::kDistinct, limits::kFactValuesMax, context);
  check_measure_count(measures, MeasureKind::kRatio, limits::kRatioMeasuresMax, context);
  return measures;
}

}  // namespace sieve
