#include "run/rule_test_runner.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cmath>

#include "run/test_record.h"

namespace sieve {
namespace {

// One record of a test with its time, so that timelines can be put in order.
struct TimedRecord {
  Timestamp time;
  RecordKind kind;
  std::string json;  // Followed by padding.
  size_t size;
};

std::vector<TimedRecord> records_of(const RuleTest& test) {
  std::vector<TimedRecord> records;
  for (const TestEvent& event : test.events) {
    for (int64_t n = 1; n <= event.repeat; ++n) {
      std::string json = test_record_json(event, n);
      const size_t size = json.size();
      json.append(limits::kPaddingBytes, '\0');
      records.push_back({test_record_time(event, n), event.kind, std::move(json), size});
    }
  }
  std::stable_sort(records.begin(), records.end(),
                   [](const auto& a, const auto& b) { return a.time < b.time; });
  return records;
}

std::string describe_failure(const DecodeFailure& failure, const TimedRecord& record) {
  return fmt::format("  the record cannot be decoded: {} ({}{}{})\n  {}", describe(failure.error),
                     name_of(failure.error), failure.field.empty() ? "" : " at ", failure.field,
                     std::string_view(record.json).substr(0, record.size));
}

}  // namespace

RuleTestRunner::RuleTestRunner(std::shared_ptr<const RuleSet> rules, const RuleTestOptions& options,
                               RuleTestWatcher* watcher)
    : rules_(std::move(rules)),
      watcher_(watcher),
      mappings_{native_mapping(RecordKind::kMessage, options.default_country),
                native_mapping(RecordKind::kCall, options.default_country),
                native_mapping(RecordKind::kReport, options.default_country)},
      evaluator_(rules_, options.context),
      plan_(std::make_shared<FactPlan>(rules_)),
      fact_builder_(plan_, evaluator_.context(), &evaluator_.reader()) {
  for (const Mapping& mapping : mappings_) decoders_.emplace_back(mapping);
  evaluator_.set_default_plan(find_plan(options.default_country));
  evaluator_.try_helpers();
}

std::string RuleTestRunner::run(RuleIndex index, const RuleTest& test) {
  if (!rules_->rule(index).active) return "  the rule is inactive";
  return run_each(std::span(&index, 1), test).front();
}

std::vector<std::string> RuleTestRunner::run_each(std::span<const RuleIndex> rules,
                                                  const RuleTest& test) {
  if (rules.empty()) return {};
  const bool is_window = rules_->rule(rules.front()).rule->is_window();
  return is_window ? run_timeline(rules, test) : run_message(rules, test);
}

std::vector<std::string> RuleTestRunner::run_message(std::span<const RuleIndex> rules,
                                                     const RuleTest& test) {
  std::vector<std::string> explanations(rules.size());
  arena_.reset();
  for (const TimedRecord& timed : records_of(test)) {
    const std::string_view bytes = std::string_view(timed.json).substr(0, timed.size);
    const DecodeFailure failure = decoder_of(timed.kind).decode(bytes, arena_, record_);
    if (failure.error != DecodeError::kNone) {
      return std::vector(rules.size(), describe_failure(failure, timed));
    }
    const FoldedText& folded = folder_.fold(record_.message.text);
    const Evaluation& evaluation = evaluator_.evaluate(record_, folded);
    for (size_t i = 0; i < rules.size(); ++i) {
      if (watcher_ != nullptr) watcher_->on_message(rules[i], record_, evaluator_);
      if (explanations[i].empty()) explanations[i] = compare(rules[i], test, evaluation, folded);
    }
  }
  return explanations;
}

std::string RuleTestRunner::compare(RuleIndex index, const RuleTest& test,
                                    const Evaluation& evaluation, const FoldedText& folded) {
  const Hit* hit = find_hit(evaluation, index);
  std::vector<std::string> fired = fired_patterns(index, evaluation, hit);
  std::string why;
  if (test.match && *test.match != (hit != nullptr)) {
    why += fmt::format("  expected {}, got {}\n", *test.match ? "a match" : "no match",
                       hit != nullptr ? "a match" : "no match");
  }
  if (test.score && (hit == nullptr || std::abs(hit->score - *test.score) > 1e-9)) {
    why += fmt::format("  expected score {}, got {}\n", *test.score,
                       hit != nullptr ? fmt::to_string(hit->score) : "none");
  }
  const CompiledException* exception = find_exception(evaluation, index);
  if (!test.because.empty() && (exception == nullptr || exception->label != test.because)) {
    why += fmt::format("  expected because {}, got {}\n", test.because,
                       exception != nullptr ? exception->label : "no exception");
  }
  std::vector<std::string> wanted = test.patterns;
  std::sort(wanted.begin(), wanted.end());
  std::sort(fired.begin(), fired.end());
  if (!wanted.empty() && wanted != fired) {
    why += fmt::format("  expected patterns {}, got {}\n", fmt::join(wanted, ", "),
                       fired.empty() ? "none" : fmt::format("{}", fmt::join(fired, ", ")));
  }
  why += compare_links(test, evaluation, hit);
  if (why.empty()) return {};
  if (exception != nullptr) {
    why += fmt::format("  excepted by {}: {}\n", exception->label, exception->exception->reason);
  }
  return why + fmt::format("  condition: {}\n  fired: {}\n  words: `{}`",
                           rules_->rule(index).rule->condition.text,
                           fired.empty() ? "nothing" : fmt::format("{}", fmt::join(fired, ", ")),
                           folded.words);
}

std::string RuleTestRunner::compare_links(const RuleTest& test, const Evaluation& evaluation,
                                          const Hit* hit) const {
  if (!test.brand && !test.why) return {};
  const auto shown = [this](std::optional<BrandId> brand, std::optional<LookAlikeKind> kind) {
    const std::vector<BrandDef>& brands = rules_->definitions().brands;
    return fmt::format("{}{}", brand ? brands[brand->index()].name : "a brand",
                       kind ? fmt::format(" ({})", name_of(*kind)) : "");
  };
  std::string got;
  const std::span<const HitSignal> signals =
      hit != nullptr ? evaluation.signals_of(*hit) : std::span<const HitSignal>();
  for (const HitSignal& signal : signals) {
    if (!signal.look_alike) continue;
    const auto [brand, kind] = *signal.look_alike;
    if (test.brand.value_or(brand.value) == brand.value && test.why.value_or(kind) == kind) {
      return {};
    }
    got += fmt::format("{}{}", got.empty() ? "" : ", ", shown(brand, kind));
  }
  const auto wanted = test.brand ? std::optional(BrandId(*test.brand)) : std::nullopt;
  return fmt::format("  expected a link that imitates {}, got {}\n", shown(wanted, test.why),
                     got.empty() ? "none" : got);
}

const CompiledException* RuleTestRunner::find_exception(const Evaluation& evaluation,
                                                        RuleIndex index) const {
  for (const Excepted& excepted : evaluation.excepted) {
    if (excepted.rule == index) return &rules_->exceptions()[excepted.exception];
  }
  return nullptr;
}

const Hit* RuleTestRunner::find_hit(const Evaluation& evaluation, RuleIndex index) const {
  for (const auto* hits : {&evaluation.hits, &evaluation.shadow_hits}) {
    for (const Hit& hit : *hits) {
      if (hit.rule == index) return &hit;
    }
  }
  return nullptr;
}

// Names of the rule's patterns that fired. Without a hit the evaluation does not list them, so
// the patterns are scanned for again.
std::vector<std::string> RuleTestRunner::fired_patterns(RuleIndex index,
                                                        const Evaluation& evaluation,
                                                        const Hit* hit) {
  const Rule& rule = *rules_->rule(index).rule;
  std::vector<std::string> names;
  if (hit != nullptr) {
    for (const HitSignal& signal : evaluation.signals_of(*hit)) {
      // Not links, and not patterns of rules that it refers to.
      if (signal.pattern_index >= rule.patterns.size()) continue;
      names.push_back(rule.patterns[signal.pattern_index].name);
    }
    return names;
  }
  for (size_t i = 0; i < rule.patterns.size(); ++i) {
    if (evaluator_.raised(rules_->rule(index).signals[i])) names.push_back(rule.patterns[i].name);
  }
  return names;
}

std::vector<std::string> RuleTestRunner::run_timeline(std::span<const RuleIndex> rules,
                                                      const RuleTest& test) {
  WindowWatcher watch;
  if (watcher_ != nullptr) {
    watch = [&](RuleIndex rule, std::span<const double> measures) {
      const bool is_tested = std::find(rules.begin(), rules.end(), rule) != rules.end();
      if (is_tested) watcher_->on_window(rule, measures);
    };
  }
  Correlator correlator(plan_, watch);
  std::vector<Finding> findings;
  std::string block;
  int64_t offset = 0;
  excepted_.clear();
  for (const TimedRecord& timed : records_of(test)) {
    arena_.reset();
    const std::string_view bytes = std::string_view(timed.json).substr(0, timed.size);
    const DecodeFailure failure = decoder_of(timed.kind).decode(bytes, arena_, record_);
    if (failure.error != DecodeError::kNone) {
      return std::vector(rules.size(), describe_failure(failure, timed));
    }
    if (record_.kind == RecordKind::kMessage) {
      evaluator_.evaluate(record_, folder_.fold(record_.message.text));
    }
    const std::vector<Fact>& facts = fact_builder_.build(record_);
    excepted_.insert(excepted_.end(), fact_builder_.excepted().begin(),
                     fact_builder_.excepted().end());
    if (!facts.empty()) {
      block.clear();
      FactBlockWriter writer(block);
      writer.begin({0, 0, offset++});
      for (const Fact& fact : facts) writer.add(fact);
      writer.end();
      correlator.apply(block, findings);
    }
    if (watcher_ == nullptr) continue;
    for (const RuleIndex rule : rules) watcher_->on_record(rule, record_, fact_builder_);
  }
  std::vector<std::string> explanations;
  for (const RuleIndex rule : rules) {
    explanations.push_back(compare_timeline(rule, test, findings));
  }
  return explanations;
}

// `all` are the findings of all rules.
std::string RuleTestRunner::compare_timeline(RuleIndex index, const RuleTest& test,
                                             const std::vector<Finding>& all) {
  std::vector<Finding> findings;
  std::copy_if(all.begin(), all.end(), std::back_inserter(findings),
               [index](const Finding& finding) { return finding.rule == index; });
  const auto excepts = [&](uint32_t i) {
    const CompiledException& exception = rules_->exceptions()[i];
    return exception.rule == index && exception.label == test.because;
  };
  const bool is_missed = std::none_of(excepted_.begin(), excepted_.end(), excepts);
  std::string why = compare_findings(index, test, findings);
  if (!test.because.empty() && is_missed) {
    why = fmt::format("  expected because {}, which kept no record from counting\n{}", test.because,
                      why);
  }
  return why;
}

std::string RuleTestRunner::compare_findings(RuleIndex index, const RuleTest& test,
                                             const std::vector<Finding>& findings) const {
  bool same = findings.size() == test.findings.size();
  for (size_t i = 0; same && i < findings.size(); ++i) {
    same = agrees(index, test.findings[i], findings[i]);
  }
  if (same) return {};
  std::string why =
      fmt::format("  expected {} findings, got {}\n", test.findings.size(), findings.size());
  for (const ExpectedFinding& wanted : test.findings) {
    why += fmt::format("  expected: at {} key {}", format_duration(wanted.at),
                       fmt::join(wanted.key, ", "));
    for (const auto& [name, value] : wanted.measures) why += fmt::format(" {}={}", name, value);
    why += "\n";
  }
  const Rule& rule = *rules_->rule(index).rule;
  for (const Finding& finding : findings) {
    why += fmt::format("  got:      at {} key {}", format_duration(finding.time - kTestStart),
                       finding.subject);
    for (size_t i = 0; i < finding.measures.size(); ++i) {
      why += fmt::format(" {}={}", rule.measures[i].name, finding.measures[i]);
    }
    why += "\n";
  }
  return why + fmt::format("  condition: {}", rule.condition.text);
}

bool RuleTestRunner::agrees(RuleIndex index, const ExpectedFinding& wanted,
                            const Finding& finding) const {
  const Rule& rule = *rules_->rule(index).rule;
  if (finding.time - kTestStart != wanted.at) return false;
  if (!wanted.key.empty() && fmt::format("{}", fmt::join(wanted.key, ",")) != finding.subject) {
    return false;
  }
  return std::all_of(wanted.measures.begin(), wanted.measures.end(), [&](const auto& measure) {
    for (size_t i = 0; i < rule.measures.size(); ++i) {
      if (rule.measures[i].name != measure.first) continue;
      return std::abs(finding.measures[i] - measure.second) < 1e-9;
    }
    return false;
  });
}

}  // namespace sieve
