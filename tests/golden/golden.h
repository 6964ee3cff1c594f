// Golden files: an input and, beside it, exactly what a person sees of it. With
// SIEVE_UPDATE_GOLDEN=1 in the environment a test writes the expected file instead of comparing.
#pragma once

#include <gtest/gtest.h>

#include <cstdlib>
#include <string>
#include <string_view>
#include <vector>

#include "base/file.h"
#include "base/utf8.h"

namespace sieve::testing {

inline constexpr size_t kGoldenBytesMax = size_t{16} << 20;

inline std::string golden_directory(std::string_view name) {
  return std::string(SIEVE_TEST_DIR) + "/golden/" + std::string(name);
}

// The file name of `path` without directories and without `suffix`.
inline std::string golden_name(const std::string& path, std::string_view suffix) {
  const size_t slash = path.rfind('/');
  const std::string file = slash == std::string::npos ? path : path.substr(slash + 1);
  return file.substr(0, file.size() - suffix.size());
}

// Inputs in `directory` whose names start with `prefix` and end in `suffix`, sorted.
inline std::vector<std::string> golden_inputs(std::string_view directory, std::string_view prefix,
                                              std::string_view suffix) {
  std::vector<std::string> inputs;
  const auto files = list_files(golden_directory(directory), suffix);
  if (!files) return inputs;
  for (const std::string& file : *files) {
    if (golden_name(file, suffix).starts_with(prefix)) inputs.push_back(file);
  }
  return inputs;
}

inline std::string golden_read(const std::string& path) {
  const auto bytes = read_file(path, kGoldenBytesMax);
  return bytes ? *bytes : std::string();
}

// `text` with \u{XX} as the code point and \x{XX} as the byte it says.
inline std::string golden_unescaped(std::string_view text) {
  std::string out;
  while (!text.empty()) {
    const size_t end = text.find('}');
    const bool code_point = text.starts_with("\\u{");
    if ((code_point || text.starts_with("\\x{")) && end != std::string_view::npos) {
      const unsigned long value = std::stoul(std::string(text.substr(3, end - 3)), nullptr, 16);
      if (code_point) append_utf8(out, static_cast<char32_t>(value));
      if (!code_point) out += static_cast<char>(value);
      text.remove_prefix(end + 1);
    } else {
      out += text.front();
      text.remove_prefix(1);
    }
  }
  return out;
}

// Expects that the file `path` holds `got`.
inline void expect_golden(const std::string& path, const std::string& got) {
  const char* update = std::getenv("SIEVE_UPDATE_GOLDEN");
  if (update != nullptr && std::string_view(update) == "1") {
    const auto written = write_file_atomically(path, got);
    EXPECT_TRUE(written) << written.error().message;
    return;
  }
  EXPECT_EQ(golden_read(path), got) << path << ": SIEVE_UPDATE_GOLDEN=1 rewrites it";
}

}  // namespace sieve::testing
