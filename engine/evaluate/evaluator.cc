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
      finder_(*rules_),
      occurrences_(*rules_, finder_.scanner(), finder_.fired()),
      captures_(*rules_, finder_.scanner()),
      answers_(rules_->conditions(), finder_) {
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
  input_.signals = &finder_.raised();
  input_.unknown = &finder_.unknown();
  input_.context = &context_;
  input_.occurrences = &occurrences_;
  input_.captures = &captures_;
  input_.reader = reader_.get();
  input_.folder = &value_folder_;
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
  finder_.watch(costs == nullptr ? nullptr : &costs->regexes);
}

const Evaluation& Evaluator::evaluate(const Record& record, const FoldedText& as_folded) {
  SIEVE_CHECK(record.kind == RecordKind::kMessage, "a {} record", name_of(record.kind));
  const KnownWords& known = rules_->patterns()->known_words();
  const FoldedText& folded = as_folded.folder->repair_words(known);
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
  clear();
  reader_->set_text(folded);
  occurrences_.set_text(folded);
  captures_.set_text(folded);
  scan(folded);
  evaluation_.patterns_truncated = finder_.fired().truncated();
  for (const SignalId signal : finder_.all_raised()) add_candidates(rules_->rules_of(signal));
  const std::span<const RuleIndex> with_link = rules_->with_link();
  if (!with_link.empty() && !reader_->urls().empty()) add_candidates(with_link);
  if (tries_helpers_) add_candidates(rules_->helpers());
  input_.record = &record;
  if (candidates_.empty() && rules_->always().empty()) return;
  answers_.start(input_);
  try_rules();
  if (!true_rules_.empty()) list_hits();
}

void Evaluator::scan(const FoldedText& folded) {
  const bool is_timed = costs_ != nullptr && costs_->regexes.is_timing;
  if (!is_timed) return finder_.scan(folded);
  Stopwatch watch(costs_->regexes.clock);
  finder_.scan(folded);
  costs_->scans.add(watch.lap());
}

// Undoes the last message, in time proportional to what fired in it.
void Evaluator::clear() {
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

void Evaluator::add_candidates(std::span<const RuleIndex> rules) {
  for (const RuleIndex rule : rules) {
    if (is_candidate_[rule.index()]) continue;
    is_candidate_[rule.index()] = true;
    candidates_.push_back(rule);
  }
}

bool Evaluator::is_excepted(RuleIndex index) {
  const CompiledRule& rule = rules_->rule(index);
  for (uint32_t i = rule.exceptions_begin; i < rule.exceptions_end; ++i) {
    if (!sieve::holds(rules_->exceptions()[i], input_)) continue;
    evaluation_.excepted.push_back({index, i});
    return true;
  }
  return false;
}

bool Evaluator::trace(RuleIndex rule, const Record& record, std::vector<NodeValue>& values) {
  return trace(rule, rules_->rule(rule).condition, record, values);
}

bool Evaluator::trace(RuleIndex rule, const Program& part, const Record& record,
                      std::vector<NodeValue>& values) {
  for (const SignalId signal : rules_->rule(rule).signals) raised(signal);
  ProgramInput input = input_;
  input.record = &record;
  return part.trace(input, values);
}

void Evaluator::try_rules() {
  const auto try_one = [&](RuleIndex index) {
    if (costs_ != nullptr) return try_watched(index);
    try_rule(index);
  };
  for (const RuleIndex index : candidates_) try_one(index);
  for (const RuleIndex index : rules_->always()) try_one(index);
}

Evaluator::Trial Evaluator::try_rule(RuleIndex index) {
  const CompiledRule& rule = rules_->rule(index);
  // Most fail by what the scan said. Regular expressions, links and the like come last, as far as
  // they decide.
  if (!answers_.may_hold(rule.root)) return Trial::kRuledOut;
  if (!answers_.holds(rule.root)) return Trial::kFalse;
  // Exceptions ask about any of them, and alerts list all.
  for (const SignalId signal : rule.signals) finder_.find(signal);
  LinkMask& links = links_[index.index()];
  links = 0;
  if (rule.condition.reads_links()) rule.condition.run(input_, &links);
  if (is_excepted(index)) return Trial::kExcepted;
  parts_[index.index()] = parts_that_hold(rule);
  true_rules_.push_back(index);
  return Trial::kHit;
}

void Evaluator::try_watched(RuleIndex index) {
  RuleCost& cost = costs_->rules[index.index()];
  if (switches_ != nullptr && switches_->is_off(index)) {
    ++cost.untried;
    return;
  }
  std::optional<Stopwatch> watch;
  if (costs_->regexes.is_timing) watch.emplace(costs_->regexes.clock);
  const Trial trial = try_rule(index);
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

ScorePartMask Evaluator::parts_that_hold(const CompiledRule& rule) const {
  ScorePartMask mask = 0;
  for (size_t i = 0; i < rule.score_parts.size(); ++i) {
    if (rule.score_parts[i].run(input_)) mask |= static_cast<ScorePartMask>(1U << i);
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
    if (!finder_.raised()[signal.index()]) continue;
    const FiredPattern& by = finder_.raised_by(signal);
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
