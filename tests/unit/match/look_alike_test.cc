#include "match/look_alike.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "text/host_memory.h"

namespace sieve {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

BrandDef brand(std::string name, std::vector<std::string> official,
               std::vector<std::string> aliases = {}) {
  BrandDef out;
  out.name = std::move(name);
  out.official = std::move(official);
  out.aliases = std::move(aliases);
  return out;
}

const std::vector<BrandDef>& brands() {
  static const std::vector<BrandDef> all = {
      brand("demobank", {"demobank.co.th", "pay.demobank.example"}, {"demo bank", "DBK"}),
      brand("lucky_lion", {"lucky-lion.example"}),
      brand("zapp", {"zapp.example"}),
      brand("modern", {"modern.example"}),
      brand("rattanapay", {"rattanapay.example"}, {"รัตนะเพย์"}),
      brand("parking", {"parking.github.io"})};
  return all;
}

// Every kind in which a host imitates a brand, as `demobank:tld`.
std::vector<std::string> found_in(const std::string& host) {
  static const BrandTable table(brands());
  HostMemory memory;
  const auto canonical = memory.put(host);
  if (!canonical) return {"no host"};
  std::array<LookAlike, 16> found;
  const size_t count =
      table.find_all({canonical->ascii, canonical->unicode, canonical->domain}, found);
  std::vector<std::string> out;
  for (size_t i = 0; i < count; ++i) {
    out.push_back(brands()[found[i].brand.index()].name + ":" +
                  std::string(name_of(found[i].kind)));
  }
  return out;
}

struct Row {
  std::string name;
  std::string host;
  std::string want;  // Separated by spaces; empty: it imitates nobody.
};

class LookAlikeTest : public ::testing::TestWithParam<Row> {};

TEST_P(LookAlikeTest, SaysWhomAHostImitatesAndHow) {
  std::string got;
  for (const std::string& one : found_in(GetParam().host)) got += (got.empty() ? "" : " ") + one;
  EXPECT_EQ(got, GetParam().want) << GetParam().host;
}

const auto kName = [](const auto& row) { return row.param.name; };

INSTANTIATE_TEST_SUITE_P(
    Official, LookAlikeTest,
    ::testing::Values(Row{"Host", "demobank.co.th", ""}, Row{"Below", "www.demobank.co.th", ""},
                      Row{"FarBelow", "a.b.demobank.co.th", ""},
                      Row{"BelowOfAnOfficialSubdomain", "x.pay.demobank.example", ""},
                      Row{"SiblingOfAnOfficialSubdomain", "demobank.demobank.example", ""},
                      Row{"OfAnotherBrandWithItsNameBelow", "demobank.zapp.example", ""},
                      Row{"OnAHostOfMany", "parking.github.io", ""},
                      Row{"AddressLikeHost", "192.0.2.1", ""}),
    kName);

INSTANTIATE_TEST_SUITE_P(
    Homoglyph, LookAlikeTest,
    ::testing::Values(
        Row{"ZeroForO", "dem0bank.com", "demobank:homoglyph demobank:edit1"},
        Row{"OneForL", "1ucky-1ion.com", "lucky_lion:homoglyph"},
        Row{"IForL", "iuckyiion.com", "lucky_lion:homoglyph"}, Row{"RnForM", "derriobank.com", ""},
        Row{"RnForMInIt", "dernobank.com", "demobank:homoglyph"},
        Row{"MForRn", "modem.com", "modern:homoglyph"}, Row{"FiveForS", "5hop.com", ""},
        Row{"CyrillicLetter", "d\xD0\xB5mobank.com", "demobank:homoglyph demobank:edit1"},
        Row{"CyrillicAsALabel", "xn--dmobank-7gg.com", "demobank:homoglyph demobank:edit1"},
        Row{"LetterWithAMark", "d\xC3\xA9mobank.com", "demobank:homoglyph demobank:edit1"},
        Row{"LetterWithTwoMarks", "d\xE1\xBA\xBFmobank.com", "demobank:homoglyph demobank:edit1"},
        Row{"UnderTheSameSuffix", "dem0bank.co.th", "demobank:homoglyph demobank:edit1"},
        Row{"FourLetters", "2app.com", ""}, Row{"ThreeLettersAreTooFew", "d8k.com", ""}),
    kName);

INSTANTIATE_TEST_SUITE_P(
    OneEdit, LookAlikeTest,
    ::testing::Values(Row{"Swapped", "demobnak.com", "demobank:edit1"},
                      Row{"Doubled", "demobannk.com", "demobank:edit1"},
                      Row{"LeftOut", "demobak.com", "demobank:edit1"},
                      Row{"AnotherOne", "demobanc.com", "demobank:edit1"},
                      Row{"FirstLetter", "emobank.com", "demobank:edit1"},
                      Row{"HyphenPutIn", "dem-obank.com", "demobank:edit1 demobank:combo"},
                      Row{"TwoEdits", "demonbakk.com", ""},
                      Row{"SwappedAcrossALetter", "demoabnk.com", "demobank:edit1"},
                      Row{"SwappedApart", "demonkba.com", ""},
                      Row{"NameOfFourLetters", "zapps.com", ""},
                      Row{"HonestWord", "domebank.com", ""}),
    kName);

INSTANTIATE_TEST_SUITE_P(
    Combination, LookAlikeTest,
    ::testing::Values(Row{"LureBehind", "demobank-login.com", "demobank:combo"},
                      Row{"LureInFront", "secure-demobank.com", "demobank:combo"},
                      Row{"Digits", "demobank888.com", "demobank:combo"},
                      Row{"DigitsInFront", "88demobank.com", "demobank:combo"},
                      Row{"GluedLure", "demobanklogin.com", "demobank:combo"},
                      Row{"GluedLures", "mysecuredemobankloginapp.com", "demobank:combo"},
                      Row{"AnyWordBehindAHyphen", "demobank-heroes.com", "demobank:combo"},
                      Row{"AnyWordGlued", "demobankheroes.com", ""},
                      Row{"HyphenInTheName", "demo-bank.com", "demobank:edit1 demobank:combo"},
                      Row{"HyphenInTheNameAndMore", "demo-bank-th.com", "demobank:combo"},
                      Row{"NameWithItsHyphenLeftOut", "luckylion.com",
                          "lucky_lion:edit1 lucky_lion:tld"},
                      Row{"LookingLikeIt", "dem0bank-login.com", "demobank:combo"},
                      Row{"ShortNameWithDigits", "zapp9.com", "zapp:combo"},
                      Row{"ShortNameWithALure", "zapp-login.com", "zapp:combo"},
                      Row{"ShortNameGlued", "zapplogin.com", "zapp:combo"},
                      Row{"ShortNameWithAnyWord", "zapp-heroes.com", ""},
                      Row{"ThreeLettersBesideDigits", "dbk99.com", "demobank:combo"},
                      Row{"ThreeLettersGlued", "dbklogin.com", ""},
                      Row{"WithinAWord", "undemobanked.com", ""},
                      Row{"ThaiAlias", "รัตนะเพย์-login.com", "rattanapay:combo"}),
    kName);

INSTANTIATE_TEST_SUITE_P(
    Tld, LookAlikeTest,
    ::testing::Values(Row{"AnotherSuffix", "demobank.win", "demobank:tld"},
                      Row{"WithASubdomain", "www.demobank.win", "demobank:tld"},
                      Row{"SuffixOfTwoLabels", "demobank.in.th", "demobank:tld"},
                      Row{"HostOfMany", "demobank.github.io", "demobank:tld"},
                      Row{"Alias", "dbk.com", "demobank:tld"},
                      Row{"ThaiAlias", "รัตนะเพย์.com", "rattanapay:tld"}),
    kName);

INSTANTIATE_TEST_SUITE_P(
    Subdomain, LookAlikeTest,
    ::testing::Values(
        Row{"Name", "demobank.stranger.com", "demobank:subdomain"},
        Row{"NameFurtherDown", "www.demobank.secure.stranger.com", "demobank:subdomain"},
        Row{"OfficialHost", "demobank.co.th.stranger.com", "demobank:subdomain"},
        Row{"OfficialHostOfAShortName", "zapp.example.stranger.com", "zapp:subdomain"},
        Row{"ShortName", "zapp.stranger.com", ""},
        Row{"LookingLikeIt", "dem0bank.stranger.com", "demobank:subdomain"},
        Row{"PartOfALabel", "demobanking.stranger.com", ""},
        Row{"Stranger", "www.stranger.com", ""}),
    kName);

TEST(LookAlikeTableTest, FindsOnlyTheKindsAskedFor) {
  const BrandTable table(brands());
  const HostParts host{"dem0bank.com", "dem0bank.com", "dem0bank.com"};
  LookAlikeKinds edits;
  edits.add(LookAlikeKind::kOneEdit);
  EXPECT_EQ(table.find(host, BrandId(0), LookAlikeKinds::all()), LookAlikeKind::kHomoglyph);
  EXPECT_EQ(table.find(host, BrandId(0), edits), LookAlikeKind::kOneEdit);
  EXPECT_EQ(table.find(host, BrandId(0), {}), std::nullopt);
  EXPECT_EQ(table.find(host, BrandId(1), LookAlikeKinds::all()), std::nullopt);
  EXPECT_EQ(table.find_any(host, edits), (LookAlike{BrandId(0), LookAlikeKind::kOneEdit}));
}

TEST(LookAlikeTableTest, FindsNothingWithoutBrands) {
  const BrandTable table({});
  EXPECT_EQ(table.find_any({"a.com", "a.com", "a.com"}, LookAlikeKinds::all()), std::nullopt);
}

TEST(LookAlikeTableTest, StopsWhenThereIsNoMoreRoom) {
  std::vector<BrandDef> same(5, brand("demobank", {"demobank.example"}));
  const BrandTable table(same);
  std::array<LookAlike, 3> found;
  EXPECT_EQ(table.find_all({"demobank.win", "demobank.win", "demobank.win"}, found), 3U);
  EXPECT_EQ(found[2].brand, BrandId(2));
}

TEST(LookAlikeTableTest, TakesTheLongestLabels) {
  const std::string longest(63, 'a');
  const BrandTable table(std::vector<BrandDef>{brand("x", {longest + ".example"})});
  const std::string other = longest + ".com";
  EXPECT_EQ(table.find({other, other, other}, BrandId(0), LookAlikeKinds::all()),
            LookAlikeKind::kTld);
}

TEST(LookAlikeTableTest, KindsHaveNames) {
  for (const std::string_view name : look_alike_kind_names()) {
    EXPECT_EQ(name_of(*find_look_alike_kind(name)), name);
  }
  EXPECT_EQ(find_look_alike_kind("typo"), std::nullopt);
  EXPECT_THAT(look_alike_kind_names(),
              ElementsAre("homoglyph", "edit1", "combo", "tld", "subdomain"));
}

}  // namespace
}  // namespace sieve
