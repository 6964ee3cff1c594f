// A KeyTable finds which of a few fixed names a text is, in one multiplication and two comparisons:
// the keys of an object, the words of an enumeration.
//
//   constexpr KeyTable<2> kKeys({"from.addr", "from.type"}, KeyPart::kLast);
//   kKeys.find("type");   // 1: the place in the list
//   kKeys.name(1);        // "from.type": what messages about it call it
//
// Thread safety: immutable; built by the compiler.
#pragma once

#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string_view>

namespace sieve {

// A name of at most 16 bytes as two words, so that it is compared without a call.
struct KeyWords {
  uint64_t low = 0;
  uint64_t high = 0;
  bool operator==(const KeyWords&) const = default;
};

inline constexpr size_t kKeyBytesMax = sizeof(KeyWords);
static_assert(std::endian::native == std::endian::little);

// The words of `key`, by bytes. REQUIRES: at most kKeyBytesMax.
constexpr KeyWords words_of(std::string_view key) {
  KeyWords words;
  for (size_t i = 0; i < key.size(); ++i) {
    const uint64_t byte = static_cast<unsigned char>(key[i]);
    (i < 8 ? words.low : words.high) |= byte << (i % 8 * 8);
  }
  return words;
}

// Entry n keeps n bytes of a KeyWords.
inline constexpr std::array<KeyWords, kKeyBytesMax + 1> kKeyMasks = [] {
  std::array<KeyWords, kKeyBytesMax + 1> masks{};
  for (size_t size = 1; size <= kKeyBytesMax; ++size) {
    masks[size] =
        words_of({"\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF", size});
  }
  return masks;
}();

// What is looked up: the whole name or what follows its last dot.
enum class KeyPart : uint8_t { kWhole, kLast };

// Which key of a table came after which, the last time: producers write one order. Entry kFirst is
// what came first.
struct KeyOrder {
  static constexpr size_t kFirst = 32;
  std::array<uint8_t, kFirst + 1> next{};
};

template <size_t kSize>
class KeyTable {
 public:
  consteval explicit KeyTable(const std::string_view (&names)[kSize],
                              KeyPart part = KeyPart::kWhole) {
    for (size_t i = 0; i < kSize; ++i) {
      names_[i] = names[i];
      const size_t dot = part == KeyPart::kLast ? names[i].rfind('.') : std::string_view::npos;
      const std::string_view key = names[i].substr(dot == std::string_view::npos ? 0 : dot + 1);
      keys_[i] = {words_of(key), key.size()};
      quoted_[i] = quote(key);
    }
    while (!place_keys()) multiplier_ += 2;
  }

  // The place of `key` in the list, or -1.
  int find(std::string_view key) const {
    return key.size() > kKeyBytesMax ? -1 : find(words_of(key), key.size());
  }
  // The same, faster. REQUIRES: kKeyBytesMax readable bytes from key.data() on.
  int find_padded(std::string_view key) const {
    if (key.size() > kKeyBytesMax) return -1;
    KeyWords words;
    std::memcpy(&words, key.data(), sizeof(words));
    words.low &= kKeyMasks[key.size()].low;
    words.high &= kKeyMasks[key.size()].high;
    return find(words, key.size());
  }

  // Whether `"key":` of the key at `place` stands at `text`; false also for keys that are too long
  // for this comparison. REQUIRES: kKeyBytesMax readable bytes.
  bool stands_quoted(const char* text, size_t place) const {
    KeyWords words;
    std::memcpy(&words, text, sizeof(words));
    const Quoted& quoted = quoted_[place];
    return (words.low & quoted.mask.low) == quoted.words.low &&
           (words.high & quoted.mask.high) == quoted.words.high;
  }

  constexpr std::string_view name(size_t at) const { return names_[at]; }
  static constexpr size_t size() { return kSize; }

 private:
  struct Key {
    KeyWords words;
    size_t size = 0;  // A name may end in zero bytes only by mistake, but a record may hold any.
  };
  // `"key":` and the bytes it takes. Of a key that is too long, what no text is equal to.
  struct Quoted {
    KeyWords words{1, 0};
    KeyWords mask;
  };
  static constexpr unsigned kSlotBits = kSize <= 4 ? 5 : kSize <= 16 ? 7 : 9;

  int find(const KeyWords& words, size_t size) const {
    const uint8_t at = slots_[slot_of(words)];
    const Key& key = keys_[at];
    return key.words == words && key.size == size ? at : -1;
  }

  constexpr size_t slot_of(const KeyWords& words) const {
    return ((words.low ^ std::rotl(words.high, 7)) * multiplier_) >> (64 - kSlotBits);
  }

  static constexpr Quoted quote(std::string_view key) {
    Quoted quoted;
    const size_t size = key.size() + 3;
    if (size > kKeyBytesMax) return quoted;
    std::array<char, kKeyBytesMax> bytes{};
    bytes[0] = '"';
    for (size_t i = 0; i < key.size(); ++i) bytes[i + 1] = key[i];
    bytes[size - 2] = '"';
    bytes[size - 1] = ':';
    quoted.words = words_of({bytes.data(), size});
    quoted.mask = kKeyMasks[size];
    return quoted;
  }

  // Whether no two keys share a slot under the present multiplier. A free slot names key 0, which
  // then differs from what is looked up.
  constexpr bool place_keys() {
    slots_.fill(0);
    std::array<bool, size_t{1} << kSlotBits> taken{};
    for (size_t i = 0; i < kSize; ++i) {
      const size_t slot = slot_of(keys_[i].words);
      if (taken[slot]) return false;
      taken[slot] = true;
      slots_[slot] = static_cast<uint8_t>(i);
    }
    return true;
  }

  std::array<std::string_view, kSize> names_{};
  std::array<Key, kSize> keys_{};
  std::array<Quoted, kSize> quoted_{};
  std::array<uint8_t, size_t{1} << kSlotBits> slots_{};
  uint64_t multiplier_ = 0x9E3779B97F4A7C15;
};

}  // namespace sieve
