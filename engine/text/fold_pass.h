// FoldPass folds one text, from front to back: `text` grows by a character at a time, and each
// token is copied to `words` when it is complete. Tables say what a character becomes; here is what
// depends on its neighbours, or is counted. What does not is left to fold_run(), where a run may
// begin.
//
// Thread safety: none. Lifetime: one text; refers to `raw` and to the buffers.
#pragma once

#include <cstring>
#include <string_view>

#include "text/fold_buffers.h"
#include "text/fold_table.h"

namespace sieve {

struct FoldOptions {
  bool fold_whole_look_alikes = false;  // See FoldPass::found_whole_look_alikes().
  bool build_maps = false;              // Leaves the fast paths alone, so it is slow.
};

class FoldPass {
 public:
  FoldPass(std::string_view raw, FoldBuffers& buffers, FoldOptions options);

  // Begins behind a run from the beginning of the text.
  void take(const FoldRun& run);

  void run();

  // Results, after run().
  size_t text_size() const { return text_size_; }
  size_t words_size() const { return words_size_; }
  const FoldFeatures& features() const { return features_; }
  bool maybe_spaced_out() const { return maybe_spaced_out_; }

  // True when tokens consist of look-alike letters only and the rest of the text is hardly written
  // in such a script: then the text is folded again, with fold_whole_look_alikes.
  bool found_whole_look_alikes() const {
    return whole_look_alikes_ > 0 && has_other_letters_ &&
           foreign_bytes_ * kForeignShare <= text_size_;
  }

 private:
  // What the letters of a token are, as bits. Letters of foreign scripts are look-alikes, or have
  // the bit of the others, and have a bit for their script.
  enum : uint8_t {
    kLatinBit = 1,
    kDigitBit = 2,
    kAlikeBit = 4,
    kForeignBit = 8,
    kOtherBit = 16,
    kCyrillicBit = 32,
    kGreekBit = 64,
    kThirdScriptBit = 128
  };
  // One byte in so many may belong to tokens of a foreign script in text that is not written in it.
  static constexpr size_t kForeignShare = 5;
  static constexpr CharKind kNoToken = CharKind::kPunctuation;

  // fold_pass.cc: characters.
  bool may_run() const;
  bool take_run();
  void reopen_token(CharKind kind, size_t size);
  void take_ascii();
  void take_latin_token();
  void take_other();
  void take_mapped(uint16_t row);
  void take_char(char32_t c, std::string_view bytes, const CharProps& props);
  void take_mark(char32_t c, std::string_view bytes, const CharProps& props);
  bool is_out_of_place(const CharProps& mark) const;
  void add_to_cluster(char32_t c, const CharProps& props);
  void break_after_regional();

  void append(std::string_view bytes) {
    std::memcpy(text_ + text_size_, bytes.data(), bytes.size());
    text_size_ += bytes.size();
  }
  void separate() {
    if (token_kind_ != kNoToken) end_token();
    glued_ = false;
  }
  void open_token(CharKind kind) {
    if (token_kind_ == kind) return;
    if (token_kind_ != kNoToken) end_token();
    token_kind_ = kind;
    token_begin_ = text_size_;
    token_bits_ = 0;
  }

  // fold_token.cc: tokens.
  void count(uint16_t FoldFeatures::*feature, unsigned by = 1);
  void note_flags(uint16_t flags);
  void insert_space();
  void note_letter(size_t begin, size_t size, const CharProps& props);
  void renote_letters(size_t begin);
  void end_token();
  void resolve_look_alikes();
  void rewrite_look_alikes();
  void copy_token();
  void count_latin_inside();
  void finish();
  void sync_map();
  void map_token();

  // Constant after construction.
  const std::string_view raw_;
  FoldBuffers& buffers_;
  const FoldOptions options_;

  size_t at_ = 0;  // In raw_.
  char* text_;
  size_t text_size_ = 0;
  char* words_;
  size_t words_size_ = 1;  // words_[0] is a space.

  // The token under way, [token_begin_, text_size_), and what separates it from the one before.
  CharKind token_kind_ = kNoToken;
  uint8_t token_bits_ = 0;
  size_t token_begin_ = 0;
  bool glued_ = false;  // It follows another token with nothing between.
  // The last token in words_.
  struct {
    CharKind kind = kNoToken;
    uint8_t bits = 0;
    bool glued = false;
    size_t size = 0;
  } last_;

  bool after_regional_ = false;
  size_t foreign_bytes_ = 0;  // In tokens of a foreign script.
  bool has_other_letters_ = false;
  size_t whole_look_alikes_ = 0;
  size_t short_tokens_ = 0;  // In a row.
  bool maybe_spaced_out_ = false;
  FoldFeatures features_;

  // The bytes of raw_ that are being folded, for the maps.
  size_t source_begin_ = 0;
  size_t source_end_ = 0;
  size_t changed_from_ = SIZE_MAX;  // In text_, since the last sync_map().
};

}  // namespace sieve
