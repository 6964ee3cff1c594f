#include "run/config_overrides.h"

#include <fmt/format.h>

#include <charconv>
#include <cstdlib>
#include <memory>
#include <string_view>

namespace sieve {
namespace {

YamlNode* child_of_map(YamlNode& map, std::string_view key) {
  if (map.kind == YamlKind::kNull) map.kind = YamlKind::kMap;
  if (map.kind != YamlKind::kMap) return nullptr;
  for (YamlEntry& entry : map.entries) {
    if (entry.key == key) return entry.value.get();
  }
  map.entries.push_back({std::string(key), map.span, std::make_unique<YamlNode>()});
  map.entries.back().value->span = map.span;
  return map.entries.back().value.get();
}

YamlNode* child_of_list(YamlNode& list, std::string_view index_text) {
  size_t index = 0;
  const char* end = index_text.data() + index_text.size();
  const auto [at, error] = std::from_chars(index_text.data(), end, index);
  if (error != std::errc{} || at != end || index >= list.items.size()) return nullptr;
  return list.items[index].get();
}

YamlNode* child_of(YamlNode& node, std::string_view step) {
  return node.kind == YamlKind::kList ? child_of_list(node, step) : child_of_map(node, step);
}

// The value of the variable that `inside` (`NAME` or `NAME:-default`) names, or null.
const char* lookup(std::string_view inside, std::string& otherwise) {
  const size_t dash = inside.find(":-");
  const std::string name(inside.substr(0, dash));
  const char* value = std::getenv(name.c_str());
  if (value != nullptr || dash == std::string_view::npos) return value;
  otherwise = inside.substr(dash + 2);
  return otherwise.c_str();
}

void expand_scalar(YamlNode& node, const YamlContext& context) {
  std::string expanded;
  size_t at = 0;
  for (size_t open = node.scalar.find("${"); open != std::string::npos;
       open = node.scalar.find("${", at)) {
    const size_t close = node.scalar.find('}', open);
    if (close == std::string::npos) break;
    const std::string_view inside(node.scalar.data() + open + 2, close - open - 2);
    std::string otherwise;
    const char* value = lookup(inside, otherwise);
    if (value == nullptr) {
      context.error("C103", node.span, fmt::format("environment variable `{}` is not set", inside))
          .help = fmt::format("set it, or give a default: ${{{}:-value}}", inside);
    }
    expanded.append(node.scalar, at, open - at);
    if (value != nullptr) expanded += value;
    at = close + 1;
  }
  if (at == 0) return;
  node.scalar = expanded + node.scalar.substr(at);
}

}  // namespace

void apply_override(YamlNode& root, const std::string& override_text, const YamlContext& context) {
  const size_t equals = override_text.find('=');
  if (equals == std::string::npos || equals == 0) {
    context.error("C101", {}, fmt::format("`--set {}` has no `key=value`", override_text)).help =
        "write it like `--set http.listen=127.0.0.1:9464`";
    return;
  }
  YamlNode* node = &root;
  std::string_view path(override_text.data(), equals);
  while (node != nullptr && !path.empty()) {
    const size_t dot = path.find('.');
    node = child_of(*node, path.substr(0, dot));
    path = dot == std::string_view::npos ? std::string_view() : path.substr(dot + 1);
  }
  if (node == nullptr) {
    context.error("C102", {}, fmt::format("`--set {}` names no place in this file", override_text))
        .help = "list items are numbers from 0: `sources.0.topic`";
    return;
  }
  node->kind = YamlKind::kScalar;
  node->style = YamlStyle::kPlain;
  node->items.clear();
  node->entries.clear();
  node->scalar = override_text.substr(equals + 1);
}

void expand_variables(YamlNode& root, const YamlContext& context) {
  std::vector<YamlNode*> open = {&root};
  while (!open.empty()) {
    YamlNode* node = open.back();
    open.pop_back();
    if (node->kind == YamlKind::kScalar) expand_scalar(*node, context);
    for (const auto& item : node->items) open.push_back(item.get());
    for (const YamlEntry& entry : node->entries) open.push_back(entry.value.get());
  }
}

}  // namespace sieve
