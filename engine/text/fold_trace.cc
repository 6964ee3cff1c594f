#include "text/fold_trace.h"

#include <algorithm>
#include <array>

#include "base/check.h"
#include "base/utf8.h"
#include "text/fold_table.h"

namespace sieve {
namespace {

struct Naming {
  std::string_view name;
  std::string_view summary;
};
constexpr std::array<Naming, kFoldStepCount> kNamings = {{
    {"bytes", "bytes that are no UTF-8"},
    {"invisible", "invisible characters"},
    {"full_width", "full-width forms, ideographic punctuation"},
    {"styled", "mathematical, enclosed and other styled letters"},
    {"forms", "other forms of spaces, punctuation and letters"},
    {"digits", "digits of other scripts"},
    {"chinese", "traditional characters"},
    {"case", "capitals"},
    {"look_alike", "letters that look like Latin ones"},
    {"marks", "marks dropped, moved or composed"},
}};

// One character as received, and what it is by now.
struct Part {
  ByteSpan raw;
  std::string now;
  FoldStep step = FoldStep::kForms;  // Of the change that the table says.
  std::string mapped;                // By the table.
};

// The smallest piece of the text that became a piece of the folded text by itself: mostly a
// grapheme cluster, or characters that became nothing.
struct Piece {
  ByteSpan raw;
  std::string_view folded;
  std::vector<Part> parts;

  std::string now() const {
    std::string out;
    for (const Part& part : parts) out += part.now;
    return out;
  }
};

bool is_han(char32_t c) { return (c >= 0x3400 && c <= 0x9FFF) || (c >= 0x20000 && c <= 0x3FFFF); }

// Of which kind the table's mapping of `c` is.
FoldStep step_of(char32_t c, const CharProps& props, std::string_view mapped) {
  if (props.kind == CharKind::kDropped) return FoldStep::kInvisible;
  if ((props.flags & kFullWidth) != 0) return FoldStep::kFullWidth;
  if ((props.flags & (kStyled | kRegional)) != 0) return FoldStep::kStyled;
  if (props.kind == CharKind::kDigit) return FoldStep::kDigits;
  if (is_han(c)) return FoldStep::kChinese;
  const bool is_letter = props.kind == CharKind::kSpaced && (props.flags & kSeveral) == 0;
  return is_letter && count_chars(mapped) == 1 ? FoldStep::kCase : FoldStep::kForms;
}

Part part_at(std::string_view raw, size_t at) {
  const Utf8Char c = decode_utf8(raw, at);
  Part part;
  part.raw = {static_cast<uint32_t>(at), static_cast<uint32_t>(at + c.size)};
  part.now = raw.substr(at, c.size);
  if (!c.valid) {
    part.step = FoldStep::kBytes;
    append_utf8(part.mapped, c.code_point);
    return part;
  }
  const uint16_t row = fold_row_of(c.code_point);
  part.mapped = row < kFoldIdentityRows ? part.now : std::string(mapping_of_row(row));
  part.step = step_of(c.code_point, props_of_row(row), part.mapped);
  return part;
}

void add_piece(std::string_view raw, ByteSpan span, std::string_view folded,
               std::vector<Piece>& pieces) {
  Piece& piece = pieces.emplace_back();
  piece.raw = span;
  piece.folded = folded;
  for (size_t at = span.begin; at < span.end; at = piece.parts.back().raw.end) {
    piece.parts.push_back(part_at(raw, at));
  }
}

// Divides both texts into pieces, by the Folder's own map between them.
std::vector<Piece> divide(std::string_view raw, const FoldedText& folded, Folder& folder) {
  struct Match {
    ByteSpan raw;
    ByteSpan text;
  };
  std::vector<Match> matches;
  for (size_t at = 0; at < folded.text.size();) {
    const auto begin = static_cast<uint32_t>(at);
    at += decode_utf8(folded.text, at).size;
    const ByteSpan text = {begin, static_cast<uint32_t>(at)};
    const ByteSpan from = folder.original_span(View::kText, text);
    if (!matches.empty() && from.begin < matches.back().raw.end) {
      matches.back().raw.end = std::max(matches.back().raw.end, from.end);
      matches.back().text.end = text.end;
    } else {
      matches.push_back({from, text});
    }
  }
  std::vector<Piece> pieces;
  uint32_t at = 0;
  for (const Match& match : matches) {
    if (at < match.raw.begin) add_piece(raw, {at, match.raw.begin}, {}, pieces);
    add_piece(raw, match.raw,
              folded.text.substr(match.text.begin, match.text.end - match.text.begin), pieces);
    at = match.raw.end;
  }
  if (at < raw.size()) add_piece(raw, {at, static_cast<uint32_t>(raw.size())}, {}, pieces);
  return pieces;
}

// The Latin letter that stands for the part in the folded piece; empty: it was not replaced.
std::string latin_for(const Part& part, const Piece& piece) {
  if (part.now.empty()) return {};
  const char alike = props_of(decode_utf8(part.now, 0).code_point).alike;
  const bool is_replaced = alike != 0 && piece.folded.find(part.now) == std::string_view::npos &&
                           piece.folded.find(alike) != std::string_view::npos;
  return is_replaced ? std::string(1, alike) : std::string();
}

void change(Part& part, std::string to, FoldStage& stage) {
  stage.changes.push_back({part.raw, part.now, to});
  part.now = std::move(to);
}

void apply(FoldStep step, Piece& piece, FoldStage& stage) {
  if (step == FoldStep::kMarks) {
    if (piece.now() == piece.folded) return;
    Part whole{piece.raw, piece.now(), step, {}};
    change(whole, std::string(piece.folded), stage);
    piece.parts = {std::move(whole)};
    return;
  }
  for (Part& part : piece.parts) {
    if (step == FoldStep::kLookAlike) {
      std::string latin = latin_for(part, piece);
      if (!latin.empty()) change(part, std::move(latin), stage);
    } else if (part.step == step && part.mapped != part.now) {
      change(part, part.mapped, stage);
    }
  }
}

}  // namespace

std::string_view name_of(FoldStep step) { return kNamings[static_cast<size_t>(step)].name; }

std::string_view summary_of(FoldStep step) { return kNamings[static_cast<size_t>(step)].summary; }

std::vector<FoldStage> trace_fold(std::string_view raw, Folder& folder) {
  const FoldedText& folded = folder.fold(raw);
  std::vector<Piece> pieces = divide(raw, folded, folder);
  std::vector<FoldStage> stages;
  for (size_t i = 0; i < kFoldStepCount; ++i) {
    FoldStage stage;
    stage.step = static_cast<FoldStep>(i);
    for (Piece& piece : pieces) apply(stage.step, piece, stage);
    if (stage.changes.empty()) continue;
    for (const Piece& piece : pieces) stage.text += piece.now();
    stages.push_back(std::move(stage));
  }
  const std::string_view last = stages.empty() ? raw : std::string_view(stages.back().text);
  SIEVE_CHECK(last == folded.text, "the steps end in another text, of {} bytes and not {}",
              last.size(), folded.text.size());
  return stages;
}

}  // namespace sieve
