#include "run/explain.h"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <optional>

#include "base/diagnostic.h"
#include "base/limits.h"
#include "record/decoder.h"
#include "record/text_limit.h"
#include "rule/record_paths.h"
#include "run/explained_rule.h"
#include "run/message_files.h"
#include "run/test_record.h"

namespace sieve {
namespace {

constexpr size_t kTimedRuns = 101;

// Nanoseconds that `work` takes, the median of many runs.
template <class Work>
int64_t median_ns(const Work& work) {
  std::vector<int64_t> times;
  for (size_t i = 0; i < kTimedRuns; ++i) {
    const auto begin = std::chrono::steady_clock::now();
    work();
    times.push_back((std::chrono::steady_clock::now() - begin) / std::chrono::nanoseconds(1));
  }
  const auto middle = times.begin() + kTimedRuns / 2;
  std::nth_element(times.begin(), middle, times.end());
  return *middle;
}

// The message that `options` describes; its text apart, which stays as it is.
Expected<std::string, EngineError> message_json(const ExplainOptions& options) {
  if (!options.text) return options.json;
  const std::vector<std::string> paths = record_paths(RecordKind::kMessage);
  TestEvent event;
  for (const auto& [path, value] : options.fields) {
    if (std::find(paths.begin(), paths.end(), path) == paths.end()) {
      const std::string nearest(nearest_name(path, {paths.begin(), paths.end()}));
      return usage_error(fmt::format("no message has a field `{}`{}\n", path,
                                     nearest.empty() ? "" : fmt::format("; is it `{}`?", nearest)));
    }
    event.fields.push_back({path, value, false, {}});
  }
  return test_record_json(event, 1);
}

// One message with all that reads it.
class MessageExplainer {
 public:
  MessageExplainer(std::shared_ptr<const RuleSet> rules, const ExplainOptions& options)
      : rules_(std::move(rules)),
        options_(options),
        mapping_(native_mapping(RecordKind::kMessage, options.default_country)),
        decoder_(mapping_),
        evaluator_(rules_, options.context) {
    evaluator_.set_default_plan(find_plan(options.default_country));
    evaluator_.try_helpers();
  }

  // What is wrong with the message; empty when it can be read.
  std::string read(const std::string& json);
  MessageExplanation explain(std::optional<RuleIndex> only);

 private:
  void add_scores(const std::vector<Hit>& hits, bool shadow, MessageExplanation& out) const;
  std::vector<RuleCost> rule_costs(const FoldedText& folded);

  std::shared_ptr<const RuleSet> rules_;
  const ExplainOptions& options_;
  Mapping mapping_;
  Decoder decoder_;
  Evaluator evaluator_;
  Folder folder_;
  Arena arena_;
  std::string bytes_;
  Record record_;
};

std::string MessageExplainer::read(const std::string& json) {
  bytes_ = json;
  bytes_.append(limits::kPaddingBytes, '\0');
  const std::string_view bytes = std::string_view(bytes_).substr(0, json.size());
  const DecodeFailure failure = decoder_.decode(bytes, arena_, record_);
  if (failure.error == DecodeError::kNone) {
    if (options_.text) record_.message.text = *options_.text;
    return {};
  }
  return describe_undecoded(RecordKind::kMessage, failure) + "\n";
}

void MessageExplainer::add_scores(const std::vector<Hit>& hits, bool shadow,
                                  MessageExplanation& out) const {
  for (const Hit& hit : hits) {
    const Rule& rule = *rules_->rule(hit.rule).rule;
    double own = rule.score;
    for (size_t i = 0; i < rule.score_parts.size(); ++i) {
      if ((hit.score_parts >> i & 1U) != 0) own += rule.score_parts[i].add;
    }
    out.scores.push_back({hit.rule, std::max(own, 0.0), hit.score, shadow, !rule.emit});
  }
}

std::vector<RuleCost> MessageExplainer::rule_costs(const FoldedText& folded) {
  CostTable costs(*rules_, 1);
  evaluator_.watch(&costs);
  for (size_t i = 0; i < kTimedRuns; ++i) evaluator_.evaluate(record_, folded);
  evaluator_.watch(nullptr);
  return std::move(costs.rules);
}

MessageExplanation MessageExplainer::explain(std::optional<RuleIndex> only) {
  MessageExplanation out;
  std::string_view text = record_.message.text;
  cut_text(text);
  out.text = text;
  out.stages = trace_fold(text, folder_);
  const FoldedText& folded = folder_.fold(text);
  if (options_.measure) {
    out.fold_ns = median_ns([&] { folder_.fold(text); });
    out.evaluate_ns = median_ns([&] { evaluator_.evaluate(record_, folded); });
    out.costs = rule_costs(folded);
  }
  const Evaluation& evaluation = evaluator_.evaluate(record_, folded);
  out.score = evaluation.score;
  out.verdict = evaluation.verdict;
  add_scores(evaluation.hits, false, out);
  add_scores(evaluation.shadow_hits, true, out);
  std::vector<RuleIndex> shown;
  if (only) {
    shown.push_back(*only);
  } else {
    for (const ExplainedScore& score : out.scores) {
      if (!score.helper) shown.push_back(score.rule);
    }
    for (const Excepted& excepted : evaluation.excepted) {
      if (rules_->rule(excepted.rule).rule->emit) shown.push_back(excepted.rule);
    }
  }
  Explainer explainer(*rules_, evaluator_, folder_);
  if (!only) {
    const auto near = explainer.near_misses(record_, options_.near_misses_max);
    shown.insert(shown.end(), near.begin(), near.end());
  }
  for (const RuleIndex rule : shown) {
    out.rules.push_back(explainer.explain(rule, record_, evaluation));
  }
  return out;
}

}  // namespace

Expected<MessageExplanation, EngineError> explain_message(
    const std::shared_ptr<const RuleSet>& rules, const ExplainOptions& options) {
  std::optional<RuleIndex> only;
  if (!options.only.empty()) {
    auto found = rule_to_explain(*rules, options.only, RuleKind::kMessage);
    if (!found) return Unexpected<EngineError>(std::move(found.error()));
    only = *found;
  }
  const auto json = message_json(options);
  if (!json) return Unexpected<EngineError>(json.error());
  MessageExplainer explainer(rules, options);
  if (std::string problem = explainer.read(*json); !problem.empty()) {
    return usage_error(std::move(problem));
  }
  return explainer.explain(only);
}

}  // namespace sieve
