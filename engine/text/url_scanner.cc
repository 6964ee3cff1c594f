#include "text/url_scanner.h"

#include <algorithm>

#include "text/entities.h"
#include "text/fold_table.h"
#include "text/host_choice.h"
#include "text/host_dot.h"
#include "text/tld_table.h"
#include "text/url_chars.h"
#include "text/url_rest.h"
#include "text/utf8_inline.h"

namespace sieve {
namespace {

constexpr size_t kMailBytesMax = 64;

bool is_ascii_byte(char c) { return static_cast<unsigned char>(c) < 0x80; }

bool is_latin(char32_t c) {
  const CharProps& props = props_of(c);
  return props.kind == CharKind::kSpaced && props.script == CharScript::kLatin;
}

// A letter or digit of any script.
bool is_glue(std::string_view text, size_t end) {
  if (end == 0) return false;
  const CharKind kind = props_of(decode_before(text.data(), end)).kind;
  return kind == CharKind::kSpaced || kind == CharKind::kDigit || kind == CharKind::kUnspaced ||
         kind == CharKind::kMark;
}

// The end of the label, or of the run of letters beyond ASCII, at `at`.
size_t skip_token(std::string_view text, size_t at) {
  const size_t limit = std::min(text.size(), at + kMailBytesMax);
  if (at < limit && !is_ascii_byte(text[at])) {
    while (at < limit && !is_ascii_byte(text[at])) ++at;
  } else {
    while (at < limit && is_label_char(text[at])) ++at;
  }
  return at;
}

// Whether a label, a space or a closing bracket is at `at`.
bool may_follow_dot(std::string_view text, size_t at) {
  if (at == text.size()) return false;
  const char c = text[at];
  return is_label_char(c) || !is_ascii_byte(c) || c == ' ' || c == ']' || c == ')' || c == '}';
}

// Whether the '.' at `mark` is followed by a space and no domain.
bool ends_sentence(std::string_view text, size_t mark) {
  if (text[mark + 1] != ' ' || mark == 0 || !is_label_char(text[mark - 1])) return false;
  const size_t begin = mark + (starts_at(text, mark + 2, " ") ? 3 : 2);
  if (is_top_level_domain(text.substr(begin, skip_token(text, begin) - begin))) return false;
  return !text.substr(0, mark).ends_with("www");
}

// Whether the last digits of a number stand at `at`, behind a '.': no host ends so, and an address
// was looked at from its first dot on.
bool ends_decimal(std::string_view text, size_t at) {
  const size_t begin = at;
  while (at < text.size() && is_ascii_digit(text[at])) ++at;
  if (at == begin) return false;
  constexpr std::string_view kDots = ".[({\\";
  return at == text.size() || !(is_label_char(text[at]) || !is_ascii_byte(text[at]) ||
                                kDots.find(text[at]) != kDots.npos);
}

// The end of the authority that begins at `begin`.
size_t authority_end(std::string_view text, size_t begin) {
  const size_t limit = std::min(text.size(), begin + UnescapedText::kBytesMax);
  size_t end = begin;
  while (end < limit && (is_path_char(text[end]) || !is_ascii_byte(text[end])) &&
         !is_slash(text[end]) && text[end] != '?' && text[end] != '#') {
    ++end;
  }
  return end;
}

// The '@' of a mail address whose name goes on at `end`, or npos.
size_t mail_sign(std::string_view text, size_t end) {
  const size_t limit = std::min(text.size(), end + kMailBytesMax);
  while (end < limit && (is_label_char(text[end]) || text[end] == '.' || text[end] == '+')) ++end;
  const bool mail = end + 1 < text.size() && text[end] == '@' && is_ascii_word(text[end + 1]);
  return mail ? end : std::string_view::npos;
}

bool is_behind_mail_sign(std::string_view text, size_t begin) {
  const std::string_view before = text.substr(0, begin);
  if (before.ends_with("(at)") || before.ends_with("[at]")) return true;
  return before.ends_with('@') && before.size() > 1 && is_label_char(before[before.size() - 2]);
}

size_t count_tight(const WrittenHost& host) {
  size_t count = 0;
  while (count < host.count && !host.labels[count].apart) ++count;
  return count;
}

bool is_default_port(std::string_view scheme, std::string_view port) {
  if (scheme != "https" && port == ":80") return true;
  return scheme != "http" && port == ":443";
}

}  // namespace

std::optional<WrittenUrl> UrlScanner::next() {
  while (true) {
    at_ = find_url_mark(text_, at_);
    if (at_ >= text_.size()) return std::nullopt;
    const auto url = text_[at_] == ':' ? at_colon() : at_dot();
    if (url) {
      floor_ = at_ = url->span.end;
      return url;
    }
  }
}

std::optional<WrittenUrl> UrlScanner::at_colon() {
  const auto scheme = scheme_at(text_, at_, floor_, spaced_out_);
  ++at_;
  return scheme ? authority(*scheme) : std::nullopt;
}

std::optional<WrittenUrl> UrlScanner::authority(const UrlScheme& scheme) {
  const size_t begin =
      scheme.slashed ? read_authority(scheme.authority) : read_plain_host(scheme.authority);
  const bool userinfo = begin > scheme.authority;
  if (begin < text_.size() && text_[begin] == '[') return ipv6(scheme, begin, userinfo);
  if (host_.count == 0) return std::nullopt;
  const size_t labels = choose_announced_host({text_, begin}, scheme.loose, host_);
  if (labels == 0) return std::nullopt;
  WrittenUrl url =
      finish(scheme.begin, labels, scheme.name, scheme.dress | (userinfo ? kUserinfo : 0));
  if (ends_in_number(url.host)) {
    const auto address = parse_ipv4(url.host);
    if (!address) return std::nullopt;
    note_address(url, write_ipv4(*address, address_));
  }
  return url;
}

size_t UrlScanner::read_plain_host(size_t begin) {
  read_host(text_, begin, {.any_script = true, .apart = true, .spaced_letters = spaced_out_},
            host_);
  return begin;
}

// Reads the host of the authority at `begin` and returns where the host begins. What stands before
// an @ is a disguise: the host comes after the last.
size_t UrlScanner::read_authority(size_t begin) {
  const size_t end = authority_end(text_, begin);
  const std::string_view written = text_.substr(begin, end - begin);
  if (written.find('%') == std::string_view::npos) {
    return read_plain_host(begin + written.rfind('@') + 1);  // npos is one before 0.
  }
  // A dressed dot may end what is an authority to browsers; port and path are of no interest.
  const size_t beyond = std::min(text_.find_first_of("/?#:\n", end), text_.size());
  unescape_authority(text_.substr(0, beyond), begin, unescaped_);
  const auto places = unescaped_.places.begin();
  const auto within = static_cast<size_t>(
      std::lower_bound(places, places + static_cast<ptrdiff_t>(unescaped_.size), end) - places);
  const size_t host = unescaped_.text().substr(0, within).rfind('@') + 1;
  read_host(unescaped_.text(), host,
            {.any_script = true, .apart = true, .spaced_letters = spaced_out_}, host_);
  for (size_t i = 0; i < host_.count; ++i) {
    host_.labels[i].text_end = unescaped_.places[host_.labels[i].text_end];
  }
  const size_t size = host_.count == 0 ? 0 : host_.labels[host_.count - 1].end;
  for (size_t at = 0; at < size; ++at) host_.places[at] = unescaped_.places[host_.places[at]];
  return unescaped_.places[host];
}

std::optional<WrittenUrl> UrlScanner::ipv6(const UrlScheme& scheme, size_t bracket, bool userinfo) {
  const std::string_view inside = text_.substr(bracket + 1, kAddressBytesMax);
  const size_t closing = inside.find(']');
  if (closing == std::string_view::npos) return std::nullopt;
  const size_t size = write_canonical_ipv6(inside.substr(0, closing), address_);
  if (size == 0) return std::nullopt;
  host_.count = 1;
  host_.labels[0] = {};
  host_.labels[0].text_end = static_cast<uint32_t>(bracket + closing + 2);
  WrittenUrl url = finish(scheme.begin, 1, scheme.name, scheme.dress | (userinfo ? kUserinfo : 0));
  note_address(url, size);
  return url;
}

std::optional<WrittenUrl> UrlScanner::at_dot() {
  const size_t mark = at_;
  at_ += utf8_size_of_lead(text_[mark]);
  if (text_[mark] == '.') {
    while (at_ < text_.size() && text_[at_] == '.') ++at_;
    if (at_ > mark + 1 || !may_follow_dot(text_, at_)) return std::nullopt;
    if (!spaced_out_ && ends_sentence(text_, mark)) return std::nullopt;
    if (ends_decimal(text_, at_)) return std::nullopt;
  }
  const size_t dot_begin = host_dot_begin(text_, mark, floor_);
  if (dot_begin == floor_ || !may_be_host(mark, dot_begin)) return std::nullopt;
  const size_t begin = label_begin(text_, dot_begin, floor_, spaced_out_);
  return begin < dot_begin ? bare(begin) : std::nullopt;
}

// A cheap look before a close one: most dots end a sentence or divide a number.
bool UrlScanner::may_be_host(size_t mark, size_t dot_begin) const {
  const HostDot dot = host_dot_at(text_, dot_begin);
  const size_t after = dot_begin + dot.size;
  if (after <= mark || after >= text_.size()) return false;
  const char before = text_[dot_begin - 1];
  const bool latin = is_ascii_byte(before) || is_latin(decode_before(text_.data(), dot_begin));
  if (!latin || dot.apart) {
    const std::string_view token = text_.substr(after, skip_token(text_, after) - after);
    const bool www = text_.substr(0, dot_begin).ends_with("www");
    return www || is_top_level_domain(token) || (spaced_out_ && latin);
  }
  return is_label_char(before) || !is_ascii_byte(before);
}

std::optional<WrittenUrl> UrlScanner::bare(size_t begin) {
  const bool foreign = !is_ascii_byte(text_[begin]) && !is_latin(decode_at(text_.data(), begin));
  HostStyle style{.any_script = foreign, .apart = true, .spaced_letters = spaced_out_};
  read_host(text_, begin, style, host_);
  if (host_.count == 0) return std::nullopt;
  // "win99.คอม": ends in letters that no label before it has.
  const size_t end = host_.labels[host_.count - 1].text_end;
  if (!foreign && end + 1 < text_.size() && text_[end] == '.' && !is_ascii_byte(text_[end + 1])) {
    style.any_script = true;
    read_host(text_, begin, style, host_);
  }
  const size_t tight = count_tight(host_);
  const size_t tight_end = host_.labels[tight - 1].text_end;
  at_ = std::max(at_, tight_end);
  if (host_.count < 2) return std::nullopt;
  if (is_behind_mail_sign(text_, begin)) return std::nullopt;
  if (is_ascii_digit(text_[begin]) && ends_in_number(host_.first(tight)))
    return bare_address(begin, tight);
  return bare_name(begin);
}

std::optional<WrittenUrl> UrlScanner::bare_address(size_t begin, size_t labels) {
  const auto address = parse_dotted_ipv4(host_.first(labels));
  if (!address) return std::nullopt;
  WrittenUrl url = finish(begin, labels, {}, kNoScheme);
  if (url.span.end == url.host_end) return std::nullopt;  // A version, or the like.
  note_address(url, write_ipv4(*address, address_));
  return url;
}

std::optional<WrittenUrl> UrlScanner::bare_name(size_t begin) {
  const size_t labels = choose_bare_host({text_, begin}, host_);
  if (labels == 0) return std::nullopt;
  WrittenUrl url = finish(begin, labels, {}, kNoScheme);
  const bool has_rest = url.span.end > url.host_end;
  if (!has_rest) {
    // "@shop.example" names an account.
    if (begin > 0 && text_[begin - 1] == '@') return std::nullopt;
    const size_t sign = mail_sign(text_, url.host_end);
    if (sign != std::string_view::npos) return behind_mail_sign(begin, sign);
  }
  const size_t glued = has_rest && !host_.labels[0].spaced ? glued_size(url.host) : 0;
  if (glued > 0) {
    url.host.remove_prefix(glued);
    url.places = url.places.subspan(glued);
    url.span.begin += static_cast<uint32_t>(glued);
    url.dress |= kGlued;
  }
  return url;
}

// "www.bank.example@evil.example/x" is a URL; without the path, a mail address.
std::optional<WrittenUrl> UrlScanner::behind_mail_sign(size_t begin, size_t sign) {
  read_host(text_, sign + 1, {}, host_);
  if (host_.count == 0) return std::nullopt;
  at_ = host_.labels[host_.count - 1].text_end;
  const size_t labels = choose_bare_host({text_, sign + 1}, host_);
  if (labels == 0) return std::nullopt;
  const WrittenUrl url = finish(begin, labels, {}, kNoScheme | kUserinfo);
  return begins_rest(text_, url.host_end) ? std::optional(url) : std::nullopt;
}

WrittenUrl UrlScanner::finish(size_t begin, size_t labels, std::string_view scheme,
                              int dress) const {
  const uint32_t host_end = host_.labels[labels - 1].text_end;
  const size_t port = port_size(text_, host_end);
  for (size_t i = 0; i < labels; ++i) dress |= host_.labels[i].dress;
  if (port > 0 && !is_default_port(scheme, text_.substr(host_end, port))) dress |= kPort;
  if (is_glue(text_, begin)) dress |= kGlued;
  const size_t end = (dress & kSpaced) != 0 ? skip_spaced_rest(text_, host_end + port)
                                            : skip_rest(text_, host_end + port);
  WrittenUrl url;
  url.span = {static_cast<uint32_t>(begin), static_cast<uint32_t>(end)};
  url.host_end = host_end;
  url.scheme = scheme;
  url.host = host_.first(labels);
  url.places = std::span(host_.places).first(url.host.size());
  url.labels = std::span(host_.labels).first(labels);
  url.dress = static_cast<uint16_t>(dress);
  return url;
}

void UrlScanner::note_address(WrittenUrl& url, size_t size) const {
  url.host = {address_.data(), size};
  url.places = {};
  url.labels = {};
  url.is_address = true;
  url.dress |= kIpLiteral;
}

}  // namespace sieve
