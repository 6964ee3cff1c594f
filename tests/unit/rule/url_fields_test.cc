#include "rule/url_fields.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <set>
#include <string>

#include "text/urls.h"

namespace sieve {
namespace {

std::string shown(std::string_view text, std::string_view field) {
  Folder folder;
  const FoldedText& folded = folder.fold(text);
  Entities entities;
  find_urls(folded, entities);
  if (entities.urls.size() != 1) return fmt::format("{} links", entities.urls.size());
  const UrlFieldId id = *find_url_field(field);
  const FieldValue value = url_field_value(id, entities.urls[0], folded.text);
  if (!value.present) return "absent";
  if (info_of(id).type == FieldType::kString) return std::string(value.text);
  return fmt::format("{}", value.number);
}

struct FieldRow {
  const char* name;
  const char* text;
  const char* field;
  const char* want;
};
class UrlFieldTest : public ::testing::TestWithParam<FieldRow> {};

TEST_P(UrlFieldTest, ReadsOneLink) {
  EXPECT_EQ(shown(GetParam().text, GetParam().field), GetParam().want);
}

constexpr const char* kPlain = "go to https://a.Shop77.co.th:8080/Pay?id=7#x now";

const FieldRow kRows[] = {
    {"Host", kPlain, "url.host", "a.shop77.co.th"},
    {"HostOfLettersBeyondAscii", "http://bücher.example/", "url.host", "xn--bcher-kva.example"},
    {"HostThatWasDressed", "hxxp://win[.]example", "url.host", "win.example"},
    {"Domain", kPlain, "url.domain", "shop77.co.th"},
    {"DomainOfAnAddress", "http://192.0.2.7/x", "url.domain", "absent"},
    {"Tld", kPlain, "url.tld", "th"},
    {"TldOfAnAddress", "http://192.0.2.7/x", "url.tld", "absent"},
    {"Path", kPlain, "url.path", "/pay?id=7#x"},
    {"PathOfQueryAlone", "https://win.example?x=1", "url.path", "?x=1"},
    {"NoPath", "https://win.example", "url.path", "absent"},
    {"NoPathBehindAPort", "https://win.example:81", "url.path", "absent"},
    {"RootPath", "https://win.example/", "url.path", "/"},
    {"Labels", kPlain, "url.labels", "4"},
    {"LabelsOfAnAddress", "http://192.0.2.7/x", "url.labels", "absent"},
    {"Digits", kPlain, "url.digits", "2"},
    {"DigitsOfTheHostAreNotOfTheDomain", "https://a1.win.example", "url.digits", "0"},
    {"DigitsOfAnAddress", "http://192.0.2.7/x", "url.digits", "absent"},
    {"Scheme", kPlain, "url.has_scheme", "1"},
    {"SchemeThatWasDressed", "hxxps://win.example", "url.has_scheme", "1"},
    {"NoScheme", "win.example/x", "url.has_scheme", "0"},
    {"Port", kPlain, "url.has_port", "1"},
    {"NoPort", "https://win.example", "url.has_port", "0"},
    {"Userinfo", "https://bank.example@win.example/x", "url.has_userinfo", "1"},
    {"Address", "http://192.0.2.7/x", "url.is_ip", "1"},
    {"NoAddress", kPlain, "url.is_ip", "0"},
    {"Punycode", "http://xn--bcher-kva.example", "url.is_punycode", "1"},
    {"DefangedScheme", "hxxp://win.example", "url.is_defanged", "1"},
    {"DefangedDot", "http://win[.]example", "url.is_defanged", "1"},
    {"NotDefanged", kPlain, "url.is_defanged", "0"},
    {"Spaced", "http://win . example", "url.is_spaced", "1"},
    {"Glued", "nowhttps://win.example", "url.is_glued", "1"},
    {"Reordered", "https://win\u202E.example/x", "url.is_reordered", "1"},
};
INSTANTIATE_TEST_SUITE_P(Rows, UrlFieldTest, ::testing::ValuesIn(kRows),
                         [](const auto& row) { return std::string(row.param.name); });

TEST(UrlFieldsTest, AreNamedOnceAndFoundByName) {
  std::set<std::string_view> names;
  for (size_t i = 0; i < all_url_fields().size(); ++i) {
    const UrlFieldInfo& info = all_url_fields()[i];
    EXPECT_TRUE(names.insert(info.name).second) << info.name;
    EXPECT_TRUE(is_url_field_name(info.name)) << info.name;
    EXPECT_EQ(find_url_field(info.name)->index(), i);
    EXPECT_FALSE(info.summary.empty()) << info.name;
    EXPECT_FALSE(find_field(info.name).has_value()) << info.name;
  }
  EXPECT_FALSE(find_url_field("url.").has_value());
  EXPECT_FALSE(find_url_field("").has_value());
}

}  // namespace
}  // namespace sieve
