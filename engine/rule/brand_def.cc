// `brands:`: the names that scammers borrow, and the hosts that may use them.
#include <fmt/format.h>

#include "rule/definition_parts.h"
#include "rule/list_value.h"
#include "rule/rule_parts.h"

namespace sieve {
namespace {

// The scalars of a list, or one scalar; others are reported by whoever read them as strings.
std::vector<const YamlNode*> scalars_of(const YamlNode* node) {
  std::vector<const YamlNode*> out;
  if (node == nullptr) return out;
  if (node->kind == YamlKind::kScalar) out.push_back(node);
  for (const auto& item : node->items) {
    if (item->kind == YamlKind::kScalar) out.push_back(item.get());
  }
  return out;
}

}  // namespace

BrandDef parse_brand(const YamlEntry& entry, const YamlContext& context) {
  BrandDef brand;
  brand.name = entry.key;
  brand.span = entry.key_span;
  brand.rule_file = context.file;
  YamlReader reader(*entry.value, "brand", context);
  if (!reader.is_map()) return brand;
  reader.required_node("official");
  reader.optional_strings("official");
  brand.aliases = reader.optional_strings("aliases");
  reader.finish();
  for (const YamlNode* alias : scalars_of(entry.value->find("aliases"))) {
    check_quotes(*alias, PlainIntegers::kAllowed, context);
  }
  ListValueReader hosts(ListType::kDomain, "");
  for (const YamlNode* official : scalars_of(entry.value->find("official"))) {
    const auto host = hosts.read(official->scalar);
    if (host) {
      brand.official.emplace_back(*host);
      continue;
    }
    Diagnostic& out = context.error("R087", official->span, host.error().title);
    out.help = host.error().help;
    out.replacement = host.error().replacement;
  }
  return brand;
}

}  // namespace sieve
