#include "match/compile_here.h"

#include <hs/hs.h>

#include <cstdlib>
#include <memory>
#include <string_view>

#include "base/check.h"

namespace sieve {
namespace {

// Changes whenever the same patterns give another database: flags, mode, the layout of the key.
constexpr std::string_view kKeyVersion = "scamsieve database 2";

// What Hyperscan says when an allocation fails.
constexpr std::string_view kNoMemoryReason = "Unable to allocate memory.";

unsigned flags_of(const BytePattern& pattern, PatternSyntax syntax) {
  unsigned flags = HS_FLAG_SINGLEMATCH;
  // `.` and classes were rewritten; DOTALL only makes sure that nothing treats \n apart.
  if (syntax == PatternSyntax::kRegex) flags |= HS_FLAG_DOTALL;
  if (pattern.prefilter) flags |= HS_FLAG_PREFILTER;
  return flags;
}

void append_number(std::string& out, uint64_t number) {
  out.append(reinterpret_cast<const char*>(&number), sizeof number);
}

// The input as Hyperscan takes it; refers to the patterns.
struct Columns {
  std::vector<const char*> expressions;
  std::vector<size_t> sizes;
  std::vector<unsigned> flags;
  std::vector<unsigned> ids;
};

Columns columns_of(const DatabaseInput& input) {
  Columns columns;
  for (const BytePattern& pattern : input.patterns) {
    SIEVE_CHECK(!pattern.bytes.empty(), "pattern {} is empty", pattern.id);
    columns.expressions.push_back(pattern.bytes.c_str());
    columns.sizes.push_back(pattern.bytes.size());
    columns.flags.push_back(flags_of(pattern, input.syntax));
    columns.ids.push_back(pattern.id);
  }
  return columns;
}

CompileFailure out_of_memory(size_t pattern_count) {
  return {CompileProblem::kMemory, pattern_count, "it takes more memory than allowed"};
}

// Hyperscan's reason, to be freed.
CompileFailure failure_of(hs_compile_error_t* error, size_t pattern_count) {
  CompileFailure failure = out_of_memory(pattern_count);
  if (error == nullptr) return failure;
  if (error->message != kNoMemoryReason) {
    failure.problem = CompileProblem::kRefused;
    failure.message = error->message;
    if (error->expression >= 0) failure.index = static_cast<size_t>(error->expression);
  }
  hs_free_compile_error(error);
  return failure;
}

struct Free {
  void operator()(hs_database_t* database) const { hs_free_database(database); }
};
using Handle = std::unique_ptr<hs_database_t, Free>;

Expected<Handle, CompileFailure> compile(const DatabaseInput& input) {
  const Columns columns = columns_of(input);
  const auto count = static_cast<unsigned>(input.patterns.size());
  hs_database_t* database = nullptr;
  hs_compile_error_t* error = nullptr;
  const hs_error_t result =
      input.syntax == PatternSyntax::kLiteral
          ? hs_compile_lit_multi(columns.expressions.data(), columns.flags.data(),
                                 columns.ids.data(), columns.sizes.data(), count, HS_MODE_BLOCK,
                                 nullptr, &database, &error)
          : hs_compile_multi(columns.expressions.data(), columns.flags.data(), columns.ids.data(),
                             count, HS_MODE_BLOCK, nullptr, &database, &error);
  if (result == HS_SUCCESS) return Handle(database);
  return Unexpected<CompileFailure>(failure_of(error, input.patterns.size()));
}

}  // namespace

Expected<std::string, CompileFailure> compile_here(const DatabaseInput& input) {
  const auto database = compile(input);
  if (!database) return Unexpected<CompileFailure>(database.error());
  char* bytes = nullptr;
  size_t size = 0;
  if (hs_serialize_database(database->get(), &bytes, &size) != HS_SUCCESS) {
    return Unexpected<CompileFailure>(out_of_memory(input.patterns.size()));
  }
  std::string serialised(bytes, size);
  std::free(bytes);
  return serialised;
}

Hash128 database_key(const DatabaseInput& input) {
  std::string all(kKeyVersion);
  all += hs_version();
  hs_platform_info_t platform{};
  SIEVE_CHECK(hs_populate_platform(&platform) == HS_SUCCESS, "unknown platform");
  append_number(all, platform.tune);
  append_number(all, platform.cpu_features);
  append_number(all, static_cast<uint64_t>(input.syntax));
  for (const BytePattern& pattern : input.patterns) {
    append_number(all, pattern.id);
    append_number(all, flags_of(pattern, input.syntax));
    append_number(all, pattern.bytes.size());
    all += pattern.bytes;
  }
  return hash128(all);
}

}  // namespace sieve
