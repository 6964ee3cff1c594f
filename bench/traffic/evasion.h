// Evasions: what scammers do to a text so that filters do not read it and people still do.
//
// Thread safety: pure functions of their Random.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>

#include "traffic/language.h"
#include "traffic/random.h"
#include "traffic/template.h"

namespace sieve::traffic {

enum class Evasion : uint8_t {
  kZeroWidth,
  kCyrillic,
  kFullwidth,
  kMathematical,
  kEnclosed,
  kThaiLookalike,
  kSpaced,
  kLeet,
  kGluedUrl,
  kDefangedUrl,
  kDoubledMarks
};
inline constexpr size_t kEvasionCount = 11;

std::string_view name_of(Evasion evasion);

// The evasions that occur in texts of `lang`.
std::span<const Evasion> evasions_of(Lang lang);

// Rewrites `text`, leaving its contacts readable except where the evasion is about the URL. Spans
// of `text` are valid afterwards for one more evasion. False when there was nothing to change.
bool apply_evasion(Evasion evasion, Random& random, Text& text);

// What honest writers do by accident: a zero-width space, `เเ` for `แ`.
void add_noise(Random& random, Text& text);

}  // namespace sieve::traffic
