// What scanning a message costs with 100, 1,000 and 10,000 patterns, and what compiling them does:
// phrases alone, and 97 % phrases with 3 % anchored regular expressions. Half of the words and of
// the messages are Latin, half Thai; one message in ten holds a phrase. Then phrases that are
// looked for with stand-ins, in ordinary messages and in those that show such writing.
#include <benchmark/benchmark.h>

#include <algorithm>
#include <filesystem>
#include <memory>
#include <random>
#include <string>
#include <vector>

#include "base/utf8.h"
#include "match/pattern_db.h"
#include "match/scanner.h"
#include "text/leet.h"
#include "text/thai_shapes.h"

namespace sieve {
namespace {

constexpr size_t kWords = 4'000;
constexpr size_t kTexts = 2'000;
constexpr size_t kTextBytes = 136;

class Language {
 public:
  explicit Language(unsigned seed) : random_(seed) {
    for (size_t i = 0; i < kWords; ++i) {
      latin_.push_back(latin_word());
      thai_.push_back(thai_word());
    }
  }

  size_t below(size_t count) { return random_() % count; }
  // Words follow each other without spaces in Thai.
  std::string phrase(bool thai, size_t words) {
    std::string out;
    for (size_t i = 0; i < words; ++i) {
      if (i > 0 && !thai) out += ' ';
      out += thai ? thai_[below(kWords)] : latin_[below(kWords)];
    }
    return out;
  }

 private:
  std::string latin_word() {
    static constexpr std::string_view kSyllables[] = {
        "ba", "ko",  "ti", "ru", "sen", "lo",  "par", "mi",  "cus", "tom",
        "ga", "win", "de", "po", "sit", "ver", "ac",  "pri", "ze",  "ter"};
    std::string out;
    for (size_t i = 0; i < 2 + below(2); ++i) out += kSyllables[below(std::size(kSyllables))];
    return out;
  }
  // One to three syllables: a consonant, often a vowel sign and a tone mark, often a final.
  std::string thai_word() {
    std::string out;
    for (size_t i = 0; i < 1 + below(3); ++i) {
      append_utf8(out, static_cast<char32_t>(0x0E01 + below(0x2E)));
      if (below(3) > 0) append_utf8(out, below(2) == 0 ? U'\u0E32' : U'\u0E34');
      if (below(3) == 0) append_utf8(out, U'\u0E49');
      if (below(2) == 0) append_utf8(out, static_cast<char32_t>(0x0E01 + below(0x2E)));
    }
    return out;
  }

  std::mt19937 random_;
  std::vector<std::string> latin_;
  std::vector<std::string> thai_;
};

// `regex_percent` of the specs are two phrases with up to twenty characters between them.
std::vector<PatternSpec> make_specs(Language& language, size_t count, size_t regex_percent) {
  std::vector<PatternSpec> specs;
  for (size_t i = 0; i < count; ++i) {
    const bool thai = i % 2 == 1;
    if (i % 100 < regex_percent) {
      specs.push_back({PatternKind::kRegex, View::kText,
                       language.phrase(thai, 2) + (thai ? "[ก-๙ ]{0,20}" : "[a-z ]{0,20}") +
                           language.phrase(thai, 1)});
    } else {
      specs.push_back({PatternKind::kWords, View::kWords, language.phrase(thai, 2 + i % 3)});
    }
  }
  return specs;
}

std::shared_ptr<const PatternDb> build(const std::vector<PatternSpec>& specs,
                                       const std::string& cache = "") {
  PatternDbBuilder builder;
  for (const PatternSpec& spec : specs) builder.add(spec);
  return std::move(builder).build({cache}).value();
}

std::vector<std::string> make_texts(Language& language, const std::vector<PatternSpec>& specs) {
  std::vector<std::string> texts;
  for (size_t i = 0; i < kTexts; ++i) {
    const bool thai = i % 2 == 1;
    std::string text = " ";
    if (i % 10 == 0) text += specs[language.below(specs.size())].text + " ";
    while (text.size() < kTextBytes) {
      text += language.phrase(thai, 1) + (thai && language.below(6) > 0 ? "" : " ");
    }
    texts.push_back(text + " ");
  }
  return texts;
}

void scan(benchmark::State& state, size_t regex_percent) {
  Language language(1);
  const auto specs = make_specs(language, static_cast<size_t>(state.range(0)), regex_percent);
  const auto texts = make_texts(language, specs);
  const auto db = build(specs);
  Scanner scanner(db);
  FiredPatterns fired;
  fired.resize(db->pattern_count());
  size_t at = 0;
  size_t hits = 0;
  for (auto _ : state) {
    FoldedText folded;
    folded.words = texts[at];
    folded.text = texts[at];
    at = at + 1 == texts.size() ? 0 : at + 1;
    scanner.scan(folded, fired);
    hits += fired.all().size();
  }
  state.counters["hits"] =
      benchmark::Counter(static_cast<double>(hits), benchmark::Counter::kAvgIterations);
  state.counters["db_bytes"] = static_cast<double>(db->size_bytes());
}

void BM_ScanPhrases(benchmark::State& state) { scan(state, 0); }
void BM_ScanMixed(benchmark::State& state) { scan(state, 3); }
BENCHMARK(BM_ScanPhrases)->Arg(100)->Arg(1'000)->Arg(10'000);
BENCHMARK(BM_ScanMixed)->Arg(100)->Arg(1'000)->Arg(10'000);

// The phrases as they are looked for with stand-ins: Latin ones in kLeet, Thai ones in kThai.
std::vector<PatternSpec> make_stand_in_specs(Language& language, size_t count) {
  std::vector<PatternSpec> specs;
  for (const PatternSpec& spec : make_specs(language, count, 0)) {
    const bool latin = leet_letters(spec.text) >= kShapedLettersMin;
    const bool thai = thai_letters(spec.text) >= kShapedLettersMin;
    if (latin || thai) specs.push_back({spec.kind, latin ? View::kLeet : View::kThai, spec.text});
  }
  return specs;
}

// With an argument of 1 every message shows both kinds of writing.
void BM_ScanStandIns(benchmark::State& state) {
  Language language(1);
  const auto specs = make_stand_in_specs(language, 10'000);
  auto texts = make_texts(language, specs);
  // A word of the first phrase, so that the message is looked at more closely.
  std::string shown_word = specs[0].text.substr(0, specs[0].text.find(' '));
  std::replace(shown_word.begin(), shown_word.end(), 'i', '1');
  std::replace(shown_word.begin(), shown_word.end(), 'o', '0');
  const bool shown = state.range(0) != 0;
  for (std::string& text : texts) {
    if (shown) text += " " + shown_word + " \u0E1Au\u0E1A ";
  }
  const auto db = build(specs);
  Scanner scanner(db);
  FiredPatterns fired;
  fired.resize(db->pattern_count());
  size_t at = 0;
  for (auto _ : state) {
    FoldedText folded;
    folded.text = texts[at];
    at = at + 1 == texts.size() ? 0 : at + 1;
    scanner.scan(folded, fired);
  }
  state.counters["db_bytes"] = static_cast<double>(db->size_bytes());
}
BENCHMARK(BM_ScanStandIns)->Arg(0)->Arg(1);

void BM_BuildStandIns(benchmark::State& state) {
  Language language(1);
  const auto specs = make_stand_in_specs(language, static_cast<size_t>(state.range(0)));
  for (auto _ : state) benchmark::DoNotOptimize(build(specs));
}
BENCHMARK(BM_BuildStandIns)->Arg(10'000)->Unit(benchmark::kMillisecond);

void build_cold(benchmark::State& state, size_t regex_percent) {
  Language language(1);
  const auto specs = make_specs(language, static_cast<size_t>(state.range(0)), regex_percent);
  for (auto _ : state) benchmark::DoNotOptimize(build(specs));
}

void BM_BuildPhrases(benchmark::State& state) { build_cold(state, 0); }
void BM_BuildMixed(benchmark::State& state) { build_cold(state, 3); }
BENCHMARK(BM_BuildPhrases)->Arg(1'000)->Arg(10'000)->Unit(benchmark::kMillisecond);
BENCHMARK(BM_BuildMixed)->Arg(1'000)->Arg(10'000)->Unit(benchmark::kMillisecond);

void BM_BuildMixedCached(benchmark::State& state) {
  const auto directory = std::filesystem::temp_directory_path() / "sieve_match_bench";
  Language language(1);
  const auto specs = make_specs(language, static_cast<size_t>(state.range(0)), 3);
  build(specs, directory.string());
  for (auto _ : state) benchmark::DoNotOptimize(build(specs, directory.string()));
  std::filesystem::remove_all(directory);
}
BENCHMARK(BM_BuildMixedCached)->Arg(1'000)->Arg(10'000)->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace sieve
