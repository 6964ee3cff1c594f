// The named groups of a regular expression: `(?P<sum>[0-9]+)`.
//
// Thread safety: pure function.
#pragma once

#include <cstddef>
#include <string_view>
#include <vector>

namespace sieve {

struct RegexGroup {
  std::string_view name;
  size_t begin = 0;  // Of the name, in bytes.
  // The expression can match without it: it stands in an alternative, or may be repeated no times.
  bool may_be_unset = false;
};

// In the order of their names' places. Of what is no regular expression of RE2 the result means
// nothing.
std::vector<RegexGroup> named_groups(std::string_view regex);

}  // namespace sieve
