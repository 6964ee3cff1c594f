// A Diagnostic is one problem in a text that a person wrote (rules, lists, configuration): what is
// wrong, exactly where, and what would mend it. Diagnostics are collected, never thrown, and a run
// reports all of them in file order.
//
//   error[R014]: pattern `fee` can never match in view `words`
//     --> parcel.rules.yaml:47:26
//      |
//   47 |       fee: { re: '(?:Pay|settle).{0,25}fee', view: words }
//      |                      ^^^ upper-case letter; the view is case-folded
//      |
//      = note: the words view is lower case
//   help: write it folded
//
// Thread safety: values. Units: lines and columns count from 1; columns count characters (code
// points), as people and editors do.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/expected.h"

namespace sieve {

// A range of one file. `line == 0` means the file as a whole.
struct SourceSpan {
  uint32_t line = 0;
  uint32_t column = 0;
  uint32_t size = 1;  // Characters to underline, within the line.
  auto operator<=>(const SourceSpan&) const = default;
};

enum class Severity : uint8_t { kError, kWarning };

// A second place that belongs to the problem, such as the first of two equal keys.
struct DiagnosticLabel {
  std::string file;  // Empty: the diagnostic's own file.
  SourceSpan span;
  std::string text;
};

struct Diagnostic {
  // Stable and documented: `R014` (rules), `Y003` (YAML), `C007` (configuration), `L002` (lists).
  std::string code;
  Severity severity = Severity::kError;
  std::string title;  // One sentence without a full stop.
  std::string file;
  SourceSpan span;
  std::string label;  // Said at the caret; may be empty.
  std::vector<DiagnosticLabel> related;
  std::vector<std::string> notes;
  std::string help;  // What to do; may be empty.
  std::string
      replacement;  // Text that mends the spanned one; shown as a `-`/`+` patch. May be empty.
};

using Diagnostics = std::vector<Diagnostic>;

// The lines of one file, for snippets.
struct SourceText {
  std::string_view file;
  std::string_view text;
};

// The form shown above, ending in a newline. `sources` may lack the file: then without a snippet.
std::string render(const Diagnostic& diagnostic, const std::vector<SourceText>& sources);

// One JSON object (no newline): code, severity, title, file, line, column, size, label, help,
// replacement, notes, related.
std::string render_json(const Diagnostic& diagnostic);

// Sorts by file, line, column, code, so that two runs print the same.
void sort_diagnostics(Diagnostics& diagnostics);

bool has_errors(const Diagnostics& diagnostics);

// The candidate nearest to `name` by edit distance with transpositions, at most a third of the
// length of `name` away (at least 1), for "did you mean"; empty when none is near.
std::string_view nearest_name(std::string_view name,
                              const std::vector<std::string_view>& candidates);

}  // namespace sieve
