#include "match/compile_message.h"

#include <cstring>

namespace sieve {
namespace {

// What garbage does not begin with.
constexpr uint64_t kRequestMagic = 0x5349'4556'4552'4551;  // "SIEVEREQ"
constexpr uint64_t kAnswerMagic = 0x5349'4556'4541'4E53;   // "SIEVEANS"

void put_number(std::string& out, uint64_t number) {
  out.append(reinterpret_cast<const char*>(&number), sizeof number);
}

void put_bytes(std::string& out, std::string_view bytes) {
  put_number(out, bytes.size());
  out += bytes;
}

// Takes bytes apart; once something is missing, everything is zero or empty and done() is false.
class Reader {
 public:
  explicit Reader(std::string_view bytes) : rest_(bytes) {}

  uint64_t number() {
    uint64_t number = 0;
    const std::string_view bytes = take(sizeof number);
    if (!bytes.empty()) std::memcpy(&number, bytes.data(), sizeof number);
    return number;
  }
  std::string bytes() { return std::string(take(number())); }
  bool ok() const { return ok_; }
  // Everything was there, and nothing is left.
  bool done() const { return ok_ && rest_.empty(); }

 private:
  std::string_view take(uint64_t size) {
    ok_ = ok_ && size <= rest_.size();
    if (!ok_) return {};
    const std::string_view bytes = rest_.substr(0, size);
    rest_.remove_prefix(size);
    return bytes;
  }

  std::string_view rest_;
  bool ok_ = true;
};

}  // namespace

std::string encode_request(const CompileRequest& request) {
  std::string out;
  put_number(out, kRequestMagic);
  put_number(out, request.limits.cpu_seconds);
  put_number(out, request.limits.memory_bytes);
  put_number(out, static_cast<uint64_t>(request.input.syntax));
  for (const BytePattern& pattern : request.input.patterns) {
    put_number(out, pattern.id);
    put_number(out, pattern.prefilter ? 1 : 0);
    put_bytes(out, pattern.bytes);
  }
  return out;
}

std::optional<CompileRequest> decode_request(std::string_view bytes) {
  Reader reader(bytes);
  if (reader.number() != kRequestMagic) return std::nullopt;
  CompileRequest request;
  request.limits.cpu_seconds = reader.number();
  request.limits.memory_bytes = reader.number();
  request.input.syntax = static_cast<PatternSyntax>(reader.number());
  while (reader.ok() && !reader.done()) {
    BytePattern pattern;
    pattern.id = static_cast<uint32_t>(reader.number());
    pattern.prefilter = reader.number() != 0;
    pattern.bytes = reader.bytes();
    request.input.patterns.push_back(std::move(pattern));
  }
  if (!reader.done()) return std::nullopt;
  return request;
}

std::string encode_answer(const CompileAnswer& answer) {
  std::string out;
  put_number(out, kAnswerMagic);
  put_number(out, answer ? 1 : 0);
  if (answer) {
    put_bytes(out, *answer);
  } else {
    put_number(out, static_cast<uint64_t>(answer.error().problem));
    put_number(out, answer.error().index);
    put_bytes(out, answer.error().message);
  }
  return out;
}

std::optional<CompileAnswer> decode_answer(std::string_view bytes) {
  Reader reader(bytes);
  if (reader.number() != kAnswerMagic) return std::nullopt;
  if (reader.number() != 0) {
    CompileAnswer database(reader.bytes());
    if (!reader.done()) return std::nullopt;
    return database;
  }
  CompileFailure failure;
  failure.problem = static_cast<CompileProblem>(reader.number());
  failure.index = reader.number();
  failure.message = reader.bytes();
  if (!reader.done()) return std::nullopt;
  return CompileAnswer(Unexpected<CompileFailure>(std::move(failure)));
}

}  // namespace sieve
