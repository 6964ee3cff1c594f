#include "base/yaml_tokens.h"

#include <optional>

#include "base/libyaml_parser.h"
#include "base/utf8.h"

namespace sieve {
namespace {

// From libyaml's places in characters to bytes. Places mostly come in order, so it goes on from the
// last one.
class BytePlaces {
 public:
  explicit BytePlaces(std::string_view text) : text_(text), line_starts_{0} {
    for (size_t at = text.find('\n'); at != std::string_view::npos; at = text.find('\n', at + 1)) {
      line_starts_.push_back(at + 1);
    }
  }

  size_t byte_of(const yaml_mark_t& mark) {
    if (mark.line >= line_starts_.size()) return text_.size();
    if (mark.line != line_ || mark.column < column_) {
      line_ = mark.line;
      column_ = 0;
      byte_ = line_starts_[line_];
    }
    for (; column_ < mark.column && byte_ < text_.size(); ++column_) {
      byte_ += decode_utf8(text_, byte_).size;
    }
    return byte_;
  }

 private:
  std::string_view text_;
  std::vector<size_t> line_starts_;
  size_t line_ = 0;
  size_t column_ = 0;
  size_t byte_ = 0;
};

std::optional<YamlTokenKind> kind_of(yaml_token_type_t type) {
  switch (type) {
    case YAML_BLOCK_MAPPING_START_TOKEN:
      return YamlTokenKind::kBlockMapStart;
    case YAML_BLOCK_SEQUENCE_START_TOKEN:
      return YamlTokenKind::kBlockListStart;
    case YAML_BLOCK_END_TOKEN:
      return YamlTokenKind::kBlockEnd;
    case YAML_BLOCK_ENTRY_TOKEN:
      return YamlTokenKind::kDash;
    case YAML_KEY_TOKEN:
      return YamlTokenKind::kKey;
    case YAML_VALUE_TOKEN:
      return YamlTokenKind::kValue;
    case YAML_FLOW_MAPPING_START_TOKEN:
      return YamlTokenKind::kFlowMapStart;
    case YAML_FLOW_MAPPING_END_TOKEN:
      return YamlTokenKind::kFlowMapEnd;
    case YAML_FLOW_SEQUENCE_START_TOKEN:
      return YamlTokenKind::kFlowListStart;
    case YAML_FLOW_SEQUENCE_END_TOKEN:
      return YamlTokenKind::kFlowListEnd;
    case YAML_FLOW_ENTRY_TOKEN:
      return YamlTokenKind::kComma;
    case YAML_SCALAR_TOKEN:
      return YamlTokenKind::kScalar;
    case YAML_DOCUMENT_START_TOKEN:
    case YAML_DOCUMENT_END_TOKEN:
      return YamlTokenKind::kDocumentMark;
    default:
      return {};
  }
}

// Adds the comments of `gap`, which has nothing else but white space.
void add_comments(std::string_view gap, std::vector<std::string>& comments) {
  for (size_t at = gap.find('#'); at != std::string_view::npos; at = gap.find('#', at)) {
    const size_t end = std::min(gap.find('\n', at), gap.size());
    std::string_view comment = gap.substr(at, end - at);
    comment = comment.substr(0, comment.find_last_not_of(" \t\r") + 1);
    comments.emplace_back(comment);
    at = end;
  }
}

}  // namespace

std::vector<YamlToken> scan_yaml(std::string_view text) {
  std::vector<YamlToken> tokens;
  LibyamlParser scanner(text);
  BytePlaces places(text);
  for (bool done = false; !done;) {
    yaml_token_t raw;
    if (!scanner.next(raw)) break;
    done = raw.type == YAML_STREAM_END_TOKEN;
    if (const auto kind = kind_of(raw.type)) {
      YamlToken& token = tokens.emplace_back();
      token.kind = *kind;
      if (token.kind == YamlTokenKind::kScalar) token.style = style_of(raw.data.scalar.style);
      token.begin = places.byte_of(raw.start_mark);
      token.end = places.byte_of(raw.end_mark);
      token.line = static_cast<uint32_t>(raw.start_mark.line + 1);
      token.column = static_cast<uint32_t>(raw.start_mark.column + 1);
      token.end_line = static_cast<uint32_t>(raw.end_mark.line + 1);
    }
    yaml_token_delete(&raw);
  }
  return tokens;
}

std::vector<std::string> yaml_comments(std::string_view text,
                                       const std::vector<YamlToken>& tokens) {
  std::vector<std::string> comments;
  size_t from = 0;
  for (const YamlToken& token : tokens) {
    if (token.end == token.begin || token.begin < from) continue;
    add_comments(text.substr(from, token.begin - from), comments);
    from = token.end;
    // What follows the mark of a block scalar on its line is a comment, too, and its text is none.
    const bool is_block = token.style == YamlStyle::kLiteral || token.style == YamlStyle::kFolded;
    if (!is_block || token.kind != YamlTokenKind::kScalar) continue;
    const std::string_view block = text.substr(token.begin, token.end - token.begin);
    add_comments(block.substr(0, block.find('\n')), comments);
  }
  if (from < text.size()) add_comments(text.substr(from), comments);
  return comments;
}

}  // namespace sieve
