// Properties of the fold over random text: idempotent, valid, mapped; equal to a slow reference
// that is written with ICU, where ICU is installed. SIEVE_SEED replays a failure.
#include <gtest/gtest.h>

#include <cstdlib>
#include <random>
#include <string>
#include <string_view>

#include "base/utf8.h"
#include "text/fold.h"
#include "text/fold_table.h"
#include "text/fold_thai.h"

#ifdef SIEVE_HAVE_FOLD_RULES
#include <unicode/normalizer2.h>
#include <unicode/unistr.h>

#include "tables/fold_of.h"
#endif

namespace sieve {
namespace {

constexpr int kRandomTexts = 5'000;

uint64_t seed() {
  const char* given = std::getenv("SIEVE_SEED");
  return given != nullptr ? std::strtoull(given, nullptr, 10) : 20'240'607;
}

// Random text of the kind that breaks folds: neighbours from the same few blocks.
class RandomText {
 public:
  explicit RandomText(uint64_t from) : random_(from) {}

  std::string next() {
    std::string text;
    const size_t size = pick(40);
    size_t block = pick(kBlocks.size());
    for (size_t i = 0; i < size; ++i) {
      if (pick(4) == 0) block = pick(kBlocks.size());
      append_utf8(text, from_block(kBlocks[block]));
    }
    return text;
  }

  // Any bytes at all.
  std::string next_bytes() {
    std::string text;
    for (size_t i = pick(80); i > 0; --i) text += static_cast<char>(pick(256));
    return text;
  }

  size_t pick(size_t below) { return random_() % below; }

 private:
  struct Block {
    char32_t first;
    char32_t last;
  };
  static constexpr std::array<Block, 22> kBlocks = {
      Block{0x20, 0x7E},       Block{0x20, 0x7E},      Block{0x61, 0x7A},     Block{0x30, 0x39},
      Block{0x00, 0x20},       Block{0xA0, 0x24F},     Block{0x300, 0x36F},   Block{0x370, 0x3FF},
      Block{0x400, 0x4FF},     Block{0xE01, 0xE5B},    Block{0xE30, 0xE4E},   Block{0xE80, 0xEDF},
      Block{0x1780, 0x17F9},   Block{0x1000, 0x109F},  Block{0x1100, 0x11FF}, Block{0x1E00, 0x1FFF},
      Block{0x2000, 0x206F},   Block{0x3000, 0x30FF},  Block{0x4E00, 0x9FFF}, Block{0xFF00, 0xFFEF},
      Block{0x1F100, 0x1F1FF}, Block{0x1D400, 0x1D7FF}};

  char32_t from_block(const Block& block) {
    if (pick(200) == 0) return any();
    return block.first + static_cast<char32_t>(pick(block.last - block.first + 1));
  }

  char32_t any() {
    const auto c = static_cast<char32_t>(pick(0x110000));
    return c >= 0xD800 && c <= 0xDFFF ? U'a' : c;
  }

  std::mt19937_64 random_;
};

void expect_sound_spans(Folder& folder, const FoldedText& folded, View view) {
  const std::string_view text = folded.view(view);
  ByteSpan before{};
  for (uint32_t at = 0; at < text.size(); ++at) {
    const ByteSpan span = folder.original_span(view, {at, at + 1});
    ASSERT_LE(span.begin, span.end);
    ASSERT_LE(span.end, folded.raw.size());
    ASSERT_GE(span.begin, before.begin) << name_of(view) << " at " << at;
    if (text[at] != ' ') before = span;
  }
}

TEST(FoldPropertyTest, RandomTextFoldsSoundly) {
  RandomText random(seed());
  Folder first;
  Folder second;
  for (int i = 0; i < kRandomTexts; ++i) {
    const std::string raw = random.next();
    SCOPED_TRACE(::testing::PrintToString(raw));
    const FoldedText& folded = first.fold(raw);
    ASSERT_TRUE(is_valid_utf8(folded.text));
    ASSERT_TRUE(is_valid_utf8(folded.words));
    ASSERT_TRUE(is_valid_utf8(folded.squeezed));
    ASSERT_EQ(second.fold(folded.text).text, folded.text) << "not idempotent";
    ASSERT_EQ(folded.words.find("  "), std::string_view::npos);
    const FoldedText copy = folded;
    expect_sound_spans(first, copy, View::kText);
    expect_sound_spans(first, copy, View::kWords);
    expect_sound_spans(first, copy, View::kSqueezed);
    if (HasFatalFailure()) return;
  }
}

TEST(FoldPropertyTest, RandomBytesFoldSoundly) {
  RandomText random(seed() + 1);
  Folder folder;
  for (int i = 0; i < kRandomTexts; ++i) {
    const std::string raw = random.next_bytes();
    SCOPED_TRACE(::testing::PrintToString(raw));
    const FoldedText copy = folder.fold(raw);
    ASSERT_TRUE(is_valid_utf8(copy.text));
    expect_sound_spans(folder, copy, View::kText);
    if (HasFatalFailure()) return;
  }
}

// The fast paths take whole runs, the mapping pass single characters: both must agree.
TEST(FoldPropertyTest, FastPathsAgreeWithTheTable) {
  RandomText random(seed() + 2);
  Folder folder;
  for (int i = 0; i < kRandomTexts; ++i) {
    std::string raw;
    const size_t runs = random.pick(6);
    for (size_t run = 0; run < runs; ++run) {
      for (size_t left = random.pick(90); left > 0; --left) {
        raw += " .,abcdefgXYZ0123456789\n"[random.pick(24)];
      }
      raw += random.next();
    }
    SCOPED_TRACE(::testing::PrintToString(raw));
    const std::string text(folder.fold(raw).text);
    const std::string words(folder.fold(raw).words);
    std::string apart;  // A dropped control between characters keeps the fast paths away.
    for (size_t at = 0; at < raw.size();) {
      const Utf8Char c = decode_utf8(raw, at);
      apart.append(raw, at, c.size);
      apart += '\x01';
      at += c.size;
    }
    ASSERT_EQ(folder.fold(apart).text, text);
    ASSERT_EQ(folder.fold(apart).words, words);
  }
}

TEST(FoldPropertyTest, EveryCodePointMapsToAFixedPoint) {
  Folder folder;
  for (char32_t c = 0; c <= 0x10FFFF; ++c) {
    if (c >= 0xD800 && c <= 0xDFFF) continue;
    std::string raw;
    append_utf8(raw, c);
    const std::string once(folder.fold(raw).text);
    ASSERT_EQ(folder.fold(once).text, once) << std::hex << static_cast<uint32_t>(c);
  }
}

#ifdef SIEVE_HAVE_FOLD_RULES

// The fold without tables: each code point by the rules the table was made from, composition by
// ICU. It knows no repair of Thai and Lao and no look-alikes, so the texts have none to make.
class SlowFold {
 public:
  std::string fold(const std::string& raw) const {
    std::u32string out;
    for (size_t at = 0; at < raw.size();) {
      const Utf8Char c = decode_utf8(raw, at);
      at += c.size;
      for (const char32_t part : rules_.fold_of(c.code_point)) add(out, part);
    }
    std::string text;
    for (const char32_t c : out) append_utf8(text, c);
    return text;
  }

 private:
  void add(std::u32string& out, char32_t c) const {
    out += c;
    UErrorCode status = U_ZERO_ERROR;
    const icu::Normalizer2* nfc = icu::Normalizer2::getNFCInstance(status);
    icu::UnicodeString text;
    for (const char32_t part : out) text.append(static_cast<UChar32>(part));
    text = nfc->normalize(text, status);
    out.clear();
    for (int32_t at = 0; at < text.length(); at = text.moveIndex32(at, 1)) {
      out += static_cast<char32_t>(text.char32At(at));
    }
    std::erase_if(out, tables::CharacterRules::is_loose_mark);
  }

  tables::CharacterRules rules_;
};

TEST(FoldPropertyTest, EqualsTheSlowReference) {
  constexpr char32_t kBases[] = {U'a', U'e', U'o', U'u', U'\u00E2', U'\u01B0', U'K', U' ', U'='};
  RandomText random(seed() + 3);
  const SlowFold slow;
  Folder folder;
  for (int i = 0; i < 20'000; ++i) {
    std::string raw;
    for (size_t left = random.pick(8); left > 0; --left) {
      append_utf8(raw, kBases[random.pick(std::size(kBases))]);
      for (size_t marks = random.pick(4); marks > 0; --marks) {
        const auto mark = static_cast<char32_t>(0x300 + random.pick(0x50));
        if (mark != 0x345) append_utf8(raw, mark);  // It folds to a Greek letter.
      }
      if (random.pick(5) == 0) append_utf8(raw, static_cast<char32_t>(0x1100 + random.pick(256)));
      if (random.pick(5) == 0) append_utf8(raw, static_cast<char32_t>(0x1E00 + random.pick(256)));
      if (random.pick(5) == 0) append_utf8(raw, static_cast<char32_t>(0xFF00 + random.pick(0xEF)));
    }
    ASSERT_EQ(folder.fold(raw).text, slow.fold(raw)) << ::testing::PrintToString(raw);
  }
}

#else

TEST(FoldPropertyTest, EqualsTheSlowReference) {
  GTEST_SKIP() << "ICU is not installed (libicu-dev): the fold is not compared with it";
}

#endif

}  // namespace
}  // namespace sieve
