// Any bytes are a list file or diagnostics that can be shown. What was read is found again, and
// read again it is the same. The first byte chooses the type and the format of the list.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "match/list_set.h"
#include "rule/list_file.h"

namespace {

constexpr sieve::Date kToday{20'000};

sieve::ListDef read(uint8_t choice, std::string_view text, sieve::Diagnostics& diagnostics) {
  sieve::ListDef list;
  list.name = "listed";
  list.rule_file = "fuzz.rules.yaml";
  list.type = static_cast<sieve::ListType>(choice % 4);
  list.subdomains = list.type == sieve::ListType::kDomain && choice % 8 >= 4;
  list.entries_max = 1'000;
  if (choice % 16 >= 8 && list.type != sieve::ListType::kDomain) list.country = "TH";
  list.format = static_cast<sieve::ListFormat>(choice / 16 % 4);
  list.skips_bad = choice >= 64;
  sieve::read_list_text("fuzz.txt", text, kToday, list, diagnostics);
  return list;
}

// The entries, one a line, as they were made canonical.
std::string lines_of(const sieve::ListDef& list) {
  std::string out;
  const sieve::PackedStringSet& values = list.entries.values;
  values.for_each([&](uint32_t place) { out += std::string(values.at(place)) + "\n"; });
  return out;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  if (size == 0) return 0;
  const std::string_view text(reinterpret_cast<const char*>(data) + 1, size - 1);
  sieve::Diagnostics diagnostics;
  sieve::ListDef list = read(data[0], text, diagnostics);
  sieve::sort_diagnostics(diagnostics);
  for (const sieve::Diagnostic& diagnostic : diagnostics) {
    if (sieve::render(diagnostic, {{"fuzz.txt", text}}).empty()) std::abort();
  }
  const std::string lines = lines_of(list);
  if (list.type == sieve::ListType::kDomain) {
    sieve::Diagnostics others;
    const auto plain = static_cast<uint8_t>(data[0] % 16);
    if (lines_of(read(plain, lines, others)) != lines) std::abort();
  }
  const size_t count = list.entries.values.size();
  const sieve::ListSet set(list);
  if (set.size() != count) std::abort();
  // A record of 1970: nothing has expired yet.
  for (size_t begin = 0; begin < lines.size();) {
    const size_t end = lines.find('\n', begin);
    if (!set.contains(lines.substr(begin, end - begin), {}, {})) std::abort();
    begin = end + 1;
  }
  return 0;
}
