#include "base/patch.h"

#include <algorithm>
#include <tuple>
#include <vector>

#include "base/utf8.h"
#include "base/yaml_text.h"

namespace sieve {
namespace {

constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";

// The byte of the character `column`, from 1, of `line`; its end when the line is shorter.
size_t byte_of(std::string_view line, uint32_t column) {
  size_t at = 0;
  for (uint32_t i = 1; i < column && at < line.size(); ++i) at += decode_utf8(line, at).size;
  return at;
}

}  // namespace

bool has_patch(const Diagnostic& diagnostic) {
  return !diagnostic.replacement.empty() && diagnostic.span.line > 0;
}

Patched apply_patches(std::string_view file, std::string_view text,
                      const Diagnostics& diagnostics) {
  std::vector<const Diagnostic*> patches;
  for (const Diagnostic& diagnostic : diagnostics) {
    if (has_patch(diagnostic) && diagnostic.file == file) patches.push_back(&diagnostic);
  }
  std::stable_sort(patches.begin(), patches.end(), [](const Diagnostic* a, const Diagnostic* b) {
    return std::tie(a->span.line, a->span.column) < std::tie(b->span.line, b->span.column);
  });
  const size_t mark = text.starts_with(kByteOrderMark) ? kByteOrderMark.size() : 0;
  const TextLines lines(text.substr(mark));
  Patched out;
  size_t done = 0;  // Bytes of `text` that are written.
  for (const Diagnostic* patch : patches) {
    const std::string_view line = lines.line(patch->span.line - 1);
    if (line.data() == nullptr) continue;
    const size_t line_begin = static_cast<size_t>(line.data() - text.data());
    const size_t begin = line_begin + byte_of(line, patch->span.column);
    const size_t end = line_begin + byte_of(line, patch->span.column + patch->span.size);
    const bool overlaps = out.applied > 0 && begin < done;
    if (overlaps) continue;
    out.text += text.substr(done, begin - done);
    out.text += patch->replacement;
    done = end;
    ++out.applied;
  }
  out.text += text.substr(done);
  return out;
}

}  // namespace sieve
