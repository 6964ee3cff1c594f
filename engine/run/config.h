// The configuration of one engine: what deploy/scamsieve.yaml describes, read strictly.
//
//   Expected<Config, ConfigProblems> config = load_config("scamsieve.yaml",
//   {"http.listen=127.0.0.1:0"});
//
// Every key has a default, a range and a sentence in deploy/scamsieve.yaml. Unknown keys are
// errors.
// `${VAR}` in a value is the environment's; `file:PATH` as a Kafka property's value is that file's
// content (secrets). Relative paths are relative to the configuration file's directory.
//
// Thread safety: plain data.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "alert/privacy.h"
#include "base/diagnostic.h"
#include "base/expected.h"
#include "base/time.h"
#include "base/time_zone.h"
#include "match/database_compiler.h"
#include "record/mapping.h"
#include "rule/model.h"
#include "run/lane_clock.h"

namespace sieve {

struct SourceConfig {
  std::string name;
  RecordKind kind = RecordKind::kMessage;
  std::vector<std::string> files;  // Paths, or `-` for standard input. Empty: `topic`.
  std::string topic;
  // The field that the topic is partitioned by, as the operator knows; nothing: not known.
  std::optional<FieldId> key;
  // Raised when the topic was deleted and made anew, because its offsets began again.
  int64_t incarnation = 0;
  EventTimeBounds event_time;
  Mapping mapping;

  std::string_view fact_name() const;  // What facts know it by: its topic, or its name.
};

// Where one kind of output goes; all empty: nowhere (counted only).
struct OutputConfig {
  std::string file;  // A path, or `-` for standard output.
  std::string topic;

  bool empty() const { return file.empty() && topic.empty(); }
};

struct KafkaConfig {
  std::string brokers;
  std::string group = "scamsieve";
  std::string instance_id;
  std::string offset_reset = "earliest";
  std::map<std::string, std::string> properties;
};

struct RulesConfig {
  std::vector<std::string> paths;
  std::string thresholds;
  std::string cache;
  CompilerOptions compiler;  // Its executable is no key: the program sets it.
  Duration watch{5'000};     // How often files are looked at for changes; zero: never.
  int64_t shrink_max = 30;   // Percent that a reload may lose of rules or of a list.
  int64_t cost_every = 0;    // One of so many messages is timed; 0: costs are not measured.
  int64_t cost_max_us = 0;   // Microseconds per message that a rule may cost; 0: any.
  Duration suspend_for{600'000};
  Duration judge_every{1'000};  // No key: how often it is looked whether a rule costs too much.
};

enum class ExchangeKind : uint8_t { kMemory, kKafka };

// How facts come to the owner of their key.
struct ExchangeConfig {
  ExchangeKind kind = ExchangeKind::kMemory;
  std::string topic = "scamsieve.facts.v1";  // Of kKafka; each partition is a shard of the windows.
  std::string group;                         // That reads it; empty: see facts_group().
  // No key: how long the exchange in memory may be without partitions of its topics. While engines
  // are restarted, one that was killed holds its partitions for a session (90 s).
  Duration settle{120'000};
};

// Where state survives a restart.
struct StateConfig {
  std::string directory;  // Empty: offsets trail by the longest window instead.
  Duration interval{60'000};
  std::string key_file;  // Empty: snapshots are in clear.
};

enum class OnEnd : uint8_t { kExit, kStay };

struct EngineConfig {
  int64_t threads = 0;  // 0: one per core.
  TimeZone zone;
  std::string default_country;
  Duration max_future_skew{300'000};  // Zero: no check.
  Duration drain_timeout{25'000};
  Duration reassembly_timeout{300'000};  // Event time.
  OnEnd on_end = OnEnd::kExit;
};

struct Config {
  std::vector<SourceConfig> sources;
  KafkaConfig kafka;
  RulesConfig rules;
  OutputConfig alerts;
  OutputConfig dead_letters;
  OutputConfig late;
  std::map<std::string, OutputConfig> routes;
  Verdict publish_from = Verdict::kReview;
  std::string http_listen = "127.0.0.1:9464";  // Empty: no HTTP.
  std::string http_token;                      // For what changes state; empty: nobody may.
  PrivacyPolicy privacy;
  EngineConfig engine;
  ExchangeConfig exchange;
  StateConfig state;
  std::string log_level = "info";

  bool uses_kafka() const;
  std::string facts_group() const;  // Default: `<kafka.group>.facts`.
};

// Problems with the text they are in, for render().
struct ConfigProblems {
  Diagnostics diagnostics;
  std::string file;
  std::string text;
};

// Reads `path` and then applies `overrides` (`a.b.c=value`, list items by number:
// `sources.0.topic=x`).
Expected<Config, ConfigProblems> load_config(const std::string& path,
                                             const std::vector<std::string>& overrides);

// The same from text; `directory` is what relative paths are relative to.
Expected<Config, Diagnostics> parse_config(std::string_view file, std::string_view text,
                                           const std::string& directory,
                                           const std::vector<std::string>& overrides);

}  // namespace sieve
