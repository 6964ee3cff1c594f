// What tests did not see, for people and for programs: see rule_coverage.h.
#include <fmt/format.h>

#include <map>

#include "run/report_table.h"
#include "run/rule_coverage.h"

namespace sieve {
namespace {

std::string_view what_is_missing(const CoveragePoint& point) {
  if (point.seen() == 0) return "was never looked at";
  return point.was_true ? "was never false" : "was never true";
}

std::string gaps_of(const CoveredRule& rule) {
  std::string out =
      fmt::format("{}: {} of {} outcomes seen\n", rule.name, rule.seen(), rule.outcomes());
  for (const CoveragePoint& point : rule.points) {
    if (point.seen() == 2) continue;
    out += fmt::format("  {}:{}:{}: `{}` {}\n", rule.file, point.span.line, point.span.column,
                       point.text, what_is_missing(point));
  }
  return out + "\n";
}

struct Sum {
  size_t seen = 0;
  size_t outcomes = 0;

  void add(const CoveredRule& rule) {
    seen += rule.seen();
    outcomes += rule.outcomes();
  }
  ReportRow row(std::string name) const {
    return {std::move(name), std::to_string(seen), std::to_string(outcomes),
            percent_text(seen, outcomes)};
  }
};

}  // namespace

std::string render_coverage(const RuleCoverage& coverage) {
  std::string gaps;
  std::vector<ReportRow> rows = {{"coverage", "seen", "of", "share"}};
  std::map<std::string, Sum> packs;
  Sum all;
  for (const CoveredRule& rule : coverage.rules()) {
    if (rule.seen() < rule.outcomes()) gaps += gaps_of(rule);
    Sum own;
    own.add(rule);
    rows.push_back(own.row(rule.name));
    all.add(rule);
    if (!rule.space.empty()) packs[rule.space].add(rule);
  }
  for (const auto& [space, sum] : packs) rows.push_back(sum.row(fmt::format("pack {}", space)));
  rows.push_back(all.row("all"));
  return gaps + render_table(rows);
}

void write_coverage(JsonWriter& json, const RuleCoverage& coverage) {
  Sum all;
  json.begin_object();
  json.key("rules").begin_array();
  for (const CoveredRule& rule : coverage.rules()) {
    all.add(rule);
    json.begin_object();
    json.key("rule").string(rule.name);
    json.key("pack").string(rule.space);
    json.key("file").string(rule.file);
    json.key("seen").unsigned_integer(rule.seen());
    json.key("outcomes").unsigned_integer(rule.outcomes());
    json.key("parts").begin_array();
    for (const CoveragePoint& point : rule.points) {
      json.begin_object();
      json.key("text").string(point.text);
      json.key("line").unsigned_integer(point.span.line);
      json.key("column").unsigned_integer(point.span.column);
      json.key("size").unsigned_integer(point.span.size);
      json.key("was_true").boolean(point.was_true);
      json.key("was_false").boolean(point.was_false);
      json.end_object();
    }
    json.end_array();
    json.end_object();
  }
  json.end_array();
  json.key("seen").unsigned_integer(all.seen);
  json.key("outcomes").unsigned_integer(all.outcomes);
  json.key("percent").number(coverage.percent());
  json.end_object();
}

}  // namespace sieve
