#include "run/message_sampler.h"

#include "alert/read.h"

namespace sieve {
namespace {

PrivacyPolicy policy_of(const SamplerOptions& options) {
  PrivacyPolicy policy;
  if (options.whole_texts) policy.text = TextPrivacy::kFull;
  return policy;
}

}  // namespace

MessageSampler::MessageSampler(std::shared_ptr<const RuleSet> rules, SamplerOptions options,
                               HitSamples& samples)
    : rules_(std::move(rules)),
      options_(std::move(options)),
      samples_(samples),
      evaluator_(rules_, options_.context),
      builder_(rules_, policy_of(options_), evaluator_.context()) {
  evaluator_.set_default_plan(options_.default_plan);
}

void MessageSampler::add(const Record& record, const std::string& source) {
  const Evaluation& evaluation = evaluator_.evaluate(record, folder_.fold(record.message.text));
  add_hits(record, evaluation, false, source);
  add_hits(record, evaluation, true, source);
}

void MessageSampler::add_hits(const Record& record, const Evaluation& evaluation, bool shadow,
                              const std::string& source) {
  for (const Hit& hit : shadow ? evaluation.shadow_hits : evaluation.hits) {
    const HitOrigin origin{rules_->rule(hit.rule).full_id, shadow, record.message.text, source};
    if (!options_.filter.takes(origin) || !samples_.count(origin)) continue;
    samples_.keep(sample_of_hit(record, evaluation, hit));
  }
}

// By way of an alert that has the hit first, and the others behind it: what any rule keeps out of
// an alert stays out of the sample.
HitSample MessageSampler::sample_of_hit(const Record& record, const Evaluation& evaluation,
                                        const Hit& hit) {
  Evaluation one = evaluation;
  one.hits.assign(1, hit);
  for (const auto* hits : {&evaluation.hits, &evaluation.shadow_hits}) {
    one.hits.insert(one.hits.end(), hits->begin(), hits->end());
  }
  const Alert& alert = builder_.content(record, one, mapped_, {});
  return sample_of(alert, alert.hits.front());
}

std::string sample_alert(std::string_view line, const HitFilter& filter, HitSamples& samples) {
  const Expected<JsonValue, JsonError> json = parse_json(line);
  if (!json) return json.error().message;
  const Expected<Alert, JsonError> alert = read_alert(*json);
  if (!alert) return alert.error().message;
  for (const AlertHit& hit : alert->hits) {
    const HitOrigin origin{hit.rule, false, alert->id, alert->id};
    if (!filter.takes(origin) || !samples.count(origin)) continue;
    samples.keep(sample_of(*alert, hit));
  }
  return {};
}

}  // namespace sieve
