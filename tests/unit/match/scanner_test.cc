#include "match/scanner.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <re2/re2.h>

#include <algorithm>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/limits.h"
#include "match/cluster_boundary.h"
#include "unit/match/generator.h"

namespace sieve {
namespace {

using ::sieve::testing::Generator;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

std::shared_ptr<const PatternDb> build(const std::vector<PatternSpec>& specs) {
  PatternDbBuilder builder;
  for (const PatternSpec& spec : specs) builder.add(spec);
  auto db = std::move(builder).build({});
  EXPECT_TRUE(db) << db.error().front().message;
  return *db;
}

PatternSpec words(std::string text) { return {PatternKind::kWords, View::kWords, std::move(text)}; }
PatternSpec literal(View view, std::string text) {
  return {PatternKind::kLiteral, view, std::move(text)};
}
PatternSpec regex(View view, std::string text) {
  return {PatternKind::kRegex, view, std::move(text)};
}

FoldedText in_view(View view, std::string_view text) {
  FoldedText folded;
  if (view == View::kText) folded.text = text;
  if (view == View::kWords) folded.words = text;
  if (view == View::kSqueezed) folded.squeezed = text;
  if (view == View::kRaw) folded.raw = text;
  return folded;
}

std::vector<FiredPattern> scan(const std::vector<PatternSpec>& specs, const FoldedText& text) {
  const auto db = build(specs);
  Scanner scanner(db);
  FiredPatterns fired;
  fired.resize(db->pattern_count());
  scanner.scan(text, fired);
  return {fired.all().begin(), fired.all().end()};
}

struct ScanRow {
  const char* name;
  PatternKind kind;
  View view;
  const char* pattern;
  const char* text;
  const char* want;  // What the span covers; null when nothing fires.
};

class ScanTest : public ::testing::TestWithParam<ScanRow> {};

TEST_P(ScanTest, FiresOnItsText) {
  const ScanRow& row = GetParam();
  const std::string_view text = row.text;
  const auto fired = scan({{row.kind, row.view, row.pattern}}, in_view(row.view, text));
  ASSERT_EQ(fired.size(), row.want == nullptr ? 0U : 1U);
  if (row.want == nullptr) return;
  const ByteSpan span = fired[0].span;
  EXPECT_EQ(text.substr(span.begin, span.end - span.begin), row.want);
}

constexpr PatternKind kWords = PatternKind::kWords;
constexpr PatternKind kLiteral = PatternKind::kLiteral;
constexpr PatternKind kRegex = PatternKind::kRegex;

constexpr ScanRow kScans[] = {
    {"empty_text", kWords, View::kWords, "on hold", "", nullptr},
    {"phrase", kWords, View::kWords, "on hold", " it is on hold now ", "on hold"},
    {"phrase_is_all", kWords, View::kWords, "on hold", " on hold ", "on hold"},
    {"phrase_inside_of_words", kWords, View::kWords, "on hold", " carton holder ", nullptr},
    {"phrase_prefix_of_a_word", kWords, View::kWords, "on hold", " on holding ", nullptr},
    {"thai_phrase_within_a_run", kWords, View::kWords, "ฟรี", " รับฟรีทันที ", "ฟรี"},
    {"thai_phrase_at_a_space", kWords, View::kWords, "ฟรี", " ฟรี 100 ", "ฟรี"},
    {"thai_phrase_before_a_tone_mark", kWords, View::kWords, "มา", " มา\u0E49 ", nullptr},
    {"thai_phrase_before_a_vowel_sign", kWords, View::kWords, "กน", " กนิ ", nullptr},
    {"thai_phrase_before_sara_am", kWords, View::kWords, "กน", " กน\u0E33 ", nullptr},
    {"thai_phrase_whole_only_later", kWords, View::kWords, "กน", " กนิ กน\u0E49 มากน ", "กน"},
    {"thai_phrase_cut_everywhere", kWords, View::kWords, "กน", " กนิกนิกนิ ", nullptr},
    {"burmese_phrase_before_a_vowel", kWords, View::kWords, "က", " က\u102C ", nullptr},
    {"khmer_phrase_under_a_letter", kWords, View::kWords, "ក", " ស\u17D2ក ", nullptr},
    {"han_phrase_within_a_run", kWords, View::kWords, "赢钱", " 马上赢钱了 ", "赢钱"},
    {"mixed_phrase_needs_its_space", kWords, View::kWords, "ฟรี credit", " ฟรี credits ", nullptr},
    {"mixed_phrase", kWords, View::kWords, "ฟรี credit", " รับฟรี credit ", "ฟรี credit"},
    {"literal_within_a_word", kLiteral, View::kText, "fee", "coffee", "fee"},
    {"literal_with_metacharacters", kLiteral, View::kText, "a.b*(c", "x a.b*(c", "a.b*(c"},
    {"literal_is_no_expression", kLiteral, View::kText, "a.b", "axb", nullptr},
    {"literal_in_squeezed", kLiteral, View::kSqueezed, "slot", "xslotx", "slot"},
    {"literal_in_raw_keeps_case", kLiteral, View::kRaw, "Ab", "xAbx ab", "Ab"},
    {"one_byte_literal", kLiteral, View::kText, "$", "a$", "$"},
    {"regex", kRegex, View::kText, "usd ?[0-9]{2}", "pay usd 99", "usd 99"},
    {"regex_first_occurrence", kRegex, View::kText, "[0-9]{2}", "a 12 34", "12"},
    {"regex_dot_is_one_character", kRegex, View::kText, "a.c", "aกc", "aกc"},
    {"regex_dot_is_not_two_characters", kRegex, View::kText, "a.c", "aééc", nullptr},
    {"regex_dot_crosses_lines", kRegex, View::kText, "a.b", "a\nb", "a\nb"},
    {"regex_thai_class", kRegex, View::kText, "[ก-ฮ]{2}a", "กขa", "กขa"},
    {"regex_anchor_in_the_middle", kRegex, View::kText, "x|(?:b+^)", "ab", nullptr},
    {"regex_at_the_end", kRegex, View::kText, "ab$", "xab", "ab"},
    {"regex_not_before_a_last_line_break", kRegex, View::kText, "ab$", "xab\n", nullptr},
};

INSTANTIATE_TEST_SUITE_P(All, ScanTest, ::testing::ValuesIn(kScans),
                         [](const auto& row) { return row.param.name; });

std::vector<uint32_t> ids_of(const std::vector<FiredPattern>& fired) {
  std::vector<uint32_t> ids;
  for (const FiredPattern& pattern : fired) ids.push_back(pattern.pattern.value);
  return ids;
}

TEST(ScannerTest, ReportsInOrderOfIdAcrossViewsAndKinds) {
  FoldedText text;
  text.text = "call now";
  text.words = " call now ";
  text.raw = "Call NOW";
  EXPECT_THAT(ids_of(scan({literal(View::kRaw, "NOW"), regex(View::kWords, "n.w"),
                           literal(View::kText, "later"), words("call now"),
                           regex(View::kRaw, "^C"), literal(View::kText, "call")},
                          text)),
              ElementsAre(0, 1, 3, 4, 5));
}

TEST(ScannerTest, WorksWithoutPatterns) {
  EXPECT_THAT(scan({}, in_view(View::kText, "text")), IsEmpty());
}

TEST(ScannerTest, ForgetsTheLastText) {
  const auto db = build({words("on hold"), words("fee")});
  Scanner scanner(db);
  FiredPatterns fired;
  fired.resize(db->pattern_count());
  scanner.scan(in_view(View::kWords, " on hold "), fired);
  scanner.scan(in_view(View::kWords, " fee "), fired);
  EXPECT_EQ(fired.find(PatternId(0)), nullptr);
  ASSERT_NE(fired.find(PatternId(1)), nullptr);
  EXPECT_EQ(fired.find(PatternId(1))->span, (ByteSpan{1, 4}));
}

TEST(ScannerTest, FindsTheLongestPatternInTheLongestText) {
  const std::string pattern(limits::kPatternBytesMax, 'x');
  const std::string text = std::string(limits::kTextBytesMax - pattern.size(), 'y') + pattern;
  const auto fired = scan({literal(View::kText, pattern)}, in_view(View::kText, text));
  ASSERT_EQ(fired.size(), 1U);
  EXPECT_EQ(fired[0].span.end, limits::kTextBytesMax);
}

TEST(ScannerTest, KeepsTheLowestIdsOfTooManyAndCountsTheRest) {
  std::vector<PatternSpec> specs;
  std::string text;
  for (size_t i = 0; i < limits::kSignalsPerMessageMax + 7; ++i) {
    specs.push_back(literal(View::kText, "p" + std::to_string(i) + ";"));
    text = specs.back().text + text;
  }
  const auto db = build(specs);
  Scanner scanner(db);
  FiredPatterns fired;
  fired.resize(db->pattern_count());
  scanner.scan(in_view(View::kText, text), fired);
  EXPECT_EQ(fired.all().size(), limits::kSignalsPerMessageMax);
  EXPECT_EQ(fired.all().back().pattern.index(), limits::kSignalsPerMessageMax - 1);
  EXPECT_EQ(fired.truncated(), 7U);
}

std::optional<ByteSpan> find_regex(const re2::RE2& regex, std::string_view text) {
  re2::StringPiece match;
  const re2::StringPiece whole(text.data(), text.size());
  if (!regex.Match(whole, 0, whole.size(), re2::RE2::UNANCHORED, &match, 1)) return std::nullopt;
  const auto begin = static_cast<uint32_t>(match.data() - text.data());
  return ByteSpan{begin, begin + static_cast<uint32_t>(match.size())};
}

std::optional<ByteSpan> find_literal(const PatternSpec& spec, std::string_view text) {
  for (size_t at = text.find(spec.text); at != std::string_view::npos;
       at = text.find(spec.text, at + 1)) {
    const size_t end = at + spec.text.size();
    const auto delimited = [&](bool by_space, size_t boundary, size_t neighbour) {
      if (spec.kind != PatternKind::kWords) return true;
      if (!by_space) return is_cluster_boundary(text, boundary);
      return neighbour < text.size() && text[neighbour] == ' ';
    };
    if (delimited(needs_word_boundary_before(spec.text), at, at - 1) &&
        delimited(needs_word_boundary_after(spec.text), end, end)) {
      return ByteSpan{static_cast<uint32_t>(at), static_cast<uint32_t>(end)};
    }
  }
  return std::nullopt;
}

// Random patterns of one view; those that the builder refuses are left out.
std::vector<PatternSpec> random_specs(Generator& generator, View view) {
  std::vector<PatternSpec> specs;
  while (specs.size() < 40) {
    PatternSpec spec{PatternKind::kLiteral, view, generator.text(4)};
    if (view == View::kWords && generator.chance(60)) spec.kind = PatternKind::kWords;
    if (generator.chance(30)) spec = regex(view, generator.regex());
    PatternDbBuilder builder;
    builder.add(spec);
    const bool is_new = std::find(specs.begin(), specs.end(), spec) == specs.end();
    if (is_new && std::move(builder).build({})) specs.push_back(spec);
  }
  return specs;
}

// The slow, obvious matcher: one pattern at a time.
class NaiveMatcher {
 public:
  explicit NaiveMatcher(const std::vector<PatternSpec>& specs) : specs_(specs) {
    re2::RE2::Options options;
    options.set_dot_nl(true);
    for (const PatternSpec& spec : specs) {
      const bool is_regex = spec.kind == PatternKind::kRegex;
      regexes_.push_back(is_regex ? std::make_unique<re2::RE2>(spec.text, options) : nullptr);
    }
  }
  std::optional<ByteSpan> find(size_t index, std::string_view text) const {
    const auto& regex = regexes_[index];
    return regex ? find_regex(*regex, text) : find_literal(specs_[index], text);
  }

 private:
  const std::vector<PatternSpec>& specs_;
  std::vector<std::unique_ptr<re2::RE2>> regexes_;
};

TEST(ScannerTest, EqualsPatternByPatternSearch) {
  SCOPED_TRACE(::testing::Message() << "SIEVE_SEED=" << testing::seed());
  Generator generator(testing::seed());
  size_t hits = 0;
  for (int round = 0; round < 12; ++round) {
    const View view = round % 2 == 0 ? View::kWords : View::kRaw;
    const auto specs = random_specs(generator, view);
    const NaiveMatcher naive(specs);
    const auto db = build(specs);
    Scanner scanner(db);
    FiredPatterns fired;
    fired.resize(db->pattern_count());
    for (int i = 0; i < 200; ++i) {
      const std::string text = " " + generator.text(30) + " ";
      scanner.scan(in_view(view, text), fired);
      for (uint32_t id = 0; id < specs.size(); ++id) {
        const auto want = naive.find(id, text);
        const FiredPattern* got = fired.find(PatternId(id));
        ASSERT_EQ(got != nullptr, want.has_value()) << specs[id].text << " in `" << text << "`";
        if (!want) continue;
        ++hits;
        ASSERT_EQ(got->span, *want) << specs[id].text << " in `" << text << "`";
      }
    }
  }
  EXPECT_GT(hits, 4'000U);
}

}  // namespace
}  // namespace sieve
