// An Inspector does everything that looks at one record at a time: decode, fold, match, evaluate,
// and turns a batch of records into alerts, dead letters and facts.
//
// Thread safety: none; one per thread. Lifetime: shares the InspectPlan. Allocates nothing per
// record after warm-up, except for records that become alerts.
#pragma once

#include <memory>
#include <mutex>
#include <vector>

#include "alert/builder.h"
#include "alert/roll_up.h"
#include "correlate/fact_plan.h"
#include "evaluate/evaluator.h"
#include "record/decoder.h"
#include "run/inspected_batch.h"
#include "run/rule_cost_board.h"
#include "text/fold.h"

namespace sieve {

// JSON lines for machines, or a few lines per alert for people.
enum class AlertFormat : uint8_t { kJson, kText };

// What inspection depends on; the same for all threads.
struct InspectPlan {
  std::shared_ptr<const RuleSet> rules;
  std::shared_ptr<const FactPlan> facts;
  std::vector<Mapping> mappings;  // By source.
  FieldContext context;
  PrivacyPolicy privacy;
  Verdict publish_from = Verdict::kReview;
  Duration max_future_skew;  // Zero: times are not compared with the wall clock.
  Duration reassembly_timeout{300'000};
  size_t facts_partition_count = 1;
  std::vector<std::string> routes;  // Names of routes that have an output of their own.
  AlertFormat alert_format = AlertFormat::kJson;
  std::shared_ptr<RuleCostBoard> costs;  // Of `rules`; null: costs are not measured.

  // What InspectedOutput::route is for an alert with this route.
  uint16_t route_index(std::string_view route) const;
};

// Appends `alert` in `format`, without a final newline.
void append_alert(const Alert& alert, AlertFormat format, std::string& out);
// The same of a roll-up: `stem` was made by append_stem() in the same format.
void append_stem(const Alert& alert, AlertFormat format, std::string& out);
void append_roll_up(std::string_view stem, const RollUpFigures& figures, AlertFormat format,
                    std::string& out);

// The place in its lane of a message that was joined from parts: that of the record that completed
// it or ended the wait.
struct JoinedPlace {
  uint32_t index = 0;  // In the batch.
  int64_t offset = 0;
  Timestamp time;
};

class Inspector {
 public:
  explicit Inspector(std::shared_ptr<const InspectPlan> plan);

  const InspectPlan& plan() const { return *plan_; }

  // Fills the results of `batch` from its records. Parts of messages are only noted.
  void inspect(InspectedBatch& batch);

  // Before inspect_joined() for messages of `batch`.
  void begin_joined(const InspectedBatch& batch);
  // Adds to the results what a joined message gives rise to; `bytes` are the record with its other
  // fields. REQUIRES: the record can be decoded, and is a message.
  Outcome inspect_joined(InspectedBatch& batch, const JoinedMessage& message,
                         std::string_view bytes, const JoinedPlace& place);

 private:
  void inspect_record(InspectedBatch& batch, uint32_t index);
  Outcome inspect_message(InspectedBatch& batch);
  bool note_part(InspectedBatch& batch, uint32_t index);
  void add_facts(InspectedBatch& batch);
  void add_alert(InspectedBatch& batch, const Evaluation& evaluation);
  uint32_t add_cooled(InspectedBatch& batch, const Evaluation& evaluation, Alert& alert);
  void add_dead_letter(InspectedBatch& batch, uint32_t index, const DecodeFailure& failure);
  void begin(const InspectedBatch& batch);
  std::unique_lock<std::mutex> lock_costs();
  void lap(Stage stage);

  std::shared_ptr<const InspectPlan> plan_;
  std::vector<Decoder> decoders_;  // By source.
  // The header line each decoder was given last.
  std::vector<std::shared_ptr<const std::string>> headers_;
  Folder folder_;
  Evaluator evaluator_;
  std::shared_ptr<RuleCostBoard::Share> costs_;  // What it counts into; null: nothing.
  FactBuilder fact_builder_;
  AlertBuilder alert_builder_;
  Record record_;
  JoinedPlace place_;  // Of what is being inspected.
  AlertSource alert_source_;
  Timestamp detected_at_;
  // Stage times are measured on one record of each batch and scaled up.
  bool sampling_ = false;
  int64_t lap_ns_ = 0;
  std::array<uint64_t, kStageCount> laps_{};
};

}  // namespace sieve
