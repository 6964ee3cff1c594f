// to_byte_regex() rewrites a regular expression over characters (RE2's syntax) into one over bytes
// that Hyperscan can compile without its slow UTF-8 mode and that matches a superset: in every
// valid UTF-8 text in which RE2 finds the original, Hyperscan finds the rewritten one. RE2
// confirms.
//
//   t.{0,9}fee     ->  t[\x00-\x7f\x80-\xbf\xc2-\xdf...]{0,36}fee
//   [ก-ฮ]+ab       ->  [\x81-\xae\xb8\xe0]{3,}ab
//   ไป?            ->  \xe0\xb9\x84(?:\xe0\xb8\x9b)?
//
// A class of characters becomes one class of bytes, repeated by the sizes of its members: looser
// than alternatives of byte sequences, and many times cheaper to compile and scan.
//
// Thread safety: pure functions.
#pragma once

#include <string>
#include <string_view>

#include "base/expected.h"
#include "match/pattern_db.h"

namespace sieve {

struct ByteRegex {
  std::string expression;
  // The same without ^, $, \b and \B: looser, for what Hyperscan refuses (an anchor in the middle).
  std::string loose_expression;
  // The original without them, in RE2's syntax: what it matches whatever is around.
  std::string without_assertions;
};

// Fails with what can never work in `view` (the failure's pattern id is left alone).
// REQUIRES: RE2 accepts `regex`.
Expected<ByteRegex, PatternFailure> to_byte_regex(std::string_view regex, View view);

// `bytes` as an expression for Hyperscan that matches exactly them.
std::string escape_bytes(std::string_view bytes);

}  // namespace sieve
