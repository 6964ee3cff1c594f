#include "rule/macro_def.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "rule/definition_parts.h"
#include "rule/naming_order.h"

namespace sieve {
namespace {

class MacroReader {
 public:
  MacroReader(Definitions& definitions, Diagnostics& diagnostics)
      : macros_(definitions.macros), definitions_(definitions), diagnostics_(diagnostics) {}

  void run();

 private:
  std::vector<std::vector<NameUse>> find_uses();
  void read(uint32_t macro);
  RecordKind kind_of(const MacroDef& macro) const;
  void report(const NamingCircle& circle);

  std::vector<MacroDef>& macros_;
  const Definitions& definitions_;
  Diagnostics& diagnostics_;
  std::map<std::string_view, uint32_t> by_name_;
};

// Of macros in the text of other ones, by their number.
std::vector<std::vector<NameUse>> MacroReader::find_uses() {
  for (uint32_t i = 0; i < macros_.size(); ++i) by_name_.emplace(macros_[i].name, i);
  std::vector<std::vector<NameUse>> uses(macros_.size());
  for (uint32_t i = 0; i < macros_.size(); ++i) {
    const YamlNode& condition = macros_[i].condition;
    for (const Token& token : tokenize(condition.scalar).tokens) {
      if (token.kind != TokenKind::kName) continue;
      const auto found = by_name_.find(token.text);
      if (found == by_name_.end()) continue;
      const SourceSpan span = condition.span_at(token.begin, token.end - token.begin);
      uses[i].push_back({found->second, macros_[i].rule_file, span});
      macros_[found->second].used = true;
    }
  }
  return uses;
}

// Each macro is read when those it names are.
void MacroReader::run() {
  const NamingOrder order = order_of(find_uses());
  for (const NamingCircle& circle : order.circles) report(circle);
  for (const uint32_t macro : order.order) read(macro);
}

// Of the records that its first field is of.
RecordKind MacroReader::kind_of(const MacroDef& macro) const {
  for (const Token& token : tokenize(macro.condition.scalar).tokens) {
    if (token.kind != TokenKind::kName) continue;
    if (const std::optional<FieldId> field = find_field(token.text)) return info_of(*field).kind;
    const auto used = by_name_.find(token.text);
    if (used != by_name_.end()) return macros_[used->second].kind;
  }
  return RecordKind::kMessage;
}

void MacroReader::read(uint32_t macro) {
  MacroDef& definition = macros_[macro];
  definition.kind = kind_of(definition);
  ExpressionScope scope;
  scope.kind = definition.kind;
  scope.owner = kMacroOwner;
  scope.definitions = &definitions_;
  const YamlContext context{definition.rule_file, 'R', &diagnostics_};
  definition.expression = parse_expression(definition.condition, scope, context);
}

void MacroReader::report(const NamingCircle& circle) {
  std::vector<std::string> names;
  for (const MacroDef& macro : macros_) names.push_back(macro.name);
  Diagnostic& out = diagnostics_.emplace_back(circle_error("R080", circle, "names", names));
  out.title = fmt::format("the macro `{}` leads back to itself", names[circle.front().user]);
  out.help = "write out what one of them stands for";
}

std::optional<uint32_t> find_macro(const Definitions& definitions, std::string_view name) {
  const auto found = std::find_if(definitions.macros.begin(), definitions.macros.end(),
                                  [name](const MacroDef& macro) { return macro.name == name; });
  if (found == definitions.macros.end()) return {};
  return static_cast<uint32_t>(found - definitions.macros.begin());
}

// The file of the text that `node` stands in; `macro` is the one that was used.
std::string_view file_of(const ExprNode& node, const MacroDef& macro,
                         const Definitions& definitions) {
  return node.macro == 0 ? macro.rule_file : definitions.macros[node.macro - 1].rule_file;
}

}  // namespace

MacroDef parse_macro(const YamlEntry& entry, const YamlContext& context) {
  MacroDef macro;
  macro.name = entry.key;
  macro.span = entry.key_span;
  macro.rule_file = context.file;
  const YamlNode& from = *entry.value;
  YamlNode& to = macro.condition;
  to.kind = from.kind;
  to.style = from.style;
  to.span = from.span;
  to.scalar = from.scalar;
  to.block_column = from.block_column;
  return macro;
}

void read_macros(Definitions& definitions, Diagnostics& diagnostics) {
  MacroReader(definitions, diagnostics).run();
}

void check_not_macro(const RuleName& name, const Definitions& definitions,
                     const YamlContext& context) {
  const std::optional<uint32_t> macro = find_macro(definitions, name.name);
  if (!macro) return;
  const MacroDef& first = definitions.macros[*macro];
  first.used = true;  // Or meant to be.
  Diagnostic& out = context.error(
      "R081", name.span, fmt::format("the {} `{}` is named like a macro", name.what, name.name));
  out.related.push_back({first.rule_file, first.span, "the macro"});
  out.help =
      fmt::format("give the {} another name: macros are known to all files of a set", name.what);
}

bool is_macro(const ExpressionScope& scope, std::string_view name) {
  return scope.definitions != nullptr && find_macro(*scope.definitions, name).has_value();
}

std::optional<Operand> use_macro(const ExpressionChecker& checker, const ExpressionScope& scope,
                                 const Token& token, std::vector<ExprNode>& nodes) {
  if (scope.definitions == nullptr) return {};
  const std::optional<uint32_t> index = find_macro(*scope.definitions, token.text);
  if (!index) return {};
  const MacroDef& macro = scope.definitions->macros[*index];
  macro.used = true;
  Operand operand;
  operand.begin = token.begin;
  operand.end = token.end;
  if (macro.expression.empty()) {
    nodes.emplace_back();
    return operand;
  }
  operand.type = ExprType::kBool;
  for (ExprNode node : macro.expression.nodes) {
    if (node.macro == 0) node.macro = *index + 1;
    nodes.push_back(std::move(node));
  }
  if (macro.kind == scope.kind && scope.has_fields) return operand;
  Diagnostic& out = checker.error("R012", token.begin, token.end,
                                  fmt::format("the macro `{}` cannot be used here", token.text));
  if (macro.kind != scope.kind) {
    out.label = fmt::format("it is about {} records; this {} is on {} records", name_of(macro.kind),
                            scope.owner, name_of(scope.kind));
  } else {
    out.label = "it is about single records, and this about a window";
    out.help = "use it in `where`";
  }
  const ExprNode& first = macro.expression.nodes.front();
  out.related.push_back({std::string(file_of(first, macro, *scope.definitions)), first.span,
                         fmt::format("`{}` reads this", token.text)});
  operand.type = ExprType::kUnknown;
  return operand;
}

}  // namespace sieve
