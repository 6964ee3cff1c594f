// A Scanner reports which patterns of a PatternDb occur in a folded text.
//
//   Scanner scanner(db);                // Once per thread: allocates scratch space.
//   scanner.scan(folded, fired);        // Per message: no allocation.
//
// Thread safety: none. Use one Scanner per thread; they may share one PatternDb.
// Lifetime: shares the PatternDb. Keeps nothing of the text.
#pragma once

#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "match/pattern_db.h"
#include "match/regex_cost.h"
#include "text/fold.h"

namespace sieve {

struct FiredPattern {
  PatternId pattern;
  // The first occurrence, in the pattern's view; of a phrase without the spaces that delimit it.
  ByteSpan span;
};

// The set of patterns that fired in one text: O(1) insert, clear and look-up (a sparse set, after
// re2/sparse_set.h's idea). Holds at most limits::kSignalsPerMessageMax; the rest is counted.
class FiredPatterns {
 public:
  void resize(size_t pattern_count);
  void clear() {
    fired_.clear();
    truncated_ = 0;
  }
  // Adds the pattern unless it is in already or the set is full.
  void add(PatternId id, ByteSpan span);
  const FiredPattern* find(PatternId id) const;
  std::span<const FiredPattern> all() const { return fired_; }
  // Patterns that found no room.
  size_t truncated() const { return truncated_; }

 private:
  std::vector<FiredPattern> fired_;
  std::vector<uint32_t> slot_;
  size_t truncated_ = 0;
};

class Scanner {
 public:
  explicit Scanner(std::shared_ptr<const PatternDb> db);
  // Counts every search by RE2 into `costs` from now on; null: none. Lifetime: borrowed.
  // REQUIRES: `costs` has a place for each pattern.
  void watch(RegexCosts* costs);
  ~Scanner();
  Scanner(Scanner&&) noexcept;
  Scanner& operator=(Scanner&&) = delete;

  // Replaces the content of `fired` by every pattern that occurs in `text`, and no other (patterns
  // on demand apart), in order of id. Last, in the order of the text and on demand or not, come
  // phrases of kSqueezed (those whose letters are written apart), kLeet and kThai. `fired` must
  // have been resized to the pattern count.
  void scan(const FoldedText& text, FiredPatterns& fired);

  // The first occurrence of any one pattern at `from` of its view or behind it, on demand or not,
  // without a scan for the others.
  // REQUIRES: it is no phrase of kLeet or kThai; of a phrase of kSqueezed: scan() saw `text` last.
  std::optional<ByteSpan> occurrence(PatternId id, const FoldedText& text, size_t from = 0) const;

  // What the named group `group` took of the first match at `from` of the view or behind it;
  // nothing when there is no match, or the group took no part in it. RE2 may allocate for it.
  // REQUIRES: the pattern is a regular expression.
  std::optional<std::string_view> capture(PatternId id, const FoldedText& text, size_t from,
                                          const std::string& group) const;

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace sieve
