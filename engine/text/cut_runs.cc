#include "text/cut_runs.h"

#include <algorithm>

#include "text/fold_table.h"
#include "text/utf8_inline.h"

namespace sieve {
namespace {

constexpr size_t kShownMin = 2;
// So many pieces in a row are no abbreviation, whatever their sizes.
constexpr size_t kPiecesMin = 6;

bool is_high(char c) { return (static_cast<unsigned char>(c) & 0x80) != 0; }

bool is_han_or_kana(char32_t c) { return c >= 0x2E80; }

// False: fewer than two signs, of ASCII or such as `·` and `•`, stand between two characters beyond
// ASCII, which is cheap to see.
bool may_be_cut(std::string_view text) {
  size_t signs = 0;
  for (size_t at = 1; at + 1 < text.size(); ++at) {
    const char c = text[at];
    const bool is_sign = c == '\xC2' || c == '\xE2' || (!is_high(c) && c > ' ');
    signs += is_sign && is_high(text[at - 1]) && is_high(text[at + 1]) ? 1 : 0;
  }
  return signs >= kShownMin;
}

class CutFinder {
 public:
  CutFinder(std::string_view text, std::vector<uint32_t>& dropped)
      : text_(text), dropped_(dropped) {}

  size_t run() {
    for (size_t at = 0; at < text_.size();) {
      const char32_t c = decode_at(text_.data(), at);
      const size_t size = utf8_size_of_lead(text_[at]);
      take(c, at, size);
      at += size;
    }
    end_chain();
    return cuts_;
  }

 private:
  void take(char32_t c, size_t at, size_t size) {
    const CharProps& props = props_of(c);
    // Behind a sign only marks of these scripts go on with what is before it.
    const bool may_extend = sign_size_ == 0 || (props.flags & kMarkUnspaced) != 0;
    const bool extends = props.kind == CharKind::kMark ? may_extend : (props.flags & kExtends) != 0;
    if (props.kind == CharKind::kUnspaced || (extends && letters_ > 0)) {
      if (sign_size_ > 0) add_cut();
      letters_ += extends ? 0 : 1;
      last_ = c;
      return;
    }
    const bool cuts = letters_ > 0 && cuts_words(c) && !(c == '.' && is_han_or_kana(last_));
    if (!cuts || sign_size_ > 0) return end_chain();
    sign_at_ = at;
    sign_size_ = size;
  }

  // A letter follows the sign.
  void add_cut() {
    for (size_t i = 0; i < sign_size_; ++i) dropped_.push_back(static_cast<uint32_t>(sign_at_ + i));
    sign_size_ = 0;
    end_piece();
  }

  void end_piece() {
    cuts_ += piece_before_ >= 2 && letters_ >= 2 ? 1 : 0;
    piece_before_ = letters_;
    letters_ = 0;
    ++pieces_;
  }

  void end_chain() {
    end_piece();
    cuts_ += pieces_ >= kPiecesMin ? kShownMin : 0;
    piece_before_ = pieces_ = sign_size_ = 0;
  }

  const std::string_view text_;
  std::vector<uint32_t>& dropped_;
  size_t cuts_ = 0;
  // Of the chain of pieces at hand.
  size_t pieces_ = 0;
  size_t piece_before_ = 0;  // Letters.
  size_t letters_ = 0;       // Of the last piece.
  char32_t last_ = 0;        // Its last letter.
  size_t sign_at_ = 0;
  size_t sign_size_ = 0;  // 0: no sign came last.
};

}  // namespace

bool cuts_words(char32_t c) {
  constexpr std::string_view kOfSentences = ",:;!?/&@+=()\"";
  const bool is_of_sentence =
      c < 0x80 && kOfSentences.find(static_cast<char>(c)) != std::string_view::npos;
  return !is_of_sentence && props_of(c).kind == CharKind::kPunctuation;
}

size_t find_cut_runs(std::string_view text, std::vector<uint32_t>& dropped) {
  dropped.clear();
  if (!may_be_cut(text)) return 0;
  const size_t cuts = CutFinder(text, dropped).run();
  if (cuts >= kShownMin) return cuts;
  dropped.clear();
  return 0;
}

}  // namespace sieve
