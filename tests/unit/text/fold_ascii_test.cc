// The ways to fold ASCII agree: text, words, where they stop and what they noticed.
#include "text/fold_ascii.h"

#include <gtest/gtest.h>

#include <array>
#include <random>
#include <string>

namespace sieve {
namespace {

constexpr size_t kBytesMax = 300;

struct Result {
  std::array<char, kBytesMax + kAsciiSlackBytes> text{};
  std::array<char, kBytesMax + 2 * kAsciiSlackBytes> words{};
  size_t size = 0;
  AsciiRun run{};

  std::string_view text_view() const { return {text.data(), size}; }
  std::string_view words_view() const { return {words.data() + 1, run.words_size}; }
};

void fold_into(Result& out, size_t (*fold)(AsciiRun&), std::string_view raw) {
  out.words[0] = ' ';
  out.run = {raw.data(), raw.size(), out.text.data(), out.words.data() + 1};
  out.size = fold(out.run);
}

// Words, numbers and signs; now and then what ends a run.
std::string random_ascii(std::mt19937_64& random) {
  constexpr std::string_view kUsual = "aabcdeoxyzABZ0123459 ...,-:/\n\t";
  constexpr std::string_view kRare = "\x01\x7F\x80\xC3\xFF@[`{\x1F\x00o0";
  std::string text = "a";
  const size_t rare_every = 20 + random() % 400;
  for (size_t left = random() % kBytesMax; left > 1; --left) {
    const std::string_view from = random() % rare_every == 0 ? kRare : kUsual;
    text += from[random() % from.size()];
  }
  return text;
}

TEST(FoldAsciiTest, LowersAndSplits) {
  Result out;
  fold_into(out, fold_ascii_anywhere, "Hello,  WORLD! 2u");
  EXPECT_EQ(out.text_view(), "hello,  world! 2u");
  EXPECT_EQ(out.words_view(), "hello world 2u");
  EXPECT_TRUE(out.run.has_letters);
  EXPECT_FALSE(out.run.maybe_spaced_out);
}

TEST(FoldAsciiTest, EndsBeforeATokenThatMayGoOn) {
  Result out;
  fold_into(out, fold_ascii_anywhere, "one two\xC3\xA9");
  EXPECT_EQ(out.text_view(), "one ");
  EXPECT_EQ(out.words_view(), "one ");
  fold_into(out, fold_ascii_anywhere, "o\x01");
  EXPECT_EQ(out.size, 0U);
}

TEST(FoldAsciiTest, NoticesLettersWrittenApart) {
  for (const std::string_view text : {"a b c", "a    b    c", "x yy a.b.c"}) {
    Result out;
    fold_into(out, fold_ascii_anywhere, text);
    EXPECT_TRUE(out.run.maybe_spaced_out) << text;
  }
}

#ifdef SIEVE_HAVE_AVX512

TEST(FoldAsciiTest, BothWaysAgree) {
  if (!has_avx512()) GTEST_SKIP() << "this machine has no AVX-512";
  std::mt19937_64 random(20'240'607);
  Result anywhere;
  Result avx512;
  for (int i = 0; i < 100'000; ++i) {
    const std::string raw = random_ascii(random);
    fold_into(anywhere, fold_ascii_anywhere, raw);
    fold_into(avx512, fold_ascii_avx512, raw);
    SCOPED_TRACE(::testing::PrintToString(raw));
    ASSERT_EQ(anywhere.text_view(), avx512.text_view());
    ASSERT_EQ(anywhere.words_view(), avx512.words_view());
    ASSERT_EQ(anywhere.run.has_letters, avx512.run.has_letters);
    ASSERT_EQ(anywhere.run.maybe_spaced_out, avx512.run.maybe_spaced_out);
    ASSERT_EQ(anywhere.run.maybe_digit_for_letter, avx512.run.maybe_digit_for_letter);
  }
}

#endif

}  // namespace
}  // namespace sieve
