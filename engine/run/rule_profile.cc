#include "run/rule_profile.h"

#include <fmt/format.h>

#include <algorithm>
#include <tuple>
#include <vector>

#include "base/display.h"
#include "base/json_writer.h"

namespace sieve {
namespace {

constexpr int kPatternCells = 44;

struct RuleRow {
  const CompiledRule* rule;
  const RuleCost* cost;
};

struct RegexRow {
  const PatternSpec* spec;
  const RegexCost* cost;
};

double per(double ns, uint64_t count) { return count == 0 ? 0 : ns / static_cast<double>(count); }

double percent(double part, double whole) { return whole <= 0 ? 0 : 100 * part / whole; }

// Those that were tried, in order.
std::vector<RuleRow> rule_rows(const RuleSet& rules, const CostTable& costs, ProfileOrder order) {
  std::vector<RuleRow> rows;
  for (size_t i = 0; i < costs.rules.size(); ++i) {
    if (costs.rules[i].tried > 0) rows.push_back({&rules.rules()[i], &costs.rules[i]});
  }
  const auto key = [order](const RuleRow& row) {
    double most = 0;
    if (order == ProfileOrder::kTime) most = row.cost->ns_estimated();
    if (order == ProfileOrder::kTried) most = static_cast<double>(row.cost->tried);
    if (order == ProfileOrder::kHits) most = static_cast<double>(row.cost->hits);
    return std::tuple(-most, std::string_view(row.rule->full_id));
  };
  std::sort(rows.begin(), rows.end(),
            [&](const RuleRow& a, const RuleRow& b) { return key(a) < key(b); });
  return rows;
}

std::vector<RegexRow> regex_rows(const RuleSet& rules, const CostTable& costs, ProfileOrder order) {
  std::vector<RegexRow> rows;
  for (size_t i = 0; i < costs.regexes.by_pattern.size(); ++i) {
    const RegexCost& cost = costs.regexes.by_pattern[i];
    const PatternId id(static_cast<uint32_t>(i));
    if (cost.searched > 0) rows.push_back({&rules.patterns()->spec(id), &cost});
  }
  const auto key = [order](const RegexRow& row) {
    double most = 0;
    if (order == ProfileOrder::kTime) most = row.cost->ns_estimated();
    if (order == ProfileOrder::kTried) most = static_cast<double>(row.cost->searched);
    if (order == ProfileOrder::kHits) most = static_cast<double>(row.cost->found);
    return std::tuple(-most, std::string_view(row.spec->text), row.spec->view);
  };
  std::sort(rows.begin(), rows.end(),
            [&](const RegexRow& a, const RegexRow& b) { return key(a) < key(b); });
  return rows;
}

double rules_ns(const CostTable& costs) {
  double sum = 0;
  for (const RuleCost& cost : costs.rules) sum += cost.ns_estimated();
  return sum;
}

// What is neither scanning nor a rule; estimates may overlap a little.
double rest_ns(const CostTable& costs) {
  return std::max(costs.ns_estimated() - costs.scan_ns_estimated() - rules_ns(costs), 0.0);
}

// What one of `count` took, and the share of the whole, in columns; `-` when none was timed.
std::string time_columns(const TimedNs& timed, double ns, uint64_t count, double whole_ns) {
  if (timed.count == 0) return fmt::format("{:>9} {:>7}", "-", "-");
  return fmt::format("{:>9.0f} {:>6.1f}%", per(ns, count), percent(ns, whole_ns));
}

std::string line_of(std::string_view name, const RuleCost& cost, double whole_ns) {
  return fmt::format("{:<36} {:>9} {:>9} {:>9} {:>8} {}\n", name, cost.tried, cost.evaluated,
                     cost.hits, cost.excepted,
                     time_columns(cost.timed, cost.ns_estimated(), cost.tried, whole_ns));
}

std::string stage_line(std::string_view name, uint64_t messages, double ns, double whole_ns) {
  return fmt::format("{:<36} {:>9} {:>9} {:>9} {:>8} {:>9.0f} {:>6.1f}%\n", name, messages, "", "",
                     "", per(ns, messages), percent(ns, whole_ns));
}

size_t shown_of(size_t count, const ProfileOptions& options) {
  return options.rows_max == 0 ? count : std::min(count, options.rows_max);
}

std::string render_rules(const RuleSet& rules, const CostTable& costs,
                         const ProfileOptions& options) {
  const double whole = costs.ns_estimated();
  std::string text = fmt::format("{:<36} {:>9} {:>9} {:>9} {:>8} {:>9} {:>7}\n", "", "tried",
                                 "evaluated", "hits", "excepted", "ns each", "share");
  text += stage_line("scan for all patterns", costs.messages, costs.scan_ns_estimated(), whole);
  const std::vector<RuleRow> rows = rule_rows(rules, costs, options.order);
  const size_t shown = shown_of(rows.size(), options);
  for (size_t i = 0; i < shown; ++i) {
    text += line_of(rows[i].rule->full_id, *rows[i].cost, whole);
  }
  if (shown < rows.size()) {
    RuleCost others;
    for (size_t i = shown; i < rows.size(); ++i) others.add(*rows[i].cost);
    text += line_of(fmt::format("{} more rules", rows.size() - shown), others, whole);
  }
  return text + stage_line("the rest", costs.messages, rest_ns(costs), whole);
}

std::string render_regexes(const RuleSet& rules, const CostTable& costs,
                           const ProfileOptions& options) {
  const std::vector<RegexRow> rows = regex_rows(rules, costs, options.order);
  if (rows.empty()) return {};
  std::string text = fmt::format("\n{} {:<8} {:>9} {:>9} {:>9} {:>7}\n",
                                 in_cells("regular expression, by RE2", kPatternCells), "view",
                                 "searched", "found", "ns each", "share");
  const size_t shown = shown_of(rows.size(), options);
  for (size_t i = 0; i < shown; ++i) {
    const RegexCost& cost = *rows[i].cost;
    text += fmt::format(
        "{} {:<8} {:>9} {:>9} {}\n", in_cells(rows[i].spec->text, kPatternCells),
        name_of(rows[i].spec->view), cost.searched, cost.found,
        time_columns(cost.timed, cost.ns_estimated(), cost.searched, costs.ns_estimated()));
  }
  if (shown < rows.size()) text += fmt::format("and {} more\n", rows.size() - shown);
  return text;
}

std::string render_silent(const RuleSet& rules, const CostTable& costs) {
  size_t silent = 0;
  size_t others = 0;
  for (size_t i = 0; i < costs.rules.size(); ++i) {
    const CompiledRule& rule = rules.rules()[i];
    const bool runs = rule.active && rule.rule->emit && rule.rule->kind() == RuleKind::kMessage;
    if (!runs) ++others;
    if (runs && costs.rules[i].tried == 0) ++silent;
  }
  return fmt::format("{} rules were never tried; {} are inactive, or not on messages one by one\n",
                     silent, others);
}

void put_rule(JsonWriter& json, const RuleRow& row, double whole_ns) {
  const RuleCost& cost = *row.cost;
  json.begin_object().key("rule").string(row.rule->full_id);
  json.key("tried").unsigned_integer(cost.tried);
  json.key("evaluated").unsigned_integer(cost.evaluated);
  json.key("hits").unsigned_integer(cost.hits);
  json.key("excepted").unsigned_integer(cost.excepted);
  json.key("timed").unsigned_integer(cost.timed.count);
  json.key("ns_each").number(per(cost.ns_estimated(), cost.tried));
  json.key("share_percent").number(percent(cost.ns_estimated(), whole_ns));
  json.end_object();
}

void put_regex(JsonWriter& json, const RegexRow& row, double whole_ns) {
  const RegexCost& cost = *row.cost;
  json.begin_object().key("re").string(row.spec->text);
  json.key("view").string(name_of(row.spec->view));
  json.key("searched").unsigned_integer(cost.searched);
  json.key("found").unsigned_integer(cost.found);
  json.key("timed").unsigned_integer(cost.timed.count);
  json.key("ns_each").number(per(cost.ns_estimated(), cost.searched));
  json.key("share_percent").number(percent(cost.ns_estimated(), whole_ns));
  json.end_object();
}

}  // namespace

std::string render_profile(const RuleSet& rules, const CostTable& costs,
                           const ProfileOptions& options) {
  return fmt::format("{} messages, {} of them timed; match and evaluate: {:.0f} ns each\n\n",
                     costs.messages, costs.evaluations.count,
                     per(costs.ns_estimated(), costs.messages)) +
         render_rules(rules, costs, options) + render_silent(rules, costs) +
         render_regexes(rules, costs, options);
}

std::string profile_json(const RuleSet& rules, const CostTable& costs,
                         const ProfileOptions& options) {
  const double whole = costs.ns_estimated();
  std::string out;
  JsonWriter json(out);
  json.begin_object();
  json.key("messages").unsigned_integer(costs.messages);
  json.key("messages_timed").unsigned_integer(costs.evaluations.count);
  json.key("ns_each").number(per(whole, costs.messages));
  json.key("scan_share_percent").number(percent(costs.scan_ns_estimated(), whole));
  json.key("rest_share_percent").number(percent(rest_ns(costs), whole));
  json.key("rules").begin_array();
  for (const RuleRow& row : rule_rows(rules, costs, options.order)) put_rule(json, row, whole);
  json.end_array();
  json.key("regexes").begin_array();
  for (const RegexRow& row : regex_rows(rules, costs, options.order)) put_regex(json, row, whole);
  json.end_array();
  json.end_object();
  return out;
}

}  // namespace sieve
