#include "match/database.h"

#include <hs/hs.h>

#include <utility>

#include "base/check.h"
#include "base/hash.h"

namespace sieve {
namespace {

// Changes whenever the same patterns give another database: flags, mode, the layout of the key.
constexpr std::string_view kKeyVersion = "scamsieve database 1";

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

// Everything that decides what the compiler makes.
Hash128 key_of(const std::vector<BytePattern>& patterns, PatternSyntax syntax) {
  std::string all(kKeyVersion);
  all += hs_version();
  hs_platform_info_t platform{};
  SIEVE_CHECK(hs_populate_platform(&platform) == HS_SUCCESS, "unknown platform");
  append_number(all, platform.tune);
  append_number(all, platform.cpu_features);
  append_number(all, static_cast<uint64_t>(syntax));
  for (const BytePattern& pattern : patterns) {
    append_number(all, pattern.id);
    append_number(all, flags_of(pattern, syntax));
    append_number(all, pattern.bytes.size());
    all += pattern.bytes;
  }
  return hash128(all);
}

struct CompileInput {
  std::vector<const char*> expressions;
  std::vector<size_t> sizes;
  std::vector<unsigned> flags;
  std::vector<unsigned> ids;
};

CompileInput input_of(const std::vector<BytePattern>& patterns, PatternSyntax syntax) {
  CompileInput input;
  for (const BytePattern& pattern : patterns) {
    SIEVE_CHECK(!pattern.bytes.empty(), "pattern {} is empty", pattern.id);
    input.expressions.push_back(pattern.bytes.c_str());
    input.sizes.push_back(pattern.bytes.size());
    input.flags.push_back(flags_of(pattern, syntax));
    input.ids.push_back(pattern.id);
  }
  return input;
}

// Hyperscan's reason, to be freed.
CompileFailure failure_of(hs_compile_error_t* error, size_t pattern_count) {
  CompileFailure failure{pattern_count, "out of memory"};
  if (error == nullptr) return failure;
  if (error->expression >= 0) failure.index = static_cast<size_t>(error->expression);
  failure.message = error->message;
  hs_free_compile_error(error);
  return failure;
}

Expected<hs_database_t*, CompileFailure> compile_database(const std::vector<BytePattern>& patterns,
                                                          PatternSyntax syntax) {
  const CompileInput input = input_of(patterns, syntax);
  const auto count = static_cast<unsigned>(patterns.size());
  hs_database_t* database = nullptr;
  hs_compile_error_t* error = nullptr;
  const hs_error_t result =
      syntax == PatternSyntax::kLiteral
          ? hs_compile_lit_multi(input.expressions.data(), input.flags.data(), input.ids.data(),
                                 input.sizes.data(), count, HS_MODE_BLOCK, nullptr, &database,
                                 &error)
          : hs_compile_multi(input.expressions.data(), input.flags.data(), input.ids.data(), count,
                             HS_MODE_BLOCK, nullptr, &database, &error);
  if (result != HS_SUCCESS) {
    return Unexpected<CompileFailure>(failure_of(error, patterns.size()));
  }
  return database;
}

void store(const hs_database_t* database, const Hash128& key, DatabaseCache& cache) {
  if (!cache.enabled()) return;
  char* bytes = nullptr;
  size_t size = 0;
  if (hs_serialize_database(database, &bytes, &size) != HS_SUCCESS) return;
  cache.store(key, {bytes, size});
  std::free(bytes);
}

int record_match(unsigned id, unsigned long long, unsigned long long end, unsigned, void* context) {
  static_cast<std::vector<RawMatch>*>(context)->push_back({id, static_cast<uint32_t>(end)});
  return 0;
}

}  // namespace

Scratch::~Scratch() { hs_free_scratch(scratch_); }

void Database::Free::operator()(hs_database* database) const { hs_free_database(database); }

Expected<Database, CompileFailure> Database::compile(const std::vector<BytePattern>& patterns,
                                                     PatternSyntax syntax, DatabaseCache& cache) {
  const Hash128 key = key_of(patterns, syntax);
  if (Handle loaded = load(cache, key)) return Database(std::move(loaded), true);
  auto compiled = compile_database(patterns, syntax);
  if (!compiled) return Unexpected<CompileFailure>(compiled.error());
  store(*compiled, key, cache);
  return Database(Handle(*compiled), false);
}

// Null when the cache lacks it or what it holds does not work here.
Database::Handle Database::load(const DatabaseCache& cache, const Hash128& key) {
  const std::optional<std::string> bytes = cache.load(key);
  if (!bytes) return nullptr;
  hs_database_t* database = nullptr;
  if (hs_deserialize_database(bytes->data(), bytes->size(), &database) != HS_SUCCESS) {
    return nullptr;
  }
  Handle handle(database);
  // The only check of a database that Hyperscan offers is to use it.
  hs_scratch_t* scratch = nullptr;
  if (hs_alloc_scratch(database, &scratch) != HS_SUCCESS) return nullptr;
  hs_free_scratch(scratch);
  return handle;
}

void Database::grow(Scratch& scratch) const {
  const hs_error_t result = hs_alloc_scratch(handle_.get(), &scratch.scratch_);
  SIEVE_CHECK(result == HS_SUCCESS, "no scratch space: Hyperscan error {}", result);
}

void Database::scan(std::string_view text, const Scratch& scratch,
                    std::vector<RawMatch>& found) const {
  const hs_error_t result = hs_scan(handle_.get(), text.data(), static_cast<unsigned>(text.size()),
                                    0, scratch.scratch_, record_match, &found);
  SIEVE_CHECK(result == HS_SUCCESS, "scan failed: Hyperscan error {}", result);
}

size_t Database::size_bytes() const {
  size_t size = 0;
  const hs_error_t result = hs_database_size(handle_.get(), &size);
  SIEVE_CHECK(result == HS_SUCCESS, "no database: Hyperscan error {}", result);
  return size;
}

Expected<void, CompileFailure> try_compile(const BytePattern& expression) {
  auto compiled = compile_database({expression}, PatternSyntax::kRegex);
  if (!compiled) return Unexpected<CompileFailure>(compiled.error());
  hs_free_database(*compiled);
  return {};
}

}  // namespace sieve
