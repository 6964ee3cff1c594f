// The rule model: what a rule file says, after parsing and before compiling. Everything keeps its
// place in the file, so that later stages can explain problems where the author made them.
//
// Thread safety: plain data. The reference for authors is rules/README.md.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "base/diagnostic.h"
#include "base/time.h"
#include "record/fields.h"
#include "rule/exception_def.h"
#include "rule/expansion.h"
#include "rule/expression.h"
#include "rule/look_alike_kinds.h"
#include "rule/url_fields.h"
#include "text/fold.h"

namespace sieve {

enum class RuleStatus : uint8_t { kExperimental, kTest, kStable, kDeprecated };
enum class RuleMode : uint8_t { kAlert, kShadow };
enum class RuleSeverity : uint8_t { kInfo, kLow, kMedium, kHigh, kCritical };
std::string_view name_of(RuleStatus status);
std::string_view name_of(RuleMode mode);
std::string_view name_of(RuleSeverity severity);

// What a rule is about: one message, records counted by a key, records of one entity that follow
// one another, messages that are alike.
enum class RuleKind : uint8_t { kMessage, kWindow, kSequence, kCampaign };
std::string_view name_of(RuleKind kind);

// words: phrases in the words view; lit: a string in its view; re: a regular expression (RE2
// syntax).
enum class PatternKind : uint8_t { kWords, kLiteral, kRegex };
std::string_view name_of(PatternKind kind);

struct Phrase {
  std::string text;    // As written.
  std::string folded;  // What is searched: folded by the engine's own code; of a regex, as written.
  SourceSpan span;
};

// A named pattern of a rule: fires when any of its phrases occurs.
struct PatternDef {
  std::string name;
  PatternKind kind = PatternKind::kWords;
  View view = View::kWords;
  std::vector<Phrase> phrases;
  Expansions expansions;       // Of kWords.
  std::vector<Phrase> not_in;  // Of kWords: longer words that do not count.
  SourceSpan span;
};

// A named group of a regular expression of the pattern `pattern`: what it captures is a value.
struct CaptureDef {
  std::string name;  // As conditions and summaries write it: `pay.sum`.
  std::string group;
  uint32_t pattern = 0;
  bool may_be_unset = false;  // The pattern can fire without it.
  SourceSpan span;            // Of the group's name, where it stands first.
};

enum class MeasureKind : uint8_t {
  kCount,
  kDistinct,
  kRatio,
  kSum,
  kMean,
  kMin,
  kMax,
  kSpread,       // kMax less kMin.
  kActiveHours,  // Hours of the day, of 24, that have records.
  kHourEntropy,  // How evenly records are spread over them: 0 (one hour) to 1 (all alike).
  kSinceFirst,   // From the first record of the window to its last.
  kSinceLast,    // From the record before to the last.
  kSeen          // 1 when the record's value was in the window before it.
};

// Of `distinct`, unless it says otherwise.
inline constexpr double kDistinctErrorDefault = 0.05;

// `targets: distinct(call.to)`, `few: distinct(call.to, error=0.02)`, `share: ratio(call.answered
// == false)`, `calls: count()`.
struct MeasureDef {
  std::string name;
  MeasureKind kind = MeasureKind::kCount;
  FieldId field;                         // Where takes_field() says so.
  double error = kDistinctErrorDefault;  // Of kDistinct: the standard error, where it is not exact.
  Expression predicate;                  // Which of the counted records are measured; empty: all.
  SourceSpan span;

  bool takes_field() const;
  // Its value is a time span, in milliseconds.
  bool is_duration() const;
};

// As people read it: `12`, `0.25`, `4m10s`.
std::string format_measure(const MeasureDef& measure, double value);

// How far what is counted reaches.
struct WindowSpan {
  Duration over;  // Sliding, event time.
  Duration late;  // A record older than its key's newest by more than over + late is dropped.
  uint64_t keys_max = 0;  // Per facts partition; at the cap the stalest key goes.
};

struct WindowDef : WindowSpan {
  std::vector<FieldId> by;  // One to three string fields.
  SourceSpan span;
};

// One kind of record that a sequence is made of.
struct StepDef {
  std::string name;
  RecordKind on = RecordKind::kMessage;
  FieldId entity;                    // Holds the entity that the sequence is by.
  std::vector<PatternDef> patterns;  // Of kMessage.
  std::vector<CaptureDef> captures;  // Of them.
  Expression where;        // Over fields, patterns, captures and history; empty: every record.
  bool is_absent = false;  // No such record may stand in the relation.
  SourceSpan span;
};

// Records of one entity whose times stand in a relation, whichever comes first.
struct SequenceDef {
  std::string by;  // What the entity is called, such as `subscriber`.
  std::vector<StepDef> steps;
  Expression relate;  // Over the times of steps.
  Duration hold;      // How long a record waits for those of other steps.
  SourceSpan span;
};

// What messages of one campaign have in common.
enum class CampaignBy : uint8_t {
  kText,    // Nearly the same text.
  kHost,    // The host of a link.
  kHandle,  // The name at a contact service.
  kNumber,  // A telephone number in the text.
};
std::string_view name_of(CampaignBy by);

struct CampaignDef : WindowSpan {
  CampaignBy by = CampaignBy::kText;
  double similarity = 0;  // Of kText: from which share of common parts on texts are alike.
  SourceSpan span;
};

// Slots of summaries: whom the link imitates, and how.
inline constexpr std::string_view kImitatedBrandSlot = "url.lookalike.brand";
inline constexpr std::string_view kImitationKindSlot = "url.lookalike.why";

// A name of a link in a summary or key.
struct LinkSlot {
  std::string name;
  SourceSpan span;
  bool in_key = false;
};

// What the alerts of a message rule are told apart by: with kRule, those of other rules too.
struct AlertKeyPart {
  enum class Kind : uint8_t { kRule, kField, kLink };
  Kind kind = Kind::kRule;
  FieldId field;   // Of kField: a text field of messages.
  UrlFieldId url;  // Of kLink: of the link that a summary names.
};

struct AlertDef {
  std::vector<AlertKeyPart> key;          // Of a message rule; of others it is what they are by.
  std::optional<Duration> rollup;         // Of a message rule; default: `suppress`.
  std::vector<uint32_t> redact_patterns;  // By index: what they match is kept out of alerts.
  std::vector<FieldId> redact_fields;     // The same of fields.
  std::vector<std::string> redact_slots;  // The same of fields of a sequence's steps.
  std::string summary;                    // Text with {field}, {measure} and {url.field} slots.
  std::vector<LinkSlot> link_slots;       // Of a message rule: those of its summary and key.
  std::optional<Duration> suppress;       // Cool-down; of findings the slot of their ids.
  SourceSpan span;
};

// One record of a test, as `path: value` pairs in the record's own field names.
struct TestField {
  std::string path;   // `from`, `to`, `text`, `duration`, `cell.id`, ...
  std::string value;  // `{n}` is the repetition, from 1.
  bool quoted = false;
  SourceSpan span;
};

struct TestEvent {
  RecordKind kind = RecordKind::kMessage;
  Duration at;                    // Since the start of the test.
  std::optional<Duration> start;  // Of a call in a sequence: when it began; `at` its record came.
  int64_t repeat = 1;             // That many records, `every` apart.
  Duration every;
  std::vector<TestField> fields;
  SourceSpan span;
};

struct ExpectedFinding {
  Duration at;
  std::vector<std::string> key;
  std::vector<std::pair<std::string, double>> measures;
  SourceSpan span;
};

// Message rules: one event and match | no match. Other rules: a timeline and the findings, in
// order; an empty list asserts silence.
struct RuleTest {
  std::string name;
  std::vector<std::pair<std::string, std::string>> known_pairs;  // Who knew whom before it.
  std::vector<std::string> seen;  // Values that were there before it.
  std::vector<TestEvent> events;
  std::optional<bool> match;
  std::optional<double> score;
  std::vector<std::string> patterns;  // Exactly the patterns that must fire; empty: not asserted.
  // Whom one of the links shown must imitate, and how: `url: { brand: b, why: homoglyph }`.
  std::optional<uint32_t> brand;  // Definitions::brands.
  std::optional<LookAlikeKind> why;
  std::vector<ExpectedFinding> findings;
  // The exception that must keep the rule from hitting, or a window from counting; empty: none.
  std::string because;
  SourceSpan because_span;
  SourceSpan span;
};

// What is added to the score of a rule that hits, where `when` holds.
struct ScorePart {
  Expression when;
  double add = 0;
  std::string why;
};

// What the author says of a mutant (mutants.h) that no test can tell from the rule.
struct EquivalentMutant {
  std::string name;  // Mutant::name, however it is spaced.
  std::string because;
  SourceSpan span;  // Of the name.
};

// The most that a rule may score.
inline constexpr double kScoreMax = 100;

// The scores that `rules fit` may propose.
struct FitBounds {
  double min = 0;
  double max = kScoreMax;
};

// Where an override changed a rule.
struct OverrideNote {
  std::string file;
  SourceSpan span;
  std::vector<std::string> keys;
};

struct Rule {
  std::string space;  // The file's namespace.
  std::string id;
  int64_t rev = 1;
  std::string title;
  std::string rule_class;  // `class:` gambling, task, recruitment, bank, ... (see rules/README.md).
  std::string group;       // Scores of one group have a common cap; empty: none.
  std::string route;       // Empty: the default alerts topic.
  RuleStatus status = RuleStatus::kExperimental;
  RuleMode mode = RuleMode::kAlert;
  RuleSeverity severity = RuleSeverity::kMedium;
  int64_t tier = 2;  // 1 = precise .. 4 = noisy.
  double score = 0;
  bool emit = true;  // False: a helper, which other rules refer to and which never hits itself.
  SourceSpan emit_span;
  SourceSpan score_span;  // In the rule's file, whatever an override says.
  std::optional<FitBounds> fit;
  std::vector<std::string> tags;
  SourceSpan tags_span;
  std::vector<std::string> references;
  std::vector<std::string> false_positives;  // What it is known to be wrong about.
  std::string author;
  std::optional<Date> created;
  std::optional<Date> modified;
  Date last_day = kNoLastDay;  // After it the rule is inactive.
  std::vector<std::pair<std::string, std::string>> metadata;
  RecordKind on = RecordKind::kMessage;
  std::vector<PatternDef> patterns;
  std::vector<CaptureDef> captures;
  Expression where;  // Window and campaign rules: which records count.
  std::optional<WindowDef> window;
  std::optional<SequenceDef> sequence;
  std::optional<CampaignDef> campaign;
  std::vector<MeasureDef> measures;
  Expression condition;                  // Sequence rules have none.
  std::vector<ExceptionDef> exceptions;  // Of a window: records they hold for do not count.
  std::vector<FieldId> required_fields;  // Of its file: without one of them it is inactive.
  std::vector<ScorePart> score_parts;
  AlertDef alert;
  std::vector<RuleTest> tests;
  std::vector<EquivalentMutant> equivalent_mutants;
  std::vector<OverrideNote> overrides;
  std::string file;
  SourceSpan span;
  SourceSpan id_span;

  std::string full_id() const { return space + "/" + id; }
  bool is_window() const { return window.has_value(); }
  RuleKind kind() const {
    if (sequence) return RuleKind::kSequence;
    if (campaign) return RuleKind::kCampaign;
    return is_window() ? RuleKind::kWindow : RuleKind::kMessage;
  }
};

struct RuleFile {
  std::string file;
  std::string space;
  std::vector<Rule> rules;
};

enum class Verdict : uint8_t { kClean, kObserve, kReview, kAct };
std::string_view name_of(Verdict verdict);

// How scores become verdicts (thresholds.yaml): the score from which each verdict holds, and the
// tiers that may cause it at most. `act` also needs a hit of a rule with tier <= act_tier_max.
struct Thresholds {
  double observe = 0.5;
  double review = 3.0;
  double act = 6.0;
  int64_t act_tier_max = 1;
  int64_t review_tier_max = 3;
  std::map<std::string, double> group_caps;
  // The share of legitimate messages that may alert, in per cent: what `eval` and `rules fit` judge
  // by.
  std::optional<double> false_positive_budget;
  std::vector<std::string> tags;  // That rules may have; `lang.*` is all that begin so. Empty: any.
};

}  // namespace sieve
