// A CharSet is what a character class of a regular expression stands for, as far as a byte matcher
// needs to know it: which bytes its characters are made of, and how many bytes one of them takes.
//
// Thread safety: none; a value.
#pragma once

#include <bitset>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace sieve {

class CharSet {
 public:
  // Adds the code points `low` to `high`. REQUIRES: low <= high <= U+10FFFF.
  void add(char32_t low, char32_t high);
  // Adds a class whose members are not looked up (`\pL`): any character.
  void add_unknown();
  // Adds the members of the ASCII class `name` ("digit", "space", "word", ...), or of its
  // complement; false when there is no such class.
  bool add_named(std::string_view name, bool negated);
  void negate();

  bool empty() const { return !unknown_ && ranges_.empty(); }
  bool ascii_only() const;
  // Every member is one of A to Z.
  bool upper_only() const;
  // It was written with characters beyond ASCII, and not as a complement.
  bool names_non_ascii() const { return names_non_ascii_; }

  // A class of bytes, `[a-z\xc3]`, that holds every byte of every member, and how many bytes a
  // member takes. REQUIRES: not empty.
  struct Bytes {
    std::string expression;
    uint32_t size_min = 0;
    uint32_t size_max = 0;
  };
  Bytes bytes() const;

 private:
  struct Range {
    char32_t low;
    char32_t high;
  };
  // Sorted and joined.
  std::vector<Range> normalized() const;

  std::vector<Range> ranges_;
  bool unknown_ = false;
  bool names_non_ascii_ = false;
};

}  // namespace sieve
