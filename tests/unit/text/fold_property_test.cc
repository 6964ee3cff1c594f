// Properties of the fold over random text: idempotent, valid, mapped. SIEVE_SEED replays a failure.
#include <gtest/gtest.h>

#include <string>
#include <string_view>

#include "base/utf8.h"
#include "text/fold.h"
#include "unit/text/random_text.h"

namespace sieve {
namespace {

constexpr int kRandomTexts = 5'000;

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
  testing::RandomText random(testing::seed());
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
  testing::RandomText random(testing::seed() + 1);
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
  testing::RandomText random(testing::seed() + 2);
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

}  // namespace
}  // namespace sieve
