#include "rule/exception_values.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <array>

#include "base/limits.h"
#include "rule/expression_types.h"
#include "rule/list_builder.h"
#include "rule/list_lookup.h"
#include "rule/url_fields.h"

namespace sieve {
namespace {

enum class Comparison : uint8_t { kExact, kList, kSubdomain };
constexpr std::array<std::string_view, 3> kComparisonNames = {"exact", "list", "subdomain"};

// One of the fields, and how its values are compared.
struct Column {
  ExprNode field;
  FieldType type = FieldType::kString;
  bool is_address = false;
  bool is_host = false;
  Comparison comparison = Comparison::kExact;

  bool of_link() const { return field.op == ExprOp::kUrlField; }
  bool has_entries() const { return type == FieldType::kString && comparison != Comparison::kList; }
};

using Nodes = std::vector<ExprNode>;

void append(Nodes& to, Nodes from) {
  to.insert(to.end(), std::make_move_iterator(from.begin()), std::make_move_iterator(from.end()));
}

ExprNode operation(ExprOp op, uint32_t count, SourceSpan span) {
  ExprNode node;
  node.op = op;
  node.count = count;
  node.span = span;
  return node;
}

// `more` joined to what stands in `all`, if anything does.
void join(Nodes& all, Nodes more, ExprOp op) {
  if (more.empty()) return;
  const bool is_first = all.empty();
  const SourceSpan span = more.front().span;
  append(all, std::move(more));
  if (!is_first) all.push_back(operation(op, 2, span));
}

// There is a link, and `condition` holds for each: one honest link is no cover for others.
Nodes of_every_link(Nodes condition) {
  const auto size = static_cast<uint32_t>(condition.size());
  const SourceSpan span = condition.front().span;
  Nodes out = condition;
  out.push_back(operation(ExprOp::kAnyUrl, size, span));
  append(out, std::move(condition));
  out.push_back(operation(ExprOp::kNot, 1, span));
  out.push_back(operation(ExprOp::kAnyUrl, size + 1, span));
  out.push_back(operation(ExprOp::kNot, 1, span));
  out.push_back(operation(ExprOp::kAnd, 2, span));
  return out;
}

ListType list_type(const Column& column) {
  if (column.is_address) return ListType::kSender;
  return column.is_host ? ListType::kDomain : ListType::kText;
}

class ValuesParser {
 public:
  ValuesParser(const WrittenValues& written, const ExpressionScope& scope, ExceptionDef& exception,
               const YamlContext& context)
      : written_(written), scope_(scope), exception_(exception), context_(context) {}

  void run();

 private:
  void read_columns();
  void read_column(const YamlNode& name);
  void read_comparisons();
  void read_comparison(const YamlNode& name, Column& column);
  bool check_row(const YamlNode& row);
  Nodes row_nodes(const YamlNode& row);
  Nodes cell_nodes(const Column& column, const std::vector<const YamlNode*>& values);
  void add_entries(const Column& column, const std::vector<const YamlNode*>& values, Nodes& out);
  void add_constants(const Column& column, const std::vector<const YamlNode*>& values, Nodes& out);
  void add_lookups(const Column& column, const std::vector<const YamlNode*>& values, Nodes& out);

  const WrittenValues& written_;
  const ExpressionScope& scope_;
  ExceptionDef& exception_;
  const YamlContext& context_;
  std::vector<Column> columns_;
  std::vector<std::string> names_;
};

// The scalars of a list, or the one that stands in its place.
std::vector<const YamlNode*> scalars_of(const YamlNode& node) {
  if (node.kind == YamlKind::kScalar) return {&node};
  std::vector<const YamlNode*> out;
  for (const auto& item : node.items) out.push_back(item.get());
  return out;
}

void ValuesParser::read_column(const YamlNode& name) {
  Column column;
  column.field.span = name.span;
  const auto field = find_field(name.scalar);
  const auto url_field = find_url_field(name.scalar);
  if (field && info_of(*field).kind == scope_.kind) {
    column.field.op = ExprOp::kField;
    column.field.field = *field;
    column.type = info_of(*field).type;
    column.is_address = is_address_field(*field);
  } else if (url_field && scope_.kind == RecordKind::kMessage) {
    column.field.op = ExprOp::kUrlField;
    column.field.index = url_field->value;
    column.type = info_of(*url_field).type;
    column.is_host = is_host_field(*url_field) && info_of(*url_field).name != "url.tld";
  } else {
    std::vector<std::string_view> known;
    for (const FieldInfo& info : all_fields()) {
      if (info.kind == scope_.kind) known.push_back(info.name);
    }
    Diagnostic& out =
        context_.error("R012", name.span, fmt::format("unknown field `{}`", name.scalar));
    const std::string_view near = nearest_name(name.scalar, known);
    if (!near.empty()) {
      out.label = fmt::format("did you mean `{}`?", near);
      out.replacement = near;
    }
    out.help = fmt::format("name a field of {} records{}", name_of(scope_.kind),
                           scope_.kind == RecordKind::kMessage ? ", or of a link" : "");
  }
  columns_.push_back(std::move(column));
  names_.push_back(name.scalar);
}

void ValuesParser::read_columns() {
  for (const YamlNode* name : scalars_of(*written_.fields)) {
    if (name->kind == YamlKind::kScalar) read_column(*name);
  }
  if (!columns_.empty()) return read_comparisons();
  context_.error("R120", written_.fields->span, "`fields` names no field").help =
      "name what the values are compared with, as in [msg.from]";
}

void ValuesParser::read_comparison(const YamlNode& name, Column& column) {
  const auto found = std::find(kComparisonNames.begin(), kComparisonNames.end(), name.scalar);
  if (found == kComparisonNames.end()) {
    context_.error("R005", name.span, fmt::format("`{}` is no comparison", name.scalar)).help =
        fmt::format("one of {}", fmt::join(kComparisonNames, ", "));
    return;
  }
  column.comparison = static_cast<Comparison>(found - kComparisonNames.begin());
  if (column.comparison != Comparison::kSubdomain || column.is_host) return;
  context_.error("R120", name.span, "only hosts have subdomains").help =
      "compare url.host or url.domain so, or write `exact`";
}

void ValuesParser::read_comparisons() {
  if (written_.comparison == nullptr) return;
  const std::vector<const YamlNode*> names = scalars_of(*written_.comparison);
  if (names.size() != columns_.size()) {
    context_
        .error("R120", written_.comparison->span,
               fmt::format("{} comparisons for {} fields", names.size(), columns_.size()))
        .help = "give one for each field, in their order";
    return;
  }
  for (size_t i = 0; i < names.size(); ++i) read_comparison(*names[i], columns_[i]);
}

bool ValuesParser::check_row(const YamlNode& row) {
  const size_t size = row.kind == YamlKind::kList ? row.items.size() : 1;
  if (row.kind == YamlKind::kMap || row.kind == YamlKind::kNull) {
    context_.error("R003", row.span, "a row must be a list of values");
    return false;
  }
  if (size == columns_.size()) return true;
  context_.error("R121", row.span, fmt::format("{} values for {} fields", size, columns_.size()))
      .help = fmt::format("write a list with a value for each of {}", fmt::join(names_, ", "));
  return false;
}

void ValuesParser::add_entries(const Column& column, const std::vector<const YamlNode*>& values,
                               Nodes& out) {
  ListDef& list = exception_.values.emplace_back();
  list.name = exception_.name;
  list.type = list_type(column);
  list.subdomains = column.comparison == Comparison::kSubdomain;
  list.country = column.is_address ? written_.country : "";
  list.entries_max = limits::kListEntriesDefault;
  list.may_be_empty = true;  // An error was said.
  list.span = values.front()->span;
  list.rule_file = context_.file;
  list.used = true;
  ListBuilder builder(list, Date(), context_);
  for (const YamlNode* value : values) builder.add({value->scalar, "", "", value->span, {}});
  builder.finish();
  ExprNode node = operation(ExprOp::kInList, 0, values.front()->span);
  node.index = kOwnLists + static_cast<uint32_t>(exception_.values.size() - 1);
  out.push_back(std::move(node));
}

void ValuesParser::add_constants(const Column& column, const std::vector<const YamlNode*>& values,
                                 Nodes& out) {
  uint32_t count = 0;
  for (const YamlNode* value : values) {
    const ExpressionChecker checker(*value, scope_, context_);
    const Tokens tokens = tokenize(value->scalar);
    const bool is_one = tokens.tokens.size() == 2 && is_constant(tokens.tokens.front().kind);
    Nodes constant;
    const Operand operand = is_one ? checker.constant(tokens.tokens.front(), constant) : Operand{};
    if (!is_one || operand.type != type_of(column.type)) {
      context_
          .error("R121", value->span, fmt::format("`{}` is no value of its field", value->scalar))
          .help = "write a number, true or false, or a duration such as 10s, as the field is";
      continue;
    }
    append(out, std::move(constant));
    ++count;
  }
  out.push_back(operation(ExprOp::kIn, count, values.front()->span));
}

// Each value names a list.
void ValuesParser::add_lookups(const Column& column, const std::vector<const YamlNode*>& values,
                               Nodes& out) {
  Nodes all;
  for (const YamlNode* value : values) {
    const ExpressionChecker checker(*value, scope_, context_);
    Token name;
    name.kind = TokenKind::kName;
    name.text = value->scalar;
    name.end = value->scalar.size();
    Operand operand;
    operand.type = type_of(column.type);
    operand.is_value = true;
    operand.is_address = column.is_address;
    operand.is_host = column.is_host;
    operand.end = name.end;
    Nodes one = {column.field};
    look_up_in_list(checker, operand, name, one);
    join(all, std::move(one), ExprOp::kOr);
  }
  out = std::move(all);
}

Nodes ValuesParser::cell_nodes(const Column& column, const std::vector<const YamlNode*>& values) {
  for (const YamlNode* value : values) {
    if (value->kind == YamlKind::kScalar) continue;
    context_.error("R003", value->span, "a value must be a single one, or a list of them");
    return {};
  }
  Nodes out = {column.field};
  if (column.comparison == Comparison::kList) {
    add_lookups(column, values, out);
  } else if (column.type == FieldType::kString) {
    add_entries(column, values, out);
  } else {
    add_constants(column, values, out);
  }
  return out;
}

Nodes ValuesParser::row_nodes(const YamlNode& row) {
  Nodes all;
  Nodes of_link;
  for (size_t i = 0; i < columns_.size(); ++i) {
    const YamlNode& cell = row.kind == YamlKind::kList ? *row.items[i] : row;
    const std::vector<const YamlNode*> values = scalars_of(cell);
    if (values.empty()) {
      context_.error("R121", cell.span, "there is no value here").help = "write one, or a list";
      continue;
    }
    const Column& column = columns_[i];
    join(column.of_link() ? of_link : all, cell_nodes(column, values), ExprOp::kAnd);
  }
  if (!of_link.empty()) join(all, of_every_link(std::move(of_link)), ExprOp::kAnd);
  return all;
}

void ValuesParser::run() {
  const size_t before = context_.diagnostics->size();
  read_columns();
  const YamlNode& values = *written_.values;
  if (values.kind != YamlKind::kList || values.items.empty()) {
    context_.error("R003", values.span, "`values` must be a list of rows").help =
        "write a row of values for each case: [[a, b], [c, d]]";
  }
  if (context_.diagnostics->size() > before) return;
  Nodes all;
  // The values of one field are one list, however many there are.
  if (columns_.size() == 1) {
    std::vector<const YamlNode*> cells;
    for (const auto& row : values.items) {
      if (!check_row(*row)) continue;
      for (const YamlNode* item : scalars_of(*row)) {
        for (const YamlNode* value : scalars_of(*item)) cells.push_back(value);
      }
    }
    if (!cells.empty()) all = cell_nodes(columns_[0], cells);
    if (!all.empty() && columns_[0].of_link()) all = of_every_link(std::move(all));
  } else {
    for (const auto& row : values.items) {
      if (check_row(*row)) join(all, row_nodes(*row), ExprOp::kOr);
    }
  }
  if (all.size() > limits::kExpressionNodesMax) {
    context_
        .error("R016", values.span,
               fmt::format("values of more than {} parts", limits::kExpressionNodesMax))
        .help = "put those of one field into a list, and compare with `list`";
  }
  exception_.when.nodes = std::move(all);
  exception_.has_rows = true;
  exception_.when.span = values.span;
  exception_.when.text = fmt::format("values of {}", fmt::join(names_, ", "));
}

}  // namespace

void parse_values(const WrittenValues& written, const ExpressionScope& scope,
                  ExceptionDef& exception, const YamlContext& context) {
  ValuesParser(written, scope, exception, context).run();
}

}  // namespace sieve
