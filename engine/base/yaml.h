// Strict YAML 1.1 with marks: a tree of scalars, lists and maps in which every node and key knows
// its place. What damaged files need to be caught is an error here: duplicate keys, anchors,
// aliases, tags, merge keys, several documents, invalid UTF-8, depth and size beyond limits.h.
//
//   Expected<YamlDocument, Diagnostics> document = parse_yaml("a.yaml", bytes);
//   const YamlNode* listen = document->root().find("listen");
//
// Thread safety: immutable after parse. Lifetime: nodes live as long as their document.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/diagnostic.h"
#include "base/expected.h"
#include "base/time.h"

namespace sieve {

enum class YamlKind : uint8_t { kNull, kScalar, kList, kMap };

// How a scalar was written: `plain` scalars may be numbers or booleans, quoted ones are strings,
// and the text of a literal block (`|`) starts on the line after its mark.
enum class YamlStyle : uint8_t { kPlain, kSingleQuoted, kDoubleQuoted, kLiteral, kFolded };

struct YamlNode;

struct YamlEntry {
  std::string key;
  SourceSpan key_span;
  std::unique_ptr<YamlNode> value;
};

struct YamlNode {
  YamlKind kind = YamlKind::kNull;
  YamlStyle style = YamlStyle::kPlain;
  SourceSpan span;  // Where the value starts; for a scalar, all of it within the line.
  std::string scalar;
  std::vector<std::unique_ptr<YamlNode>> items;  // Of a list.
  std::vector<YamlEntry> entries;                // Of a map, in file order.
  // Of a literal block: the column at which its text lines start, for offsets within it.
  uint32_t block_column = 0;

  // The value of `key`, or null when this is no map or has no such key.
  const YamlNode* find(std::string_view key) const;
  const YamlEntry* find_entry(std::string_view key) const;
  // Typed readings of a plain scalar; nothing when it is something else.
  std::optional<bool> as_bool() const;          // true | false only: `yes` and `on` are strings.
  std::optional<int64_t> as_int() const;        // Decimal digits with an optional minus.
  std::optional<double> as_number() const;      // Decimal, finite.
  std::optional<Duration> as_duration() const;  // 30s, 10m.
  // The place of byte `offset` of the scalar's text, for errors inside expressions and patterns;
  // the whole value where escapes or line breaks lose the way back.
  SourceSpan span_at(size_t offset, size_t size_chars = 1) const;
  // Whether they do not: only then may a part of the value be patched.
  bool knows_places() const;
};

class YamlDocument {
 public:
  YamlDocument(std::string file, std::unique_ptr<YamlNode> root)
      : file_(std::move(file)), root_(std::move(root)) {}
  const std::string& file() const { return file_; }
  const YamlNode& root() const { return *root_; }
  // For changes before the document is read (overrides).
  YamlNode& root() { return *root_; }

 private:
  std::string file_;
  std::unique_ptr<YamlNode> root_;
};

// Diagnostic codes: Y001 syntax, Y002 duplicate key, Y003 not allowed here (anchor, alias, tag,
// merge key, second document, folded block where marked), Y004 invalid UTF-8, Y005 too large or too
// deep, Y006 raw invisible or bidirectional control character.
Expected<YamlDocument, Diagnostics> parse_yaml(std::string_view file, std::string_view text);

}  // namespace sieve
