// Every key of a rule file, in the order in which it is written: what `rules schema` tells editors,
// and how `rules fmt` orders a rule. A test compares it with what the parser asks for.
//
// Thread safety: immutable.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>

namespace sieve {

// The maps a rule file is made of.
enum class RuleMap : uint8_t {
  kFile,
  kRule,
  kPattern,
  kException,
  kScorePart,
  kWindow,
  kSequence,
  kStep,
  kCampaign,
  kAlert,
  kTest,
  kGiven,          // Of a test of a sequence.
  kExpectation,    // Of a message test.
  kExpectedLink,   // Of an expectation: `url`.
  kTimelineEntry,  // Of another test.
  kFinding,        // Expected of another test; has measures by their names, too.
  kList,
  kListEntry,
  kListColumns,
  kBrand,
  kFilter,
  kOverride,
  kRequirement,
  kFit,
  kEquivalent  // An equivalent mutant.
};

// As definitions of the schema are called.
std::string_view name_of(RuleMap map);
std::span<const RuleMap> all_rule_maps();

enum class ValueKind : uint8_t {
  kText,
  kTexts,       // A text, or a list of them.
  kIdentifier,  // Letters, digits, `-_.`
  kInteger,     // From `min` to `max`.
  kNumber,      // The same.
  kFlag,
  kChoice,   // One of `choices`.
  kChoices,  // A list of them.
  kDuration,
  kExpression,
  kMap,           // Of `map`.
  kMaps,          // A list of them.
  kTextsOrMaps,   // A list of texts and of maps of `map`.
  kNamedMaps,     // A map from names to maps of `map`.
  kNamedTexts,    // A map from names to texts.
  kPairs,         // A list of lists of two texts.
  kRows,          // A list of values, and of lists of them.
  kRecord,        // A record's own fields.
  kExpectations,  // A map of `map`, or a list of findings.
};

struct ValueShape {
  ValueKind kind = ValueKind::kText;
  double min = 0;
  double max = 0;
  std::span<const std::string_view> choices;
  RuleMap map = RuleMap::kFile;
};

// kOneOf: exactly one key of its map that is marked so; kAnyOf: at least one. kUnlessHelper:
// required without `emit: false`.
enum class KeyNeed : uint8_t { kOptional, kRequired, kOneOf, kAnyOf, kUnlessHelper };

struct KeyInfo {
  RuleMap map;
  std::string_view key;
  KeyNeed need;
  ValueShape shape;
  std::string_view about;  // As rules/README.md puts it.
};

std::span<const KeyInfo> all_keys();

// Where a key of a rule stands among the others; beyond all of them when there is none of its name.
size_t rule_key_rank(std::string_view key);

// A JSON Schema (draft 7, which editors read) of rule files (schema.cc).
std::string rule_schema();

}  // namespace sieve
