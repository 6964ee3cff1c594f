// Writes engine/text/fold_table.cc to standard output; `cmake --build build --target tables` does
// it in place. Needs ICU 72 (Unicode 15.0), as in Debian 12: another version writes another table,
// and then kFoldVersion (text/fold.h) must change. The test fold_table_is_current compares the two.
#include <unicode/uchar.h>
#include <unicode/uversion.h>

#include <algorithm>
#include <cstdio>
#include <map>
#include <string>
#include <tuple>
#include <vector>

#include "tables/fold_of.h"

namespace sieve::tables {
namespace {

constexpr char32_t kCodePointEnd = 0x110000;
constexpr size_t kBlock = 128;

std::string utf8_of(const std::u32string& text) {
  std::string out;
  for (const char32_t c : text) {
    char bytes[4];
    int32_t size = 0;
    U8_APPEND_UNSAFE(bytes, size, static_cast<UChar32>(c));
    out.append(bytes, static_cast<size_t>(size));
  }
  return out;
}

using PropsKey = std::tuple<int, int, char, int, int>;

PropsKey key_of(const CharProps& p) {
  return {static_cast<int>(p.kind), static_cast<int>(p.script), p.alike, p.combining_class,
          p.flags};
}

struct Table {
  std::vector<CharProps> props;
  std::vector<uint32_t> rows;  // Without the identity rows.
  size_t identity_rows = 0;
  std::string bytes;
  std::vector<uint16_t> blocks;
  std::vector<uint16_t> entries;
  std::vector<RowUse> uses;    // By row.
  std::vector<uint64_t> self;  // By 64 code points.
};

struct Character {
  std::string mapping;
  bool identity = false;
  CharProps props{};
};

std::vector<Character> read_characters(const CharacterRules& rules) {
  std::vector<Character> characters(kCodePointEnd);
  for (char32_t c = 0; c < kCodePointEnd; ++c) {
    if (c >= 0xD800 && c <= 0xDFFF) {
      characters[c].identity = true;
      continue;
    }
    const std::u32string mapping = rules.fold_of(c);
    characters[c] = {utf8_of(mapping), mapping == std::u32string{c}, rules.props_of(c, mapping)};
  }
  return characters;
}

// Frequent properties first, so that the numbers of identity rows are short in the source.
std::map<PropsKey, uint32_t> number_props(const std::vector<Character>& characters, Table& table) {
  std::map<PropsKey, std::pair<size_t, CharProps>> identity, mapped;
  for (const Character& c : characters) {
    auto& slot = (c.identity ? identity : mapped)[key_of(c.props)];
    ++slot.first;
    slot.second = c.props;
  }
  std::map<PropsKey, uint32_t> numbers;
  const auto add = [&](const auto& found) {
    std::vector<std::pair<size_t, CharProps>> order;
    for (const auto& [key, slot] : found) {
      if (!numbers.contains(key)) order.push_back(slot);
    }
    std::stable_sort(order.begin(), order.end(),
                     [](const auto& a, const auto& b) { return a.first > b.first; });
    for (const auto& [count, props] : order) {
      numbers[key_of(props)] = static_cast<uint32_t>(table.props.size());
      table.props.push_back(props);
    }
  };
  add(identity);
  table.identity_rows = table.props.size();
  add(mapped);
  return numbers;
}

uint32_t place_of(const std::string& mapping, std::string& bytes) {
  size_t at = bytes.find(mapping);
  if (at == std::string::npos) {
    at = bytes.size();
    bytes += mapping;
  }
  return static_cast<uint32_t>(at);
}

RowUse use_of(const CharProps& props, std::string_view mapping) {
  if ((props.flags & ~kFullWidth) != 0 || mapping == "\xEF\xBF\xBD") return RowUse::kInContext;
  const bool sign = props.kind == CharKind::kSpace || props.kind == CharKind::kPunctuation;
  if (sign) return props.flags == 0 ? RowUse::kSign : RowUse::kWideSign;
  const bool ascii = std::any_of(mapping.begin(), mapping.end(), [](char c) { return c > 0; });
  if (props.flags != 0 || ascii) return RowUse::kInContext;
  if (props.kind == CharKind::kUnspaced) return RowUse::kUnspacedLetter;
  if (props.kind != CharKind::kSpaced) return RowUse::kInContext;
  if (props.script == CharScript::kLatin) return RowUse::kLatinLetter;
  return props.script == CharScript::kOther ? RowUse::kSpacedLetter : RowUse::kInContext;
}

// True when something of the mapping belongs to what stands before it.
bool extends(std::string_view mapping, const std::vector<Character>& characters) {
  const auto size = static_cast<int32_t>(mapping.size());
  for (int32_t at = 0; at < size;) {
    UChar32 c = 0;
    U8_NEXT_UNSAFE(mapping.data(), at, c);
    if ((characters[static_cast<size_t>(c)].props.flags & kExtends) != 0) return true;
  }
  return false;
}

std::vector<RowUse> uses_of(const Table& table, const std::vector<Character>& characters) {
  std::vector<RowUse> uses;
  for (size_t row = 0; row < table.identity_rows; ++row) {
    uses.push_back(use_of(table.props[row], {}));
  }
  for (const uint32_t row : table.rows) {
    const auto mapping = std::string_view(table.bytes).substr(row >> 16, (row >> 10) & 63);
    const bool alone = !extends(mapping, characters);
    uses.push_back(alone ? use_of(table.props[row & 1023], mapping) : RowUse::kInContext);
  }
  return uses;
}

std::vector<uint64_t> self_folding(const std::vector<Character>& characters) {
  std::vector<uint64_t> words(0x10000 / 64);
  for (char32_t c = 0x0800; c < 0x10000; ++c) {
    const bool self =
        characters[c].identity && use_of(characters[c].props, {}) == RowUse::kUnspacedLetter;
    if (self) words[c / 64] |= uint64_t{1} << c % 64;
  }
  return words;
}

Table build(const CharacterRules& rules) {
  const std::vector<Character> characters = read_characters(rules);
  Table table;
  const std::map<PropsKey, uint32_t> numbers = number_props(characters, table);
  std::map<uint32_t, uint16_t> row_numbers;
  std::map<std::vector<uint16_t>, uint16_t> block_numbers;
  std::vector<uint16_t> block;
  for (const Character& c : characters) {
    const uint32_t props = numbers.at(key_of(c.props));
    uint32_t row = props;
    if (!c.identity) {
      const uint32_t packed = place_of(c.mapping, table.bytes) << 16 |
                              static_cast<uint32_t>(c.mapping.size()) << 10 | props;
      const auto number = static_cast<uint16_t>(table.identity_rows + table.rows.size());
      const auto [slot, added] = row_numbers.emplace(packed, number);
      if (added) table.rows.push_back(packed);
      row = slot->second;
    }
    block.push_back(static_cast<uint16_t>(row));
    if (block.size() < kBlock) continue;
    const auto [slot, added] =
        block_numbers.emplace(block, static_cast<uint16_t>(block_numbers.size()));
    if (added) table.entries.insert(table.entries.end(), block.begin(), block.end());
    table.blocks.push_back(slot->second);
    block.clear();
  }
  table.uses = uses_of(table, characters);
  table.self = self_folding(characters);
  return table;
}

template <typename T, typename Format>
void print_array(const char* head, const std::vector<T>& values, Format format) {
  std::printf("%s = {", head);
  size_t column = 100;
  for (const T& value : values) {
    const std::string item = format(value) + ",";
    if (column + item.size() > 99) {
      std::printf("\n");
      column = 0;
    }
    std::printf("%s", item.c_str());
    column += item.size();
  }
  std::printf("};\n\n");
}

// Han, Kana and Hangul as they are, the rest in ASCII: three octal digits always, so that no escape
// runs into the next character.
std::string escaped(const std::string& bytes, size_t& at) {
  const auto lead = static_cast<unsigned char>(bytes[at]);
  if (lead >= 0xE3 && lead <= 0xED) {
    at += 3;
    return bytes.substr(at - 3, 3);
  }
  ++at;
  if (lead > ' ' && lead < 0x7F && lead != '"' && lead != '\\' && lead != '?') {
    return std::string(1, static_cast<char>(lead));
  }
  char out[8];
  std::snprintf(out, sizeof out, "\\%03o", lead);
  return out;
}

void print_bytes(const std::string& bytes) {
  std::printf("const char kFoldBytes[] =");
  for (size_t at = 0; at < bytes.size();) {
    std::string line;
    while (at < bytes.size() && line.size() < 90) line += escaped(bytes, at);
    std::printf("\n\"%s\"", line.c_str());
  }
  std::printf(";\n\n");
}

void print_compositions(const std::vector<CompositionPair>& pairs) {
  print_array("const CompositionPair kCompositions[]", pairs, [](const CompositionPair& p) {
    char out[40];
    std::snprintf(out, sizeof out, "{%u,%u,%u}", static_cast<unsigned>(p.first),
                  static_cast<unsigned>(p.second), static_cast<unsigned>(p.composed));
    return std::string(out);
  });
  std::printf("const size_t kCompositionCount = %zu;\n\n", pairs.size());
  std::vector<uint16_t> order(pairs.size());
  for (size_t i = 0; i < order.size(); ++i) order[i] = static_cast<uint16_t>(i);
  std::sort(order.begin(), order.end(),
            [&pairs](uint16_t a, uint16_t b) { return pairs[a].composed < pairs[b].composed; });
  print_array("const uint16_t kDecompositions[]", order,
              [](uint16_t i) { return std::to_string(i); });
}

void print(const Table& table, const std::vector<CompositionPair>& pairs) {
  const auto number = [](auto value) { return std::to_string(value); };
  std::printf(
      "// Generated by tests/tables/make_fold_table.cc with ICU %s (Unicode %s).\n"
      "#include \"text/fold_table.h\"\n\n// clang-format off\nnamespace sieve {\n\n",
      U_ICU_VERSION, U_UNICODE_VERSION);
  std::printf("const char kFoldUnicodeVersion[] = \"%s\";\n", U_UNICODE_VERSION);
  std::printf("const uint32_t kFoldIdentityRows = %zu;\n\n", table.identity_rows);
  print_array("const CharProps kFoldProps[]", table.props, [](const CharProps& p) {
    char out[60];
    std::snprintf(out, sizeof out, "{CharKind(%d),CharScript(%d),%d,%d,%d}",
                  static_cast<int>(p.kind), static_cast<int>(p.script), p.alike, p.combining_class,
                  p.flags);
    return std::string(out);
  });
  print_array("const uint32_t kMappedRows[]", table.rows, number);
  print_array("const uint8_t kFoldRowUses[]", table.uses,
              [](RowUse use) { return std::to_string(static_cast<int>(use)); });
  print_array("const uint64_t kFoldSelf[]", table.self,
              [](uint64_t word) { return std::to_string(word) + "u"; });
  print_bytes(table.bytes + std::string(kFoldBytesSlack, ' '));
  print_array("const uint16_t kFoldBlocks[]", table.blocks, number);
  print_array("const uint16_t kFoldEntries[]", table.entries, number);
  print_compositions(pairs);
  std::printf("}  // namespace sieve\n");
}

}  // namespace
}  // namespace sieve::tables

int main() {
  const sieve::tables::CharacterRules rules;
  const sieve::tables::Table table = sieve::tables::build(rules);
  sieve::tables::print(table, rules.compositions());
}
