#include "run/outcome.h"

namespace sieve {

std::string_view name_of(Outcome outcome) {
  constexpr std::array<std::string_view, kOutcomeCount> kNames = {
      "clean", "observe", "review", "act", "counted", "dead_letter", "header", "part"};
  return kNames[static_cast<size_t>(outcome)];
}

std::string_view name_of(Stage stage) {
  constexpr std::array<std::string_view, kStageCount> kNames = {
      "decode", "fold", "evaluate", "facts", "alert", "correlate", "publish"};
  return kNames[static_cast<size_t>(stage)];
}

void PartCounts::add(const PartCounts& other) {
  read += other.read;
  joined += other.joined;
  alone += other.alone;
  duplicate += other.duplicate;
  dropped += other.dropped;
  for (size_t i = 0; i < kJoinReasonCount; ++i) messages[i] += other.messages[i];
}

void LeftOut::add(const LeftOut& other) {
  patterns += other.patterns;
  hits += other.hits;
  entities += other.entities;
}

void SourceCounts::add(const SourceCounts& other) {
  records += other.records;
  bytes += other.bytes;
  late += other.late;
  texts_cut += other.texts_cut;
  for (size_t i = 0; i < kOutcomeCount; ++i) outcomes[i] += other.outcomes[i];
  for (size_t i = 0; i < kDecodeErrorCount; ++i) dead_letters[i] += other.dead_letters[i];
  for (size_t i = 0; i < kPayloadNoteCount; ++i) payload_notes[i] += other.payload_notes[i];
  parts.add(other.parts);
  left_out.add(other.left_out);
}

void SourceCounts::add(PayloadNotes notes) {
  for (size_t i = 0; i < kPayloadNoteCount; ++i) {
    payload_notes[i] += notes.has(static_cast<PayloadNote>(i));
  }
}

void BatchCounts::clear() {
  source = {};
  stage_ns = {};
  rules.clear();
  excepted.clear();
}

}  // namespace sieve
