// What is found in texts: tests/golden/entities/. A line is `input => kind:value@span; ...`, or
// `input => -` when nothing is found; the kinds are url, handle (service and id), phone, amount,
// code and crypto. `[TH]` alone sets the country whose national numbers are read in what follows,
// `[]` none. \u{XX} is a code point.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include <string>
#include <string_view>

#include "golden/golden.h"
#include "text/entities.h"

namespace sieve {
namespace {

std::string describe(const FoldedText& folded, const Entities& entities) {
  std::string out;
  const auto add = [&out](std::string_view what, std::string_view text, ByteSpan span) {
    if (!out.empty()) out += "; ";
    out += fmt::format("{}@{}", what, text.substr(span.begin, span.end - span.begin));
  };
  for (const Url& url : entities.urls) add(fmt::format("url:{}", url.host), folded.text, url.span);
  for (const Handle& handle : entities.handles) {
    add(fmt::format("handle:{}:{}", handle.service, handle.id), folded.text, handle.span);
  }
  for (const Phone& phone : entities.phones) {
    add(fmt::format("phone:{}:{}", phone.country, phone.number), folded.text, phone.span);
  }
  for (const Amount& amount : entities.amounts) {
    add(fmt::format("amount:{} {}", amount.value, amount.currency), folded.text, amount.span);
  }
  for (const OneTimeCode& code : entities.codes) add("code", folded.text, code.span);
  for (const CryptoAddress& address : entities.crypto_addresses) {
    add(fmt::format("crypto:{}", address.network), folded.raw, address.span);
  }
  return out.empty() ? "-" : out;
}

// `line` with the right side that we find.
std::string answered(std::string_view line, std::string& country) {
  if (line.starts_with('[') && line.ends_with(']')) country = line.substr(1, line.size() - 2);
  const size_t arrow = line.find(" => ");
  if (line.starts_with('#') || arrow == std::string_view::npos) return std::string(line);
  const std::string input = testing::golden_unescaped(line.substr(0, arrow));
  Folder folder;
  Entities entities;
  const FoldedText& folded = folder.fold(input);
  extract_entities(folded, entities, {find_plan(country)});
  return fmt::format("{} => {}", line.substr(0, arrow), describe(folded, entities));
}

class EntitiesGoldenTest : public ::testing::TestWithParam<std::string> {};

TEST_P(EntitiesGoldenTest, FindsWhatTheLinesSay) {
  const std::string file = testing::golden_read(GetParam());
  ASSERT_FALSE(file.empty());
  std::string got;
  std::string country;
  for (size_t begin = 0; begin < file.size();) {
    const size_t end = std::min(file.find('\n', begin), file.size());
    got += answered(std::string_view(file).substr(begin, end - begin), country) + "\n";
    begin = end + 1;
  }
  testing::expect_golden(GetParam(), got);
}

INSTANTIATE_TEST_SUITE_P(Files, EntitiesGoldenTest,
                         ::testing::ValuesIn(testing::golden_inputs("entities", "", ".txt")),
                         [](const auto& row) { return testing::golden_name(row.param, ".txt"); });

}  // namespace
}  // namespace sieve
