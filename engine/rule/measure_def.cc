#include "rule/measure_def.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <set>

#include "base/limits.h"
#include "rule/expression_part.h"
#include "rule/rule_parts.h"

namespace sieve {
namespace {

// Of distinct(): a smaller one would take more memory than a busy key may have.
constexpr std::string_view kErrorName = "error";
constexpr double kErrorMin = 0.01;
constexpr double kErrorMax = 0.2;
constexpr std::string_view kWhere = "where";
// Shorter times are shown to the millisecond.
constexpr double kFineDurationMs = 2'000;
constexpr double kMsPerSecond = 1'000;

// What a measure is made of.
enum class Takes : uint8_t { kNothing, kMaybeCondition, kCondition, kTextField, kNumberField };

struct MeasureRow {
  std::string_view name;
  Takes takes;
};

// By MeasureKind.
constexpr std::array<MeasureRow, 13> kMeasures = {{{"count", Takes::kMaybeCondition},
                                                   {"distinct", Takes::kTextField},
                                                   {"ratio", Takes::kCondition},
                                                   {"sum", Takes::kNumberField},
                                                   {"mean", Takes::kNumberField},
                                                   {"min", Takes::kNumberField},
                                                   {"max", Takes::kNumberField},
                                                   {"spread", Takes::kNumberField},
                                                   {"active_hours", Takes::kNothing},
                                                   {"hour_entropy", Takes::kNothing},
                                                   {"since_first", Takes::kNothing},
                                                   {"since_last", Takes::kNothing},
                                                   {"seen", Takes::kTextField}}};

constexpr std::string_view kHelp =
    "write count(), distinct(field), ratio(condition), sum, mean, min, max or spread(field), "
    "seen(field), active_hours(), hour_entropy(), since_first() or since_last()";

const MeasureRow& row_of(MeasureKind kind) { return kMeasures[static_cast<size_t>(kind)]; }

bool takes_field(Takes takes) { return takes == Takes::kTextField || takes == Takes::kNumberField; }

std::string_view trimmed(std::string_view text) {
  const size_t first = text.find_first_not_of(" \t\r\n");
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(" \t\r\n") - first + 1);
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
  return Application{trimmed(text.substr(0, open)),
                     {static_cast<uint32_t>(open + 1), static_cast<uint32_t>(close)}};
}

class MeasureParser {
 public:
  MeasureParser(const ExpressionScope& scope, const YamlContext& context)
      : scope_(scope), context_(context) {}

  MeasureDef parse(const YamlEntry& entry);

 private:
  void choose_kind(std::string_view name);
  void read_argument(ByteSpan argument);
  void read_field(ByteSpan argument);
  void read_options(ByteSpan rest);
  void read_condition(ByteSpan part);
  void read_error(ByteSpan written);

  // What stands in the bytes `part` of the text.
  std::string_view part_of(ByteSpan part) const {
    return trimmed(std::string_view(node_->scalar).substr(part.begin, part.end - part.begin));
  }
  // The place of `part` of the text; of an empty one, byte `otherwise`.
  SourceSpan span_of(std::string_view part, size_t otherwise) const {
    const size_t at =
        part.empty() ? otherwise : static_cast<size_t>(part.data() - node_->scalar.data());
    return node_->span_at(at, std::max<size_t>(part.size(), 1));
  }

  const ExpressionScope& scope_;
  const YamlContext& context_;
  const YamlNode* node_ = nullptr;  // The measure at hand.
  MeasureDef measure_;
};

MeasureDef MeasureParser::parse(const YamlEntry& entry) {
  measure_ = {};
  measure_.name = entry.key;
  measure_.span = entry.key_span;
  check_name(entry.key, entry.key_span, "measure", context_);
  node_ = entry.value.get();
  const auto parts =
      node_->kind == YamlKind::kScalar ? split_application(node_->scalar) : std::nullopt;
  if (!parts) {
    context_.error("R036", node_->span, "this is no measure").help = kHelp;
    return measure_;
  }
  const size_t errors = context_.diagnostics->size();
  choose_kind(parts->name);
  if (context_.diagnostics->size() == errors) read_argument(parts->argument);
  context_.drop_lost_patches(*node_, errors);
  return measure_;
}

void MeasureParser::choose_kind(std::string_view name) {
  std::vector<std::string_view> names;
  for (size_t i = 0; i < kMeasures.size(); ++i) {
    names.push_back(kMeasures[i].name);
    if (kMeasures[i].name != name) continue;
    measure_.kind = static_cast<MeasureKind>(i);
    return;
  }
  Diagnostic& out = context_.error("R036", node_->span_at(0, std::max<size_t>(name.size(), 1)),
                                   fmt::format("unknown measure `{}`", name));
  const std::string_view near = nearest_name(name, names);
  if (!near.empty()) {
    out.label = fmt::format("did you mean `{}`?", near);
    out.replacement = near;
  }
  out.help = kHelp;
}

void MeasureParser::read_argument(ByteSpan argument) {
  const MeasureRow& row = row_of(measure_.kind);
  const std::string_view text = part_of(argument);
  if (takes_field(row.takes)) return read_field(argument);
  if (row.takes == Takes::kNothing) {
    const bool is_of_hours =
        measure_.kind == MeasureKind::kActiveHours || measure_.kind == MeasureKind::kHourEntropy;
    if (is_of_hours && scope_.kind == RecordKind::kReport) {
      context_.error("R036", node_->span, "reports have no hour").help =
          "measure hours of messages or calls";
    }
    if (text.empty()) return;
    context_
        .error("R036", span_of(text, argument.begin), fmt::format("{}() takes nothing", row.name))
        .help = "put what should count into `where` of the rule";
    return;
  }
  if (!text.empty()) return read_condition(argument);
  if (row.takes == Takes::kMaybeCondition) return;
  context_.error("R036", node_->span_at(argument.begin - 1, 2),
                 fmt::format("{}() needs a condition", row.name));
}

void MeasureParser::read_condition(ByteSpan part) {
  measure_.predicate = parse_expression_part(*node_, part, scope_, context_);
}

// `field`, and behind commas what else there is to say.
void MeasureParser::read_field(ByteSpan argument) {
  const MeasureRow& row = row_of(measure_.kind);
  const auto comma = static_cast<uint32_t>(
      std::min(node_->scalar.find(',', argument.begin), size_t{argument.end}));
  const std::string_view name = part_of({argument.begin, comma});
  if (name.empty()) {
    context_.error("R036", node_->span_at(argument.begin - 1, 2),
                   fmt::format("{}() needs a field", row.name));
    return;
  }
  const SourceSpan span = span_of(name, argument.begin);
  const std::optional<FieldId> field =
      row.takes == Takes::kTextField
          ? find_measured_field(name, span, {FieldType::kString}, scope_, context_)
          : find_measured_field(name, span, {FieldType::kNumber, FieldType::kDuration}, scope_,
                                context_);
  if (field) measure_.field = *field;
  if (comma < argument.end) read_options({comma + 1, argument.end});
}

// `error=0.02`, `where CONDITION`, or both in this order.
void MeasureParser::read_options(ByteSpan rest) {
  const std::string_view text = part_of(rest);
  const bool is_condition =
      text.starts_with(kWhere) && text.find_first_of(" \t\r\n(") == kWhere.size();
  if (is_condition) {
    const auto begin = static_cast<uint32_t>(text.data() - node_->scalar.data() + kWhere.size());
    return read_condition({begin, rest.end});
  }
  const auto comma =
      static_cast<uint32_t>(std::min(node_->scalar.find(',', rest.begin), size_t{rest.end}));
  read_error({rest.begin, comma});
  if (comma < rest.end) read_options({comma + 1, rest.end});
}

void MeasureParser::read_error(ByteSpan written) {
  const std::string_view text = part_of(written);
  const size_t equals = std::min(text.find('='), text.size());
  const std::string_view number = trimmed(text.substr(std::min(equals + 1, text.size())));
  const bool is_error = trimmed(text.substr(0, equals)) == kErrorName && !number.empty();
  if (!is_error || measure_.kind != MeasureKind::kDistinct) {
    const std::string_view name = row_of(measure_.kind).name;
    const bool has_error = measure_.kind == MeasureKind::kDistinct;
    context_
        .error("R158", span_of(text, written.begin),
               fmt::format("{}() takes a field{} and a condition", name,
                           has_error ? ", its error" : ""))
        .help = has_error ? "write it like distinct(msg.to, error=0.02, where msg.to.count < 3)"
                          : fmt::format("write it like {}(FIELD, where CONDITION)", name);
    return;
  }
  const auto [stop, fault] = std::from_chars(number.data(), number.data() + number.size(),
                                             measure_.error, std::chars_format::fixed);
  const bool is_number = fault == std::errc{} && stop == number.data() + number.size();
  if (is_number && measure_.error >= kErrorMin && measure_.error <= kErrorMax) return;
  Diagnostic& out = context_.error(
      "R158", span_of(number, written.begin),
      is_number ? fmt::format("the error must be from {} to {}", kErrorMin, kErrorMax)
                : fmt::format("`{}` is no error", number));
  out.help = fmt::format("a share: 0.02 is 2 %; without it, it is {}", kDistinctErrorDefault);
}

// What the measure needs of a fact, in words that are equal for equal needs; empty: nothing.
std::string value_needed(const MeasureDef& measure) {
  if (measure.kind == MeasureKind::kActiveHours || measure.kind == MeasureKind::kHourEntropy) {
    return "hour";
  }
  if (!measure.takes_field()) return {};
  const bool is_text = info_of(measure.field).type == FieldType::kString;
  return fmt::format("{} {} {}", is_text, info_of(measure.field).name, measure.predicate.text);
}

// More would have no place in a fact.
void check_room(const std::vector<MeasureDef>& measures, const YamlContext& context) {
  std::set<std::string> values;
  size_t conditions = 0;
  for (const MeasureDef& measure : measures) {
    const std::string value = value_needed(measure);
    const bool is_condition = value.empty() && !measure.predicate.empty();
    if (is_condition && ++conditions == limits::kRatioMeasuresMax + 1) {
      context
          .error("R044", measure.span,
                 fmt::format("a rule counts at most {} conditions", limits::kRatioMeasuresMax))
          .help = "make a second rule with the same window";
    }
    if (value.empty() || !values.insert(value).second) continue;
    if (values.size() != limits::kFactValuesMax + 1) continue;
    context
        .error("R044", measure.span,
               fmt::format("a rule measures at most {} values", limits::kFactValuesMax))
        .help =
        "make a second rule with the same window; a field, with the same `where`, is one value";
  }
}

std::string words_for(std::initializer_list<FieldType> types) {
  return *types.begin() == FieldType::kString ? "only text fields can"
                                              : "only numbers and durations can";
}

}  // namespace

bool MeasureDef::takes_field() const { return sieve::takes_field(row_of(kind).takes); }

bool MeasureDef::is_duration() const {
  if (kind == MeasureKind::kSinceFirst || kind == MeasureKind::kSinceLast) return true;
  return row_of(kind).takes == Takes::kNumberField && info_of(field).type == FieldType::kDuration;
}

std::optional<uint32_t> index_of(const std::vector<MeasureName>& measures, std::string_view name) {
  const auto found = std::find_if(measures.begin(), measures.end(),
                                  [&](const MeasureName& measure) { return measure.name == name; });
  if (found == measures.end()) return {};
  return static_cast<uint32_t>(found - measures.begin());
}

std::vector<std::string_view> names_of(const std::vector<MeasureName>& measures) {
  std::vector<std::string_view> names;
  for (const MeasureName& measure : measures) names.push_back(measure.name);
  return names;
}

std::string_view name_of(MeasureKind kind) { return row_of(kind).name; }

std::string format_measure(const MeasureDef& measure, double value) {
  if (measure.is_duration()) {
    // A mean of seconds is no whole number of them.
    const double unit = value < kFineDurationMs ? 1 : kMsPerSecond;
    return format_duration({static_cast<int64_t>(std::round(value / unit) * unit)});
  }
  return fmt::format("{}", value);
}

std::optional<FieldId> find_measured_field(std::string_view name, SourceSpan span,
                                           std::initializer_list<FieldType> types,
                                           const ExpressionScope& scope,
                                           const YamlContext& context) {
  const auto fits = [&](const FieldInfo& info) {
    return info.kind == scope.kind && (scope.has_parties || !is_of_party(info)) &&
           std::find(types.begin(), types.end(), info.type) != types.end();
  };
  const std::optional<FieldId> field = find_field(name);
  if (field && fits(info_of(*field))) return field;
  if (field && info_of(*field).kind == scope.kind) {
    if (is_of_party(info_of(*field)) && !scope.has_parties) {
      context.error("R159", span, fmt::format("`{}` is known in windows only", name)).help =
          "here name from or to";
      return {};
    }
    Diagnostic& out = context.error("R037", span, fmt::format("`{}` cannot be counted by", name));
    out.label = fmt::format("this is a {}; {}", name_of(info_of(*field).type), words_for(types));
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
    if (fits(info)) candidates.push_back(info.name);
  }
  const std::string_view near = nearest_name(name, candidates);
  if (near.empty()) return {};
  out.label = fmt::format("did you mean `{}`?", near);
  out.replacement = near;
  out.help = "use the name of a field";
  return {};
}

std::vector<MeasureDef> parse_measures(const YamlNode& node, const ExpressionScope& scope,
                                       const YamlContext& context) {
  std::vector<MeasureDef> measures;
  if (node.kind != YamlKind::kMap || node.entries.empty()) {
    context.error("R003", node.span, "`measure` must be a map from names to measures");
    return measures;
  }
  const size_t before = context.diagnostics->size();
  MeasureParser parser(scope, context);
  for (const YamlEntry& entry : node.entries) measures.push_back(parser.parse(entry));
  if (count_errors(*context.diagnostics, before) == 0) check_room(measures, context);
  return measures;
}

}  // namespace sieve
