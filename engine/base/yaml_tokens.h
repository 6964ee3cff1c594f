// The tokens of a YAML text with their bytes: for tools that change a file as its author wrote it,
// comments included, where a tree has lost too much.
//
// Thread safety: pure functions. Lifetime: tokens refer to the text by offsets alone.
// Units: bytes from 0; lines and columns from 1, columns in characters.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/yaml.h"

namespace sieve {

enum class YamlTokenKind : uint8_t {
  kBlockMapStart,   // Without bytes, where the map's first key begins.
  kBlockListStart,  // The same; a list that is not indented below its key has none.
  kBlockEnd,
  kDash,
  kKey,  // In front of a key; `?` where the key is written so, else without bytes.
  kValue,
  kFlowMapStart,
  kFlowMapEnd,
  kFlowListStart,
  kFlowListEnd,
  kComma,
  kScalar,
  kDocumentMark  // `---` or `...`.
};

struct YamlToken {
  YamlTokenKind kind = YamlTokenKind::kScalar;
  YamlStyle style = YamlStyle::kPlain;  // Of a scalar.
  size_t begin = 0;
  size_t end = 0;
  uint32_t line = 0;
  uint32_t column = 0;
  uint32_t end_line = 0;
};

// In the order of the text. REQUIRES: parse_yaml accepts `text`, which has no byte order mark.
std::vector<YamlToken> scan_yaml(std::string_view text);

// Every comment from its `#` to the end of its line, in the order of the text.
std::vector<std::string> yaml_comments(std::string_view text, const std::vector<YamlToken>& tokens);

}  // namespace sieve
