// Random text of the kind that breaks folds: neighbours from the same few blocks of Unicode, and
// signs between them. SIEVE_SEED replays a failure.
//
// Thread safety: none.
#pragma once

#include <array>
#include <cstdlib>
#include <random>
#include <string>

#include "base/utf8.h"

namespace sieve::testing {

inline uint64_t seed() {
  const char* given = std::getenv("SIEVE_SEED");
  return given != nullptr ? std::strtoull(given, nullptr, 10) : 20'240'607;
}

class RandomText {
 public:
  explicit RandomText(uint64_t from) : random_(from) {}

  // A text of up to 40 characters from up to three blocks, so that some texts are of one script.
  std::string next() {
    std::string text;
    std::array<Block, 3> blocks;
    for (Block& block : blocks) block = kBlocks[pick(kBlocks.size())];
    const size_t block_count = 1 + pick(blocks.size());
    size_t block = 0;
    for (size_t left = pick(40); left > 0; --left) {
      if (pick(5) == 0) block = pick(block_count);
      append_utf8(text, from_block(blocks[block]));
      if (pick(400) == 0) text += static_cast<char>(pick(256));
    }
    return text;
  }

  // Any bytes at all.
  std::string next_bytes() {
    std::string text;
    for (size_t i = pick(80); i > 0; --i) text += static_cast<char>(pick(256));
    return text;
  }

  size_t pick(size_t below) { return random_() % below; }

 private:
  struct Block {
    char32_t first;
    char32_t last;
  };
  // Marks of a script also by themselves, for a block is mostly letters.
  static constexpr auto kBlocks = std::to_array<Block>({
      {0x20, 0x7E},       {0x20, 0x7E},       {0x61, 0x7A},       {0x30, 0x39},
      {0x00, 0x20},       {0xA0, 0x24F},      {0x250, 0x2AF},     {0x300, 0x36F},
      {0x370, 0x3FF},     {0x400, 0x4FF},     {0x500, 0x58F},     {0x590, 0x5FF},
      {0x600, 0x6FF},     {0x900, 0x97F},     {0xE01, 0xE5B},     {0xE30, 0xE4E},
      {0xE80, 0xEDF},     {0xEB0, 0xECF},     {0x1780, 0x17FF},   {0x17B6, 0x17DD},
      {0x1000, 0x109F},   {0x102B, 0x103E},   {0x1100, 0x11FF},   {0x13A0, 0x13FF},
      {0x1D00, 0x1DFF},   {0x1E00, 0x1FFF},   {0x2000, 0x206F},   {0x2070, 0x218F},
      {0x2460, 0x24FF},   {0x2C60, 0x2D2F},   {0x2E80, 0x2FDF},   {0x3000, 0x30FF},
      {0x3130, 0x32FF},   {0x4E00, 0x9FFF},   {0xA640, 0xA7FF},   {0xA4D0, 0xA4FF},
      {0xAC00, 0xD7A3},   {0xF900, 0xFB4F},   {0xFE00, 0xFE6F},   {0xFF00, 0xFFEF},
      {0x10280, 0x1044F}, {0x1F100, 0x1F1FF}, {0x1F300, 0x1F64F}, {0x1D400, 0x1D7FF},
      {0xE0000, 0xE01EF},
  });

  char32_t from_block(const Block& block) {
    if (pick(12) == 0) return U" .-,'\n0"[pick(7)];
    if (pick(200) == 0) return any();
    return block.first + static_cast<char32_t>(pick(block.last - block.first + 1));
  }

  char32_t any() {
    const auto c = static_cast<char32_t>(pick(0x110000));
    return c >= 0xD800 && c <= 0xDFFF ? U'a' : c;
  }

  std::mt19937_64 random_;
};

}  // namespace sieve::testing
