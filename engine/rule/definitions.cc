#include "rule/definitions.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "rule/definition_parts.h"
#include "rule/rule_parts.h"

namespace sieve {
namespace {

constexpr std::array<std::string_view, 4> kTypeNames = {"text", "domain", "number", "sender"};

template <class Definition>
std::optional<uint32_t> index_of(const std::vector<Definition>& all, std::string_view name) {
  const auto found = std::find_if(all.begin(), all.end(),
                                  [name](const Definition& one) { return one.name == name; });
  if (found == all.end()) return std::nullopt;
  return static_cast<uint32_t>(found - all.begin());
}

// Whether the name of `entry` can be given to a new `what`: it is well-formed, and none of `all`
// has it. Within one file the same key twice is an error of its YAML.
template <class Definition>
bool is_free(const YamlEntry& entry, std::string_view what, const std::vector<Definition>& all,
             const YamlContext& context) {
  if (!check_name(entry.key, entry.key_span, what, context)) return false;
  const auto taken = index_of(all, entry.key);
  if (!taken) return true;
  const Definition& first = all[*taken];
  Diagnostic& out = context.error("R082", entry.key_span,
                                  fmt::format("the {} `{}` is defined twice", what, entry.key));
  out.label = "the second";
  out.related.push_back({first.rule_file, first.span, "the first"});
  out.help = "names are shared by all files of a set: give each its own";
  return false;
}

// Calls `add` with each definition below the key `section` whose name is free.
template <class Definition, class Add>
void for_each(const YamlNode& root, std::string_view section, std::string_view what,
              const std::vector<Definition>& all, const YamlContext& context, Add add) {
  const YamlNode* node = root.find(section);
  if (node == nullptr) return;
  if (node->kind != YamlKind::kMap || node->entries.empty()) {
    context.error("R003", node->span,
                  fmt::format("`{}` must be a map from names to what they stand for", section));
    return;
  }
  for (const YamlEntry& entry : node->entries) {
    if (is_free(entry, what, all, context)) add(entry);
  }
}

template <class Definition>
void warn_unused(const std::vector<Definition>& all, std::string_view what, std::string_view help,
                 Diagnostics& diagnostics) {
  for (const Definition& one : all) {
    if (one.used) continue;
    const YamlContext context{one.rule_file, 'R', &diagnostics};
    context.warning("R083", one.span, fmt::format("the {} `{}` is never used", what, one.name))
        .help = help;
  }
}

}  // namespace

std::string_view name_of(ListType type) { return kTypeNames[static_cast<size_t>(type)]; }

std::vector<std::string_view> list_format_names() { return {"plain", "hosts", "csv", "jsonl"}; }

std::vector<std::string_view> list_type_names() { return {kTypeNames.begin(), kTypeNames.end()}; }

std::optional<uint32_t> Definitions::find_list(std::string_view name) const {
  return index_of(lists, name);
}

std::optional<uint32_t> Definitions::find_brand(std::string_view name) const {
  return index_of(brands, name);
}

void parse_definitions(const YamlDocument& document, Date today, Definitions& definitions,
                       Diagnostics& diagnostics) {
  const YamlContext context{document.file(), 'R', &diagnostics};
  const YamlNode& root = document.root();
  definitions.today = today;
  for_each(root, "lists", "list", definitions.lists, context, [&](const YamlEntry& entry) {
    definitions.lists.push_back(parse_list(entry, today, context));
  });
  for_each(root, "brands", "brand", definitions.brands, context, [&](const YamlEntry& entry) {
    definitions.brands.push_back(parse_brand(entry, context));
  });
  for_each(root, "macros", "macro", definitions.macros, context, [&](const YamlEntry& entry) {
    definitions.macros.push_back(parse_macro(entry, context));
  });
}

void check_definitions_used(const Definitions& definitions, Diagnostics& diagnostics) {
  // Of a rule with errors it is not known what it means to use.
  if (has_errors(diagnostics)) return;
  warn_unused(definitions.lists, "list", "look a field up in it, or remove it", diagnostics);
  warn_unused(definitions.brands, "brand",
              "ask for links that imitate it, any url where url.lookalike(...), or remove it",
              diagnostics);
  warn_unused(definitions.macros, "macro", "name it in a condition, or remove it", diagnostics);
}

}  // namespace sieve
