#include "base/yaml.h"

#include <fmt/format.h>

#include <algorithm>
#include <numeric>
#include <utility>

#include "base/libyaml_parser.h"
#include "base/limits.h"
#include "base/utf8.h"
#include "base/yaml_text.h"

namespace sieve {
namespace {

// What stops one parse from filling memory with complaints about a binary file.
constexpr size_t kProblemsMax = limits::kDiagnosticsShownMax;

class Event {
 public:
  Event() = default;
  ~Event() { yaml_event_delete(&raw); }
  Event(const Event&) = delete;
  Event& operator=(const Event&) = delete;
  yaml_event_t raw{};
};

std::string_view text_of(const yaml_char_t* bytes) {
  return bytes == nullptr ? std::string_view() : reinterpret_cast<const char*>(bytes);
}

SourceSpan span_of(const yaml_mark_t& mark, size_t size = 1) {
  return {static_cast<uint32_t>(mark.line + 1), static_cast<uint32_t>(mark.column + 1),
          static_cast<uint32_t>(std::max<size_t>(size, 1))};
}

bool is_null_text(std::string_view text) {
  return text.empty() || text == "~" || text == "null" || text == "Null" || text == "NULL";
}

// What people mean when libyaml says what it says.
std::string_view help_for(std::string_view problem) {
  if (problem.find("mapping values are not allowed") != std::string_view::npos) {
    return "put a value that contains `: ` in single quotes";
  }
  if (problem.find("unknown escape") != std::string_view::npos) {
    return "put a regular expression in single quotes: there `\\` stays as it is";
  }
  if (problem.find("cannot start any token") != std::string_view::npos) {
    return "indent with spaces, and put a value that starts with % @ ` in single quotes";
  }
  return "";
}

// Builds the tree from events with an explicit stack, so that depth costs no call stack.
class TreeBuilder {
 public:
  TreeBuilder(std::string_view file, const TextLines& lines) : file_(file), lines_(lines) {}

  // False when the rest of the file cannot be read.
  bool add(const yaml_event_t& event);
  Diagnostic& error(std::string_view code, SourceSpan span, std::string title);
  void syntax_error(const yaml_parser_t& parser);

  std::unique_ptr<YamlNode> take_root() {
    return root_ != nullptr ? std::move(root_) : std::make_unique<YamlNode>();
  }
  Diagnostics take_problems() { return std::move(problems_); }

 private:
  struct Frame {
    YamlNode* node;
    bool has_key = false;  // A map's key was read, its value not yet.
  };

  bool add_scalar(const yaml_event_t& event);
  bool add_collection(const yaml_event_t& event, YamlKind kind);
  bool add_document(const yaml_event_t& event);
  void refuse_properties(const yaml_mark_t& at, std::string_view anchor, std::string_view tag);
  bool add_key(const yaml_event_t& event, SourceSpan span);
  bool expects_key() const;
  YamlNode* place(std::unique_ptr<YamlNode> node);
  SourceSpan scalar_span(const yaml_event_t& event) const;
  uint32_t block_column(const yaml_event_t& event, std::string_view scalar) const;
  void check_duplicates(const YamlNode& map);

  std::string file_;
  const TextLines& lines_;
  std::unique_ptr<YamlNode> root_;
  std::vector<Frame> stack_;
  size_t nodes_ = 0;
  size_t documents_ = 0;
  Diagnostics problems_;
};

Diagnostic& TreeBuilder::error(std::string_view code, SourceSpan span, std::string title) {
  Diagnostic& problem = problems_.emplace_back();
  problem.code = code;
  problem.file = file_;
  problem.span = span;
  problem.title = std::move(title);
  return problem;
}

void TreeBuilder::syntax_error(const yaml_parser_t& parser) {
  const std::string_view problem =
      parser.problem != nullptr ? parser.problem : "this is not YAML (out of memory)";
  const bool has_context = parser.context != nullptr;
  // What was never closed is only noticed at the end of the file: point at where it began.
  const bool at_end = parser.problem_mark.line + 1 >= lines_.count();
  const bool from_context = has_context && at_end;
  Diagnostic& out = error("Y001", span_of(from_context ? parser.context_mark : parser.problem_mark),
                          std::string(problem));
  if (from_context) {
    out.label = parser.context;
  } else if (has_context && out.span != span_of(parser.context_mark)) {
    out.related.push_back({"", span_of(parser.context_mark), parser.context});
  }
  out.help = help_for(problem);
}

bool TreeBuilder::add(const yaml_event_t& event) {
  if (problems_.size() >= kProblemsMax) return false;
  switch (event.type) {
    case YAML_DOCUMENT_START_EVENT:
      return add_document(event);
    case YAML_SCALAR_EVENT:
      return add_scalar(event);
    case YAML_SEQUENCE_START_EVENT:
      return add_collection(event, YamlKind::kList);
    case YAML_MAPPING_START_EVENT:
      return add_collection(event, YamlKind::kMap);
    case YAML_ALIAS_EVENT: {
      const std::string_view name = text_of(event.data.alias.anchor);
      error("Y003", span_of(event.start_mark, count_chars(name) + 1), "an alias is not allowed")
          .help = "write the value out";
      const bool sound = !expects_key();
      place(std::make_unique<YamlNode>());
      return sound;
    }
    case YAML_MAPPING_END_EVENT:
      check_duplicates(*stack_.back().node);
      [[fallthrough]];
    case YAML_SEQUENCE_END_EVENT:
      stack_.pop_back();
      return true;
    default:
      return true;
  }
}

bool TreeBuilder::add_document(const yaml_event_t& event) {
  const auto& start = event.data.document_start;
  const bool has_tags = start.tag_directives.start != start.tag_directives.end;
  if (start.version_directive != nullptr || has_tags) {
    error("Y003", span_of(event.start_mark), "a YAML directive is not allowed").help =
        "remove the line that starts with `%`";
  }
  if (++documents_ == 1) return true;
  error("Y003", span_of(event.start_mark, 3), "a second document is not allowed").help =
      "put it in a file of its own";
  return false;
}

void TreeBuilder::refuse_properties(const yaml_mark_t& at, std::string_view anchor,
                                    std::string_view tag) {
  if (!anchor.empty()) {
    error("Y003", span_of(at, count_chars(anchor) + 1), "an anchor is not allowed").help =
        "write the value out where it is used";
  } else if (!tag.empty()) {
    error("Y003", span_of(at), "a tag is not allowed").help =
        "remove it: the type follows from the field";
  }
}

bool TreeBuilder::expects_key() const {
  return !stack_.empty() && stack_.back().node->kind == YamlKind::kMap && !stack_.back().has_key;
}

YamlNode* TreeBuilder::place(std::unique_ptr<YamlNode> node) {
  YamlNode* placed = node.get();
  if (stack_.empty()) {
    root_ = std::move(node);
  } else if (Frame& top = stack_.back(); top.node->kind == YamlKind::kList) {
    top.node->items.push_back(std::move(node));
  } else if (top.has_key) {
    top.node->entries.back().value = std::move(node);
    top.has_key = false;
  } else {
    return nullptr;
  }
  return placed;
}

bool TreeBuilder::add_key(const yaml_event_t& event, SourceSpan span) {
  const auto& scalar = event.data.scalar;
  std::string key(reinterpret_cast<const char*>(scalar.value), scalar.length);
  if (key.empty()) {
    error("Y003", span, "an empty key is not allowed").help = "name the field before the colon";
  } else if (key == "<<" && scalar.style == YAML_PLAIN_SCALAR_STYLE) {
    error("Y003", span, "a merge key is not allowed").help = "write the fields out";
  }
  stack_.back().node->entries.push_back({std::move(key), span, nullptr});
  stack_.back().has_key = true;
  return true;
}

bool TreeBuilder::add_scalar(const yaml_event_t& event) {
  const auto& scalar = event.data.scalar;
  refuse_properties(event.start_mark, text_of(scalar.anchor), text_of(scalar.tag));
  const SourceSpan span = scalar_span(event);
  if (++nodes_ > limits::kYamlNodesMax) {
    error("Y005", span, fmt::format("more than {} values in one file", limits::kYamlNodesMax))
        .help = "split the file";
    return false;
  }
  if (expects_key()) return add_key(event, span);
  auto node = std::make_unique<YamlNode>();
  node->scalar.assign(reinterpret_cast<const char*>(scalar.value), scalar.length);
  node->style = style_of(scalar.style);
  node->span = span;
  const bool is_null = node->style == YamlStyle::kPlain && is_null_text(node->scalar);
  node->kind = is_null ? YamlKind::kNull : YamlKind::kScalar;
  if (node->style == YamlStyle::kLiteral) node->block_column = block_column(event, node->scalar);
  place(std::move(node));
  return true;
}

bool TreeBuilder::add_collection(const yaml_event_t& event, YamlKind kind) {
  const bool is_map = kind == YamlKind::kMap;
  refuse_properties(
      event.start_mark,
      text_of(is_map ? event.data.mapping_start.anchor : event.data.sequence_start.anchor),
      text_of(is_map ? event.data.mapping_start.tag : event.data.sequence_start.tag));
  const SourceSpan span = span_of(event.start_mark);
  if (stack_.size() >= limits::kYamlDepthMax) {
    error("Y005", span, fmt::format("nested deeper than {} levels", limits::kYamlDepthMax));
    return false;
  }
  if (++nodes_ > limits::kYamlNodesMax) {
    error("Y005", span, fmt::format("more than {} values in one file", limits::kYamlNodesMax))
        .help = "split the file";
    return false;
  }
  if (expects_key()) {
    error("Y003", span, "a list or map as a key is not allowed").help =
        "put a value that starts with `[` or `{` in single quotes";
    return false;
  }
  auto node = std::make_unique<YamlNode>();
  node->kind = kind;
  node->span = span;
  stack_.push_back({place(std::move(node))});
  return true;
}

SourceSpan TreeBuilder::scalar_span(const yaml_event_t& event) const {
  const yaml_mark_t& start = event.start_mark;
  if (event.end_mark.line == start.line) {
    return span_of(start, event.end_mark.column - start.column);
  }
  const yaml_scalar_style_t style = event.data.scalar.style;
  if (style == YAML_LITERAL_SCALAR_STYLE || style == YAML_FOLDED_SCALAR_STYLE) {
    return span_of(start);
  }
  const size_t chars = count_chars(lines_.line(start.line));
  return span_of(start, chars > start.column ? chars - start.column : 1);
}

// libyaml does not tell the indentation it took off a literal block: compare its first line that is
// not empty with the file's.
uint32_t TreeBuilder::block_column(const yaml_event_t& event, std::string_view scalar) const {
  const size_t first = scalar.find_first_not_of('\n');
  if (first == std::string_view::npos) return 1;
  const std::string_view kept = scalar.substr(first, scalar.find('\n', first) - first);
  const std::string_view whole = lines_.line(event.start_mark.line + 1 + first);
  return whole.size() >= kept.size() ? static_cast<uint32_t>(whole.size() - kept.size() + 1) : 1;
}

void TreeBuilder::check_duplicates(const YamlNode& map) {
  std::vector<uint32_t> order(map.entries.size());
  std::iota(order.begin(), order.end(), 0U);
  std::stable_sort(order.begin(), order.end(), [&map](uint32_t a, uint32_t b) {
    return map.entries[a].key < map.entries[b].key;
  });
  size_t first = 0;
  for (size_t i = 1; i < order.size() && problems_.size() < kProblemsMax; ++i) {
    const YamlEntry& original = map.entries[order[first]];
    const YamlEntry& entry = map.entries[order[i]];
    if (entry.key != original.key) {
      first = i;
      continue;
    }
    Diagnostic& out =
        error("Y002", entry.key_span, fmt::format("the key `{}` is here twice", entry.key));
    out.label = "the second";
    out.related.push_back({"", original.key_span, "the first"});
    out.help = "remove one of them, or rename it";
  }
}

}  // namespace

Expected<YamlDocument, Diagnostics> parse_yaml(std::string_view file, std::string_view text) {
  if (text.substr(0, 3) == "\xEF\xBB\xBF") text.remove_prefix(3);
  Diagnostics problems = check_yaml_text(file, text);
  if (!problems.empty()) return Unexpected<Diagnostics>(std::move(problems));
  const TextLines lines(text);
  TreeBuilder builder(file, lines);
  LibyamlParser parser(text);
  for (bool done = false; !done;) {
    Event event;
    if (!parser.next(event.raw)) {
      builder.syntax_error(parser.state());
      break;
    }
    done = event.raw.type == YAML_STREAM_END_EVENT || !builder.add(event.raw);
  }
  problems = builder.take_problems();
  if (!problems.empty()) {
    sort_diagnostics(problems);
    return Unexpected<Diagnostics>(std::move(problems));
  }
  return YamlDocument(std::string(file), builder.take_root());
}

}  // namespace sieve
