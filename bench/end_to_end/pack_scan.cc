#include "pack_scan.h"

#include <simdjson.h>

#include <fstream>

#include "match/scanner.h"

namespace sieve {
namespace {

// Enough that caches hold no message, and few enough to keep a Folder for each.
constexpr size_t kMessagesMax = 20'000;

}  // namespace

struct PackScan::Impl {
  const Floor* floor = nullptr;
  std::vector<std::string> texts;
  std::vector<Folder> folders;
  std::vector<const FoldedText*> folded;
  Scanner scanner;
  FiredPatterns fired;
};

PackScan::PackScan(const std::vector<std::string>& files, const RuleSet& rules, const Floor& floor)
    : impl_(new Impl{&floor, {}, {}, {}, Scanner(rules.patterns()), {}}) {
  simdjson::ondemand::parser parser;
  for (const std::string& path : files) {
    std::ifstream file(path);
    for (std::string line; impl_->texts.size() < kMessagesMax && std::getline(file, line);) {
      const simdjson::padded_string padded(line);
      auto document = parser.iterate(padded);
      impl_->texts.emplace_back(document["text"].get_string().value());
    }
  }
  impl_->folders.resize(impl_->texts.size());
  for (size_t i = 0; i < impl_->texts.size(); ++i) {
    impl_->folders[i].fold(impl_->texts[i]);
    impl_->folded.push_back(&impl_->folders[i].repair_words(rules.patterns()->known_words()));
  }
  impl_->fired.resize(rules.patterns()->pattern_count());
}

PackScan::~PackScan() = default;

size_t PackScan::messages() const { return impl_->texts.size(); }

void PackScan::scan_literals() const {
  for (const FoldedText* text : impl_->folded) impl_->floor->scan(text->words);
}

void PackScan::scan_pack() {
  for (const FoldedText* text : impl_->folded) impl_->scanner.scan(*text, impl_->fired);
}

}  // namespace sieve
