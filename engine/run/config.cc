#include "run/config.h"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <set>

#include "base/file.h"
#include "base/limits.h"
#include "base/phone.h"
#include "run/config_event_time.h"
#include "run/config_exchange.h"
#include "run/config_overrides.h"

namespace sieve {
namespace {

constexpr size_t kConfigBytesMax = size_t{1} << 20;
constexpr int64_t kWatchMsMax = 3'600'000;
constexpr int64_t kCostEvery = 1'024;
constexpr int64_t kCostEveryMax = 1'000'000;
constexpr int64_t kCostMaxUs = 50;
constexpr int64_t kCostMaxUsMax = 100'000;
constexpr int64_t kSuspendMsMax = 86'400'000;
constexpr size_t kTokenBytesMin = 16;
const std::vector<std::string_view> kKinds = {"message", "call", "report"};

// Reads one configuration; problems go to the context.
class ConfigReader {
 public:
  ConfigReader(const YamlContext& context, std::string directory)
      : context_(context), directory_(std::move(directory)) {}

  Config read(const YamlNode& root) {
    YamlReader reader(root, "configuration", context_);
    // First, because sources use its defaults.
    if (const YamlNode* node = reader.optional_node("engine")) read_engine(*node);
    if (const YamlNode* node = reader.required_node("sources")) read_sources(*node);
    if (const YamlNode* node = reader.optional_node("kafka")) read_kafka(*node);
    if (const YamlNode* node = reader.required_node("rules")) read_rules(*node);
    if (const YamlNode* node = reader.optional_node("output")) read_output(*node);
    if (const YamlNode* node = reader.optional_node("http")) read_http(*node);
    if (const YamlNode* node = reader.optional_node("privacy")) read_privacy(*node);
    if (const YamlNode* node = reader.optional_node("log")) read_log(*node);
    if (const YamlNode* node = reader.optional_node("exchange"))
      read_exchange(*node, context_, config_);
    if (const YamlNode* node = reader.optional_node("state")) read_state(*node);
    reader.finish();
    check_kafka(root);
    check_sources(root);
    if (root.find("sources") != nullptr) check_fact_sources(root, context_, config_);
    return std::move(config_);
  }

 private:
  void read_state(const YamlNode& node) {
    YamlReader reader(node, "state", context_);
    StateConfig& state = config_.state;
    state.directory = resolve(reader.optional_string("directory"));
    state.interval = reader.optional_duration("interval", state.interval,
                                              {Duration{1'000}, Duration{86'400'000}});
    state.key_file = resolve(reader.optional_string("key_file"));
    reader.finish();
    const bool reads_topics = !config_.sources.empty() && !config_.sources.front().topic.empty();
    if (state.directory.empty() || reads_topics) return;
    context_.error("C113", node.span, "files need no saved state").help =
        "they are read from their start each time: remove `state`";
  }

  void read_engine(const YamlNode& node) {
    YamlReader reader(node, "engine", context_);
    EngineConfig& engine = config_.engine;
    engine.threads = reader.optional_int("threads", engine.threads, {0, 256});
    engine.max_future_skew = reader.optional_duration("max_future_skew", engine.max_future_skew);
    engine.drain_timeout = reader.optional_duration("drain_timeout", engine.drain_timeout);
    engine.reassembly_timeout =
        reader.optional_duration("reassembly_timeout", engine.reassembly_timeout);
    check_reassembly(node);
    engine.on_end =
        reader.optional_choice("on_end", 0, {"exit", "stay"}) == 1 ? OnEnd::kStay : OnEnd::kExit;
    engine.default_country = reader.optional_string("default_country");
    if (!engine.default_country.empty() && find_plan(engine.default_country) == nullptr) {
      context_
          .error("C106", node.find("default_country")->span,
                 fmt::format("no numbering plan for country `{}`", engine.default_country))
          .help = "give an ISO 3166-1 alpha-2 code such as TH, or leave it out";
    }
    const std::string zone_name = reader.optional_string("timezone", "UTC");
    if (const std::optional<TimeZone> zone = TimeZone::load(zone_name)) {
      engine.zone = *zone;
    } else {
      context_
          .error("C107", node.find("timezone")->span,
                 fmt::format("unknown time zone `{}`", zone_name))
          .help = "give a name of the system's time zone database, such as Asia/Bangkok";
    }
    reader.finish();
  }

  void check_reassembly(const YamlNode& node) {
    constexpr Duration kLeast{1'000};
    constexpr Duration kMost{86'400'000};
    const Duration timeout = config_.engine.reassembly_timeout;
    if (timeout >= kLeast && timeout <= kMost) return;
    context_
        .error("C004", node.find("reassembly_timeout")->span,
               "`reassembly_timeout` must be from 1s to 1d")
        .help = "references of busy senders are used again within minutes: 5m is a good start";
  }

  void read_sources(const YamlNode& node) {
    if (node.kind != YamlKind::kList || node.items.empty()) {
      context_.error("C104", node.span, "`sources` must be a list with at least one source");
      return;
    }
    std::set<std::string> names;
    for (const auto& item : node.items) {
      read_source(*item);
      const SourceConfig& source = config_.sources.back();
      if (!names.insert(source.name).second) {
        context_.error("C105", item->span,
                       fmt::format("a source named `{}` exists already", source.name));
      }
    }
  }

  void read_source(const YamlNode& node) {
    YamlReader reader(node, "source", context_);
    SourceConfig& source = config_.sources.emplace_back();
    source.name = reader.required_string("name");
    source.kind = static_cast<RecordKind>(reader.optional_choice("stream", 0, kKinds));
    for (const std::string& file : reader.optional_strings("file")) {
      source.files.push_back(resolve(file));
    }
    source.topic = reader.optional_string("topic");
    if (source.files.empty() == source.topic.empty()) {
      context_.error("C104", node.span, "a source has either `file` or `topic`").help =
          "`file: messages.jsonl` (or `-` for standard input), or `topic: telecom.messages`";
    }
    if (const YamlNode* mapping = reader.optional_node("mapping")) {
      source.mapping = parse_mapping(*mapping, source.kind, context_);
      if (source.mapping.default_country.empty()) {
        source.mapping.default_country = config_.engine.default_country;
      }
    } else {
      source.mapping = native_mapping(source.kind, config_.engine.default_country);
    }
    read_topic(reader, context_, source);
    read_event_time(reader, context_, source);
    reader.finish();
  }

  void read_kafka(const YamlNode& node) {
    YamlReader reader(node, "kafka", context_);
    KafkaConfig& kafka = config_.kafka;
    kafka.brokers = reader.required_string("brokers");
    kafka.group = reader.optional_string("group", kafka.group);
    kafka.instance_id = reader.optional_string("instance_id");
    kafka.offset_reset = reader.optional_choice("offset_reset", 0, {"earliest", "error"}) == 1
                             ? "error"
                             : "earliest";
    if (const YamlNode* properties = reader.optional_node("properties")) {
      for (const YamlEntry& entry : properties->entries) {
        kafka.properties[entry.key] = secret(*entry.value);
      }
    }
    reader.finish();
  }

  void read_rules(const YamlNode& node) {
    YamlReader reader(node, "rules", context_);
    for (const std::string& path : reader.optional_strings("paths")) {
      config_.rules.paths.push_back(resolve(path));
    }
    if (config_.rules.paths.empty()) {
      context_.error("C104", node.span, "`rules.paths` names no rule file or directory").help =
          "`paths: [rules]`";
    }
    config_.rules.thresholds = resolve(reader.optional_string("thresholds"));
    config_.rules.cache = resolve(reader.optional_string("cache"));
    CompilerOptions& compiler = config_.rules.compiler;
    compiler.timeout = reader.optional_duration(
        "compile_timeout", compiler.timeout,
        {Duration{limits::kCompileTimeoutMsMin}, Duration{limits::kCompileTimeoutMsMax}});
    compiler.memory_bytes =
        reader.optional_byte_size("compile_memory", compiler.memory_bytes,
                                  {limits::kCompileMemoryMin, limits::kCompileMemoryMax});
    config_.rules.watch = reader.optional_duration("watch", config_.rules.watch,
                                                   {Duration{0}, Duration{kWatchMsMax}});
    config_.rules.shrink_max =
        reader.optional_int("shrink_max", config_.rules.shrink_max, {0, 100});
    read_costs(reader);
    reader.finish();
  }

  // Only a service measures by itself, and lets a rule rest.
  void read_costs(YamlReader& reader) {
    RulesConfig& rules = config_.rules;
    rules.cost_every = reader.optional_int("cost_every", kCostEvery, {0, kCostEveryMax});
    rules.cost_max_us = reader.optional_int("cost_max_us", kCostMaxUs, {0, kCostMaxUsMax});
    rules.suspend_for = reader.optional_duration("suspend_for", rules.suspend_for,
                                                 {Duration{1'000}, Duration{kSuspendMsMax}});
    if (rules.cost_every > 0 || rules.cost_max_us == 0) return;
    const YamlNode* asked = reader.node().find("cost_max_us");
    if (asked == nullptr) {
      rules.cost_max_us = 0;
      return;
    }
    context_.error("C104", asked->span, "without `cost_every`, costs are not known").help =
        "`cost_every: 1024`, or `cost_max_us: 0`";
  }

  OutputConfig read_target(const YamlNode& node) {
    YamlReader reader(node, "output", context_);
    OutputConfig output;
    output.file = resolve(reader.optional_string("file"));
    output.topic = reader.optional_string("topic");
    if (output.file.empty() == output.topic.empty()) {
      context_.error("C104", node.span, "an output has either `file` or `topic`").help =
          "`{ file: alerts.jsonl }` or `{ topic: scamsieve.alerts.v1 }`";
    }
    reader.finish();
    return output;
  }

  void read_output(const YamlNode& node) {
    YamlReader reader(node, "output", context_);
    if (const YamlNode* alerts = reader.optional_node("alerts")) {
      config_.alerts = read_target(*alerts);
    }
    if (const YamlNode* letters = reader.optional_node("dead_letters")) {
      config_.dead_letters = read_target(*letters);
    }
    if (const YamlNode* late = reader.optional_node("late")) config_.late = read_target(*late);
    if (const YamlNode* routes = reader.optional_node("routes")) {
      for (const YamlEntry& entry : routes->entries) {
        config_.routes[entry.key] = read_target(*entry.value);
      }
    }
    config_.publish_from = static_cast<Verdict>(
        1 + reader.optional_choice("publish_from", 1, {"observe", "review", "act"}));
    reader.finish();
  }

  void read_http(const YamlNode& node) {
    YamlReader reader(node, "http", context_);
    config_.http_listen = reader.optional_string("listen", config_.http_listen);
    if (config_.http_listen == "off") config_.http_listen.clear();
    if (const YamlNode* token = reader.optional_node("token")) read_token(*token);
    reader.finish();
  }

  void read_token(const YamlNode& node) {
    config_.http_token = secret(node);
    if (config_.http_token.size() >= kTokenBytesMin) return;
    context_
        .error("C104", node.span,
               fmt::format("`http.token` has fewer than {} characters", kTokenBytesMin))
        .help = "`token: file:token`, and `openssl rand -hex 32 > token`";
  }

  void read_privacy(const YamlNode& node) {
    YamlReader reader(node, "privacy", context_);
    config_.privacy.numbers = static_cast<NumberPrivacy>(
        reader.optional_choice("numbers", 0, {"masked", "clear", "none"}));
    config_.privacy.text =
        static_cast<TextPrivacy>(reader.optional_choice("text", 0, {"span", "full", "none"}));
    reader.finish();
  }

  void read_log(const YamlNode& node) {
    const std::vector<std::string_view> levels = {"debug", "info", "warning", "error"};
    YamlReader reader(node, "log", context_);
    config_.log_level = levels[reader.optional_choice("level", 1, levels)];
    reader.finish();
  }

  void check_kafka(const YamlNode& root) {
    if (!config_.uses_kafka() || !config_.kafka.brokers.empty()) return;
    if (root.find("kafka") != nullptr) return;  // Its own error was reported.
    context_.error("C104", root.span, "a topic is used, but there is no `kafka` section").help =
        "add `kafka: { brokers: 127.0.0.1:9092 }`";
  }

  // One engine reads files or topics: they end, are ordered and are committed in different ways.
  void check_sources(const YamlNode& root) {
    const auto from_topic = [](const SourceConfig& source) { return !source.topic.empty(); };
    const auto& sources = config_.sources;
    const auto topics = std::count_if(sources.begin(), sources.end(), from_topic);
    if (topics == 0 || topics == static_cast<std::ptrdiff_t>(sources.size())) return;
    context_.error("C109", root.find("sources")->span, "some sources are files and some are topics")
        .help = "run one engine for the files and one for the topics";
  }

  // `file:PATH` is the file's content without its last newline.
  std::string secret(const YamlNode& node) {
    if (!node.scalar.starts_with("file:")) return node.scalar;
    Expected<std::string, FileError> bytes = read_file(resolve(node.scalar.substr(5)), 65'536);
    if (!bytes) {
      context_.error("C108", node.span, bytes.error().message);
      return {};
    }
    while (!bytes->empty() && (bytes->back() == '\n' || bytes->back() == '\r')) bytes->pop_back();
    return *bytes;
  }

  std::string resolve(const std::string& path) const {
    if (path.empty() || path == "-" || path.front() == '/' || directory_.empty()) return path;
    return (std::filesystem::path(directory_) / path).lexically_normal().string();
  }

  const YamlContext& context_;
  const std::string directory_;
  Config config_;
};

}  // namespace

bool Config::uses_kafka() const {
  const auto has_topic = [](const SourceConfig& source) { return !source.topic.empty(); };
  const auto to_topic = [](const auto& route) { return !route.second.topic.empty(); };
  return std::any_of(sources.begin(), sources.end(), has_topic) || !alerts.topic.empty() ||
         !dead_letters.topic.empty() || !late.topic.empty() ||
         std::any_of(routes.begin(), routes.end(), to_topic);
}

Expected<Config, Diagnostics> parse_config(std::string_view file, std::string_view text,
                                           const std::string& directory,
                                           const std::vector<std::string>& overrides) {
  Expected<YamlDocument, Diagnostics> document = parse_yaml(file, text);
  if (!document) return Unexpected<Diagnostics>(std::move(document.error()));
  Diagnostics diagnostics;
  const YamlContext context{std::string(file), 'C', &diagnostics};
  for (const std::string& text_of_override : overrides) {
    apply_override(document->root(), text_of_override, context);
  }
  expand_variables(document->root(), context);
  Config config = ConfigReader(context, directory).read(document->root());
  sort_diagnostics(diagnostics);
  if (has_errors(diagnostics)) return Unexpected<Diagnostics>(std::move(diagnostics));
  return config;
}

Expected<Config, ConfigProblems> load_config(const std::string& path,
                                             const std::vector<std::string>& overrides) {
  Expected<std::string, FileError> text = read_file(path, kConfigBytesMax);
  if (!text) {
    Diagnostic problem;
    problem.code = "C100";
    problem.title = text.error().message;
    problem.file = path;
    return Unexpected<ConfigProblems>({{problem}, path, ""});
  }
  const std::string directory = std::filesystem::path(path).parent_path().string();
  Expected<Config, Diagnostics> config = parse_config(path, *text, directory, overrides);
  if (!config) return Unexpected<ConfigProblems>({std::move(config.error()), path, *text});
  return std::move(*config);
}

}  // namespace sieve
