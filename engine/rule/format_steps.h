// The steps of format_rule_file, each over the text that the one before made. All REQUIRE a text
// that parse_yaml accepts, without byte order mark, whose lines end in line feeds.
//
// Thread safety: pure functions.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/yaml.h"

namespace sieve {

// White space and quotes inside of lines: `{a: [b,c]}` becomes `{ a: [b, c] }` (format_gaps.cc).
std::string format_gaps(std::string_view text);

// A line on its way to another place.
struct FormatLine {
  enum class Kind : uint8_t {
    kBlank,
    kComment,
    kHead,   // Begins something in block style: an entry, or the value of one on the line before.
    kInside  // Goes on with what a head began: a list in brackets, a text of several lines.
  };
  // A place of the line where an entry begins, and how deep that is.
  struct Level {
    uint32_t column = 0;
    size_t depth = 0;
  };

  Kind kind = Kind::kBlank;
  std::string_view text;      // Behind indentation and dashes; of kInside with its indentation.
  bool keeps_end = false;     // White space at the end belongs to a text.
  size_t depth = 0;           // It is indented by twice of that.
  size_t dashes = 0;          // `- ` in front of the text.
  std::vector<Level> levels;  // Of kHead: of each dash and of the text.
  int64_t shift = 0;          // Of kInside: what is added to its indentation.
  bool leads = false;         // Of kComment: it belongs to the next kHead.
  bool is_rule = false;       // The dash of a rule.
  std::string_view rule_key;  // The key of a rule in block style that begins here.
};

// The lines of `text`, each as deep as what stands there; a comment is as deep as what it precedes
// (format_lines.cc). Lifetime: they refer to `text`.
std::vector<FormatLine> read_lines(std::string_view text);

// The keys of each rule in the order of the reference (format_order.cc).
void order_rule_keys(std::vector<FormatLine>& lines);

// The text of `lines`, with one empty line between rules and never two (format_order.cc).
std::string print_lines(const std::vector<FormatLine>& lines);

// Whether both say the same: the keys of a rule in any order, quotes of any kind (same_content.cc).
bool same_content(const YamlNode& a, const YamlNode& b);

}  // namespace sieve
