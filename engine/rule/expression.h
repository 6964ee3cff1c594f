// An Expression is a condition of the rule language after parsing: typed, resolved, in postfix
// order.
//
//   grammar:   or    = and { "or" and }
//              and   = not { "and" not }
//              not   = [ "not" ] atom
//              atom  = "(" or ")" | quantity "of" "(" part { "," part } ")" | comparison | part
//                    | "near" "(" name "," name "," integer ")"
//                    | "before" "(" name "," name [ "," integer ] ")"
//                    | ( "any" | "none" ) "url" "where" not | lookalike
//                    | "known_pair" "(" field "," field "," duration ")"
//                    | "first_seen" "(" field "," duration ")"
//              part  = name | "rule" "(" [ namespace "/" ] id ")"
//              quantity = integer | "any" | "all" | "none"
//              comparison = value ( "==" | "!=" | "<" | "<=" | ">" | ">=" ) value
//                         | value [ "not" ] "in" "(" constant { "," constant } ")"
//                         | field [ "not" ] "in" list
//              lookalike = "url.lookalike" "(" ( "any" | brands ) [ "," kinds ] ")"
//              value = field | measure | capture | ( "number" | "length" ) "(" capture ")"
//                     | "count" "(" name ")"
//                    | number | duration | 'string' | "string" | "true" | "false"
//
// `list` names one of Definitions::lists. A name is a pattern of the rule (true when it fired), a
// boolean field, a macro (which stands for its own condition), or, in window rules, a measure. The
// condition of `any url where` is over one link of the message: it holds when there is a link for
// which it does. In it, names are the fields of links (url_fields.h), and nothing else; brands and
// kinds stand alone or in square brackets (look_alike_call.h). Other message rules can be asked for
// in conditions on messages (rule_call.h), and what was before the record (history_call.h) in the
// steps of sequences. Types are checked at load:
// `call.duration <= 6` is an error that proposes `6s`.
//
// Thread safety: plain data.
#pragma once

#include <cstdint>
#include <limits>
#include <string>
#include <string_view>
#include <vector>

#include "base/yaml_reader.h"
#include "record/fields.h"
#include "text/fold.h"

namespace sieve {

enum class ExprOp : uint8_t {
  // Operands.
  kPattern,   // Boolean: the rule's pattern `index` fired.
  kField,     // The value of `field`; a comparison with an absent field is false.
  kMeasure,   // The value of the rule's measure `index`.
  kUrlField,  // The value of the link's field `index` (UrlFieldId).
  // What the capture `index` of the rule took, as `number` says (CaptureUse); absent where its
  // pattern did not fire, or without it.
  kCapture,
  // Boolean: the link imitates the brand `index` (Definitions::brands), or any when that is
  // kAnyBrand, in one of the kinds `number` (LookAlikeKinds::bits).
  kLookAlike,
  // Boolean: the rule with the full id `text` is true and not excepted. Where conditions are ready
  // to run, `count` is 1, and what that asks, read with it, is the operand before it.
  kRule,
  kStepTime,  // When the step `index` of a sequence began (`count` 0) or ended (1).
  kNumber,    // `number`.
  kDuration,  // `number`, milliseconds.
  kString,    // `text`.
  kBool,      // `number` is 0 or 1.
  // Operators over the operands before them.
  kNot,
  kAnd,
  kOr,
  kEqual,
  kNotEqual,
  kLess,
  kLessEqual,
  kGreater,
  kGreaterEqual,
  kAdd,  // Of times and durations.
  kSubtract,
  kIn,       // The value and then `count` constants.
  kInList,   // The value before is in the list `index` (Definitions::lists).
  kAtLeast,  // `number` of the `count` booleans before are true.
  kAnyUrl,   // The boolean before, which is the `count` nodes before, is true for one of the links.
  // The boolean before is the condition of the exception `text` of a rule that is referred to: it
  // holds on days up to `number`; `index` is 1 where it reads links. Only where conditions are
  // ready
  // to run.
  kException,
  // Calls over the patterns before them.
  kCount,   // How often the pattern occurs.
  kNear,    // At most `number` characters lie between an occurrence of one and one of the other.
  kBefore,  // One of the first ends before one of the second begins, at most `number` before it.
  // Calls over the fields before them; `number` is how far back, in milliseconds.
  kKnownPair,  // The two were in contact before.
  kFirstSeen,  // The value was not there before.
};

// `number` of a kAnyUrl whose links an alert does not show: those of an exception.
inline constexpr double kHiddenLinks = 1;
// `index` of a kLookAlike.
inline constexpr uint32_t kAnyBrand = std::numeric_limits<uint32_t>::max();
// `number` of a kBefore that says nothing of the distance.
inline constexpr double kAnyDistance = -1;

struct ExprNode {
  ExprOp op = ExprOp::kBool;
  uint32_t index = 0;
  uint32_t count = 0;
  FieldId field;
  double number = 0;
  std::string text;
  SourceSpan span;     // In the rule file,
  uint32_t macro = 0;  // or, not 0, in that of Definitions::macros[macro - 1], which it is from.
};

struct Expression {
  std::vector<ExprNode> nodes;  // Postfix; empty: no expression was given.
  std::string text;             // As written.
  SourceSpan span;

  bool empty() const { return nodes.empty(); }
};

struct Definitions;

// A step of a sequence, as its relation knows it.
struct StepName {
  std::string_view name;
  RecordKind kind = RecordKind::kMessage;
};

// ExpressionScope::owner of what belongs to no rule, and so knows no patterns.
inline constexpr std::string_view kMacroOwner = "macro";
inline constexpr std::string_view kFilterOwner = "filter";

// A captured text that a condition may name.
struct CaptureName {
  std::string_view name;
  View view;  // Its text is of.
};

// A measure that a condition may name.
struct MeasureName {
  std::string_view name;
  bool is_duration = false;
};

// What names mean at one place of a rule.
struct ExpressionScope {
  RecordKind kind = RecordKind::kMessage;
  std::string_view owner = "rule";         // What the expression belongs to, in words.
  bool has_fields = true;                  // Fields of `kind` may be used.
  std::vector<std::string_view> patterns;  // Index = ExprNode::index.
  std::vector<View> pattern_views;         // By the same index; empty: not looked at.
  std::vector<CaptureName> captures;       // Index = ExprNode::index.
  std::vector<MeasureName> measures;       // Index = ExprNode::index.
  bool has_parties = false;     // Fields of either party, such as call.party, may be used.
  bool has_history = false;     // known_pair() and first_seen() may be used.
  std::string_view space;       // Of the rules that rule() names; empty: it may not.
  std::vector<StepName> steps;  // Of a relation.
  const Definitions* definitions = nullptr;  // Lists, brands and macros; null: there are none.
};

// Parses `node` (a scalar). Problems go to the context; the result is usable only without errors.
Expression parse_expression(const YamlNode& node, const ExpressionScope& scope,
                            const YamlContext& context);

// The same of a relation between the steps of `scope` (relation.h).
Expression parse_relation(const YamlNode& node, const ExpressionScope& scope,
                          const YamlContext& context);

// Canonical text of an expression: parse(print(e)) gives the same nodes (without spans), but of
// exceptions with values, whose lists have no names.
std::string print_expression(const Expression& expression, const ExpressionScope& scope);

}  // namespace sieve
