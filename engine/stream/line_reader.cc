#include "stream/line_reader.h"

#include <poll.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>

namespace sieve {
namespace {

constexpr size_t kBlockBytes = size_t{256} << 10;
constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";

// A line one byte longer than this, a possible CR included, has to be cut.
constexpr size_t kWholeBytesMax = limits::kLineBytesMax + 1;

}  // namespace

LineReader::LineReader(int descriptor, bool may_wait)
    : descriptor_(descriptor), may_wait_(may_wait) {}

LineReader::~LineReader() {
  if (descriptor_ != STDIN_FILENO) ::close(descriptor_);
}

PollStatus LineReader::read(RecordBatch& batch) {
  while (true) {
    take_lines(batch);
    if (is_full(batch, batch.bytes.size())) break;
    if (ended_) {
      take_last_line(batch);
      break;
    }
    if (error_number_ != 0 || !is_readable() || !fill()) break;
  }
  batch.bytes.append(limits::kPaddingBytes, '\0');
  if (!batch.records.empty()) return PollStatus::kRecords;
  if (error_number_ != 0) return PollStatus::kFailed;
  return ended_ ? PollStatus::kEnd : PollStatus::kIdle;
}

bool LineReader::is_full(const RecordBatch& batch, size_t bytes) const {
  return batch.records.size() >= limits::kBatchRecordsMax || bytes >= limits::kBatchBytesTarget;
}

// Bytes move to the batch in runs of whole lines: one copy for many records.
void LineReader::take_lines(RecordBatch& batch) {
  if (cutting_) go_on_cutting(batch);
  size_t run_begin = begin_;
  size_t base = batch.bytes.size();
  while (!is_full(batch, base + begin_ - run_begin)) {
    const void* found =
        end_ > scanned_ ? std::memchr(buffer_.get() + scanned_, '\n', end_ - scanned_) : nullptr;
    if (found == nullptr) {
      scanned_ = end_;
      break;
    }
    const auto line_end = static_cast<size_t>(static_cast<const char*>(found) - buffer_.get());
    size_t size = line_end - begin_;
    if (size > 0 && buffer_[line_end - 1] == '\r') --size;
    if (size > limits::kLineBytesMax) {
      batch.bytes.append(buffer_.get() + run_begin, begin_ - run_begin);
      cut_head_.assign(buffer_.get() + begin_, limits::kRecordBytesMax);
      cut_size_ = static_cast<int64_t>(size);
      add_cut_record(batch);
      run_begin = line_end + 1;
      base = batch.bytes.size();
    } else {
      add_record(batch, base + begin_ - run_begin, size);
    }
    begin_ = scanned_ = line_end + 1;
  }
  if (begin_ > run_begin) batch.bytes.append(buffer_.get() + run_begin, begin_ - run_begin);
  if (scanned_ == end_ && end_ - begin_ > kWholeBytesMax) start_cutting();
}

// What stands after the last LF is a line as well.
void LineReader::take_last_line(RecordBatch& batch) {
  if (cutting_) {
    if (cut_last_ == '\r') --cut_size_;
    cutting_ = false;
    add_cut_record(batch);
  } else if (begin_ < end_) {
    size_t size = end_ - begin_;
    if (buffer_[end_ - 1] == '\r') --size;
    if (size > limits::kLineBytesMax) {
      cut_head_.assign(buffer_.get() + begin_, limits::kRecordBytesMax);
      cut_size_ = static_cast<int64_t>(size);
      add_cut_record(batch);
    } else {
      const size_t base = batch.bytes.size();
      batch.bytes.append(buffer_.get() + begin_, size);
      add_record(batch, base, size);
    }
    begin_ = scanned_ = end_;
  }
}

// `begin` is the line's place in the batch, where its bytes may be yet to come.
void LineReader::add_record(RecordBatch& batch, size_t begin, size_t size) {
  if (next_line_ == 1 && size >= kByteOrderMark.size() &&
      std::memcmp(buffer_.get() + begin_, kByteOrderMark.data(), kByteOrderMark.size()) == 0) {
    begin += kByteOrderMark.size();
    size -= kByteOrderMark.size();
  }
  RawRecord record;
  record.begin = static_cast<uint32_t>(begin);
  record.size = static_cast<uint32_t>(size);
  record.size_full = static_cast<int64_t>(size);
  record.offset = next_line_++;
  batch.records.push_back(record);
}

void LineReader::add_cut_record(RecordBatch& batch) {
  RawRecord record;
  record.begin = static_cast<uint32_t>(batch.bytes.size());
  record.size = static_cast<uint32_t>(cut_head_.size());
  record.size_full = cut_size_;
  record.offset = next_line_++;
  batch.records.push_back(record);
  batch.bytes += cut_head_;
  cut_head_.clear();
  cut_size_ = 0;
}

void LineReader::start_cutting() {
  cutting_ = true;
  cut_head_.assign(buffer_.get() + begin_, limits::kRecordBytesMax);
  cut_size_ = static_cast<int64_t>(end_ - begin_);
  cut_last_ = buffer_[end_ - 1];
  begin_ = scanned_ = end_;
}

void LineReader::go_on_cutting(RecordBatch& batch) {
  if (begin_ == end_) return;
  const void* found = std::memchr(buffer_.get() + begin_, '\n', end_ - begin_);
  const size_t stop = found == nullptr
                          ? end_
                          : static_cast<size_t>(static_cast<const char*>(found) - buffer_.get());
  cut_size_ += static_cast<int64_t>(stop - begin_);
  if (stop > begin_) cut_last_ = buffer_[stop - 1];
  begin_ = scanned_ = stop;
  if (found == nullptr) return;
  if (cut_last_ == '\r') --cut_size_;
  cutting_ = false;
  add_cut_record(batch);
  begin_ = scanned_ = stop + 1;
}

bool LineReader::is_readable() const {
  if (!may_wait_) return true;
  pollfd asked = {descriptor_, POLLIN, 0};
  return ::poll(&asked, 1, 0) > 0;
}

// One read. False when there is nothing to take lines from: not yet, or a failure.
bool LineReader::fill() {
  make_room();
  while (true) {
    const ssize_t got = ::read(descriptor_, buffer_.get() + end_, capacity_ - end_);
    if (got > 0) {
      end_ += static_cast<size_t>(got);
      return true;
    }
    if (got == 0) {
      ended_ = true;
      return true;
    }
    if (errno == EINTR) continue;
    if (errno != EAGAIN && errno != EWOULDBLOCK) error_number_ = errno;
    return false;
  }
}

// Moves the unfinished line to the front, and doubles the buffer when that line fills half of it.
void LineReader::make_room() {
  const size_t kept = end_ - begin_;
  if (capacity_ - kept < std::max(capacity_ / 2, kBlockBytes / 2)) {
    const size_t wider = std::max(capacity_ * 2, kBlockBytes);
    std::unique_ptr<char[]> buffer(new char[wider]);
    if (kept > 0) std::memcpy(buffer.get(), buffer_.get() + begin_, kept);
    buffer_ = std::move(buffer);
    capacity_ = wider;
  } else if (begin_ > 0 && kept > 0) {
    std::memmove(buffer_.get(), buffer_.get() + begin_, kept);
  }
  scanned_ -= begin_;
  begin_ = 0;
  end_ = kept;
}

}  // namespace sieve
