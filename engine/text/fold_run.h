// fold_run() folds a stretch of text in which every character folds by itself: ASCII, Thai as it
// should be, other letters that stay or become others, and signs. That is nearly all of nearly
// every message, so it goes by runs of one kind, into `text` and `words` at once. What depends on
// its neighbours, or is counted, ends the stretch (see FoldPass).
//
// Thread safety: pure. Lifetime: refers to the buffers. Units: bytes.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

#include "text/fold.h"
#include "text/fold_ascii.h"
#include "text/fold_table.h"

namespace sieve {

// Bytes that fold_run() may write beyond what it reports, in either output.
inline constexpr size_t kRunSlackBytes = 2 * kAsciiSlackBytes;

// Latin letters within an unspaced script, up to this many bytes, stand for others.
inline constexpr size_t kLatinInsideMax = 2;

// Tokens of one letter in a row that may be a word written apart.
inline constexpr size_t kShortTokensMin = 3;

struct FoldRun {
  std::string_view raw;  // Begins a token, or goes on with one of an unspaced script at a letter.
  char* text;
  char* words;  // words[-1] may be read.

  // Before and after: the kind of the last token in `words`, kPunctuation for none; whether the
  // next one follows it with nothing between; the last tokens in a row that are of one letter.
  CharKind last_kind = CharKind::kPunctuation;
  bool glued = false;
  size_t short_tokens = 0;

  // Results. The last open_size bytes of `text` are a token that may go on, and not in `words`.
  size_t raw_size = 0;
  size_t text_size = 0;
  size_t words_size = 0;
  size_t open_size = 0;
  CharKind open_kind = CharKind::kPunctuation;
  bool has_tokens = false;        // In `words`.
  bool has_letters = false;       // Latin ones, or of unspaced scripts.
  bool maybe_spaced_out = false;  // There are kShortTokensMin.
  unsigned full_width = 0;
  unsigned digit_for_letter = 0;
  unsigned latin_inside = 0;  // Tokens of a Latin letter or two within an unspaced script.
};

// Adds what the run counted.
void add_features(const FoldRun& run, FoldFeatures& features);

// Ends the words at `words`, which follow a space: each has a space behind it. Returns the size
// with both spaces, 0 when there are none.
size_t end_words(char* words, size_t size);

// Folds as much of run.raw as it can, which may be nothing.
void fold_run(FoldRun& run);

}  // namespace sieve
