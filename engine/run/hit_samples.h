// HitSamples keeps a few hits of each rule for its author to look at, masked as alerts are, and
// counts them all.
//
//   HitSamples samples(3);
//   if (samples.count({rule, false, text, "a.jsonl:7"})) samples.keep(sample_of(alert, hit));
//
// Which hits are kept depends on their rule and content alone, and not on their order: those whose
// hash is lowest, which is a fair choice, and of one content one. So samples of several threads or
// files can be merged.
//
// Thread safety: none. Memory: so many samples a rule. Lifetime: owns everything.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "alert/alert.h"

namespace sieve {

// Where a rule hit.
struct HitOrigin {
  std::string_view rule;  // namespace/id
  bool shadow = false;
  std::string_view content;  // What makes it unlike others: the text.
  std::string_view source;   // `messages.jsonl:7`
};

// What is shown of a hit.
struct HitSample {
  std::string source;
  std::string id;  // Of the message; may be empty.
  bool shadow = false;
  Timestamp ts;                       // kTimestampMin: unknown.
  std::string subject;                // Empty: withheld, or unknown.
  Verdict verdict = Verdict::kClean;  // Of the message with all its hits.
  double score = 0;
  std::vector<std::pair<std::string, std::string>> signals;  // Pattern and what it found.
  std::vector<std::string> urls;
  std::string text;  // Of the message; empty: withheld, or not asked for.
};

// The sample of one hit of the alert, masked if the alert is not; without `source` and `shadow`.
HitSample sample_of(const Alert& alert, const AlertHit& hit);

struct RuleSamples {
  uint64_t live = 0;
  uint64_t shadow = 0;
  std::map<uint64_t, HitSample> kept;  // By hash.
};

class HitSamples {
 public:
  // At most so many of a rule, live and in shadow together.
  explicit HitSamples(size_t per_rule) : per_rule_(per_rule) {}

  // Counts a hit; true when its sample is to be kept.
  bool count(const HitOrigin& origin);
  // The sample of the hit that was counted last. REQUIRES: count() said so.
  void keep(HitSample sample);
  void merge(const HitSamples& other);

  const std::map<std::string, RuleSamples, std::less<>>& by_rule() const { return by_rule_; }

 private:
  void shorten(RuleSamples& rule) const;

  const size_t per_rule_;
  std::map<std::string, RuleSamples, std::less<>> by_rule_;
  // Of the hit that was counted last.
  RuleSamples* last_ = nullptr;
  uint64_t last_hash_ = 0;
  HitSample last_origin_;
};

// Tables for people: all rules with hits, by id.
std::string render_samples(const HitSamples& samples);
std::string samples_json(const HitSamples& samples);

}  // namespace sieve
