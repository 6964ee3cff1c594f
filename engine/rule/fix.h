// Mending rule files, thresholds and lists by the patches that diagnostics carry: what `rules fix`
// does.
//
// Thread safety: pure function; reads files, writes none.
#pragma once

#include <string>
#include <vector>

#include "rule/parse.h"

namespace sieve {

struct FixedFile {
  std::string file;
  std::string before;
  std::string after;
};

struct FixedRules {
  std::vector<FixedFile> files;  // Those that change, lists included, in the order of the first.
  size_t patches = 0;            // Applied.
  size_t left = 0;          // Patches that could not be applied: the file would be no YAML then.
  Diagnostics diagnostics;  // Of the mended files, sorted.
};

// Checks what load_rules reads and applies all patches, again and again, until none is left: one
// may hide another, and those that overlap take turns. Nothing but the patched places changes.
FixedRules fix_rules(const std::vector<std::string>& paths, const std::string& thresholds_path);

}  // namespace sieve
