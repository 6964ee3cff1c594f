// The named groups of a rule's patterns, whose texts conditions and summaries may name.
#include <algorithm>

#include "rule/regex_groups.h"
#include "rule/rule_parts.h"

namespace sieve {
namespace {

class CaptureParser {
 public:
  CaptureParser(const std::vector<PatternDef>& patterns, const YamlContext& context)
      : patterns_(patterns), context_(context) {}

  void add_pattern(uint32_t pattern, const YamlNode& regexes);
  std::vector<CaptureDef> take() { return std::move(captures_); }

 private:
  void add_regex(uint32_t pattern, const YamlNode& regex);
  void add_group(uint32_t pattern, const YamlNode& regex, const RegexGroup& group);

  const std::vector<PatternDef>& patterns_;
  const YamlContext& context_;
  std::vector<CaptureDef> captures_;
  size_t first_ = 0;            // Of the present pattern, in captures_.
  std::vector<size_t> counts_;  // By capture of it: in how many of its expressions.
};

void CaptureParser::add_pattern(uint32_t pattern, const YamlNode& regexes) {
  first_ = captures_.size();
  counts_.clear();
  if (regexes.kind == YamlKind::kScalar) add_regex(pattern, regexes);
  for (const auto& item : regexes.items) add_regex(pattern, *item);
  const size_t all = regexes.kind == YamlKind::kScalar ? 1 : regexes.items.size();
  for (size_t i = 0; i < counts_.size(); ++i) {
    if (counts_[i] < all) captures_[first_ + i].may_be_unset = true;
  }
}

void CaptureParser::add_regex(uint32_t pattern, const YamlNode& regex) {
  if (regex.kind != YamlKind::kScalar) return;
  for (const RegexGroup& group : named_groups(regex.scalar)) add_group(pattern, regex, group);
}

void CaptureParser::add_group(uint32_t pattern, const YamlNode& regex, const RegexGroup& group) {
  const auto first = captures_.begin() + static_cast<std::ptrdiff_t>(first_);
  const auto known = std::find_if(first, captures_.end(),
                                  [&](const CaptureDef& one) { return one.group == group.name; });
  if (known != captures_.end()) {
    ++counts_[static_cast<size_t>(known - first)];
    known->may_be_unset |= group.may_be_unset;
    return;
  }
  CaptureDef capture;
  capture.group = group.name;
  capture.name = patterns_[pattern].name + "." + capture.group;
  capture.pattern = pattern;
  capture.may_be_unset = group.may_be_unset;
  capture.span = regex.span_at(group.begin, std::max<size_t>(group.name.size(), 1));
  if (!check_name(capture.group, capture.span, "group", context_)) return;
  captures_.push_back(std::move(capture));
  counts_.push_back(1);
}

}  // namespace

std::vector<CaptureDef> parse_captures(const YamlNode& node,
                                       const std::vector<PatternDef>& patterns,
                                       const YamlContext& context) {
  CaptureParser parser(patterns, context);
  for (uint32_t i = 0; i < patterns.size(); ++i) {
    const YamlNode* regexes = node.entries[i].value->find("re");
    if (patterns[i].kind == PatternKind::kRegex && regexes != nullptr) {
      parser.add_pattern(i, *regexes);
    }
  }
  return parser.take();
}

}  // namespace sieve
