// `filters:`, and which rules they are for.
#include <fmt/format.h>

#include <algorithm>

#include "rule/adjustment_parts.h"
#include "rule/expiry.h"
#include "rule/rule_parts.h"
#include "rule/token.h"
#include "rule/truth_table.h"

namespace sieve {
namespace {

constexpr std::string_view kTagPrefix = "tag:";
constexpr std::string_view kClassPrefix = "class:";

RuleSelector selector_of(const YamlNode& node) {
  RuleSelector selector;
  selector.span = node.span;
  std::string_view text = node.scalar;
  if (text.starts_with(kTagPrefix)) {
    selector.kind = RuleSelector::Kind::kTag;
    text.remove_prefix(kTagPrefix.size());
  } else if (text.starts_with(kClassPrefix)) {
    selector.kind = RuleSelector::Kind::kClass;
    text.remove_prefix(kClassPrefix.size());
  }
  selector.value = text;
  return selector;
}

void parse_selectors(const YamlNode& node, FilterDef& filter, const YamlContext& context) {
  if (node.kind == YamlKind::kScalar) filter.rules.push_back(selector_of(node));
  for (const auto& item : node.items) {
    if (item->kind == YamlKind::kScalar) {
      filter.rules.push_back(selector_of(*item));
    } else {
      context.error("R003", item->span, "a rule is named by one value").help =
          "write namespace/id, tag:NAME or class:NAME";
    }
  }
  if (filter.rules.empty() && node.items.empty()) {
    context.error("R003", node.span, "`rules` names no rule").help =
        "write namespace/id, tag:NAME or class:NAME";
  }
}

// Of the records that its first field, or macro, is about.
RecordKind kind_of(std::string_view condition, const Definitions& definitions) {
  for (const Token& token : tokenize(condition).tokens) {
    if (token.kind != TokenKind::kName) continue;
    if (const auto field = find_field(token.text)) return info_of(*field).kind;
    for (const MacroDef& macro : definitions.macros) {
      if (macro.name == token.text) return macro.kind;
    }
  }
  return RecordKind::kMessage;
}

void check_truth(const ExceptionDef& filter, const YamlContext& context) {
  if (filter.when.empty()) return;
  const Truth truth = truth_of(filter.when);
  if (truth.always) {
    context
        .error("R125", filter.when.span, fmt::format("the filter `{}` always holds", filter.name))
        .help = "its rules could never hit: narrow it, or override them with `mode: shadow`";
  } else if (truth.never) {
    context
        .warning("R125", filter.when.span, fmt::format("the filter `{}` never holds", filter.name))
        .help = "two of its parts exclude each other: mend or remove it";
  }
}

FilterDef parse_filter(const YamlNode& node, const Definitions& definitions,
                       const YamlContext& context) {
  FilterDef filter;
  ExceptionDef& exception = filter.exception;
  exception.kind = ExceptionKind::kFilter;
  exception.file = context.file;
  exception.span = node.span;
  YamlReader reader(node, "filter", context);
  if (!reader.is_map()) return filter;
  exception.name = reader.required_string("name");
  if (const YamlNode* name = node.find("name")) exception.span = name->span;
  exception.reason = reader.required_string("reason");
  if (!exception.name.empty()) check_name(exception.name, exception.span, "filter", context);
  if (const YamlNode* rules = reader.required_node("rules")) {
    parse_selectors(*rules, filter, context);
  }
  if (const YamlNode* when = reader.required_node("when")) {
    filter.kind = kind_of(when->scalar, definitions);
    ExpressionScope scope;
    scope.kind = filter.kind;
    scope.owner = kFilterOwner;
    scope.definitions = &definitions;
    exception.when = parse_expression(*when, scope, context);
  }
  exception.last_day = read_last_day(reader, {"filter", exception.name, exception.span, true},
                                     definitions.today, context);
  reader.finish();
  check_truth(exception, context);
  return filter;
}

bool has(const RuleSelector& selector, const Rule& rule) {
  switch (selector.kind) {
    case RuleSelector::Kind::kId:
      return rule.full_id() == selector.value;
    case RuleSelector::Kind::kTag:
      return std::find(rule.tags.begin(), rule.tags.end(), selector.value) != rule.tags.end();
    case RuleSelector::Kind::kClass:
      break;
  }
  return rule.rule_class == selector.value;
}

void warn_of_silence(const FilterDef& filter, const Rule& rule, const YamlContext& context) {
  Diagnostic& out = context.warning("R125", filter.exception.when.span,
                                    fmt::format("the filter `{}` holds wherever the rule `{}` does",
                                                filter.exception.name, rule.full_id()));
  out.label = "the rule can never hit";
  out.related.push_back({rule.file, rule.condition.span, "its condition"});
  out.help = "narrow it, or override the rule with `mode: shadow`";
}

// Adds the filter to the rules of `selector`; says where there is none.
void apply(const FilterDef& filter, const RuleSelector& selector, std::vector<RuleFile>& files,
           const YamlContext& context) {
  const std::string label = filter.exception.label();
  const Rule* of_other_kind = nullptr;
  bool is_used = false;
  for (RuleFile& file : files) {
    for (Rule& rule : file.rules) {
      if (!has(selector, rule)) continue;
      // A sequence has no exceptions: its steps say which records count.
      if (rule.sequence || rule.on != filter.kind) {
        of_other_kind = &rule;
        continue;
      }
      is_used = true;
      // A rule that two selectors choose has it once.
      const bool has_it =
          std::any_of(rule.exceptions.begin(), rule.exceptions.end(),
                      [&](const ExceptionDef& other) { return other.label() == label; });
      if (has_it) continue;
      if (silences(filter.exception, rule)) warn_of_silence(filter, rule, context);
      rule.exceptions.push_back(filter.exception);
    }
  }
  if (is_used) return;
  if (of_other_kind != nullptr) {
    Diagnostic& out = context.warning("R127", selector.span, "the filter is not about these rules");
    const bool is_sequence = of_other_kind->sequence.has_value();
    out.label = is_sequence ? "sequences have no exceptions"
                            : fmt::format("on {} records; the filter is about {} records",
                                          name_of(of_other_kind->on), name_of(filter.kind));
    out.related.push_back({of_other_kind->file, of_other_kind->id_span, "a rule that is meant"});
    out.help = is_sequence ? "write it into the `where` of a step"
                           : "use fields of their records, or name other rules";
  } else if (selector.kind == RuleSelector::Kind::kId) {
    report_unknown_rule(selector.value, selector.span, files, context);
  } else {
    const bool is_tag = selector.kind == RuleSelector::Kind::kTag;
    context
        .warning("R127", selector.span,
                 fmt::format("no rule has the {} `{}`", is_tag ? "tag" : "class", selector.value))
        .help = "remove it, or name rules that there are";
  }
}

}  // namespace

void parse_filters(const YamlNode& node, const Definitions& definitions, Adjustments& adjustments,
                   const YamlContext& context) {
  if (node.kind != YamlKind::kList) {
    context.error("R003", node.span, "`filters` must be a list").help =
        "start each filter with `- name:`";
    return;
  }
  for (const auto& item : node.items) {
    FilterDef filter = parse_filter(*item, definitions, context);
    const ExceptionDef& added = filter.exception;
    for (const FilterDef& other : adjustments.filters) {
      if (added.name.empty() || other.exception.name != added.name) continue;
      Diagnostic& out = context.error("R126", added.span,
                                      fmt::format("the filter `{}` is there twice", added.name));
      out.label = "the second";
      out.related.push_back({other.exception.file, other.exception.span, "the first"});
      out.help = "give each a name of its own: tests and metrics name them";
    }
    adjustments.filters.push_back(std::move(filter));
  }
}

void apply_filters(const Adjustments& adjustments, std::vector<RuleFile>& files,
                   Diagnostics& diagnostics) {
  for (const FilterDef& filter : adjustments.filters) {
    const YamlContext context{filter.exception.file, 'R', &diagnostics};
    for (const RuleSelector& selector : filter.rules) apply(filter, selector, files, context);
  }
}

}  // namespace sieve
