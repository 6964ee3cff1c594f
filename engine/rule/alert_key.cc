#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <array>

#include "rule/alert_parts.h"

namespace sieve {
namespace {

constexpr std::string_view kRuleName = "rule";
// Of a link, what stays the same when its path changes.
constexpr std::array<std::string_view, 2> kLinkNames = {"url.host", "url.domain"};

bool has(const std::vector<std::string_view>& names, std::string_view name) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

// What tells the findings of `rule` apart, beside the rule itself.
std::vector<std::string_view> names_by(const Rule& rule) {
  if (rule.sequence) return {rule.sequence->by};
  if (rule.campaign) return {name_of(rule.campaign->by)};
  std::vector<std::string_view> names;
  for (const FieldId field : rule.window->by) names.push_back(info_of(field).name);
  return names;
}

class KeyReader {
 public:
  KeyReader(const Rule& rule, AlertDef& alert, const YamlContext& context)
      : rule_(rule), alert_(alert), context_(context) {}

  void read(const YamlEntry& entry);

 private:
  void add(const YamlNode& name);
  void check_link(const YamlNode& name);
  void check_counting(const YamlEntry& entry);

  const Rule& rule_;
  AlertDef& alert_;
  const YamlContext& context_;
  std::vector<std::string_view> names_;
};

void KeyReader::read(const YamlEntry& entry) {
  for (const YamlNode* name : names_in(*entry.value)) {
    if (has(names_, name->scalar)) {
      context_.warning("R157", name->span, fmt::format("`{}` is in this key twice", name->scalar))
          .help = "remove it";
      continue;
    }
    names_.push_back(name->scalar);
    if (rule_.kind() == RuleKind::kMessage) add(*name);
  }
  if (rule_.kind() != RuleKind::kMessage) check_counting(entry);
}

void KeyReader::add(const YamlNode& name) {
  const auto field = find_field(name.scalar);
  AlertKeyPart part;
  if (name.scalar == kRuleName) {
    part.kind = AlertKeyPart::Kind::kRule;
  } else if (field && info_of(*field).kind == rule_.on &&
             info_of(*field).type == FieldType::kString) {
    part.kind = AlertKeyPart::Kind::kField;
    part.field = *field;
  } else if (std::find(kLinkNames.begin(), kLinkNames.end(), name.scalar) != kLinkNames.end()) {
    part.kind = AlertKeyPart::Kind::kLink;
    part.url = *find_url_field(name.scalar);
    check_link(name);
  } else {
    std::vector<std::string_view> known = field_names(rule_.on, true);
    known.push_back(kRuleName);
    known.insert(known.end(), kLinkNames.begin(), kLinkNames.end());
    report_unknown_name(name, known, "nothing that alerts are told apart by", context_).help =
        fmt::format("name `rule`, text fields of the message, and {}",
                    fmt::join(kLinkNames, " or "));
    return;
  }
  alert_.key.push_back(part);
}

// Of which link, the condition must say.
void KeyReader::check_link(const YamlNode& name) {
  const std::string_view why = why_no_link(name.scalar, rule_);
  if (why.empty()) {
    alert_.link_slots.push_back({name.scalar, name.span, true});
    return;
  }
  context_.error("R135", name.span, fmt::format("which `{}`?", name.scalar)).label =
      "the condition has no `any url where`";
}

// What counts is told apart by its rule and what that is by, and a key can only say so.
void KeyReader::check_counting(const YamlEntry& entry) {
  std::vector<std::string_view> known = names_by(rule_);
  known.insert(known.begin(), kRuleName);
  bool are_known = true;
  for (const YamlNode* name : names_in(*entry.value)) {
    if (has(known, name->scalar)) continue;
    are_known = false;
    report_unknown_name(*name, known,
                        fmt::format("nothing that this {} is by", name_of(rule_.kind())), context_)
        .help = fmt::format("its alerts are told apart by {}", fmt::join(known, ", "));
  }
  if (!are_known || names_.size() == known.size() || names_.empty()) return;
  Diagnostic& out = context_.error(
      "R156", entry.key_span,
      fmt::format("the alerts of this {} are told apart by more", name_of(rule_.kind())));
  out.label = fmt::format("by {}", fmt::join(known, ", "));
  out.help =
      fmt::format("write `key: [{}]`, or remove it: it is so anyway", fmt::join(known, ", "));
}

}  // namespace

void read_alert_key(YamlReader& reader, const Rule& rule, AlertDef& alert,
                    const YamlContext& context) {
  reader.optional_strings("key");
  const YamlEntry* entry = reader.node().find_entry("key");
  const bool is_read = entry != nullptr && entry->value->kind != YamlKind::kMap;
  if (is_read) KeyReader(rule, alert, context).read(*entry);
}

std::vector<const YamlNode*> names_in(const YamlNode& node) {
  if (node.kind == YamlKind::kScalar) return {&node};
  std::vector<const YamlNode*> names;
  for (const auto& item : node.items) {
    if (item->kind == YamlKind::kScalar) names.push_back(item.get());
  }
  return names;
}

Diagnostic& report_unknown_name(const YamlNode& name, const std::vector<std::string_view>& known,
                                std::string_view what, const YamlContext& context) {
  Diagnostic& out = context.error("R135", name.span, fmt::format("`{}` is {}", name.scalar, what));
  const std::string_view near = nearest_name(name.scalar, known);
  if (!near.empty()) {
    out.label = fmt::format("did you mean `{}`?", near);
    out.replacement = near;
  }
  out.help = "name what the rule knows: fields of its records, and in `redact` its patterns";
  return out;
}

std::vector<std::string_view> field_names(RecordKind kind, bool only_texts) {
  std::vector<std::string_view> names;
  for (const FieldInfo& info : all_fields()) {
    const bool fits = info.kind == kind && (!only_texts || info.type == FieldType::kString);
    if (fits) names.push_back(info.name);
  }
  return names;
}

bool may_ask(const Expression& condition, ExprOp op) {
  return condition.empty() ||
         std::any_of(condition.nodes.begin(), condition.nodes.end(), [op](const ExprNode& node) {
           return node.op == op || node.op == ExprOp::kRule;
         });
}

std::string_view why_no_link(std::string_view name, const Rule& rule) {
  if (rule.kind() != RuleKind::kMessage || !is_url_field_name(name)) return {};
  if (!may_ask(rule.condition, ExprOp::kAnyUrl))
    return "which link? the condition has no `any url where`";
  const bool is_slot = name == kImitatedBrandSlot || name == kImitationKindSlot;
  return is_slot ? "the condition has no `url.lookalike(...)`" : std::string_view();
}

}  // namespace sieve
