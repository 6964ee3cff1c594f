// What came of mutants, for people and for programs: see mutation_tests.h.
#include <fmt/format.h>

#include <map>

#include "run/mutation_tests.h"
#include "run/report_table.h"

namespace sieve {
namespace {

ReportRow row_of(std::string name, const MutantCounts& counts) {
  return {std::move(name),
          std::to_string(counts.all()),
          std::to_string(counts.killed),
          std::to_string(counts.survived),
          std::to_string(counts.declared),
          percent_text(counts.killed, counts.to_kill())};
}

void write_counts(JsonWriter& json, const MutantCounts& counts) {
  json.key("killed").unsigned_integer(counts.killed);
  json.key("survived").unsigned_integer(counts.survived);
  json.key("declared").unsigned_integer(counts.declared);
}

void write_mutant(JsonWriter& json, const MutantResult& result) {
  const Mutant& mutant = result.mutant;
  json.begin_object();
  json.key("mutant").string(mutant.name);
  json.key("kind").string(name_of(mutant.kind));
  json.key("outcome").string(name_of(result.outcome));
  json.key("file").string(mutant.file);
  json.key("line").unsigned_integer(mutant.span.line);
  json.key("column").unsigned_integer(mutant.span.column);
  json.key("size").unsigned_integer(mutant.span.size);
  if (!result.killed_by.empty()) json.key("killed_by").string(result.killed_by);
  if (!result.because.empty()) json.key("because").string(result.because);
  if (result.outcome == MutantOutcome::kSurvived) {
    json.key("idle").boolean(result.is_idle);
    json.key("lacking").string(result.is_idle ? "" : mutant.lacking);
  }
  json.end_object();
}

}  // namespace

std::string render_mutations(const MutationReport& report, const RuleSet& rules) {
  std::string out;
  const std::vector<SourceText> sources = rules.sources();
  for (const Diagnostic& diagnostic : report.diagnostics) {
    out += render(diagnostic, sources) + "\n";
  }
  std::vector<ReportRow> rows = {{"mutants of", "all", "killed", "survived", "declared", "killed"}};
  std::map<std::string, MutantCounts> packs;
  for (const MutatedRule& rule : report.rules) {
    rows.push_back(row_of(rule.name, rule.counts()));
    if (!rule.space.empty()) packs[rule.space].add(rule.counts());
  }
  for (const auto& [space, counts] : packs) {
    rows.push_back(row_of(fmt::format("pack {}", space), counts));
  }
  rows.push_back(row_of("all", report.counts()));
  out += render_table(rows);
  if (report.failing > 0) {
    out += fmt::format("{} tests fail as they are and were left out\n", report.failing);
  }
  return out;
}

void write_mutations(JsonWriter& json, const MutationReport& report) {
  json.begin_object();
  json.key("rules").begin_array();
  for (const MutatedRule& rule : report.rules) {
    json.begin_object();
    json.key("rule").string(rule.name);
    json.key("pack").string(rule.space);
    write_counts(json, rule.counts());
    json.key("mutants").begin_array();
    for (const MutantResult& result : rule.mutants) write_mutant(json, result);
    json.end_array();
    json.end_object();
  }
  json.end_array();
  write_counts(json, report.counts());
  json.key("percent").number(report.killed_percent());
  json.key("failing").unsigned_integer(report.failing);
  json.key("diagnostics").begin_array();
  for (const Diagnostic& diagnostic : report.diagnostics) {
    if (diagnostic.severity == Severity::kError) json.raw(render_json(diagnostic));
  }
  json.end_array();
  json.end_object();
}

}  // namespace sieve
