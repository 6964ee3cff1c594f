#include "run/engine_metrics.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "match/list_set.h"

namespace sieve {
namespace {

constexpr char kLagName[] = "scamsieve_consumer_lag_records";
constexpr char kRulesInfoName[] = "scamsieve_rules_info";
constexpr char kListEntriesName[] = "scamsieve_list_entries";
constexpr char kListSkippedName[] = "scamsieve_list_skipped_entries";
constexpr char kListExpiredName[] = "scamsieve_list_expired_entries";

MetricLabels of_source(const SourceConfig& source) {
  return {{"source", source.name}, {"stream", std::string(name_of(source.kind))}};
}

MetricLabels with(MetricLabels labels, const std::string& name, std::string_view value) {
  labels.emplace_back(name, value);
  return labels;
}

struct PartOutcomeName {
  std::string_view name;
  uint64_t PartCounts::*count;
};
constexpr std::array<PartOutcomeName, 4> kPartOutcomes = {{{"joined", &PartCounts::joined},
                                                           {"alone", &PartCounts::alone},
                                                           {"duplicate", &PartCounts::duplicate},
                                                           {"dropped", &PartCounts::dropped}}};

struct LeftOutName {
  std::string_view name;
  uint64_t LeftOut::*count;
};
constexpr std::array<LeftOutName, 3> kLeftOut = {
    {{"pattern", &LeftOut::patterns}, {"hit", &LeftOut::hits}, {"entity", &LeftOut::entities}}};

// Outcomes that a stream of `kind` can have; others would be series that are always zero.
bool can_have(const SourceConfig& source, Outcome outcome) {
  if (outcome == Outcome::kDeadLetter) return true;
  if (outcome == Outcome::kHeader) return source.mapping.format == RecordFormat::kCsv;
  if (outcome == Outcome::kPart) return source.kind == RecordKind::kMessage;
  return (outcome == Outcome::kCounted) == (source.kind != RecordKind::kMessage);
}

}  // namespace

void EngineMetrics::Shown::raise_to(double total) {
  if (total <= value) return;
  counter.add(total - value);
  value = total;
}

EngineMetrics::EngineMetrics(const Engine& engine, const Reloader& reloader,
                             std::string_view version)
    : engine_(engine), reloader_(reloader) {
  add_sources();
  add_correlation();
  add_snapshots();
  add_fixed(version);
  add_reloads();
}

void EngineMetrics::add_sources() {
  for (const SourceConfig& source : engine_.config().sources) {
    const MetricLabels labels = of_source(source);
    SourceMetrics& metrics = sources_.emplace_back();
    metrics.records.counter =
        registry_.counter("scamsieve_records_read_total", "Records read from the source.", labels);
    metrics.bytes.counter =
        registry_.counter("scamsieve_record_bytes_total", "Bytes of the records read.", labels);
    metrics.late.counter = registry_.counter(
        "scamsieve_late_records_total",
        "Records that came too late for windows; each has its outcome, too.", labels);
    metrics.texts_cut.counter = registry_.counter(
        "scamsieve_texts_cut_total",
        "Messages whose text was longer than the limit and scanned up to it.", labels);
    if (source.kind == RecordKind::kMessage) add_messages(labels, metrics);
    for (size_t i = 0; i < kOutcomeCount; ++i) {
      Shown& shown = metrics.outcomes.emplace_back();
      if (!can_have(source, static_cast<Outcome>(i))) continue;
      shown.counter = registry_.counter(
          "scamsieve_records_total", "Records by what became of them; the sum is the records read.",
          with(labels, "outcome", name_of(static_cast<Outcome>(i))));
    }
    for (size_t i = 0; i < kDecodeErrorCount; ++i) {
      Shown& shown = metrics.dead_letters.emplace_back();
      if (i == 0) continue;  // kNone.
      shown.counter = registry_.counter(
          "scamsieve_dead_letters_total", "Records that could not be decoded, by reason.",
          with(labels, "reason", name_of(static_cast<DecodeError>(i))));
    }
    for (size_t i = 0; i < kPayloadNoteCount; ++i) {
      Shown& shown = metrics.payload_notes.emplace_back();
      if (source.kind != RecordKind::kMessage) continue;
      shown.counter = registry_.counter("scamsieve_payload_notes_total",
                                        "Payloads that were decoded with something wrong in them.",
                                        with(labels, "note", name_of(static_cast<PayloadNote>(i))));
    }
  }
}

void EngineMetrics::add_messages(const MetricLabels& labels, SourceMetrics& metrics) {
  for (const LeftOutName& what : kLeftOut) {
    metrics.left_out.emplace_back().counter = registry_.counter(
        "scamsieve_left_out_total", "What was beyond a limit in a message, and so left out.",
        with(labels, "what", what.name));
  }
  for (const PartOutcomeName& outcome : kPartOutcomes) {
    metrics.parts.emplace_back().counter = registry_.counter(
        "scamsieve_message_parts_total", "Parts of messages by what became of them.",
        with(labels, "outcome", outcome.name));
  }
  for (size_t i = 0; i < kJoinReasonCount; ++i) {
    metrics.joined.emplace_back().counter =
        registry_.counter("scamsieve_joined_messages_total",
                          "Messages made of parts: complete, or why the wait for the rest ended.",
                          with(labels, "reason", name_of(static_cast<JoinReason>(i))));
  }
}

void EngineMetrics::update_messages(const SourceCounts& counts, SourceMetrics& shown) {
  if (shown.parts.empty()) return;
  for (size_t i = 0; i < kLeftOut.size(); ++i) {
    shown.left_out[i].raise_to(static_cast<double>(counts.left_out.*kLeftOut[i].count));
  }
  for (size_t i = 0; i < kPartOutcomes.size(); ++i) {
    shown.parts[i].raise_to(static_cast<double>(counts.parts.*kPartOutcomes[i].count));
  }
  for (size_t i = 0; i < kJoinReasonCount; ++i) {
    shown.joined[i].raise_to(static_cast<double>(counts.parts.messages[i]));
  }
}

// Rules that were added since the last page.
void EngineMetrics::add_rules(const CountedNames& names) {
  for (size_t i = rules_.size(); i < names.rules.size(); ++i) {
    const CountedRule& rule = names.rules[i];
    RuleMetrics& metrics = rules_.emplace_back();
    metrics.shadow = rule.mode == RuleMode::kShadow;
    if (!rule.emit) continue;
    metrics.hits.counter = registry_.counter(
        "scamsieve_rule_hits_total", "Times a rule was true; shadow rules never alert.",
        {{"rule", rule.full_id}, {"mode", std::string(name_of(rule.mode))}});
    metrics.alerts.counter = registry_.counter(
        "scamsieve_alerts_total", "Alerts by primary rule.",
        {{"rule", rule.full_id}, {"severity", std::string(name_of(rule.severity))}});
    metrics.suppressed.counter = registry_.counter(
        "scamsieve_alerts_suppressed_total",
        "Alerts by primary rule that did not leave because one like them had: see the roll-ups.",
        {{"rule", rule.full_id}});
  }
  for (size_t i = excepted_.size(); i < names.exceptions.size(); ++i) {
    Shown& times = excepted_.emplace_back();
    if (!names.exceptions[i].emit) continue;
    times.counter = registry_.counter(
        "scamsieve_rule_excepted_total",
        "Times an exception or filter kept a true rule from hitting, or a record from counting.",
        {{"rule", names.exceptions[i].rule}, {"by", names.exceptions[i].label}});
  }
}

void EngineMetrics::hide_rules() {
  if (in_force_ == nullptr) return;
  registry_.remove_gauge(kRulesInfoName, {{"digest", in_force_->digest()}});
  for (const ListMetrics& list : lists_) {
    registry_.remove_gauge(kListEntriesName, list.labels);
    registry_.remove_gauge(kListExpiredName, list.labels);
    registry_.remove_gauge(kListSkippedName, list.labels);
  }
  lists_.clear();
}

void EngineMetrics::show_rules(std::shared_ptr<const RuleSet> rules) {
  if (rules == in_force_) return;
  hide_rules();
  in_force_ = std::move(rules);
  registry_
      .gauge(kRulesInfoName, "Always 1; the digest of the rule files in force.",
             {{"digest", in_force_->digest()}})
      .set(1);
  const auto inactive = static_cast<double>(in_force_->inactive().size());
  const auto state = [this](const char* name) {
    return registry_.gauge("scamsieve_rules", "Rules by state.", {{"state", name}});
  };
  state("active").set(static_cast<double>(in_force_->rules().size()) - inactive);
  state("inactive").set(inactive);
  show_lists();
}

void EngineMetrics::show_lists() {
  for (const auto& list : in_force_->lists()) {
    ListMetrics& metrics = lists_.emplace_back();
    metrics.labels = {{"list", list->name()}};
    registry_
        .gauge(kListEntriesName, "Entries of a list of the rules, expired ones included.",
               metrics.labels)
        .set(static_cast<double>(list->size()));
    registry_
        .gauge(kListSkippedName, "Bad entries of a list's file that were left out.", metrics.labels)
        .set(static_cast<double>(list->skipped()));
    metrics.expired =
        registry_.gauge(kListExpiredName, "Entries of a list that have expired.", metrics.labels);
  }
}

void EngineMetrics::add_fixed(std::string_view version) {
  for (size_t i = 0; i < kStageCount; ++i) {
    Shown& shown = stages_.emplace_back();
    shown.counter = registry_.counter("scamsieve_stage_seconds_total",
                                      "Seconds by stage, estimated from samples.",
                                      {{"stage", std::string(name_of(static_cast<Stage>(i)))}});
  }
  const auto published = [this](const char* kind) {
    return registry_.counter("scamsieve_outputs_published_total",
                             "Alerts, dead letters and late records handed to an output.",
                             {{"kind", kind}});
  };
  alerts_published_.counter = published("alert");
  dead_letters_published_.counter = published("dead_letter");
  late_published_.counter = published("late");
  outputs_delivered_.counter = registry_.counter("scamsieve_outputs_delivered_total",
                                                 "Outputs that are safe at their target.", {});
  roll_ups_.counter =
      registry_.counter("scamsieve_rollups_total", "Roll-ups of suppressed alerts that left.", {});
  roll_ups_waiting_ = registry_.gauge(
      "scamsieve_rollups_waiting", "Roll-ups of suppressed alerts that wait for their time.", {});
  batches_.counter = registry_.counter("scamsieve_batches_total", "Batches of records merged.", {});
  parts_waiting_ = registry_.gauge("scamsieve_message_parts_waiting",
                                   "Parts of messages that wait for others.", {});
  registry_.gauge("scamsieve_build_info", "Always 1.", {{"version", std::string(version)}}).set(1);
  registry_
      .gauge("scamsieve_start_time_seconds", "When the engine started, in seconds since the epoch.",
             {})
      .set(static_cast<double>(wall_clock_now().ms) / 1000);
}

void EngineMetrics::add_reloads() {
  for (size_t i = 0; i < kReloadOutcomeCount; ++i) {
    reloads_.emplace_back().counter = registry_.counter(
        "scamsieve_reloads_total",
        "Attempts to load rules again: accepted, unchanged, or why the rules before stay.",
        {{"result", std::string(name_of(static_cast<ReloadOutcome>(i)))}});
  }
  reload_ok_ =
      registry_.gauge("scamsieve_reload_last_ok",
                      "1: the last attempt was accepted or changed nothing; 0: rejected.", {});
  loaded_at_ = registry_.gauge("scamsieve_rules_loaded_timestamp_seconds",
                               "When the rules in force came into force.", {});
}

void EngineMetrics::update_reloads() {
  const ReloadStatus status = reloader_.status();
  for (size_t i = 0; i < kReloadOutcomeCount; ++i) {
    reloads_[i].raise_to(static_cast<double>(status.outcomes[i]));
  }
  reload_ok_.set(!status.last || status.last->ok() ? 1 : 0);
  loaded_at_.set(static_cast<double>(status.loaded_at.ms) / 1000);
}

std::string EngineMetrics::expose() {
  const std::lock_guard lock(mutex_);
  show_rules(engine_.rules());
  const Totals totals = engine_.totals();
  add_rules(*totals.names);
  update(totals);
  return registry_.expose();
}

void EngineMetrics::update(const Totals& totals) {
  for (size_t s = 0; s < sources_.size(); ++s) {
    SourceMetrics& shown = sources_[s];
    const SourceCounts& counts = totals.sources[s];
    shown.records.raise_to(static_cast<double>(counts.records));
    shown.bytes.raise_to(static_cast<double>(counts.bytes));
    shown.late.raise_to(static_cast<double>(counts.late));
    shown.texts_cut.raise_to(static_cast<double>(counts.texts_cut));
    update_messages(counts, shown);
    for (size_t i = 0; i < kOutcomeCount; ++i) {
      shown.outcomes[i].raise_to(static_cast<double>(counts.outcomes[i]));
    }
    for (size_t i = 0; i < kDecodeErrorCount; ++i) {
      shown.dead_letters[i].raise_to(static_cast<double>(counts.dead_letters[i]));
    }
    for (size_t i = 0; i < kPayloadNoteCount; ++i) {
      shown.payload_notes[i].raise_to(static_cast<double>(counts.payload_notes[i]));
    }
  }
  for (size_t r = 0; r < rules_.size(); ++r) {
    const RuleCounts& counts = totals.rules[r];
    const uint64_t hits = rules_[r].shadow ? counts.shadow_hits : counts.hits;
    rules_[r].hits.raise_to(static_cast<double>(hits));
    rules_[r].alerts.raise_to(static_cast<double>(counts.alerts));
    rules_[r].suppressed.raise_to(static_cast<double>(counts.suppressed));
  }
  for (size_t i = 0; i < excepted_.size(); ++i) {
    excepted_[i].raise_to(static_cast<double>(totals.excepted[i]));
  }
  for (size_t i = 0; i < kStageCount; ++i) {
    stages_[i].raise_to(static_cast<double>(totals.stage_ns[i]) / 1e9);
  }
  alerts_published_.raise_to(static_cast<double>(totals.alerts_published));
  roll_ups_.raise_to(static_cast<double>(totals.roll_ups));
  roll_ups_waiting_.set(static_cast<double>(totals.roll_ups_waiting));
  dead_letters_published_.raise_to(static_cast<double>(totals.dead_letters_published));
  late_published_.raise_to(static_cast<double>(totals.late_published));
  outputs_delivered_.raise_to(static_cast<double>(totals.outputs_delivered));
  batches_.raise_to(static_cast<double>(totals.batches));
  parts_waiting_.set(static_cast<double>(totals.parts_waiting));
  update_correlation(totals);
  update_snapshots();
  update_lags();
  update_reloads();
  update_lists();
  update_costs();
}

void EngineMetrics::update_lists() {
  const Date today = engine_.config().engine.zone.date_of(wall_clock_now());
  const auto lists = in_force_->lists();
  for (size_t i = 0; i < lists.size(); ++i) {
    lists_[i].expired.set(static_cast<double>(lists[i]->expired_count(today)));
  }
}

// Partitions that went away lose their series: a stale lag is worse than none.
void EngineMetrics::update_lags() {
  std::vector<MetricLabels> current;
  for (const LaneLag& lag : engine_.lags()) {
    MetricLabels labels = {{"topic", lag.topic}, {"partition", std::to_string(lag.partition)}};
    registry_.gauge(kLagName, "Records of the partition that were not read yet.", labels)
        .set(static_cast<double>(lag.unread));
    current.push_back(std::move(labels));
  }
  for (const MetricLabels& labels : lag_labels_) {
    if (std::find(current.begin(), current.end(), labels) == current.end()) {
      registry_.remove_gauge(kLagName, labels);
    }
  }
  lag_labels_ = std::move(current);
}

}  // namespace sieve
