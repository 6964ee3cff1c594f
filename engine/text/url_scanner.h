// UrlScanner walks through a folded text from URL to URL.
//
//   UrlScanner scanner(folded.text);
//   while (auto url = scanner.next()) use(*url);
//
// Thread safety: none. Lifetime: refers to the text. Units: byte offsets into it.
#pragma once

#include <cstddef>
#include <optional>
#include <string_view>

#include "text/fold.h"

namespace sieve {

struct FoundUrl {
  ByteSpan span;            // The whole URL.
  ByteSpan host;            // Without userinfo and port; its dots may be dressed.
  std::string_view scheme;  // As written, or empty.
  bool has_dressed_dot = false;
};

class UrlScanner {
 public:
  explicit UrlScanner(std::string_view text) : text_(text) {}

  // The next URL in order of appearance; URLs do not overlap.
  std::optional<FoundUrl> next();

 private:
  std::optional<FoundUrl> at_scheme(size_t colon) const;
  std::optional<FoundUrl> at_dot(size_t dot) const;

  std::string_view text_;
  size_t floor_ = 0;  // The end of the last URL.
  size_t at_ = 0;
};

// The size of a dot at text[at], plain or dressed, or 0: ".", "[.]", "(dot)".
size_t dot_size(std::string_view text, size_t at);

}  // namespace sieve
