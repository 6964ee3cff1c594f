#include "correlate/window_state.h"

#include <fmt/format.h>

#include "rule/measure_def.h"
#include "rule/parse.h"

namespace sieve {
namespace {

// As many findings as keys: each key that can be in the table may be cooling down.
uint64_t keys_max_of(const Rule& rule) {
  return rule.window->keys_max > 0 ? rule.window->keys_max : limits::kWindowKeysDefault;
}

Duration cooldown_of(const Rule& rule) { return rule.alert.suppress.value_or(rule.window->over); }

WindowTableOptions table_options(const Rule& rule, WindowColumns columns) {
  WindowTableOptions options;
  options.shape = WindowShape::of(rule.window->over, rule.window->late);
  options.columns = columns;
  options.keys_max = keys_max_of(rule);
  return options;
}

}  // namespace

WindowState::WindowState(std::string what, const Rule& rule, WindowColumns columns)
    : definition(std::move(what)),
      table(table_options(rule, columns)),
      cooldown(cooldown_of(rule), keys_max_of(rule)) {}

std::string window_definition(const RuleSet& rules, const CompiledRule& compiled,
                              const Projection& projection, WindowColumns columns) {
  const Rule& rule = *compiled.rule;
  const ExpressionScope scope = record_scope_of(rule, rules.definitions());
  std::string text = fmt::format(
      "{}\non {} sides {} over {} late {} keys {} cooldown {} columns {} {} {} {} seen {}\n",
      compiled.full_id, name_of(rule.on), static_cast<int>(projection.sides), rule.window->over.ms,
      rule.window->late.ms, keys_max_of(rule), cooldown_of(rule).ms, columns.values,
      columns.predicates, columns.numbers, columns.hours, columns.seen_mask);
  for (uint8_t i = 0; i < columns.values; ++i)
    text += fmt::format("exact {}\n", columns.exact_max[i]);
  for (const FieldId field : projection.by) text += fmt::format("by {}\n", info_of(field).name);
  if (!rule.where.empty()) text += fmt::format("where {}\n", print_expression(rule.where, scope));
  for (const MeasureDef& measure : rule.measures) {
    text += fmt::format("measure {} ", name_of(measure.kind));
    if (measure.takes_field()) text += info_of(measure.field).name;
    if (!measure.predicate.empty()) text += print_expression(measure.predicate, scope);
    text += '\n';
  }
  return text;
}

}  // namespace sieve
