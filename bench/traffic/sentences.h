// Sentences holds the templates of all languages, ready to write, by class.
//
// Thread safety: immutable after construction.
#pragma once

#include <array>
#include <span>
#include <vector>

#include "traffic/language.h"
#include "traffic/template.h"

namespace sieve::traffic {

class Sentences {
 public:
  Sentences();

  // Empty when the language has none of that class.
  std::span<const TextTemplate> scam(Lang lang, ScamClass scam) const {
    return scam_[static_cast<size_t>(lang)][static_cast<size_t>(scam)];
  }
  std::span<const TextTemplate> legit(Lang lang, LegitKind kind) const {
    return legit_[static_cast<size_t>(lang)][static_cast<size_t>(kind)];
  }

 private:
  std::array<std::array<std::vector<TextTemplate>, kScamClassCount>, kLangCount> scam_;
  std::array<std::array<std::vector<TextTemplate>, kLegitKindCount>, kLangCount> legit_;
};

}  // namespace sieve::traffic
