// What a rule says of itself, for people: who wrote it, when, what it is about, where it errs.
#include <fmt/format.h>

#include "rule/expiry.h"
#include "rule/rule_parts.h"

namespace sieve {
namespace {

std::optional<Date> read_date(YamlReader& reader, std::string_view key,
                              const YamlContext& context) {
  const std::string written = reader.optional_string(key);
  const YamlNode* node = reader.node().find(key);
  if (node == nullptr || node->kind != YamlKind::kScalar) return {};
  const auto date = parse_date(written);
  if (!date) {
    context.error("R093", node->span, fmt::format("`{}` is no date", written)).help =
        "write a day as 2027-06-30";
  }
  return date;
}

// `metadata:` has whatever an organisation wants to know: texts by name.
void read_texts(const YamlNode& node, Rule& rule, const YamlContext& context) {
  if (node.kind != YamlKind::kMap) {
    context.error("R003", node.span, "`metadata` must be a map from names to texts");
    return;
  }
  for (const YamlEntry& entry : node.entries) {
    check_name(entry.key, entry.key_span, "text of the metadata", context);
    if (entry.value->kind == YamlKind::kScalar) {
      rule.metadata.emplace_back(entry.key, entry.value->scalar);
    } else {
      context.error("R003", entry.value->span,
                    fmt::format("`{}` must be a single text", entry.key));
    }
  }
}

}  // namespace

void read_metadata(YamlReader& reader, Rule& rule, Date today, const YamlContext& context) {
  rule.author = reader.optional_string("author");
  rule.tags = reader.optional_strings("tags");
  const YamlNode* tags = reader.node().find("tags");
  if (tags != nullptr) rule.tags_span = tags->span;
  rule.references = reader.optional_strings("references");
  rule.false_positives = reader.optional_strings("false_positives");
  rule.created = read_date(reader, "created", context);
  rule.modified = read_date(reader, "modified", context);
  rule.last_day = read_last_day(reader, {"rule", rule.id, rule.id_span}, today, context);
  if (const YamlNode* metadata = reader.optional_node("metadata")) {
    read_texts(*metadata, rule, context);
  }
  if (!rule.created || !rule.modified || *rule.created <= *rule.modified) return;
  Diagnostic& out = context.error("R132", reader.node().find("modified")->span,
                                  "the rule was modified before it was created");
  out.related.push_back({"", reader.node().find("created")->span, "created"});
  out.help = "swap them, or set `modified` to the day of the last change";
}

}  // namespace sieve
