// Turns loaded rules into a RuleSet: patterns into signals, conditions into programs, and the index
// from signals to the rules they can make true.
#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "evaluate/inactive.h"
#include "evaluate/pattern_diagnostic.h"
#include "evaluate/rule_programs.h"
#include "evaluate/rule_set.h"
#include "match/list_set.h"

namespace sieve {
namespace {

// What it may cost to try a rule for the sake of a phrase, compared with others: how often the
// phrase may turn up, guessed by its length since nothing is known of the traffic yet, times what
// scanning every message for its kind costs (bench/README.md, "Scanning"). Only the order matters.
double guessed_cost(const PatternSpec& spec) {
  if (spec.kind == PatternKind::kRegex) return 100;
  if (is_letter(spec)) return 10;  // Most messages have it.
  const bool is_apart = spec.kind == PatternKind::kWords && spec.view == View::kSqueezed;
  if (is_apart || is_read_by_shapes(spec.view)) return 0;  // Few messages show such writing.
  const auto size = static_cast<double>(spec.text.size());
  const double frequency = 1 / (size * size + 1);
  return spec.view == View::kWords ? frequency : 10 * frequency;
}

// The longer words in which a phrase does not count, as `view` has them. Stand-ins are looked for
// without regard to them.
std::vector<std::string> not_in_of(const PatternDef& pattern, View view) {
  std::vector<std::string> words;
  if (view != View::kWords && view != View::kSqueezed) return words;
  for (const Phrase& word : pattern.not_in) {
    words.push_back(view == View::kWords ? word.folded : fold_literal(word.text, view));
  }
  return words;
}

// What is searched for a phrase.
std::vector<PatternSpec> specs_of(const PatternDef& pattern, const Phrase& phrase) {
  if (pattern.kind != PatternKind::kWords) return {{pattern.kind, pattern.view, phrase.folded}};
  std::vector<PatternSpec> specs;
  for (ExpandedPhrase& expanded : expand_phrase(phrase.folded, pattern.expansions)) {
    specs.push_back(
        {pattern.kind, expanded.view, std::move(expanded.text), not_in_of(pattern, expanded.view)});
  }
  return specs;
}

// Appends `rows` to compressed rows.
template <class Value>
void compress(const std::vector<std::vector<Value>>& rows, std::vector<uint32_t>& begin,
              std::vector<Value>& values) {
  begin.push_back(0);
  for (const auto& row : rows) {
    values.insert(values.end(), row.begin(), row.end());
    begin.push_back(static_cast<uint32_t>(values.size()));
  }
}

}  // namespace

class RuleSetCompiler {
 public:
  RuleSetCompiler(LoadedRules loaded, const CompileOptions& options)
      : options_(options), set_(new RuleSet) {
    set_->loaded_ = std::move(loaded);
  }

  Expected<std::shared_ptr<const RuleSet>, Diagnostics> compile();

 private:
  // Where a pattern was written.
  struct Place {
    PatternId pattern;
    const Rule* rule;
    const Phrase* phrase;
  };

  static Diagnostics diagnose(const std::vector<PatternFailure>& failures,
                              const std::vector<Place>& places);
  void add_lists();
  std::shared_ptr<const ListSet> keep_list(const ListDef& list);
  void add_own_lists();
  void add_rules();
  void add_patterns(CompiledRule& compiled);
  SignalId signal_of(const Rule& rule, const PatternDef& pattern);
  Diagnostics check_idle_patterns();
  void activate(RuleIndex index);
  void index_rule(RuleIndex index);
  void index_patterns();
  void choose_on_demand();
  std::vector<bool> choose_searched(const std::vector<bool>& may_wait) const;
  void add_conditions();

  const CompileOptions& options_;
  std::shared_ptr<RuleSet> set_;
  Diagnostics list_errors_;
  PatternDbBuilder builder_;
  std::vector<Place> places_;
  std::map<std::vector<PatternId>, SignalId> signals_;  // By their patterns.
  std::vector<double> costs_;                           // By signal.
  std::vector<std::vector<SignalId>> signals_of_pattern_;
  std::vector<std::vector<RuleIndex>> rules_of_signal_;
};

Expected<std::shared_ptr<const RuleSet>, Diagnostics> RuleSetCompiler::compile() {
  add_lists();
  const std::vector<BrandDef>& brands = set_->definitions().brands;
  if (!brands.empty()) set_->brands_ = std::make_unique<const BrandTable>(brands);
  add_own_lists();
  if (!list_errors_.empty()) return Unexpected<Diagnostics>(std::move(list_errors_));
  add_rules();
  Diagnostics idle_errors = check_idle_patterns();
  if (!idle_errors.empty()) return Unexpected<Diagnostics>(std::move(idle_errors));
  set_->signal_count_ = signals_.size();
  rules_of_signal_.resize(signals_.size());
  set_->inactive_ = find_inactive(set_->rules_, set_->definitions().today, options_);
  for (const InactiveRule& one : set_->inactive_) set_->rules_[one.rule.index()].active = false;
  for (uint32_t i = 0; i < set_->rules_.size(); ++i) activate(RuleIndex(i));
  index_patterns();
  choose_on_demand();
  add_conditions();
  auto patterns = std::move(builder_).build({options_.cache_directory, options_.compiler});
  if (!patterns) return Unexpected<Diagnostics>(diagnose(patterns.error(), places_));
  set_->patterns_ = std::move(*patterns);
  compress(signals_of_pattern_, set_->signals_begin_, set_->signals_);
  compress(rules_of_signal_, set_->rules_begin_, set_->rules_by_signal_);
  return std::shared_ptr<const RuleSet>(std::move(set_));
}

// Which patterns make a signal, and which signals a pattern raises.
void RuleSetCompiler::index_patterns() {
  std::vector<std::vector<PatternId>> patterns_of_signal(signals_.size());
  signals_of_pattern_.resize(builder_.pattern_count());
  for (const auto& [patterns, signal] : signals_) {
    for (const PatternId pattern : patterns) {
      signals_of_pattern_[pattern.index()].push_back(signal);
      const bool always_found = is_read_by_shapes(builder_.spec(pattern).view);
      if (!always_found) patterns_of_signal[signal.index()].push_back(pattern);
    }
  }
  compress(patterns_of_signal, set_->patterns_begin_, set_->patterns_by_signal_);
}

// Regular expressions and letters of signals that no rule stands under are searched for only when a
// rule may hold by its others. Rules that are tried on every message need all of theirs.
void RuleSetCompiler::choose_on_demand() {
  std::vector<bool> may_wait(signals_.size());
  for (size_t i = 0; i < may_wait.size(); ++i) may_wait[i] = rules_of_signal_[i].empty();
  for (const RuleIndex index : set_->always_) {
    for (const SignalId signal : set_->rule(index).signals) may_wait[signal.index()] = false;
  }
  const std::vector<bool> is_searched = choose_searched(may_wait);
  std::vector<std::vector<PatternId>> searched_of_signal(signals_.size());
  set_->on_demand_.resize(signals_.size());
  for (size_t i = 0; i < is_searched.size(); ++i) {
    if (!is_searched[i]) continue;
    const PatternId pattern(static_cast<uint32_t>(i));
    builder_.set_on_demand(pattern);
    for (const SignalId signal : signals_of_pattern_[i]) {
      searched_of_signal[signal.index()].push_back(pattern);
      set_->on_demand_[signal.index()] = true;
    }
  }
  // As a scan would, letters come to know first.
  for (std::vector<PatternId>& searched : searched_of_signal) {
    std::stable_partition(searched.begin(), searched.end(),
                          [&](PatternId pattern) { return is_letter(builder_.spec(pattern)); });
  }
  compress(searched_of_signal, set_->searched_begin_, set_->searched_by_signal_);
}

// By pattern: expressions all of whose signals may wait; and letters all of whose signals are made
// of nothing else, so that it is the same letter that raises them as in a scan.
std::vector<bool> RuleSetCompiler::choose_searched(const std::vector<bool>& may_wait) const {
  std::vector<bool> is_searched(signals_of_pattern_.size());
  std::vector<bool> has_letters_only = may_wait;
  const auto all_of = [&](size_t pattern, const std::vector<bool>& is_one) {
    const auto& raised = signals_of_pattern_[pattern];
    return std::ranges::all_of(raised, [&](SignalId signal) { return is_one[signal.index()]; });
  };
  for (bool changes = true; changes;) {
    changes = false;
    for (size_t i = 0; i < is_searched.size(); ++i) {
      const PatternSpec& spec = builder_.spec(PatternId(static_cast<uint32_t>(i)));
      const bool is_regex = spec.kind == PatternKind::kRegex;
      is_searched[i] =
          is_regex ? all_of(i, may_wait) : is_letter(spec) && all_of(i, has_letters_only);
      if (is_regex || is_searched[i]) continue;
      for (const SignalId signal : signals_of_pattern_[i]) {
        changes |= has_letters_only[signal.index()];
        has_letters_only[signal.index()] = false;
      }
    }
  }
  return is_searched;
}

void RuleSetCompiler::add_conditions() {
  for (CompiledRule& rule : set_->rules_) {
    if (!rule.active || rule.rule->is_window()) continue;
    rule.root =
        set_->conditions_.add(rule.whole_condition(), rule.signals, set_->lists_, rule.captures);
  }
  constexpr double kLetter = 0.05;  // Of what a regular expression takes.
  std::vector<double> costs(signals_.size());
  for (uint32_t i = 0; i < signals_.size(); ++i) {
    for (const PatternId pattern : set_->searched_of(SignalId(i))) {
      costs[i] += is_letter(builder_.spec(pattern)) ? kLetter : 1;
    }
  }
  set_->conditions_.order_operands(costs);
}

void RuleSetCompiler::add_lists() {
  if (options_.origin != nullptr) {
    set_->lists_ = options_.origin->lists_;
    return;
  }
  for (ListDef& list : set_->loaded_.definitions.lists) {
    const bool keep = list.keep_previous && list.entries.values.empty();
    set_->lists_.push_back(keep ? keep_list(list) : std::make_shared<const ListSet>(list));
  }
}

// `list` with the entries that it has in the running set.
std::shared_ptr<const ListSet> RuleSetCompiler::keep_list(const ListDef& list) {
  if (options_.previous != nullptr) {
    for (const auto& previous : options_.previous->lists()) {
      if (previous->name() != list.name || previous->type() != list.type) continue;
      set_->kept_lists_.push_back(list.name);
      return std::make_shared<const ListSet>(list, *previous);
    }
  }
  const YamlContext context{list.rule_file, 'R', &list_errors_};
  context
      .error("R095", list.span,
             fmt::format("the list `{}` is empty, and there are no previous entries", list.name))
      .help = "give it entries for the first start; `on_empty: allow` takes it as it is";
  return nullptr;
}

// Programs refer to the lists of the set, so that all are there before the first is compiled.
void RuleSetCompiler::add_own_lists() {
  if (options_.origin != nullptr) return;
  for (RuleFile& file : set_->loaded_.files) {
    for (Rule& rule : file.rules) {
      for (ExceptionDef& exception : rule.exceptions) {
        const auto first = static_cast<uint32_t>(set_->lists_.size());
        for (ListDef& list : exception.values) {
          set_->lists_.push_back(std::make_shared<const ListSet>(list));
        }
        for (ExprNode& node : exception.when.nodes) {
          const bool is_own = node.op == ExprOp::kInList && node.index >= kOwnLists;
          if (is_own) node.index = first + (node.index - kOwnLists);
        }
      }
    }
  }
}

void RuleSetCompiler::add_rules() {
  for (const RuleFile& file : set_->loaded_.files) {
    for (const Rule& rule : file.rules) {
      CompiledRule compiled;
      compiled.rule = &rule;
      compiled.full_id = rule.full_id();
      if (runs(rule)) add_patterns(compiled);
      set_->rules_.push_back(std::move(compiled));
    }
  }
  RuleProgramCompiler(set_->rules_, set_->lists_).run(set_->exceptions_);
}

void RuleSetCompiler::add_patterns(CompiledRule& compiled) {
  for (const PatternDef& pattern : compiled.rule->patterns) {
    compiled.signals.push_back(signal_of(*compiled.rule, pattern));
  }
  for (const CaptureDef& capture : compiled.rule->captures) {
    compiled.captures.push_back({compiled.signals[capture.pattern], capture.group});
  }
}

SignalId RuleSetCompiler::signal_of(const Rule& rule, const PatternDef& pattern) {
  std::vector<PatternId> ids;
  double cost = 0;
  for (const Phrase& phrase : pattern.phrases) {
    for (const PatternSpec& spec : specs_of(pattern, phrase)) {
      const PatternId id = builder_.add(spec);
      places_.push_back({id, &rule, &phrase});
      ids.push_back(id);
      cost += guessed_cost(spec);
    }
  }
  std::sort(ids.begin(), ids.end());
  ids.erase(std::unique(ids.begin(), ids.end()), ids.end());
  const SignalId next(static_cast<uint32_t>(signals_.size()));
  const auto [entry, added] = signals_.try_emplace(std::move(ids), next);
  if (added) costs_.push_back(cost);
  return entry->second;
}

// Patterns of rules that never run are compiled for what that finds, apart from all others, so that
// no message is searched for them.
Diagnostics RuleSetCompiler::check_idle_patterns() {
  PatternDbBuilder builder;
  std::vector<Place> places;
  const auto add = [&](const Rule& rule, const std::vector<PatternDef>& patterns) {
    for (const PatternDef& pattern : patterns) {
      for (const Phrase& phrase : pattern.phrases) {
        for (const PatternSpec& spec : specs_of(pattern, phrase)) {
          places.push_back({builder.add(spec), &rule, &phrase});
        }
      }
    }
  };
  for (const CompiledRule& compiled : set_->rules_) {
    const Rule& rule = *compiled.rule;
    if (rule.campaign) add(rule, rule.patterns);
    if (!rule.sequence) continue;
    for (const StepDef& step : rule.sequence->steps) add(rule, step.patterns);
  }
  if (places.empty()) return {};
  const auto patterns = std::move(builder).build({options_.cache_directory, options_.compiler});
  return patterns ? Diagnostics() : diagnose(patterns.error(), places);
}

void RuleSetCompiler::activate(RuleIndex index) {
  const CompiledRule& compiled = set_->rules_[index.index()];
  if (!compiled.active) return;
  if (compiled.rule->is_window()) {
    set_->window_rules_.push_back(index);
  } else if (compiled.rule->emit) {
    index_rule(index);
  } else {
    set_->helpers_.push_back(index);
  }
}

void RuleSetCompiler::index_rule(RuleIndex index) {
  const auto witnesses = set_->rules_[index.index()].condition.witnesses(costs_);
  if (!witnesses) {
    set_->always_.push_back(index);
    return;
  }
  for (const SignalId signal : *witnesses) {
    auto& rules = signal == kHasLink ? set_->with_link_ : rules_of_signal_[signal.index()];
    rules.push_back(index);
  }
}

Diagnostics RuleSetCompiler::diagnose(const std::vector<PatternFailure>& failures,
                                      const std::vector<Place>& all_places) {
  std::multimap<PatternId, const Place*> places;
  for (const Place& place : all_places) places.emplace(place.pattern, &place);
  Diagnostics diagnostics;
  for (const PatternFailure& failure : failures) {
    const auto [begin, end] = places.equal_range(failure.pattern);
    for (auto at = begin; at != end; ++at) {
      diagnostics.push_back(pattern_diagnostic(failure, *at->second->rule, *at->second->phrase));
    }
  }
  sort_diagnostics(diagnostics);
  return diagnostics;
}

Expected<std::shared_ptr<const RuleSet>, Diagnostics> RuleSet::compile(
    LoadedRules loaded, const CompileOptions& options) {
  return RuleSetCompiler(std::move(loaded), options).compile();
}

}  // namespace sieve
