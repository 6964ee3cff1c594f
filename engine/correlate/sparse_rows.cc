#include "correlate/sparse_rows.h"

#include <algorithm>
#include <array>
#include <cstring>

namespace sieve {
namespace {

uint16_t bits_of(int64_t bucket) { return static_cast<uint16_t>(bucket); }

// The halves of a row's words: the bucket, the count, then the predicates.
uint32_t half(const uint32_t* row, size_t index) {
  return (row[index / 2] >> (16 * (index % 2))) & 0xFFFF;
}

void set_half(uint32_t* row, size_t index, uint32_t value) {
  const size_t shift = 16 * (index % 2);
  row[index / 2] = (row[index / 2] & ~(0xFFFFU << shift)) | value << shift;
}

int32_t distance(int64_t from, const uint32_t* row) {
  return static_cast<int16_t>(half(row, 0) - bits_of(from));
}

bool fits(const WindowEvent& event) {
  // A predicate holds for no more than the events.
  return event.count <= UINT16_MAX;
}

std::vector<uint32_t> words_of(uint32_t row_words) {
  std::vector<uint32_t> words;
  for (const uint32_t capacity : SparseRows::kCapacities) words.push_back(capacity * row_words);
  return words;
}

}  // namespace

SparseRows::SparseRows(WindowColumns columns)
    : columns_(columns),
      value_at_((2U + columns.predicates + 1U) / 2U),
      row_words_(value_at_ + 2U * static_cast<uint32_t>(columns.cells())),
      pool_(words_of(row_words_)) {}

bool SparseRows::add(RowBlock& rows, int64_t kept_begin, int64_t bucket, const WindowEvent& event) {
  if (!fits(event)) return false;
  for (uint32_t i = 0; i < rows.count; ++i) {
    uint32_t* at = row(rows, i);
    if (half(at, 0) != bits_of(bucket) || !has_values(at, event)) continue;
    WindowEvent sum = event_of(at);
    sum.count += event.count;
    for (size_t p = 0; p < columns_.predicates; ++p) sum.predicates[p] += event.predicates[p];
    if (!fits(sum)) return false;
    write(at, bucket, sum);
    return true;
  }
  if (!make_room(rows, kept_begin)) return false;
  write(row(rows, rows.count++), bucket, event);
  return true;
}

WindowTotals SparseRows::totals(const RowBlock& rows, int64_t begin, int64_t end) const {
  WindowTotals totals;
  const auto last = static_cast<int32_t>(end - begin);
  for (uint32_t i = 0; i < rows.count; ++i) {
    const uint32_t* at = row(rows, i);
    const int32_t offset = distance(begin, at);
    if (offset < 0 || offset > last) continue;
    add_row(at, begin + offset, end, totals);
  }
  for (size_t column = 0; column < columns_.values; ++column) {
    totals.distinct[column] = static_cast<double>(count_distinct(rows, column, begin, last));
  }
  return totals;
}

void SparseRows::add_row(const uint32_t* row, int64_t bucket, int64_t end,
                         WindowTotals& totals) const {
  const uint32_t count = half(row, 1);
  totals.add_events(bucket, count, end);
  for (size_t p = 0; p < columns_.predicates; ++p) totals.predicates[p] += half(row, 2 + p);
  size_t column = columns_.values;
  for (size_t i = 0; i < columns_.numbers; ++i, ++column) {
    const uint64_t cell = value(row, column);
    if (cell != 0) totals.numbers[i].add(from_cell(cell), count);
  }
  if (columns_.hours == 0) return;
  const uint64_t hour = value(row, column);
  if (hour != 0) totals.hours[(hour - 1) % kHoursPerDay] += count;
}

bool SparseRows::has_value(const RowBlock& rows, size_t column, uint64_t wanted, int64_t begin,
                           int64_t end) const {
  const auto last = static_cast<int32_t>(end - begin);
  for (uint32_t i = 0; i < rows.count; ++i) {
    const uint32_t* at = row(rows, i);
    const int32_t offset = distance(begin, at);
    if (offset >= 0 && offset <= last && value(at, column) == wanted) return true;
  }
  return false;
}

// Few enough rows that comparing each with those before it beats any index.
uint32_t SparseRows::count_distinct(const RowBlock& rows, size_t column, int64_t begin,
                                    int32_t last) const {
  std::array<uint64_t, kRowsMax> seen;
  uint32_t count = 0;
  for (uint32_t i = 0; i < rows.count; ++i) {
    const uint32_t* at = row(rows, i);
    const int32_t offset = distance(begin, at);
    const uint64_t found = value(at, column);
    if (offset < 0 || offset > last || found == 0) continue;
    uint64_t* seen_end = seen.data() + count;
    if (std::find(seen.data(), seen_end, found) == seen_end) seen[count++] = found;
  }
  return count;
}

bool SparseRows::has_events(const RowBlock& rows, int64_t bucket) const {
  for (uint32_t i = 0; i < rows.count; ++i) {
    if (half(row(rows, i), 0) == bits_of(bucket)) return true;
  }
  return false;
}

void SparseRows::move_to(RowBlock& rows, int64_t kept_begin, DenseWindow& window) {
  for (uint32_t i = 0; i < rows.count; ++i) {
    const uint32_t* at = row(rows, i);
    const int32_t offset = distance(kept_begin, at);
    if (offset >= 0) window.add(event_of(at), kept_begin + offset);
  }
  free(rows);
}

void SparseRows::free(RowBlock& rows) {
  if (rows.size_class != RowBlock::kNoBlock) pool_.free(rows.size_class, rows.block);
  rows = {};
}

void SparseRows::save(const RowBlock& rows, std::string& out) const {
  put_varint(out, rows.count);
  if (rows.count > 0) put_raw(out, row(rows, 0), size_t{rows.count} * row_words_);
}

void SparseRows::restore(ByteReader& in, RowBlock& rows) {
  const uint64_t count = in.varint();
  if (count > kRowsMax) in.fail();
  if (in.failed() || count == 0) return;
  rows.size_class = 0;
  while (kCapacities[rows.size_class] < count) ++rows.size_class;
  rows.block = pool_.allocate(rows.size_class);
  rows.count = static_cast<uint16_t>(count);
  in.raw(row(rows, 0), count * row_words_);
  if (in.failed()) free(rows);
}

uint64_t SparseRows::value(const uint32_t* row, size_t column) const {
  uint64_t value = 0;
  std::memcpy(&value, row + value_at_ + 2 * column, sizeof(value));
  return value;
}

bool SparseRows::has_values(const uint32_t* row, const WindowEvent& event) const {
  return std::memcmp(row + value_at_, event.values.data(), columns_.cells() * sizeof(uint64_t)) ==
         0;
}

WindowEvent SparseRows::event_of(const uint32_t* row) const {
  WindowEvent event;
  event.count = half(row, 1);
  for (size_t p = 0; p < columns_.predicates; ++p) event.predicates[p] = half(row, 2 + p);
  for (size_t column = 0; column < columns_.cells(); ++column) {
    event.values[column] = value(row, column);
  }
  return event;
}

void SparseRows::write(uint32_t* row, int64_t bucket, const WindowEvent& event) const {
  set_half(row, 0, bits_of(bucket));
  set_half(row, 1, event.count);
  for (size_t p = 0; p < columns_.predicates; ++p) set_half(row, 2 + p, event.predicates[p]);
  std::memcpy(row + value_at_, event.values.data(), columns_.cells() * sizeof(uint64_t));
}

// Makes place for one more row: by dropping old ones, or by a larger block. A block of which half
// becomes free is exchanged for a smaller one.
bool SparseRows::make_room(RowBlock& rows, int64_t kept_begin) {
  if (rows.size_class == RowBlock::kNoBlock) {
    rows.size_class = 0;
    rows.block = pool_.allocate(0);
    return true;
  }
  if (rows.count < kCapacities[rows.size_class]) return true;
  drop_before(rows, kept_begin);
  uint8_t fitting = 0;
  while (fitting < kCapacities.size() && kCapacities[fitting] <= rows.count) ++fitting;
  if (fitting == kCapacities.size()) return false;
  const bool is_half_free = rows.count <= kCapacities[rows.size_class] / 2;
  if (fitting > rows.size_class || is_half_free) resize(rows, fitting);
  return true;
}

void SparseRows::resize(RowBlock& rows, uint8_t size_class) {
  if (size_class == rows.size_class) return;
  RowBlock resized = rows;
  resized.size_class = size_class;
  resized.block = pool_.allocate(size_class);
  std::copy_n(row(rows, 0), rows.count * row_words_, row(resized, 0));
  pool_.free(rows.size_class, rows.block);
  rows = resized;
}

void SparseRows::drop_before(RowBlock& rows, int64_t kept_begin) {
  uint16_t kept = 0;
  for (uint32_t i = 0; i < rows.count; ++i) {
    const uint32_t* from = row(rows, i);
    if (distance(kept_begin, from) < 0) continue;
    if (i != kept) std::copy_n(from, row_words_, row(rows, kept));
    ++kept;
  }
  rows.count = kept;
}

}  // namespace sieve
