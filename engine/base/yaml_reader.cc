#include "base/yaml_reader.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/byte_size.h"

namespace sieve {
namespace {

// A value longer than this is not repeated in a label.
constexpr size_t kShownBytesMax = 32;

std::string_view kind_name(YamlKind kind) {
  switch (kind) {
    case YamlKind::kNull:
      return "nothing";
    case YamlKind::kScalar:
      return "a single value";
    case YamlKind::kList:
      return "a list";
    case YamlKind::kMap:
      return "a map";
  }
  return "";
}

std::string code_of(const YamlContext& context, std::string_view number) {
  return fmt::format("{}{}", context.prefix, number);
}

Diagnostic& wrong_type(const YamlContext& context, const YamlNode& node, std::string_view key,
                       std::string_view wanted) {
  Diagnostic& out = context.error(code_of(context, "003"), node.span,
                                  fmt::format("`{}` must be {}", key, wanted));
  out.label = fmt::format("this is {}", kind_name(node.kind));
  if (node.kind == YamlKind::kScalar) {
    const bool is_short = node.scalar.size() <= kShownBytesMax;
    const std::string is_not = is_short ? fmt::format("`{}` is not", node.scalar) : "this is not";
    out.label = node.style == YamlStyle::kPlain ? is_not : "this is quoted text";
  }
  return out;
}

std::string joined(const std::vector<std::string_view>& names) {
  return fmt::format("{}", fmt::join(names, ", "));
}

}  // namespace

Diagnostic& YamlContext::error(std::string_view code, SourceSpan span, std::string title) const {
  Diagnostic& out = diagnostics->emplace_back();
  out.code = code;
  out.file = file;
  out.span = span;
  out.title = std::move(title);
  return out;
}

Diagnostic& YamlContext::warning(std::string_view code, SourceSpan span, std::string title) const {
  Diagnostic& out = error(code, span, std::move(title));
  out.severity = Severity::kWarning;
  return out;
}

void YamlContext::drop_lost_patches(const YamlNode& node, size_t from) const {
  if (node.knows_places()) return;
  for (size_t i = from; i < diagnostics->size(); ++i) (*diagnostics)[i].replacement.clear();
}

YamlReader::YamlReader(const YamlNode& node, std::string_view what, const YamlContext& context)
    : node_(node), what_(what), context_(context) {
  if (node.kind != YamlKind::kMap) {
    context.error(code_of(context, "003"), node.span, fmt::format("this {} must be a map", what))
        .label = fmt::format("this is {}", kind_name(node.kind));
  }
}

bool YamlReader::is_map() const { return node_.kind == YamlKind::kMap; }

const YamlNode* YamlReader::take(std::string_view key) {
  if (std::find(known_.begin(), known_.end(), key) == known_.end()) known_.push_back(key);
  const YamlNode* node = node_.find(key);
  return node != nullptr && node->kind != YamlKind::kNull ? node : nullptr;
}

const YamlNode* YamlReader::take_scalar(std::string_view key) {
  const YamlNode* node = take(key);
  if (node == nullptr || node->kind == YamlKind::kScalar) return node;
  wrong_type(context_, *node, key, "a single value");
  return nullptr;
}

const YamlNode* YamlReader::optional_node(std::string_view key) { return take(key); }

const YamlNode* YamlReader::required_node(std::string_view key) {
  const YamlNode* node = take(key);
  if (node != nullptr || !is_map()) return node;
  const YamlEntry* entry = node_.find_entry(key);
  const SourceSpan span = entry != nullptr ? entry->key_span : node_.span;
  const std::string_view problem = entry != nullptr ? "empty" : "missing";
  context_
      .error(code_of(context_, "001"), span,
             fmt::format("the field `{}` of this {} is {}", key, what_, problem))
      .help = fmt::format("write a value behind `{}:`", key);
  return nullptr;
}

std::string YamlReader::required_string(std::string_view key) {
  const YamlNode* node = required_node(key);
  if (node == nullptr) return {};
  if (node->kind != YamlKind::kScalar) {
    wrong_type(context_, *node, key, "a single value");
    return {};
  }
  if (node->scalar.empty()) {
    context_.error(code_of(context_, "001"), node->span,
                   fmt::format("the field `{}` of this {} is empty", key, what_));
  }
  return node->scalar;
}

std::string YamlReader::optional_string(std::string_view key, std::string_view otherwise) {
  const YamlNode* node = take_scalar(key);
  return node != nullptr ? node->scalar : std::string(otherwise);
}

int64_t YamlReader::optional_int(std::string_view key, int64_t otherwise, IntRange range) {
  const YamlNode* node = take_scalar(key);
  if (node == nullptr) return otherwise;
  const std::optional<int64_t> value = node->as_int();
  if (!value) {
    wrong_type(context_, *node, key, "a whole number");
    return otherwise;
  }
  if (*value >= range.min && *value <= range.max) return *value;
  context_.error(code_of(context_, "004"), node->span,
                 fmt::format("`{}` must be from {} to {}", key, range.min, range.max));
  return otherwise;
}

double YamlReader::optional_number(std::string_view key, double otherwise) {
  const YamlNode* node = take_scalar(key);
  if (node == nullptr) return otherwise;
  const std::optional<double> value = node->as_number();
  if (!value) wrong_type(context_, *node, key, "a number");
  return value.value_or(otherwise);
}

bool YamlReader::optional_bool(std::string_view key, bool otherwise) {
  const YamlNode* node = take_scalar(key);
  if (node == nullptr) return otherwise;
  const std::optional<bool> value = node->as_bool();
  if (!value) wrong_type(context_, *node, key, "true or false");
  return value.value_or(otherwise);
}

Duration YamlReader::optional_duration(std::string_view key, Duration otherwise) {
  const YamlNode* node = take_scalar(key);
  if (node == nullptr) return otherwise;
  const std::optional<Duration> value = node->as_duration();
  if (!value) {
    wrong_type(context_, *node, key, "a duration").help =
        "write a whole number and a unit: 250ms, 30s, 10m, 2h, 7d";
  }
  return value.value_or(otherwise);
}

Duration YamlReader::optional_duration(std::string_view key, Duration otherwise,
                                       DurationRange range) {
  const Duration value = optional_duration(key, otherwise);
  if (value >= range.min && value <= range.max) return value;
  context_.error(code_of(context_, "004"), node_.find(key)->span,
                 fmt::format("`{}` must be from {} to {}", key, format_duration(range.min),
                             format_duration(range.max)));
  return otherwise;
}

Duration YamlReader::required_duration(std::string_view key) {
  return required_node(key) != nullptr ? optional_duration(key, {}) : Duration{};
}

uint64_t YamlReader::optional_byte_size(std::string_view key, uint64_t otherwise,
                                        ByteSizeRange range) {
  const YamlNode* node = take_scalar(key);
  if (node == nullptr) return otherwise;
  const std::optional<uint64_t> value = parse_byte_size(node->scalar);
  if (!value) {
    wrong_type(context_, *node, key, "a size").help =
        "write a whole number and a unit: 64MiB, 2GiB";
    return otherwise;
  }
  if (*value >= range.min && *value <= range.max) return *value;
  context_.error(code_of(context_, "004"), node->span,
                 fmt::format("`{}` must be from {} to {}", key, format_byte_size(range.min),
                             format_byte_size(range.max)));
  return otherwise;
}

size_t YamlReader::optional_choice(std::string_view key, size_t otherwise,
                                   const std::vector<std::string_view>& names) {
  const YamlNode* node = take_scalar(key);
  if (node == nullptr) return otherwise;
  const auto found = std::find(names.begin(), names.end(), node->scalar);
  if (found != names.end()) return static_cast<size_t>(found - names.begin());
  Diagnostic& out =
      context_.error(code_of(context_, "005"), node->span,
                     fmt::format("`{}` cannot be the value of `{}`", node->scalar, key));
  const std::string_view near = nearest_name(node->scalar, names);
  if (!near.empty()) out.label = fmt::format("did you mean `{}`?", near);
  out.help = fmt::format("one of: {}", joined(names));
  return otherwise;
}

std::vector<std::string> YamlReader::optional_strings(std::string_view key) {
  const YamlNode* node = take(key);
  if (node == nullptr) return {};
  if (node->kind == YamlKind::kScalar) return {node->scalar};
  std::vector<std::string> out;
  if (node->kind == YamlKind::kMap) wrong_type(context_, *node, key, "a list");
  for (const auto& item : node->items) {
    if (item->kind == YamlKind::kScalar) {
      out.push_back(item->scalar);
    } else {
      wrong_type(context_, *item, key, "a list of single values");
    }
  }
  return out;
}

void YamlReader::finish() {
  for (const YamlEntry& entry : node_.entries) {
    if (std::find(known_.begin(), known_.end(), entry.key) != known_.end()) continue;
    Diagnostic& out =
        context_.error(code_of(context_, "002"), entry.key_span,
                       fmt::format("unknown field `{}` in this {}", entry.key, what_));
    const std::string_view near = nearest_name(entry.key, known_);
    if (!near.empty()) {
      out.label = fmt::format("did you mean `{}`?", near);
      out.replacement = near;
    }
    out.help = near.empty() ? fmt::format("its fields are: {}", joined(known_))
                            : "write it as the field is called";
  }
}

}  // namespace sieve
