#include "match/database.h"

#include <hs/hs.h>

#include "base/check.h"
#include "match/compile_here.h"

namespace sieve {
namespace {

int record_match(unsigned id, unsigned long long, unsigned long long end, unsigned, void* context) {
  static_cast<std::vector<RawMatch>*>(context)->push_back({id, static_cast<uint32_t>(end)});
  return 0;
}

}  // namespace

Scratch::~Scratch() { hs_free_scratch(scratch_); }

void Database::Free::operator()(hs_database* database) const { hs_free_database(database); }

Expected<Database, CompileFailure> Database::compile(const DatabaseInput& input,
                                                     DatabaseCompiler& compiler,
                                                     DatabaseCache& cache) {
  const Hash128 key = database_key(input);
  if (const std::optional<std::string> bytes = cache.load(key)) {
    if (auto loaded = deserialise(*bytes)) {
      loaded->from_cache_ = true;
      return std::move(*loaded);
    }
    cache.reject(key);
  }
  const auto bytes = compiler.compile(input);
  if (!bytes) return Unexpected<CompileFailure>(bytes.error());
  auto database = deserialise(*bytes);
  if (!database) {
    return Unexpected<CompileFailure>({CompileProblem::kCrash, input.patterns.size(),
                                       "what the compiler made does not work here"});
  }
  cache.store(key, *bytes);
  return std::move(*database);
}

std::optional<Database> Database::deserialise(std::string_view bytes) {
  hs_database_t* handle = nullptr;
  if (hs_deserialize_database(bytes.data(), bytes.size(), &handle) != HS_SUCCESS) return {};
  Database database(handle);
  // The only check of a database that Hyperscan offers is to use it.
  hs_scratch_t* scratch = nullptr;
  if (hs_alloc_scratch(handle, &scratch) != HS_SUCCESS) return {};
  hs_free_scratch(scratch);
  return database;
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

}  // namespace sieve
