// Any history of parts: nothing is lost, what is joined is a text, and the bounds hold.
#include <cstdlib>
#include <string>

#include "base/check.h"
#include "base/utf8.h"
#include "run/reassembler.h"

namespace {

// Reads the input as numbers; zero at its end.
class Bytes {
 public:
  Bytes(const uint8_t* data, size_t size) : data_(data), left_(size) {}
  size_t left() const { return left_; }
  uint8_t next() {
    if (left_ == 0) return 0;
    --left_;
    return *data_++;
  }

 private:
  const uint8_t* data_;
  size_t left_;
};

struct Run {
  sieve::Reassembler reassembler;
  size_t added = 0;
  size_t given = 0;
  size_t duplicates = 0;

  void take() {
    while (const sieve::JoinedMessage* message = reassembler.next()) {
      given += message->received;
      SIEVE_CHECK(message->received <= message->total, "{} of {}", message->received,
                  message->total);
      SIEVE_CHECK(message->text.size() <= sieve::limits::kTextBytesMax, "a text of {} bytes",
                  message->text.size());
      SIEVE_CHECK(sieve::is_valid_utf8(message->text), "not UTF-8");
      const bool complete = message->reason == sieve::JoinReason::kComplete;
      SIEVE_CHECK(complete == (message->received == message->total), "wrongly complete");
    }
  }
};

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  Bytes bytes(data, size);
  sieve::ReassemblerOptions options;
  options.timeout = {1 + bytes.next() * 100};
  options.messages_max = 1 + bytes.next() % 32;
  options.bytes_max = 200 + size_t{bytes.next()} * 100;
  Run run{sieve::Reassembler(options)};
  int64_t time = 100'000;
  for (int64_t offset = 0; bytes.left() > 0; ++offset) {
    const uint8_t what = bytes.next();
    time += (bytes.next() - 100) * 10;
    run.reassembler.advance({time});
    run.take();
    if (what % 8 == 0) continue;
    sieve::PartInput input;
    input.key = {what % 3U, 0};
    input.part.total = 2 + bytes.next() % 254;
    input.part.seq = 1 + bytes.next() % input.part.total;
    input.key.low = static_cast<uint64_t>(input.part.total);
    if (what % 16 == 1) input.part.tail = 0xD83C;
    if (what % 16 == 3) input.part.head = 0xDFB0;
    std::string text = input.part.head != 0 ? "\xEF\xBF\xBD" : "";
    text.append(size_t{bytes.next()} * (what % 32 == 31 ? 100 : 1), 'x');
    if (input.part.tail != 0) text += "\xEF\xBF\xBD";
    input.text = text;
    input.record = "record";
    input.time = {time};
    input.offset = offset;
    ++run.added;
    run.duplicates += run.reassembler.add(input) == sieve::PartOutcome::kDuplicate ? 1 : 0;
    run.take();
    SIEVE_CHECK(run.added == run.given + run.duplicates + run.reassembler.parts_waiting(),
                "{} parts, {} given", run.added, run.given);
    const auto oldest = run.reassembler.oldest_offset();
    SIEVE_CHECK(!oldest || *oldest <= offset, "an offset that was not read");
  }
  run.reassembler.end_input();
  run.take();
  SIEVE_CHECK(run.added == run.given + run.duplicates, "{} parts, {} given", run.added, run.given);
  return 0;
}
