// A PackedStringSet is a set of short strings that may have millions: the strings lie end to end in
// one block, and a table of their places finds them.
//
//   PackedStringSet hosts;
//   hosts.insert("a.example");
//   hosts.pack();                       // Once, when all are in: gives back what is not needed.
//   if (hosts.find("a.example")) ...    // Allocates nothing.
//
// A string costs its bytes, one more, and 7 bytes of table (measured: bench/README.md).
//
// Thread safety: const functions may run at the same time.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace sieve {

class PackedStringSet {
 public:
  static constexpr size_t kStringBytesMax = 255;

  // Where a string stands; places grow with each one that is new.
  struct Inserted {
    uint32_t place;
    bool is_new;
  };

  // REQUIRES: at most kStringBytesMax bytes; all strings, with one byte more for each, stay below
  // 4 GiB.
  Inserted insert(std::string_view value);
  std::optional<uint32_t> find(std::string_view value) const;
  // The string at a place that insert() or find() gave.
  std::string_view at(uint32_t place) const;

  // Calls `use` with the place of each string, in the order of their places.
  template <class Use>
  void for_each(Use use) const {
    for (size_t place = 0; place < bytes_.size();) {
      use(static_cast<uint32_t>(place));
      place += 1 + at(static_cast<uint32_t>(place)).size();
    }
  }

  // Makes the table as small as it may be.
  void pack();

  size_t size() const { return count_; }
  bool empty() const { return count_ == 0; }
  size_t memory_bytes() const;

 private:
  // Of the slots at most 7 in 10 are taken: a string that is not there is then told by 6 tags of
  // one byte, next to each other.
  static constexpr size_t kSlotsPerTen = 7;

  size_t first_slot(uint64_t hash) const;
  void put(uint64_t hash, uint32_t place);
  void resize(size_t slots);

  std::string bytes_;  // Each string behind its size in one byte.
  std::vector<uint32_t> places_;
  std::vector<uint8_t> tags_;  // 0: the slot is free.
  size_t count_ = 0;
};

}  // namespace sieve
