// Folding and extraction allocate nothing after warm-up, whatever the text.
#include <gtest/gtest.h>

#include <string_view>

#include "support/count_allocations.h"
#include "text/entities.h"
#include "text/fold.h"
#include "text/known_words.h"

namespace sieve {
namespace {

constexpr int kTexts = 10'000;

constexpr std::string_view kKinds[] = {
    "Your parcel is waiting at the depot: https://parcel.example/7 or win[.]example.com",
    "พัสดุของท่านอยู่ที่ศูนย์ เเจ้งบๅท น้ํา",
    "𝗙𝗥𝗘𝗘 f r e e s.l.o.t 🇫🇷🇪🇪",
    "\u0440\u0430yp\u0430l get \u0440\u0430\u0443 now",
    "Tiếng Việt a\u0302\u0323 café",
    "註冊送88元 ﾃﾞｰﾀ 안녕",
    "a\xFFz line id: @shop88 t.me/abc",
    "pay at https://d\u0435mobank.example/a or \u0440\u0430y.example today",
    "โทร 081-234-5678 line : @ab 88 wa.me/66812345678 รับ 3,000 บาท รหัส OTP 482913",
    "0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t4",
    "Wo.rk fr-om ho_me f r e e w1nner of 1OO, see bit.ly/demo เงิน.เดือน สน.ใจ",
    "1111111111111111111114oLvT2 T9yD14Nj9j7xAB4dbGeiX9h8unkKHxuWwb"};

TEST(AllocationTest, TenThousandTextsAllocateNothing) {
  KnownWords known;
  known.add_phrase("free work from home winner");
  Folder folder;
  Entities entities;
  size_t before = 0;
  for (int i = 0; i < kTexts; ++i) {
    if (i == 100) before = testing::allocations.load();  // The first hundred warm up.
    folder.fold(kKinds[i % std::size(kKinds)]);
    const FoldedText& folded = folder.repair_words(known);
    extract_entities(folded, entities, {find_plan("TH")});
    folder.original_span(View::kWords, {0, static_cast<uint32_t>(folded.words.size())});
  }
  EXPECT_EQ(testing::allocations.load() - before, 0U);
}

}  // namespace
}  // namespace sieve
