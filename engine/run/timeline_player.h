// A TimelinePlayer plays records in order of their times through the decoder, fold, evaluator,
// FactBuilder and Correlator of production, for tools that look at what becomes of them.
//
//   TimelinePlayer player(rules, options, context);
//   std::vector<Finding> findings;
//   const std::string problem = player.play(timeline_of(test), nullptr, findings);
//
// Thread safety: none. Lifetime: shares the RuleSet.
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "base/arena.h"
#include "correlate/correlator.h"
#include "evaluate/evaluator.h"
#include "record/decoder.h"
#include "run/timeline.h"
#include "text/fold.h"

namespace sieve {

// Sees what the records of a timeline come to within the engine.
class TimelineWatcher {
 public:
  virtual ~TimelineWatcher() = default;
  // Record `index` of the timeline, of which `facts` made `made`. A message was evaluated.
  virtual void on_record(size_t index, const Record& record, FactBuilder& facts,
                         std::span<const Fact> made) = 0;
  // After on_record() of the record that led to it.
  virtual void on_window(const JudgedWindow& window) = 0;
};

class TimelinePlayer {
 public:
  TimelinePlayer(std::shared_ptr<const RuleSet> rules, const std::string& default_country,
                 FieldContext context);

  // Appends what came of them to `findings`, whose triggers have indexes of `records` as offsets.
  // Windows begin empty. What is wrong with a record; empty: nothing.
  std::string play(std::span<const TimelineRecord> records, TimelineWatcher* watcher,
                   std::vector<Finding>& findings);
  // Exceptions that kept records of the last timeline from counting.
  std::span<const uint32_t> excepted() const { return excepted_; }

  // One record by itself, into record(); what is wrong with it, or empty.
  std::string decode(const TimelineRecord& timed);
  const Record& record() const { return record_; }
  Evaluator& evaluator() { return evaluator_; }
  Folder& folder() { return folder_; }
  const FactPlan& plan() const { return *plan_; }

 private:
  std::vector<Mapping> mappings_;
  std::vector<Decoder> decoders_;  // By RecordKind.
  Evaluator evaluator_;
  std::shared_ptr<const FactPlan> plan_;
  FactBuilder fact_builder_;
  Folder folder_;
  Arena arena_;
  Record record_;
  std::vector<uint32_t> excepted_;
};

}  // namespace sieve
