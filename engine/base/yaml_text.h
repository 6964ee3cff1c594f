// What can be said of a YAML file before it is parsed: its lines, and the characters that nobody
// should put in one.
//
// Thread safety: immutable after construction. Lifetime: refers to the text.
#pragma once

#include <string_view>
#include <vector>

#include "base/diagnostic.h"

namespace sieve {

// The lines of a text as libyaml counts them once `check_yaml_text` has passed: split at line
// feeds.
class TextLines {
 public:
  explicit TextLines(std::string_view text);

  // Line `index` from 0 without its break; empty beyond the end.
  std::string_view line(size_t index) const;
  size_t count() const { return starts_.size(); }

 private:
  std::string_view text_;
  std::vector<size_t> starts_;
};

// Y004 invalid UTF-8, Y005 too large, Y006 hidden characters (at most kDiagnosticsShownMax of
// them). `text` has no byte order mark.
Diagnostics check_yaml_text(std::string_view file, std::string_view text);

}  // namespace sieve
