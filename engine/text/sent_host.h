// SentHost undoes the fold where a host depends on it. URLs are found in folded text, whatever they
// are dressed as; but a host with a Cyrillic letter is another host than the one it looks like, and
// what opens it does not fold.
//
//   SentHost sent(folded);
//   hosts.put(sent.read(url));
//
// Thread safety: none. Lifetime: refers to the folded text; results, to this until the next read().
// Allocates nothing after warm-up.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

#include "text/fold.h"
#include "text/host_reader.h"
#include "text/url_scanner.h"

namespace sieve {

class SentHost {
 public:
  explicit SentHost(const FoldedText& folded) : folded_(folded) {}

  // The host of `url` with the letters that were sent, as UTS #46 maps them, with the marks that
  // the fold dropped, and with letters that stand for dots where the last dot is one. The top-level
  // label stays folded: there is none with look-alike letters, so that such a link is for people to
  // type. What does not fit a host is returned as it is.
  std::string_view read(const WrittenUrl& url);

 private:
  void put(std::string_view letters);
  void put(char32_t letter);
  void put_letters(std::string_view letters, size_t place);
  bool put_as_sent(char32_t c);
  bool is_dot(std::span<const HostLabel> labels, size_t place);
  void put_sent(std::string_view letter, size_t place);
  void put_marks(size_t at, size_t end);
  std::string_view rest_of(size_t place);
  void put_rest(std::string_view rest);
  uint32_t source_of(size_t place);

  const FoldedText& folded_;
  std::optional<bool> may_differ_;  // Of any host of this text; found out with the first.
  std::array<char, 4 * kHostBytesMax> name_;
  size_t size_ = 0;
  bool fits_ = true;
  // Of the last letter: where it came from, and whether it was put as it was sent.
  uint32_t source_ = 0;
  bool is_sent_ = false;
};

}  // namespace sieve
