#include "evaluate/pattern_diagnostic.h"

#include <fmt/format.h>

#include "base/utf8.h"

namespace sieve {
namespace {

struct ProblemText {
  std::string_view code;
  std::string_view title;
  std::string_view help;
};

ProblemText text_of(PatternProblem problem) {
  switch (problem) {
    case PatternProblem::kSyntax:
      return {"R101", "this regular expression cannot be read", ""};
    case PatternProblem::kRefused:
      return {"R102", "this regular expression is too much for the matcher",
              "bound its repeats, or split it into several patterns"};
    case PatternProblem::kMatchesEmpty:
      return {"R103", "this regular expression matches the empty text",
              "make at least one part of it required"};
    case PatternProblem::kWordBoundary:
      return {"R104", "`\\b` next to a letter beyond ASCII",
              "use `words:`, or a space in the words view"};
    case PatternProblem::kNeverMatches:
      return {"R105", "this pattern can never match", ""};
    case PatternProblem::kFlags:
      return {"R106", "flags inside of a regular expression", "remove them"};
    case PatternProblem::kEmpty:
      return {"R107", "nothing is left of this phrase after folding", ""};
    case PatternProblem::kTooCostly:
      return {"R108", "this pattern cannot be compiled within the limits",
              "bound its repeats, or split it into several patterns"};
    case PatternProblem::kAllTooCostly:
      return {"R109", "the patterns of this rule set cannot be compiled together",
              "raise `rules.compile_timeout` or `rules.compile_memory`, or load fewer rules"};
    case PatternProblem::kNoCompiler:
      return {"R110", "no pattern can be compiled here",
              "let scamsieve start itself as another process: it compiles in one"};
  }
  return {};
}

// Characters before the text within its span: the opening quote, when there is one.
std::optional<uint32_t> text_offset(const Phrase& phrase) {
  const auto characters = static_cast<uint32_t>(count_chars(phrase.text));
  if (phrase.span.size == characters) return 0;
  if (phrase.span.size == characters + 2) return 1;
  return std::nullopt;  // Escapes or several lines: the place cannot be computed.
}

SourceSpan span_of(const PatternFailure& failure, const Phrase& phrase) {
  const size_t at = phrase.text.find(failure.fragment);
  const auto offset = text_offset(phrase);
  if (failure.fragment.empty() || at == std::string::npos || !offset) return phrase.span;
  SourceSpan span = phrase.span;
  const std::string_view before = std::string_view(phrase.text).substr(0, at);
  span.column += *offset + static_cast<uint32_t>(count_chars(before));
  span.size = static_cast<uint32_t>(count_chars(failure.fragment));
  return span;
}

}  // namespace

Diagnostic pattern_diagnostic(const PatternFailure& failure, const Rule& rule,
                              const Phrase& phrase) {
  const ProblemText text = text_of(failure.problem);
  Diagnostic diagnostic;
  diagnostic.code = text.code;
  diagnostic.title = text.title;
  diagnostic.file = rule.file;
  diagnostic.span = span_of(failure, phrase);
  diagnostic.label = failure.message;
  diagnostic.help = text.help;
  return diagnostic;
}

}  // namespace sieve
