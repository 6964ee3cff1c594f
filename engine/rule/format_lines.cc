#include <algorithm>

#include "base/yaml_tokens.h"
#include "rule/format_steps.h"

namespace sieve {
namespace {

using Kind = FormatLine::Kind;
using Token = YamlTokenKind;

constexpr int64_t kIndent = 2;

// A list or map in block style that is open.
struct Frame {
  bool is_map = false;
  bool unmarked = false;  // A list that is not indented below its key: no token ends it.
  uint32_t column = 0;    // Of its entries.
  std::string_view key;   // The newest.
};

size_t indent_of(std::string_view line) {
  return std::min(line.find_first_not_of(' '), line.size());
}

bool is_blank(std::string_view line) {
  return line.find_first_not_of(" \t") == std::string_view::npos;
}

std::string_view without_quotes(std::string_view key) {
  const bool quoted = key.size() > 1 && (key.front() == '"' || key.front() == '\'');
  return quoted ? key.substr(1, key.size() - 2) : key;
}

class LineReader {
 public:
  explicit LineReader(std::string_view text);
  std::vector<FormatLine> read();

 private:
  void take(const YamlToken& token);
  void take_structure(const YamlToken& token);
  void take_flow(const YamlToken& token);
  void take_scalar(const YamlToken& token, bool is_key);
  void begin(const YamlToken& token, bool is_entry);
  void add_inside(size_t index, int64_t shift);
  void add_text_lines(const YamlToken& token);
  void add_block_lines(const YamlToken& token);
  int64_t shift_of_frame() const;
  bool in_rules() const;
  void read_rest();
  void place_comments();
  size_t depth_before(size_t index) const;

  FormatLine& line_of(const YamlToken& token) { return lines_[token.line - 1]; }

  std::string_view text_;
  std::vector<std::string_view> raw_;  // The lines of the text.
  std::vector<FormatLine> lines_;
  std::vector<Frame> frames_;
  size_t flow_depth_ = 0;
  size_t flow_line_ = 0;  // Index of the line on which the outermost bracket opened.
  bool after_key_ = false;
};

LineReader::LineReader(std::string_view text) : text_(text) {
  for (size_t at = 0; at < text.size();) {
    const size_t end = std::min(text.find('\n', at), text.size());
    raw_.push_back(text.substr(at, end - at));
    at = end + 1;
  }
  lines_.resize(raw_.size());
}

std::vector<FormatLine> LineReader::read() {
  for (const YamlToken& token : scan_yaml(text_)) take(token);
  read_rest();
  place_comments();
  return std::move(lines_);
}

void LineReader::take(const YamlToken& token) {
  const bool is_key = after_key_ && token.kind == Token::kScalar;
  after_key_ = token.kind == Token::kKey;
  if (token.kind == Token::kScalar) {
    take_scalar(token, is_key);
  } else if (flow_depth_ > 0 || token.kind == Token::kFlowMapStart ||
             token.kind == Token::kFlowListStart) {
    take_flow(token);
  } else {
    take_structure(token);
  }
}

void LineReader::take_structure(const YamlToken& token) {
  const bool ends_unmarked = token.kind == Token::kKey || token.kind == Token::kBlockEnd;
  if (ends_unmarked && !frames_.empty() && frames_.back().unmarked) frames_.pop_back();
  if (token.kind == Token::kBlockMapStart || token.kind == Token::kBlockListStart) {
    frames_.push_back({token.kind == Token::kBlockMapStart, false, token.column, {}});
  } else if (token.kind == Token::kBlockEnd) {
    if (!frames_.empty()) frames_.pop_back();
  } else if (token.kind == Token::kDash) {
    if (frames_.empty() || frames_.back().is_map) {
      frames_.push_back({false, true, token.column, {}});
    }
    begin(token, true);
    line_of(token).is_rule |= frames_.size() == 2 && in_rules();
  } else {
    begin(token, token.kind == Token::kKey || token.kind == Token::kValue);
  }
}

void LineReader::take_flow(const YamlToken& token) {
  const bool opens = token.kind == Token::kFlowMapStart || token.kind == Token::kFlowListStart;
  const bool closes = token.kind == Token::kFlowMapEnd || token.kind == Token::kFlowListEnd;
  begin(token, false);
  if (opens && flow_depth_++ == 0) flow_line_ = token.line - 1;
  if (!closes || --flow_depth_ > 0) return;
  for (size_t i = flow_line_ + 1; i < token.line; ++i) {
    if (lines_[i].kind == Kind::kBlank && !is_blank(raw_[i])) add_inside(i, shift_of_frame());
  }
}

void LineReader::take_scalar(const YamlToken& token, bool is_key) {
  begin(token, false);
  if (is_key && flow_depth_ == 0 && !frames_.empty()) {
    const std::string_view key = without_quotes(text_.substr(token.begin, token.end - token.begin));
    frames_.back().key = key;
    if (frames_.size() == 3 && frames_.back().is_map && in_rules()) line_of(token).rule_key = key;
  }
  if (token.end_line == token.line) return;
  if (token.style == YamlStyle::kLiteral || token.style == YamlStyle::kFolded) {
    add_block_lines(token);
  } else {
    add_text_lines(token);
  }
}

// Whether the two outermost collections are the file and its list of rules.
bool LineReader::in_rules() const {
  return frames_.size() >= 2 && frames_[0].is_map && frames_[0].key == "rules" &&
         !frames_[1].is_map;
}

// Makes the line of the token a head, unless something before it on the line was one. In brackets
// only the outermost bracket can be.
void LineReader::begin(const YamlToken& token, bool is_entry) {
  FormatLine& line = line_of(token);
  if (flow_depth_ > 0 || line.kind == Kind::kInside || !line.text.empty()) return;
  const size_t depth = is_entry && !frames_.empty() ? frames_.size() - 1 : frames_.size();
  line.kind = Kind::kHead;
  line.levels.push_back({token.column, depth});
  line.depth = line.levels.front().depth;
  if (token.kind == Token::kDash) {
    ++line.dashes;
  } else {
    const std::string_view raw = raw_[token.line - 1];
    line.text = raw.substr(token.begin - static_cast<size_t>(raw.data() - text_.data()));
  }
}

void LineReader::add_inside(size_t index, int64_t shift) {
  FormatLine& line = lines_[index];
  line.kind = Kind::kInside;
  line.text = raw_[index];
  line.shift = shift;
}

// How far the innermost open collection moves.
int64_t LineReader::shift_of_frame() const {
  if (frames_.empty()) return 0;
  return kIndent * static_cast<int64_t>(frames_.size() - 1) -
         static_cast<int64_t>(frames_.back().column - 1);
}

// A plain or quoted text of several lines: between quotes, an escaped space may end one of them.
void LineReader::add_text_lines(const YamlToken& token) {
  line_of(token).keeps_end = token.style == YamlStyle::kDoubleQuoted;
  for (size_t i = token.line; i < token.end_line; ++i) {
    add_inside(i, shift_of_frame());
    lines_[i].keeps_end = token.style == YamlStyle::kDoubleQuoted && i + 1 < token.end_line;
  }
}

// The text below `|` or `>`: indented by two spaces, or as far as its mark says.
void LineReader::add_block_lines(const YamlToken& token) {
  const std::string_view written = text_.substr(token.begin, token.end - token.begin);
  const std::string_view mark = written.substr(0, written.find_first_of(" \t\n"));
  size_t end = token.end_line - 1;
  if (token.end > 0 && text_[token.end - 1] != '\n') end = token.end_line;
  end = std::min(end, lines_.size());
  const bool keeps_breaks = mark.find('+') != std::string_view::npos;
  while (!keeps_breaks && end > token.line && is_blank(raw_[end - 1])) --end;
  size_t first = token.line;
  while (first < end && indent_of(raw_[first]) == raw_[first].size()) ++first;
  if (first == end) return;
  const size_t indent = indent_of(raw_[first]);
  const bool is_marked = mark.find_first_of("123456789") != std::string_view::npos;
  const int64_t shift =
      is_marked ? shift_of_frame()
                : kIndent * static_cast<int64_t>(frames_.size()) - static_cast<int64_t>(indent);
  for (size_t i = token.line; i < end; ++i) {
    add_inside(i, shift);
    const bool is_short = raw_[i].size() <= indent && indent_of(raw_[i]) == raw_[i].size();
    if (is_short && !is_marked) lines_[i].text = {};
    lines_[i].keeps_end = true;
  }
}

// What no token spoke of: empty lines, comments, and comments behind a dash alone.
void LineReader::read_rest() {
  for (size_t i = 0; i < lines_.size(); ++i) {
    FormatLine& line = lines_[i];
    if (line.kind == Kind::kBlank && !is_blank(raw_[i])) {
      line.kind = Kind::kComment;
      line.text = raw_[i].substr(raw_[i].find_first_not_of(" \t"));
    } else if (line.kind == Kind::kHead && line.text.empty()) {
      const size_t comment = raw_[i].find('#');
      if (comment != std::string_view::npos) line.text = raw_[i].substr(comment);
    }
  }
}

// A comment is as deep as what follows; one that is indented more than that belongs to what is open
// above it.
void LineReader::place_comments() {
  const FormatLine* next = nullptr;
  for (size_t i = lines_.size(); i-- > 0;) {
    FormatLine& line = lines_[i];
    if (line.kind == Kind::kHead) next = &line;
    if (line.kind != Kind::kComment) continue;
    const size_t above = depth_before(i);
    line.leads = next != nullptr && above <= next->depth;
    line.depth = line.leads ? next->depth : above;
  }
}

size_t LineReader::depth_before(size_t index) const {
  const size_t column = static_cast<size_t>(lines_[index].text.data() - raw_[index].data()) + 1;
  for (size_t i = index; i-- > 0;) {
    const auto& levels = lines_[i].levels;
    for (size_t k = levels.size(); k-- > 0;) {
      if (levels[k].column <= column) return levels[k].depth;
    }
  }
  return 0;
}

}  // namespace

std::vector<FormatLine> read_lines(std::string_view text) { return LineReader(text).read(); }

}  // namespace sieve
