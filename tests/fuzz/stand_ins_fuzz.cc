// Looking for a phrase that is written with stand-ins: the first line is the phrase, the rest a
// text. Nothing crashes, what is found lies on whole characters of the text, and a text in which
// something is found shows the trick.
#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <optional>
#include <string>

#include "base/limits.h"
#include "base/utf8.h"
#include "text/fold.h"
#include "text/leet.h"
#include "text/thai_shapes.h"

namespace sieve {
namespace {

void require(bool condition) {
  if (!condition) std::abort();
}

void check_places(const ShapedText& shaped, const FoldedText& folded) {
  require(shaped.places.size() == shaped.shapes.size() + 1);
  for (const uint32_t place : shaped.places) require(place <= folded.text.size());
}

void check_span(std::optional<ByteSpan> span, bool shown, Folder& folder,
                const FoldedText& folded) {
  if (!span) return;
  require(shown);
  require(span->begin < span->end && span->end <= folded.text.size());
  require(is_valid_utf8(folded.text.substr(span->begin, span->end - span->begin)));
  const ByteSpan original = folder.original_span(View::kText, *span);
  require(original.begin < original.end && original.end <= folded.raw.size());
}

void check(std::string_view phrase, std::string_view raw) {
  static Folder folder;
  static ShapedText shaped;
  const FoldedText& folded = folder.fold(raw.substr(0, limits::kTextBytesMax));

  shape_leet(folded.text, shaped);
  check_places(shaped, folded);
  const std::string leet = leet_shapes(phrase);
  ShapeFilter words;
  add_leet_words(phrase, words);
  words.finish();
  for (size_t at = 0; !leet.empty() && (at = shaped.shapes.find(leet, at)) != std::string::npos;
       ++at) {
    if (at > 0 && shaped.shapes[at - 1] != ' ') continue;
    check_span(confirm_leet(phrase, folded.text, shaped, at), has_leet_word(folded.text, words),
               folder, folded);
  }

  shape_thai(folded.text, shaped);
  check_places(shaped, folded);
  const std::string thai = thai_shapes(phrase);
  for (size_t at = 0; !thai.empty() && (at = shaped.shapes.find(thai, at)) != std::string::npos;
       ++at) {
    check_span(confirm_thai(phrase, folded.text, shaped, at), true, folder, folded);
  }
}

}  // namespace
}  // namespace sieve

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  const std::string_view input(reinterpret_cast<const char*>(data), size);
  const size_t line = std::min(input.find('\n'), size);
  const std::string phrase = sieve::fold_literal(
      input.substr(0, std::min(line, sieve::limits::kPatternBytesMax)), sieve::View::kWords);
  sieve::check(phrase, input.substr(std::min(line + 1, size)));
  return 0;
}
