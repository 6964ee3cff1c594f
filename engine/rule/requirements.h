// `requires:` of a rule file: the engine and the fields that its rules need.
//
// Thread safety: pure functions.
#pragma once

#include "rule/model.h"

namespace sieve {

// The version of this engine: numbers and dots.
std::string_view engine_version();

// The fields that `requires:` names. Reports R130 a version that is none, or that this engine
// (definitions.engine) is older than, R131 a field that there is not.
std::vector<FieldId> parse_requirements(const YamlNode& node, const Definitions& definitions,
                                        const YamlContext& context);

}  // namespace sieve
