#include "rule/requirements.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>

namespace sieve {
namespace {

constexpr std::string_view kAtLeast = ">=";
constexpr size_t kVersionPartsMax = 3;

// The numbers of a version such as `1.2`; nothing when it is none.
std::optional<std::vector<uint32_t>> version_parts(std::string_view text) {
  std::vector<uint32_t> parts;
  while (true) {
    const size_t dot = std::min(text.find('.'), text.size());
    uint32_t number = 0;
    const char* end = text.data() + dot;
    const auto read = std::from_chars(text.data(), end, number);
    if (read.ec != std::errc() || read.ptr != end || parts.size() == kVersionPartsMax) return {};
    parts.push_back(number);
    if (dot == text.size()) break;
    text.remove_prefix(dot + 1);
  }
  parts.resize(kVersionPartsMax);
  return parts;
}

void check_engine(const YamlNode& node, std::string_view engine, const YamlContext& context) {
  std::string_view wanted = node.scalar;
  const bool is_bound = wanted.starts_with(kAtLeast);
  if (is_bound) wanted.remove_prefix(kAtLeast.size());
  wanted.remove_prefix(std::min(wanted.find_first_not_of(' '), wanted.size()));
  const auto parts = version_parts(wanted);
  if (!is_bound || !parts) {
    context.error("R130", node.span, fmt::format("`{}` is no bound of versions", node.scalar))
        .help = "write the oldest engine that will do, as in \">=1.2\"";
    return;
  }
  if (*parts <= version_parts(engine).value_or(std::vector<uint32_t>(kVersionPartsMax))) return;
  Diagnostic& out =
      context.error("R130", node.span, fmt::format("these rules need engine {} or newer", wanted));
  out.label = fmt::format("this engine is {}", engine);
  out.help = "upgrade the engine, or take rules that are made for this one";
}

void add_field(const YamlNode& node, std::vector<FieldId>& fields, const YamlContext& context) {
  if (const auto field = find_field(node.scalar)) {
    fields.push_back(*field);
    return;
  }
  std::vector<std::string_view> names;
  for (const FieldInfo& info : all_fields()) names.push_back(info.name);
  Diagnostic& out =
      context.error("R131", node.span, fmt::format("there is no field `{}`", node.scalar));
  const std::string_view near = nearest_name(node.scalar, names);
  if (!near.empty()) {
    out.label = fmt::format("did you mean `{}`?", near);
    out.replacement = near;
  }
  out.help = "name a field of messages, calls or reports, as conditions do";
}

}  // namespace

std::string_view engine_version() { return SIEVE_VERSION; }

std::vector<FieldId> parse_requirements(const YamlNode& node, const Definitions& definitions,
                                        const YamlContext& context) {
  std::vector<FieldId> fields;
  YamlReader reader(node, "requirement", context);
  if (!reader.is_map()) return fields;
  reader.optional_string("engine");
  reader.optional_strings("fields");
  reader.finish();
  const YamlNode* engine = node.find("engine");
  if (engine != nullptr && engine->kind == YamlKind::kScalar) {
    check_engine(*engine, definitions.engine.empty() ? engine_version() : definitions.engine,
                 context);
  }
  const YamlNode* names = node.find("fields");
  if (names == nullptr) return fields;
  if (names->kind == YamlKind::kScalar) add_field(*names, fields, context);
  for (const auto& name : names->items) {
    if (name->kind == YamlKind::kScalar) add_field(*name, fields, context);
  }
  return fields;
}

}  // namespace sieve
