#include "record/mapping.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "base/phone.h"
#include "record/mapped_targets.h"
#include "record/value_text.h"

namespace sieve {
namespace {

constexpr std::string_view kUnknownField = "C201";
constexpr std::string_view kFieldNotMapped = "C202";
constexpr std::string_view kBadTimeFormat = "C203";
constexpr std::string_view kUnknownZone = "C204";
constexpr std::string_view kUnknownCountry = "C205";
constexpr std::string_view kBadColumns = "C206";
constexpr std::string_view kBadFieldMapping = "C207";
constexpr std::string_view kBadDelimiter = "C208";
constexpr std::string_view kBadPath = "C209";
constexpr std::string_view kBadConstant = "C210";

// What parse_mapping's helpers share.
struct Parse {
  Mapping& mapping;
  const YamlContext& context;
};

// Our name for what a mapping calls `key`: addresses may be named without `.addr`.
std::string target_name(RecordKind kind, std::string_view key) {
  const std::string address = fmt::format("{}.addr", key);
  return find_target(kind, address) != nullptr ? address : std::string(key);
}

void report_unknown(const Parse& parse, const YamlEntry& entry) {
  std::vector<std::string_view> names;
  for (const Target& target : targets_of(parse.mapping.kind)) names.push_back(target.name);
  Diagnostic& problem = parse.context.error(
      kUnknownField, entry.key_span,
      fmt::format("`{}` is no field of a {}", entry.key, name_of(parse.mapping.kind)));
  const std::string_view near = nearest_name(entry.key, names);
  if (!near.empty()) problem.help = fmt::format("did you mean `{}`?", near);
}

// The keys of a dotted path, or one column name.
std::vector<std::string> split_path(const Parse& parse, const std::string& text, SourceSpan span) {
  const bool csv = parse.mapping.format == RecordFormat::kCsv;
  std::vector<std::string> path;
  for (size_t begin = 0; begin <= text.size();) {
    const size_t end = csv ? text.size() : std::min(text.find('.', begin), text.size());
    path.push_back(text.substr(begin, end - begin));
    begin = end + 1;
  }
  if (std::ranges::any_of(path, [](const std::string& key) { return key.empty(); })) {
    parse.context.error(kBadPath, span, fmt::format("path `{}` has an empty key", text));
  }
  if (path.size() > kMappingDepthMax) {
    parse.context.error(
        kBadPath, span,
        fmt::format("path has {} keys; at most {} are followed", path.size(), kMappingDepthMax));
  }
  return path;
}

// Whether a text may become `target`; only words of enumerations are known beforehand.
bool is_possible(const Parse& parse, const Target& target, const std::string& text) {
  if (target.type != TargetType::kName) return true;
  Record record;
  record.kind = parse.mapping.kind;
  Address to;
  SmsPayload payload;
  TargetValue value;
  value.text = text;
  return !text.empty() && target.set({record, to, payload}, value) == DecodeError::kNone;
}

void check_text(const Parse& parse, const Target& target, const YamlNode& node,
                const std::string& text) {
  if (is_possible(parse, target, text)) return;
  parse.context.error(kBadConstant, node.span,
                      fmt::format("`{}` is no value of `{}`", text, target.name));
}

void parse_values(const Parse& parse, const Target& target, const YamlNode& node,
                  FieldMapping& field) {
  if (node.kind != YamlKind::kMap) {
    parse.context.error(kBadFieldMapping, node.span, "`values` maps texts to texts");
    return;
  }
  for (const YamlEntry& entry : node.entries) {
    check_text(parse, target, *entry.value, entry.value->scalar);
    field.values.emplace_back(entry.key, entry.value->scalar);
  }
}

// `{ path: rec_type, values: {...}, otherwise: x }`: what the source's values become.
void parse_translation(const Parse& parse, const Target& target, YamlReader& reader,
                       FieldMapping& field) {
  const YamlNode* const values = reader.optional_node("values");
  const YamlNode* const otherwise = reader.optional_node("otherwise");
  if (values != nullptr) parse_values(parse, target, *values, field);
  if (otherwise == nullptr) return;
  field.otherwise = otherwise->scalar;
  check_text(parse, target, *otherwise, field.otherwise);
  if (values != nullptr) return;
  parse.context.error(kBadFieldMapping, otherwise->span, "`otherwise` needs `values`");
}

// `{ path: calling, type: msisdn }`: the type of every address that the path leads to.
void parse_declared_type(const Parse& parse, const Target& target, YamlReader& reader) {
  if (target.type != TargetType::kAddress) return;
  const YamlNode* const type = reader.optional_node("type");
  if (type == nullptr) return;
  FieldMapping field;
  field.field = std::string(target.name.substr(0, target.name.rfind('.'))) + ".type";
  field.has_constant = true;
  field.constant = type->scalar;
  check_text(parse, *find_target(parse.mapping.kind, field.field), *type, type->scalar);
  parse.mapping.fields.push_back(std::move(field));
}

void parse_field_map(const Parse& parse, const Target& target, const YamlNode& node) {
  static const std::vector<std::string_view> kUnits = {"s", "ms", "m"};
  FieldMapping field;
  field.field = target.name;
  YamlReader reader(node, "field", parse.context);
  const YamlNode* const path = reader.optional_node("path");
  const YamlNode* const constant = reader.optional_node("constant");
  if ((path == nullptr) == (constant == nullptr)) {
    parse.context.error(kBadFieldMapping, node.span, "a field has either `path` or `constant`");
    return;
  }
  if (path != nullptr) field.path = split_path(parse, path->scalar, path->span);
  if (constant != nullptr) {
    field.has_constant = true;
    field.constant = constant->scalar;
    check_text(parse, target, *constant, field.constant);
  }
  parse_translation(parse, target, reader, field);
  const bool span = target.type == TargetType::kSpan;
  if (span) field.unit = kUnits[reader.optional_choice("unit", 0, kUnits)];
  parse.mapping.fields.push_back(std::move(field));
  parse_declared_type(parse, target, reader);
  reader.finish();
}

void parse_field(const Parse& parse, const YamlEntry& entry) {
  const Target* const target =
      find_target(parse.mapping.kind, target_name(parse.mapping.kind, entry.key));
  if (target == nullptr) return report_unknown(parse, entry);
  if (entry.value->kind != YamlKind::kScalar) return parse_field_map(parse, *target, *entry.value);
  FieldMapping field;
  field.field = target->name;
  field.path = split_path(parse, entry.value->scalar, entry.value->span);
  parse.mapping.fields.push_back(std::move(field));
}

// A path must not lead both to a value and through it; no field is mapped twice.
void check_fields(const Parse& parse, const YamlNode& node) {
  const std::vector<FieldMapping>& fields = parse.mapping.fields;
  for (const Target& target : targets_of(parse.mapping.kind)) {
    const auto count = std::ranges::count(fields, target.name, &FieldMapping::field);
    if (count == 0 && target.required) {
      parse.context.error(kFieldNotMapped, node.span,
                          fmt::format("required field `{}` is not mapped", target.name));
    }
    if (count > 1) {
      parse.context.error(kBadFieldMapping, node.span,
                          fmt::format("field `{}` is mapped twice", target.name));
    }
  }
  const auto brings = [](const FieldMapping& field) { return brings_text(field.field); };
  if (parse.mapping.kind == RecordKind::kMessage && std::ranges::none_of(fields, brings)) {
    parse.context.error(kFieldNotMapped, node.span, "required field `text` is not mapped").help =
        "or, where the text is encoded, `payload.b64` or `payload.hex`";
  }
  for (const FieldMapping& a : fields) {
    for (const FieldMapping& b : fields) {
      if (a.has_constant || b.has_constant || a.path.size() >= b.path.size()) continue;
      if (!std::equal(a.path.begin(), a.path.end(), b.path.begin())) continue;
      parse.context.error(
          kBadPath, node.span,
          fmt::format("the path of `{}` leads through the value of `{}`", b.field, a.field));
    }
  }
}

void parse_fields(const Parse& parse, const YamlNode& node) {
  if (node.kind != YamlKind::kMap) {
    parse.context.error(kBadFieldMapping, node.span, "`fields` maps our fields to yours");
    return;
  }
  for (const YamlEntry& entry : node.entries) parse_field(parse, entry);
  check_fields(parse, node);
}

void parse_time(const Parse& parse, const YamlNode& node) {
  static constexpr std::array<std::string_view, 4> kFormats = {"auto", "epoch_s", "epoch_ms",
                                                               "rfc3339"};
  YamlReader reader(node, "time", parse.context);
  const std::string format = reader.optional_string("format", "auto");
  const auto at = std::ranges::find(kFormats, format);
  if (at != kFormats.end()) {
    parse.mapping.time_format = static_cast<TimeFormat>(at - kFormats.begin());
  } else if (is_time_pattern(format)) {
    parse.mapping.time_format = TimeFormat::kPattern;
    parse.mapping.time_pattern = format;
  } else {
    parse.context.error(kBadTimeFormat, node.span, fmt::format("`{}` is no time format", format))
        .help = "auto, epoch_s, epoch_ms, rfc3339, or a pattern of %Y %y %m %d %H %M %S %f %z";
  }
  const std::string zone = reader.optional_string("zone", "UTC");
  if (const std::optional<TimeZone> found = TimeZone::load(zone)) {
    parse.mapping.zone = *found;
  } else {
    parse.context.error(kUnknownZone, node.span, fmt::format("unknown time zone `{}`", zone)).help =
        "a name of the system's database, such as Asia/Bangkok";
  }
  reader.finish();
}

void parse_csv(const Parse& parse, YamlReader& reader) {
  Mapping& mapping = parse.mapping;
  const std::string delimiter = reader.optional_string("delimiter", ",");
  if (delimiter.size() == 1 && delimiter != "\"" && delimiter != "\n") {
    mapping.delimiter = delimiter[0];
  } else {
    parse.context.error(kBadDelimiter, reader.node().span, "`delimiter` is one ASCII character");
  }
  mapping.columns = reader.optional_strings("columns");
  mapping.header = reader.optional_bool("header", mapping.columns.empty());
  if (mapping.header != mapping.columns.empty()) {
    parse.context.error(kBadColumns, reader.node().span,
                        "columns are named either by `header: true` or by `columns`");
  }
}

void check_columns(const Parse& parse, const YamlNode& node) {
  if (parse.mapping.columns.empty()) return;
  for (const FieldMapping& field : parse.mapping.fields) {
    if (field.has_constant || field.path.empty()) continue;
    const auto count = std::ranges::count(parse.mapping.columns, field.path.front());
    if (count == 1) continue;
    parse.context.error(kBadColumns, node.span,
                        fmt::format("column `{}` of field `{}` is named {} times in `columns`",
                                    field.path.front(), field.field, count));
  }
}

}  // namespace

Mapping native_mapping(RecordKind kind, std::string_view default_country) {
  Mapping mapping;
  mapping.kind = kind;
  mapping.default_country = default_country;
  return mapping;
}

Mapping parse_mapping(const YamlNode& node, RecordKind kind, const YamlContext& context) {
  static const std::vector<std::string_view> kFormats = {"json", "csv"};
  Mapping mapping;
  mapping.kind = kind;
  const Parse parse{mapping, context};
  YamlReader reader(node, "mapping", context);
  mapping.format = static_cast<RecordFormat>(reader.optional_choice("format", 0, kFormats));
  mapping.default_country = reader.optional_string("default_country");
  if (!mapping.default_country.empty() && find_plan(mapping.default_country) == nullptr) {
    context.error(kUnknownCountry, node.span,
                  fmt::format("no numbering plan for `{}`", mapping.default_country));
  }
  const bool csv = mapping.format == RecordFormat::kCsv;
  if (csv) parse_csv(parse, reader);
  if (const YamlNode* const time = reader.optional_node("time")) parse_time(parse, *time);
  const YamlNode* const fields =
      csv ? reader.required_node("fields") : reader.optional_node("fields");
  if (fields != nullptr) parse_fields(parse, *fields);
  if (csv) check_columns(parse, node);
  // Without `fields` the records are our own, whatever country their numbers are from.
  mapping.native = !csv && fields == nullptr;
  reader.finish();
  return mapping;
}

}  // namespace sieve
