#include "run/evasion_tests.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/json_writer.h"
#include "run/rule_test_runner.h"

namespace sieve {
namespace {

std::string_view name_of(EvasionDensity density) {
  return density == EvasionDensity::kFull ? "full" : "light";
}

// The text of a test's message, which has one event; null when it has none.
TestField* text_of(RuleTest& test) {
  if (test.events.size() != 1) return nullptr;
  auto& fields = test.events.front().fields;
  const auto text = std::ranges::find(fields, "text", &TestField::path);
  return text == fields.end() ? nullptr : &*text;
}

class EvasionTester {
 public:
  EvasionTester(std::shared_ptr<const RuleSet> rules, const RuleTestOptions& options)
      : runner_(std::move(rules), options) {
    for (size_t i = 0; i < kEvasionCount; ++i) report_.rows[i].evasion = static_cast<Evasion>(i);
  }

  void try_test(RuleIndex index, const RuleTest& test) {
    if (test.match != true) return;
    RuleTest evaded = test;
    // Which of a rule's patterns fire may differ: the question is whether it matches.
    evaded.score.reset();
    evaded.patterns.clear();
    TestField* text = text_of(evaded);
    if (text == nullptr) return;
    if (!runner_.run(index, test).empty()) {
      ++report_.failing;
      return;
    }
    ++report_.tests;
    const std::string original = text->value;
    for (EvasionRow& row : report_.rows) {
      const size_t before = row.full.texts + row.light.texts;
      for (const auto density : {EvasionDensity::kFull, EvasionDensity::kLight}) {
        for (uint64_t seed = 0; seed < variant_count(row.evasion); ++seed) {
          auto rewritten = evade(row.evasion, density, seed, original);
          if (!rewritten) continue;
          text->value = std::move(*rewritten);
          const std::string explanation = runner_.run(index, evaded);
          count(density == EvasionDensity::kFull ? row.full : row.light, explanation);
          if (explanation.empty()) continue;
          report_.lost.push_back({index, &test, row.evasion, density, text->value, explanation});
        }
      }
      row.tests += row.full.texts + row.light.texts > before ? 1 : 0;
    }
  }

  EvasionReport take_report() { return std::move(report_); }

 private:
  static void count(EvasionCount& counts, const std::string& explanation) {
    ++counts.texts;
    counts.lost += explanation.empty() ? 0 : 1;
  }

  RuleTestRunner runner_;
  EvasionReport report_;
};

void write_count(JsonWriter& json, std::string_view key, const EvasionCount& count) {
  json.key(key).begin_object();
  json.key("texts").unsigned_integer(count.texts);
  json.key("lost").unsigned_integer(count.lost);
  json.end_object();
}

}  // namespace

EvasionCount EvasionReport::all() const {
  EvasionCount sum;
  for (const EvasionRow& row : rows) {
    sum.texts += row.full.texts + row.light.texts;
    sum.lost += row.full.lost + row.light.lost;
  }
  return sum;
}

double EvasionReport::lost_percent() const {
  const EvasionCount sum = all();
  return sum.texts == 0 ? 0 : 100 * static_cast<double>(sum.lost) / static_cast<double>(sum.texts);
}

EvasionReport run_evasion_tests(std::shared_ptr<const RuleSet> rules,
                                const RuleTestOptions& options) {
  EvasionTester tester(rules, options);
  for (size_t i = 0; i < rules->rules().size(); ++i) {
    const RuleIndex index(static_cast<uint32_t>(i));
    const CompiledRule& rule = rules->rule(index);
    if (!options.only.empty() && rule.full_id != options.only) continue;
    for (const RuleTest& test : rule.rule->tests) tester.try_test(index, test);
  }
  return tester.take_report();
}

std::string render_evasions(const EvasionReport& report, const RuleSet& rules, bool show_lost) {
  std::string out;
  if (show_lost) {
    for (const LostText& lost : report.lost) {
      const CompiledRule& rule = rules.rule(lost.rule);
      out += fmt::format("LOST {}: {}\n  at {}:{}\n  by {}, {}\n  text: `{}`\n{}\n\n", rule.full_id,
                         lost.test->name, rule.rule->file, lost.test->span.line,
                         name_of(lost.evasion), name_of(lost.density), lost.text, lost.explanation);
    }
  }
  constexpr std::string_view kRow = "{:<18}{:>6}{:>8}{:>6}{:>8}{:>6}\n";
  out += fmt::format(fmt::runtime(kRow), "evasion", "tests", "full", "lost", "light", "lost");
  for (const EvasionRow& row : report.rows) {
    out += fmt::format(fmt::runtime(kRow), name_of(row.evasion), row.tests, row.full.texts,
                       row.full.lost, row.light.texts, row.light.lost);
  }
  const EvasionCount sum = report.all();
  out += fmt::format("{} texts of {} tests: {} still match, {} are lost ({:.1f} %)\n", sum.texts,
                     report.tests, sum.texts - sum.lost, sum.lost, report.lost_percent());
  if (report.failing > 0) {
    out += fmt::format("{} tests fail as they are and were left out\n", report.failing);
  }
  return out;
}

std::string evasions_json(const EvasionReport& report, const RuleSet& rules) {
  std::string out;
  JsonWriter json(out);
  write_evasions(json, report, rules);
  return out;
}

void write_evasions(JsonWriter& json, const EvasionReport& report, const RuleSet& rules) {
  json.begin_object();
  json.key("tests").unsigned_integer(report.tests);
  json.key("failing").unsigned_integer(report.failing);
  json.key("evasions").begin_array();
  for (const EvasionRow& row : report.rows) {
    json.begin_object();
    json.key("evasion").string(name_of(row.evasion));
    json.key("summary").string(summary_of(row.evasion));
    json.key("tests").unsigned_integer(row.tests);
    write_count(json, "full", row.full);
    write_count(json, "light", row.light);
    json.end_object();
  }
  json.end_array();
  json.key("lost").begin_array();
  for (const LostText& lost : report.lost) {
    json.begin_object();
    json.key("rule").string(rules.rule(lost.rule).full_id);
    json.key("test").string(lost.test->name);
    json.key("line").integer(lost.test->span.line);
    json.key("evasion").string(name_of(lost.evasion));
    json.key("density").string(name_of(lost.density));
    json.key("text").string(lost.text);
    json.key("explanation").string(lost.explanation);
    json.end_object();
  }
  json.end_array();
  json.end_object();
}

}  // namespace sieve
