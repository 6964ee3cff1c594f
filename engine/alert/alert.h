// An Alert is what leaves the engine: `alert.v1`, one JSON object per alert, with everything a
// person needs to see why, and masked as the privacy policy says.
//
// Thread safety: plain data. Lifetime: owns its strings, except titles and names of rules and
// lists, which belong to the RuleSet. The shape is alert/alert.schema.json and tests/golden/alert/.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/hash.h"
#include "base/time.h"
#include "rule/model.h"

namespace sieve {

enum class AlertKind : uint8_t { kContent, kWindow, kSequence, kCampaign };
std::string_view name_of(AlertKind kind);

// The name of a signal that is no pattern but a link of which a condition held.
inline constexpr std::string_view kUrlSignal = "url";

struct AlertSignal {
  std::string_view pattern;  // Its name, or kUrlSignal.
  View view = View::kWords;
  ByteSpan span;     // In the original text, bytes, whole grapheme clusters.
  std::string text;  // The original bytes of the span, after privacy; empty: withheld.
  // Of a link: the brand that it imitates, and how; empty: none that was asked about.
  std::string_view brand;
  std::string_view why;
};

// What was added to the score of a hit, and why.
struct AlertScorePart {
  double add = 0;
  std::string_view why;
};

// An entry of a list that a condition found.
struct AlertListEntry {
  std::string_view list;
  std::string value;        // As the list has it, after privacy; empty: withheld.
  std::string_view source;  // Where the entry comes from; may be empty.
};

struct AlertHit {
  std::string_view rule;  // namespace/id
  int64_t rev = 1;
  std::string_view title;
  double score = 0;
  int64_t tier = 2;
  std::vector<AlertSignal> signals;
  std::vector<AlertScorePart> score_parts;
  std::vector<AlertListEntry> lists;
};

struct AlertSource {
  std::string origin;  // Topic or file.
  int32_t partition = 0;
  int64_t offset = 0;  // Line number for files. Of a message in parts, of the part that came last.
};

struct AlertWindow {
  Timestamp begin;
  Timestamp end;
};

struct Alert {
  std::string id;
  AlertKind kind = AlertKind::kContent;
  Timestamp ts;
  std::string_view alert_class;
  RuleSeverity severity = RuleSeverity::kMedium;
  Verdict verdict = Verdict::kReview;
  double score = 0;
  std::string_view route;
  std::string_view subject_type;  // msisdn, alpha, short, unknown; or a field: cell, imei, ...
  std::string subject;            // After privacy; empty: withheld.
  std::string summary;            // After privacy.
  std::vector<AlertHit> hits;
  // Of content alerts, after privacy.
  std::vector<std::string> urls;
  std::vector<std::string> hosts;    // Canonical, of the URLs, each once.
  std::vector<std::string> handles;  // `service:contact`.
  std::vector<std::string> phones;   // E.164.
  std::vector<std::string> amounts;  // `3000 THB`.
  std::vector<std::string> crypto;   // `network:address`.
  std::vector<std::pair<std::string_view, double>> measures;
  std::string text;         // The whole text, where the policy allows it; else empty.
  std::string record_id;    // Of content alerts: the message's own id.
  int64_t parts_total = 0;  // Of a text that was joined from parts; 0: it was not.
  int64_t parts_received = 0;
  std::optional<AlertSource> source;
  std::optional<AlertWindow> window;
  std::string_view bundle;
  int fold = 0;
  Timestamp detected_at;
  int64_t late_ms = 0;
};

// hash(source topic, partition, offset): 32 hexadecimal digits.
std::string content_alert_id(const AlertSource& source);
// hash(rule, revision, key, cool-down slot).
std::string finding_alert_id(std::string_view rule, int64_t rev, uint64_t key,
                             Timestamp slot_begin);

// Appends the alert as one line of JSON without newline.
void append_json(const Alert& alert, std::string& out);

// The alert as a few lines that a person reads in a terminal, ending in a newline.
std::string render_text(const Alert& alert);

}  // namespace sieve
