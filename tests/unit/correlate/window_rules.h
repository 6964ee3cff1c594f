// Window rules and records for the tests of this directory.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "correlate/correlator.h"
#include "unit/evaluate/rules_of.h"

namespace sieve::testing {

// A plan for `rules`, list items of YAML that lack only what every rule has.
inline std::shared_ptr<const FactPlan> plan_of(const std::vector<std::string>& rules) {
  std::string yaml = "format: 1\nnamespace: demo\nrules:\n";
  for (size_t i = 0; i < rules.size(); ++i) {
    yaml +=
        "  - { id: W" + std::to_string(i) + ", title: t, class: c, score: 3, " + rules[i] + " }\n";
  }
  // A rule without a window comes last: rule files are not empty, and plans must not take it.
  yaml +=
      "  - { id: M, title: t, class: c, score: 1, patterns: { a: { words: [word] } }, condition: a "
      "}\n";
  return std::make_shared<const FactPlan>(compiled(loaded_from(yaml)));
}

inline Address address_of(std::string_view name) {
  Address address;
  address.raw = name;
  if (name.starts_with('+')) {
    address.number = name;
    address.type = AddressType::kMsisdn;
    address.country = "TH";
  }
  return address;
}

inline Record call(std::string_view from, std::string_view to, Timestamp ts, Duration duration) {
  Record record;
  record.kind = RecordKind::kCall;
  record.call.id = "c";
  record.call.ts = ts;
  record.call.from = address_of(from);
  record.call.to = address_of(to);
  record.call.duration = duration;
  return record;
}

// The block of the facts of the record at `offset`, which is of `call`.
inline std::string block_of(int64_t offset, const std::vector<Fact>& facts, CallId call = {}) {
  std::string block;
  FactBlockWriter writer(block);
  writer.begin(offset, call);
  for (const Fact& fact : facts) writer.add(fact);
  writer.end();
  return block;
}

}  // namespace sieve::testing
