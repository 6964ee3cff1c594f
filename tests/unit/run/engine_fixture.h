// What tests of the running engine share: rules and records made in place, an engine run over
// files, and what came out.
//
// Thread safety: none; each test uses a directory of its own.
#pragma once

#include <fmt/format.h>

#include <string>
#include <vector>

#include "base/check.h"
#include "run/engine.h"
#include "unit/stream/temporary_directory.h"

namespace sieve {

inline std::vector<std::string> lines_of(const std::string& text) {
  std::vector<std::string> lines;
  for (size_t at = 0; at < text.size();) {
    const size_t end = text.find('\n', at);
    lines.push_back(text.substr(at, end - at));
    if (end == std::string::npos) break;
    at = end + 1;
  }
  return lines;
}

// One message rule (`test/lure`: the words "free credit"), one in shadow, and one window over
// calls.
inline constexpr char kTestRules[] = R"(format: 1
namespace: test
rules:
  - id: lure
    title: Free credit
    class: gambling
    tier: 1
    severity: high
    score: 7
    patterns:
      credit: { words: ["free credit"] }
    condition: credit
    tests:
      - { name: hit, event: { text: "free credit" }, expect: { match: true } }
      - { name: miss, event: { text: "free lunch" }, expect: { match: false } }
  - id: shade
    title: Lunch
    class: other
    mode: shadow
    score: 7
    patterns:
      lunch: { words: [lunch] }
    condition: lunch
    tests:
      - { name: hit, event: { text: "a lunch" }, expect: { match: true } }
      - { name: miss, event: { text: "a dinner" }, expect: { match: false } }
  - id: fan
    title: Many callees
    class: dialler
    severity: medium
    score: 4
    on: call
    window: { by: [call.from], over: 10m, late: 2m, max_keys: 1000 }
    measure:
      callees: distinct(call.to)
    condition: callees >= 3
    alert: { summary: "{call.from} called {callees} numbers", suppress: 1h }
    tests:
      - name: three
        timeline:
          - { at: 0s, repeat: 3, every: 1s, call: { from: "+66812000001", to: "+6682000000{n}" } }
        expect: [{ at: 2s, callees: 3 }]
      - name: two
        timeline:
          - { at: 0s, repeat: 2, every: 1s, call: { from: "+66812000001", to: "+6682000000{n}" } }
        expect: []
)";

inline std::string message_json(int64_t number, int64_t ts_ms, const std::string& text) {
  return fmt::format(
      R"({{"schema":"message.v1","id":"m{}","ts":{},"channel":"sms","direction":"mo",)"
      R"("from":{{"addr":"+66812{:06}","type":"msisdn"}},"to":{{"addr":"+66898000001","type":"msisdn"}},"text":"{}"}})",
      number, ts_ms, number % 1'000'000, text);
}

inline std::string call_json(int64_t number, int64_t ts_ms, int64_t caller) {
  return fmt::format(
      R"({{"schema":"call.v1","id":"c{}","ts":{},"kind":"mo","from":{{"addr":"+66813{:06}","type":"msisdn"}},)"
      R"("to":{{"addr":"+66899{:06}","type":"msisdn"}},"duration":3}})",
      number, ts_ms, caller % 1'000'000, number % 1'000'000);
}

struct EngineOutcome {
  Totals totals;
  EngineEnd end;
};

// Runs an engine to its end. The configuration's rules must compile and its files open.
inline EngineOutcome run_to_end(const Config& config) {
  auto engine = Engine::create(config, {});
  SIEVE_CHECK(engine.has_value(), "{}", engine.error().text);
  (*engine)->start();
  while (!(*engine)->finished()) (*engine)->service(std::chrono::milliseconds(1));
  EngineEnd end = (*engine)->stop();
  return {(*engine)->totals(), std::move(end)};
}

// A configuration over files in `directory`: messages.jsonl, calls.jsonl, the rules above.
inline Config file_config(const TemporaryDirectory& directory, int64_t threads) {
  Config config;
  config.http_listen.clear();
  config.engine.threads = threads;
  config.rules.paths = {directory.write("test.rules.yaml", kTestRules)};
  config.alerts.file = directory.path("alerts.jsonl");
  config.dead_letters.file = directory.path("dead_letters.jsonl");
  const auto add = [&](RecordKind kind, const std::string& file) {
    SourceConfig& source = config.sources.emplace_back();
    source.name = file;
    source.kind = kind;
    source.files = {directory.path(file)};
    source.mapping = native_mapping(kind, "TH");
  };
  add(RecordKind::kMessage, "messages.jsonl");
  add(RecordKind::kCall, "calls.jsonl");
  return config;
}

}  // namespace sieve
