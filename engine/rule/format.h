// The one way of writing a rule file: what `rules fmt` does.
//
//   Expected<std::string, Diagnostics> pretty = format_rule_file(file, text);
//
// It keeps every line and comment of the author and changes only where they stand: indentation by
// two spaces, one space in `{ a: b }` and behind commas, the keys of a rule in the order of the
// reference, one empty line between rules, line feeds. Texts in simple quotes get double ones,
// regular expressions single ones. A comment stays with what it precedes. What the file says is
// compared before and after, comments included.
//
// Thread safety: pure functions.
#pragma once

#include <string>
#include <string_view>

#include "base/diagnostic.h"
#include "base/expected.h"

namespace sieve {

// Idempotent. Errors: those of the YAML, or R062 where the result would say something else.
// Mistakes in rules are no hindrance.
Expected<std::string, Diagnostics> format_rule_file(std::string_view file, std::string_view text);

}  // namespace sieve
