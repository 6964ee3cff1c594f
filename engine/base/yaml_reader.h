// A YamlReader takes a map apart field by field, notes every wrong type and, at the end, every
// field that nobody asked for, with the nearest known name.
//
//   YamlReader reader(node, "rule", context);
//   rule.id = reader.required_string("id");
//   rule.tier = reader.optional_int("tier", 2, {1, 4});
//   reader.finish();   // Unknown keys become diagnostics.
//
// Thread safety: none. Lifetime: refers to the node and the context.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/yaml.h"

namespace sieve {

// Where diagnostics of one file go. `prefix` is the family letter of the codes of types and fields:
// `R` (rules) or `C` (configuration): <prefix>001 missing field, <prefix>002 unknown field,
// <prefix>003 wrong type, <prefix>004 out of range, <prefix>005 not one of the allowed values.
struct YamlContext {
  std::string file;
  char prefix = 'C';
  Diagnostics* diagnostics = nullptr;

  // Adds an error (or warning) at `span` and returns it for more detail.
  Diagnostic& error(std::string_view code, SourceSpan span, std::string title) const;
  Diagnostic& warning(std::string_view code, SourceSpan span, std::string title) const;
  // Takes the patches from the diagnostics number `from` and later, all about parts of `node`, when
  // the places of its parts are not known: they would replace all of it.
  void drop_lost_patches(const YamlNode& node, size_t from) const;
};

struct IntRange {
  int64_t min;
  int64_t max;
};

struct DurationRange {
  Duration min;
  Duration max;
};

struct ByteSizeRange {
  uint64_t min;
  uint64_t max;
};

class YamlReader {
 public:
  // `what` names the map in messages ("rule", "source"). A node that is no map is an error, and
  // every reading then gives its default.
  YamlReader(const YamlNode& node, std::string_view what, const YamlContext& context);

  std::string required_string(std::string_view key);
  std::string optional_string(std::string_view key, std::string_view otherwise = "");
  int64_t optional_int(std::string_view key, int64_t otherwise, IntRange range);
  double optional_number(std::string_view key, double otherwise);
  bool optional_bool(std::string_view key, bool otherwise);
  Duration optional_duration(std::string_view key, Duration otherwise);
  Duration optional_duration(std::string_view key, Duration otherwise, DurationRange range);
  Duration required_duration(std::string_view key);
  uint64_t optional_byte_size(std::string_view key, uint64_t otherwise, ByteSizeRange range);
  // The index of the value in `names`; `otherwise` when the key is absent or wrong.
  size_t optional_choice(std::string_view key, size_t otherwise,
                         const std::vector<std::string_view>& names);
  std::vector<std::string> optional_strings(std::string_view key);  // A list, or one scalar.

  // The raw node, marked as known; null when absent.
  const YamlNode* optional_node(std::string_view key);
  const YamlNode* required_node(std::string_view key);

  bool is_map() const;
  const YamlNode& node() const { return node_; }
  // Reports keys that no call asked for. Call once, last.
  void finish();

 private:
  const YamlNode* take(std::string_view key);
  const YamlNode* take_scalar(std::string_view key);

  const YamlNode& node_;
  std::string what_;
  const YamlContext& context_;
  std::vector<std::string_view> known_;
};

}  // namespace sieve
