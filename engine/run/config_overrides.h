// Changes to a configuration's tree before it is read: `--set a.b=value` and `${VAR}`.
//
// Thread safety: pure functions on the tree given.
#pragma once

#include <string>
#include <vector>

#include "base/yaml_reader.h"

namespace sieve {

// Sets the node at `a.b.c` (maps are made on the way, list items are numbers) to a plain scalar.
// Codes: C101 (no `=`), C102 (no such place).
void apply_override(YamlNode& root, const std::string& override_text, const YamlContext& context);

// Replaces `${NAME}` and `${NAME:-default}` in every scalar below `root` by the environment's
// value. Code: C103 (not set).
void expand_variables(YamlNode& root, const YamlContext& context);

}  // namespace sieve
