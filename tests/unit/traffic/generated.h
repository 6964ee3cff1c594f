// Runs the generator into memory and reads what it wrote.
#pragma once

#include <gtest/gtest.h>

#include <set>
#include <sstream>
#include <string>
#include <utility>
#include <vector>

#include "base/json_reader.h"
#include "traffic/generator.h"

namespace sieve::traffic {

struct Output {
  Summary summary;
  std::string messages, calls, truth;
};

inline Options small_run() {
  Options options;
  options.subscribers = 2'000;
  options.records = 8'000;
  options.length = {3'600'000};
  options.scam_share = 0.1;
  return options;
}

inline Output generated(Options options) {
  options.dials.resolve(options.subscribers, options.length);
  StringSink messages, calls, truth;
  Output output;
  output.summary = generate(options, {messages, calls, truth});
  output.messages = messages.bytes();
  output.calls = calls.bytes();
  output.truth = truth.bytes();
  return output;
}

inline std::vector<JsonValue> parse_lines(const std::string& bytes) {
  std::vector<JsonValue> values;
  std::istringstream lines(bytes);
  for (std::string line; std::getline(lines, line);) {
    Expected<JsonValue, JsonError> value = parse_json(line);
    if (!value) {
      ADD_FAILURE() << value.error().message << ": " << line;
      continue;
    }
    values.push_back(std::move(*value));
  }
  return values;
}

inline int64_t time_of(const JsonValue& record) {
  const auto time = parse_rfc3339(record.at("ts").as_string());
  EXPECT_TRUE(time) << record.at("ts").as_string();
  return time.value_or(Timestamp{}).ms;
}

// One record of each call: of several with one call_ref, the first.
inline std::vector<JsonValue> parse_calls(const std::string& bytes) {
  std::vector<JsonValue> calls;
  std::set<std::string> seen;
  for (JsonValue& record : parse_lines(bytes)) {
    const std::string& call_ref = record.at("call_ref").string;
    if (!call_ref.empty() && !seen.insert(call_ref).second) continue;
    calls.push_back(std::move(record));
  }
  return calls;
}

}  // namespace sieve::traffic
