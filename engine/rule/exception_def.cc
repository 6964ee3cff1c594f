#include "rule/exception_def.h"

#include <fmt/format.h>

#include "rule/exception_values.h"
#include "rule/expiry.h"
#include "rule/rule_parts.h"

namespace sieve {
namespace {

SourceSpan span_of_name(const YamlNode& node) {
  const YamlNode* name = node.find("name");
  return name != nullptr ? name->span : node.span;
}

// Either `when`, or `values` with what goes with them.
void parse_condition(YamlReader& reader, const ExpressionScope& scope, ExceptionDef& exception,
                     const YamlContext& context) {
  const YamlNode* when = reader.optional_node("when");
  WrittenValues written;
  written.fields = reader.optional_node("fields");
  written.comparison = reader.optional_node("comparison");
  written.values = reader.optional_node("values");
  written.country = reader.optional_string("country");
  const bool has_values = written.fields != nullptr && written.values != nullptr;
  const bool has_part = written.fields != nullptr || written.values != nullptr ||
                        written.comparison != nullptr || !written.country.empty();
  if (when != nullptr ? has_part : !has_values) {
    context
        .error("R120", exception.span,
               fmt::format("the exception `{}` needs either `when`, or `fields` and `values`",
                           exception.name))
        .help = "write a condition, or the fields and rows of values for them";
    return;
  }
  if (when != nullptr) {
    exception.when = parse_expression(*when, scope, context);
  } else {
    parse_values(written, scope, exception, context);
  }
}

ExceptionDef parse_exception(const YamlNode& node, const ExpressionScope& scope,
                             const YamlContext& context) {
  ExceptionDef exception;
  exception.file = context.file;
  exception.span = span_of_name(node);
  YamlReader reader(node, "exception", context);
  if (!reader.is_map()) return exception;
  exception.name = reader.required_string("name");
  exception.reason = reader.required_string("reason");
  if (!exception.name.empty()) check_name(exception.name, exception.span, "exception", context);
  parse_condition(reader, scope, exception, context);
  exception.last_day = read_last_day(reader, {"exception", exception.name, exception.span, true},
                                     scope.definitions->today, context);
  reader.finish();
  return exception;
}

}  // namespace

std::string ExceptionDef::label() const {
  return fmt::format("{}:{}", kind == ExceptionKind::kFilter ? "filter" : "exception", name);
}

void parse_exceptions(const YamlNode& node, const ExpressionScope& scope,
                      std::vector<ExceptionDef>& exceptions, const YamlContext& context) {
  if (node.kind != YamlKind::kList) {
    context.error("R003", node.span, "`exceptions` must be a list").help =
        "start each exception with `- name:`";
    return;
  }
  for (const auto& item : node.items) {
    ExceptionDef exception = parse_exception(*item, scope, context);
    for (const ExceptionDef& other : exceptions) {
      if (other.name != exception.name || other.name.empty()) continue;
      Diagnostic& out = context.error(
          "R126", exception.span, fmt::format("the exception `{}` is there twice", exception.name));
      out.label = "the second";
      out.related.push_back({other.file, other.span, "the first"});
      out.help = "give each a name of its own: tests and metrics name them";
    }
    exceptions.push_back(std::move(exception));
  }
}

}  // namespace sieve
