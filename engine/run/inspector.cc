#include "run/inspector.h"

#include <algorithm>
#include <chrono>

#include "alert/alert_key.h"
#include "base/check.h"
#include "base/phone.h"
#include "correlate/facts_partition.h"

namespace sieve {
namespace {

int64_t steady_ns() {
  return std::chrono::steady_clock::now().time_since_epoch() / std::chrono::nanoseconds(1);
}

Outcome outcome_of(Verdict verdict) {
  switch (verdict) {
    case Verdict::kClean:
      return Outcome::kClean;
    case Verdict::kObserve:
      return Outcome::kObserve;
    case Verdict::kReview:
      return Outcome::kReview;
    case Verdict::kAct:
      return Outcome::kAct;
  }
  return Outcome::kClean;
}

std::vector<Decoder> make_decoders(const std::vector<Mapping>& mappings) {
  std::vector<Decoder> decoders;
  decoders.reserve(mappings.size());
  for (const Mapping& mapping : mappings) decoders.emplace_back(mapping);
  return decoders;
}

// True for the line of a CSV file that names its columns.
bool is_header(const InspectedBatch& batch, uint32_t index) {
  return batch.csv_header != nullptr && batch.records.sequence == 0 && index == 0;
}

}  // namespace

void append_alert(const Alert& alert, AlertFormat format, std::string& out) {
  if (format == AlertFormat::kJson) return append_json(alert, out);
  out += render_text(alert);
}

void append_stem(const Alert& alert, AlertFormat format, std::string& out) {
  if (format == AlertFormat::kJson) return append_json_stem(alert, out);
  out += render_text(alert);
}

void append_roll_up(std::string_view stem, const RollUpFigures& figures, AlertFormat format,
                    std::string& out) {
  if (format == AlertFormat::kJson) return append_json_roll_up(stem, figures, out);
  append_text_roll_up(stem, figures, out);
}

uint16_t InspectPlan::route_index(std::string_view route) const {
  const auto at = std::find(routes.begin(), routes.end(), route);
  return at == routes.end() ? 0 : static_cast<uint16_t>(at - routes.begin() + 1);
}

Inspector::Inspector(std::shared_ptr<const InspectPlan> plan)
    : plan_(std::move(plan)),
      decoders_(make_decoders(plan_->mappings)),
      headers_(decoders_.size()),
      evaluator_(plan_->rules, plan_->context),
      fact_builder_(plan_->facts, evaluator_.context(), &evaluator_.reader()),
      alert_builder_(plan_->rules, plan_->privacy, evaluator_.context()) {
  if (plan_->costs == nullptr) return;
  costs_ = plan_->costs->open();
  evaluator_.watch(&costs_->costs);
  evaluator_.obey(&plan_->costs->switches());
}

// Once per batch; only who looks at the costs waits for it, or it for them.
std::unique_lock<std::mutex> Inspector::lock_costs() {
  if (costs_ == nullptr) return {};
  return std::unique_lock(costs_->mutex);
}

void Inspector::lap(Stage stage) {
  if (!sampling_) return;
  const int64_t now = steady_ns();
  laps_[static_cast<size_t>(stage)] += static_cast<uint64_t>(now - lap_ns_);
  lap_ns_ = now;
}

void Inspector::begin(const InspectedBatch& batch) {
  detected_at_ = wall_clock_now();
  alert_source_.origin = batch.lane.origin;
  alert_source_.partition = batch.lane.partition;
  evaluator_.set_default_plan(find_plan(plan_->mappings[batch.lane.source].default_country));
  auto& header = headers_[batch.lane.source];
  if (batch.csv_header == nullptr || header == batch.csv_header) return;
  header = batch.csv_header;
  decoders_[batch.lane.source].set_header(*header);
}

// Its records were decoded already. A clock that was set back since must not refuse one.
void Inspector::begin_joined(const InspectedBatch& batch) {
  begin(batch);
  decoders_[batch.lane.source].set_options({});
}

void Inspector::inspect(InspectedBatch& batch) {
  batch.clear_results();
  batch.plan = plan_;
  const auto lock = lock_costs();
  begin(batch);
  DecoderOptions options;
  if (plan_->max_future_skew.ms > 0) options.time_max = detected_at_ + plan_->max_future_skew;
  decoders_[batch.lane.source].set_options(options);
  const auto count = static_cast<uint32_t>(batch.records.records.size());
  const auto sampled = static_cast<uint32_t>(batch.records.sequence % std::max(count, 1U));
  laps_ = {};
  for (uint32_t i = 0; i < count; ++i) {
    sampling_ = i == sampled;
    if (sampling_) lap_ns_ = steady_ns();
    inspect_record(batch, i);
  }
  for (size_t i = 0; i < kStageCount; ++i) batch.counts.stage_ns[i] = laps_[i] * count;
}

void Inspector::inspect_record(InspectedBatch& batch, uint32_t index) {
  const RawRecord& raw = batch.records.records[index];
  SourceCounts& counts = batch.counts.source;
  ++counts.records;
  counts.bytes += static_cast<uint64_t>(raw.size_full);
  batch.times.push_back(kTimestampMin);
  if (is_header(batch, index)) {
    ++counts.outcomes[static_cast<size_t>(Outcome::kHeader)];
    return;
  }
  DecodeFailure failure;
  if (raw.size_full > raw.size) {
    failure.error = DecodeError::kTooLarge;
  } else {
    failure = decoders_[batch.lane.source].decode(batch.records.value(raw), batch.arena, record_);
  }
  lap(Stage::kDecode);
  if (failure.error != DecodeError::kNone) {
    add_dead_letter(batch, index, failure);
    return;
  }
  batch.time_min = std::min(batch.time_min, record_.time());
  batch.time_max = std::max(batch.time_max, record_.time());
  batch.times.back() = record_.time();
  if (record_.kind == RecordKind::kMessage && record_.message.payload_notes.any()) {
    counts.add(record_.message.payload_notes);
  }
  if (note_part(batch, index)) return;
  place_ = {index, raw.offset, record_.time()};
  alert_source_.offset = raw.offset;
  Outcome outcome = Outcome::kCounted;
  if (record_.kind == RecordKind::kMessage) outcome = inspect_message(batch);
  if (!plan_->facts->empty()) add_facts(batch);
  ++counts.outcomes[static_cast<size_t>(outcome)];
}

// What becomes of the record is known when its message is joined.
bool Inspector::note_part(InspectedBatch& batch, uint32_t index) {
  const Message& message = record_.message;
  const bool is_part =
      record_.kind == RecordKind::kMessage && message.part && message.part->total > 1;
  if (!is_part) return false;
  batch.parts.push_back({index, part_key(message), *message.part, message.text});
  return true;
}

Outcome Inspector::inspect_joined(InspectedBatch& batch, const JoinedMessage& message,
                                  std::string_view bytes, const JoinedPlace& place) {
  sampling_ = false;
  const auto lock = lock_costs();
  const DecodeFailure failure = decoders_[batch.lane.source].decode(bytes, batch.arena, record_);
  SIEVE_CHECK(failure.error == DecodeError::kNone && record_.kind == RecordKind::kMessage,
              "a part that was decoded is {} now", name_of(failure.error));
  record_.message.text = message.text;
  record_.message.text_cut = record_.message.text_cut || message.text_cut;
  record_.message.parts_received = message.received;
  record_.message.incomplete = message.reason != JoinReason::kComplete;
  batch.time_min = std::min(batch.time_min, record_.time());
  place_ = place;
  // Facts are told apart by the record that gave rise to them here and now; an alert by the
  // message, so that a part of it that is read again after a restart repeats its id.
  alert_source_.offset = message.last_offset;
  const Outcome outcome = inspect_message(batch);
  const bool complete = message.reason == JoinReason::kComplete;
  const bool is_late = complete ? batch.find_late(place.index) != nullptr : message.is_late;
  if (!plan_->facts->empty() && !is_late) add_facts(batch);
  return outcome;
}

Outcome Inspector::inspect_message(InspectedBatch& batch) {
  if (record_.message.text_cut) ++batch.counts.source.texts_cut;
  const FoldedText& folded = folder_.fold(record_.message.text);
  lap(Stage::kFold);
  const Evaluation& evaluation = evaluator_.evaluate(record_, folded);
  lap(Stage::kEvaluate);
  for (const Hit& hit : evaluation.hits) {
    batch.counts.rules.push_back({hit.rule, RuleCount::kHit});
  }
  for (const Hit& hit : evaluation.shadow_hits) {
    batch.counts.rules.push_back({hit.rule, RuleCount::kShadowHit});
  }
  for (const Excepted& excepted : evaluation.excepted) {
    batch.counts.excepted.push_back(excepted.exception);
  }
  if (evaluation.verdict >= plan_->publish_from && !evaluation.hits.empty()) {
    add_alert(batch, evaluation);
    lap(Stage::kAlert);
  }
  batch.counts.source.left_out.add(
      {evaluation.patterns_truncated, evaluation.hits_truncated, evaluator_.entities_left_out()});
  return outcome_of(evaluation.verdict);
}

void Inspector::add_alert(InspectedBatch& batch, const Evaluation& evaluation) {
  Alert& alert = alert_builder_.content(record_, evaluation, folder_, alert_source_);
  alert.detected_at = detected_at_;
  InspectedOutput output;
  output.kind = OutputKind::kAlert;
  output.record = place_.index;
  output.time = place_.time;
  output.route = plan_->route_index(alert.route);
  SIEVE_CHECK(alert.id.size() == kAlertIdSize, "id of {} bytes", alert.id.size());
  batch.bytes += alert.id;
  output.begin = static_cast<uint32_t>(batch.bytes.size());
  append_alert(alert, plan_->alert_format, batch.bytes);
  output.size = static_cast<uint32_t>(batch.bytes.size()) - output.begin;
  const RuleIndex primary = evaluation.hits.front().rule;
  if (plan_->rules->rule(primary).rule->alert.suppress) {
    output.cooled = add_cooled(batch, evaluation, alert);
  } else {
    batch.counts.rules.push_back({primary, RuleCount::kAlert});
  }
  batch.outputs.push_back(output);
}

// Whether it leaves is known, and counted, when outputs are in order.
uint32_t Inspector::add_cooled(InspectedBatch& batch, const Evaluation& evaluation, Alert& alert) {
  CooledOutput& cooled = batch.cooled.emplace_back();
  cooled.rule = evaluation.hits.front().rule;
  const AlertDef& def = plan_->rules->rule(cooled.rule).rule->alert;
  const uint64_t key = alert_key(*plan_->rules, record_, evaluation, evaluator_.context());
  cooled.alert = {key, *def.suppress, def.rollup.value_or(*def.suppress), place_.time};
  alert.id = roll_up_alert_id(alert_source_);
  batch.bytes += alert.id;
  cooled.begin = static_cast<uint32_t>(batch.bytes.size());
  append_stem(alert, plan_->alert_format, batch.bytes);
  cooled.size = static_cast<uint32_t>(batch.bytes.size()) - cooled.begin;
  return static_cast<uint32_t>(batch.cooled.size());
}

void Inspector::add_facts(InspectedBatch& batch) {
  const std::vector<Fact>& facts = fact_builder_.build(record_);
  const std::span<const uint32_t> excepted = fact_builder_.excepted();
  batch.counts.excepted.insert(batch.counts.excepted.end(), excepted.begin(), excepted.end());
  if (facts.empty()) return;
  const CallId call = call_id_of(record_);
  // One block per facts partition; a record has few facts, so a pass per partition that occurs is
  // cheap.
  for (size_t partition = 0; partition < plan_->facts_partition_count; ++partition) {
    InspectedOutput output;
    FactBlockWriter writer(batch.bytes);
    for (const Fact& fact : facts) {
      if (facts_partition_of(fact.key, plan_->facts_partition_count) != partition) continue;
      if (output.size == 0) {
        output.begin = static_cast<uint32_t>(batch.bytes.size());
        writer.begin(place_.offset, call);
        output.size = 1;
      }
      writer.add(fact);
    }
    if (output.size == 0) continue;
    writer.end();
    output.kind = OutputKind::kFacts;
    output.record = place_.index;
    output.time = place_.time;
    output.partition = FactsPartition(static_cast<uint16_t>(partition));
    output.size = static_cast<uint32_t>(batch.bytes.size()) - output.begin;
    batch.outputs.push_back(output);
  }
  lap(Stage::kFacts);
}

void Inspector::add_dead_letter(InspectedBatch& batch, uint32_t index,
                                const DecodeFailure& failure) {
  SourceCounts& counts = batch.counts.source;
  ++counts.outcomes[static_cast<size_t>(Outcome::kDeadLetter)];
  ++counts.dead_letters[static_cast<size_t>(failure.error)];
  InspectedOutput output;
  output.kind = OutputKind::kDeadLetter;
  output.record = index;
  output.time = batch.outputs.empty() ? batch.time_max : batch.outputs.back().time;
  output.failure = failure;
  batch.outputs.push_back(output);
}

}  // namespace sieve
