#include "run/timeline_player.h"

#include <fmt/format.h>

#include "run/message_files.h"

namespace sieve {

TimelinePlayer::TimelinePlayer(std::shared_ptr<const RuleSet> rules,
                               const std::string& default_country, FieldContext context)
    : mappings_{native_mapping(RecordKind::kMessage, default_country),
                native_mapping(RecordKind::kCall, default_country),
                native_mapping(RecordKind::kReport, default_country)},
      evaluator_(rules, std::move(context)),
      plan_(std::make_shared<FactPlan>(std::move(rules))),
      fact_builder_(plan_, evaluator_.context(), &evaluator_.reader()) {
  for (const Mapping& mapping : mappings_) decoders_.emplace_back(mapping);
  evaluator_.set_default_plan(find_plan(default_country));
  evaluator_.try_helpers();
}

std::string TimelinePlayer::decode(const TimelineRecord& timed) {
  arena_.reset();
  Decoder& decoder = decoders_[static_cast<size_t>(timed.kind)];
  const DecodeFailure failure = decoder.decode(timed.bytes(), arena_, record_);
  if (failure.error != DecodeError::kNone) {
    return fmt::format("  {}\n  {}", describe_undecoded(timed.kind, failure), timed.bytes());
  }
  if (timed.joined) {
    record_.message.text = timed.joined->text;
    record_.message.text_cut = timed.joined->text_cut;
    record_.message.parts_received = timed.joined->parts_received;
    record_.message.incomplete = timed.joined->incomplete;
  }
  return {};
}

std::string TimelinePlayer::play(std::span<const TimelineRecord> records, TimelineWatcher* watcher,
                                 std::vector<Finding>& findings) {
  WindowWatcher watch;
  if (watcher != nullptr) {
    watch = [watcher](const JudgedWindow& window) { watcher->on_window(window); };
  }
  Correlator correlator(plan_, watch);
  std::string block;
  excepted_.clear();
  for (size_t i = 0; i < records.size(); ++i) {
    std::string problem = decode(records[i]);
    if (!problem.empty()) return problem;
    if (record_.kind == RecordKind::kMessage) {
      evaluator_.evaluate(record_, folder_.fold(record_.message.text));
    }
    const std::vector<Fact>& facts = fact_builder_.build(record_);
    excepted_.insert(excepted_.end(), fact_builder_.excepted().begin(),
                     fact_builder_.excepted().end());
    if (watcher != nullptr) watcher->on_record(i, record_, fact_builder_, facts);
    if (facts.empty()) continue;
    block.clear();
    FactBlockWriter writer(block);
    writer.begin(static_cast<int64_t>(i), call_id_of(record_));
    for (const Fact& fact : facts) writer.add(fact);
    writer.end();
    correlator.apply({}, block, findings);
  }
  return {};
}

}  // namespace sieve
