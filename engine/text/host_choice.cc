#include "text/host_choice.h"

#include <algorithm>

#include "text/entities.h"
#include "text/host_words.h"
#include "text/ip_literal.h"
#include "text/url_chars.h"
#include "text/url_scheme.h"
#include "text/utf8_inline.h"

namespace sieve {
namespace {

// Words with full stops between make longer chains than names of hosts.
constexpr size_t kBareLabelsMax = 6;

bool is_ascii_label(std::string_view label) {
  return std::all_of(label.begin(), label.end(), [](char c) { return is_label_char(c); });
}

bool has_digit(std::string_view text) {
  return std::any_of(text.begin(), text.end(), is_ascii_digit);
}

bool has_letter_beside_digit(std::string_view label) {
  for (size_t i = 1; i < label.size(); ++i) {
    if (is_ascii_lower(label[i - 1]) && is_ascii_digit(label[i])) return true;
    if (is_ascii_digit(label[i - 1]) && is_ascii_lower(label[i])) return true;
  }
  return false;
}

// Letters of scripts written without spaces, of three bytes in UTF-8, whose words end anywhere.
bool is_unspaced(std::string_view label) {
  return static_cast<unsigned char>(label.front()) >= 0xE0;
}

class Choice {
 public:
  Choice(const HostPlace& place, WrittenHost& host) : place_(place), host_(host) {
    cut_scheme();
    while (tight_ < host_.count && !host_.labels[tight_].apart) ++tight_;
  }

  size_t bare() {
    for (size_t n = tight_; n >= 2; --n) {
      if (n > kBareLabelsMax && !is_marked(n)) return 0;
      if (n == tight_) cut_to_domain();
      if (is_sure(n)) return n;
    }
    for (size_t n = host_.count; n > tight_ && n >= 2; --n) {
      if (is_sure_apart(n)) return n;
    }
    return 0;
  }

  size_t announced(bool loose) {
    cut_to_domain();
    for (size_t n = tight_; n >= 1; --n) {
      if (ends_in_number(host_.first(n))) return parse_ipv4(host_.first(n)) ? n : 0;
      if (n >= 2 && kind(n) != TldKind::kNone) return n;
      // "router.local/x" is meant as it stands.
      if (!loose && n == tight_ && n >= 2 && has_rest(n)) return n;
    }
    for (size_t n = host_.count; n > tight_ && n >= 2; --n) {
      if (kind(n) == TldKind::kPlain || (kind(n) != TldKind::kNone && has_rest(n))) return n;
    }
    return loose ? 0 : tight_;
  }

 private:
  std::string_view last(size_t n) const { return host_.label(n - 1); }
  size_t text_end(size_t n) const { return host_.labels[n - 1].text_end; }
  TldKind kind(size_t n) const { return tld_kind(last(n)); }

  // "a.examplehttps://b.example": the scheme of the next URL is not part of this one.
  void cut_scheme() {
    const size_t end = text_end(host_.count);
    const size_t size = http_size_at_end(last(host_.count));
    if (size == 0 || !starts_at(place_.text, end, "://")) return;
    if (host_.labels[host_.count - 1].spaced || host_.count < 2) return;
    const size_t rest = last(host_.count).size() - size;
    if (rest > 0) {
      cut_last_label(rest, host_);
    } else {
      --host_.count;
    }
  }

  // "win.com500", "win.com-now": only what is before the first digit or hyphen ends the host.
  void cut_to_domain() {
    if (tight_ != host_.count || tight_ < 2) return;
    const std::string_view label = last(tight_);
    if (host_.labels[tight_ - 1].spaced) return cut_spaced();
    const auto end = std::find_if_not(label.begin(), label.end(), is_ascii_lower);
    const auto size = static_cast<size_t>(end - label.begin());
    if (size == 0 || end == label.end() || !is_ascii_label(label)) return;
    if (kind(tight_) == TldKind::kNone && tld_kind(label.substr(0, size)) == TldKind::kPlain) {
      cut_last_label(size, host_);
    }
  }

  // "c o m n o w": the longest domain at the begin of it.
  void cut_spaced() {
    const std::string_view label = last(host_.count);
    for (size_t size = label.size(); size >= 2; --size) {
      if (tld_kind(label.substr(0, size)) == TldKind::kNone) continue;
      cut_last_label(size, host_);
      return;
    }
  }

  bool has_rest(size_t n) const {
    const size_t end = text_end(n);
    return begins_rest(place_.text, end) ||
           begins_rest(place_.text, end + port_size(place_.text, end));
  }

  bool has_www() const { return host_.count >= 3 && host_.label(0) == "www"; }

  // Labels that follow one another as they should.
  bool is_sure(size_t n) const {
    const TldKind tld = kind(n);
    const std::string_view name = host_.label(n - 2);
    if (tld == TldKind::kNone) return false;
    if (tld == TldKind::kForeign || !is_ascii_label(name)) return is_sure_foreign(n, tld);
    if (is_marked(n)) return true;
    if (name == "www") return false;
    const bool country = last(n).size() == 2;
    if (country && is_second_level(name)) return n >= 3;
    switch (tld) {
      case TldKind::kPlain:
        return name.size() > 1;
      case TldKind::kWord:
        return has_letter_beside_digit(name) || name.find('-') != std::string_view::npos ||
               (n >= 3 && country && name.size() >= 4 && tld_kind(name) == TldKind::kNone);
      default:
        return n >= 3;
    }
  }

  // Shows by more than its name that it is meant for a host.
  bool is_marked(size_t n) const {
    return has_rest(n) || port_size(place_.text, text_end(n)) > 2 || (has_www() && n >= 3) ||
           is_dressed(n);
  }

  // Nobody writes "[.]" for a full stop.
  bool is_dressed(size_t n) const {
    const auto begin = host_.labels.begin();
    return std::any_of(begin, begin + static_cast<ptrdiff_t>(n),
                       [](const HostLabel& label) { return (label.dress & kDressedDot) != 0; });
  }

  // A Chinese full stop was folded to a dot, and the next sentence may begin with what is a
  // top-level domain, too.
  bool is_sure_foreign(size_t n, TldKind tld) const {
    if (has_rest(n)) return true;
    const std::string_view name = host_.label(n - 2);
    if (tld == TldKind::kForeign) return is_ascii_label(name) || stands_alone(n);
    return tld == TldKind::kPlain && !is_unspaced(name);
  }

  bool stands_alone(size_t n) const {
    const size_t end = text_end(n);
    const bool begins = place_.begin == 0 || place_.text[place_.begin - 1] == ' ';
    const bool ends =
        end == place_.text.size() || static_cast<unsigned char>(place_.text[end]) < 0x80;
    return begins && ends && !is_han(last(n));
  }

  static bool is_han(std::string_view label) {
    const char32_t c = decode_at(label.data(), 0);
    return c >= 0x2E80 && c < 0xA000;
  }

  // Labels of which some stand apart from the ones before.
  bool is_sure_apart(size_t n) {
    if (n == host_.count && host_.labels[n - 1].spaced) cut_spaced();
    const TldKind tld = kind(n);
    if (tld == TldKind::kNone || tld == TldKind::kForeign || !is_ascii_label(host_.first(1))) {
      return false;
    }
    const bool plain = tld == TldKind::kPlain;
    const size_t end = text_end(n);
    if (begins_rest(place_.text, end) || (starts_at(place_.text, end, " /"))) {
      return plain || is_well_known_host(host_.first(n)) ||
             (last(n).size() == 2 && rest_has_digit(end));
    }
    if (!plain) return false;
    if (host_.label(n - 2) == "www") return false;
    if (has_www() || spaced_labels(n) >= 2) return true;
    return has_letter_beside_digit(host_.label(n - 2)) && first_apart().space_before;
  }

  const HostLabel& first_apart() const { return host_.labels[tight_]; }

  size_t spaced_labels(size_t n) const {
    const auto begin = host_.labels.begin();
    return static_cast<size_t>(std::count_if(begin, begin + static_cast<ptrdiff_t>(n),
                                             [](const HostLabel& label) { return label.spaced; }));
  }

  bool rest_has_digit(size_t at) const {
    size_t end = at;
    while (end < place_.text.size() && end < at + kHostBytesMax && is_path_char(place_.text[end]))
      ++end;
    return has_digit(place_.text.substr(at, end - at));
  }

  HostPlace place_;
  WrittenHost& host_;
  size_t tight_ = 1;  // Labels before the first that stands apart.
};

}  // namespace

size_t choose_bare_host(const HostPlace& place, WrittenHost& host) {
  return Choice(place, host).bare();
}

size_t choose_announced_host(const HostPlace& place, bool loose, WrittenHost& host) {
  return Choice(place, host).announced(loose);
}

size_t glued_size(std::string_view name) {
  size_t size = 0;
  while (size < name.size() && (is_ascii_digit(name[size]) || name[size] == 'o')) ++size;
  // Of "100ow.ly" the o may belong to the host.
  for (; size > 0; --size) {
    if (has_digit(name.substr(0, size)) && is_well_known_host(name.substr(size))) return size;
  }
  return 0;
}

size_t port_size(std::string_view text, size_t at) {
  constexpr size_t kDigitsMax = 5;
  constexpr uint32_t kPortMax = 65'535;
  if (at >= text.size() || text[at] != ':') return 0;
  size_t end = at + 1;
  uint32_t port = 0;
  while (end < text.size() && end <= at + kDigitsMax && is_ascii_digit(text[end])) {
    port = port * 10 + static_cast<uint32_t>(text[end++] - '0');
  }
  const bool cut = end < text.size() && is_ascii_word(text[end]);
  return end > at + 1 && !cut && port <= kPortMax ? end - at : 0;
}

bool begins_rest(std::string_view text, size_t at) {
  if (at >= text.size()) return false;
  if (is_slash(text[at])) return true;
  const bool query = text[at] == '?' || text[at] == '#';
  return query && at + 1 < text.size() && is_ascii_word(text[at + 1]);
}

}  // namespace sieve
