#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <array>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "base/json_writer.h"
#include "cli/verbs.h"
#include "rule/references.h"

namespace sieve {
namespace {

struct ListArguments {
  std::vector<std::string> paths;
  std::string rule_class;
  std::string status;
  bool inactive = false;
  std::string today;
  bool json = false;
};

// One rule as it is shown.
struct Row {
  const Rule* rule;
  std::string why_inactive;  // Empty: it is active.
};

std::string expiry_of(Date last_day) {
  return last_day == kNoLastDay ? std::string("never") : format_date(last_day);
}

std::string kind_of(const Rule& rule) {
  if (!rule.emit) return "helper";
  return rule.is_window() ? fmt::format("{} window", name_of(rule.on))
                          : std::string(name_of(rule.kind()));
}

std::vector<Row> rows_of(const RuleSet& rules, const ListArguments& arguments) {
  std::map<size_t, std::string> reasons;
  for (const InactiveRule& inactive : rules.inactive()) {
    reasons[inactive.rule.index()] = inactive.reason;
  }
  std::vector<Row> rows;
  for (size_t i = 0; i < rules.rules().size(); ++i) {
    const Rule& rule = *rules.rules()[i].rule;
    const auto reason = reasons.find(i);
    const bool wanted = (arguments.rule_class.empty() || rule.rule_class == arguments.rule_class) &&
                        (arguments.status.empty() || name_of(rule.status) == arguments.status) &&
                        (!arguments.inactive || reason != reasons.end());
    if (wanted) rows.push_back({&rule, reason != reasons.end() ? reason->second : ""});
  }
  std::sort(rows.begin(), rows.end(),
            [](const Row& a, const Row& b) { return a.rule->full_id() < b.rule->full_id(); });
  return rows;
}

using Cells = std::array<std::string, 11>;

const Cells kHeads = {"rule",  "class", "status", "mode",   "tier", "severity",
                      "score", "route", "kind",   "active", "tests"};

std::string or_dash(std::string_view text) { return std::string(text.empty() ? "-" : text); }

Cells cells_of(const Row& row) {
  const Rule& rule = *row.rule;
  // Helpers have none.
  const auto weight = [&](std::string_view text) { return or_dash(rule.emit ? text : ""); };
  return {fmt::format("{}@{}", rule.full_id(), rule.rev),
          or_dash(rule.rule_class),
          std::string(name_of(rule.status)),
          weight(name_of(rule.mode)),
          weight(fmt::to_string(rule.tier)),
          weight(name_of(rule.severity)),
          weight(fmt::format("{}", rule.score)),
          or_dash(rule.route),
          kind_of(rule),
          row.why_inactive.empty() ? "yes" : row.why_inactive,
          fmt::to_string(rule.tests.size())};
}

// Columns as wide as their longest cell.
template <size_t kSize>
std::string aligned(const std::vector<std::array<std::string, kSize>>& table) {
  std::array<size_t, kSize> widths{};
  for (const auto& cells : table) {
    for (size_t i = 0; i < kSize; ++i) widths[i] = std::max(widths[i], cells[i].size());
  }
  std::string out;
  for (const auto& cells : table) {
    std::string line;
    for (size_t i = 0; i < kSize; ++i) line += fmt::format("{:<{}}  ", cells[i], widths[i]);
    line.resize(line.find_last_not_of(' ') + 1);
    out += line + "\n";
  }
  return out;
}

std::string rules_text(const std::vector<Row>& rows) {
  std::vector<Cells> table = {kHeads};
  for (const Row& row : rows) table.push_back(cells_of(row));
  return aligned(table);
}

// The lists and brands of the set; empty when there are none.
std::string definitions_text(const Definitions& definitions) {
  std::string out;
  if (!definitions.lists.empty()) {
    std::vector<std::array<std::string, 4>> table = {{"list", "type", "entries", "file"}};
    for (const ListDef& list : definitions.lists) {
      table.push_back({list.name, std::string(name_of(list.type)),
                       fmt::to_string(list.entries.values.size()),
                       list.file.empty() ? "-" : list.file});
    }
    out += "\n" + aligned(table);
  }
  if (!definitions.brands.empty()) {
    std::vector<std::array<std::string, 2>> table = {{"brand", "official"}};
    for (const BrandDef& brand : definitions.brands) {
      table.push_back({brand.name, fmt::format("{}", fmt::join(brand.official, ", "))});
    }
    out += "\n" + aligned(table);
  }
  return out;
}

// Filters, by their names, with how many rules have them.
std::map<std::string, std::pair<const ExceptionDef*, size_t>> filters_of(const RuleSet& rules) {
  std::map<std::string, std::pair<const ExceptionDef*, size_t>> filters;
  for (const CompiledException& compiled : rules.exceptions()) {
    const ExceptionDef& exception = *compiled.exception;
    if (exception.kind != ExceptionKind::kFilter) continue;
    auto& [filter, count] = filters[exception.name];
    filter = &exception;
    ++count;
  }
  return filters;
}

// What overrides changed, rule by rule.
std::string overrides_text(const std::vector<Row>& rows) {
  std::vector<std::array<std::string, 3>> table = {{"overridden", "what", "by"}};
  for (const Row& row : rows) {
    for (const OverrideNote& note : row.rule->overrides) {
      table.push_back({row.rule->full_id(), fmt::format("{}", fmt::join(note.keys, ", ")),
                       fmt::format("{}:{}", note.file, note.span.line)});
    }
  }
  return table.size() == 1 ? std::string() : "\n" + aligned(table);
}

void write_overrides(JsonWriter& json, const Rule& rule) {
  json.key("overridden").begin_array();
  for (const OverrideNote& note : rule.overrides) {
    json.begin_object().key("file").string(note.file);
    json.key("line").unsigned_integer(note.span.line).key("keys").begin_array();
    for (const std::string& key : note.keys) json.string(key);
    json.end_array().end_object();
  }
  json.end_array();
}

std::string filters_text(const RuleSet& rules) {
  const auto filters = filters_of(rules);
  if (filters.empty()) return {};
  std::vector<std::array<std::string, 4>> table = {{"filter", "rules", "expires", "reason"}};
  for (const auto& [name, filter] : filters) {
    table.push_back({name, fmt::to_string(filter.second), expiry_of(filter.first->last_day),
                     filter.first->reason});
  }
  return "\n" + aligned(table);
}

void write_filters(JsonWriter& json, const RuleSet& rules) {
  json.key("filters").begin_array();
  for (const auto& [name, filter] : filters_of(rules)) {
    json.begin_object().key("name").string(name).key("reason").string(filter.first->reason);
    json.key("expires").string(expiry_of(filter.first->last_day));
    json.key("rules").unsigned_integer(filter.second).end_object();
  }
  json.end_array();
}

void write_texts(JsonWriter& json, std::string_view key, const std::vector<std::string>& texts) {
  json.key(key).begin_array();
  for (const std::string& text : texts) json.string(text);
  json.end_array();
}

void write_metadata(JsonWriter& json, const Rule& rule) {
  json.key("author").string(rule.author);
  write_texts(json, "tags", rule.tags);
  write_texts(json, "references", rule.references);
  write_texts(json, "false_positives", rule.false_positives);
  json.key("created").string(rule.created ? format_date(*rule.created) : "");
  json.key("modified").string(rule.modified ? format_date(*rule.modified) : "");
  json.key("expires").string(expiry_of(rule.last_day));
  json.key("metadata").begin_object();
  for (const auto& [name, text] : rule.metadata) json.key(name).string(text);
  json.end_object();
}

void write_row(JsonWriter& json, const Row& row) {
  const Rule& rule = *row.rule;
  json.begin_object();
  json.key("rule").string(rule.full_id()).key("rev").integer(rule.rev);
  json.key("title").string(rule.title).key("class").string(rule.rule_class);
  json.key("status").string(name_of(rule.status)).key("mode").string(name_of(rule.mode));
  json.key("tier").integer(rule.tier).key("severity").string(name_of(rule.severity));
  json.key("score").number(rule.score).key("route").string(rule.route);
  json.key("kind").string(name_of(rule.kind()));
  json.key("on").string(rule.sequence ? "" : name_of(rule.on));
  json.key("window").boolean(rule.is_window());
  json.key("emit").boolean(rule.emit);
  write_texts(json, "refers_to", references_of(rule));
  json.key("active").boolean(row.why_inactive.empty());
  json.key("why_inactive").string(row.why_inactive);
  write_metadata(json, rule);
  json.key("exceptions").begin_array();
  for (const ExceptionDef& exception : rule.exceptions) json.string(exception.label());
  json.end_array();
  write_overrides(json, rule);
  json.key("tests").unsigned_integer(rule.tests.size());
  json.key("file").string(rule.file).key("line").unsigned_integer(rule.span.line);
  json.end_object();
}

void write_definitions(JsonWriter& json, const Definitions& definitions) {
  json.key("lists").begin_array();
  for (const ListDef& list : definitions.lists) {
    json.begin_object().key("name").string(list.name).key("type").string(name_of(list.type));
    json.key("entries").unsigned_integer(list.entries.values.size());
    json.key("file").string(list.file).end_object();
  }
  json.end_array();
  json.key("brands").begin_array();
  for (const BrandDef& brand : definitions.brands) {
    json.begin_object().key("name").string(brand.name).key("official").begin_array();
    for (const std::string& host : brand.official) json.string(host);
    json.end_array().end_object();
  }
  json.end_array();
}

std::string json_of(const std::vector<Row>& rows, const RuleSet& rules) {
  std::string out;
  JsonWriter json(out);
  json.begin_object().key("rules").begin_array();
  for (const Row& row : rows) write_row(json, row);
  json.end_array();
  write_definitions(json, rules.definitions());
  write_filters(json, rules);
  json.end_object();
  return out + "\n";
}

// What is wrong with rules that cannot be listed.
ExitStatus refuse(const Diagnostics& diagnostics, const std::vector<LoadedFile>& texts) {
  std::vector<SourceText> sources;
  for (const LoadedFile& file : texts) sources.push_back({file.file, file.text});
  fmt::print(stderr, "{}", render_all(diagnostics, sources));
  return static_cast<int>(ExitCode::kFailed);
}

ExitStatus list(const ListArguments& arguments) {
  const RulesLocation location = rules_of(arguments.paths);
  LoadedRules loaded =
      load_rules(location.paths, location.thresholds, {}, parse_date(arguments.today));
  if (!loaded.ok()) return refuse(loaded.diagnostics, loaded.texts);
  const std::vector<LoadedFile> texts = loaded.texts;
  const auto rules = RuleSet::compile(std::move(loaded), {"", {}, location.compiler});
  if (!rules) return refuse(rules.error(), texts);
  const std::vector<Row> rows = rows_of(**rules, arguments);
  if (arguments.json) {
    fmt::print("{}", json_of(rows, **rules));
  } else {
    fmt::print("{}{} of {} rules\n{}{}{}", rules_text(rows), rows.size(), (*rules)->rules().size(),
               overrides_text(rows), definitions_text((*rules)->definitions()),
               filters_text(**rules));
  }
  return static_cast<int>(ExitCode::kOk);
}

}  // namespace

void add_rules_list(CLI::App& rules, ExitStatus& status) {
  auto arguments = std::make_shared<ListArguments>();
  CLI::App* verb = rules.add_subcommand(
      "list",
      "Show the rules of rule files: what they weigh, whether they are active, or why not.");
  verb->add_option("paths", arguments->paths, "Rule files or directories (default: rules)");
  verb->add_option("--class", arguments->rule_class, "Only rules of this class");
  verb->add_option("--status", arguments->status, "Only rules of this status")
      ->check(CLI::IsMember({"experimental", "test", "stable", "deprecated"}));
  verb->add_flag("--inactive", arguments->inactive, "Only rules that cannot be true here");
  add_today(*verb, arguments->today);
  verb->add_flag("--json", arguments->json,
                 "The same as a JSON object: rules, lists, brands, filters");
  verb->callback([arguments, &status] { status = list(*arguments); });
}

}  // namespace sieve
