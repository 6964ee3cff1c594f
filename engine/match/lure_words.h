// Words that scammers put beside a brand's name in a host: "login", "secure", "bonus". Latin
// letters only.
//
// Thread safety: immutable after construction.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

#include "match/hash_index.h"

namespace sieve {

std::span<const std::string_view> lure_words();

inline constexpr size_t kLureLettersMin = 2;
inline constexpr size_t kLureLettersMax = 12;

class LureWords {
 public:
  LureWords();

  // `hash`: hash_of() the word.
  bool has(uint64_t hash) const {
    bool found = false;
    words_.for_each(hash, [&found](uint32_t) { found = true; });
    return found;
  }

 private:
  HashIndex words_;
};

}  // namespace sieve
