// The part of a source's configuration that says how late its records may come. Private to
// config.cc.
//
// Thread safety: pure functions. Errors: diagnostics of the context.
#pragma once

#include "base/yaml_reader.h"
#include "run/config.h"

namespace sieve {

// REQUIRES: the kind of the source is known.
void read_event_time(YamlReader& reader, const YamlContext& context, SourceConfig& source);

}  // namespace sieve
