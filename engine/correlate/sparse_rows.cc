#include "correlate/sparse_rows.h"

#include <algorithm>
#include <array>
#include <cstring>

namespace sieve {
namespace {

uint32_t words_of(WindowColumns columns) { return 2U + columns.predicates + 2U * columns.values; }

// Rows hold the low bits of their bucket: a key's rows are never 2^31 buckets apart.
uint32_t bits_of(int64_t bucket) { return static_cast<uint32_t>(bucket); }
int32_t distance(uint32_t from, uint32_t to) { return static_cast<int32_t>(to - from); }

}  // namespace

SparseRows::SparseRows(WindowColumns columns)
    : columns_(columns), row_words_(words_of(columns)), pool_(2 * words_of(columns)) {}

bool SparseRows::add(RowBlock& rows, int64_t kept_begin, int64_t bucket, const WindowEvent& event) {
  for (uint32_t i = 0; i < rows.count; ++i) {
    uint32_t* at = row(rows, i);
    if (at[0] != bits_of(bucket) || !has_values(at, event)) continue;
    add_saturating(at[1], event.count);
    for (size_t p = 0; p < columns_.predicates; ++p) {
      add_saturating(at[2 + p], event.predicates[p]);
    }
    return true;
  }
  if (!make_room(rows, kept_begin)) return false;
  append(rows, bucket, event);
  return true;
}

WindowTotals SparseRows::totals(const RowBlock& rows, int64_t begin, int64_t end) const {
  WindowTotals totals;
  const int32_t last = distance(bits_of(begin), bits_of(end));
  for (uint32_t i = 0; i < rows.count; ++i) {
    const uint32_t* at = row(rows, i);
    const int32_t offset = distance(bits_of(begin), at[0]);
    if (offset < 0 || offset > last) continue;
    totals.count += at[1];
    for (size_t p = 0; p < columns_.predicates; ++p) totals.predicates[p] += at[2 + p];
  }
  for (size_t column = 0; column < columns_.values; ++column) {
    totals.distinct[column] = static_cast<double>(count_distinct(rows, column, begin, last));
  }
  return totals;
}

// Few enough rows that comparing each with those before it beats any index.
uint32_t SparseRows::count_distinct(const RowBlock& rows, size_t column, int64_t begin,
                                    int32_t last) const {
  std::array<uint64_t, kRowsMax> seen;
  uint32_t count = 0;
  for (uint32_t i = 0; i < rows.count; ++i) {
    const uint32_t* at = row(rows, i);
    const int32_t offset = distance(bits_of(begin), at[0]);
    const uint64_t found = value(at, column);
    if (offset < 0 || offset > last || found == 0) continue;
    uint64_t* seen_end = seen.data() + count;
    if (std::find(seen.data(), seen_end, found) == seen_end) seen[count++] = found;
  }
  return count;
}

bool SparseRows::has_events(const RowBlock& rows, int64_t bucket) const {
  for (uint32_t i = 0; i < rows.count; ++i) {
    if (row(rows, i)[0] == bits_of(bucket)) return true;
  }
  return false;
}

void SparseRows::move_to(RowBlock& rows, int64_t kept_begin, DenseWindow& window) {
  for (uint32_t i = 0; i < rows.count; ++i) {
    const uint32_t* at = row(rows, i);
    const int32_t offset = distance(bits_of(kept_begin), at[0]);
    if (offset < 0) continue;
    WindowEvent event;
    event.count = at[1];
    std::copy_n(at + 2, columns_.predicates, event.predicates.begin());
    for (size_t column = 0; column < columns_.values; ++column) {
      event.values[column] = value(at, column);
    }
    window.add(event, kept_begin + offset);
  }
  free(rows);
}

void SparseRows::free(RowBlock& rows) {
  if (rows.size_class != RowBlock::kNoBlock) pool_.free(rows.size_class, rows.block);
  rows = {};
}

uint64_t SparseRows::value(const uint32_t* row, size_t column) const {
  uint64_t value = 0;
  std::memcpy(&value, row + 2 + columns_.predicates + 2 * column, sizeof(value));
  return value;
}

bool SparseRows::has_values(const uint32_t* row, const WindowEvent& event) const {
  return std::memcmp(row + 2 + columns_.predicates, event.values.data(),
                     columns_.values * sizeof(uint64_t)) == 0;
}

void SparseRows::append(RowBlock& rows, int64_t bucket, const WindowEvent& event) {
  uint32_t* at = row(rows, rows.count++);
  at[0] = bits_of(bucket);
  at[1] = event.count;
  std::copy_n(event.predicates.begin(), columns_.predicates, at + 2);
  std::memcpy(at + 2 + columns_.predicates, event.values.data(),
              columns_.values * sizeof(uint64_t));
}

// Makes place for one more row: by dropping old rows, or by a block of twice the size.
bool SparseRows::make_room(RowBlock& rows, int64_t kept_begin) {
  if (rows.size_class == RowBlock::kNoBlock) {
    rows.size_class = 0;
    rows.block = pool_.allocate(0);
    return true;
  }
  const uint32_t capacity = 2U << rows.size_class;
  if (rows.count < capacity) return true;
  drop_before(rows, kept_begin);
  if (rows.count < capacity) return true;
  if (capacity == kRowsMax) return false;
  RowBlock larger = rows;
  ++larger.size_class;
  larger.block = pool_.allocate(larger.size_class);
  std::copy_n(row(rows, 0), rows.count * row_words_, row(larger, 0));
  pool_.free(rows.size_class, rows.block);
  rows = larger;
  return true;
}

void SparseRows::drop_before(RowBlock& rows, int64_t kept_begin) {
  uint16_t kept = 0;
  for (uint32_t i = 0; i < rows.count; ++i) {
    const uint32_t* from = row(rows, i);
    if (distance(bits_of(kept_begin), from[0]) < 0) continue;
    if (i != kept) std::copy_n(from, row_words_, row(rows, kept));
    ++kept;
  }
  rows.count = kept;
}

}  // namespace sieve
