// `lists:`: what a list is, and the entries that stand in the rule file itself.
#include <fmt/format.h>

#include <algorithm>

#include "base/limits.h"
#include "base/phone.h"
#include "rule/definition_parts.h"
#include "rule/list_builder.h"
#include "rule/rule_parts.h"

namespace sieve {
namespace {

enum class Match : uint8_t { kExact, kSubdomain };
enum class OnBad : uint8_t { kError, kSkip };
enum class OnEmpty : uint8_t { kError, kKeepPrevious, kAllow };

SourceSpan span_of(const YamlNode& map, std::string_view key) {
  const YamlNode* node = map.find(key);
  return node != nullptr ? node->span : map.span;
}

void read_match(YamlReader& reader, ListDef& list, const YamlContext& context) {
  const auto match = static_cast<Match>(reader.optional_choice("match", 0, {"exact", "subdomain"}));
  list.subdomains = match == Match::kSubdomain;
  if (!list.subdomains || list.type == ListType::kDomain) return;
  context
      .error("R086", span_of(reader.node(), "match"),
             fmt::format("a list of type {} has no subdomains", name_of(list.type)))
      .help = "remove `match`, or make it `type: domain`";
}

void read_country(YamlReader& reader, ListDef& list, const YamlContext& context) {
  list.country = reader.optional_string("country");
  if (list.country.empty()) return;
  const SourceSpan span = span_of(reader.node(), "country");
  if (list.type != ListType::kNumber && list.type != ListType::kSender) {
    context
        .error("R086", span,
               fmt::format("a list of type {} has no numbers to read", name_of(list.type)))
        .help = "remove `country`, or make it `type: number`";
  } else if (find_plan(list.country) == nullptr) {
    context.error("R086", span, fmt::format("no numbering plan of `{}` is known", list.country))
        .help = "write a code of two capitals, such as TH, or the numbers with + and calling code";
  }
}

void read_on_empty(YamlReader& reader, ListDef& list) {
  const auto on_empty = static_cast<OnEmpty>(
      reader.optional_choice("on_empty", 0, {"error", "keep_previous", "allow"}));
  list.keep_previous = on_empty == OnEmpty::kKeepPrevious;
  list.may_be_empty = on_empty == OnEmpty::kAllow;
}

void read_columns(const YamlNode& node, ListDef& list, const YamlContext& context) {
  YamlReader reader(node, "columns", context);
  if (!reader.is_map()) return;
  const auto read = [&](std::string_view key, ListColumn& column) {
    std::string name = reader.optional_string(key);
    if (node.find(key) != nullptr) column = {std::move(name), true};
  };
  read("value", list.columns.value);
  read("expires", list.columns.expires);
  read("source", list.columns.source);
  reader.finish();
}

void refuse(const YamlNode& map, std::string_view key, std::string title, std::string help,
            const YamlContext& context) {
  context.error("R086", span_of(map, key), std::move(title)).help = std::move(help);
}

// How the file of a feed is to be read.
void read_feed(YamlReader& reader, ListDef& list, const YamlContext& context) {
  const YamlNode& map = reader.node();
  const size_t before = context.diagnostics->size();
  list.format = static_cast<ListFormat>(reader.optional_choice("format", 0, list_format_names()));
  list.source = reader.optional_string("source");
  const bool is_known = context.diagnostics->size() == before;
  const auto on_bad = static_cast<OnBad>(reader.optional_choice("on_bad", 0, {"error", "skip"}));
  list.skips_bad = on_bad == OnBad::kSkip;
  const YamlNode* columns = reader.optional_node("columns");
  if (columns != nullptr) read_columns(*columns, list, context);
  const bool has_columns = list.format == ListFormat::kCsv || list.format == ListFormat::kJsonLines;
  if (columns != nullptr && !has_columns && is_known) {
    refuse(map, "columns", "only CSV files and JSON lines have columns",
           "remove it, or write `format: csv` or `format: jsonl`", context);
  }
  if (list.format == ListFormat::kHosts && list.type != ListType::kDomain) {
    refuse(map, "format", "a hosts file has hosts", "make the list `type: domain`", context);
  }
  if (map.find("file") != nullptr) return;
  for (const std::string_view key : {"format", "on_bad"}) {
    if (map.find(key) == nullptr) continue;
    refuse(map, key, fmt::format("`{}` is of lists with a `file`", key), "remove it", context);
  }
}

// An entry of `items:`, as a value or as a map. Nothing when it is neither.
std::optional<WrittenEntry> written_entry(const YamlNode& node, const YamlContext& context) {
  WrittenEntry entry;
  entry.span = node.span;
  if (node.kind == YamlKind::kScalar) {
    entry.value = node.scalar;
    return entry;
  }
  if (node.kind != YamlKind::kMap) {
    context.error("R003", node.span, "an entry is a single value, or a map with its `value`");
    return std::nullopt;
  }
  const size_t before = context.diagnostics->size();
  YamlReader reader(node, "entry", context);
  reader.required_string("value");
  reader.optional_string("expires");
  reader.optional_string("source");
  reader.finish();
  if (context.diagnostics->size() > before) return std::nullopt;
  const auto read = [&node](std::string_view key, SourceSpan* span) -> std::string_view {
    const YamlNode* value = node.find(key);
    if (value == nullptr) return {};
    if (span != nullptr) *span = value->span;
    return value->scalar;
  };
  entry.value = read("value", &entry.span);
  entry.expires = read("expires", &entry.expires_span);
  entry.source = read("source", nullptr);
  return entry;
}

void read_items(const YamlNode& items, Date today, ListDef& list, const YamlContext& context) {
  if (items.kind != YamlKind::kList) {
    context.error("R003", items.span, "`items` must be a list").help =
        "write [a, b], or one entry a line behind a dash";
    return;
  }
  ListBuilder builder(list, today, context);
  for (const auto& item : items.items) {
    if (const auto entry = written_entry(*item, context)) builder.add(*entry);
    const YamlNode* value = item->kind == YamlKind::kMap ? item->find("value") : item.get();
    if (value != nullptr) check_quotes(*value, PlainIntegers::kAllowed, context);
  }
  builder.finish();
}

}  // namespace

ListDef parse_list(const YamlEntry& entry, Date today, const YamlContext& context) {
  ListDef list;
  list.name = entry.key;
  list.span = entry.key_span;
  list.rule_file = context.file;
  const size_t before = context.diagnostics->size();
  YamlReader reader(*entry.value, "list", context);
  if (!reader.is_map()) return list;
  reader.required_node("type");
  list.type = static_cast<ListType>(reader.optional_choice("type", 0, list_type_names()));
  read_match(reader, list, context);
  read_country(reader, list, context);
  read_on_empty(reader, list);
  read_feed(reader, list, context);
  list.entries_max = static_cast<uint64_t>(
      reader.optional_int("max_entries", static_cast<int64_t>(limits::kListEntriesDefault),
                          {1, static_cast<int64_t>(limits::kListEntriesMax)}));
  list.file = reader.optional_string("file");
  list.file_span = span_of(*entry.value, "file");
  const YamlNode* items = reader.optional_node("items");
  reader.finish();
  if (list.file.empty() == (items == nullptr)) {
    context.error("R086", entry.key_span, "a list needs one of `items` and `file`").help =
        "write its entries here, or name a file beside this one";
  }
  const bool is_sound = context.diagnostics->size() == before;
  if (is_sound && items != nullptr) read_items(*items, today, list, context);
  return list;
}

}  // namespace sieve
