#include "match/scanner.h"

#include <algorithm>
#include <array>
#include <optional>

#include "base/check.h"
#include "base/limits.h"
#include "match/cluster_boundary.h"
#include "match/pattern_db_impl.h"
#include "text/leet.h"
#include "text/squeeze.h"
#include "text/thai_shapes.h"

namespace sieve {
namespace {

// `size` bytes before `end`, without the delimiting spaces.
ByteSpan phrase_span(const Matcher& matcher, size_t end) {
  const size_t begin = end - matcher.literal.size();
  return {static_cast<uint32_t>(begin + matcher.space_before),
          static_cast<uint32_t>(end - matcher.space_after)};
}

// Whether an occurrence is one: it cuts no grapheme cluster and is no part of a longer word.
bool counts(const Matcher& matcher, std::string_view text, ByteSpan span) {
  return (!matcher.cluster_before || is_cluster_boundary(text, span.begin)) &&
         (!matcher.cluster_after || is_cluster_boundary(text, span.end)) &&
         !matcher.longer.contain(text, span);
}

// The first occurrence at `from` or behind it for which `is_one` holds.
// Each step moves on in the text, so that the work is bounded by its size.
template <class IsOne>
std::optional<ByteSpan> find_literal(const Matcher& matcher, std::string_view text, size_t from,
                                     IsOne is_one) {
  const size_t first = from - std::min<size_t>(from, matcher.space_before);
  for (size_t at = text.find(matcher.literal, first); at != std::string_view::npos;
       at = text.find(matcher.literal, at + 1)) {
    const ByteSpan span = phrase_span(matcher, at + matcher.literal.size());
    if (is_one(span)) return span;
  }
  return std::nullopt;
}

// The occurrence that ends at `end`, or, when it does not count, the first that does.
std::optional<ByteSpan> confirm_literal(const Matcher& matcher, std::string_view text, size_t end) {
  const ByteSpan span = phrase_span(matcher, end);
  if (!matcher.needs_check() || counts(matcher, text, span)) return span;
  return find_literal(matcher, text, 0, [&](ByteSpan s) { return counts(matcher, text, s); });
}

// The letters that must stand apart for a phrase to be one that was spaced out.
constexpr int kApartMin = 3;
// Of a regular expression: each takes two bytes, and the whole match is one.
constexpr size_t kGroupsMax = limits::kPatternBytesMax / 2 + 1;

// Whether [span) of the squeezed text, of which `bytes` are the marks, is a phrase by itself, some
// letters of which stand apart: "f r e e" is free, and "if reed" is not.
bool stands_apart(const Matcher& matcher, std::string_view squeezed, std::span<const uint8_t> bytes,
                  ByteSpan span) {
  if (!counts(matcher, squeezed, span)) return false;
  if (!matcher.cluster_before && (bytes[span.begin] & kTokenBegins) == 0) return false;
  if (!matcher.cluster_after && (bytes[span.end - 1] & kTokenEnds) == 0) return false;
  constexpr uint8_t kLetter = kTokenBegins | kStandsApart;
  const auto inside = bytes.subspan(span.begin, span.end - span.begin);
  return std::ranges::count_if(inside, [](uint8_t b) { return (b & kLetter) == kLetter; }) >=
         kApartMin;
}

std::optional<ByteSpan> find_regex(const re2::RE2& regex, std::string_view text, size_t from) {
  re2::StringPiece match;
  const re2::StringPiece whole(text.data(), text.size());
  if (!regex.Match(whole, from, whole.size(), re2::RE2::UNANCHORED, &match, 1)) return std::nullopt;
  const auto begin = static_cast<uint32_t>(match.data() - text.data());
  return ByteSpan{begin, begin + static_cast<uint32_t>(match.size())};
}

// The same, and what it took.
std::optional<ByteSpan> find_regex(const re2::RE2& regex, std::string_view text, size_t from,
                                   RegexCosts& costs, size_t pattern) {
  RegexCost& cost = costs.by_pattern[pattern];
  std::optional<Stopwatch> watch;
  if (costs.is_timing) watch.emplace(costs.clock);
  const auto span = find_regex(regex, text, from);
  if (watch) cost.timed.add(watch->lap());
  cost.found += span ? 1 : 0;
  ++cost.searched;
  return span;
}

}  // namespace

void FiredPatterns::resize(size_t pattern_count) {
  slot_.assign(pattern_count, 0);
  fired_.clear();
  fired_.reserve(std::min(pattern_count, limits::kSignalsPerMessageMax));
  truncated_ = 0;
}

void FiredPatterns::add(PatternId id, ByteSpan span) {
  if (find(id) != nullptr) return;
  if (fired_.size() >= limits::kSignalsPerMessageMax) {
    ++truncated_;
    return;
  }
  slot_[id.index()] = static_cast<uint32_t>(fired_.size());
  fired_.push_back({id, span});
}

const FiredPattern* FiredPatterns::find(PatternId id) const {
  const uint32_t slot = slot_[id.index()];
  if (slot >= fired_.size() || fired_[slot].pattern != id) return nullptr;
  return &fired_[slot];
}

struct Scanner::Impl {
  std::shared_ptr<const PatternDb> db;
  Scratch scratch;
  std::vector<RawMatch> found;
  ShapedText shaped;
  std::vector<uint8_t> squeezed_bytes;  // Marks of the tokens of a squeezed text.
  RegexCosts* costs = nullptr;          // Null: nobody watches.

  // A regular expression at `from` of its view or behind it.
  std::optional<ByteSpan> search(size_t pattern, std::string_view view, size_t from) const {
    const re2::RE2& regex = *db->impl().matchers[pattern].regex;
    return costs == nullptr ? find_regex(regex, view, from)
                            : find_regex(regex, view, from, *costs, pattern);
  }

  // Adds to `fired` what is left of `found` after confirmation.
  void confirm(const FoldedText& text, FiredPatterns& fired);
  // Adds the phrases that are written with their letters apart.
  void find_spaced_out(const FoldedText& text, FiredPatterns& fired);
  // Add the phrases that are written with stand-ins.
  void find_leet(std::string_view text, FiredPatterns& fired);
  void find_thai(std::string_view text, FiredPatterns& fired);
  const ShapeIndex& shapes_of(View view) const {
    return db->impl().views[static_cast<size_t>(view)].shapes;
  }
};

Scanner::Scanner(std::shared_ptr<const PatternDb> db) : impl_(std::make_unique<Impl>()) {
  impl_->db = std::move(db);
  for (const Database* database : impl_->db->impl().databases()) database->grow(impl_->scratch);
  impl_->found.reserve(impl_->db->pattern_count());
}

void Scanner::watch(RegexCosts* costs) { impl_->costs = costs; }

Scanner::~Scanner() = default;
Scanner::Scanner(Scanner&&) noexcept = default;

std::optional<ByteSpan> Scanner::occurrence(PatternId id, const FoldedText& text,
                                            size_t from) const {
  const PatternDb::Impl& db = impl_->db->impl();
  const Matcher& matcher = db.matchers[id.index()];
  const PatternSpec& spec = db.specs[id.index()];
  const std::string_view view = text.view(spec.view);
  if (matcher.regex) return impl_->search(id.index(), view, from);
  if (spec.kind == PatternKind::kWords && spec.view == View::kSqueezed) {
    return find_literal(matcher, view, from, [&](ByteSpan span) {
      return stands_apart(matcher, view, impl_->squeezed_bytes, span);
    });
  }
  return find_literal(matcher, view, from, [&](ByteSpan span) {
    return !matcher.needs_check() || counts(matcher, view, span);
  });
}

std::optional<std::string_view> Scanner::capture(PatternId id, const FoldedText& text, size_t from,
                                                 const std::string& group) const {
  const re2::RE2& regex = *impl_->db->impl().matchers[id.index()].regex;
  const auto named = regex.NamedCapturingGroups().find(group);
  if (named == regex.NamedCapturingGroups().end()) return std::nullopt;
  std::array<re2::StringPiece, kGroupsMax> groups;
  const auto count = static_cast<size_t>(named->second) + 1;
  if (count > groups.size()) return std::nullopt;
  const std::string_view view = text.view(impl_->db->impl().specs[id.index()].view);
  const re2::StringPiece whole(view.data(), view.size());
  if (!regex.Match(whole, from, whole.size(), re2::RE2::UNANCHORED, groups.data(),
                   static_cast<int>(count))) {
    return std::nullopt;
  }
  const re2::StringPiece& found = groups[count - 1];
  if (found.data() == nullptr) return std::nullopt;
  return std::string_view(found.data(), found.size());
}

void Scanner::Impl::confirm(const FoldedText& text, FiredPatterns& fired) {
  const PatternDb::Impl& impl = db->impl();
  std::sort(found.begin(), found.end());
  for (const RawMatch& match : found) {
    const Matcher& matcher = impl.matchers[match.id];
    const std::string_view view = text.view(impl.specs[match.id].view);
    const auto span =
        matcher.regex ? search(match.id, view, 0) : confirm_literal(matcher, view, match.end);
    if (span) fired.add(PatternId(match.id), *span);
  }
}

void Scanner::Impl::find_spaced_out(const FoldedText& text, FiredPatterns& fired) {
  mark_tokens(text.as_folded, squeezed_bytes);
  const std::string_view squeezed = text.squeezed;
  SIEVE_CHECK(squeezed_bytes.size() == squeezed.size(), "{} bytes are marked, of {}",
              squeezed_bytes.size(), squeezed.size());
  for (size_t at = 0; at < squeezed.size(); ++at) {
    shapes_of(View::kSqueezed).visit(squeezed.substr(at), [&](PatternId id) {
      const Matcher& matcher = db->impl().matchers[id.index()];
      const ByteSpan span = phrase_span(matcher, at + matcher.literal.size());
      if (stands_apart(matcher, squeezed, squeezed_bytes, span)) fired.add(id, span);
    });
  }
}

void Scanner::Impl::find_leet(std::string_view text, FiredPatterns& fired) {
  shape_leet(text, shaped);
  const std::string_view shapes = shaped.shapes;
  for (size_t at = 0; at < shapes.size(); at = shapes.find(' ', at) + 1) {
    shapes_of(View::kLeet).visit(shapes.substr(at), [&](PatternId id) {
      const auto span = confirm_leet(db->spec(id).text, text, shaped, at);
      if (span) fired.add(id, *span);
    });
  }
}

void Scanner::Impl::find_thai(std::string_view text, FiredPatterns& fired) {
  shape_thai(text, shaped);
  const std::string_view shapes = shaped.shapes;
  for (size_t at = 0; at < shapes.size(); ++at) {
    shapes_of(View::kThai).visit(shapes.substr(at), [&](PatternId id) {
      const auto span = confirm_thai(db->spec(id).text, text, shaped, at);
      if (span) fired.add(id, *span);
    });
  }
}

void Scanner::scan(const FoldedText& text, FiredPatterns& fired) {
  fired.clear();
  impl_->found.clear();
  for (size_t i = 0; i < kViewCount; ++i) {
    const ViewDatabases& databases = impl_->db->impl().views[i];
    if (!databases.literals && !databases.regexes) continue;
    const std::string_view view = text.view(static_cast<View>(i));
    if (view.empty()) continue;
    if (databases.literals) databases.literals->scan(view, impl_->scratch, impl_->found);
    if (databases.regexes) databases.regexes->scan(view, impl_->scratch, impl_->found);
  }
  impl_->confirm(text, fired);
  const bool is_spaced_out = !impl_->shapes_of(View::kSqueezed).empty() && !text.squeezed.empty();
  if (is_spaced_out) impl_->find_spaced_out(text, fired);
  const ShapeFilter& leet_words = impl_->db->impl().leet_words;
  const bool is_leet =
      !impl_->shapes_of(View::kLeet).empty() && has_leet_word(text.text, leet_words);
  if (is_leet) impl_->find_leet(text.text, fired);
  const bool is_thai = !impl_->shapes_of(View::kThai).empty() && shows_thai_shapes(text);
  if (is_thai) impl_->find_thai(text.text, fired);
}

}  // namespace sieve
