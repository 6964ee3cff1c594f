// Turns pattern specs into what the two engines take, or into the reason why they do not.
#include <fmt/format.h>

#include <algorithm>

#include "match/byte_regex.h"
#include "match/cluster_boundary.h"
#include "match/pattern_db_impl.h"
#include "text/leet.h"
#include "text/thai_shapes.h"

namespace sieve {
namespace {

re2::RE2::Options regex_options() {
  re2::RE2::Options options;
  options.set_log_errors(false);
  // A message is no list of lines: `.` also stands for a line break.
  options.set_dot_nl(true);
  return options;
}

// Beyond this RE2's automata run out of their memory on some texts and it falls back to a search
// that is a hundred times slower. `.{0,1000}` has 9,000 instructions.
constexpr int kRegexInstructionsMax = 10'000;

bool matches_empty(const ByteRegex& bytes) {
  const re2::RE2 bare(bytes.without_assertions, regex_options());
  return bare.ok() && re2::RE2::FullMatch("", bare);
}

Unexpected<PatternFailure> failure(PatternId id, PatternProblem problem, std::string message) {
  PatternFailure out;
  out.pattern = id;
  out.problem = problem;
  out.message = std::move(message);
  return Unexpected<PatternFailure>(std::move(out));
}

}  // namespace

Expected<Matcher, PatternFailure> prepare_literal(PatternId id, const PatternSpec& spec) {
  if (spec.text.empty()) {
    return failure(id, PatternProblem::kEmpty, "nothing is left of it after folding");
  }
  Matcher matcher;
  if (spec.kind == PatternKind::kWords && spec.view == View::kSqueezed) {
    if (spec.text.size() < ShapeIndex::kKeyBytes) {
      return failure(id, PatternProblem::kEmpty, "it has too few letters to be looked for apart");
    }
    matcher.cluster_before = !needs_word_boundary_before(spec.text);
    matcher.cluster_after = !needs_word_boundary_after(spec.text);
  }
  if (spec.kind == PatternKind::kWords && spec.view == View::kWords) {
    matcher.space_before = needs_word_boundary_before(spec.text) ? 1 : 0;
    matcher.space_after = needs_word_boundary_after(spec.text) ? 1 : 0;
    matcher.cluster_before = matcher.space_before == 0;
    matcher.cluster_after = matcher.space_after == 0;
    // A space is no cluster of its own: a mark after it belongs to it.
    if (!is_cluster_boundary(" " + spec.text, 1)) {
      return failure(id, PatternProblem::kNeverMatches,
                     "it starts with a mark that belongs to the letter before it");
    }
  }
  matcher.longer = LongerWords(spec.text, spec.not_in, spec.view);
  matcher.literal =
      std::string(matcher.space_before, ' ') + spec.text + std::string(matcher.space_after, ' ');
  return matcher;
}

Expected<std::string, PatternFailure> prepare_shapes(PatternId id, const PatternSpec& spec) {
  std::string shapes = spec.view == View::kLeet ? leet_shapes(spec.text) : thai_shapes(spec.text);
  if (!shapes.empty()) return shapes;
  return failure(id, PatternProblem::kEmpty, "it has too few letters that others stand for");
}

Expected<PreparedRegex, PatternFailure> prepare_regex(PatternId id, const PatternSpec& spec) {
  auto regex = std::make_unique<re2::RE2>(spec.text, regex_options());
  if (!regex->ok()) {
    auto refused = failure(id, PatternProblem::kSyntax, regex->error());
    refused.value().fragment = regex->error_arg();
    return refused;
  }
  const int instructions = std::max(regex->ProgramSize(), regex->ReverseProgramSize());
  if (instructions > kRegexInstructionsMax) {
    return failure(id, PatternProblem::kRefused,
                   fmt::format("it takes {} instructions, more than the limit of {}", instructions,
                               kRegexInstructionsMax));
  }
  auto bytes = to_byte_regex(spec.text, spec.view);
  if (!bytes) {
    bytes.error().pattern = id;
    return Unexpected<PatternFailure>(std::move(bytes.error()));
  }
  if (spec.text.empty() || matches_empty(*bytes)) {
    return failure(id, PatternProblem::kMatchesEmpty,
                   "it matches the empty text, so it would fire on every message");
  }
  return PreparedRegex{std::move(regex),
                       {id.value, std::move(bytes->expression), false},
                       {id.value, std::move(bytes->loose_expression), true}};
}

PatternFailure refusal(const BytePattern& pattern, const CompileFailure& reason) {
  PatternFailure failure;
  failure.pattern = PatternId(pattern.id);
  failure.message = reason.message;
  failure.problem = PatternProblem::kTooCostly;
  if (reason.problem == CompileProblem::kRefused) {
    const bool never = reason.message == kNeverMatchesReason;
    failure.problem = never ? PatternProblem::kNeverMatches : PatternProblem::kRefused;
  }
  return failure;
}

PatternFailure refusal_of_all(const BytePattern& first, const CompileFailure& reason) {
  PatternFailure failure;
  failure.pattern = PatternId(first.id);
  failure.message = reason.message;
  failure.problem = reason.problem == CompileProblem::kNoChild ? PatternProblem::kNoCompiler
                                                               : PatternProblem::kAllTooCostly;
  return failure;
}

}  // namespace sieve
