#include "run/explain_timeline.h"

#include <algorithm>
#include <chrono>
#include <cmath>
#include <limits>
#include <tuple>

#include "correlate/entity_key.h"
#include "rule/parse.h"
#include "run/explained_rule.h"
#include "run/timeline_player.h"

namespace sieve {
namespace {

constexpr int kTimedPlays = 5;

// How far a condition is from holding: the parts that would have to change, and by how much the
// numbers among them.
struct Distance {
  size_t changes = std::numeric_limits<size_t>::max();
  double gap = 0;
  auto operator<=>(const Distance&) const = default;
};

// By how much of the bound the sides of a comparison differ; 0 where one is no number.
double gap_of(const ExprOperands& operands, std::span<const NodeValue> values, uint32_t node) {
  if (operands[node].size() != 2) return 0;
  double sides[2] = {};
  for (size_t i = 0; i < 2; ++i) {
    for (const NodeValue& value : values) {
      if (value.node == operands[node][i] && !value.is_text) sides[i] = value.number;
    }
  }
  return std::abs(sides[0] - sides[1]) / std::max(std::abs(sides[1]), 1.0);
}

Distance distance_of(std::span<const ExprNode> nodes, std::span<const NodeValue> values) {
  const auto changes = nearest_miss(nodes, values);
  if (!changes) return {};
  Distance out{changes->size(), 0};
  const ExprOperands operands = operands_of(nodes);
  for (const NeededChange& change : *changes) out.gap += gap_of(operands, values, change.node);
  return out;
}

// What is known of one rule so far.
struct Account {
  ExplainedWindowRule out;
  const CompiledRule* rule = nullptr;
  size_t projection = 0;
  uint64_t feature = 0;
  Distance record;  // Of `out.uncounted`,
  Distance window;  // and of `out.window`.
};

class TimelineExplainer : public TimelineWatcher {
 public:
  TimelineExplainer(const RuleSet& rules, std::span<const TimelineRecord> records,
                    TimelinePlayer& player, std::optional<RuleIndex> only);

  void on_record(size_t index, const Record& record, FactBuilder& facts,
                 std::span<const Fact> made) override;
  void on_window(const JudgedWindow& judged) override;
  void add(Finding finding);
  // Those to be shown.
  std::vector<ExplainedWindowRule> take(size_t near_max, bool all);

 private:
  void note_uncounted(Account& account, const Record& record, FactBuilder& facts);
  // The exception that kept the record from counting; null: none.
  const CompiledException* exception_of(const CompiledRule& rule, const FactBuilder& facts) const;
  std::string missing_field(const CompiledRule& rule, const Record& record);
  Account* find(RuleIndex rule);

  const RuleSet& rules_;
  std::span<const TimelineRecord> records_;
  TimelinePlayer& player_;
  std::vector<Account> accounts_;
  size_t at_ = 0;  // The record at hand.
};

TimelineExplainer::TimelineExplainer(const RuleSet& rules, std::span<const TimelineRecord> records,
                                     TimelinePlayer& player, std::optional<RuleIndex> only)
    : rules_(rules), records_(records), player_(player) {
  const std::vector<Projection>& projections = player.plan().projections();
  for (size_t i = 0; i < projections.size(); ++i) {
    for (const PlannedRule& planned : projections[i].rules) {
      if (only && *only != planned.rule) continue;
      Account& account = accounts_.emplace_back();
      account.out.rule = planned.rule;
      account.rule = &rules.rule(planned.rule);
      account.projection = i;
      account.feature = planned.feature;
    }
  }
}

Account* TimelineExplainer::find(RuleIndex rule) {
  const auto found = std::find_if(accounts_.begin(), accounts_.end(),
                                  [rule](const Account& a) { return a.out.rule == rule; });
  return found == accounts_.end() ? nullptr : &*found;
}

void TimelineExplainer::on_record(size_t index, const Record& record, FactBuilder& facts,
                                  std::span<const Fact> made) {
  at_ = index;
  for (Account& account : accounts_) {
    if (account.rule->rule->on != record.kind) continue;
    ++account.out.records;
    const bool counts = std::any_of(made.begin(), made.end(), [&](const Fact& fact) {
      return fact.projection == account.projection && (fact.features & account.feature) != 0;
    });
    account.out.counted += counts ? 1 : 0;
    if (!counts) note_uncounted(account, record, facts);
  }
}

const CompiledException* TimelineExplainer::exception_of(const CompiledRule& rule,
                                                         const FactBuilder& facts) const {
  for (const uint32_t i : facts.excepted()) {
    if (i >= rule.exceptions_begin && i < rule.exceptions_end) return &rules_.exceptions()[i];
  }
  return nullptr;
}

std::string TimelineExplainer::missing_field(const CompiledRule& rule, const Record& record) {
  for (const FieldId field : rule.rule->window->by) {
    const FieldValue value = field_value(field, record, player_.evaluator().context());
    if (!value.present || value.text.empty()) return std::string(info_of(field).name);
  }
  return {};
}

void TimelineExplainer::note_uncounted(Account& account, const Record& record, FactBuilder& facts) {
  const CompiledRule& rule = *account.rule;
  const CompiledException* exception = exception_of(rule, facts);
  const Program& asked = exception != nullptr ? exception->when : rule.where;
  std::vector<NodeValue> values;
  // Of a message to several recipients, for the last of them.
  facts.trace(account.out.rule, record, [&](const Program& program, auto traced) {
    if (&program == &asked) values.assign(traced.begin(), traced.end());
  });
  const std::vector<ExprNode> nodes = nodes_as_written(rule, asked);
  Distance distance = distance_of(nodes, values);
  const size_t distance_to_where = distance.changes;
  if (exception != nullptr || distance_to_where == 0) distance = {1, 0};
  if (account.out.uncounted && account.record <= distance) return;
  account.record = distance;
  UncountedRecord& out = account.out.uncounted.emplace();
  out.place = records_[at_].place;
  if (exception != nullptr) {
    out.excepted_by = exception->label;
    out.reason = exception->exception->reason;
  } else if (distance_to_where == 0) {
    out.missing_field = missing_field(rule, record);
  }
  ConditionExplainer explainer(rule, player_.evaluator(), player_.folder());
  out.condition =
      explainer.explain(nodes, record_scope_of(*rule.rule, rules_.definitions()), values);
}

void TimelineExplainer::on_window(const JudgedWindow& judged) {
  Account* account = find(judged.rule);
  if (account == nullptr || account->window.changes == 0) return;
  const CompiledRule& rule = *account->rule;
  ProgramInput input;
  input.measures = judged.measures;
  std::vector<NodeValue> values;
  rule.condition.trace(input, values);
  const std::vector<ExprNode>& nodes = rule.rule->condition.nodes;
  const Distance distance = distance_of(nodes, values);
  if (account->out.window && account->window <= distance) return;
  account->window = distance;
  ExplainedWindow& out = account->out.window.emplace();
  out.place = records_[at_].place;
  out.end = judged.end;
  out.subject = entity_name(judged.fact.key, judged.fact.name);
  out.measures.assign(judged.measures.begin(), judged.measures.end());
  ConditionExplainer explainer(rule, player_.evaluator(), player_.folder());
  out.condition = explainer.explain(nodes, scope_of(*rule.rule, rules_.definitions()), values);
}

void TimelineExplainer::add(Finding finding) {
  Account* account = find(finding.rule);
  if (account == nullptr) return;
  std::string place = records_[static_cast<size_t>(finding.trigger.offset)].place;
  account->out.findings.emplace_back(std::move(finding), std::move(place));
}

std::vector<ExplainedWindowRule> TimelineExplainer::take(size_t near_max, bool all) {
  const auto rank = [](const Account& account) {
    return std::tuple(account.out.findings.empty(), account.window, account.out.rule);
  };
  std::stable_sort(accounts_.begin(), accounts_.end(),
                   [&](const Account& a, const Account& b) { return rank(a) < rank(b); });
  std::vector<ExplainedWindowRule> out;
  for (Account& account : accounts_) {
    const bool has_findings = !account.out.findings.empty();
    if (!all && !has_findings && (!account.out.window || near_max == 0)) continue;
    if (!all && !has_findings) --near_max;
    out.push_back(std::move(account.out));
  }
  return out;
}

// REQUIRES: the records can be decoded, and there are some.
int64_t measured_ns_each(std::span<const TimelineRecord> records, TimelinePlayer& player) {
  int64_t least = std::numeric_limits<int64_t>::max();
  for (int i = 0; i < kTimedPlays; ++i) {
    std::vector<Finding> findings;
    const auto begin = std::chrono::steady_clock::now();
    player.play(records, nullptr, findings);
    const auto taken = std::chrono::steady_clock::now() - begin;
    least = std::min(least, taken / std::chrono::nanoseconds(1));
  }
  return least / static_cast<int64_t>(records.size());
}

}  // namespace

Expected<TimelineExplanation, EngineError> explain_timeline(
    const std::shared_ptr<const RuleSet>& rules, const std::vector<TimelineRecord>& records,
    const ExplainTimelineOptions& options) {
  std::optional<RuleIndex> only;
  if (!options.only.empty()) {
    auto found = rule_to_explain(*rules, options.only, RuleKind::kWindow);
    if (!found) return Unexpected<EngineError>(std::move(found.error()));
    only = *found;
  }
  TimelinePlayer player(rules, options.default_country, options.context);
  TimelineExplainer explainer(*rules, records, player, only);
  std::vector<Finding> findings;
  std::string problem = player.play(records, &explainer, findings);
  if (!problem.empty()) return Unexpected<EngineError>({ExitCode::kUsage, problem + "\n"});
  for (Finding& finding : findings) explainer.add(std::move(finding));
  TimelineExplanation out;
  out.records = records.size();
  if (!records.empty()) {
    out.begin = records.front().time;
    out.end = records.back().time;
    if (options.measure) out.ns_each = measured_ns_each(records, player);
  }
  out.rules = explainer.take(options.near_max, only.has_value());
  return out;
}

}  // namespace sieve
