#include "text/evasion.h"

#include <algorithm>
#include <array>
#include <vector>

#include "text/entities.h"
#include "text/letter_evader.h"

namespace sieve {
namespace {

struct Naming {
  std::string_view name;
  std::string_view summary;
};
constexpr std::array<Naming, kEvasionCount> kNamings = {{
    {"zero_width", "invisible characters within words"},
    {"soft_hyphen", "soft hyphens within words"},
    {"bidi", "bidirectional controls within words"},
    {"look_alike", "Cyrillic or Greek letters for Latin ones"},
    {"whole_look_alike", "words of Cyrillic or Greek letters only"},
    {"mathematical", "mathematical letters and digits"},
    {"full_width", "full-width letters, digits and punctuation"},
    {"enclosed", "letters and digits in circles"},
    {"squared", "letters in squares"},
    {"regional", "words in regional indicators"},
    {"small_capitals", "phonetic small capitals"},
    {"spaced_letters", "spaces between letters"},
    {"punctuated", "punctuation between letters"},
    {"digit_for_letter", "digits for letters"},
    {"struck_through", "strokes over letters"},
    {"decomposed", "letters and marks taken apart"},
    {"case_mixing", "capitals within words"},
    {"doubled_marks", "Thai marks twice"},
    {"moved_marks", "Thai marks in the wrong order"},
    {"thai_look_alike", "Latin letters for Thai ones"},
    {"thai_spaces", "spaces within scripts written without"},
    {"url_dressing", "other schemes and dots in URLs"},
    {"glued_url", "URLs without scheme, glued to the text"},
}};

// Where URLs are, and with `all_contacts` handles and phone numbers, too, in order.
std::vector<ByteSpan> contacts_of(std::string_view text, bool all_contacts) {
  Folder folder;
  Entities entities;
  extract_entities(folder.fold(text), entities);
  std::vector<ByteSpan> spans;
  const auto add = [&](const auto& found) {
    for (const auto& entity : found) {
      spans.push_back(folder.original_span(View::kText, entity.span));
    }
  };
  add(entities.urls);
  if (all_contacts) {
    add(entities.handles);
    add(entities.phones);
  }
  std::ranges::sort(spans);
  return spans;
}

std::string_view without_scheme(std::string_view url) {
  const size_t end = url.find("://");
  return end == std::string_view::npos ? url : url.substr(end + 3);
}

std::optional<std::string> evade_urls(Evasion evasion, uint64_t seed, std::string_view text) {
  const std::span<const std::string_view> dots = insertions_of(Evasion::kUrlDressing);
  std::string out;
  size_t at = 0;
  for (const ByteSpan span : contacts_of(text, false)) {
    out += text.substr(at, span.begin - at);
    const std::string_view url = text.substr(span.begin, span.end - span.begin);
    if (evasion == Evasion::kUrlDressing) {
      out += dressed_url(url, dots[seed % dots.size()], true);
    } else {
      while (out.ends_with(' ')) out.pop_back();
      out += without_scheme(url);
    }
    at = span.end;
  }
  out += text.substr(at);
  if (out == text) return std::nullopt;
  return out;
}

bool is_of_urls(Evasion evasion) {
  return evasion == Evasion::kUrlDressing || evasion == Evasion::kGluedUrl;
}

bool is_of_whole_words(Evasion evasion) {
  return evasion == Evasion::kWholeLookAlike || evasion == Evasion::kRegional;
}

}  // namespace

std::string_view name_of(Evasion evasion) { return kNamings[static_cast<size_t>(evasion)].name; }

std::string_view summary_of(Evasion evasion) {
  return kNamings[static_cast<size_t>(evasion)].summary;
}

std::optional<std::string> evade(Evasion evasion, EvasionDensity density, uint64_t seed,
                                 std::string_view text) {
  const bool is_light = density == EvasionDensity::kLight;
  if (is_light && (is_of_urls(evasion) || is_of_whole_words(evasion))) return std::nullopt;
  if (is_of_urls(evasion)) return evade_urls(evasion, seed, text);
  return evade_letters(evasion, density, seed, text, contacts_of(text, true));
}

std::string dressed_url(std::string_view url, std::string_view dot, bool dress_scheme) {
  std::string out;
  for (const char c : url) {
    if (c == '.') {
      out += dot;
    } else {
      out += c;
    }
  }
  if (dress_scheme && out.starts_with("http")) out.replace(1, 2, "xx");
  return out;
}

}  // namespace sieve
