#include "text/host_reader.h"

#include <algorithm>

#include "text/entities.h"
#include "text/fold_table.h"
#include "text/host_dot.h"
#include "text/punycode.h"
#include "text/url_chars.h"
#include "text/utf8_inline.h"

namespace sieve {
namespace {

// Letters of a U-label take up to four bytes.
constexpr size_t kWrittenLabelBytesMax = 4 * kLabelBytesMax;
// Dots that stand apart are looked past only as far as honest hosts have labels.
constexpr size_t kApartLabelsMax = 6;

bool is_single(std::string_view text, size_t at) {
  return at < text.size() && is_ascii_word(text[at]) &&
         (at + 1 == text.size() || !is_label_char(text[at + 1]));
}

// Which letters go on with one another in a label.
enum class Letters : uint8_t { kNone, kLatin, kSpaced, kUnspaced };

Letters letters_of(char32_t c) {
  const CharProps& props = props_of(c);
  switch (props.kind) {
    case CharKind::kSpaced:
      return props.script == CharScript::kLatin ? Letters::kLatin : Letters::kSpaced;
    case CharKind::kDigit:
      return Letters::kLatin;
    case CharKind::kUnspaced:
      return Letters::kUnspaced;
    case CharKind::kMark:
      return (props.flags & kMarkUnspaced) != 0 ? Letters::kUnspaced : Letters::kSpaced;
    default:
      return Letters::kNone;
  }
}

// Whether a label of any script that began as `first` goes on with `next`. Text in an unspaced
// script may follow a host at once: only a label that begins so goes on so.
bool goes_on(Letters first, Letters next) {
  return next != Letters::kNone && (next != Letters::kUnspaced || first == Letters::kUnspaced);
}

size_t skip_label(std::string_view text, size_t at, bool any_script) {
  const size_t limit = std::min(text.size(), at + kWrittenLabelBytesMax);
  Letters first = Letters::kNone;
  while (at < limit) {
    if (is_label_char(text[at])) {
      if (first == Letters::kNone) first = Letters::kLatin;
      ++at;
      continue;
    }
    if (static_cast<unsigned char>(text[at]) < 0x80) break;
    const Letters next = letters_of(decode_at(text.data(), at));
    if (first == Letters::kNone) first = next;
    if (!(any_script ? goes_on(first, next) : next == Letters::kLatin)) break;
    at += utf8_size_of_lead(text[at]);
  }
  return at;
}

class Reader {
 public:
  Reader(std::string_view text, HostStyle style, WrittenHost& out)
      : text_(text), style_(style), out_(out) {
    out_.count = 0;
  }

  void read(size_t at) {
    HostDot dot;
    size_t apart = 0;
    while (out_.count < kHostLabelsMax && apart < kApartLabelsMax) {
      const size_t end = put_label(at, dot);
      if (end == at) break;
      dot = host_dot_at(text_, end);
      if (dot.size == 0 || (dot.apart && !style_.apart)) break;
      apart += dot.apart ? 1 : 0;
      at = end + dot.size;
    }
  }

 private:
  // Returns the end of the label at `at`, which is `at` when there is none.
  size_t put_label(size_t at, const HostDot& dot) {
    HostLabel label{};
    label.dress = dot.dress;
    label.apart = dot.apart;
    label.space_before = dot.space_before;
    label.dot_letters = dot.letters;
    if (out_.count > 0) {
      if (size_ == out_.name.size()) return at;
      out_.places[size_] = static_cast<uint32_t>(at - dot.size);
      out_.name[size_++] = '.';
    }
    label.begin = static_cast<uint16_t>(size_);
    const bool spaced = style_.spaced_letters && is_single(text_, at);
    const size_t end =
        spaced ? copy_singles(at, label) : copy(at, skip_label(text_, at, style_.any_script));
    if (end == at) return at;
    label.end = static_cast<uint16_t>(size_);
    label.text_end = static_cast<uint32_t>(end);
    out_.labels[out_.count++] = label;
    return end;
  }

  size_t copy(size_t begin, size_t end) {
    if (end - begin > out_.name.size() - size_) return begin;
    std::copy(text_.begin() + static_cast<ptrdiff_t>(begin),
              text_.begin() + static_cast<ptrdiff_t>(end),
              out_.name.begin() + static_cast<ptrdiff_t>(size_));
    for (size_t at = begin; at < end; ++at) {
      out_.places[size_++] = static_cast<uint32_t>(at);
    }
    return end;
  }

  // "b i t": letters with one space between.
  size_t copy_singles(size_t at, HostLabel& label) {
    const size_t begin = at;
    size_t end = copy(at, at + 1);
    while (end - begin < 2 * kLabelBytesMax && end < text_.size() && text_[end] == ' ' &&
           is_single(text_, end + 1) && copy(end + 1, end + 2) == end + 2) {
      end += 2;
      label.spaced = true;
      label.dress |= kSpaced;
    }
    return end;
  }

  std::string_view text_;
  HostStyle style_;
  WrittenHost& out_;
  size_t size_ = 0;
};

size_t singles_begin(std::string_view text, size_t begin, size_t floor) {
  const size_t limit = begin > floor + 2 * kLabelBytesMax ? begin - 2 * kLabelBytesMax : floor;
  while (begin >= limit + 2 && text[begin - 1] == ' ' && is_ascii_word(text[begin - 2]) &&
         (begin == limit + 2 || !is_label_char(text[begin - 3]))) {
    begin -= 2;
  }
  return begin;
}

size_t foreign_label_begin(std::string_view text, size_t end, size_t limit) {
  size_t begin = end;
  Letters last = Letters::kNone;
  while (begin > limit) {
    size_t at = begin - 1;
    while (at > limit && is_utf8_tail(text[at])) --at;
    if (is_utf8_tail(text[at])) break;
    const Letters here = letters_of(decode_at(text.data(), at));
    if (last == Letters::kNone) last = here;
    if (here != last && here != Letters::kLatin) break;
    if (here == Letters::kNone) break;
    begin = at;
  }
  return begin;
}

}  // namespace

void read_host(std::string_view text, size_t at, HostStyle style, WrittenHost& out) {
  Reader(text, style, out).read(at);
}

void cut_last_label(size_t size, WrittenHost& host) {
  HostLabel& label = host.labels[host.count - 1];
  const size_t cut = size_t{label.end} - label.begin - size;
  label.text_end -= static_cast<uint32_t>(label.spaced ? 2 * cut : cut);
  label.end = static_cast<uint16_t>(label.end - cut);
}

size_t label_begin(std::string_view text, size_t end, size_t floor, bool spaced_letters) {
  const size_t limit = end > floor + kWrittenLabelBytesMax ? end - kWrittenLabelBytesMax : floor;
  size_t begin = end;
  while (begin > limit) {
    if (is_label_char(text[begin - 1])) {
      --begin;
      continue;
    }
    if (static_cast<unsigned char>(text[begin - 1]) < 0x80) break;
    size_t at = begin - 1;
    while (at > limit && is_utf8_tail(text[at])) --at;
    if (is_utf8_tail(text[at])) break;
    if (letters_of(decode_at(text.data(), at)) != Letters::kLatin) break;
    begin = at;
  }
  if (begin == end) begin = foreign_label_begin(text, end, limit);
  while (begin < end && (text[begin] == '-' || text[begin] == '_')) ++begin;
  if (spaced_letters && begin + 1 == end) begin = singles_begin(text, begin, floor);
  return begin;
}

}  // namespace sieve
