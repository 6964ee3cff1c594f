// A ShapedText is a folded text in which characters that pass for one another are one byte, their
// shape: phrases that are written with stand-ins (digits and signs for Latin letters, Latin letters
// for Thai ones) are found in it by comparing bytes. Shapes are coarser than what stands for what
// (`1` is written for i and for l, yet l is no i), so every occurrence is confirmed by what the
// characters were.
//
// Thread safety: none. Units: bytes. Allocates nothing after warm-up.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

namespace sieve {

// The letters that a phrase must have to be looked for by its shape: shorter words are met by
// chance in codes, prices and links.
inline constexpr size_t kShapedLettersMin = 4;

struct ShapedText {
  std::string shapes;
  // Of each shape, and of the end, the place in the text.
  std::vector<uint32_t> places;

  void clear() {
    shapes.clear();
    places.clear();
  }
  void add(char shape, size_t place) {
    shapes.push_back(shape);
    places.push_back(static_cast<uint32_t>(place));
  }
};

}  // namespace sieve
