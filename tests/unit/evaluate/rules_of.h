// Short ways to rules, conditions and messages for the tests of this directory.
#pragma once

#include <gtest/gtest.h>

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "evaluate/evaluator.h"
#include "rule/parse.h"

namespace sieve::testing {

// The rules of a file that has no errors.
inline LoadedRules loaded_from(std::string_view yaml) {
  LoadedRules loaded;
  loaded.files.push_back(
      parse_rule_file("test.rules.yaml", yaml, loaded.definitions, loaded.diagnostics));
  loaded.texts.push_back({"test.rules.yaml", std::string(yaml)});
  for (const Diagnostic& diagnostic : loaded.diagnostics) {
    EXPECT_NE(diagnostic.severity, Severity::kError) << render(diagnostic, loaded.sources());
  }
  return loaded;
}

inline std::shared_ptr<const RuleSet> compiled(LoadedRules loaded,
                                               const CompileOptions& options = {}) {
  auto rules = RuleSet::compile(std::move(loaded), options);
  if (!rules) {
    ADD_FAILURE() << render(rules.error().front(), {});
    return nullptr;
  }
  return *rules;
}

// `text` over patterns p0, p1, ..., the lists of `definitions` and the fields of messages.
inline Expression condition_from(const std::string& text, size_t pattern_count,
                                 const Definitions& definitions = {}) {
  std::vector<std::string> names;
  for (size_t i = 0; i < pattern_count; ++i) names.push_back("p" + std::to_string(i));
  ExpressionScope scope;
  scope.definitions = &definitions;
  scope.patterns.assign(names.begin(), names.end());
  Diagnostics diagnostics;
  const auto document = parse_yaml("condition", "|\n  " + text + "\n");
  if (!document) {
    ADD_FAILURE() << "not YAML: " << text;
    return {};
  }
  const YamlContext context{"condition", 'R', &diagnostics};
  Expression expression = parse_expression(document->root(), scope, context);
  for (const Diagnostic& diagnostic : diagnostics) ADD_FAILURE() << render(diagnostic, {});
  return expression;
}

// A message to one recipient. What it refers to must live on.
inline Record message(std::string_view text, std::string_view from = "+66812345678") {
  static constexpr Address kRecipient{"+66887654321", "+66887654321", "TH", AddressType::kMsisdn};
  Record record;
  record.kind = RecordKind::kMessage;
  record.message.id = "m";
  record.message.text = text;
  record.message.from.raw = from;
  record.message.to = std::span(&kRecipient, 1);
  return record;
}

}  // namespace sieve::testing
