#include "text/url_rest.h"

#include <algorithm>

#include "text/host_choice.h"
#include "text/url_chars.h"
#include "text/url_scheme.h"

namespace sieve {
namespace {

constexpr size_t kSpacesMax = 2;

size_t skip_spaces(std::string_view text, size_t at) {
  const size_t limit = std::min(at + kSpacesMax, text.size());
  while (at < limit && text[at] == ' ') ++at;
  return at;
}

// A closing bracket belongs to a path that opens it, as in "/a_(b)".
size_t trim_closing(std::string_view text, size_t begin, size_t end) {
  const std::string_view path = text.substr(begin, end - begin);
  const auto opened = static_cast<size_t>(std::count(path.begin(), path.end(), '('));
  auto closed = static_cast<size_t>(std::count(path.begin(), path.end(), ')'));
  while (end > begin + 1 && is_closing_char(text[end - 1])) {
    if (text[end - 1] == ')') {
      if (closed <= opened) break;
      --closed;
    }
    --end;
  }
  return end;
}

// The end of the path characters at `at`, or where another URL is glued to them.
size_t skip_path(std::string_view text, size_t at) {
  const size_t begin = at;
  for (; at < text.size() && is_path_char(text[at]); ++at) {
    if (text[at] != ':' || !starts_at(text, at, "://")) continue;
    const size_t scheme = at - http_size_at_end(text.substr(begin, at - begin));
    // A URL as a parameter is no other URL.
    if (scheme < at && scheme > begin && is_ascii_word(text[scheme - 1])) return scheme;
  }
  return at;
}

}  // namespace

size_t skip_rest(std::string_view text, size_t at) {
  if (!begins_rest(text, at)) return at;
  return trim_closing(text, at, skip_path(text, at));
}

size_t skip_spaced_rest(std::string_view text, size_t at) {
  const size_t slash = skip_spaces(text, at);
  if (slash == text.size() || text[slash] != '/') return skip_rest(text, at);
  size_t end = slash + 1;
  while (true) {
    const size_t begin = end + (starts_at(text, end, " ") ? 1 : 0);
    const size_t token_end = skip_path(text, begin);
    const bool single = token_end == begin + 1;
    const bool first = end == slash + 1;
    if (token_end == begin || (!single && !first)) break;
    end = token_end;
    if (!single) break;
  }
  return trim_closing(text, slash, end);
}

}  // namespace sieve
