// A ShapeIndex finds which of many phrases, given by their shapes (text/shaped_text.h), begin at a
// place of a text. Phrases are sorted, those that begin with the same four bytes are found by
// hashing these, and the phrases that a text begins with are the last one not after it, or
// prefixes of that.
//
// Thread safety: immutable after finish(). Units: bytes.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "match/pattern_db.h"

namespace sieve {

class ShapeIndex {
 public:
  // REQUIRES: at least kKeyBytes long; finish() was not called.
  void add(std::string shapes, PatternId id);
  void finish();

  bool empty() const { return entries_.empty(); }
  size_t size_bytes() const;

  // Calls `visit(id)` for every phrase that `text` begins with, the longest first.
  template <class Visit>
  void visit(std::string_view text, Visit visit) const {
    for (uint32_t at = last_not_after(text); at != kNone; at = entries_[at].prefix) {
      if (text.starts_with(shapes_of(entries_[at]))) visit(entries_[at].id);
    }
  }

  static constexpr size_t kKeyBytes = 4;

 private:
  static constexpr uint32_t kNone = UINT32_MAX;

  struct Entry {
    uint32_t begin;  // In bytes_.
    uint32_t size;
    PatternId id;
    uint32_t prefix;  // The longest other entry that this one begins with.
  };
  // The entries [begin, end) that begin with `key`; none: a free slot.
  struct Slot {
    uint32_t key = 0;
    uint32_t begin = 0;
    uint32_t end = 0;
  };

  static uint32_t key_of(std::string_view shapes);
  std::string_view shapes_of(const Entry& entry) const {
    return std::string_view(bytes_).substr(entry.begin, entry.size);
  }
  size_t slot_of(uint32_t key) const;
  void link_prefixes();
  uint32_t last_not_after(std::string_view text) const;

  std::string bytes_;
  std::vector<Entry> entries_;
  std::vector<Slot> slots_;  // Open addressing, a power of two.
};

}  // namespace sieve
