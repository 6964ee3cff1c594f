// The parts of a configuration that say how facts travel: `exchange`, and what sources tell of
// their topics. Private to config.cc.
//
// Thread safety: pure functions. Errors: diagnostics of the context.
#pragma once

#include "base/yaml_reader.h"
#include "run/config.h"

namespace sieve {

void read_exchange(const YamlNode& node, const YamlContext& context, Config& config);
// What is known of a topic beside its name.
void read_topic(YamlReader& reader, const YamlContext& context, SourceConfig& source);
// Facts name a source by a hash.
void check_fact_sources(const YamlNode& root, const YamlContext& context, const Config& config);

}  // namespace sieve
