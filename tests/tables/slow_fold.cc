#include "tables/slow_fold.h"

#include <algorithm>

#include "base/utf8.h"

namespace sieve::tables {

namespace {

void count(uint16_t& feature, size_t by = 1) {
  feature = static_cast<uint16_t>(std::min<size_t>(feature + by, 0xFFFF));
}

bool is_letter(CharKind kind) {
  return kind == CharKind::kSpaced || kind == CharKind::kDigit || kind == CharKind::kUnspaced;
}

size_t utf8_bytes(char32_t c) {
  std::string out;
  append_utf8(out, c);
  return out.size();
}

// Digits that stand for letters, and letters o that stand for digits, as squeeze.h has it.
size_t digits_for_letters(const std::u32string& token) {
  const auto letter = [&](size_t i) {
    return i < token.size() && token[i] >= 'a' && token[i] <= 'z';
  };
  const auto digit = [&](size_t i) {
    return i < token.size() && token[i] >= '0' && token[i] <= '9';
  };
  const auto shaped = [&](size_t i) {
    return digit(i) && std::u32string_view(U"013457").find(token[i]) != std::u32string_view::npos;
  };
  size_t found = 0;
  for (size_t i = 1; i < token.size(); ++i) {
    if (shaped(i) && letter(i - 1) && letter(i + 1)) ++found;
    if (shaped(i) && letter(i - 1) && shaped(i + 1) && letter(i + 2)) found += 2;
  }
  // The longest end of digits and o that begins with a digit.
  size_t begin = token.size();
  while (begin > 0 && (digit(begin - 1) || token[begin - 1] == 'o')) --begin;
  while (begin < token.size() && !digit(begin)) ++begin;
  return found + static_cast<size_t>(std::count(token.begin() + static_cast<std::ptrdiff_t>(begin),
                                                token.end(), U'o'));
}

}  // namespace

const SlowFold::Character& SlowFold::character(char32_t c) {
  const auto found = characters_.find(c);
  if (found != characters_.end()) return found->second;
  const std::u32string mapping = rules_.fold_of(c);
  return characters_.emplace(c, Character{mapping, rules_.props_of(c, mapping)}).first->second;
}

SlowFold::Letter SlowFold::letter_of(char32_t c, const CharProps& props) const {
  const bool foreign = props.script == CharScript::kCyrillic ||
                       props.script == CharScript::kGreek || props.script == CharScript::kForeign;
  return {c, foreign ? props.alike : '\0', (props.flags & kMixedOnly) != 0};
}

SlowFolded SlowFold::fold(std::string_view raw) {
  Text text = run(raw, false);
  size_t bytes = 0;
  for (const Letter& letter : text.letters) bytes += utf8_bytes(letter.c);
  const bool mostly_not_foreign = text.foreign_bytes * 5 <= bytes;
  if (text.whole_look_alikes > 0 && text.has_other_letters && mostly_not_foreign) {
    text = run(raw, true);
  }
  SlowFolded folded;
  for (const Letter& letter : text.letters) append_utf8(folded.text, letter.c);
  folded.words = words_of(text, text.features);
  count(text.features.spaced_out, spaced_out_runs(text));
  if (text.features.spaced_out > 0) {
    for (const Letter& letter : text.letters) {
      if (!is_separator(props(letter.c).kind)) append_utf8(folded.squeezed, letter.c);
    }
  }
  folded.features = text.features;
  return folded;
}

SlowFold::Text SlowFold::run(std::string_view raw, bool fold_whole_look_alikes) {
  Text text;
  text.fold_whole_look_alikes = fold_whole_look_alikes;
  for (size_t at = 0; at < raw.size();) {
    const Utf8Char next = decode_utf8(raw, at);
    at += next.size;
    take(next.valid ? next.code_point : 0xFFFD, text);
  }
  end_token(text);
  return text;
}

void SlowFold::take(char32_t c, Text& text) {
  const auto [mapping, raw_props] = character(c);
  const unsigned flags = raw_props.flags;
  if ((flags & kInvisible) != 0) count(text.features.invisible);
  if ((flags & kFullWidth) != 0) count(text.features.full_width);
  if ((flags & kStyled) != 0) count(text.features.styled);
  if ((flags & kJoiner) != 0 && is_in_word(text)) count(text.features.invisible);
  if (mapping.empty()) return;
  const bool regional = (flags & kRegional) != 0;
  const bool begins_apart =
      regional ? !text.after_regional : text.after_regional && is_letter(raw_props.kind);
  if (begins_apart && text.open) take_part(U' ', props(U' '), text);
  text.after_regional = regional;
  for (const char32_t part : mapping) {
    take_part(part, mapping.size() == 1 ? raw_props : props(part), text);
  }
}

// In a token that is no number.
bool SlowFold::is_in_word(const Text& text) {
  if (!text.open) return false;
  const Token& token = text.tokens.back();
  if (token.kind == CharKind::kUnspaced) return true;
  if (props(text.letters[token.begin].c).kind == CharKind::kMark) return true;
  return std::any_of(text.letters.begin() + static_cast<std::ptrdiff_t>(token.begin),
                     text.letters.end(),
                     [this](const Letter& l) { return props(l.c).kind == CharKind::kSpaced; });
}

void SlowFold::take_part(char32_t c, const CharProps& props, Text& text) {
  if (props.kind == CharKind::kMark) return take_mark(c, props, text);
  if (is_separator(props.kind)) {
    end_token(text);
    text.glued = false;
    text.letters.push_back({c, '\0', false});
    return;
  }
  const CharKind kind = props.kind == CharKind::kUnspaced ? CharKind::kUnspaced : CharKind::kSpaced;
  if (text.open && text.tokens.back().kind != kind) end_token(text);
  if (!text.open) text.tokens.push_back({kind, text.glued, text.letters.size(), 0, false});
  text.open = true;
  if ((props.flags & kRepaired) != 0) return repair_thai(c, text);
  if ((props.flags & kCombines) != 0) return combine(c, text);
  text.letters.push_back(letter_of(c, props));
}

// A mark of most scripts on a letter of another.
bool SlowFold::is_out_of_place(const CharProps& mark, const Text& text) {
  if (!text.open || (mark.flags & kMarkUnspaced) != 0) return false;
  const CharProps& last = props(text.letters.back().c);
  return last.kind == CharKind::kUnspaced || last.kind == CharKind::kDigit ||
         last.script != CharScript::kOther || (last.flags & kMarkUnspaced) != 0;
}

void SlowFold::take_mark(char32_t c, const CharProps& mark, Text& text) {
  const bool loose = (mark.flags & kLoose) != 0;
  const bool of_unspaced = (mark.flags & kMarkUnspaced) != 0;
  if (!loose && is_out_of_place(mark, text)) return count(text.features.marks_repaired);
  if (!text.open && !loose) {
    const CharKind kind = of_unspaced ? CharKind::kUnspaced : CharKind::kSpaced;
    text.tokens.push_back({kind, text.glued, text.letters.size(), 0, false});
    text.open = true;
  }
  if ((mark.flags & kRepaired) != 0) {
    return c >= 0x1000 ? repair_ranked(c, text) : repair_thai(c, text);
  }
  if ((mark.flags & kCombines) != 0) return combine(c, text);
  text.letters.push_back({c, '\0', false});
}

// Latin, and each foreign script, as bits.
unsigned SlowFold::scripts_of(const Text& text, const Token& token) {
  unsigned scripts = 0;
  for (size_t i = token.begin; i < token.end; ++i) {
    const CharProps& p = props(text.letters[i].c);
    const bool counts = p.kind == CharKind::kSpaced && p.script != CharScript::kOther;
    if (counts) scripts |= 1U << static_cast<unsigned>(p.script);
  }
  return scripts;
}

void SlowFold::end_token(Text& text) {
  if (!text.open) return;
  text.open = false;
  text.glued = true;
  Token& token = text.tokens.back();
  token.end = text.letters.size();
  token.latin = std::all_of(text.letters.begin() + static_cast<std::ptrdiff_t>(token.begin),
                            text.letters.end(), [this](const Letter& l) {
                              return props(l.c).script == CharScript::kLatin ||
                                     props(l.c).kind == CharKind::kMark;
                            });
  token.latin &= props(text.letters[token.begin].c).kind != CharKind::kMark;
  replace_look_alikes(text);
  std::u32string letters;
  bool digits = false;
  bool others = false;
  for (size_t i = token.begin; i < token.end; ++i) {
    letters += text.letters[i].c;
    const CharKind kind = props(text.letters[i].c).kind;
    digits |= kind == CharKind::kDigit;
    others |= kind == CharKind::kSpaced || (i == token.begin && kind == CharKind::kMark);
  }
  if (digits && others) count(text.features.digit_for_letter, digits_for_letters(letters));
}

void SlowFold::replace_look_alikes(Text& text) {
  const Token& token = text.tokens.back();
  const unsigned scripts = scripts_of(text, token);
  const unsigned latin = 1U << static_cast<unsigned>(CharScript::kLatin);
  text.has_other_letters |= token.kind == CharKind::kUnspaced || (scripts & latin) != 0;
  if ((scripts & ~latin) == 0) return;
  bool foreign = props(text.letters[token.begin].c).kind == CharKind::kMark;
  size_t bytes = 0;
  for (size_t i = token.begin; i < token.end; ++i) {
    const Letter& letter = text.letters[i];
    const bool is_alike = letter.alike != 0 && !letter.mixed_only;
    foreign |= props(letter.c).kind == CharKind::kSpaced && !is_alike;
    bytes += utf8_bytes(letter.c);
  }
  const bool mixed = (scripts & (scripts - 1)) != 0;
  if (mixed) count(text.features.mixed_script_tokens);
  if (!mixed && foreign) text.foreign_bytes += bytes;
  if (!mixed && !foreign) ++text.whole_look_alikes;
  if (!mixed && (foreign || !text.fold_whole_look_alikes)) return;
  for (size_t i = token.begin; i < token.end; ++i) {
    Letter& letter = text.letters[i];
    if (letter.alike == 0) continue;
    text.has_other_letters |= mixed;
    count(text.features.look_alike);
    letter = {static_cast<char32_t>(letter.alike), '\0', false};
  }
}

std::string SlowFold::words_of(const Text& text, FoldFeatures& features) {
  std::string words;
  const Token* before = nullptr;
  for (const Token& token : text.tokens) {
    const bool unspaced = token.kind == CharKind::kUnspaced;
    const bool joined = before != nullptr && unspaced && before->kind == CharKind::kUnspaced;
    if (!joined) words += ' ';
    for (size_t i = token.begin; i < token.end; ++i) append_utf8(words, text.letters[i].c);
    // A letter or two of Latin, with nothing between them and the letters around.
    if (before != nullptr && unspaced && token.glued && before->glued) {
      size_t bytes = 0;
      for (size_t i = before->begin; i < before->end; ++i) {
        bytes += utf8_bytes(text.letters[i].c);
      }
      if (before->latin && bytes <= 2) count(features.mixed_script_tokens);
    }
    before = &token;
  }
  return words.empty() ? words : words + ' ';
}

// Runs of four single letters or digits, three of them letters, with one to four separators
// between.
unsigned SlowFold::spaced_out_runs(const Text& text) {
  std::u32string shape;  // L, D, or a space for a separator.
  for (const Letter& letter : text.letters) {
    const CharKind kind = props(letter.c).kind;
    // SARA AM and the like are letters that belong to the one before them.
    const bool extends = (props(letter.c).flags & kExtends) != 0;
    if (kind != CharKind::kMark && !extends) {
      shape += is_separator(kind) ? U' ' : kind == CharKind::kDigit ? U'D' : U'L';
    }
  }
  unsigned runs = 0;
  size_t singles = 0;
  size_t letters = 0;
  size_t gap = 0;
  const auto end_run = [&] {
    if (singles >= 4 && letters >= 3) ++runs;
    singles = letters = 0;
  };
  for (size_t at = 0; at < shape.size();) {
    if (shape[at] == ' ') {
      if (++gap > 4) end_run();
      ++at;
      continue;
    }
    const size_t end = std::min(shape.find(U' ', at), shape.size());
    if (end - at > 1) end_run();
    if (end - at == 1) {
      ++singles;
      letters += shape[at] == 'L' ? 1 : 0;
    }
    gap = 0;
    at = end;
  }
  end_run();
  return runs;
}

}  // namespace sieve::tables
