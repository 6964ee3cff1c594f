// A Database is one compiled Hyperscan database in block mode, with the cache it may come from.
//
//   auto database = Database::compile({PatternSyntax::kLiteral, {{7, " on hold "}}}, compiler,
//   cache); Scratch scratch; database->grow(scratch); database->scan(text, scratch, found);     //
//   found: {7, end of the first occurrence}
//
// Every pattern is reported at most once a scan (HS_FLAG_SINGLEMATCH). Neither CASELESS nor UTF8
// is used: text and patterns are folded, and patterns are bytes.
//
// Thread safety: a Database is immutable and shared; a Scratch belongs to one thread.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string_view>
#include <utility>
#include <vector>

#include "base/expected.h"
#include "match/byte_pattern.h"
#include "match/database_cache.h"
#include "match/database_compiler.h"

struct hs_database;
struct hs_scratch;

namespace sieve {

struct RawMatch {
  uint32_t id;
  uint32_t end;
  auto operator<=>(const RawMatch&) const = default;
};

// The working memory of scans: one, grown to the largest of all databases it is used with.
class Scratch {
 public:
  Scratch() = default;
  ~Scratch();
  Scratch(Scratch&& other) noexcept : scratch_(std::exchange(other.scratch_, nullptr)) {}
  Scratch& operator=(Scratch&&) = delete;

 private:
  friend class Database;
  hs_scratch* scratch_ = nullptr;
};

class Database {
 public:
  // From `cache`, if it holds the database and that works; else compiled, and put there.
  // REQUIRES: at least one pattern, none empty.
  static Expected<Database, CompileFailure> compile(const DatabaseInput& input,
                                                    DatabaseCompiler& compiler,
                                                    DatabaseCache& cache);

  // What compile_here() made; nothing when it is damaged or of another machine or version.
  static std::optional<Database> deserialise(std::string_view bytes);

  void grow(Scratch& scratch) const;
  // Appends a match for every pattern that occurs, in no order. `found` must have room for all of
  // them: nothing is allocated then. REQUIRES: `scratch` was grown for this database.
  void scan(std::string_view text, const Scratch& scratch, std::vector<RawMatch>& found) const;

  size_t size_bytes() const;
  bool from_cache() const { return from_cache_; }

 private:
  struct Free {
    void operator()(hs_database* database) const;
  };
  explicit Database(hs_database* database) : handle_(database) {}

  std::unique_ptr<hs_database, Free> handle_;
  bool from_cache_ = false;
};

}  // namespace sieve
