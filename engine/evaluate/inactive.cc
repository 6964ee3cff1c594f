#include "evaluate/inactive.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "rule/references.h"

namespace sieve {
namespace {

// Why no rule of `kind` runs, in words; empty: they do.
std::string_view why_idle(RuleKind kind) {
  if (kind == RuleKind::kSequence) return "checked only: sequences are not correlated yet";
  if (kind == RuleKind::kCampaign) return "checked only: campaigns are not correlated yet";
  return {};
}

void add_fields(const Expression& expression, std::vector<FieldId>& fields) {
  for (const ExprNode& node : expression.nodes) {
    if (node.op == ExprOp::kField) fields.push_back(node.field);
  }
}

// The first field that the rule itself needs and the streams lack. Exceptions and parts of the
// score need none: without it they do not hold.
std::optional<FieldId> missing_field(const Rule& rule, const CompileOptions& options) {
  if (!options.available_fields) return std::nullopt;
  std::vector<FieldId> needed = rule.required_fields;
  if (rule.window) needed.insert(needed.end(), rule.window->by.begin(), rule.window->by.end());
  add_fields(rule.where, needed);
  add_fields(rule.condition, needed);
  for (const MeasureDef& measure : rule.measures) {
    if (measure.takes_field()) needed.push_back(measure.field);
    add_fields(measure.predicate, needed);
  }
  const auto& available = *options.available_fields;
  const auto missing = std::find_if(needed.begin(), needed.end(), [&](FieldId field) {
    return std::find(available.begin(), available.end(), field) == available.end();
  });
  if (missing == needed.end()) return std::nullopt;
  return *missing;
}

// By itself; nothing: it is active.
std::optional<InactiveRule> why_inactive(RuleIndex index, const Rule& rule, Date today,
                                         const CompileOptions& options) {
  const std::string_view idle = why_idle(rule.kind());
  if (!idle.empty()) return InactiveRule{index, "", std::string(idle)};
  if (rule.last_day < today) {
    return InactiveRule{index, "", fmt::format("expired on {}", format_date(rule.last_day))};
  }
  const auto field = missing_field(rule, options);
  if (!field) return std::nullopt;
  const std::string name(info_of(*field).name);
  return InactiveRule{index, name, fmt::format("no {}", name)};
}

}  // namespace

bool runs(const Rule& rule) { return why_idle(rule.kind()).empty(); }

std::vector<InactiveRule> find_inactive(std::span<const CompiledRule> rules, Date today,
                                        const CompileOptions& options) {
  std::map<std::string_view, InactiveRule> inactive;
  for (uint32_t i = 0; i < rules.size(); ++i) {
    auto why = why_inactive(RuleIndex(i), *rules[i].rule, today, options);
    if (why) inactive.emplace(rules[i].full_id, std::move(*why));
  }
  // Along the references, until no more rules are found.
  for (bool found_more = !inactive.empty(); found_more;) {
    found_more = false;
    for (uint32_t i = 0; i < rules.size(); ++i) {
      if (inactive.contains(rules[i].full_id)) continue;
      for (const std::string& id : references_of(*rules[i].rule)) {
        const auto cause = inactive.find(id);
        if (cause == inactive.end()) continue;
        const InactiveRule& of = cause->second;
        inactive[rules[i].full_id] = {RuleIndex(i), of.missing_field,
                                      fmt::format("refers to {}: {}", id, of.reason)};
        found_more = true;
        break;
      }
    }
  }
  std::vector<InactiveRule> out;
  for (auto& [id, why] : inactive) out.push_back(std::move(why));
  std::sort(out.begin(), out.end(),
            [](const auto& a, const auto& b) { return a.rule.index() < b.rule.index(); });
  return out;
}

}  // namespace sieve
