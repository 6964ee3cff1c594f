// Window rules and blocks of generated calls for the benches of correlate.
//
// Thread safety: none.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include "base/check.h"
#include "correlate/correlator.h"
#include "correlate/entity_key.h"

namespace sieve {

inline constexpr double kEventsPerKeyAndWindow = 3;
inline constexpr int64_t kWindowMs = 600'000;

inline std::shared_ptr<const FactPlan> plan_of(std::string_view rules) {
  LoadedRules loaded;
  loaded.files.push_back(parse_rule_file("bench.rules.yaml", rules, loaded.diagnostics));
  SIEVE_CHECK(loaded.ok(), "the rules have errors");
  auto compiled = RuleSet::compile(std::move(loaded), {});
  SIEVE_CHECK(compiled.has_value(), "the rules do not compile");
  return std::make_shared<const FactPlan>(*compiled);
}

// Calls of `key_count` callers in random order, as many per window as kEventsPerKeyAndWindow says.
// Each sets `features`.
class Calls {
 public:
  Calls(uint64_t key_count, uint64_t features)
      : key_count_(key_count),
        step_ms_(static_cast<double>(kWindowMs) /
                 (kEventsPerKeyAndWindow * static_cast<double>(key_count))) {
    fact_.features = features;
    fact_.value_count = 1;
  }

  std::string_view next_block() {
    state_ = state_ * 6'364'136'223'846'793'005ULL + 1'442'695'040'888'963'407ULL;
    const uint64_t random = mix_key(state_);
    // The key of a Thai mobile number: see entity_key().
    fact_.key = (entity_key("+66800000000") & ~0xFFFFFFULL) + random % key_count_;
    fact_.values[0] = fact_.key ^ (random >> 40);
    now_ms_ += step_ms_;
    fact_.time.ms = static_cast<int64_t>(now_ms_);
    block_.clear();
    FactBlockWriter writer(block_);
    writer.begin(++offset_);
    writer.add(fact_);
    writer.end();
    return block_;
  }

 private:
  uint64_t key_count_;
  double step_ms_;
  double now_ms_ = 1'767'571'200'000;
  uint64_t state_ = 1;
  int64_t offset_ = 0;
  Fact fact_;
  std::string block_;
};

}  // namespace sieve
