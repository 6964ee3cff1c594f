// What a Folder keeps between texts, so that folding allocates nothing after warm-up.
//
// Thread safety: none. Units: bytes.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string_view>
#include <vector>

#include "text/byte_edits.h"
#include "text/entities.h"
#include "text/fold.h"
#include "text/fold_run.h"
#include "text/word_repair.h"

namespace sieve {

// Bytes that are written from front to back. Grows only in reserve(), which may discard them.
class GrowBuffer {
 public:
  void reserve(size_t size) {
    if (size <= capacity_) return;
    capacity_ = size + size / 2;
    bytes_ = std::make_unique_for_overwrite<char[]>(capacity_);
  }
  char* data() { return bytes_.get(); }
  std::string_view first(size_t size) const { return {bytes_.get(), size}; }

 private:
  std::unique_ptr<char[]> bytes_;
  size_t capacity_ = 0;
};

// A letter in `text` that passes for the Latin `letter`.
struct LookAlike {
  uint32_t begin;
  uint8_t size;
  char letter;
};

// For every byte of the views, the bytes of `raw` it came from. Both ends never decrease.
struct FoldMaps {
  std::vector<ByteSpan> text;
  std::vector<ByteSpan> words;
  std::vector<ByteSpan> squeezed;
};

struct FoldBuffers {
  GrowBuffer text;
  GrowBuffer words;
  GrowBuffer squeezed;
  // Of repair_words().
  WordRepairer repairer;
  GrowBuffer repaired_text;
  GrowBuffer repaired_words;
  const ByteEdits* text_edits = nullptr;  // Of `repairer`.
  const ByteEdits* word_edits = nullptr;
  Entities contacts;
  std::vector<ByteSpan> whole;
  std::vector<LookAlike> look_alikes;
  FoldMaps maps;

  // Makes room for what `raw_size` bytes may fold to. The longest mapping is U+FDFA: 3 bytes become
  // 33. In `words` a token costs a space more.
  void reserve(size_t raw_size) {
    constexpr size_t kGrowthMax = 11;
    text.reserve(raw_size * kGrowthMax + kRunSlackBytes);
    words.reserve(raw_size * 2 * kGrowthMax + kRunSlackBytes);
  }
};

}  // namespace sieve
