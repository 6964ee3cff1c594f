// The scheme of a URL, as it is written or defanged: https, hxxp, h**p, "h t t p", "[:]//",
// backslashes, one slash or three.
//
// Thread safety: pure. Units: byte offsets into folded text.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

namespace sieve {

struct UrlScheme {
  // "http" or "https" however it was written, "ftp", or that of a contact app: "line", "viber".
  std::string_view name;
  size_t begin = 0;
  size_t authority = 0;  // Behind the slashes.
  bool slashed = false;  // A slash, or more, stands there.
  // Spaces or too few slashes: a host must follow that is one for certain.
  bool loose = false;
  uint16_t dress = 0;
};

// The scheme whose colon is at `colon`; nothing of it is before `floor`. `spaced`: its letters may
// stand apart.
std::optional<UrlScheme> scheme_at(std::string_view text, size_t colon, size_t floor, bool spaced);

// Whether `name`, as of UrlScheme, is that of a contact app: what follows is no host.
bool is_app_scheme(std::string_view name);

// The size of the http or https at the end of `text`, as it is properly written, or 0.
size_t http_size_at_end(std::string_view text);

}  // namespace sieve
