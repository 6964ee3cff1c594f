#include "evaluate/occurrences.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "base/limits.h"
#include "base/utf8.h"
#include "match/cluster_boundary.h"
#include "unit/evaluate/rules_of.h"
#include "unit/match/generator.h"

namespace sieve {
namespace {

using ::sieve::testing::compiled;
using ::sieve::testing::Generator;
using ::sieve::testing::loaded_from;

// The occurrences of two patterns of one rule, `a` and `b`.
class Searched {
 public:
  explicit Searched(LoadedRules loaded)
      : rules_(compiled(std::move(loaded))),
        scanner_(rules_->patterns()),
        occurrences_(*rules_, scanner_, fired_) {
    fired_.resize(rules_->patterns()->pattern_count());
  }

  void set_text(std::string_view text) {
    const FoldedText& folded = folder_.fold(text);
    scanner_.scan(folded, fired_);
    occurrences_.set_text(folded);
    folded_ = folded;
  }
  size_t count(size_t pattern) { return occurrences_.count(signal(pattern)); }
  bool near(double distance) { return occurrences_.near(signal(0), signal(1), distance); }
  bool before(double distance) { return occurrences_.before(signal(0), signal(1), distance); }
  const FoldedText& folded() const { return folded_; }

 private:
  SignalId signal(size_t pattern) const { return rules_->rules()[0].signals[pattern]; }

  std::shared_ptr<const RuleSet> rules_;
  Scanner scanner_;
  FiredPatterns fired_;
  Occurrences occurrences_;
  Folder folder_;
  FoldedText folded_;
};

// `a` and `b` as they stand in a rule file.
Searched searched(std::string_view a, std::string_view b) {
  return Searched(loaded_from(fmt::format(R"(format: 1
namespace: demo
rules:
  - id: r
    title: t
    class: c
    score: 1
    patterns:
      a: {}
      b: {}
    condition: a or b
)",
                                          a, b)));
}

struct CountRow {
  const char* name;
  const char* pattern;
  const char* text;
  size_t want;
};
class CountTest : public ::testing::TestWithParam<CountRow> {};

TEST_P(CountTest, CountsWhatDoesNotOverlap) {
  Searched search = searched(GetParam().pattern, "{ words: never }");
  search.set_text(GetParam().text);
  EXPECT_EQ(search.count(0), GetParam().want);
}

constexpr CountRow kCounts[] = {
    {"empty", "{ words: win }", "", 0},
    {"none", "{ words: win }", "windows", 0},
    {"one", "{ words: win }", "Win!", 1},
    {"neighbours_share_a_space", "{ words: win }", "win win WIN", 3},
    {"all_phrases_together", "{ words: [win, prize] }", "win a prize, win", 3},
    {"the_longer_of_two", "{ words: [win, win big] }", "win big win", 2},
    {"the_first_of_two_that_overlap", "{ words: [a b, b c] }", "a b c", 1},
    {"thai_within_a_run", "{ words: ฟรี }", "ฟรีฟรี รับฟรี", 3},
    {"thai_that_cuts_a_letter", "{ words: กน }", "กน กนิ กน้ กน", 2},
    {"longer_words_do_not_count", "{ words: กู้, not_in: กู้ภัย }", "กู้ กู้ภัย กู้", 2},
    {"han", "{ words: 赢 }", "赢钱,赢", 2},
    {"literal_overlapping_itself", "{ lit: aa }", "aaaaa", 2},
    {"literal_inside_words", "{ lit: fee }", "coffee fees", 2},
    {"literal_in_raw", "{ lit: Ab, view: raw }", "AbAb ab", 2},
    {"regex", "{ re: '[0-9]{2}' }", "12345 6 78", 3},
    {"regex_with_context", "{ re: '\\b[0-9]' }", "12 3", 2},
    {"regex_anchored", "{ re: '^a' }", "aaa", 1},
    {"apart", "{ words: bonus }", "bonus b o n u s b.o.n.u.s", 3},
    {"apart_only", "{ words: bonus }", "b o n u s, b-o-n-u-s", 2},
    {"stand_ins_once", "{ words: bonus, expand: [leet] }", "bonus b0nus b0nus", 2},
    {"invalid_utf8", "{ lit: a }", "a\xFFlla\xE0\xB8", 2},
};
INSTANTIATE_TEST_SUITE_P(All, CountTest, ::testing::ValuesIn(kCounts),
                         [](const auto& row) { return row.param.name; });

TEST(OccurrencesTest, CountsToOneBeyondItsLimit) {
  Searched search = searched("{ words: [win, prize] }", "{ words: never }");
  std::string text;
  for (size_t i = 1; i <= limits::kOccurrencesMax + 3; ++i) {
    text += i % 2 == 0 ? "win " : "prize ";
    search.set_text(text);
    ASSERT_EQ(search.count(0), std::min(i, limits::kOccurrencesMax + 1));
  }
}

struct RelationRow {
  const char* name;
  const char* a;
  const char* b;
  const char* text;
  int near;    // The least distance at which they are near; -1: at none.
  int before;  // The least at which `a` is before `b`; -1: never.
};
class RelationTest : public ::testing::TestWithParam<RelationRow> {};

TEST_P(RelationTest, MeasuresCharactersBetween) {
  const RelationRow& row = GetParam();
  Searched search = searched(row.a, row.b);
  search.set_text(row.text);
  const auto is = [](bool truth, int least, int distance) {
    EXPECT_EQ(truth, least >= 0 && distance >= least) << distance;
  };
  for (const int distance : {0, row.near - 1, row.near, row.before - 1, row.before, 1'000}) {
    if (distance < 0) continue;
    is(search.near(distance), row.near, distance);
    is(search.before(distance), row.before, distance);
  }
  EXPECT_EQ(search.before(kAnyDistance), row.before >= 0);
}

constexpr RelationRow kRelations[] = {
    {"neighbours", "{ words: win }", "{ words: prize }", "win prize", 1, 1},
    {"the_other_way_round", "{ words: win }", "{ words: prize }", "prize, win", 1, -1},
    {"one_is_silent", "{ words: win }", "{ words: prize }", "win", -1, -1},
    {"the_closest_counts", "{ words: win }", "{ words: prize }", "win a b prize win prize", 1, 1},
    {"only_an_earlier_one_is_before", "{ words: win }", "{ words: prize }", "win abc prize win", 1,
     5},
    {"characters_not_bytes", "{ words: ฟรี }", "{ words: เงิน }", "ฟรีกขคเงิน", 3, 3},
    {"touching", "{ words: ฟรี }", "{ words: เงิน }", "ฟรีเงิน", 0, 0},
    {"overlapping", "{ words: a b }", "{ words: b c }", "a b c", 0, -1},
    {"within", "{ words: win a prize }", "{ words: win }", "win a prize", 0, -1},
    {"in_text_with_its_signs", "{ lit: win }", "{ lit: prize }", "win!! prize", 3, 3},
    {"phrases_and_expressions", "{ words: win }", "{ re: '[0-9]+', view: words }", "win $500", 1,
     1},
    // A dressed phrase has no place: as near and as early as one wants.
    {"apart", "{ words: bonus }", "{ words: prize }", "prize for you: b o n u s", 0, 0},
    {"stand_ins", "{ words: bonus, expand: [leet] }", "{ words: prize }", "prize for you: b0nus", 0,
     0},
};
INSTANTIATE_TEST_SUITE_P(All, RelationTest, ::testing::ValuesIn(kRelations),
                         [](const auto& row) { return row.param.name; });

// What the header says, written out slowly.
using Spans = std::vector<ByteSpan>;

bool stands_at(std::string_view view, size_t at, const PatternDef& pattern,
               const std::string& phrase) {
  if (view.substr(at, phrase.size()) != phrase) return false;
  if (pattern.kind == PatternKind::kLiteral) return true;
  const size_t end = at + phrase.size();
  const bool begins = needs_word_boundary_before(phrase) ? at > 0 && view[at - 1] == ' '
                                                         : is_cluster_boundary(view, at);
  const bool ends = needs_word_boundary_after(phrase) ? end < view.size() && view[end] == ' '
                                                      : is_cluster_boundary(view, end);
  return begins && ends;
}

Spans slow_occurrences(std::string_view view, const PatternDef& pattern) {
  Spans found;
  for (size_t at = 0; at < view.size();) {
    size_t longest = 0;
    for (const Phrase& phrase : pattern.phrases) {
      if (stands_at(view, at, pattern, phrase.folded)) {
        longest = std::max(longest, phrase.folded.size());
      }
    }
    if (longest > 0) {
      found.push_back({static_cast<uint32_t>(at), static_cast<uint32_t>(at + longest)});
    }
    at += std::max<size_t>(longest, 1);
  }
  return found;
}

bool slow_before(std::string_view view, const Spans& a, const Spans& b, size_t distance) {
  for (const ByteSpan first : a) {
    for (const ByteSpan second : b) {
      if (first.end > second.begin) continue;
      if (count_chars(view.substr(first.end, second.begin - first.end)) <= distance) return true;
    }
  }
  return false;
}

bool slow_near(std::string_view view, const Spans& a, const Spans& b, size_t distance) {
  for (const ByteSpan x : a) {
    for (const ByteSpan y : b) {
      if (x.begin < y.end && y.begin < x.end) return true;
    }
  }
  return slow_before(view, a, b, distance) || slow_before(view, b, a, distance);
}

// Short, so that none is looked for with its letters apart.
PatternDef random_pattern(Generator& generator, std::string name, PatternKind kind, View view) {
  static constexpr std::string_view kCharacters[] = {"a", "b", "ก", "ข", "\u0E34", "赢", " ", "1"};
  PatternDef pattern;
  pattern.name = std::move(name);
  pattern.kind = kind;
  pattern.view = view;
  for (size_t n = 1 + generator.below(4); n > 0 || pattern.phrases.empty(); n -= n > 0 ? 1 : 0) {
    std::string text;
    for (size_t size = 1 + generator.below(3); size > 0; --size) {
      text += kCharacters[generator.below(std::size(kCharacters))];
    }
    std::string folded = fold_literal(text, view);
    if (folded.empty() || !is_cluster_boundary(" " + folded, 1)) continue;
    pattern.phrases.push_back({text, std::move(folded), {}});
  }
  return pattern;
}

std::string random_message(Generator& generator) {
  static constexpr std::string_view kCharacters[] = {"a", "b",  "ก", "ข", "\u0E34", "赢", "a",
                                                     " ", "a ", "1", ".", "ก",      "b "};
  std::string text;
  for (size_t n = generator.below(generator.chance(5) ? 400 : 40); n > 0; --n) {
    text += kCharacters[generator.below(std::size(kCharacters))];
  }
  return text;
}

TEST(OccurrencesTest, EqualsASlowSearch) {
  SCOPED_TRACE(::testing::Message() << "SIEVE_SEED=" << testing::seed());
  Generator generator(testing::seed());
  size_t related = 0;
  for (int round = 0; round < 200; ++round) {
    const bool in_words = generator.chance(50);
    const auto kind = in_words ? PatternKind::kWords : PatternKind::kLiteral;
    const auto view = in_words ? View::kWords : View::kText;
    LoadedRules loaded;
    Rule& rule = loaded.files.emplace_back().rules.emplace_back();
    rule.patterns = {random_pattern(generator, "p0", kind, view),
                     random_pattern(generator, "p1", kind, view)};
    rule.condition = testing::condition_from("p0 or p1", 2);
    const std::vector<PatternDef> patterns = rule.patterns;
    Searched search(std::move(loaded));
    for (int i = 0; i < 50; ++i) {
      const std::string text = random_message(generator);
      SCOPED_TRACE(text);
      search.set_text(text);
      const std::string_view searched_in = search.folded().view(view);
      Spans found[2];
      for (size_t p = 0; p < 2; ++p) {
        found[p] = slow_occurrences(searched_in, patterns[p]);
        ASSERT_EQ(search.count(p), std::min(found[p].size(), limits::kOccurrencesMax + 1));
        found[p].resize(std::min(found[p].size(), limits::kOccurrencesMax));
      }
      const size_t distance = generator.below(12);
      const bool near = slow_near(searched_in, found[0], found[1], distance);
      ASSERT_EQ(search.near(static_cast<double>(distance)), near) << distance;
      ASSERT_EQ(search.before(static_cast<double>(distance)),
                slow_before(searched_in, found[0], found[1], distance));
      ASSERT_EQ(search.before(kAnyDistance),
                slow_before(searched_in, found[0], found[1], SIZE_MAX));
      related += near ? 1 : 0;
    }
  }
  EXPECT_GT(related, 2'000U);
}

}  // namespace
}  // namespace sieve
