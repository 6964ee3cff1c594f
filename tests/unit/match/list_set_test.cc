#include "match/list_set.h"

#include <gtest/gtest.h>

#include <random>
#include <string>
#include <unordered_set>
#include <vector>

#include "base/file.h"
#include "rule/list_file.h"

namespace sieve {
namespace {

ListDef read_list(ListType type, std::string_view text, bool subdomains = false) {
  ListDef list;
  list.name = "listed";
  list.type = type;
  list.subdomains = subdomains;
  list.country = "TH";
  list.entries_max = 1'000'000;
  list.may_be_empty = true;
  Diagnostics diagnostics;
  read_list_text("listed.txt", text, *parse_date("2026-01-05"), list, diagnostics);
  for (const Diagnostic& d : diagnostics) {
    EXPECT_NE(d.severity, Severity::kError) << render(d, {});
  }
  return list;
}

ListSet list_of(ListType type, std::string_view text, bool subdomains = false) {
  ListDef list = read_list(type, text, subdomains);
  return ListSet(list);
}

constexpr Timestamp kNow{1'767'600'000'000};  // 2026-01-05T08:00:00Z

struct Row {
  std::string name;
  ListType type;
  bool subdomains;
  std::string entries;
  std::string value;
  bool want;
};

class ListSetTest : public ::testing::TestWithParam<Row> {};

TEST_P(ListSetTest, SaysWhetherAValueIsListed) {
  const Row& row = GetParam();
  const ListSet list = list_of(row.type, row.entries, row.subdomains);
  EXPECT_EQ(list.contains(row.value, kNow, TimeZone()), row.want);
}

const std::string kLongest(PackedStringSet::kStringBytesMax, 'x');

INSTANTIATE_TEST_SUITE_P(
    Domains, ListSetTest,
    ::testing::Values(
        Row{"Same", ListType::kDomain, false, "a.example", "a.example", true},
        Row{"Below", ListType::kDomain, false, "a.example", "b.a.example", false},
        Row{"BelowWithSubdomains", ListType::kDomain, true, "a.example", "c.b.a.example", true},
        Row{"SameWithSubdomains", ListType::kDomain, true, "a.example", "a.example", true},
        Row{"Above", ListType::kDomain, true, "b.a.example", "a.example", false},
        Row{"SameEndOfALabel", ListType::kDomain, true, "a.example", "ba.example", false},
        Row{"Capitals", ListType::kDomain, false, "A.Example.", "a.example", true},
        Row{"ULabel", ListType::kDomain, false,
            "b\xC3\xBC"
            "cher.example",
            "xn--bcher-kva.example", true},
        Row{"Empty", ListType::kDomain, true, "a.example", "", false},
        Row{"Dots", ListType::kDomain, true, "a.example", "...", false},
        Row{"EmptyList", ListType::kDomain, true, "", "a.example", false}),
    [](const auto& row) { return row.param.name; });

INSTANTIATE_TEST_SUITE_P(
    Senders, ListSetTest,
    ::testing::Values(
        Row{"OtherCase", ListType::kSender, false, "DemoBank", "DEMOBANK", true},
        Row{"ShortCode", ListType::kSender, false, "72727", "72727", true},
        Row{"NationalNumber", ListType::kSender, false, "081 234 5678", "+66812345678", true},
        Row{"LookingLikeIt", ListType::kSender, false, "DEMOBANK", "DEM0BANK", false},
        Row{"OtherScript", ListType::kSender, false, "DEMOBANK", "D\xD0\x95MOBANK", false},
        Row{"WithSpaces", ListType::kSender, false, "Demo Bank", "demo bank", true},
        Row{"Longest", ListType::kSender, false, kLongest, kLongest, true},
        Row{"TooLong", ListType::kSender, false, kLongest, kLongest + "x", false},
        Row{"InvalidUtf8", ListType::kSender, false, "DEMOBANK", "\xFF\xFE", false}),
    [](const auto& row) { return row.param.name; });

INSTANTIATE_TEST_SUITE_P(
    Others, ListSetTest,
    ::testing::Values(
        Row{"Number", ListType::kNumber, false, "+66 81-234-5678", "+66812345678", true},
        Row{"NationalNumber", ListType::kNumber, false, "0812345678", "+66812345678", true},
        Row{"OtherNumber", ListType::kNumber, false, "+66812345678", "+66812345679", false},
        Row{"FoldedText", ListType::kText, false,
            "\xEF\xBC\xA4"
            "emo Bank",
            "demo bank", true},
        Row{"TextWithAnEqualsSign", ListType::kText, false, "a=b source=x", "a=b", true},
        Row{"TextWithAHash", ListType::kText, false, "a#b # comment", "a#b", true}),
    [](const auto& row) { return row.param.name; });

TEST(ListSetExpiryTest, CountsAnEntryOnItsLastDayByTheTimeOfTheRecord) {
  const ListSet list = list_of(ListType::kSender, "A expires=2026-06-30 source=x\nB\n");
  const Timestamp last = *parse_rfc3339("2026-06-30T16:59:59Z");
  const Timestamp next = *parse_rfc3339("2026-06-30T17:00:00Z");
  const TimeZone bangkok = *TimeZone::load("Asia/Bangkok");
  EXPECT_TRUE(list.contains("A", last, bangkok));
  EXPECT_FALSE(list.contains("A", next, bangkok)) << "there it is the next day";
  EXPECT_TRUE(list.contains("A", next, TimeZone()));
  EXPECT_TRUE(list.contains("B", next, bangkok));
  EXPECT_EQ(list.expired_count(*parse_date("2026-06-30")), 0U);
  EXPECT_EQ(list.expired_count(*parse_date("2026-07-01")), 1U);
}

TEST(ListSetExpiryTest, LooksAtTheParentsOfAnExpiredHost) {
  const ListSet list =
      list_of(ListType::kDomain, "b.a.example expires=2020-01-01\na.example\n", true);
  EXPECT_TRUE(list.contains("b.a.example", kNow, TimeZone()));
}

TEST(ListSetTest, SharesTheEntriesThatItKeeps) {
  const ListSet running = list_of(ListType::kDomain, "a.example\n");
  ListDef next = read_list(ListType::kDomain, "", true);
  const ListSet kept(next, running);
  EXPECT_EQ(kept.size(), 1U);
  EXPECT_TRUE(kept.contains("b.a.example", kNow, TimeZone())) << "the rest is as it says now";
}

// Against a set of strings that is asked for each parent.
TEST(ListSetTest, HoldsWhatASetOfParentsHolds) {
  std::mt19937_64 random(7);
  const auto host = [&random](size_t labels_max) {
    std::string out;
    const size_t labels = 2 + random() % (labels_max - 1);
    for (size_t i = 0; i < labels; ++i) {
      out += (i == 0 ? "" : ".") + std::string(1, static_cast<char>('a' + random() % 6));
    }
    return out;
  };
  for (const bool subdomains : {false, true}) {
    std::unordered_set<std::string> model;
    std::string text;
    for (int i = 0; i < 100; ++i) {
      const std::string entry = host(4);
      if (model.insert(entry).second) text += entry + "\n";
    }
    const ListSet list = list_of(ListType::kDomain, text, subdomains);
    for (int i = 0; i < 20'000; ++i) {
      const std::string value = host(6);
      bool want = model.contains(value);
      for (size_t dot = value.find('.'); subdomains && dot != std::string::npos;
           dot = value.find('.', dot + 1)) {
        want |= model.contains(value.substr(dot + 1));
      }
      ASSERT_EQ(list.contains(value, kNow, TimeZone()), want) << value;
    }
  }
}

struct FeedRow {
  std::string name;
  ListFormat format;
  std::string text;
};

class FeedTest : public ::testing::TestWithParam<FeedRow> {};

TEST_P(FeedTest, SaysWhatIsListedAndWhereItComesFrom) {
  ListDef def;
  def.name = "feed";
  def.type = ListType::kDomain;
  def.subdomains = true;
  def.entries_max = 100;
  def.format = GetParam().format;
  def.columns.value = {"host", true};
  def.source = "the feed";
  Diagnostics diagnostics;
  read_list_text("feed", GetParam().text, *parse_date("2026-01-05"), def, diagnostics);
  ASSERT_TRUE(diagnostics.empty()) << render(diagnostics[0], {});
  const ListSet list(def);
  const auto found = list.find("www.one.example", kNow, TimeZone());
  ASSERT_TRUE(found.has_value());
  EXPECT_EQ(found->value, "one.example");
  EXPECT_EQ(found->source, "the feed");
  EXPECT_EQ(list.find("localhost", kNow, TimeZone()).has_value(), false);
  EXPECT_EQ(list.find("three.example", kNow, TimeZone()).has_value(), false);
  const auto two = list.find("two.example", kNow, TimeZone());
  ASSERT_TRUE(two.has_value());
  EXPECT_EQ(two->source, GetParam().format == ListFormat::kHosts ? "the feed" : "desk, 7");
  const bool expires = GetParam().format != ListFormat::kHosts;
  EXPECT_EQ(list.contains("two.example", kNow + Duration{3 * 86'400'000LL}, TimeZone()), !expires);
}

INSTANTIATE_TEST_SUITE_P(
    Formats, FeedTest,
    ::testing::Values(
        FeedRow{"Hosts", ListFormat::kHosts,
                "127.0.0.1 localhost\r\n0.0.0.0\tone.example two.example # three.example\r\n"
                "::1 ip6-localhost\n"},
        FeedRow{"Csv", ListFormat::kCsv,
                "\xEF\xBB\xBFsource,host,expires\r\n,one.example,\r\n\r\n"
                "\"desk, 7\",\"two.example\",2026-01-06\r\n"},
        FeedRow{"JsonLines", ListFormat::kJsonLines,
                "{\"host\":\"one.example\",\"more\":[1]}\n\n"
                "{\"host\":\"two.example\",\"source\":\"desk, 7\",\"expires\":1767700000}\n"},
        FeedRow{"JsonTimes", ListFormat::kJsonLines,
                "{\"host\":\"one.example\"}\n{\"host\":\"two.example\",\"source\":\"desk, 7\","
                "\"expires\":\"2026-01-06T07:00:00+07:00\"}\n"}),
    [](const auto& row) { return row.param.name; });

struct BadDayRow {
  ListFormat format;
  std::string text;
  std::string code;
};

// An entry must not count for ever because its last day could not be read.
TEST(FeedDayTest, WhatIsNoDayIsSaid) {
  for (const BadDayRow& row : {
           BadDayRow{ListFormat::kCsv, "value,expires\na.example,Tuesday", "R093"},
           BadDayRow{ListFormat::kCsv, "value,expires\na.example,2027-06-30x", "R093"},
           BadDayRow{ListFormat::kJsonLines, R"({"value":"a.example","expires":1e300})", "R149"},
           BadDayRow{ListFormat::kJsonLines, R"({"value":"a.example","expires":-1})", "R149"},
           BadDayRow{ListFormat::kJsonLines, R"({"value":"a.example","expires":true})", "R149"},
           BadDayRow{ListFormat::kJsonLines, R"({"value":"a.example","expires":"T12"})", "R093"},
       }) {
    ListDef def;
    def.type = ListType::kDomain;
    def.entries_max = 100;
    def.format = row.format;
    Diagnostics diagnostics;
    read_list_text("feed", row.text, {}, def, diagnostics);
    ASSERT_EQ(diagnostics.size(), 1U) << row.text;
    EXPECT_EQ(diagnostics[0].code, row.code) << row.text;
  }
}

// The one that rules/README.md shows.
TEST(FeedFileTest, ReadsTheFileOfTheGuide) {
  ListDef def;
  def.type = ListType::kDomain;
  def.entries_max = 100;
  def.format = ListFormat::kCsv;
  def.columns = {{"host", true}, {"valid_until", true}, {"provider", true}};
  const auto bytes = read_file(SIEVE_TEST_DIR "/golden/feeds/bad_hosts.csv", 1'000);
  ASSERT_TRUE(bytes.has_value());
  Diagnostics diagnostics;
  read_list_text("bad_hosts.csv", *bytes, *parse_date("2026-01-05"), def, diagnostics);
  EXPECT_TRUE(diagnostics.empty());
  const ListSet list(def);
  EXPECT_EQ(list.find("pay-desk.example", kNow, TimeZone())->source, "desk 7");
  EXPECT_EQ(list.find("parcel-desk.example", kNow, TimeZone())->source, "");
}

TEST(FeedSkipTest, CountsWhatItSkips) {
  ListDef def;
  def.type = ListType::kDomain;
  def.entries_max = 100;
  def.format = ListFormat::kHosts;
  def.skips_bad = true;
  Diagnostics diagnostics;
  read_list_text("feed", "a.example\nb..example\n-\nc.example", {}, def, diagnostics);
  EXPECT_EQ(diagnostics.size(), 2U);
  for (const Diagnostic& one : diagnostics) EXPECT_EQ(one.severity, Severity::kWarning);
  const ListSet list(def);
  EXPECT_EQ(list.size(), 2U);
  EXPECT_EQ(list.skipped(), 2U);
}

}  // namespace
}  // namespace sieve
