#include "text/word_repair.h"

#include <gtest/gtest.h>

#include <random>
#include <string>
#include <vector>

#include "base/limits.h"
#include "random_text.h"
#include "text/entities.h"
#include "text/fold.h"

namespace sieve {
namespace {

constexpr std::string_view kPhrases[] = {"work from home",
                                         "free spins",
                                         "your parcel is on hold",
                                         "simple tasks every day",
                                         "now",
                                         "here",
                                         "don t forward",
                                         "dont",
                                         "log in",
                                         "login",
                                         "send money to",
                                         "winner",
                                         "nạp tiền",
                                         "a prize",
                                         "away",
                                         "bitly",
                                         "cash",
                                         "o2o shop",
                                         "g4cor",
                                         "gacor",
                                         "pay"};

const KnownWords& known_words() {
  static const KnownWords known = [] {
    KnownWords words;
    for (const std::string_view phrase : kPhrases) words.add_phrase(phrase);
    return words;
  }();
  return known;
}

struct Repaired {
  std::string words;  // Without the outer spaces.
  std::string text;
  int count = 0;
};

Repaired repair(std::string_view raw) {
  Folder folder;
  folder.fold(raw);
  const FoldedText& folded = folder.repair_words(known_words());
  std::string words(folded.words);
  if (words.size() > 1) words = words.substr(1, words.size() - 2);
  return {words, std::string(folded.text), folded.words_repaired};
}

TEST(WordRepairTest, PutsWordsRight) {
  struct Case {
    std::string_view raw;
    std::string_view words;
    std::string_view text;
  };
  constexpr Case kCases[] = {
      // One word, by signs and by spaces.
      {"Wo.rk today", "work today", "work today"},
      {"fr-ee", "free", "free"},
      {"a wi nner", "a winner", "a winner"},
      {"w i n n e r", "winner", "w i n n e r"},
      {"f.r.e.e s.p.i.n.s", "free spins", "free spins"},
      {"F r e e s p i n s", "free spins", "f r e e s p i n s"},
      // Names that nobody knows, too.
      {"m_e_l_a_t_i", "melati", "melati"},
      // With digits, and digits with letters.
      {"w1nner of 1oo", "winner of 100", "winner of 100"},
      {"Fr33 5p1n5", "free spins", "free spins"},
      // Once it is clear, short words and unknown ones.
      {"Wo-rk fr-om ho-me t-o s-end mon-ey", "work from home to send money",
       "work from home to send money"},
      {"Pa*rcel o*n ho*ld wi*th u*s", "parcel on hold with us", "parcel on hold with us"},
      {"W ork fr om h ome: si mple ta sks eve ry d ay", "work from home simple tasks every day",
       "work from home: simple tasks every day"},
      {"S1mple t4sks every d4y", "simple tasks every day", "simple tasks every day"},
      {"P4y 5Ok, w1nner: 3,OOO", "pay 50k winner 3 000", "pay 50k, winner: 3,000"},
      // Links and handles stay in the text.
      {"fr-ee spi.ns: bit.ly/demo", "free spins bitly demo", "free spins: bit.ly/demo"},
      {"fr.ee spi.ns", "free spins", "fr.ee spins"},  // Estonia's domain.
      {"tiề.n", "tiền", "tiền"},
      {"เงิน.เดือน สน.ใจ", "เงินเดือนสนใจ", "เงินเดือน สนใจ"},
  };
  for (const Case& c : kCases) {
    const Repaired repaired = repair(c.raw);
    EXPECT_EQ(repaired.words, c.words) << c.raw;
    EXPECT_EQ(repaired.text, c.text) << c.raw;
    EXPECT_GT(repaired.count, 0) << c.raw;
  }
}

TEST(WordRepairTest, LeavesWhatMayBeMeant) {
  for (const std::string_view raw :
       {"", "now here", "now.here", "log-in", "don't forward", "a way", "i am here", "100k",
        "code 482913", "b.p.i", "u.s. 5.50", "call me.now", "free 100", "mp3 15th 4g", "7 o 8",
        "o2o g4cor", "ของ พ.ศ. 2565"}) {
    EXPECT_EQ(repair(raw).count, 0) << raw << ": " << repair(raw).words;
  }
}

// A piece that nobody knows, and links, hide nothing beside them in a text that is cut.
TEST(WordRepairTest, DecoysHideNothing) {
  EXPECT_EQ(repair("wo.rk fr-ee send.money.to.xq").words, "work free send money to xq");
  EXPECT_EQ(repair("wo.rk fr-ee send.money.ลงทะเบียน").words, "work free send money ลงทะเบียน");
  EXPECT_EQ(repair("wo.rk fr-ee, sent 500 oo now").words, "work free sent 500 oo now");
  EXPECT_EQ(repair("wo.rk fr-ee win.pay").count, 2);
}

// A sign that ends a token and one that cuts a run may be the same.
TEST(WordRepairTest, NoByteGoesAwayTwice) {
  for (const char* mark : {"\u05B0", "\u0941", "\u0E34", "\u0301"}) {
    const std::string raw = std::string("wo.rk fr-ee บาท.บาท บาท.บาท ก.") + mark + "ab";
    EXPECT_GE(repair(raw).count, 2) << raw;
  }
}

TEST(WordRepairTest, WithoutWordsOnlyRunsAreJoined) {
  Folder folder;
  folder.fold("เงินด่วน บาท.บาท บาท.บาท fr-ee");
  EXPECT_EQ(folder.repair_words(KnownWords()).text, "เงินด่วน บาทบาท บาทบาท fr-ee");
}

TEST(WordRepairTest, SpansLeadToWhatWasSent) {
  Folder folder;
  const std::string raw = "Get Wo.rk, fr-ee Sp1ns!";
  folder.fold(raw);
  const FoldedText& folded = folder.repair_words(known_words());
  const auto original = [&](View view, std::string_view part) {
    const size_t at = folded.view(view).find(part);
    EXPECT_NE(at, std::string_view::npos) << part;
    const auto begin = static_cast<uint32_t>(at);
    const ByteSpan span =
        folder.original_span(view, {begin, begin + static_cast<uint32_t>(part.size())});
    return raw.substr(span.begin, span.end - span.begin);
  };
  for (const View view : {View::kWords, View::kText}) {
    EXPECT_EQ(original(view, "work"), "Wo.rk");
    EXPECT_EQ(original(view, "free"), "fr-ee");
    EXPECT_EQ(original(view, "spins"), "Sp1ns");
    EXPECT_EQ(original(view, "get"), "Get");
  }
}

// To find the links that stay, offsets of the text as it was folded are asked for.
TEST(WordRepairTest, SpansAreThoseOfTheRepairedText) {
  Folder folder;
  folder.fold("Fr-ee spi·ns: p\u0430y.example");
  const FoldedText& folded = folder.repair_words(known_words());
  EXPECT_EQ(folded.text, "free spins: pay.example");
  EXPECT_EQ(folder.original_span(View::kText, {0, 4}), (ByteSpan{0, 5}));
  EXPECT_EQ(folder.original_span(View::kText, {12, 15}), (ByteSpan{15, 19}));
}

// The longest texts take no longer than their size: a square of it would take minutes here.
TEST(WordRepairTest, LongChainsAreReadInPieces) {
  struct Case {
    std::string_view piece;
    std::string_view begin;
  };
  for (const Case& c : {Case{"now.here.", "now here now here"}, Case{"wo.rk.", "work work work"},
                        Case{"a.", "aaaaaaaaaaaa"}, Case{"fre.e fo.o.", "free foofree foofree"},
                        Case{"w1nner.now.", "winner now winner now"}}) {
    std::string text;
    while (text.size() + c.piece.size() <= limits::kTextBytesMax) text += c.piece;
    for (int round = 0; round < 20; ++round) {
      EXPECT_TRUE(repair(text).words.starts_with(c.begin))
          << c.piece << ": " << repair(text).words.substr(0, 40);
    }
  }
}

TEST(WordRepairTest, AnotherCallBeginsAnew) {
  Folder folder;
  folder.fold("fr.ee w1nner");
  folder.repair_words(known_words());
  const KnownWords none;
  const FoldedText& folded = folder.repair_words(none);
  EXPECT_EQ(folded.words, " fr ee w1nner ");
  EXPECT_EQ(folded.text, "fr.ee w1nner");
  EXPECT_EQ(folded.words_repaired, 0);
  EXPECT_EQ(folder.original_span(View::kWords, {1, 6}), (ByteSpan{0, 5}));
}

// A text of known words in which each is cut once.
std::string cut(const std::vector<std::string_view>& words, char sign, std::mt19937_64& random) {
  std::string text;
  for (const std::string_view word : words) {
    const size_t at = word.size() < 2 ? 0 : 1 + random() % (word.size() - 1);
    text += text.empty() ? "" : " ";
    text += word.substr(0, at);
    if (at > 0) text += sign;
    text += word.substr(at);
  }
  return text;
}

TEST(WordRepairTest, FindsPhrasesWhoseWordsAreAllCut) {
  const std::vector<std::string_view> words = {"your",   "parcel", "simple", "tasks", "every",
                                               "winner", "money",  "send",   "home",  "work"};
  std::mt19937_64 random(testing::seed());
  for (int round = 0; round < 500; ++round) {
    for (const char sign : {'.', '-', '_', '*', '|'}) {
      const std::string text = cut(words, sign, random);
      EXPECT_EQ(repair(text).words, "your parcel simple tasks every winner money send home work")
          << text;
    }
  }
}

std::string without_separators(std::string_view text) {
  std::string out;
  for (const char c : text) {
    if (c != ' ') out += c >= '0' && c <= '9' ? '#' : c;
  }
  return out;
}

// Whatever is sent: only separators go away, digits and letters o change, offsets lead somewhere.
TEST(WordRepairTest, ChangesNothingElse) {
  testing::RandomText texts(testing::seed());
  std::mt19937_64 random(testing::seed());
  constexpr std::string_view kPieces[] = {"wo",   "rk", ".",  " ", "fr", "ee", "-",
                                          "w1nn", "er", "o",  "1", "n",  "ow", "·",
                                          "he",   "re", "งา", "น", "_",  "5"};
  Folder folder;
  Folder plain;
  for (int round = 0; round < 20'000; ++round) {
    std::string raw;
    for (size_t left = random() % 12; left > 0; --left)
      raw += kPieces[random() % std::size(kPieces)];
    if (round % 3 == 0) raw = texts.next() + raw;
    folder.fold(raw);
    const FoldedText& repaired = folder.repair_words(known_words());
    const FoldedText& folded = plain.fold(raw);
    ASSERT_EQ(without_separators(repaired.words).size(), without_separators(folded.words).size())
        << raw;
    ASSERT_LE(repaired.text.size(), folded.text.size()) << raw;
    if (repaired.words_repaired == 0) {
      ASSERT_EQ(repaired.words, folded.words) << raw;
      ASSERT_EQ(repaired.text, folded.text) << raw;
    }
    for (const View view : {View::kText, View::kWords, View::kSqueezed}) {
      const auto size = static_cast<uint32_t>(repaired.view(view).size());
      uint32_t last = 0;
      for (uint32_t at = 0; at < size; ++at) {
        const ByteSpan span = folder.original_span(view, {at, at + 1});
        ASSERT_LE(span.end, raw.size()) << raw;
        if (repaired.view(view)[at] == ' ') continue;
        ASSERT_LE(last, span.begin) << raw;
        last = span.begin;
      }
    }
  }
}

}  // namespace
}  // namespace sieve
