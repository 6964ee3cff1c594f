// A Scanner reports which patterns of a PatternDb occur in a folded text.
//
//   Scanner scanner(db);                // Once per thread: allocates scratch space.
//   scanner.scan(folded, fired);        // Per message: no allocation.
//
// Thread safety: none. Use one Scanner per thread; they may share one PatternDb.
// Lifetime: shares the PatternDb. Keeps nothing of the text.
#pragma once

#include <memory>
#include <span>
#include <vector>

#include "match/pattern_db.h"
#include "text/fold.h"

namespace sieve {

struct FiredPattern {
  PatternId pattern;
  ByteSpan span;  // One occurrence, in the pattern's view: of literals and regexes alike the first
                  // found.
};

// The set of patterns that fired in one text: O(1) insert, clear and look-up (a sparse set, after
// re2/sparse_set.h's idea).
class FiredPatterns {
 public:
  void resize(size_t pattern_count);
  void clear() { fired_.clear(); }
  // Adds the pattern unless it is in already.
  void add(PatternId id, ByteSpan span);
  const FiredPattern* find(PatternId id) const;
  std::span<const FiredPattern> all() const { return fired_; }

 private:
  std::vector<FiredPattern> fired_;
  std::vector<uint32_t> slot_;
};

class Scanner {
 public:
  explicit Scanner(std::shared_ptr<const PatternDb> db);
  ~Scanner();
  Scanner(Scanner&&) noexcept;
  Scanner& operator=(Scanner&&) = delete;

  // Replaces the content of `fired` by every pattern that occurs in `text`, and no other, in order
  // of id.
  void scan(const FoldedText& text, FiredPatterns& fired);

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace sieve
