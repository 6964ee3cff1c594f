// What a process and the child that compiles for it say to each other: one request, one answer.
// Both are the same binary, so that there are no versions; but a child may die while it writes, and
// so every byte is checked.
//
// Thread safety: pure functions.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/expected.h"
#include "match/byte_pattern.h"

namespace sieve {

// What a child may take.
struct ChildLimits {
  uint64_t cpu_seconds = 0;
  uint64_t memory_bytes = 0;
  bool operator==(const ChildLimits&) const = default;
};

struct CompileRequest {
  ChildLimits limits;
  DatabaseInput input;
  bool operator==(const CompileRequest&) const = default;
};

// The serialised database, or why there is none.
using CompileAnswer = Expected<std::string, CompileFailure>;

std::string encode_request(const CompileRequest& request);
std::string encode_answer(const CompileAnswer& answer);

// Nothing when the bytes are not exactly one request (answer).
std::optional<CompileRequest> decode_request(std::string_view bytes);
std::optional<CompileAnswer> decode_answer(std::string_view bytes);

}  // namespace sieve
