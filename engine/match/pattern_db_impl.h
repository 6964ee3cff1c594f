// What a PatternDb holds; for the files of this directory only.
#pragma once

#include <re2/re2.h>

#include <array>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "match/database.h"
#include "match/longer_words.h"
#include "match/pattern_db.h"
#include "match/shape_index.h"
#include "text/known_words.h"
#include "text/shape_filter.h"

namespace sieve {

// What turns a raw match of one pattern into a confirmed one.
struct Matcher {
  // Of a literal: what Hyperscan searches for, with the spaces that delimit a phrase.
  std::string literal;
  uint32_t space_before = 0;  // 1: `literal` starts with a delimiting space.
  uint32_t space_after = 0;
  // A phrase of an unspaced script must begin (end) between grapheme clusters.
  bool cluster_before = false;
  bool cluster_after = false;
  LongerWords longer;  // In which it does not count.
  // Of a regular expression.
  std::unique_ptr<const re2::RE2> regex;

  // An occurrence may be none.
  bool needs_check() const { return cluster_before || cluster_after || !longer.empty(); }
};

struct ViewDatabases {
  std::optional<Database> literals;
  std::optional<Database> regexes;
  ShapeIndex shapes;  // Of kLeet and kThai, which have nothing else; phrases of kSqueezed.
};

struct PatternDb::Impl {
  std::vector<PatternSpec> specs;
  std::vector<Matcher> matchers;  // By pattern; of kLeet and kThai nothing.
  std::array<ViewDatabases, kViewCount> views;
  ShapeFilter leet_words;  // Of the phrases of kLeet.
  KnownWords known_words;  // Of the phrases of kWords.
  std::string cache_fault;

  std::vector<const Database*> databases() const;
};

// The RE2 of an expression and the forms of it that Hyperscan gets: the second, looser one when it
// refuses the first.
struct PreparedRegex {
  std::unique_ptr<const re2::RE2> regex;
  BytePattern pattern;
  BytePattern loose;
};
Expected<PreparedRegex, PatternFailure> prepare_regex(PatternId id, const PatternSpec& spec);

// What the compiler's last word on a pattern means, or on all those that begin with it.
PatternFailure refusal(const BytePattern& pattern, const CompileFailure& reason);
PatternFailure refusal_of_all(const BytePattern& first, const CompileFailure& reason);

// The shapes of a phrase of kLeet or kThai.
Expected<std::string, PatternFailure> prepare_shapes(PatternId id, const PatternSpec& spec);

Expected<Matcher, PatternFailure> prepare_literal(PatternId id, const PatternSpec& spec);

}  // namespace sieve
