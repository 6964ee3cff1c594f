// Folding and extraction allocate nothing after warm-up, whatever the text.
#include <gtest/gtest.h>

#include <string_view>

#include "support/count_allocations.h"
#include "text/entities.h"
#include "text/fold.h"

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
    "a\xFFz line id: @shop88 t.me/abc"};

TEST(AllocationTest, TenThousandTextsAllocateNothing) {
  Folder folder;
  Entities entities;
  size_t before = 0;
  for (int i = 0; i < kTexts; ++i) {
    if (i == 100) before = testing::allocations.load();  // The first hundred warm up.
    const FoldedText& folded = folder.fold(kKinds[i % 7]);
    extract_entities(folded, entities);
    folder.original_span(View::kWords, {0, static_cast<uint32_t>(folded.words.size())});
  }
  EXPECT_EQ(testing::allocations.load() - before, 0U);
}

}  // namespace
}  // namespace sieve
