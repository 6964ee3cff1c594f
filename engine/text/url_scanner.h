// UrlScanner walks through a folded text from URL to URL, however they are dressed.
//
//   UrlScanner scanner(folded);
//   while (auto url = scanner.next()) use(*url);
//
// The work is linear in the size of the text: what was looked at without success is passed over,
// and what is looked at again is of fixed length.
//
// Thread safety: none. Lifetime: refers to the text; a WrittenUrl, to the scanner as well, until
// the next one is found. Units: byte offsets into the text.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

#include "text/fold.h"
#include "text/host_reader.h"
#include "text/ip_literal.h"
#include "text/url_escape.h"
#include "text/url_scheme.h"

namespace sieve {

struct WrittenUrl {
  ByteSpan span;            // The whole URL.
  uint32_t host_end = 0;    // Port, path and query follow.
  std::string_view scheme;  // See UrlScheme::name; empty: none.
  // Labels in lower case with plain dots, as A-labels or U-labels; or a canonical address.
  std::string_view host;
  // Of each byte of `host`, its place in the text, and the labels; none of an address.
  std::span<const uint32_t> places;
  std::span<const HostLabel> labels;
  bool is_address = false;
  uint16_t dress = 0;  // Bits of UrlDress, without kPunycode and kReordered.
};

class UrlScanner {
 public:
  // `text` is a View::kText. `spaced_out`: whether it shows letters written apart.
  UrlScanner(std::string_view text, bool spaced_out) : text_(text), spaced_out_(spaced_out) {}

  // The next URL in order of appearance; URLs do not overlap.
  std::optional<WrittenUrl> next();

 private:
  // What the mark at at_ belongs to. Move at_ behind what they have looked at.
  std::optional<WrittenUrl> at_colon();
  std::optional<WrittenUrl> at_dot();

  bool may_be_host(size_t mark, size_t dot_begin) const;
  std::optional<WrittenUrl> bare(size_t begin);
  std::optional<WrittenUrl> bare_address(size_t begin, size_t labels);
  std::optional<WrittenUrl> bare_name(size_t begin);
  std::optional<WrittenUrl> behind_mail_sign(size_t begin, size_t sign);
  std::optional<WrittenUrl> authority(const UrlScheme& scheme);
  size_t read_authority(size_t begin);
  size_t read_plain_host(size_t begin);
  std::optional<WrittenUrl> ipv6(const UrlScheme& scheme, size_t bracket, bool userinfo);
  WrittenUrl finish(size_t begin, size_t labels, std::string_view scheme, int dress) const;
  void note_address(WrittenUrl& url, size_t size) const;

  // Constant after construction.
  std::string_view text_;
  bool spaced_out_;

  size_t floor_ = 0;  // The end of the last URL.
  size_t at_ = 0;
  WrittenHost host_;
  UnescapedText unescaped_;
  std::array<char, kAddressBytesMax> address_;
};

}  // namespace sieve
