// In which order things that name one another can be read: each behind all that it names.
//
// Thread safety: pure functions.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "base/diagnostic.h"

namespace sieve {

// Where one thing names another, by their numbers.
struct NameUse {
  uint32_t named = 0;
  std::string file;
  SourceSpan span;
};

struct CircleStep {
  uint32_t user = 0;
  NameUse use;  // Of the next one; at the end, of the first.
};
using NamingCircle = std::vector<CircleStep>;

struct NamingOrder {
  std::vector<uint32_t> order;  // Without those of the circles.
  std::vector<NamingCircle> circles;
};

// `uses`: by the number of the user.
NamingOrder order_of(const std::vector<std::vector<NameUse>>& uses);

// The error `code` that shows every place of `circle`, where `verb` says what the users do.
// `names`: by number.
Diagnostic circle_error(std::string_view code, const NamingCircle& circle, std::string_view verb,
                        const std::vector<std::string>& names);

}  // namespace sieve
