// The difference between the alerts of two rule sets over the same records: which appear, which
// vanish, which change their verdict.
//
// Content alerts are the same when they are about the same record; findings, when rule, subject and
// time are: their ids have the rule's revision in them, which changes with the rule.
//
// Thread safety: none.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "base/expected.h"
#include "rule/model.h"

namespace sieve {

// One alert, as one rule set gave it.
struct GivenAlert {
  std::string json;  // One `alert.v1` line; numbers and text masked as the run's policy says.
  Verdict verdict = Verdict::kReview;
  double score = 0;
  std::string primary;             // Full id of the first hit.
  std::vector<std::string> rules;  // Of all hits, sorted.
};

// By what makes two alerts the same.
using GivenAlerts = std::multimap<std::string, GivenAlert>;

struct ChangedAlert {
  const GivenAlert* before = nullptr;
  const GivenAlert* after = nullptr;
};

struct RuleChange {
  uint64_t before = 0;  // Alerts with a hit of it.
  uint64_t after = 0;
  uint64_t appeared = 0;  // Hits in alerts that were not there, or that had no hit of it.
  uint64_t vanished = 0;
};

// Refers to the alerts that it was made of. In the order of their keys.
struct AlertDiff {
  std::vector<const GivenAlert*> appeared;
  std::vector<const GivenAlert*> vanished;
  std::vector<ChangedAlert> changed_verdict;
  std::vector<ChangedAlert> changed_rules;  // With the same verdict.
  uint64_t same = 0;
  std::map<std::string, RuleChange> rules;  // By full id.

  bool empty() const {
    return appeared.empty() && vanished.empty() && changed_verdict.empty() && changed_rules.empty();
  }
};

// The alerts in `lines`, JSON lines; or which line is none, and why.
Expected<GivenAlerts, std::string> read_given_alerts(std::string_view lines);

AlertDiff diff_alerts(const GivenAlerts& before, const GivenAlerts& after);

}  // namespace sieve
