// The reference that the engine's evaluation is compared with: RE2 pattern by pattern over the
// folded views; and random patterns, texts and conditions over what was captured.
#pragma once

#include <fmt/format.h>
#include <re2/re2.h>

#include <algorithm>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/utf8.h"
#include "match/cluster_boundary.h"
#include "rule/model.h"
#include "text/fold.h"
#include "text/urls.h"
#include "unit/evaluate/random_condition.h"
#include "unit/match/look_alike_model.h"

namespace sieve::testing {

inline constexpr std::string_view kWords[] = {
    "free", "credit", "slot", "win", "re",   "100", "99",   "line", "ฟรี",   "กด",
    "รับ",   "เครดิต",  "น้ำ",   "ล้าน", "彩金", "赢",  "đăng", "ký",   "слот", "a"};
inline constexpr std::string_view kRegexes[] = {
    "sl[o0]t",      "win.{0,6}100", "(?:กด|รับ) ?ฟรี", "[0-9]{2,4}", "^ ?free",        "赢+",
    "credit|เครดิต", "[^ -~]{3}",    "(?:re|win) a",  "d.t$",       "li(ne)? ?[0-9]+"};
inline constexpr std::string_view kHosts[] = {
    "lucky1ion.example",      "luckylion.test", "www.luckylion.example",
    "demobank-login.test",    "demobnak.test",  "demobank.example.win.test",
    "pay.demobank.test",      "win.test",       "luckylion-demobank.test",
    "demobank.luckyllon.test"};
inline constexpr std::string_view kSeparators[] = {" ", " ", " ", "", "", ". ", "-", "\n", " / "};
inline constexpr std::string_view kViews[] = {"text", "words", "raw", "squeezed"};

template <class List>
std::string_view one_of(Generator& generator, const List& list) {
  return list[generator.below(std::size(list))];
}

inline std::string random_phrase(Generator& generator, size_t words_max) {
  std::string phrase(one_of(generator, kWords));
  for (size_t n = generator.below(words_max); n > 0; --n) {
    phrase += generator.chance(70) ? " " : "";
    phrase += one_of(generator, kWords);
  }
  return phrase;
}

// Words in capitals, with invisible characters, in full width, with their letters apart.
inline std::string dressed(Generator& generator, std::string_view word) {
  std::string out;
  const size_t dress = generator.below(12);
  for (size_t i = 0; i < word.size(); ++i) {
    const char c = word[i];
    const bool is_letter = c >= 'a' && c <= 'z';
    if (dress == 0 && is_letter) {
      out += static_cast<char>(c - 'a' + 'A');
    } else if (dress == 1 && is_letter) {
      out += {'\xEF', '\xBD', static_cast<char>(c - 'a' + 0x81)};
    } else {
      out += c;
    }
    if (dress == 2 && is_letter) out += "\u200B";
    if (dress == 3 && is_letter) out += ' ';
  }
  return out;
}

inline std::string random_text(Generator& generator) {
  std::string text;
  for (size_t n = generator.below(14); n > 0; --n) {
    text += generator.chance(95) ? dressed(generator, one_of(generator, kWords))
                                 : " https://" + std::string(one_of(generator, kHosts)) + "/a ";
    text += one_of(generator, kSeparators);
  }
  return text;
}

// A pattern as a rule has it, and as the reference reads it.
class ReferencePattern {
 public:
  explicit ReferencePattern(const PatternDef& pattern) : pattern_(pattern) {
    re2::RE2::Options options;
    options.set_dot_nl(true);
    for (const Phrase& phrase : pattern.phrases) {
      const std::string text =
          pattern.kind == PatternKind::kRegex ? phrase.folded : re2::RE2::QuoteMeta(phrase.folded);
      regexes_.push_back(std::make_unique<re2::RE2>("(" + text + ")", options));
    }
  }

  View view() const { return pattern_.view; }

  // The first occurrence at `from` or behind it, of several there the longest.
  std::optional<ByteSpan> occurrence(std::string_view text, size_t from) const {
    std::optional<ByteSpan> best;
    for (size_t i = 0; i < regexes_.size(); ++i) {
      const auto span =
          pattern_.kind == PatternKind::kWords ? find_phrase(i, text, from) : find(i, text, from);
      if (!span) continue;
      const bool is_better = !best || span->begin < best->begin ||
                             (span->begin == best->begin && span->end > best->end);
      if (is_better) best = span;
    }
    return best;
  }

 private:
  std::optional<ByteSpan> find(size_t index, std::string_view text, size_t from) const {
    const re2::StringPiece whole(text.data(), text.size());
    re2::StringPiece match;
    if (!regexes_[index]->Match(whole, from, whole.size(), re2::RE2::UNANCHORED, &match, 1)) {
      return std::nullopt;
    }
    const auto begin = static_cast<uint32_t>(match.data() - text.data());
    return ByteSpan{begin, begin + static_cast<uint32_t>(match.size())};
  }

  // Phrases begin and end where words do, or, in scripts without spaces, between clusters.
  std::optional<ByteSpan> find_phrase(size_t index, std::string_view text, size_t from) const {
    const std::string& phrase = pattern_.phrases[index].folded;
    for (auto span = find(index, text, from); span; span = find(index, text, span->begin + 1)) {
      const auto [begin, end] = *span;
      const bool begins = needs_word_boundary_before(phrase) ? begin > 0 && text[begin - 1] == ' '
                                                             : is_cluster_boundary(text, begin);
      const bool ends = needs_word_boundary_after(phrase) ? end < text.size() && text[end] == ' '
                                                          : is_cluster_boundary(text, end);
      if (begins && ends && !is_in_longer_word(text, begin, end)) return span;
    }
    return std::nullopt;
  }

  // Whether one of `not_in`, standing as a phrase does, covers the place.
  bool is_in_longer_word(std::string_view text, size_t begin, size_t end) const {
    for (const Phrase& longer : pattern_.not_in) {
      const std::string& word = longer.folded;
      for (size_t at = text.find(word); at != std::string_view::npos;
           at = text.find(word, at + 1)) {
        const size_t behind = at + word.size();
        const bool begins = !needs_word_boundary_before(word) || at == 0 || text[at - 1] == ' ';
        const bool ends =
            !needs_word_boundary_after(word) || behind == text.size() || text[behind] == ' ';
        if (begins && ends && at <= begin && end <= behind) return true;
      }
    }
    return false;
  }

  PatternDef pattern_;
  std::vector<std::unique_ptr<re2::RE2>> regexes_;
};

inline LookAlikeModel model_of_brands() {
  std::vector<BrandDef> brands(std::size(kConditionBrands));
  for (size_t i = 0; i < brands.size(); ++i) brands[i].name = kConditionBrands[i];
  brands[0].official = {"luckylion.example"};
  brands[1].official = {"demobank.example", "pay.demobank.test"};
  return LookAlikeModel(std::move(brands));
}

// What a message shows of the patterns of one rule.
class SeenInText final : public Seen {
 public:
  SeenInText(std::span<const ReferencePattern> patterns, const FoldedText& folded)
      : patterns_(patterns), folded_(folded) {}

  bool fired(size_t pattern) const override {
    return patterns_[pattern].occurrence(text_of(pattern), 0).has_value();
  }
  size_t count(size_t pattern) const override { return all(pattern).size(); }
  bool before(size_t a, size_t b, size_t distance) const override {
    const std::string_view text = text_of(a);
    for (const ByteSpan first : all(a)) {
      for (const ByteSpan second : all(b)) {
        if (first.end > second.begin) continue;
        const std::string_view between = text.substr(first.end, second.begin - first.end);
        if (count_chars(between) <= distance) return true;
      }
    }
    return false;
  }
  // The two groups of `regex`, which the pattern has, where it first matches.
  std::optional<std::pair<std::string, std::string>> captured(size_t pattern,
                                                              const re2::RE2& regex) const {
    std::pair<std::string, std::string> groups;
    const std::string_view text = text_of(pattern);
    const re2::StringPiece whole(text.data(), text.size());
    if (!re2::RE2::PartialMatch(whole, regex, &groups.first, &groups.second)) return std::nullopt;
    return groups;
  }
  bool imitates(size_t brand, LookAlikeKind kind) const override {
    static const LookAlikeModel model = model_of_brands();
    Entities entities;
    find_urls(folded_, entities);
    return std::any_of(entities.urls.begin(), entities.urls.end(), [&](const Url& url) {
      return model.imitates({url.host, url.host_unicode, url.domain}, brand, kind);
    });
  }
  bool overlap(size_t a, size_t b) const override {
    for (const ByteSpan x : all(a)) {
      for (const ByteSpan y : all(b)) {
        if (x.begin < y.end && y.begin < x.end) return true;
      }
    }
    return false;
  }

 private:
  std::string_view text_of(size_t pattern) const { return folded_.view(patterns_[pattern].view()); }

  std::vector<ByteSpan> all(size_t pattern) const {
    std::vector<ByteSpan> found;
    const std::string_view text = text_of(pattern);
    for (auto span = patterns_[pattern].occurrence(text, 0); span;
         span = patterns_[pattern].occurrence(text, span->end)) {
      found.push_back(*span);
    }
    return found;
  }

  std::span<const ReferencePattern> patterns_;
  const FoldedText& folded_;
};

inline std::string random_pattern(Generator& generator) {
  const size_t kind = generator.below(10);
  if (kind < 2) {
    return fmt::format("{{ re: '{}', view: {} }}", one_of(generator, kRegexes),
                       one_of(generator, kViews));
  }
  if (kind < 4) {
    return fmt::format("{{ lit: \"{}\", view: {} }}", random_phrase(generator, 2),
                       kViews[generator.chance(50) ? 0 : 2 + generator.below(2)]);
  }
  const std::string phrase = random_phrase(generator, 3);
  if (kind == 4) {
    return fmt::format("{{ words: [\"{}\"], not_in: [\"{} {}\", \"{}{}\"] }}", phrase, phrase,
                       one_of(generator, kWords), one_of(generator, kWords), phrase);
  }
  return fmt::format("{{ words: [\"{}\", \"{}\"] }}", phrase, random_phrase(generator, 3));
}

// The last pattern of every rule captures a word and a number behind it.
inline constexpr size_t kCapturing = kPatternCount - 1;
inline constexpr const char* kCapturingRegex = "(?P<word>free|win|slot|a)[ .]?(?P<n>[0-9]{1,4})";

// `condition`, joined with one about what was captured.
inline Condition with_capture(Generator& generator, const Condition& condition) {
  const size_t least = 1 + generator.below(1'000);
  const bool is_number = generator.chance(50);
  const std::string text =
      is_number ? fmt::format("number(p{}.n) >= {}", kCapturing, least)
                : fmt::format("p{0}.word in ('win', 'a') and length(p{0}.n) < 3", kCapturing);
  const auto captured = [=](const Seen& seen) {
    static const re2::RE2 kRegex(kCapturingRegex);
    const auto groups = static_cast<const SeenInText&>(seen).captured(kCapturing, kRegex);
    if (!groups) return false;
    if (is_number) return std::stoul(groups->second) >= least;
    return (groups->first == "win" || groups->first == "a") && groups->second.size() < 3;
  };
  if (generator.chance(50)) {
    return {fmt::format("({}) and {}", condition.text, text),
            [=, holds = condition.holds](const Seen& s) { return holds(s) && captured(s); }};
  }
  return {fmt::format("({}) or {}", condition.text, text),
          [=, holds = condition.holds](const Seen& s) { return holds(s) || captured(s); }};
}

// The patterns of a rule, as part of it.
inline std::string random_patterns(Generator& generator) {
  std::string yaml = "    patterns:\n";
  for (size_t i = 0; i < kCapturing; ++i) {
    yaml += fmt::format("      p{}: {}\n", i, random_pattern(generator));
  }
  yaml += fmt::format("      p{}: {{ re: '{}', view: {} }}\n", kCapturing, kCapturingRegex,
                      generator.chance(50) ? "text" : "words");
  return yaml;
}

}  // namespace sieve::testing
