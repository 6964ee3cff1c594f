// Mappings from YAML, for tests.
#pragma once

#include <gtest/gtest.h>

#include <string>
#include <string_view>

#include "record/mapping.h"

namespace sieve::testing {

inline Mapping parse_into(RecordKind kind, std::string_view yaml, Diagnostics& diagnostics) {
  const auto document = parse_yaml("mapping.yaml", yaml);
  if (!document) {
    diagnostics = document.error();
    return {};
  }
  const YamlContext context{"mapping.yaml", 'C', &diagnostics};
  return parse_mapping(document->root(), kind, context);
}

inline Mapping mapping_of(RecordKind kind, std::string_view yaml) {
  Diagnostics diagnostics;
  Mapping mapping = parse_into(kind, yaml, diagnostics);
  for (const Diagnostic& problem : diagnostics) ADD_FAILURE() << render(problem, {});
  return mapping;
}

// The codes of what is wrong with a mapping of reports, separated by spaces.
inline std::string codes_of(std::string_view yaml) {
  Diagnostics diagnostics;
  parse_into(RecordKind::kReport, yaml, diagnostics);
  std::string codes;
  for (const Diagnostic& problem : diagnostics) {
    codes += (codes.empty() ? "" : " ") + problem.code;
  }
  return codes;
}

}  // namespace sieve::testing
