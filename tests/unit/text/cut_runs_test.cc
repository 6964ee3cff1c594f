#include "text/cut_runs.h"

#include <gtest/gtest.h>

#include <string>

namespace sieve {
namespace {

// The text without what goes away.
std::string joined(std::string text) {
  std::vector<uint32_t> dropped;
  find_cut_runs(text, dropped);
  for (auto at = dropped.rbegin(); at != dropped.rend(); ++at) text.erase(*at, 1);
  return text;
}

TEST(CutRunsTest, SignsWithinWordsGoAway) {
  EXPECT_EQ(joined("เงิน.เดือน 35,000 บาท สน.ใจ"), "เงินเดือน 35,000 บาท สนใจ");
  EXPECT_EQ(joined("แจก·เงิน·ฟรี"), "แจกเงินฟรี");
  EXPECT_EQ(joined("แจก•เงิน•ฟรี"), "แจกเงินฟรี");
  EXPECT_EQ(joined("แ.จ.ก.เ.งิ.น 5.5 บาท"), "แจกเงิน 5.5 บาท");
  EXPECT_EQ(joined("领取_大礼_工资"), "领取大礼工资");
}

TEST(CutRunsTest, AbbreviationsAndSentencesStay) {
  for (const std::string text :
       {"", "2565", "พ.ศ. 2565", "ก.ค.-ส.ค. น.ส. สมใจ", "ม.ร.ว. ใจดี", "รพ.ศิริ เปิด", "ฝาก-ถอน",
        "您好,您的快递到了。请查收.谢谢您", "free.spins now-here", "ไทย.คอม"}) {
    EXPECT_EQ(joined(text), text);
  }
}

TEST(CutRunsTest, ASignBesideASpaceOrAnotherSignCutsNothing) {
  EXPECT_EQ(joined("เงิน. เดือน สน ใจ. มา"), "เงิน. เดือน สน ใจ. มา");
  EXPECT_EQ(joined("เงิน..เดือน สน..ใจ"), "เงิน..เดือน สน..ใจ");
}

}  // namespace
}  // namespace sieve
