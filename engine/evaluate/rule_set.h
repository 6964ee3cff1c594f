// A RuleSet is the compiled, immutable form of everything that was loaded: patterns, conditions as
// programs, the index from signals to the rules that could be true, window rules, thresholds.
//
// A signal is a named pattern of a rule; rules that spell the same pattern share it.
//
// Thread safety: immutable, shared by all threads as shared_ptr<const RuleSet>.
#pragma once

#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "base/expected.h"
#include "base/strong_id.h"
#include "evaluate/condition_graph.h"
#include "evaluate/program.h"
#include "match/look_alike.h"
#include "match/pattern_db.h"
#include "rule/parse.h"

namespace sieve {

using RuleIndex = StrongId<struct RuleTag>;

class RuleSet;

// A rule of the set that cannot be true here, and why: shown, never silent.
struct InactiveRule {
  RuleIndex rule;
  std::string missing_field;  // Empty: `reason` is another one.
  std::string reason;         // For people: `no msg.lang`, `expired on 2026-01-04`.
};

struct CompileOptions {
  std::string cache_directory;
  // Streams and fields that exist. Empty optional: everything does.
  std::optional<std::vector<FieldId>> available_fields;
  CompilerOptions compiler = {};
  // The running set, whose lists stay where they say so and come out empty; null: none runs.
  const RuleSet* previous = nullptr;
  // The set whose rules these are, changed: they share its lists. Null: they have their own.
  const RuleSet* origin = nullptr;
};

struct CompiledMeasure {
  MeasureKind kind;
  FieldId field;
  Program predicate;
};

// An exception or filter of a rule, ready to run.
struct CompiledException {
  RuleIndex rule;
  std::string label;  // `exception:NAME` or `filter:NAME`.
  const ExceptionDef* exception = nullptr;
  Program when;
};

struct CompiledRule {
  const Rule* rule = nullptr;  // Owned by the RuleSet.
  std::string full_id;
  // Of the rule's patterns, by their index; behind them those of the rules in `refers_to`.
  std::vector<SignalId> signals;
  std::vector<CompiledCapture> captures;  // The same of Rule::captures.
  std::vector<RuleIndex> refers_to;       // Whose patterns it looks at, beside its own.
  std::vector<std::string> their_names;   // Of those patterns: `shared/bulk-link.lure`.
  // The condition with what the rules that it refers to ask; empty: it refers to none.
  Expression resolved;
  Program where;
  Program condition;
  NodeRef root;  // The condition in RuleSet::conditions(), of active message rules.
  std::vector<CompiledMeasure> measures;
  std::vector<Program> score_parts;  // Their conditions, by their place in the rule.
  uint32_t exceptions_begin = 0;     // Into RuleSet::exceptions().
  uint32_t exceptions_end = 0;
  bool active = true;

  // Of the pattern `index` in `signals`, as alerts name it.
  std::string_view pattern_name(uint32_t index) const {
    const size_t own = rule->patterns.size();
    return index < own ? rule->patterns[index].name : their_names[index - own];
  }
  // The condition as it runs.
  const Expression& whole_condition() const {
    return resolved.empty() ? rule->condition : resolved;
  }
};

// A literal of one letter, or of another character.
bool is_letter(const PatternSpec& spec);

// A pattern that a rule looks at.
struct PatternOwner {
  const CompiledRule* rule = nullptr;
  uint32_t pattern = 0;  // In its Rule::patterns.
};

class RuleSet {
 public:
  // Compiles what was loaded without errors. Problems that only compiling finds come back as
  // diagnostics at their place: R101 a regular expression cannot be read, R102 it is refused, R103
  // it matches the empty text, R104 `\b` beyond ASCII, R105 it can never match, R106 flags, R107
  // nothing is left of a phrase, R108 it breaks the limits of compiling, R109 all together do,
  // R110 there is no process to compile in; R095 an empty list has no previous entries to keep.
  // Sequences and campaigns are inactive: their patterns are compiled to be checked, and dropped.
  static Expected<std::shared_ptr<const RuleSet>, Diagnostics> compile(
      LoadedRules loaded, const CompileOptions& options);
  ~RuleSet();

  std::span<const CompiledRule> rules() const { return rules_; }
  const ConditionGraph& conditions() const { return conditions_; }
  const CompiledRule& rule(RuleIndex index) const { return rules_[index.index()]; }
  // Active window rules, in rule order.
  std::span<const RuleIndex> window_rules() const { return window_rules_; }
  std::span<const InactiveRule> inactive() const { return inactive_; }
  const Thresholds& thresholds() const { return loaded_.thresholds; }
  const std::string& digest() const { return loaded_.digest; }
  // The files it was read from, for snippets.
  std::vector<SourceText> sources() const { return loaded_.sources(); }
  const Definitions& definitions() const { return loaded_.definitions; }
  const std::shared_ptr<const PatternDb>& patterns() const { return patterns_; }
  // By the index of Definitions::lists.
  std::span<const std::shared_ptr<const ListSet>> lists() const {
    return std::span(lists_).first(loaded_.definitions.lists.size());
  }
  // By the index of Definitions::brands; null: there are none.
  const BrandTable* brands() const { return brands_.get(); }
  // Lists that came out empty and have the entries of the set before: to be said.
  std::span<const std::string> kept_lists() const { return kept_lists_; }
  size_t signal_count() const { return signal_count_; }

  // Whose pattern `index` of CompiledRule::signals is: the rule's own, or one of those it refers
  // to.
  PatternOwner owner_of(const CompiledRule& rule, uint32_t index) const;

  // Of all rules, those of one behind one another.
  std::span<const CompiledException> exceptions() const { return exceptions_; }
  std::span<const CompiledException> exceptions_of(const CompiledRule& rule) const {
    return exceptions().subspan(rule.exceptions_begin, rule.exceptions_end - rule.exceptions_begin);
  }

  // Signals that `pattern` raises.
  std::span<const SignalId> signals_of(PatternId pattern) const;
  // Patterns of which one raises `signal`; those of kLeet and kThai, which are never on demand, are
  // left out.
  std::span<const PatternId> patterns_of(SignalId signal) const;
  // Those of them that are not scanned for in every message, because no rule is tried for their
  // sake, but searched for one by one where a rule may hold by its other signals: regular
  // expressions, and literals of one letter, which occur in most messages.
  std::span<const PatternId> searched_of(SignalId signal) const;
  // By signal: there are such.
  const std::vector<bool>& on_demand() const { return on_demand_; }
  // Active message rules to try when `signal` fired. A rule stands under the signals of one
  // condition that is necessary for it (of `a and b` under the rarer one): when none of them
  // fired, it is false.
  std::span<const RuleIndex> rules_of(SignalId signal) const;
  // Active message rules to try when the message has a link: the same, with that as a signal.
  std::span<const RuleIndex> with_link() const { return with_link_; }
  // Active message rules that can be true without any signal; evaluated for every message.
  std::span<const RuleIndex> always() const { return always_; }
  // Active helpers: none is tried for itself.
  std::span<const RuleIndex> helpers() const { return helpers_; }
  // The longest window plus its lateness: how far back state reaches.
  Duration state_span() const;

 private:
  friend class RuleSetCompiler;
  RuleSet() = default;

  LoadedRules loaded_;
  std::shared_ptr<const PatternDb> patterns_;
  std::vector<std::shared_ptr<const ListSet>>
      lists_;  // Behind the named ones, those of exceptions.
  std::unique_ptr<const BrandTable> brands_;
  std::vector<std::string> kept_lists_;
  std::vector<CompiledRule> rules_;
  ConditionGraph conditions_;
  std::vector<CompiledException> exceptions_;
  std::vector<RuleIndex> window_rules_;
  std::vector<RuleIndex> with_link_;
  std::vector<RuleIndex> always_;
  std::vector<RuleIndex> helpers_;
  std::vector<InactiveRule> inactive_;
  size_t signal_count_ = 0;
  // Compressed rows: the values of row i are values[begin[i], begin[i + 1]).
  std::vector<uint32_t> signals_begin_;
  std::vector<SignalId> signals_;
  std::vector<uint32_t> rules_begin_;
  std::vector<RuleIndex> rules_by_signal_;
  std::vector<uint32_t> patterns_begin_;
  std::vector<PatternId> patterns_by_signal_;
  std::vector<uint32_t> searched_begin_;
  std::vector<PatternId> searched_by_signal_;
  std::vector<bool> on_demand_;  // By signal.
};

}  // namespace sieve
