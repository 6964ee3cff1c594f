#include "evaluate/evaluator.h"

#include <algorithm>
#include <bit>
#include <limits>
#include <map>
#include <numeric>
#include <tuple>

#include "base/check.h"
#include "base/limits.h"
#include "evaluate/exceptions.h"
#include "text/known_words.h"

namespace sieve {
namespace {

// Place of every rule in the order of hits.
std::vector<uint32_t> rank_rules(const RuleSet& rules) {
  const auto key = [&](uint32_t index) {
    const CompiledRule& compiled = rules.rules()[index];
    return std::tuple(-static_cast<int>(compiled.rule->severity), -compiled.rule->score,
                      std::string_view(compiled.full_id), index);
  };
  std::vector<uint32_t> order(rules.rules().size());
  std::iota(order.begin(), order.end(), 0U);
  std::sort(order.begin(), order.end(), [&](uint32_t a, uint32_t b) { return key(a) < key(b); });
  std::vector<uint32_t> ranks(order.size());
  for (uint32_t rank = 0; rank < order.size(); ++rank) ranks[order[rank]] = rank;
  return ranks;
}

bool has_no_say(const Rule& rule) { return rule.mode == RuleMode::kShadow || !rule.emit; }

}  // namespace

Evaluator::Evaluator(std::shared_ptr<const RuleSet> rules, FieldContext context)
    : rules_(std::move(rules)),
      reader_(std::make_unique<MessageReader>()),
      context_(std::move(context)),
      rank_(rank_rules(*rules_)),
      scanner_(rules_->patterns()),
      occurrences_(*rules_, scanner_, fired_),
      captures_(*rules_, scanner_) {
  context_.text = reader_.get();
  reader_->set_brands(rules_->brands());
  const size_t rule_count = rules_->rules().size();
  std::map<std::string_view, uint32_t> groups = {{"", 0}};
  group_caps_.push_back(std::numeric_limits<double>::infinity());
  for (const CompiledRule& compiled : rules_->rules()) {
    const auto next = static_cast<uint32_t>(groups.size());
    const auto [group, added] = groups.try_emplace(compiled.rule->group, next);
    group_.push_back(group->second);
    if (!added) continue;
    const auto& caps = rules_->thresholds().group_caps;
    const auto cap = caps.find(compiled.rule->group);
    group_caps_.push_back(cap == caps.end() ? group_caps_[0] : cap->second);
  }
  group_left_ = group_caps_;
  fired_.resize(rules_->patterns()->pattern_count());
  signals_.resize(rules_->signal_count());
  raised_by_.resize(rules_->signal_count());
  unknown_ = rules_->on_demand();
  looked_for_.reserve(rules_->signal_count());
  raised_.reserve(rules_->signal_count());
  is_candidate_.resize(rule_count);
  candidates_.reserve(rule_count);
  true_rules_.reserve(rule_count);
  evaluation_.excepted.reserve(rule_count);
  evaluation_.truncated.reserve(rule_count);
  links_.resize(rule_count);
  parts_.resize(rule_count);
  evaluation_.hits.reserve(limits::kHitsPerMessageMax);
  evaluation_.shadow_hits.reserve(limits::kHitsPerMessageMax);
  evaluation_.reader = reader_.get();
  evaluation_.captures = &captures_;
}

void Evaluator::watch(CostTable* costs) {
  costs_ = costs;
  scanner_.watch(costs == nullptr ? nullptr : &costs->regexes);
}

const Evaluation& Evaluator::evaluate(const Record& record, const FoldedText& as_folded) {
  SIEVE_CHECK(record.kind == RecordKind::kMessage, "a {} record", name_of(record.kind));
  const KnownWords& known = rules_->patterns()->known_words();
  const FoldedText& folded =
      known.empty() ? as_folded : as_folded.folder->repair_words(known);
  const bool is_timed = costs_ != nullptr && costs_->begin_message();
  if (!is_timed) {
    evaluate_text(record, folded);
    return evaluation_;
  }
  Stopwatch watch(costs_->regexes.clock);
  evaluate_text(record, folded);
  costs_->evaluations.add(watch.lap());
  return evaluation_;
}

void Evaluator::evaluate_text(const Record& record, const FoldedText& folded) {
  const bool was_touched = !raised_.empty() || !candidates_.empty() || !true_rules_.empty();
  if (was_touched || !looked_for_.empty() || !evaluation_.excepted.empty()) clear();
  folded_ = &folded;
  reader_->set_text(folded);
  occurrences_.set_text(folded);
  captures_.set_text(folded);
  scan(folded);
  if (!fired_.all().empty()) raise_signals();
  const std::span<const RuleIndex> with_link = rules_->with_link();
  if (!with_link.empty() && !reader_->urls().empty()) add_candidates(with_link);
  if (tries_helpers_) add_candidates(rules_->helpers());
  if (candidates_.empty() && rules_->always().empty()) return;
  try_rules(record);
  if (!true_rules_.empty()) list_hits();
}

void Evaluator::scan(const FoldedText& folded) {
  const bool is_timed = costs_ != nullptr && costs_->regexes.is_timing;
  if (!is_timed) return scanner_.scan(folded, fired_);
  Stopwatch watch(costs_->regexes.clock);
  scanner_.scan(folded, fired_);
  costs_->scans.add(watch.lap());
}

// Undoes the last message, in time proportional to what fired in it.
void Evaluator::clear() {
  for (const SignalId signal : raised_) signals_[signal.index()] = false;
  raised_.clear();
  for (const SignalId signal : looked_for_) unknown_[signal.index()] = true;
  looked_for_.clear();
  for (const RuleIndex rule : candidates_) is_candidate_[rule.index()] = false;
  candidates_.clear();
  true_rules_.clear();
  evaluation_.hits.clear();
  evaluation_.shadow_hits.clear();
  evaluation_.excepted.clear();
  evaluation_.signals.clear();
  evaluation_.score = 0;
  evaluation_.verdict = Verdict::kClean;
  evaluation_.hits_truncated = 0;
  evaluation_.truncated.clear();
  evaluation_.patterns_truncated = 0;
}

void Evaluator::raise_signals() {
  evaluation_.patterns_truncated = fired_.truncated();
  for (const FiredPattern& fired : fired_.all()) {
    for (const SignalId signal : rules_->signals_of(fired.pattern)) {
      if (signals_[signal.index()]) continue;
      raise(signal, fired);
      add_candidates(rules_->rules_of(signal));
    }
  }
}

void Evaluator::add_candidates(std::span<const RuleIndex> rules) {
  for (const RuleIndex rule : rules) {
    if (is_candidate_[rule.index()]) continue;
    is_candidate_[rule.index()] = true;
    candidates_.push_back(rule);
  }
}

void Evaluator::raise(SignalId signal, const FiredPattern& by) {
  signals_[signal.index()] = true;
  raised_by_[signal.index()] = by;
  raised_.push_back(signal);
}

// One scan for the literals of all signals: few of them occur, where a signal has hundreds.
void Evaluator::scan_on_demand() {
  const size_t before = fired_.all().size();
  scanner_.scan_on_demand(*folded_, fired_);
  for (const FiredPattern& fired : fired_.all().subspan(before)) {
    for (const SignalId signal : rules_->signals_of(fired.pattern)) {
      if (!signals_[signal.index()]) raise(signal, fired);
    }
  }
}

void Evaluator::look_for(SignalId signal) {
  if (looked_for_.empty()) scan_on_demand();
  unknown_[signal.index()] = false;
  looked_for_.push_back(signal);
  if (signals_[signal.index()]) return;
  for (const PatternId pattern : rules_->regexes_of(signal)) {
    if (const auto span = scanner_.occurrence(pattern, *folded_)) {
      return raise(signal, {pattern, *span});
    }
  }
}

bool Evaluator::raised(SignalId signal) {
  if (unknown_[signal.index()]) look_for(signal);
  return signals_[signal.index()];
}

// Most candidates fail by what the scan said already, and most of the others by the literals on
// demand, which one scan finds. Regular expressions, each with a search of its own, come last.
bool Evaluator::may_hold_by_signals(const CompiledRule& rule, const ProgramInput& input) {
  if (!rule.condition.may_hold(input)) return false;
  bool is_all_known = true;
  for (const SignalId signal : rule.signals) {
    if (!unknown_[signal.index()]) continue;
    if (rules_->regexes_of(signal).empty()) {
      look_for(signal);
    } else {
      is_all_known = false;
    }
  }
  if (is_all_known) return true;
  if (!rule.condition.may_hold(input)) return false;
  for (const SignalId signal : rule.signals) {
    if (unknown_[signal.index()]) look_for(signal);
  }
  return true;
}

bool Evaluator::may_hold(const CompiledRule& rule, const ProgramInput& input) {
  if (rule.has_on_demand && !may_hold_by_signals(rule, input)) return false;
  // Links, contacts and occurrences are searched for only when the signals leave the condition
  // open.
  const bool looks_further = rule.condition.looks_further() && !rule.signals.empty();
  return !looks_further || rule.condition.may_hold(input);
}

bool Evaluator::is_excepted(RuleIndex index, const ProgramInput& input) {
  const CompiledRule& rule = rules_->rule(index);
  for (uint32_t i = rule.exceptions_begin; i < rule.exceptions_end; ++i) {
    if (!sieve::holds(rules_->exceptions()[i], input)) continue;
    evaluation_.excepted.push_back({index, i});
    return true;
  }
  return false;
}

ProgramInput Evaluator::input_of(const Record& record) {
  ProgramInput input;
  input.signals = &signals_;
  input.unknown = &unknown_;
  input.record = &record;
  input.context = &context_;
  input.occurrences = &occurrences_;
  input.captures = &captures_;
  input.reader = reader_.get();
  input.folder = &value_folder_;
  return input;
}

bool Evaluator::trace(RuleIndex rule, const Record& record, std::vector<NodeValue>& values) {
  return trace(rule, rules_->rule(rule).condition, record, values);
}

bool Evaluator::trace(RuleIndex rule, const Program& part, const Record& record,
                      std::vector<NodeValue>& values) {
  for (const SignalId signal : rules_->rule(rule).signals) raised(signal);
  return part.trace(input_of(record), values);
}

void Evaluator::try_rules(const Record& record) {
  const ProgramInput input = input_of(record);
  const auto try_one = [&](RuleIndex index) {
    if (costs_ != nullptr) return try_watched(index, input);
    try_rule(index, input);
  };
  for (const RuleIndex index : candidates_) try_one(index);
  for (const RuleIndex index : rules_->always()) try_one(index);
}

Evaluator::Trial Evaluator::try_rule(RuleIndex index, const ProgramInput& input) {
  const CompiledRule& rule = rules_->rule(index);
  if (!may_hold(rule, input)) return Trial::kRuledOut;
  LinkMask& links = links_[index.index()];
  links = 0;
  if (!rule.condition.run(input, &links)) return Trial::kFalse;
  if (is_excepted(index, input)) return Trial::kExcepted;
  parts_[index.index()] = parts_that_hold(rule, input);
  true_rules_.push_back(index);
  return Trial::kHit;
}

void Evaluator::try_watched(RuleIndex index, const ProgramInput& input) {
  RuleCost& cost = costs_->rules[index.index()];
  if (switches_ != nullptr && switches_->is_off(index)) {
    ++cost.untried;
    return;
  }
  std::optional<Stopwatch> watch;
  if (costs_->regexes.is_timing) watch.emplace(costs_->regexes.clock);
  const Trial trial = try_rule(index, input);
  if (watch) cost.timed.add(watch->lap());
  ++cost.tried;
  cost.evaluated += trial == Trial::kRuledOut ? 0 : 1;
  cost.excepted += trial == Trial::kExcepted ? 1 : 0;
  cost.hits += trial == Trial::kHit ? 1 : 0;
}

void Evaluator::list_hits() {
  std::sort(true_rules_.begin(), true_rules_.end(),
            [&](RuleIndex a, RuleIndex b) { return rank_[a.index()] < rank_[b.index()]; });
  for (const RuleIndex index : true_rules_)
    group_left_[group_[index.index()]] = group_caps_[group_[index.index()]];
  ScoreSum sum;
  for (const RuleIndex index : true_rules_) {
    const Rule& rule = *rules_->rule(index).rule;
    if (has_no_say(rule)) {
      add_hit(index, evaluation_.shadow_hits, full_score(index));
      continue;
    }
    const double score = capped_score(index);
    sum.add(rule, score, rules_->thresholds());
    add_hit(index, evaluation_.hits, score);
  }
  evaluation_.score = sum.score;
  evaluation_.verdict = verdict_of(sum, rules_->thresholds());
}

ScorePartMask Evaluator::parts_that_hold(const CompiledRule& rule,
                                         const ProgramInput& input) const {
  ScorePartMask mask = 0;
  for (size_t i = 0; i < rule.score_parts.size(); ++i) {
    if (rule.score_parts[i].run(input)) mask |= static_cast<ScorePartMask>(1U << i);
  }
  return mask;
}

double Evaluator::full_score(RuleIndex index) const {
  const Rule& rule = *rules_->rule(index).rule;
  double score = rule.score;
  for (size_t i = 0; i < rule.score_parts.size(); ++i) {
    if ((parts_[index.index()] >> i & 1U) != 0) score += rule.score_parts[i].add;
  }
  return std::max(score, 0.0);
}

double Evaluator::capped_score(RuleIndex index) {
  double& left = group_left_[group_[index.index()]];
  const double score = std::min(full_score(index), left);
  left -= score;
  return score;
}

void Evaluator::add_hit(RuleIndex index, std::vector<Hit>& hits, double score) {
  if (hits.size() >= limits::kHitsPerMessageMax) {
    ++evaluation_.hits_truncated;
    if (&hits == &evaluation_.hits) evaluation_.truncated.push_back(index);
    return;
  }
  Hit hit;
  hit.rule = index;
  hit.score = score;
  hit.score_parts = parts_[index.index()];
  hit.signals_begin = static_cast<uint32_t>(evaluation_.signals.size());
  const CompiledRule& compiled = rules_->rule(index);
  for (uint32_t i = 0; i < compiled.signals.size(); ++i) {
    const SignalId signal = compiled.signals[i];
    if (!signals_[signal.index()]) continue;
    const FiredPattern& by = raised_by_[signal.index()];
    evaluation_.signals.push_back({i, rules_->patterns()->spec(by.pattern).view, by.span, 0, {}});
  }
  if (compiled.condition.reads_links()) add_links(index);
  hit.signals_end = static_cast<uint32_t>(evaluation_.signals.size());
  hits.push_back(hit);
}

void Evaluator::add_links(RuleIndex index) {
  for (LinkMask left = links_[index.index()]; left != 0; left &= left - 1) {
    const auto url = static_cast<uint32_t>(std::countr_zero(left));
    evaluation_.signals.push_back({HitSignal::kUrl, View::kText, reader_->urls()[url].span, url,
                                   look_alike_of(rules_->rule(index), url)});
  }
}

// The first by brand and kind.
std::optional<LookAlike> Evaluator::look_alike_of(const CompiledRule& compiled, uint32_t url) {
  std::optional<LookAlike> first;
  for (const LookAlikeQuestion& question : compiled.condition.look_alike_questions()) {
    const auto found = reader_->imitation(url, question);
    if (found && (!first || *found < *first)) first = found;
  }
  return first;
}

}  // namespace sieve
