#include <algorithm>

#include "rule/format_steps.h"

namespace sieve {
namespace {

// The keys of a rule stand in any order: file, list of rules, rule.
constexpr size_t kRuleDepth = 2;

struct Pair {
  const YamlNode* a;
  const YamlNode* b;
  size_t depth;
};

bool is_quoted(YamlStyle style) {
  return style == YamlStyle::kSingleQuoted || style == YamlStyle::kDoubleQuoted;
}

bool same_scalar(const YamlNode& a, const YamlNode& b) {
  const bool same_style = a.style == b.style || (is_quoted(a.style) && is_quoted(b.style));
  return same_style && a.scalar == b.scalar;
}

}  // namespace

bool same_content(const YamlNode& a, const YamlNode& b) {
  std::vector<Pair> pairs = {{&a, &b, 0}};
  while (!pairs.empty()) {
    const Pair pair = pairs.back();
    pairs.pop_back();
    if (pair.a->kind != pair.b->kind || !same_scalar(*pair.a, *pair.b)) return false;
    if (pair.a->items.size() != pair.b->items.size()) return false;
    if (pair.a->entries.size() != pair.b->entries.size()) return false;
    for (size_t i = 0; i < pair.a->items.size(); ++i) {
      pairs.push_back({pair.a->items[i].get(), pair.b->items[i].get(), pair.depth + 1});
    }
    for (size_t i = 0; i < pair.a->entries.size(); ++i) {
      const YamlEntry& entry = pair.a->entries[i];
      const YamlEntry* other =
          pair.depth == kRuleDepth ? pair.b->find_entry(entry.key) : &pair.b->entries[i];
      if (other == nullptr || other->key != entry.key) return false;
      pairs.push_back({entry.value.get(), other->value.get(), pair.depth + 1});
    }
  }
  return true;
}

}  // namespace sieve
