#include "rule/list_lookup.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "rule/definitions.h"

namespace sieve {
namespace {

constexpr std::array<std::string_view, 12> kAddressFields = {
    "msg.from",    "msg.to",     "msg.party",  "msg.other",          "call.from",
    "call.to",     "call.party", "call.other", "call.charge_number", "call.forwarded_from",
    "report.from", "report.to"};

bool fits(ListType type, const Operand& value) {
  switch (type) {
    case ListType::kDomain:
      return value.is_host && !value.is_tld;
    case ListType::kNumber:
    case ListType::kSender:
      return value.is_address;
    case ListType::kText:
      break;
  }
  return (!value.is_host || value.is_tld) && !value.is_address;
}

std::string_view entries_of(ListType type) {
  switch (type) {
    case ListType::kDomain:
      return "hosts";
    case ListType::kNumber:
      return "numbers";
    case ListType::kSender:
      return "senders";
    case ListType::kText:
      break;
  }
  return "texts";
}

// What may be looked up in a list of `type` here, for the help.
std::string fields_for(ListType type, const ExpressionScope& scope) {
  if (type == ListType::kDomain) return "the hosts of links: url.host, url.domain";
  if (type == ListType::kText) {
    return "text that is no address and no host, such as a language or url.tld";
  }
  std::vector<std::string_view> names;
  for (const std::string_view name : kAddressFields) {
    const FieldInfo& info = info_of(*find_field(name));
    const bool is_known = scope.has_parties || !is_of_party(info);
    if (info.kind == scope.kind && is_known) names.push_back(name);
  }
  return fmt::format("{}", fmt::join(names, ", "));
}

void unknown_list(const ExpressionChecker& checker, const Token& name) {
  std::vector<std::string_view> names;
  const Definitions* definitions = checker.scope().definitions;
  if (definitions != nullptr) {
    for (const ListDef& list : definitions->lists) names.push_back(list.name);
  }
  Diagnostic& out =
      checker.error("R084", name.begin, name.end, fmt::format("there is no list `{}`", name.text));
  const std::string_view near = nearest_name(name.text, names);
  if (!near.empty()) {
    out.label = fmt::format("did you mean `{}`?", near);
    out.replacement = near;
    out.help = "use the name that is defined";
  } else if (names.empty()) {
    out.help = "define it in `lists`, or write the values: in (\"a\", \"b\")";
  } else {
    out.help = fmt::format("the lists are: {}", fmt::join(names, ", "));
  }
}

void check_fit(const ExpressionChecker& checker, const Operand& value, const Token& name,
               const ListDef& list) {
  if (value.type == ExprType::kUnknown) return;
  if (!value.is_value) {
    checker.error("R013", value.begin, value.end, "a condition cannot be looked up in a list")
        .help = "look up a field";
    return;
  }
  if (value.is_constant) {
    checker.error("R018", value.begin, name.end, "this is the same for every record").help =
        "look up a field";
    return;
  }
  if (value.type == ExprType::kString && fits(list.type, value)) return;
  Diagnostic& out =
      checker.error("R085", value.begin, value.end,
                    value.type == ExprType::kString
                        ? fmt::format("this cannot be in a list of {}", entries_of(list.type))
                        : "only text can be looked up in a list");
  out.related.push_back(
      {list.rule_file, list.span, fmt::format("a list of type {}", name_of(list.type))});
  const bool is_tld_among_hosts = value.is_tld && list.type == ListType::kDomain;
  if (is_tld_among_hosts) out.label = "one label, and hosts have two or more";
  out.help = is_tld_among_hosts
                 ? "give the list `type: text`, or look up url.host"
                 : fmt::format("what fits is {}", fields_for(list.type, checker.scope()));
}

}  // namespace

bool is_address_field(FieldId field) {
  return std::find(kAddressFields.begin(), kAddressFields.end(), info_of(field).name) !=
         kAddressFields.end();
}

void look_up_in_list(const ExpressionChecker& checker, const Operand& value, const Token& name,
                     std::vector<ExprNode>& nodes) {
  ExprNode node;
  node.op = ExprOp::kInList;
  node.span = checker.span(name.begin, name.end);
  const Definitions* definitions = checker.scope().definitions;
  const auto index = definitions == nullptr ? std::nullopt : definitions->find_list(name.text);
  if (index) {
    const ListDef& list = definitions->lists[*index];
    node.index = *index;
    list.used = true;
    check_fit(checker, value, name, list);
  } else {
    unknown_list(checker, name);
  }
  nodes.push_back(std::move(node));
}

}  // namespace sieve
