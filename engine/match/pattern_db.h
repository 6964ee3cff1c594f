// A PatternDb is the compiled, immutable form of all patterns of a rule set: Hyperscan databases
// per view (literals apart from regular expressions), an RE2 for every regular expression, which
// confirms what Hyperscan, compiled to accept a superset, reports, and an index of the phrases that
// are looked for with stand-ins.
//
//   PatternDbBuilder builder;
//   PatternId fee = builder.add({PatternKind::kWords, View::kWords, "customs fee"});
//   auto db = builder.build({.cache_directory = "/var/cache/scamsieve"});
//
// Thread safety: the builder none; a PatternDb is immutable and shared.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "base/expected.h"
#include "base/strong_id.h"
#include "match/database_compiler.h"
#include "rule/model.h"
#include "text/fold.h"

namespace sieve {

using PatternId = StrongId<struct PatternTag>;

struct PatternSpec {
  PatternKind kind = PatternKind::kWords;
  View view = View::kWords;
  std::string text;  // Folded phrase or regular expression.
  // Of phrases of kWords and kSqueezed: folded words in which it does not count.
  std::vector<std::string> not_in = {};
  bool operator==(const PatternSpec&) const = default;
};

enum class PatternProblem : uint8_t {
  kSyntax,        // RE2 does not accept it.
  kRefused,       // Hyperscan does not, not even as a prefilter.
  kMatchesEmpty,  // It would fire on every message.
  kWordBoundary,  // `\b` next to a letter beyond ASCII.
  kNeverMatches,  // It asks for what its view never contains.
  kFlags,         // `(?i)` and the like.
  kEmpty,         // Nothing is left of it after folding.
  kTooCostly,     // Compiling it breaks a limit.
  kAllTooCostly,  // Compiling the patterns that this one is the first of does.
  kNoCompiler,    // They cannot be compiled at all, whatever they are.
};

// Why a pattern cannot be compiled.
struct PatternFailure {
  PatternId pattern;
  PatternProblem problem = PatternProblem::kSyntax;
  std::string message;   // RE2's or Hyperscan's reason in one sentence.
  std::string fragment;  // The offending piece of the expression, when known.
};

struct PatternDbOptions {
  std::string cache_directory;  // Made when it does not exist. Empty: no cache.
  CompilerOptions compiler = {};
};

class PatternDb;

class PatternDbBuilder {
 public:
  // The id of `spec`; equal specs share one.
  PatternId add(const PatternSpec& spec);
  size_t pattern_count() const { return specs_.size(); }
  const PatternSpec& spec(PatternId id) const { return specs_[id.index()]; }
  // Leaves `id` out of what every text is scanned for: Scanner::occurrence() finds it. For patterns
  // that matter only after others fired.
  // Without effect on those of kLeet and kThai.
  void set_on_demand(PatternId id) { on_demand_[id.index()] = true; }
  Expected<std::shared_ptr<const PatternDb>, std::vector<PatternFailure>> build(
      const PatternDbOptions& options) &&;

 private:
  struct SpecHash {
    size_t operator()(const PatternSpec& spec) const;
  };
  std::vector<PatternSpec> specs_;
  std::vector<bool> on_demand_;  // By pattern.
  std::unordered_map<PatternSpec, PatternId, SpecHash> ids_;
};

class PatternDb {
 public:
  struct Impl;
  explicit PatternDb(std::unique_ptr<Impl> impl);
  ~PatternDb();

  size_t pattern_count() const;
  const PatternSpec& spec(PatternId id) const;
  // The words of its phrases.
  const KnownWords& known_words() const;
  // Bytes of the compiled databases.
  size_t size_bytes() const;
  // Every database came from the cache.
  bool from_cache() const;
  // What went wrong with the cache, which costs only time; empty when nothing did.
  const std::string& cache_fault() const;
  const Impl& impl() const { return *impl_; }

 private:
  std::unique_ptr<Impl> impl_;
};

}  // namespace sieve
