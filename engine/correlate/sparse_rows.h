// SparseRows holds the windows of keys with few events: for each key up to kRowsMax rows of
// [bucket, count, predicates..., values...] in a block of a pool. Equal events of one bucket share
// a row.
//
// Thread safety: none. Allocates when the pool grows.
#pragma once

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
  static constexpr uint32_t kRowsMax = 2U << (BlockPool::kClasses - 1);

  explicit SparseRows(WindowColumns columns);

  // Counts the event; false when there is no room. Rows before `kept_begin` may be dropped.
  bool add(RowBlock& rows, int64_t kept_begin, int64_t bucket, const WindowEvent& event);
  // Of the buckets [begin, end].
  WindowTotals totals(const RowBlock& rows, int64_t begin, int64_t end) const;
  bool has_events(const RowBlock& rows, int64_t bucket) const;
  // Counts the rows from `kept_begin` on in `window` and frees them.
  void move_to(RowBlock& rows, int64_t kept_begin, DenseWindow& window);
  void free(RowBlock& rows);

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
  // Of the buckets from `begin` to the one `last` after it.
  uint32_t count_distinct(const RowBlock& rows, size_t column, int64_t begin, int32_t last) const;
  void append(RowBlock& rows, int64_t bucket, const WindowEvent& event);
  bool make_room(RowBlock& rows, int64_t kept_begin);
  void drop_before(RowBlock& rows, int64_t kept_begin);

  WindowColumns columns_;
  uint32_t row_words_;
  BlockPool pool_;
};

}  // namespace sieve
