// SparseRows holds the windows of keys with few events: for each key up to kRowsMax rows of
// [bucket, count, predicates..., values, numbers and the hour...] in a block of a pool, which grows
// and shrinks with them. Equal events of one bucket share a row.
//
// A row has 16 bits for its bucket (its lowest), its count and each predicate, and 64 for each
// value: a key's rows are never 2^15 buckets apart, for an event that comes so much later than all
// others frees them first, and a block is full before small steps add up to that.
//
// Thread safety: none. Allocates when the pool grows.
#pragma once

#include <array>
#include <cstdint>

#include "correlate/block_pool.h"
#include "correlate/dense_window.h"

namespace sieve {

// The rows of one key. The block is owned by SparseRows.
struct RowBlock {
  static constexpr uint8_t kNoBlock = UINT8_MAX;

  uint32_t block = 0;
  uint16_t count = 0;
  uint8_t size_class = kNoBlock;
  bool is_dense = false;  // The owner's: `block` then is the number of a DenseWindow.
};
static_assert(sizeof(RowBlock) == 8);

class SparseRows {
 public:
  // Rows of the blocks of each size.
  static constexpr std::array<uint16_t, 10> kCapacities = {1, 2, 3, 4, 6, 8, 12, 16, 24, 32};
  static constexpr uint32_t kRowsMax = kCapacities.back();
  static_assert(kRowsMax * 64 * kRingWordsMax < (1 << 15));

  explicit SparseRows(WindowColumns columns);

  // Counts the event; false when there is no room for it. Rows before `kept_begin` may be dropped.
  bool add(RowBlock& rows, int64_t kept_begin, int64_t bucket, const WindowEvent& event);
  // Of the buckets [begin, end].
  WindowTotals totals(const RowBlock& rows, int64_t begin, int64_t end) const;
  bool has_events(const RowBlock& rows, int64_t bucket) const;
  // Whether the non-zero value `wanted` of `column` is in the buckets [begin, end].
  bool has_value(const RowBlock& rows, size_t column, uint64_t wanted, int64_t begin,
                 int64_t end) const;
  // Counts the rows from `kept_begin` on in `window` and frees them.
  void move_to(RowBlock& rows, int64_t kept_begin, DenseWindow& window);
  void free(RowBlock& rows);

  // The rows of a key, for the same columns. restore() fails the reader when there are more than
  // fit. REQUIRES: `rows` has none.
  void save(const RowBlock& rows, std::string& out) const;
  void restore(ByteReader& in, RowBlock& rows);

  size_t state_bytes() const { return pool_.state_bytes(); }

 private:
  uint32_t* row(const RowBlock& rows, uint32_t index) {
    return pool_.at(rows.size_class, rows.block) + index * row_words_;
  }
  const uint32_t* row(const RowBlock& rows, uint32_t index) const {
    return pool_.at(rows.size_class, rows.block) + index * row_words_;
  }
  uint64_t value(const uint32_t* row, size_t column) const;
  bool has_values(const uint32_t* row, const WindowEvent& event) const;
  WindowEvent event_of(const uint32_t* row) const;
  void add_row(const uint32_t* row, int64_t bucket, int64_t end, WindowTotals& totals) const;
  void write(uint32_t* row, int64_t bucket, const WindowEvent& event) const;
  // Of the buckets from `begin` to the one `last` after it.
  uint32_t count_distinct(const RowBlock& rows, size_t column, int64_t begin, int32_t last) const;
  bool make_room(RowBlock& rows, int64_t kept_begin);
  void resize(RowBlock& rows, uint8_t size_class);
  void drop_before(RowBlock& rows, int64_t kept_begin);

  WindowColumns columns_;
  uint32_t value_at_;  // Words of a row before its values.
  uint32_t row_words_;
  BlockPool pool_;
};

}  // namespace sieve
