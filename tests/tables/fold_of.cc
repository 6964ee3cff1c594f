#include "tables/fold_of.h"

#include <unicode/uchar.h>
#include <unicode/uniset.h>
#include <unicode/unistr.h>
#include <unicode/uscript.h>
#include <unicode/uspoof.h>

#include <algorithm>
#include <cstdio>
#include <cstdlib>

#include "tables/fold_rows.h"

namespace sieve::tables {
namespace {

constexpr char32_t kCodePointEnd = 0x110000;

void require(bool ok, const char* what) {
  if (ok) return;
  std::fprintf(stderr, "make_fold_table: %s\n", what);
  std::exit(1);
}

icu::UnicodeString to_icu(const std::u32string& text) {
  icu::UnicodeString out;
  for (const char32_t c : text) out.append(static_cast<UChar32>(c));
  return out;
}

std::u32string from_icu(const icu::UnicodeString& text) {
  std::u32string out;
  for (int32_t at = 0; at < text.length(); at = text.moveIndex32(at, 1)) {
    out += static_cast<char32_t>(text.char32At(at));
  }
  return out;
}

UScriptCode script_of(char32_t c) {
  UErrorCode status = U_ZERO_ERROR;
  return uscript_getScript(static_cast<UChar32>(c), &status);
}

int category_of(char32_t c) { return u_charType(static_cast<UChar32>(c)); }

bool is_mark(char32_t c) { return (U_GET_GC_MASK(static_cast<UChar32>(c)) & U_GC_M_MASK) != 0; }

bool is_unspaced(char32_t c) {
  constexpr UScriptCode kUnspaced[] = {USCRIPT_THAI,     USCRIPT_LAO,      USCRIPT_KHMER,
                                       USCRIPT_MYANMAR,  USCRIPT_HAN,      USCRIPT_HIRAGANA,
                                       USCRIPT_KATAKANA, USCRIPT_TAI_LE,   USCRIPT_NEW_TAI_LUE,
                                       USCRIPT_LANNA,    USCRIPT_TAI_VIET, USCRIPT_BOPOMOFO};
  return std::any_of(std::begin(kUnspaced), std::end(kUnspaced),
                     [c](UScriptCode s) { return uscript_hasScript(static_cast<UChar32>(c), s); });
}

// Scripts whose letters are passed off as Latin ones. Living scripts of the countries we read, and
// those with letters that merely resemble an o, are not among them.
CharScript foreign_script(UScriptCode script) {
  if (script == USCRIPT_CYRILLIC) return CharScript::kCyrillic;
  if (script == USCRIPT_GREEK || script == USCRIPT_COPTIC) return CharScript::kGreek;
  constexpr UScriptCode kForeign[] = {USCRIPT_ARMENIAN,
                                      USCRIPT_CHEROKEE,
                                      USCRIPT_LISU,
                                      USCRIPT_MIAO,
                                      USCRIPT_DESERET,
                                      USCRIPT_OSAGE,
                                      USCRIPT_GOTHIC,
                                      USCRIPT_CARIAN,
                                      USCRIPT_LYCIAN,
                                      USCRIPT_LYDIAN,
                                      USCRIPT_OLD_ITALIC,
                                      USCRIPT_ELBASAN,
                                      USCRIPT_RUNIC,
                                      USCRIPT_TIFINAGH,
                                      USCRIPT_VAI,
                                      USCRIPT_WARANG_CITI,
                                      USCRIPT_CANADIAN_ABORIGINAL};
  const bool foreign =
      std::find(std::begin(kForeign), std::end(kForeign), script) != std::end(kForeign);
  return foreign ? CharScript::kForeign : CharScript::kOther;
}

bool is_foreign(UScriptCode script) { return foreign_script(script) != CharScript::kOther; }

bool is_full_width(char32_t c) {
  if (c >= 0x3001 && c <= 0x301B && c != 0x3004 && c != 0x3005 && c != 0x3006 && c != 0x3007) {
    return true;
  }
  const int type = u_getIntPropertyValue(static_cast<UChar32>(c), UCHAR_DECOMPOSITION_TYPE);
  return type == U_DT_WIDE || c == 0xFF61 || c == 0xFF64;
}

bool is_regional(char32_t c) { return c >= 0x1F1E6 && c <= 0x1F1FF; }

// Letters, digits and ideographs in parentheses, digits with a stop or a comma.
bool is_in_signs(char32_t c) {
  return (c >= 0x2474 && c <= 0x24B5) || (c >= 0x3200 && c <= 0x3243) ||
         (c >= 0x1F100 && c <= 0x1F10A) || (c >= 0x1F110 && c <= 0x1F12A);
}

// Controls other than white space are shown as nothing, or end the text, on most handsets.
bool is_dropped_control(char32_t c) {
  return category_of(c) == U_CONTROL_CHAR && !(c >= 9 && c <= 13) && c != 0x85 && c != 0x7F;
}

// Characters of Thai, Lao, Burmese and Khmer that fold_marks.cc repairs.
bool is_repaired(char32_t c) {
  const bool lao = c >= 0x0E80 && c <= 0x0EFF;
  if (lao) return c == 0x0EB2 || c == 0x0EC0 || is_mark(c);
  const bool burmese = c >= 0x1000 && c <= 0x109F;
  const bool khmer = c >= 0x1780 && c <= 0x17FF;
  if (burmese || khmer) return is_mark(c);
  const bool letter = c == 0x0E32 || c == 0x0E40 || c == 0x0E45;
  return letter || (c > 0x0E30 && c < 0x0E4F && is_mark(c));
}

CharKind kind_of(char32_t c) {
  const uint32_t mask = U_GET_GC_MASK(static_cast<UChar32>(c));
  if (u_isUWhiteSpace(static_cast<UChar32>(c))) return CharKind::kSpace;
  if ((mask & U_GC_ND_MASK) != 0) return CharKind::kDigit;
  if (is_mark(c)) return CharKind::kMark;
  if ((mask & (U_GC_L_MASK | U_GC_N_MASK)) == 0) return CharKind::kPunctuation;
  return is_unspaced(c) ? CharKind::kUnspaced : CharKind::kSpaced;
}

}  // namespace

CharacterRules::CharacterRules() {
  UErrorCode status = U_ZERO_ERROR;
  casefold_ = icu::Normalizer2::getNFKCCasefoldInstance(status);
  nfc_ = icu::Normalizer2::getNFCInstance(status);
  to_simplified_.reset(
      icu::Transliterator::createInstance("Traditional-Simplified", UTRANS_FORWARD, status));
  spoof_.adoptInstead(uspoof_open(&status));
  require(U_SUCCESS(status), "ICU data is missing");
  composing_.resize(kCodePointEnd);
  for (char32_t c = 0; c < kCodePointEnd; ++c) {
    icu::UnicodeString raw;
    if (!nfc_->getRawDecomposition(static_cast<UChar32>(c), raw) || raw.countChar32() != 2)
      continue;
    const std::u32string parts = from_icu(raw);
    if (nfc_->composePair(static_cast<UChar32>(parts[0]), static_cast<UChar32>(parts[1])) >= 0) {
      composing_[parts[1]] = true;
    }
  }
  load_styled_letters();
  load_look_alikes();
}

// Letters and digits drawn in a shape that NFKC does not undo.
std::optional<std::u32string> CharacterRules::styled_by_us(char32_t c) const {
  if (c >= 0x1F150 && c <= 0x1F169) return std::u32string{U'a' + (c - 0x1F150)};
  if (c >= 0x1F170 && c <= 0x1F189) return std::u32string{U'a' + (c - 0x1F170)};
  if (is_regional(c)) return std::u32string{U'a' + (c - 0x1F1E6)};
  const bool dingbat_number = (c >= 0x2776 && c <= 0x2793) || (c >= 0x24EB && c <= 0x24FF);
  if (dingbat_number) {
    const int value = static_cast<int>(u_getNumericValue(static_cast<UChar32>(c)));
    std::u32string digits;
    for (const char digit : std::to_string(value)) digits += static_cast<char32_t>(digit);
    return digits;
  }
  if (styled_[c] == 0) return std::nullopt;
  return std::u32string{static_cast<char32_t>(styled_[c])};
}

bool CharacterRules::is_styled(char32_t c, const std::u32string& mapping) const {
  if (c < 0x80) return false;
  const int type = u_getIntPropertyValue(static_cast<UChar32>(c), UCHAR_DECOMPOSITION_TYPE);
  const auto lower = static_cast<char32_t>(u_tolower(static_cast<UChar32>(c)));
  if (type == U_DT_FONT || type == U_DT_CIRCLE || is_in_signs(c)) return true;
  if (styled_by_us(lower).has_value()) return true;
  const bool plain = std::none_of(mapping.begin(), mapping.end(), [](char32_t m) {
    return (m >= 'a' && m <= 'z') || (m >= '0' && m <= '9');
  });
  return !plain && (type == U_DT_SQUARE || type == U_DT_SUPER || type == U_DT_SUB ||
                    (c >= 0x1F100 && c < 0x1F200));
}

// What ICU says that `c` looks like, without marks.
std::u32string CharacterRules::skeleton_of(char32_t c) const {
  UErrorCode status = U_ZERO_ERROR;
  icu::UnicodeString skeleton;
  uspoof_getSkeletonUnicodeString(spoof_.getAlias(), 0, icu::UnicodeString(static_cast<UChar32>(c)),
                                  skeleton, &status);
  std::u32string out = from_icu(skeleton);
  std::erase_if(out, is_mark);
  return out == U"rn" ? U"m" : out;
}

// A radical of U+2E80 to U+2EF3 looks like an ideograph, but NFKC says so of two of them only.
std::optional<char32_t> CharacterRules::ideograph_of_radical(char32_t c) const {
  if (c < 0x2E80 || c > 0x2EF3) return std::nullopt;
  const std::u32string skeleton = skeleton_of(c);
  const bool ideograph = skeleton.size() == 1 && skeleton[0] >= 0x4E00 && skeleton[0] <= 0x9FFF;
  return ideograph ? std::optional<char32_t>(skeleton[0]) : std::nullopt;
}

std::optional<char32_t> CharacterRules::simplified(char32_t han) const {
  icu::UnicodeString text(static_cast<UChar32>(han));
  to_simplified_->transliterate(text);
  const std::u32string out = from_icu(text);
  if (out.size() != 1 || out[0] == han) return std::nullopt;
  // A pair that maps to each other settles on the lower code point.
  icu::UnicodeString back(static_cast<UChar32>(out[0]));
  to_simplified_->transliterate(back);
  if (from_icu(back) == std::u32string{han} && han < out[0]) return std::nullopt;
  return out[0];
}

std::u32string CharacterRules::step(char32_t c) const {
  for (const OwnMapping& own : kOwnMappings) {
    if (own.from == c) return std::u32string(own.to);
  }
  if (is_dropped_control(c)) return {};
  if (const auto styled = styled_by_us(c)) return *styled;
  if (category_of(c) == U_DECIMAL_DIGIT_NUMBER) {
    return std::u32string{U'0' + static_cast<char32_t>(u_charDigitValue(static_cast<UChar32>(c)))};
  }
  if (category_of(c) == U_SPACE_SEPARATOR) return U" ";
  if (const auto ideograph = ideograph_of_radical(c)) return std::u32string{*ideograph};
  if (script_of(c) == USCRIPT_HAN) {
    if (const auto simple = simplified(c)) return std::u32string{*simple};
  }
  UErrorCode status = U_ZERO_ERROR;
  std::u32string folded =
      from_icu(casefold_->normalize(icu::UnicodeString(static_cast<UChar32>(c)), status));
  if (is_in_signs(c))
    std::erase_if(folded, [](char32_t part) { return !u_isalnum(static_cast<UChar32>(part)); });
  return folded;
}

std::u32string CharacterRules::compose(const std::u32string& text) const {
  UErrorCode status = U_ZERO_ERROR;
  std::u32string out = from_icu(nfc_->normalize(to_icu(text), status));
  // A spacing accent decomposes to a space with a mark that has nothing to stand on.
  if (out.size() > 1 && !is_mark(out[0])) std::erase_if(out, is_loose_mark);
  return out;
}

std::u32string CharacterRules::fold_of(char32_t c) const {
  std::u32string text{c};
  for (int round = 0; round < 5; ++round) {
    std::u32string next;
    for (const char32_t part : text) next += step(part);
    next = compose(next);
    if (next == text) return text;
    text = next;
  }
  std::fprintf(stderr, "make_fold_table: U+%04X\n", static_cast<unsigned>(c));
  require(false, "a mapping does not come to rest");
  return text;
}

uint16_t CharacterRules::flags_of(char32_t c, const std::u32string& mapping) const {
  unsigned flags = 0;
  const auto at = static_cast<UChar32>(c);
  if (mapping.empty()) {
    const bool joiner = c == 0x200D || u_hasBinaryProperty(at, UCHAR_VARIATION_SELECTOR) ||
                        (c >= 0xE0020 && c <= 0xE007F);
    flags |= joiner ? kJoiner : kInvisible;
  }
  if (is_full_width(c)) flags |= kFullWidth;
  if (is_styled(c, mapping)) flags |= kStyled;
  if (is_regional(c)) flags |= kRegional;
  const int cluster = u_getIntPropertyValue(at, UCHAR_GRAPHEME_CLUSTER_BREAK);
  if (cluster == U_GCB_EXTEND || cluster == U_GCB_ZWJ || cluster == U_GCB_SPACING_MARK ||
      cluster == U_GCB_V || cluster == U_GCB_T) {
    flags |= kExtends;
  }
  for (const char32_t part : mapping) {
    const bool hangul_tail =
        (part >= 0x1161 && part <= 0x1175) || (part >= 0x11A8 && part <= 0x11C2);
    const bool combines = u_getCombiningClass(static_cast<UChar32>(part)) != 0 || hangul_tail ||
                          composing_[part] || is_loose_mark(part);
    if (is_repaired(part)) flags |= kRepaired;
    if (combines && !is_repaired(part)) flags |= kCombines;
    if (is_loose_mark(part)) flags |= kLoose;
    if (is_mark(part) && is_unspaced(part)) flags |= kMarkUnspaced;
    const bool foreign = is_foreign(script_of(part)) && mapping.size() > 1;
    if (foreign || kind_of(part) != kind_of(mapping[0])) flags |= kSeveral;
  }
  const bool marks = mapping.size() > 1 && is_mark(mapping[0]);
  const bool moves = mapping.size() > 1 && (flags & (kCombines | kRepaired)) != 0;
  if (marks || moves) flags |= kSeveral;
  return static_cast<uint16_t>(flags);
}

CharProps CharacterRules::props_of(char32_t c, const std::u32string& mapping) const {
  CharProps props{};
  props.flags = flags_of(c, mapping);
  if (mapping.empty()) {
    props.kind = CharKind::kDropped;
    return props;
  }
  props.kind = kind_of(mapping[0]);
  const UScriptCode script = script_of(mapping[0]);
  if (props.kind == CharKind::kSpaced && script == USCRIPT_LATIN) {
    props.script = CharScript::kLatin;
  } else if (props.kind == CharKind::kSpaced && is_foreign(script)) {
    props.script = foreign_script(script);
    props.alike = mapping.size() == 1 ? alike_of(c) : '\0';
    if (props.alike == 0 && mapping.size() == 1) props.alike = alike_of(mapping[0]);
    if (props.alike != 0 && is_mixed_only(mapping[0])) props.flags |= kMixedOnly;
  }
  props.combining_class = u_getCombiningClass(static_cast<UChar32>(mapping[0]));
  return props;
}

bool CharacterRules::is_loose_mark(char32_t c) {
  const UScriptCode script = script_of(c);
  const bool cyrillic = c >= 0x0483 && c <= 0x0489;
  return is_mark(c) && (script == USCRIPT_INHERITED || script == USCRIPT_COMMON || cyrillic);
}

char CharacterRules::alike_of(char32_t c) const { return alikes_[c]; }

// By what it folds to, so that both cases agree.
bool CharacterRules::is_mixed_only(char32_t c) const {
  std::u32string base = fold_of(c);
  icu::UnicodeString parts;
  if (base.size() != 1) return false;
  if (nfc_->getDecomposition(static_cast<UChar32>(base[0]), parts)) {
    base[0] = static_cast<char32_t>(parts.char32At(0));
  }
  return std::any_of(std::begin(kMixedLookAlikes), std::end(kMixedLookAlikes),
                     [this, &base](const OwnLetter& own) { return fold_of(own.from) == base; });
}

// Latin letters beyond ASCII that are no letter with an accent.
void CharacterRules::load_styled_letters() {
  styled_.assign(kCodePointEnd, '\0');
  UErrorCode status = U_ZERO_ERROR;
  for (char32_t c = 0x80; c < kCodePointEnd; ++c) {
    icu::UnicodeString parts;
    const bool lower = category_of(c) == U_LOWERCASE_LETTER && script_of(c) == USCRIPT_LATIN;
    if (!lower || nfc_->getDecomposition(static_cast<UChar32>(c), parts)) continue;
    const icu::UnicodeString text(static_cast<UChar32>(c));
    if (casefold_->normalize(text, status) != text) continue;
    const std::u32string skeleton = skeleton_of(c);
    const bool letter = skeleton.size() == 1 && skeleton[0] >= 'a' && skeleton[0] <= 'z';
    if (letter) styled_[c] = static_cast<char>(skeleton[0]);
  }
  for (const OwnLetter& own : kStyledLetters) styled_[own.from] = own.to;
  for (const char32_t kept : kKeptLetters) styled_[kept] = 0;
}

// Cyrillic and Greek letters that honest text is full of; here kLookAlikes decides.
bool is_everyday_letter(char32_t c) {
  return (c >= 0x0391 && c <= 0x03C9) || (c >= 0x0410 && c <= 0x044F);
}

void CharacterRules::load_look_alikes() {
  alikes_.assign(kCodePointEnd, '\0');
  for (char32_t c = 0x80; c < kCodePointEnd; ++c) {
    if (!is_foreign(script_of(c)) || is_everyday_letter(c)) continue;
    const std::u32string skeleton = skeleton_of(c);
    if (skeleton.size() != 1 || skeleton[0] >= 0x80) continue;
    const UChar32 letter = u_tolower(static_cast<UChar32>(skeleton[0]));
    if (letter < 'a' || letter > 'z') continue;
    // The skeleton of a capital I is l.
    const bool capital_i = skeleton[0] == 'l' && category_of(c) == U_UPPERCASE_LETTER;
    alikes_[c] = capital_i ? 'i' : static_cast<char>(letter);
  }
  for (const OwnLetter& own : kLookAlikes) alikes_[own.from] = own.to;
  for (const OwnLetter& own : kMixedLookAlikes) alikes_[own.from] = own.to;
  // A letter passes for what its other case, or its base without the accent, passes for. Without
  // this a second fold could find look-alikes where the first found none.
  for (char32_t c = 0x80; c < kCodePointEnd; ++c) {
    if (!is_foreign(script_of(c))) continue;
    icu::UnicodeString parts;
    const bool accented = nfc_->getDecomposition(static_cast<UChar32>(c), parts) != 0;
    if (accented && alikes_[c] == 0) alikes_[c] = alikes_[static_cast<char32_t>(parts.char32At(0))];
    const std::u32string folded = fold_of(c);
    if (folded.size() != 1 || folded[0] == c) continue;
    if (alikes_[folded[0]] == 0) alikes_[folded[0]] = alikes_[c];
    if (alikes_[c] == 0) alikes_[c] = alikes_[folded[0]];
  }
}

std::vector<CompositionPair> CharacterRules::compositions() const {
  std::vector<CompositionPair> pairs;
  for (char32_t c = 0; c < kCodePointEnd; ++c) {
    icu::UnicodeString raw;
    if (c >= 0xAC00 && c <= 0xD7A3) continue;
    if (!nfc_->getRawDecomposition(static_cast<UChar32>(c), raw) || raw.countChar32() != 2)
      continue;
    const std::u32string parts = from_icu(raw);
    const UChar32 composed =
        nfc_->composePair(static_cast<UChar32>(parts[0]), static_cast<UChar32>(parts[1]));
    if (composed != static_cast<UChar32>(c) || fold_of(c) != std::u32string{c}) continue;
    pairs.push_back({parts[0], parts[1], c});
  }
  std::sort(pairs.begin(), pairs.end(), [](const CompositionPair& a, const CompositionPair& b) {
    return a.first != b.first ? a.first < b.first : a.second < b.second;
  });
  return pairs;
}

}  // namespace sieve::tables
