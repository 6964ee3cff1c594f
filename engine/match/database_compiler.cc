#include "match/database_compiler.h"

#include <fmt/format.h>

#include <algorithm>
#include <numeric>

#include "base/byte_size.h"
#include "match/compile_child.h"
#include "match/compile_here.h"
#include "match/culprit.h"

namespace sieve {
namespace {

using Clock = std::chrono::steady_clock;

// A pattern is to blame when it takes more than this share of a limit by itself.
constexpr int kCulpritShare = 16;
// So many times the time for all databases may finding it take: ten thousand patterns are halved 14
// times, and each half may take its share.
constexpr int kCulpritSearches = 2;
// Starting a child takes 4 ms, and up to a fifth of this on a busy machine.
constexpr Duration kCulpritTimeoutMin{500};
constexpr uint64_t kCulpritMemoryMin = uint64_t{16} << 20;

std::chrono::milliseconds since(Clock::time_point start) {
  return std::chrono::duration_cast<std::chrono::milliseconds>(Clock::now() - start);
}

// What a pattern and those beside it may take when all of them failed by `problem`.
ChildOptions share_of(const CompilerOptions& options, CompileProblem problem) {
  ChildOptions share{options.executable, options.timeout, options.memory_bytes};
  share.timeout = std::max(Duration{options.timeout.ms / kCulpritShare}, kCulpritTimeoutMin);
  share.timeout = std::min(share.timeout, options.timeout);
  if (problem == CompileProblem::kMemory) {
    share.memory_bytes = std::max(options.memory_bytes / kCulpritShare, kCulpritMemoryMin);
    share.memory_bytes = std::min(share.memory_bytes, options.memory_bytes);
  }
  return share;
}

// Which limit all patterns broke.
std::string broken(const CompileFailure& failure, const CompilerOptions& all) {
  if (failure.problem == CompileProblem::kTime) {
    return fmt::format("compiling takes more than {}", format_duration(all.timeout));
  }
  if (failure.problem == CompileProblem::kMemory) {
    return fmt::format("compiling takes more than {} of memory",
                       format_byte_size(all.memory_bytes));
  }
  return failure.message;
}

// Which share of it one of them broke.
std::string broken_alone(const CompileFailure& failure, const ChildOptions& share,
                         const CompilerOptions& all) {
  constexpr std::string_view kFormat =
      "alone it takes more than {} to compile; all patterns together may take {}";
  if (failure.problem == CompileProblem::kTime) {
    return fmt::format(kFormat, format_duration(share.timeout), format_duration(all.timeout));
  }
  if (failure.problem == CompileProblem::kMemory) {
    return fmt::format(kFormat, format_byte_size(share.memory_bytes),
                       format_byte_size(all.memory_bytes));
  }
  return failure.message;
}

DatabaseInput part_of(const DatabaseInput& input, PatternRange range) {
  const auto begin = input.patterns.begin() + static_cast<std::ptrdiff_t>(range.begin);
  return {input.syntax, {begin, begin + static_cast<std::ptrdiff_t>(range.size())}};
}

bool is_limit(CompileProblem problem) {
  return problem == CompileProblem::kTime || problem == CompileProblem::kMemory ||
         problem == CompileProblem::kCrash;
}

}  // namespace

// Whether compiling `input` is quick and small whatever the literals are.
bool DatabaseCompiler::is_bounded(const DatabaseInput& input) const {
  if (input.syntax != PatternSyntax::kLiteral) return false;
  const auto add = [](size_t sum, const BytePattern& pattern) {
    return sum + pattern.bytes.size();
  };
  return input.patterns.size() <= limits::kCompileHereLiteralsMax &&
         std::accumulate(input.patterns.begin(), input.patterns.end(), size_t{0}, add) <=
             limits::kCompileHereBytesMax;
}

Expected<std::string, CompileFailure> DatabaseCompiler::compile(const DatabaseInput& input) {
  if (options_.executable.empty() || is_bounded(input)) return compile_here(input);
  const Duration left{std::max<int64_t>(options_.timeout.ms - spent_.count(), 0)};
  const Clock::time_point start = Clock::now();
  auto compiled = compile_in_child(input, {options_.executable, left, options_.memory_bytes});
  spent_ += since(start);
  if (compiled || !is_limit(compiled.error().problem)) return compiled;
  compiled.error().message = broken(compiled.error(), options_);
  return Unexpected<CompileFailure>(blame(input, std::move(compiled.error())));
}

// The failure of the pattern that makes `input` fail as `failure` says, if there is one.
CompileFailure DatabaseCompiler::blame(const DatabaseInput& input, CompileFailure failure) const {
  const ChildOptions share = share_of(options_, failure.problem);
  const Clock::time_point start = Clock::now();
  const auto fails = [&](PatternRange range) {
    if (since(start).count() >= kCulpritSearches * options_.timeout.ms) return false;
    const CompileAnswer answer = compile_in_child(part_of(input, range), share);
    const bool failed = !answer && is_limit(answer.error().problem);
    if (failed && range.size() == 1) {
      failure = answer.error();
      failure.message = broken_alone(failure, share, options_);
    }
    return failed;
  };
  const auto culprit = find_culprit({0, input.patterns.size()}, limits::kCulpritAttemptsMax, fails);
  failure.index = culprit.value_or(input.patterns.size());
  return failure;
}

}  // namespace sieve
