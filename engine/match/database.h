// A Database is one compiled Hyperscan database in block mode, with the cache it may come from.
//
//   auto database = Database::compile({{7, " on hold "}}, PatternSyntax::kLiteral, cache);
//   Scratch scratch;
//   scratch.grow_for(*database);
//   database->scan(text, scratch, found);     // found: {7, end of the first occurrence}
//
// Every pattern is reported at most once a scan (HS_FLAG_SINGLEMATCH). Neither CASELESS nor UTF8
// is used: text and patterns are folded, and patterns are bytes.
//
// Thread safety: a Database is immutable and shared; a Scratch belongs to one thread.
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/expected.h"
#include "match/database_cache.h"

struct hs_database;
struct hs_scratch;

namespace sieve {

enum class PatternSyntax : uint8_t { kLiteral, kRegex };

struct BytePattern {
  uint32_t id = 0;
  std::string bytes;       // The literal, or an expression over bytes.
  bool prefilter = false;  // Of an expression: may match more than it says.
};

// What Hyperscan does not accept.
struct CompileFailure {
  size_t index = 0;  // Of the pattern; the number of patterns when it is about all of them.
  std::string message;
};

// The message of a failure that no looser form would mend.
inline constexpr std::string_view kNeverMatchesReason = "Pattern can never match.";

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
  // REQUIRES: at least one pattern, none empty.
  static Expected<Database, CompileFailure> compile(const std::vector<BytePattern>& patterns,
                                                    PatternSyntax syntax, DatabaseCache& cache);

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
  using Handle = std::unique_ptr<hs_database, Free>;
  Database(Handle handle, bool from_cache) : handle_(std::move(handle)), from_cache_(from_cache) {}
  static Handle load(const DatabaseCache& cache, const Hash128& key);

  Handle handle_;
  bool from_cache_;
};

// Whether Hyperscan accepts one expression; finds out by compiling it.
Expected<void, CompileFailure> try_compile(const BytePattern& expression);

}  // namespace sieve
