// A DatabaseCompiler compiles the databases of one rule set, all of them within so much time and
// each within so much memory.
//
//   DatabaseCompiler compiler({.executable = "/proc/self/exe"});
//   auto bytes = compiler.compile({PatternSyntax::kRegex, {{7, "fee.{0,9}due"}}});
//
// Few literals are compiled in this process, because that is bounded by their number
// (limits::kCompileHereLiteralsMax); everything else in a child process. When a limit is reached or
// the child crashes, halves are tried to find the pattern that does it.
//
// Thread safety: none.
#pragma once

#include <chrono>
#include <cstdint>
#include <string>

#include "base/expected.h"
#include "base/limits.h"
#include "base/time.h"
#include "match/byte_pattern.h"

namespace sieve {

struct CompilerOptions {
  // Whose main() serves compile_child.h: "/proc/self/exe" in scamsieve. Empty: everything is
  // compiled in this process and without limits, for tests and benchmarks of small sets.
  std::string executable;
  Duration timeout{limits::kCompileTimeoutMsDefault};     // By the wall clock, for all databases.
  uint64_t memory_bytes = limits::kCompileMemoryDefault;  // Of a child, beyond its own code.
};

class DatabaseCompiler {
 public:
  explicit DatabaseCompiler(CompilerOptions options) : options_(std::move(options)) {}

  // The serialised database. A failure other than a refusal names the pattern that causes it, when
  // one alone does: finding it takes at most twice as long again as all of compiling may.
  Expected<std::string, CompileFailure> compile(const DatabaseInput& input);

 private:
  bool is_bounded(const DatabaseInput& input) const;
  CompileFailure blame(const DatabaseInput& input, CompileFailure failure) const;

  const CompilerOptions options_;
  std::chrono::milliseconds spent_{0};
};

}  // namespace sieve
