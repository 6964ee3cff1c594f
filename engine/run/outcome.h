// What can become of a record, and plain counters of it. Every record that was read has exactly one
// outcome; the sum of outcomes is the number of records read (the conservation law of
// ARCHITECTURE.md).
//
// Thread safety: plain data.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

#include "evaluate/rule_set.h"
#include "record/decoder.h"
#include "run/reassembler.h"

namespace sieve {

enum class Outcome : uint8_t {
  kClean,    // A message below every verdict.
  kObserve,  // A message with that verdict; kReview and kAct likewise.
  kReview,
  kAct,
  kCounted,     // A call or report: read, and given to correlation where a rule asks for it.
  kDeadLetter,  // Not decoded; its reason is a DecodeError.
  kHeader,      // The line that names a CSV file's columns.
  kPart,        // A part of a message that another record completes, or a duplicate of one.
};
inline constexpr size_t kOutcomeCount = 8;
std::string_view name_of(Outcome outcome);

// Nanoseconds by stage, estimated: inspection from one record of each batch, correlation and
// publishing from all outputs of one batch in sixteen.
enum class Stage : uint8_t { kDecode, kFold, kEvaluate, kFacts, kAlert, kCorrelate, kPublish };
inline constexpr size_t kStageCount = 7;
std::string_view name_of(Stage stage);

// Parts of messages by what became of them. read = joined + alone + duplicate + dropped, and what
// waits.
struct PartCounts {
  uint64_t read = 0;
  uint64_t joined = 0;     // In messages that were complete.
  uint64_t alone = 0;      // In messages of which others were missing.
  uint64_t duplicate = 0;  // Were there already.
  uint64_t dropped = 0;    // Waited when their partition went: another engine reads them again.
  std::array<uint64_t, kJoinReasonCount> messages{};  // Messages made of parts.

  void add(const PartCounts& other);
};

// What was beyond a limit in messages, and so not looked at or not told.
struct LeftOut {
  uint64_t patterns = 0;  // That fired: limits::kSignalsPerMessageMax.
  uint64_t hits = 0;      // limits::kHitsPerMessageMax; their scores count.
  uint64_t entities = 0;  // Links, contacts, numbers: limits::kUrlsPerMessageMax and its like.

  void add(const LeftOut& other);
};

struct SourceCounts {
  uint64_t records = 0;
  uint64_t bytes = 0;
  uint64_t late = 0;       // Came too late for windows; each has its outcome, too.
  uint64_t texts_cut = 0;  // Messages longer than limits::kTextBytesMax: scanned up to there.
  std::array<uint64_t, kOutcomeCount> outcomes{};
  std::array<uint64_t, kDecodeErrorCount> dead_letters{};
  std::array<uint64_t, kPayloadNoteCount> payload_notes{};
  PartCounts parts;
  LeftOut left_out;

  void add(const SourceCounts& other);
  void add(PayloadNotes notes);
};

struct RuleCounts {
  uint64_t hits = 0;         // Times the rule was true.
  uint64_t shadow_hits = 0;  // The same in shadow mode.
  uint64_t alerts = 0;       // Alerts in which it was the primary rule, without roll-ups.
  uint64_t suppressed = 0;   // Such alerts that did not leave: they are in roll-ups.
};

// Which counter a hit moves.
enum class RuleCount : uint8_t { kHit, kShadowHit, kAlert, kSuppressed };

struct RuleCountEvent {
  RuleIndex rule;
  RuleCount count = RuleCount::kHit;
};

// What one batch adds to the totals.
struct BatchCounts {
  SourceCounts source;
  std::array<uint64_t, kStageCount> stage_ns{};
  std::vector<RuleCountEvent> rules;
  std::vector<uint32_t> excepted;  // In RuleSet::exceptions(): each time one held.

  void clear();
};

}  // namespace sieve
