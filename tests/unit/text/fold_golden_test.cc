// The fold as a linguist would check it: tests/golden/fold, a file per script and per trick, with
// lines `input => text | words | features | squeezed`. Words are without the outer spaces, features
// are those that are not 0 as name=count, and the last two may be missing. Lines without an arrow
// are headings. \u{XX} is a code point, \x{XX} a byte.
#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <string_view>

#include "golden/golden.h"
#include "text/fold.h"

namespace sieve {
namespace {

constexpr std::string_view kArrow = " => ";

// White space that a text editor would not show as it is.
std::string escaped(std::string_view text) {
  std::string out;
  for (const char c : text) {
    if (c >= 0 && c < ' ') {
      out += std::string("\\u{") + "0123456789ABCDEF"[static_cast<size_t>(c)] + "}";
    } else {
      out += c;
    }
  }
  return out;
}

std::string_view trimmed(std::string_view text) {
  while (text.starts_with(' ')) text.remove_prefix(1);
  while (text.ends_with(' ')) text.remove_suffix(1);
  return text;
}

std::string describe(const FoldFeatures& f) {
  std::string out;
  const auto add = [&out](std::string_view name, uint16_t count) {
    if (count == 0) return;
    out += (out.empty() ? "" : " ") + std::string(name) + "=" + std::to_string(count);
  };
  add("invisible", f.invisible);
  add("full_width", f.full_width);
  add("styled", f.styled);
  add("look_alike", f.look_alike);
  add("mixed_script_tokens", f.mixed_script_tokens);
  add("spaced_out", f.spaced_out);
  add("digit_for_letter", f.digit_for_letter);
  add("marks_repaired", f.marks_repaired);
  return out;
}

std::string describe(const FoldedText& folded) {
  std::string out(folded.text);
  out += " | " + std::string(trimmed(folded.words));
  const std::string features = describe(folded.features);
  if (!features.empty()) out += " | " + features;
  if (!folded.squeezed.empty()) out += " | " + std::string(folded.squeezed);
  return escaped(trimmed(out));
}

// The file as it should be.
std::string with_folds(std::string_view file) {
  Folder folder;
  std::string out;
  while (!file.empty()) {
    const size_t end = std::min(file.find('\n'), file.size());
    std::string line(file.substr(0, end));
    file.remove_prefix(std::min(end + 1, file.size()));
    const size_t arrow = line.find(kArrow);
    if (!line.starts_with('#') && arrow != std::string::npos) {
      line.resize(arrow);
      const std::string input = testing::golden_unescaped(line);
      line += kArrow;
      line += describe(folder.fold(input));
    }
    out += line + '\n';
  }
  return out;
}

TEST(FoldGoldenTest, FoldsAsTheLinesSay) {
  const auto paths = testing::golden_inputs("fold", "", ".txt");
  EXPECT_GE(paths.size(), 16U);
  for (const std::string& path : paths) {
    const std::string file = testing::golden_read(path);
    EXPECT_NE(file.find(kArrow), std::string::npos) << path;
    testing::expect_golden(path, with_folds(file));
  }
}

}  // namespace
}  // namespace sieve
