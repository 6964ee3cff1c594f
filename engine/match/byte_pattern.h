// What is compiled into one database, and why it could not be.
//
// Thread safety: plain data.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace sieve {

enum class PatternSyntax : uint8_t { kLiteral, kRegex };

struct BytePattern {
  uint32_t id = 0;
  std::string bytes;       // The literal, or an expression over bytes.
  bool prefilter = false;  // Of an expression: may match more than it says.
  bool operator==(const BytePattern&) const = default;
};

// The patterns of one database.
struct DatabaseInput {
  PatternSyntax syntax = PatternSyntax::kLiteral;
  std::vector<BytePattern> patterns;
  bool operator==(const DatabaseInput&) const = default;
};

enum class CompileProblem : uint8_t {
  kRefused,  // Hyperscan does not accept a pattern, or all of them together.
  kTime,     // It was not done in time.
  kMemory,   // It takes more memory than allowed.
  kCrash,    // The compiler died.
  kNoChild,  // No process could be started to compile in.
};

struct CompileFailure {
  CompileProblem problem = CompileProblem::kRefused;
  size_t index = 0;     // Of the pattern; the number of patterns when it is about all of them.
  std::string message;  // Hyperscan's reason, or ours, as half a sentence.
};

// The message of a failure that no looser form would mend.
inline constexpr std::string_view kNeverMatchesReason = "Pattern can never match.";

}  // namespace sieve
