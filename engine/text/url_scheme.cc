#include "text/url_scheme.h"

#include <algorithm>
#include <array>

#include "text/entities.h"
#include "text/url_chars.h"

namespace sieve {
namespace {

// Other schemes that people are sent, most of contact apps. None is the end of another.
constexpr std::array<std::string_view, 8> kSchemes = {"whatsapp", "weixin", "viber", "line",
                                                      "zalo",     "ftp",    "tg",    "wss"};
constexpr size_t kSpacedLettersMax = 9;
constexpr size_t kSpacesMax = 2;
constexpr size_t kSlashesMax = 8;

struct Name {
  std::string_view name;
  size_t size = 0;  // As written.
  bool defanged = false;
};

bool is_filler(char c) {
  return c == 't' || c == 'x' || c == '*' || c == '_' || c == '-' || c == '#';
}

// An "http" at the end of `text` with two to four letters or fillers for its "tt", and a "p" or
// two.
Name http_at_end(std::string_view text) {
  const bool secure = text.ends_with('s');
  size_t begin = text.size() - (secure ? 1 : 0);
  const auto skip = [&](size_t most, auto is) {
    size_t count = 0;
    while (count < most && begin > 0 && is(text[begin - 1])) --begin, ++count;
    return count;
  };
  if (skip(2, [](char c) { return c == 'p'; }) == 0) return {};
  if (skip(4, is_filler) == 0) return {};
  if (begin == 0 || text[begin - 1] != 'h') return {};
  const std::string_view written = text.substr(begin - 1);
  const std::string_view name = secure ? "https" : "http";
  return {name, written.size(), written != name};
}

Name name_at_end(std::string_view text) {
  const Name http = http_at_end(text);
  if (http.size > 0) return http;
  const auto scheme = std::find_if(kSchemes.begin(), kSchemes.end(),
                                   [text](std::string_view s) { return text.ends_with(s); });
  return scheme == kSchemes.end() ? Name{} : Name{*scheme, scheme->size()};
}

// "h t t p s" at the end of `text`. Its size is in letters.
Name spaced_name_at_end(std::string_view text) {
  std::array<char, kSpacedLettersMax> letters;
  size_t first = letters.size();
  for (size_t at = text.size(); at > 0 && first > 0; at -= std::min<size_t>(at, 2)) {
    letters[--first] = text[at - 1];
    if (at < 2 || text[at - 2] != ' ') break;
  }
  const Name name = http_at_end({letters.data() + first, letters.size() - first});
  return name.size > 3 ? name : Name{};
}

size_t skip_spaces_back(std::string_view text, size_t end, size_t floor) {
  const size_t limit = std::max(floor, end > kSpacesMax ? end - kSpacesMax : 0);
  while (end > limit && text[end - 1] == ' ') --end;
  return end;
}

size_t skip_spaces(std::string_view text, size_t at) {
  const size_t limit = std::min(at + kSpacesMax, text.size());
  while (at < limit && text[at] == ' ') ++at;
  return at;
}

char closing_of(char opening) { return opening == '[' ? ']' : opening == '(' ? ')' : '\0'; }

// What is between a scheme and its authority.
struct Slashes {
  size_t end = 0;
  size_t count = 0;
  bool odd = false;    // Not "//".
  bool apart = false;  // Spaces stand between.
};

// `closing`: of the bracket that stands before the colon, or 0.
Slashes read_slashes(std::string_view text, size_t colon, char closing) {
  Slashes slashes{colon + 1};
  const auto skip_closing = [&] {
    if (closing == '\0' || slashes.end >= text.size() || text[slashes.end] != closing) return;
    ++slashes.end;
    closing = '\0';
  };
  skip_closing();
  while (slashes.count < kSlashesMax) {
    const size_t at = skip_spaces(text, slashes.end);
    if (at >= text.size() || !is_slash(text[at])) break;
    slashes.odd |= text[at] != '/';
    slashes.apart |= at > slashes.end;
    slashes.end = at + 1;
    ++slashes.count;
  }
  skip_closing();
  const size_t at = skip_spaces(text, slashes.end);
  slashes.apart |= at > slashes.end;
  slashes.odd |= slashes.count != 2;
  slashes.end = at;
  return slashes;
}

}  // namespace

bool is_app_scheme(std::string_view name) {
  return !name.empty() && !name.starts_with("http") && name != "ftp" && name != "wss";
}

size_t http_size_at_end(std::string_view text) {
  if (text.ends_with("https")) return 5;
  return text.ends_with("http") ? 4 : 0;
}

std::optional<UrlScheme> scheme_at(std::string_view text, size_t colon, size_t floor, bool spaced) {
  size_t end = colon;
  const char closing = end > floor ? closing_of(text[end - 1]) : '\0';
  if (closing != '\0') --end;
  const size_t name_end = skip_spaces_back(text, end, floor);
  const std::string_view before = text.substr(floor, name_end - floor);
  Name name = name_at_end(before);
  size_t size = name.size;
  bool apart = name_end < end;
  if (size == 0 && spaced) {
    name = spaced_name_at_end(before);
    if (name.size > 0) size = 2 * name.size - 1;
    apart = true;
  }
  if (size == 0) return std::nullopt;
  const Slashes slashes = read_slashes(text, colon, closing);
  const bool http = name.name.starts_with("http");
  apart |= slashes.apart;
  if (!http && (slashes.odd || apart)) return std::nullopt;
  UrlScheme scheme{name.name, name_end - size, slashes.end, slashes.count > 0};
  scheme.loose = apart || slashes.count < 2;
  const bool defanged = name.defanged || closing != '\0' || slashes.odd;
  scheme.dress = static_cast<uint16_t>((defanged ? kDefangedScheme : 0) | (apart ? kSpaced : 0));
  return scheme;
}

}  // namespace sieve
