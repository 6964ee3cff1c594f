#include "text/fold.h"

#include <algorithm>
#include <span>
#include <utility>

#include "base/check.h"
#include "base/utf8.h"
#include "text/fold_buffers.h"
#include "text/fold_pass.h"
#include "text/fold_run.h"
#include "text/grapheme.h"
#include "text/known_words.h"
#include "text/squeeze.h"

namespace sieve {
namespace {

std::string_view trim_spaces(std::string_view text) {
  while (!text.empty() && text.front() == ' ') text.remove_prefix(1);
  while (!text.empty() && text.back() == ' ') text.remove_suffix(1);
  return text;
}

bool is_written_with_spaces(char32_t c) {
  const CharProps& props = props_of(c);
  if (props.kind == CharKind::kMark) return (props.flags & kMarkUnspaced) == 0;
  return props.kind == CharKind::kSpaced || props.kind == CharKind::kDigit;
}

constexpr size_t kRepairedMax = 0xFFFF;

}  // namespace

std::string_view name_of(View view) {
  switch (view) {
    case View::kText:
      return "text";
    case View::kWords:
      return "words";
    case View::kSqueezed:
      return "squeezed";
    case View::kRaw:
      return "raw";
    case View::kLeet:
      return "leet";
    case View::kThai:
      return "thai";
  }
  return "";
}

std::string_view FoldedText::view(View v) const {
  switch (v) {
    case View::kText:
    case View::kLeet:
    case View::kThai:
      return text;
    case View::kWords:
      return words;
    case View::kSqueezed:
      return squeezed;
    case View::kRaw:
      return raw;
  }
  return {};
}

Folder::Folder() : buffers_(std::make_unique<FoldBuffers>()) {}
Folder::~Folder() = default;
Folder::Folder(Folder&&) noexcept = default;
Folder& Folder::operator=(Folder&&) noexcept = default;

const FoldedText& Folder::fold(std::string_view raw) {
  buffers_->reserve(raw.size());
  buffers_->words.data()[0] = ' ';
  FoldRun run{raw, buffers_->text.data(), buffers_->words.data() + 1};
  fold_run(run);
  folded_.raw = raw;
  folded_.folder = this;
  maps_built_ = whole_look_alikes_ = false;
  bool maybe_spaced_out = run.maybe_spaced_out;
  if (run.raw_size == raw.size()) {
    set_folded(run.text_size, end_words(run.words, run.words_size));
    folded_.features = {};
    add_features(run, folded_.features);
  } else {
    maybe_spaced_out = fold_rest(run);
  }
  folded_.squeezed = {};
  if (maybe_spaced_out) folded_.features.spaced_out = count_spaced_out(folded_.text);
  if (folded_.features.spaced_out > 0) {
    buffers_->squeezed.reserve(folded_.text.size());
    const size_t size = squeeze(folded_.text, buffers_->squeezed.data(), nullptr, nullptr);
    folded_.squeezed = buffers_->squeezed.first(size);
  }
  return folded_;
}

// Folds what the first run left. True when letters may be written apart.
bool Folder::fold_rest(const FoldRun& run) {
  FoldPass pass(folded_.raw, *buffers_, {});
  pass.take(run);
  pass.run();
  set_folded(pass.text_size(), pass.words_size());
  folded_.features = pass.features();
  whole_look_alikes_ = pass.found_whole_look_alikes();
  if (whole_look_alikes_) {
    FoldPass again(folded_.raw, *buffers_, {.fold_whole_look_alikes = true});
    again.run();
    set_folded(again.text_size(), again.words_size());
    folded_.features = again.features();
  }
  return pass.maybe_spaced_out();
}

void Folder::set_folded(size_t text_size, size_t words_size) {
  folded_.text = buffers_->text.first(text_size);
  folded_.words = buffers_->words.first(words_size);
  words_size_ = words_size;
  folded_.as_folded = folded_.text;
  folded_.words_repaired = 0;
}

const FoldedText& Folder::repair_words(const KnownWords& known) {
  FoldBuffers& buffers = *buffers_;
  if (folded_.words_repaired > 0) maps_built_ = false;
  folded_.text = folded_.as_folded;
  folded_.words = buffers.words.first(words_size_);
  folded_.words_repaired = 0;
  const size_t repaired = buffers.repairer.repair(folded_.text, folded_.words, known);
  if (repaired == 0) return folded_;
  // Reads the text as it was folded, and may ask where it came from.
  buffers.text_edits = &buffers.repairer.edit_text(find_contacts());
  buffers.word_edits = &buffers.repairer.edit_words();
  folded_.words_repaired = static_cast<uint16_t>(std::min(repaired, kRepairedMax));
  maps_built_ = false;
  buffers.repaired_words.reserve(folded_.words.size());
  const size_t words_size = buffers.word_edits->apply(folded_.words, buffers.repaired_words.data());
  folded_.words = buffers.repaired_words.first(words_size);
  buffers.repaired_text.reserve(folded_.text.size());
  const size_t text_size = buffers.text_edits->apply(folded_.text, buffers.repaired_text.data());
  folded_.text = buffers.repaired_text.first(text_size);
  return folded_;
}

// Where links and handles are in the text, in order.
std::span<const ByteSpan> Folder::find_contacts() {
  extract_entities(folded_, buffers_->contacts);
  std::vector<ByteSpan>& spans = buffers_->whole;
  spans.clear();
  for (const Url& url : buffers_->contacts.urls) spans.push_back(url.span);
  for (const Handle& handle : buffers_->contacts.handles) spans.push_back(handle.span);
  std::ranges::sort(spans);
  return spans;
}

void Folder::build_maps() {
  FoldPass pass(folded_.raw, *buffers_,
                {.fold_whole_look_alikes = whole_look_alikes_, .build_maps = true});
  pass.run();
  FoldMaps& maps = buffers_->maps;
  const size_t text_size = folded_.as_folded.size();
  const bool same = maps.text.size() == text_size && maps.words.size() == words_size_;
  SIEVE_CHECK(same, "the two ways to fold differ: {} {} bytes, {} {} mapped", text_size,
              words_size_, maps.text.size(), maps.words.size());
  maps.squeezed.clear();
  if (!folded_.squeezed.empty()) {
    squeeze(folded_.as_folded, buffers_->squeezed.data(), &maps.text, &maps.squeezed);
  }
  if (folded_.words_repaired > 0) {
    buffers_->text_edits->apply(maps.text);
    buffers_->word_edits->apply(maps.words);
  }
  maps_built_ = true;
}

ByteSpan Folder::original_span(View view, ByteSpan span) {
  SIEVE_CHECK(span.begin <= span.end && span.end <= folded_.view(view).size(),
              "[{}, {}) of {} bytes", span.begin, span.end, folded_.view(view).size());
  if (view == View::kRaw) return widen_to_clusters(folded_.raw, span);
  if (!maps_built_) build_maps();
  const FoldMaps& maps = buffers_->maps;
  if (view == View::kWords) {
    const std::string_view words = folded_.words;
    while (span.end > span.begin && words[span.end - 1] == ' ') --span.end;
    while (span.begin < span.end && words[span.begin] == ' ') ++span.begin;
  }
  const auto& map = view == View::kWords      ? maps.words
                    : view == View::kSqueezed ? maps.squeezed
                                              : maps.text;
  if (span.begin == span.end) {
    const uint32_t at =
        span.begin < map.size() ? map[span.begin].begin : static_cast<uint32_t>(folded_.raw.size());
    return {at, at};
  }
  return widen_to_clusters(folded_.raw, {map[span.begin].begin, map[span.end - 1].end});
}

uint32_t Folder::source_of(uint32_t at) {
  SIEVE_CHECK(at < folded_.text.size(), "{} of {} bytes", at, folded_.text.size());
  if (!maps_built_) build_maps();
  return buffers_->maps.text[at].begin;
}

std::string fold_literal(std::string_view literal, View view) {
  if (view == View::kRaw) return std::string(literal);
  Folder folder;
  const FoldedText& folded = folder.fold(literal);
  if (view == View::kText) return std::string(folded.text);
  std::string words(trim_spaces(folded.words));
  if (view == View::kSqueezed) std::erase(words, ' ');
  return words;
}

bool needs_word_boundary_before(std::string_view folded_literal) {
  return !folded_literal.empty() &&
         is_written_with_spaces(decode_utf8(folded_literal, 0).code_point);
}

bool needs_word_boundary_after(std::string_view folded_literal) {
  if (folded_literal.empty()) return false;
  // A mark at the end belongs to the letter before it.
  size_t at = folded_literal.size();
  while (at > 0) {
    do {
      --at;
    } while (at > 0 && (static_cast<unsigned char>(folded_literal[at]) & 0xC0) == 0x80);
    const char32_t c = decode_utf8(folded_literal, at).code_point;
    if (at == 0 || props_of(c).kind != CharKind::kMark) return is_written_with_spaces(c);
  }
  return false;
}

}  // namespace sieve
