// The labelled messages that tests of several verbs share, and rules for them: two small corpora,
// in the order in which somebody might have found them.
//
// Thread safety: pure functions.
#pragma once

#include <string>

#include "golden/golden.h"

namespace sieve {

inline std::string labelled_rules() {
  return testing::golden_directory("cli") + "/labelled.rules.yaml";
}

// `corpus`: `north` or `south`.
inline std::string labelled_rows(const std::string& corpus) {
  return testing::golden_directory("cli") + "/" + corpus + ".jsonl";
}

}  // namespace sieve
