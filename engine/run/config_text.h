// Configuration for verbs: loaded, or explained in full.
//
// Thread safety: pure functions.
#pragma once

#include <string>
#include <vector>

#include "base/expected.h"
#include "run/config.h"
#include "run/engine_error.h"

namespace sieve {

Expected<Config, EngineError> load_config_or_explain(const std::string& path,
                                                     const std::vector<std::string>& overrides);

}  // namespace sieve
