#include "run/config_exchange.h"

#include <fmt/format.h>

#include <map>

#include "correlate/facts_record.h"

namespace sieve {

std::string Config::facts_group() const {
  return exchange.group.empty() ? kafka.group + ".facts" : exchange.group;
}

std::string_view SourceConfig::fact_name() const { return topic.empty() ? name : topic; }

void read_exchange(const YamlNode& node, const YamlContext& context, Config& config) {
  YamlReader reader(node, "exchange", context);
  ExchangeConfig& exchange = config.exchange;
  exchange.kind = reader.optional_choice("kind", 0, {"memory", "kafka"}) == 1
                      ? ExchangeKind::kKafka
                      : ExchangeKind::kMemory;
  exchange.topic = reader.optional_string("topic", exchange.topic);
  exchange.group = reader.optional_string("group");
  reader.finish();
  if (exchange.kind != ExchangeKind::kKafka) return;
  if (config.sources.empty() || !config.sources.front().topic.empty()) return;
  context.error("C111", node.span, "facts of files go through no topic").help =
      "one engine reads all of the files: leave `exchange.kind` at `memory`";
}

void read_topic(YamlReader& reader, const YamlContext& context, SourceConfig& source) {
  const YamlNode* key = reader.optional_node("key");
  if (key != nullptr) source.key = find_field(key->scalar);
  if (key != nullptr && (!source.key || info_of(*source.key).kind != source.kind)) {
    context
        .error("C110", key->span,
               fmt::format("`{}` is no field of the records of this source", key->scalar))
        .help = "name the field that the topic is partitioned by, such as msg.from or call.from";
  }
  source.incarnation =
      reader.optional_int("incarnation", 0, {0, static_cast<int64_t>(kFactIncarnationMax)});
}

void check_fact_sources(const YamlNode& root, const YamlContext& context, const Config& config) {
  std::map<uint32_t, std::string_view> names;
  for (const SourceConfig& source : config.sources) {
    const auto [at, is_new] =
        names.try_emplace(fact_source(source.fact_name()), source.fact_name());
    if (is_new || at->second == source.fact_name()) continue;
    context
        .error("C112", root.find("sources")->span,
               fmt::format("`{}` and `{}` have the same hash, by which facts name them", at->second,
                           source.fact_name()))
        .help = "rename one of the two";
  }
}

}  // namespace sieve
