#include "rule/schema_keys.h"

#include <algorithm>
#include <array>

#include "base/limits.h"
#include "rule/model.h"
#include "rule/names.h"

namespace sieve {
namespace {

using enum RuleMap;
using enum KeyNeed;

constexpr auto kMaps = std::to_array<RuleMap>(
    {kFile,          kRule,        kPattern, kException, kScorePart,   kWindow,      kSequence,
     kStep,          kCampaign,    kAlert,   kTest,      kGiven,       kExpectation, kExpectedLink,
     kTimelineEntry, kFinding,     kList,    kListEntry, kListColumns, kBrand,       kFilter,
     kOverride,      kRequirement, kFit,     kEquivalent});
constexpr auto kMapNames = std::to_array<std::string_view>(
    {"file",    "rule",     "pattern",     "exception",     "score_part",
     "window",  "sequence", "step",        "campaign",      "alert",
     "test",    "given",    "expectation", "expected_link", "timeline_entry",
     "finding", "list",     "list_entry",  "list_columns",  "brand",
     "filter",  "override", "requirement", "fit",           "equivalent"});
static_assert(kMaps.size() == kMapNames.size());

constexpr std::array<std::string_view, 4> kViewNames = {"raw", "text", "words", "squeezed"};
constexpr std::array<std::string_view, 4> kListTypes = {"text", "domain", "number", "sender"};
constexpr std::array<std::string_view, 4> kListFormats = {"plain", "hosts", "csv", "jsonl"};
constexpr std::array<std::string_view, 2> kOnBadNames = {"error", "skip"};
constexpr std::array<std::string_view, 2> kListMatches = {"exact", "subdomain"};
constexpr std::array<std::string_view, 3> kOnEmptyNames = {"error", "keep_previous", "allow"};
constexpr std::array<std::string_view, 5> kLookAlikeNames = {"homoglyph", "edit1", "combo", "tld",
                                                             "subdomain"};
constexpr std::array<std::string_view, 3> kExpansionNames = {"leet", "thai", "diacritics"};

constexpr ValueShape kText{ValueKind::kText, 0, 0, {}, {}};
constexpr ValueShape kTexts{ValueKind::kTexts, 0, 0, {}, {}};
constexpr ValueShape kIdentifier{ValueKind::kIdentifier, 0, 0, {}, {}};
constexpr ValueShape kFlag{ValueKind::kFlag, 0, 0, {}, {}};
constexpr ValueShape kDuration{ValueKind::kDuration, 0, 0, {}, {}};
constexpr ValueShape kExpression{ValueKind::kExpression, 0, 0, {}, {}};
constexpr ValueShape kNamedTexts{ValueKind::kNamedTexts, 0, 0, {}, {}};
constexpr ValueShape kPairs{ValueKind::kPairs, 0, 0, {}, {}};
constexpr ValueShape kRows{ValueKind::kRows, 0, 0, {}, {}};
constexpr ValueShape kRecord{ValueKind::kRecord, 0, 0, {}, {}};

constexpr ValueShape whole(double min, double max) {
  return {ValueKind::kInteger, min, max, {}, {}};
}
constexpr ValueShape number(double min, double max) {
  return {ValueKind::kNumber, min, max, {}, {}};
}
constexpr ValueShape choice(std::span<const std::string_view> names) {
  return {ValueKind::kChoice, 0, 0, names, {}};
}
constexpr ValueShape choices(std::span<const std::string_view> names) {
  return {ValueKind::kChoices, 0, 0, names, {}};
}
constexpr ValueShape of(ValueKind kind, RuleMap map) { return {kind, 0, 0, {}, map}; }

// Within a map, keys stand in the order in which `rules fmt` writes them.
constexpr auto kKeys = std::to_array<KeyInfo>({
    {kFile, "format", kRequired, whole(1, 1), "1"},
    {kFile, "namespace", kRequired, kIdentifier,
     "with the id it names the rule: namespace/id; at most 64 characters"},
    {kFile, "requires", kOptional, of(ValueKind::kMap, kRequirement),
     "what the rules of this file need"},
    {kFile, "expand", kOptional, choices(kExpansionNames),
     "ways of writing that all `words` of the file are expanded by, unless they say so themselves"},
    {kFile, "lists", kAnyOf, of(ValueKind::kNamedMaps, kList),
     "values to look up, by name; known to all files of the set"},
    {kFile, "brands", kAnyOf, of(ValueKind::kNamedMaps, kBrand),
     "whose hosts are imitated, by name; known to all files of the set"},
    {kFile, "macros", kAnyOf, kNamedTexts, "expressions, by name; known to all files of the set"},
    {kFile, "filters", kAnyOf, of(ValueKind::kMaps, kFilter),
     "under which rules do not hit, of all files of the set"},
    {kFile, "overrides", kAnyOf, of(ValueKind::kMaps, kOverride),
     "what changes of rules that stand elsewhere"},
    {kFile, "rules", kAnyOf, of(ValueKind::kMaps, kRule), "the rules of this file"},

    {kRule, "id", kRequired, kIdentifier, "unique in its namespace; never reuse one"},
    {kRule, "rev", kOptional, whole(1, 1e9),
     "raise it when the rule changes; part of a finding's alert id; 1"},
    {kRule, "emit", kOptional, kFlag,
     "false: a helper, for other rules to refer to, rule(ID), which never hits itself; true"},
    {kRule, "title", kRequired, kText, "what the rule finds, for the people who read alerts"},
    {kRule, "class", kUnlessHelper, kIdentifier, "class of the alert: gambling, bank, parcel, ..."},
    {kRule, "group", kOptional, kIdentifier, "scores of one group have a common cap"},
    {kRule, "route", kOptional, kIdentifier, "the output of that name gets the alerts"},
    {kRule, "status", kOptional, choice(kStatusNames),
     "for people; stable must have both kinds of tests; experimental"},
    {kRule, "mode", kOptional, choice(kModeNames), "shadow: counted, never published; alert"},
    {kRule, "tier", kOptional, whole(1, 4),
     "which verdicts the rule may cause: 1 (precise) to 4 (noisy); 2"},
    {kRule, "severity", kOptional, choice(kSeverityNames), "of the alert; orders hits; medium"},
    {kRule, "score", kUnlessHelper, number(0, kScoreMax), "what it adds to the score of a message"},
    {kRule, "score_if", kOptional, of(ValueKind::kMaps, kScorePart),
     "what is added to it where more holds; of a rule without a window"},
    {kRule, "fit", kOptional, of(ValueKind::kMap, kFit),
     "how far `rules fit` may move the score; of a rule without a window"},
    {kRule, "author", kOptional, kText, "for people"},
    {kRule, "tags", kOptional, kTexts, "language, theme and the like, for people"},
    {kRule, "references", kOptional, kTexts, "where it is published, for people"},
    {kRule, "false_positives", kOptional, kTexts, "what it is known to be wrong about, for people"},
    {kRule, "created", kOptional, kText, "the day, as 2026-01-05"},
    {kRule, "modified", kOptional, kText, "the day of the last change"},
    {kRule, "expires", kOptional, kText, "the last day of the rule: then it is inactive"},
    {kRule, "metadata", kOptional, kNamedTexts, "further texts by name, for people"},
    {kRule, "on", kOptional, choice(kRecordNames),
     "kind of records; calls and reports need a window; of a sequence, its steps say it; message"},
    {kRule, "patterns", kOptional, of(ValueKind::kNamedMaps, kPattern),
     "what to search for, by name; of a rule on messages or a campaign"},
    {kRule, "where", kOptional, kExpression,
     "with a window or campaign: which records count; all of them"},
    {kRule, "window", kOptional, of(ValueKind::kMap, kWindow), "makes it a rule that counts"},
    {kRule, "campaign", kOptional, of(ValueKind::kMap, kCampaign),
     "makes it a rule on messages that are alike"},
    {kRule, "sequence", kOneOf, of(ValueKind::kMap, kSequence),
     "makes it a rule on records that follow one another; in the place of a condition"},
    {kRule, "measure", kOptional, kNamedTexts,
     "with a window or campaign, by name: count(), distinct(field) or ratio(condition)"},
    {kRule, "condition", kOneOf, kExpression,
     "over patterns and fields; with a window or campaign: over measures"},
    {kRule, "exceptions", kOptional, of(ValueKind::kMaps, kException),
     "where the rule does not hit although it is true; of a window: what does not count"},
    {kRule, "alert", kOptional, of(ValueKind::kMap, kAlert), "what the alert says"},
    {kRule, "tests", kOptional, of(ValueKind::kMaps, kTest), "at most 200"},
    {kRule, "equivalent_mutants", kOptional, of(ValueKind::kMaps, kEquivalent),
     "changes of the rule that no test can notice, for `rules test --mutate`"},

    {kPattern, "words", kOneOf, kTexts, "phrases at word boundaries; fires when any occurs"},
    {kPattern, "lit", kOneOf, kTexts, "texts, found anywhere; fires when any occurs"},
    {kPattern, "re", kOneOf, kTexts, "regular expressions (RE2); fires when any matches"},
    {kPattern, "view", kOptional, choice(kViewNames),
     "what is searched: words for `words`, else text"},
    {kPattern, "not_in", kOptional, kTexts,
     "of `words`: longer words, each with one of the phrases in it, that do not count"},
    {kPattern, "expand", kOptional, choices(kExpansionNames),
     "of `words`: fires for other ways of writing them, too; as the file says"},

    {kException, "name", kRequired, kText, "tests and metrics name it exception:NAME"},
    {kException, "reason", kRequired, kText, "why, for people"},
    {kException, "expires", kOptional, kText,
     "the last day on which it holds: 2027-06-30; or never"},
    {kException, "when", kOptional, kExpression, "over fields and, of a message rule, patterns"},
    {kException, "fields", kOptional, kTexts, "what `values` are of; `when` in their place"},
    {kException, "comparison", kOptional, kTexts,
     "of each field: exact, list (the value names one) or subdomain; exact"},
    {kException, "values", kOptional, kRows, "rows of values, one for each field"},
    {kException, "country", kOptional, kText, "whose national numbers are read, such as TH"},

    {kFit, "min", kOptional, number(0, kScoreMax), "the lowest score that it may propose; 0"},
    {kFit, "max", kOptional, number(0, kScoreMax), "the highest; 100"},

    {kScorePart, "when", kRequired, kExpression, "over patterns and fields"},
    {kScorePart, "add", kRequired, number(-kScoreMax, kScoreMax), "to the score; not 0"},
    {kScorePart, "why", kRequired, kText, "what the alert says of it"},

    {kWindow, "by", kRequired, kTexts, "the key: one to three text fields"},
    {kWindow, "over", kRequired, kDuration, "length, in event time: 1s to 31d"},
    {kWindow, "late", kOptional, kDuration, "how far out of order records may come; 1m"},
    {kWindow, "max_keys", kOptional, whole(1, 1e8),
     "for each of the four partitions of keys; 1,000,000"},

    {kSequence, "by", kRequired, kText, "what its entity is called, such as subscriber"},
    {kSequence, "steps", kRequired, of(ValueKind::kNamedMaps, kStep),
     "2 to 8 kinds of records, by name"},
    {kSequence, "relate", kRequired, kExpression, "how the times of steps stand to one another"},
    {kSequence, "absent", kOptional, kTexts, "steps that must not occur in that relation"},
    {kSequence, "hold", kRequired, kDuration, "how long a record waits for others: 1s to 31d"},

    {kStep, "on", kRequired, choice(kRecordNames), "kind of records"},
    {kStep, "entity", kRequired, kNamedTexts, "the field that holds what `by` names"},
    {kStep, "patterns", kOptional, of(ValueKind::kNamedMaps, kPattern),
     "what to search for, by name; of a step on messages"},
    {kStep, "where", kOptional, kExpression,
     "over the fields and patterns of this step, and history: which records count; all of them"},

    {kCampaign, "by", kRequired, choice(kCampaignByNames), "what its messages have in common"},
    {kCampaign, "similarity", kOptional, number(0.5, 1),
     "of `by: text`: how much of two texts must agree; 0.8"},
    {kCampaign, "over", kRequired, kDuration, "length, in event time: 1s to 31d"},
    {kCampaign, "late", kOptional, kDuration, "how far out of order records may come; 1m"},
    {kCampaign, "max_keys", kOptional, whole(1, 1e8),
     "for each of the four partitions of keys; 1,000,000"},

    {kAlert, "summary", kOptional, kText,
     "text with {field}, {url.field}, {pattern.group}, {measure} or {step.field}"},
    {kAlert, "suppress", kOptional, kDuration,
     "1s to 31d; default: none, of a window `over`, of a sequence `hold`"},
    {kAlert, "key", kOptional, kTexts,
     "rule, text fields, url.host, url.domain: what alerts are told apart by"},
    {kAlert, "rollup", kOptional, kDuration, "of a message rule: 1s to 31d; default: `suppress`"},
    {kAlert, "redact", kOptional, kTexts,
     "patterns and fields whose text is kept out of alerts, whatever the privacy"},

    {kTest, "name", kRequired, kText, "what the test shows"},
    {kTest, "event", kOptional, kRecord, "the message, of a rule on messages"},
    {kTest, "given", kOptional, of(ValueKind::kMap, kGiven), "of a sequence: what was before"},
    {kTest, "timeline", kOptional, of(ValueKind::kMaps, kTimelineEntry),
     "the records, of a rule with a window, sequence or campaign"},
    {kTest, "expect", kRequired, of(ValueKind::kExpectations, kExpectation),
     "with a timeline: the findings in order, [] for none"},
    {kTest, "because", kOptional, kText, "with a window: the exception:NAME that holds"},

    {kGiven, "known_pairs", kAnyOf, kPairs, "who was in contact: [[S1, Z]]"},
    {kGiven, "seen", kAnyOf, kTexts, "values for which first_seen() is false: [S1, Z]"},

    {kExpectation, "match", kRequired, kFlag, "whether the rule is true for the message"},
    {kExpectation, "score", kOptional, number(0, kScoreMax), "after the cap"},
    {kExpectation, "patterns", kOptional, kTexts, "exactly those that fire"},
    {kExpectation, "url", kOptional, of(ValueKind::kMap, kExpectedLink),
     "what one of the links that the alert shows must be"},
    {kExpectation, "because", kOptional, kText,
     "of no match: the exception:NAME or filter:NAME that keeps the rule from hitting"},

    {kExpectedLink, "brand", kOptional, kText, "the brand that it imitates"},
    {kExpectedLink, "why", kOptional, choice(kLookAlikeNames), "how it does"},

    {kTimelineEntry, "at", kRequired, kDuration, "since the start, which is 2026-01-05 08:00 UTC"},
    {kTimelineEntry, "repeat", kOptional, whole(1, 1e5), "that many records; 1"},
    {kTimelineEntry, "every", kOptional, kDuration, "so far apart"},
    {kTimelineEntry, "message", kOneOf, kRecord, "{n} in a value is the number of the record"},
    {kTimelineEntry, "call", kOneOf, kRecord, "{n} in a value is the number of the record"},
    {kTimelineEntry, "report", kOneOf, kRecord, "{n} in a value is the number of the record"},

    {kFinding, "at", kRequired, kDuration, "time of the record that made it true"},
    {kFinding, "key", kOptional, kTexts, "the values of `by`, in order"},

    {kEquivalent, "mutant", kRequired, kText, "as `rules test --mutate` names it"},
    {kEquivalent, "because", kRequired, kText, "why no test can tell it from the rule"},

    {kList, "type", kRequired, choice(kListTypes), "what its entries are"},
    {kList, "match", kOptional, choice(kListMatches),
     "of hosts; subdomain: an entry stands for all hosts below it, too; exact"},
    {kList, "country", kOptional, kText, "whose national numbers are read, such as TH"},
    {kList, "on_empty", kOptional, choice(kOnEmptyNames),
     "keep_previous: the entries of the running set stay; error"},
    {kList, "max_entries", kOptional, whole(1, limits::kListEntriesMax), "more are an error"},
    {kList, "file", kOneOf, kText, "where the entries are, one a line"},
    {kList, "format", kOptional, choice(kListFormats), "how the file is written; plain"},
    {kList, "columns", kOptional, of(ValueKind::kMap, kListColumns),
     "which columns of a CSV file or JSON lines hold what"},
    {kList, "on_bad", kOptional, choice(kOnBadNames),
     "skip: bad entries of the file are left out, and told; error"},
    {kList, "source", kOptional, kText, "of entries that name none"},
    {kList, "items", kOneOf, of(ValueKind::kTextsOrMaps, kListEntry), "the entries"},

    {kListColumns, "value", kOptional, kText, "the column of the entries; value"},
    {kListColumns, "expires", kOptional, kText, "of the last day on which they count; expires"},
    {kListColumns, "source", kOptional, kText, "of where they come from; source"},

    {kListEntry, "value", kRequired, kText, "what is looked up"},
    {kListEntry, "expires", kOptional, kText, "the last day on which it counts: 2027-06-30"},
    {kListEntry, "source", kOptional, kText, "where it comes from, for people"},

    {kBrand, "official", kRequired, kTexts, "its hosts; they and what is below them are genuine"},
    {kBrand, "aliases", kOptional, kTexts, "other ways to write its name"},

    {kFilter, "name", kRequired, kText, "tests and metrics name it filter:NAME"},
    {kFilter, "reason", kRequired, kText, "why, for people"},
    {kFilter, "expires", kOptional, kText, "the last day on which it holds: 2027-06-30; or never"},
    {kFilter, "rules", kRequired, kTexts, "which rules: namespace/id, tag:NAME or class:NAME"},
    {kFilter, "when", kRequired, kExpression, "over fields, links and macros"},

    {kOverride, "rule", kRequired, kText, "the rule: namespace/id"},
    {kOverride, "reason", kOptional, kText, "why, for people"},
    {kOverride, "group", kOptional, kIdentifier, "in the place of the rule's own"},
    {kOverride, "route", kOptional, kIdentifier, "in the place of the rule's own"},
    {kOverride, "status", kOptional, choice(kStatusNames), "in the place of the rule's own"},
    {kOverride, "mode", kOptional, choice(kModeNames), "in the place of the rule's own"},
    {kOverride, "tier", kOptional, whole(1, 4), "in the place of the rule's own"},
    {kOverride, "severity", kOptional, choice(kSeverityNames), "in the place of the rule's own"},
    {kOverride, "score", kOptional, number(0, kScoreMax), "in the place of the rule's own"},
    {kOverride, "exceptions", kOptional, of(ValueKind::kMaps, kException),
     "behind those of the rule"},

    {kRequirement, "engine", kOptional, kText, "the oldest engine that will do: \">=1.2\""},
    {kRequirement, "fields", kOptional, kTexts, "without one of them the rules are inactive"},
});

}  // namespace

std::string_view name_of(RuleMap map) { return kMapNames[static_cast<size_t>(map)]; }

std::span<const RuleMap> all_rule_maps() { return kMaps; }

std::span<const KeyInfo> all_keys() { return kKeys; }

size_t rule_key_rank(std::string_view key) {
  const auto found = std::find_if(kKeys.begin(), kKeys.end(), [key](const KeyInfo& info) {
    return info.map == kRule && info.key == key;
  });
  return static_cast<size_t>(found - kKeys.begin());
}

}  // namespace sieve
