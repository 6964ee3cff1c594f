// Folding any bytes: nothing crashes, the output is valid UTF-8, folding it again changes nothing,
// and every byte of every view leads back into the original, in order, also after words were
// repaired.
#include <cstdint>
#include <cstdlib>
#include <string>

#include "base/limits.h"
#include "base/utf8.h"
#include "text/entities.h"
#include "text/fold.h"
#include "text/known_words.h"

namespace sieve {
namespace {

void require(bool condition) {
  if (!condition) std::abort();
}

void check_spans(Folder& folder, const FoldedText& folded, View view) {
  const auto size = static_cast<uint32_t>(folded.view(view).size());
  uint32_t before = 0;
  for (uint32_t at = 0; at < size; ++at) {
    const ByteSpan span = folder.original_span(view, {at, at + 1});
    require(span.begin <= span.end && span.end <= folded.raw.size());
    const bool space = folded.view(view)[at] == ' ';
    require(space || span.begin >= before);
    if (!space) before = span.begin;
  }
  const ByteSpan whole = folder.original_span(view, {0, size});
  require(whole.end <= folded.raw.size());
}

// The words of the text itself are known, so that much is repaired.
void check_repair(Folder& folder, std::string_view phrase) {
  KnownWords known;
  known.add_phrase(phrase);
  known.add_phrase("free work from home winner");
  const FoldedText& repaired = folder.repair_words(known);
  require(is_valid_utf8(repaired.text) && is_valid_utf8(repaired.words));
  for (const View view : {View::kText, View::kWords, View::kSqueezed}) {
    check_spans(folder, repaired, view);
  }
}

void check_fold(std::string_view raw) {
  static Folder folder;
  static Folder again;
  static Entities entities;
  const FoldedText folded = folder.fold(raw.substr(0, limits::kTextBytesMax));
  require(is_valid_utf8(folded.text) && is_valid_utf8(folded.words));
  require(is_valid_utf8(folded.squeezed));
  require(again.fold(folded.text).text == folded.text);
  for (const View view : {View::kText, View::kWords, View::kSqueezed, View::kRaw}) {
    check_spans(folder, folded, view);
  }
  extract_entities(folded, entities);
  for (const Url& url : entities.urls) {
    require(url.span.begin < url.span.end && url.span.end <= folded.text.size());
    require(!url.host.empty());
  }
  const std::string literal = fold_literal(raw.substr(0, limits::kPatternBytesMax), View::kWords);
  needs_word_boundary_before(literal);
  needs_word_boundary_after(literal);
  check_repair(folder, fold_literal(raw.substr(0, limits::kPatternBytesMax), View::kSqueezed));
}

}  // namespace
}  // namespace sieve

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  sieve::check_fold({reinterpret_cast<const char*>(data), size});
  return 0;
}
