#include "text/sent_host.h"

#include <algorithm>

#include "base/utf8.h"
#include "text/entities.h"
#include "text/fold_table.h"
#include "text/idna_mapping.h"
#include "text/url_chars.h"
#include "text/utf8_inline.h"

namespace sieve {
namespace {

constexpr uint32_t kNoSource = UINT32_MAX;
constexpr size_t kRestBytesMax = 4 * kHostBytesMax;

// Whether some letter of `raw` may be another one to the fold than in a host.
bool has_idna_letters(std::string_view raw) {
  for (size_t at = 0; at < raw.size();) {
    if (static_cast<unsigned char>(raw[at]) < 0x80) {
      ++at;
      continue;
    }
    const Utf8Char c = decode_utf8(raw, at);
    const uint16_t row = fold_row_of(c.code_point);
    const bool folds = row >= kFoldIdentityRows || props_of_row(row).alike != 0;
    if (folds && idna_mapping_of(c.code_point) != nullptr) return true;
    at += c.size;
  }
  return false;
}

bool has_dots_in_letters(std::span<const HostLabel> labels) {
  return std::ranges::any_of(labels, [](const HostLabel& l) { return !l.dot_letters.empty(); });
}

// Whether a label goes on with `c` to a device.
bool goes_on(char32_t c) {
  return (c >= 'A' && c <= 'Z') || may_be_in_label(c) || idna_mapping_of(c) != nullptr;
}

bool may_differ(const FoldedText& folded) {
  return folded.features.marks_repaired > 0 || has_idna_letters(folded.raw);
}

}  // namespace

std::string_view SentHost::read(const WrittenUrl& url) {
  if (folded_.folder == nullptr || url.places.empty()) return url.host;
  if (!may_differ_) may_differ_ = may_differ(folded_);
  const bool letter_dots = has_dots_in_letters(url.labels);
  if (!*may_differ_ && !letter_dots) return url.host;
  size_ = 0;
  fits_ = true;
  source_ = kNoSource;
  const std::string_view host = url.host;
  const std::string_view rest = rest_of(url.host_end);
  const size_t top = rest.empty() ? std::min(host.rfind('.'), host.size()) : host.size();
  // With the last dot in some dress, the host is for people to type.
  const bool dots_stay = top == host.size() || is_dot(url.labels, url.places[top]);
  size_t label = 0;
  for (size_t at = 0; at < top;) {
    const std::string_view letter = host.substr(at, utf8_size_of_lead(host[at]));
    const bool is_dot = letter == ".";
    if (is_dot && letter_dots) ++label;
    if (is_dot && !dots_stay) {
      put(".");
    } else if (is_dot && letter_dots && !url.labels[label].dot_letters.empty()) {
      put_letters(url.labels[label].dot_letters, url.places[at]);
    } else {
      put_sent(letter, url.places[at]);
    }
    at += letter.size();
  }
  put(host.substr(top));
  put_rest(rest);
  return fits_ ? std::string_view(name_.data(), size_) : host;
}

// `letters`, which are at `place` of the text.
void SentHost::put_letters(std::string_view letters, size_t place) {
  for (size_t at = 0; at < letters.size();) {
    const std::string_view letter = letters.substr(at, utf8_size_of_lead(letters[at]));
    put_sent(letter, place + at);
    at += letter.size();
  }
}

// Whether the last dot, at `place` of the text, is one to a device.
bool SentHost::is_dot(std::span<const HostLabel> labels, size_t place) {
  const bool dressed = !labels.empty() && (labels.back().dress & kDressedDot) != 0;
  if (dressed || !starts_at(folded_.text, place, ".")) return false;
  return idna_mapping_of(decode_utf8(folded_.raw, source_of(place)).code_point) == nullptr;
}

void SentHost::put(std::string_view letters) {
  fits_ = fits_ && letters.size() <= name_.size() - size_;
  if (!fits_) return;
  std::copy(letters.begin(), letters.end(), name_.begin() + static_cast<ptrdiff_t>(size_));
  size_ += letters.size();
}

void SentHost::put(char32_t letter) {
  std::array<char, 4> bytes;
  put(std::string_view(bytes.data(), encode_utf8(letter, bytes.data())));
}

// `letter`, which is at `place` of the text.
void SentHost::put_sent(std::string_view letter, size_t place) {
  // What was escaped in the text is no letter there.
  if (!starts_at(folded_.text, place, letter)) return put(letter);
  const uint32_t source = source_of(place);
  if (source == source_) {  // One letter became several.
    if (!is_sent_) put(letter);
    return;
  }
  source_ = source;
  const Utf8Char c = decode_utf8(folded_.raw, source);
  const std::string_view alone = fold_alone(c.code_point, folded_.raw.substr(source, c.size));
  is_sent_ = put_as_sent(c.code_point);
  if (!is_sent_) put(letter);
  const bool composed = !is_sent_ && !alone.starts_with(letter);
  if (!composed) put_marks(source + c.size, source_of(place + letter.size()));
}

// False where the fold reads `c` as a device does.
bool SentHost::put_as_sent(char32_t c) {
  const IdnaMapping* letters = idna_mapping_of(c);
  if (letters == nullptr) return false;
  for (size_t i = 0; i < letters->to.size() && letters->to[i] != 0; ++i) put(letters->to[i]);
  return true;
}

// What follows the host, at `place` of the text, and is a part of it to a device: from a letter on
// that the fold reads as a sign, as in "bank.example\u02BC.evil.example".
std::string_view SentHost::rest_of(size_t place) {
  const uint32_t begin = source_of(place);
  size_t end = begin;
  bool has_dot = false;
  while (end < folded_.raw.size() && end - begin < kRestBytesMax) {
    const Utf8Char c = decode_utf8(folded_.raw, end);
    const bool dot = c.code_point == '.';
    const bool is_host =
        end == begin ? idna_mapping_of(c.code_point) != nullptr : dot || goes_on(c.code_point);
    if (!is_host) break;
    has_dot |= dot;
    end += c.size;
  }
  return has_dot ? folded_.raw.substr(begin, end - begin) : std::string_view();
}

void SentHost::put_rest(std::string_view rest) {
  for (size_t at = 0; at < rest.size();) {
    const Utf8Char c = decode_utf8(rest, at);
    const bool again = at == 0 && rest.data() == folded_.raw.data() + source_;
    if (!again && !put_as_sent(c.code_point)) {
      put(fold_alone(c.code_point, rest.substr(at, c.size)));
    }
    at += c.size;
  }
}

// Where in the raw text what is at `place` of the folded one came from.
uint32_t SentHost::source_of(size_t place) {
  return place < folded_.text.size() ? folded_.folder->source_of(static_cast<uint32_t>(place))
                                     : static_cast<uint32_t>(folded_.raw.size());
}

// The marks in raw[at, end), behind a letter: nothing became of them.
void SentHost::put_marks(size_t at, size_t end) {
  while (fits_ && at < end) {
    const Utf8Char c = decode_utf8(folded_.raw, at);
    if (props_of(c.code_point).kind == CharKind::kMark) {
      put(fold_alone(c.code_point, folded_.raw.substr(at, c.size)));
    }
    at += c.size;
  }
}

}  // namespace sieve
