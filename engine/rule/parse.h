// Reading rule files: text to model, with every problem explained at its place.
//
//   LoadedRules loaded = load_rules({"rules"}, "rules/thresholds.yaml");
//   for (const Diagnostic& d : loaded.diagnostics) print(render(d, loaded.sources()));
//
// Thread safety: pure functions.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "rule/adjustments.h"
#include "rule/definitions.h"
#include "rule/model.h"

namespace sieve {

// Checks the rules of one file that was read as YAML, where `definitions` are those of the whole
// set. Problems are added to `diagnostics` (errors and warnings); the result holds the rules that
// had no error.
RuleFile parse_rules(const YamlDocument& document, const Definitions& definitions,
                     Diagnostics& diagnostics);

// What names mean in the condition of `rule`. Refers to both.
ExpressionScope scope_of(const Rule& rule, const Definitions& definitions);
// The same for conditions about the records that `rule` looks at, as its exceptions are.
ExpressionScope record_scope_of(const Rule& rule, const Definitions& definitions);

// What is left when all files are read: applies `adjustments`, and checks the rules as they are
// then.
void finish_rules(const Adjustments& adjustments, const Definitions& definitions,
                  std::vector<RuleFile>& files, Diagnostics& diagnostics);

// Parses and checks one rule file as a set of its own. The definitions are added to `definitions`,
// which stands for those of other files; list files are not read. Where `definitions` has no today,
// it is the clock's.
RuleFile parse_rule_file(std::string_view file, std::string_view text, Definitions& definitions,
                         Diagnostics& diagnostics);
RuleFile parse_rule_file(std::string_view file, std::string_view text, Diagnostics& diagnostics);

Thresholds parse_thresholds(std::string_view file, std::string_view text, Diagnostics& diagnostics);

// How the names of rule files end.
inline constexpr std::string_view kRuleFileSuffix = ".rules.yaml";

// The text of one file that was read, kept for snippets.
struct LoadedFile {
  std::string file;
  std::string text;
  bool is_yaml = true;  // Or the plain text of a list.
};

struct LoadedRules {
  Definitions definitions;
  std::vector<RuleFile> files;
  Thresholds thresholds;
  std::vector<LoadedFile> texts;
  Diagnostics diagnostics;  // Sorted.
  std::string digest;       // Of the names and bytes of all files, 32 hexadecimal digits.

  std::vector<SourceText> sources() const;
  bool ok() const { return !has_errors(diagnostics); }
};

// What to read in the place of some files, by their paths: those of LoadedRules::texts.
using FileEdits = std::map<std::string, std::string, std::less<>>;

// Reads every `*.rules.yaml` below `paths` (files or directories) and the thresholds file (may be
// empty: defaults). Also checks across files: duplicate ids, unreadable or empty directories.
// `today`: by which authors are told what expired; nothing: the clock's, in UTC.
LoadedRules load_rules(const std::vector<std::string>& paths, const std::string& thresholds_path,
                       const FileEdits& edits = {}, std::optional<Date> today = {});

}  // namespace sieve
