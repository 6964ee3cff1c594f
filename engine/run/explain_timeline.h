// Explaining what window rules make of calls, messages and reports: which records count and why
// others do not, the findings, and of a rule without one the window that came nearest. It plays the
// records through the production path.
//
// Thread safety: pure function.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "base/expected.h"
#include "correlate/correlator.h"
#include "evaluate/condition_explainer.h"
#include "run/engine_error.h"
#include "run/timeline.h"

namespace sieve {

struct ExplainTimelineOptions {
  std::string only;  // Full id of the one rule; empty: those with findings, and those near one.
  size_t near_max = 3;
  bool measure = false;  // What the records cost.
  std::string default_country;
  FieldContext context;
};

// A window when it was judged.
struct ExplainedWindow {
  std::string place;  // Of the record that led to it.
  Timestamp end;
  std::string subject;
  std::vector<double> measures;  // By the rule's.
  ExplainedCondition condition;
};

// A record that a rule does not count.
struct UncountedRecord {
  std::string place;
  std::string missing_field;     // A field of `by` that it lacks; else
  std::string excepted_by;       // the exception or filter that holds,
  std::string reason;            // and why it is there; else `where` does not hold.
  ExplainedCondition condition;  // `where`, or the exception.
};

struct ExplainedWindowRule {
  RuleIndex rule;
  size_t records = 0;  // Of its kind.
  size_t counted = 0;
  // Of the others, the first of those that lack least.
  std::optional<UncountedRecord> uncounted;
  std::vector<std::pair<Finding, std::string>> findings;  // Each with the place of its record.
  // The window of the first finding; else, of all that were judged, the one that lacks least.
  std::optional<ExplainedWindow> window;
};

struct TimelineExplanation {
  size_t records = 0;
  Timestamp begin;  // Of the first record,
  Timestamp end;    // and of the last.
  // Of a record, from its bytes on, with all rules of the set: the least of several plays on
  // this machine; 0: not measured.
  int64_t ns_each = 0;
  std::vector<ExplainedWindowRule> rules;
};

Expected<TimelineExplanation, EngineError> explain_timeline(
    const std::shared_ptr<const RuleSet>& rules, const std::vector<TimelineRecord>& records,
    const ExplainTimelineOptions& options);

}  // namespace sieve
