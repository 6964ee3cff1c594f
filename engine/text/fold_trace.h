// trace_fold() shows how a text was folded, one kind of repair after the other, for people who want
// to know why a pattern does or does not occur. What the text becomes is the Folder's own work; the
// table says of which kind each change was. Slow: not for the data path.
//
// Thread safety: pure but for the Folder. Units: bytes.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "text/fold.h"

namespace sieve {

// In this order.
enum class FoldStep : uint8_t {
  kBytes,      // Bytes that are not UTF-8 become U+FFFD.
  kInvisible,  // Invisible characters and bidirectional controls go.
  kFullWidth,  // Full-width letters and punctuation, ideographic punctuation.
  kStyled,     // Mathematical, enclosed, squared letters and the like.
  kForms,      // Other forms of characters: spaces, quotes, dashes, ligatures.
  kDigits,     // Digits of all scripts become ASCII.
  kChinese,    // Traditional characters become simplified.
  kCase,       // Capitals become small.
  kLookAlike,  // Letters of other scripts become the Latin ones they look like.
  kMarks,      // Marks are dropped, moved, composed with their letter.
};
inline constexpr size_t kFoldStepCount = 10;

std::string_view name_of(FoldStep step);
// One phrase for people.
std::string_view summary_of(FoldStep step);

struct FoldChange {
  ByteSpan raw;      // Of the text as received.
  std::string from;  // As the steps before left it; of kBytes, the bytes.
  std::string to;
};

struct FoldStage {
  FoldStep step = FoldStep::kBytes;
  std::vector<FoldChange> changes;  // In the order of the text.
  std::string text;                 // After this step.
};

// Folds `raw`, and returns the steps that changed something. The text after the last of them is
// View::kText; without any, `raw` is. REQUIRES: `raw` is at most limits::kTextBytesMax bytes.
std::vector<FoldStage> trace_fold(std::string_view raw, Folder& folder);

}  // namespace sieve
