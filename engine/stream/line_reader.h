// A LineReader turns the bytes of one descriptor into batches of lines.
//
// A line ends at LF or at the end of input; one CR before the end is not part of it. An empty line
// is a record of size 0, and a byte order mark before the first line is dropped. A line up to
// limits::kLineBytesMax arrives whole; of a longer one the first limits::kRecordBytesMax bytes,
// with its true size in size_full.
//
// Thread safety: none. Lifetime: owns the descriptor. Memory: 256 KiB, growing with the longest
// line up to about 2 * limits::kLineBytesMax.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>

#include "stream/batch.h"
#include "stream/source.h"

namespace sieve {

class LineReader {
 public:
  // `descriptor` is closed at the end unless it is standard input. `may_wait`: reading could block
  // (pipe, terminal, socket), so the reader asks first.
  LineReader(int descriptor, bool may_wait);
  ~LineReader();
  LineReader(const LineReader&) = delete;
  LineReader& operator=(const LineReader&) = delete;

  // Appends the next lines to the records of `batch`, which is empty, until it is full or nothing
  // more is there, and then the padding. kFailed: error_number() says why; whole lines before the
  // failure have been given.
  PollStatus read(RecordBatch& batch);

  int error_number() const { return error_number_; }
  // Of the line that comes next, from 1.
  int64_t next_line() const { return next_line_; }

 private:
  bool is_full(const RecordBatch& batch, size_t bytes) const;
  void take_lines(RecordBatch& batch);
  void take_last_line(RecordBatch& batch);
  void add_record(RecordBatch& batch, size_t begin, size_t size);
  void add_cut_record(RecordBatch& batch);
  void start_cutting();
  void go_on_cutting(RecordBatch& batch);
  bool is_readable() const;
  bool fill();
  void make_room();

  const int descriptor_;
  const bool may_wait_;

  std::unique_ptr<char[]> buffer_;
  size_t capacity_ = 0;
  size_t begin_ = 0;    // Of the line that comes next.
  size_t scanned_ = 0;  // No LF in [begin_, scanned_).
  size_t end_ = 0;

  // A line beyond kLineBytesMax whose end was not seen yet.
  bool cutting_ = false;
  std::string cut_head_;
  int64_t cut_size_ = 0;
  char cut_last_ = 0;

  int64_t next_line_ = 1;
  bool ended_ = false;
  int error_number_ = 0;
};

}  // namespace sieve
