// Finds the hits in messages and alerts of which HitSamples keeps some.
//
// Thread safety: none. Lifetime: a MessageSampler shares the RuleSet; both refer to the samples.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "alert/builder.h"
#include "evaluate/evaluator.h"
#include "run/hit_samples.h"

namespace sieve {

// Which hits count.
struct HitFilter {
  std::string rule;  // namespace/id; empty: of all.
  std::optional<bool> shadow;

  bool takes(const HitOrigin& origin) const {
    return (rule.empty() || rule == origin.rule) && (!shadow || *shadow == origin.shadow);
  }
};

struct SamplerOptions {
  HitFilter filter;
  FieldContext context;
  const NumberingPlan* default_plan = nullptr;
  bool whole_texts = false;  // Masked; otherwise what patterns found.
};

class MessageSampler {
 public:
  MessageSampler(std::shared_ptr<const RuleSet> rules, SamplerOptions options, HitSamples& samples);

  // `source` names the message: `messages.jsonl:7`.
  void add(const Record& record, const std::string& source);

 private:
  void add_hits(const Record& record, const Evaluation& evaluation, bool shadow,
                const std::string& source);
  HitSample sample_of_hit(const Record& record, const Evaluation& evaluation, const Hit& hit);

  std::shared_ptr<const RuleSet> rules_;
  SamplerOptions options_;
  HitSamples& samples_;
  Folder folder_;
  Folder mapped_;  // Folds again for spans in the original text.
  Evaluator evaluator_;
  AlertBuilder builder_;
};

// Adds the hits of the alert in `line`, an `alert.v1`; what is wrong with it otherwise, or empty.
// Findings of windows are hits, too.
std::string sample_alert(std::string_view line, const HitFilter& filter, HitSamples& samples);

}  // namespace sieve
