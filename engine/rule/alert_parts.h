// The parts of `alert:` that have files of their own, and what they share.
//
// Thread safety: pure functions.
#pragma once

#include <string_view>
#include <vector>

#include "base/yaml_reader.h"
#include "rule/model.h"

namespace sieve {

// `key:`, what the alerts of `rule` are told apart by (alert_key.cc). R135: it names what is not
// there; R156: of a rule that counts, it is not what the rule is by; R157: a name is there twice.
void read_alert_key(YamlReader& reader, const Rule& rule, AlertDef& alert,
                    const YamlContext& context);

// Texts of a list, or the one in its place, each with its node.
std::vector<const YamlNode*> names_in(const YamlNode& node);
// Fields of records of `kind`.
std::vector<std::string_view> field_names(RecordKind kind, bool only_texts);
// Reports `name`, which is `what` in words (R135), and the nearest of `known`.
Diagnostic& report_unknown_name(const YamlNode& name, const std::vector<std::string_view>& known,
                                std::string_view what, const YamlContext& context);

// Whether `condition` may ask by `op`. Of one with errors that is not known, and of rules that it
// refers to not yet: then it may.
bool may_ask(const Expression& condition, ExprOp op);
// Why an alert of `rule` cannot name a link as `name`; empty: that is not it.
std::string_view why_no_link(std::string_view name, const Rule& rule);

}  // namespace sieve
