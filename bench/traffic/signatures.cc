#include "traffic/signatures.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <string>
#include <vector>

#include "base/utf8.h"
#include "traffic/random.h"
#include "traffic/templates.h"
#include "traffic/words.h"

namespace sieve::traffic {
namespace {

constexpr uint32_t kRegexesPerHundred = 3;
constexpr size_t kWordCharsMin = 3;
constexpr char32_t kThaiFirst = 0x0E00;  // Letters before it are Latin.
constexpr size_t kWordBytesMax = 48;

constexpr std::array<std::string_view, 24> kThaiNonsense = {
    "กุบ",  "แวด", "โถน", "ซีก", "ฮูม", "แพบ", "ไจก", "ดวย", "โมจ", "ทูบ", "เลจ", "ฟีบ",
    "โขม", "ชุน",  "แรจ", "พีจ", "หูด", "ไบล", "โยก", "นีจ",  "แคบ", "สูจ", "เวด", "ตุจ"};

struct Vocabulary {
  Lang lang;
  std::vector<std::string> words;
};

// Letters of words; what else stands in a template separates them.
bool is_letter(char32_t c) {
  const bool ascii = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
  const bool punctuation = (c >= 0x3000 && c <= 0x303F) || c >= 0xFF00;
  // The capital Đ is left out: folding changes it, and a pattern must be written as it is folded.
  return ascii || (c >= 0xC0 && !punctuation && c != 0x0110);
}

void add_words(std::string_view form, std::vector<std::string>& words) {
  std::string word;
  bool in_slot = false;
  bool was_latin = true;
  const auto finish = [&] {
    if (count_chars(word) >= kWordCharsMin && word.size() <= kWordBytesMax) words.push_back(word);
    word.clear();
  };
  for (size_t at = 0; at < form.size();) {
    const Utf8Char decoded = decode_utf8(form, at);
    const char32_t c = decoded.code_point;
    // A word that mixes scripts is folded as a disguise.
    const bool latin = c < kThaiFirst;
    if (latin != was_latin) finish();
    was_latin = latin;
    if (c == '{') in_slot = true;
    if (in_slot || !is_letter(c)) {
      finish();
    } else if (c < 0x80) {
      word += static_cast<char>(c | 0x20);
    } else {
      word.append(form.substr(at, decoded.size));
    }
    if (c == '}') in_slot = false;
    at += decoded.size;
  }
  finish();
}

std::vector<Vocabulary> vocabularies() {
  std::vector<Vocabulary> all;
  for (size_t i = 0; i < kLangCount; ++i) {
    Vocabulary vocabulary{static_cast<Lang>(i), {}};
    for (const ScamSentence& sentence : scam_sentences(vocabulary.lang)) {
      add_words(sentence.form, vocabulary.words);
    }
    // Thai phrases are written without spaces, where a Latin word would make a mixed one.
    if (vocabulary.lang == Lang::kTh) std::erase_if(vocabulary.words, is_ascii);
    std::ranges::sort(vocabulary.words);
    vocabulary.words.erase(std::unique(vocabulary.words.begin(), vocabulary.words.end()),
                           vocabulary.words.end());
    all.push_back(std::move(vocabulary));
  }
  return all;
}

// A word that only signature `index` has: its number in syllables, with neighbours far apart.
std::string nonsense_word(uint32_t index, std::span<const std::string_view> syllables) {
  // A permutation of the numbers of four syllables, because 7,919 has no factor in common with 24.
  constexpr uint32_t kScrambled = 24 * 24 * 24 * 24;
  if (index < kScrambled) index = (index + 1) * 7'919 % kScrambled;
  std::string word;
  const auto base = static_cast<uint32_t>(syllables.size());
  for (uint32_t digits = 0; digits < 3 || index > 0; ++digits, index /= base) {
    word += syllables[index % base];
  }
  return word;
}

std::string make_phrase(uint32_t index, const Vocabulary& vocabulary, Random& random) {
  const std::string& first = random.pick(std::span(vocabulary.words));
  const std::string& second = random.pick(std::span(vocabulary.words));
  if (vocabulary.lang == Lang::kTh) {
    return first + nonsense_word(index, kThaiNonsense) + (random.chance(0.4) ? second : "");
  }
  std::string phrase = first + " " + nonsense_word(index, nonsense_syllables());
  if (random.chance(0.5)) phrase += " " + second;
  return phrase;
}

std::string make_regex(uint32_t index, const Vocabulary& vocabulary, Random& random) {
  const std::string begin =
      nonsense_word(index, nonsense_syllables()) + " " + random.pick(std::span(vocabulary.words));
  const std::string& end = random.pick(std::span(vocabulary.words));
  switch (random.below(3)) {
    case 0:
      return begin + "[a-z ]{0,20}" + end;
    case 1:
      return begin + " ?[0-9]{2,6}";
    default:
      return begin + " (?:" + end + "|" + random.pick(std::span(vocabulary.words)) + ")";
  }
}

}  // namespace

void write_signatures(uint64_t seed, SignatureRange range, LineSink& out) {
  Random random = random_for(seed + range.first, "signatures");
  const std::vector<Vocabulary> all = vocabularies();
  constexpr std::array<uint32_t, kLangCount> kWeights = {50, 30, 8, 4, 4, 4};
  out.write({}, "# Synthetic signatures for benchmarks: no rule here describes a real message.");
  out.write({}, "format: 1");
  out.write({}, "namespace: bench.synthetic");
  out.write({}, "");
  out.write({}, range.count == 0 ? "rules: []" : "rules:");
  for (uint32_t i = range.first; i < range.first + range.count; ++i) {
    // Spread evenly, so that every prefix of the file has the same mix.
    const bool regex =
        (uint64_t{i} + 1) * kRegexesPerHundred / 100 != uint64_t{i} * kRegexesPerHundred / 100;
    const Vocabulary& vocabulary = all[regex ? size_t{1} : random.weighted(kWeights)];
    const std::string pattern = regex ? "re: '" + make_regex(i, vocabulary, random) + "'"
                                      : "words: [\"" + make_phrase(i, vocabulary, random) + "\"]";
    out.write({}, fmt::format("  - id: SYN-{:07}\n"
                              "    title: Synthetic signature {}\n"
                              "    class: synthetic\n"
                              "    severity: medium\n"
                              "    score: 1.0\n"
                              "    on: message\n"
                              "    patterns:\n"
                              "      p: {{ {} }}\n"
                              "    condition: p",
                              i + 1, i + 1, pattern));
  }
}

}  // namespace sieve::traffic
