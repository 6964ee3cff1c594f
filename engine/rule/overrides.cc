// `overrides:`: what a set changes of rules that stand elsewhere.
#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "rule/adjustment_parts.h"
#include "rule/parse.h"
#include "rule/rule_parts.h"

namespace sieve {
namespace {

// Keys that say which rule, and why; all others change it.
bool is_about(std::string_view key) { return key == "rule" || key == "reason"; }

class Overrider {
 public:
  Overrider(const Definitions& definitions, std::vector<RuleFile>& files, Diagnostics& diagnostics)
      : definitions_(definitions), files_(files), diagnostics_(diagnostics) {}

  void apply(const OverrideDef& override_);

 private:
  struct Place {
    std::string file;
    SourceSpan span;
  };

  Rule* find(std::string_view id);
  void note(const std::string& id, const OverrideDef& override_, Rule& rule);
  void report_conflict(const YamlEntry& entry, const Place& first, const YamlContext& context);

  const Definitions& definitions_;
  std::vector<RuleFile>& files_;
  Diagnostics& diagnostics_;
  std::map<std::pair<std::string, std::string>, Place> changed_;  // By rule and key.
};

Rule* Overrider::find(std::string_view id) {
  for (RuleFile& file : files_) {
    for (Rule& rule : file.rules) {
      if (rule.full_id() == id) return &rule;
    }
  }
  return nullptr;
}

void Overrider::report_conflict(const YamlEntry& entry, const Place& first,
                                const YamlContext& context) {
  Diagnostic& out = context.error(
      "R129", entry.key_span, fmt::format("two overrides change the `{}` of one rule", entry.key));
  out.label = "the second";
  out.related.push_back({first.file, first.span, "the first"});
  out.help = "keep one of them";
}

// Remembers what is changed where: no key of a rule twice.
void Overrider::note(const std::string& id, const OverrideDef& override_, Rule& rule) {
  const YamlContext context{override_.file, 'R', &diagnostics_};
  OverrideNote note{override_.file, override_.node->span, {}};
  for (const YamlEntry& entry : override_.node->entries) {
    if (is_about(entry.key)) continue;
    note.keys.push_back(entry.key);
    if (entry.key == "exceptions") continue;  // They are appended.
    const Place place{override_.file, entry.key_span};
    const auto [first, is_new] = changed_.emplace(std::pair(id, entry.key), place);
    if (!is_new) report_conflict(entry, first->second, context);
  }
  if (note.keys.empty()) {
    context.error("R001", override_.node->span, "this override changes nothing").help =
        "say what: status, mode, tier, severity, score, route, group, exceptions";
  }
  rule.overrides.push_back(std::move(note));
}

void Overrider::apply(const OverrideDef& override_) {
  const YamlContext context{override_.file, 'R', &diagnostics_};
  YamlReader reader(*override_.node, "override", context);
  if (!reader.is_map()) return;
  const std::string id = reader.required_string("rule");
  reader.optional_string("reason");
  Rule nothing;
  Rule* found = find(id);
  Rule& rule = found != nullptr ? *found : nothing;
  if (found == nullptr && !id.empty()) {
    report_unknown_rule(id, override_.node->find("rule")->span, files_, context);
  }
  const size_t before = diagnostics_.size();
  const size_t own = rule.exceptions.size();
  read_weight(reader, rule, context);
  warn_of_helper_weight(*override_.node, rule, context);
  const YamlNode* exceptions = reader.optional_node("exceptions");
  // Of a rule that there is not nobody knows what names mean.
  if (exceptions != nullptr && rule.sequence) {
    context
        .error("R035", override_.node->find_entry("exceptions")->key_span,
               "a sequence has no exceptions")
        .help = "write them into the `where` of a step";
  } else if (exceptions != nullptr && found != nullptr) {
    parse_exceptions(*exceptions, record_scope_of(rule, definitions_), rule.exceptions, context);
  }
  reader.finish();
  if (found == nullptr) return;
  note(id, override_, rule);
  if (count_errors(diagnostics_, before) == 0) lint_exceptions(rule, own, diagnostics_);
}

}  // namespace

void parse_overrides(const YamlNode& node, Adjustments& adjustments, const YamlContext& context) {
  if (node.kind != YamlKind::kList) {
    context.error("R003", node.span, "`overrides` must be a list").help =
        "start each override with `- rule:`";
    return;
  }
  for (const auto& item : node.items) adjustments.overrides.push_back({context.file, item.get()});
}

void apply_overrides(const Adjustments& adjustments, const Definitions& definitions,
                     std::vector<RuleFile>& files, Diagnostics& diagnostics) {
  Overrider overrider(definitions, files, diagnostics);
  for (const OverrideDef& one : adjustments.overrides) overrider.apply(one);
}

}  // namespace sieve
