// fold() makes the text that patterns see from the text that was sent: what evaders do to letters
// is undone, and what was undone is counted.
//
//   Folder folder;                      // One per thread; keeps its buffers.
//   const FoldedText& folded = folder.fold(message.text);
//   scan(folded.words);
//   Span original = folder.original_span(View::kWords, {begin, end});   // Only on a hit.
//
// Thread safety: none. Lifetime: views are valid until the next fold() or repair_words() of the
// same Folder, and `raw` must live as long. Allocates nothing after warm-up. The fold is versioned:
// kFoldVersion changes whenever the folded form of any text does.
#pragma once

#include <compare>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>

namespace sieve {

inline constexpr int kFoldVersion = 2;

// Views of a message. kText: folded, spaces and punctuation kept. kWords: tokens with single
// spaces, and one at either end, so that the phrase "on hold" is the literal " on hold "; in
// unspaced scripts (Thai, Lao, Khmer, Burmese, Han, Kana) nothing stands between letters, neither
// a space nor a sign that was sent there, and a space divides them from letters and digits of other
// scripts, however they were written. Empty without tokens. kSqueezed: separators removed; empty
// unless the message shows spaced-out letters. kRaw: as received.
//
// kLeet and kThai are no texts of their own but ways to read kText: a phrase found there is written
// with stand-ins (leet.h, thai_shapes.h), and its span is one of kText.
enum class View : uint8_t { kText, kWords, kSqueezed, kRaw, kLeet, kThai };
inline constexpr size_t kViewCount = 6;
std::string_view name_of(View view);
constexpr bool is_read_by_shapes(View view) { return view == View::kLeet || view == View::kThai; }

// What the fold undid: evidence for conditions. Counts saturate at 65535.
struct FoldFeatures {
  uint16_t invisible = 0;   // Zero-width and bidirectional controls, soft hyphens.
  uint16_t full_width = 0;  // Full-width forms and ideographic punctuation.
  uint16_t styled = 0;      // Mathematical, enclosed, squared, phonetic letters and the like.
  uint16_t look_alike = 0;  // Letters of another script folded to Latin.
  uint16_t mixed_script_tokens =
      0;                          // Scripts that no word mixes, or a Latin letter or two in Thai.
  uint16_t spaced_out = 0;        // Runs of single letters with separators between.
  uint16_t digit_for_letter = 0;  // 0 within letters, O within digits, and the like.
  uint16_t marks_repaired = 0;    // Marks dropped, moved or replaced: struck-through, doubled.
  auto operator<=>(const FoldFeatures&) const = default;
};

// Byte range [begin, end).
struct ByteSpan {
  uint32_t begin = 0;
  uint32_t end = 0;
  auto operator<=>(const ByteSpan&) const = default;
};

class Folder;
class KnownWords;

struct FoldedText {
  std::string_view raw;
  std::string_view text;
  std::string_view words;
  std::string_view squeezed;
  std::string_view as_folded;  // `text` before Folder::repair_words().
  FoldFeatures features;
  uint16_t words_repaired = 0;  // By Folder::repair_words().
  Folder* folder = nullptr;     // Which made it, for the offset map.

  std::string_view view(View v) const;  // kText for the ways to read it.
};

struct FoldBuffers;
struct FoldRun;

class Folder {
 public:
  Folder();
  ~Folder();
  Folder(Folder&&) noexcept;
  Folder& operator=(Folder&&) noexcept;

  // Text that is not valid UTF-8 is folded, too: each fault becomes U+FFFD.
  // REQUIRES: `raw` is at most limits::kTextBytesMax bytes.
  const FoldedText& fold(std::string_view raw);

  // Puts words of the last folded text right that were cut in pieces or written with digits
  // (word_repair.h), in View::kWords and, outside of links and handles, in View::kText. Undoes what
  // an earlier call did. Returns the text.
  const FoldedText& repair_words(const KnownWords& known);

  // The bytes of the last folded text that `span` of `view` came from, widened to whole grapheme
  // clusters. Outer spaces of a span of kWords do not count. Computes the offset map on first use
  // for a text. REQUIRES: `span` lies in the view.
  ByteSpan original_span(View view, ByteSpan span);
  // Where the character begins in the last folded text that byte `at` of View::kText came from. As
  // original_span(), but of the one character alone. REQUIRES: there is such a byte.
  uint32_t source_of(uint32_t at);

 private:
  bool fold_rest(const FoldRun& run);
  void set_folded(size_t text_size, size_t words_size);
  void build_maps();
  std::span<const ByteSpan> find_contacts();

  FoldedText folded_;
  std::unique_ptr<FoldBuffers> buffers_;
  bool whole_look_alikes_ = false;  // How the last text was folded.
  bool maps_built_ = false;
  size_t words_size_ = 0;  // Before repair_words().
};

// The folded form of a pattern's literal, by the same code: `text` for View::kText, single-spaced
// tokens without the outer spaces for View::kWords, neither spaces nor punctuation for
// View::kSqueezed, and the literal itself for View::kRaw. A literal that is written like a part of
// a message, with whatever spaces and signs, is found there; folding it again changes nothing.
std::string fold_literal(std::string_view literal, View view);

// True when a match of a words-view literal must be delimited by a space on that side: its first
// (last) character belongs to a script that is written with spaces.
bool needs_word_boundary_before(std::string_view folded_literal);
bool needs_word_boundary_after(std::string_view folded_literal);

}  // namespace sieve
