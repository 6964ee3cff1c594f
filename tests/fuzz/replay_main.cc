// Runs every file of a corpus directory through a fuzz target: what libFuzzer found once stays
// fixed under every compiler.
#include <algorithm>
#include <cstdint>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size);

namespace {

std::vector<std::filesystem::path> files_below(const char* directory) {
  std::vector<std::filesystem::path> files;
  std::error_code error;
  for (std::filesystem::recursive_directory_iterator at(directory, error), end; at != end; ++at) {
    if (at->is_regular_file()) files.push_back(at->path());
  }
  std::sort(files.begin(), files.end());
  return files;
}

std::string bytes_of(const std::filesystem::path& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 2) {
    std::fprintf(stderr, "usage: %s CORPUS_DIRECTORY\n", argv[0]);
    return 2;
  }
  const std::vector<std::filesystem::path> files = files_below(argv[1]);
  if (files.empty()) {
    std::fprintf(stderr, "no inputs in %s\n", argv[1]);
    return 1;
  }
  for (const std::filesystem::path& path : files) {
    // Named first: after a crash, the last line says which input it was.
    std::fprintf(stderr, "%s\n", path.c_str());
    // A copy of exactly its size, so that reading past the end is seen by a sanitizer.
    const std::string bytes = bytes_of(path);
    const std::vector<uint8_t> input(bytes.begin(), bytes.end());
    LLVMFuzzerTestOneInput(input.data(), input.size());
  }
  std::fprintf(stderr, "%zu inputs\n", files.size());
  return 0;
}
