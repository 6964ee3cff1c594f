// Any bytes are a document or diagnostics with places; every place can be shown.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>
#include <vector>

#include "base/yaml.h"

namespace {

// Walks a document and asks for the place of the middle of every scalar.
void visit(const sieve::YamlNode& root) {
  std::vector<const sieve::YamlNode*> open = {&root};
  while (!open.empty()) {
    const sieve::YamlNode* node = open.back();
    open.pop_back();
    const sieve::SourceSpan span = node->span_at(node->scalar.size() / 2);
    if (node->kind == sieve::YamlKind::kScalar && (span.line == 0 || span.column == 0)) {
      std::abort();
    }
    for (const auto& item : node->items) open.push_back(item.get());
    for (const auto& entry : node->entries) {
      if (entry.value == nullptr) std::abort();
      open.push_back(entry.value.get());
    }
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const auto document = sieve::parse_yaml("fuzz.yaml", text);
  if (document) {
    visit(document->root());
    return 0;
  }
  if (document.error().empty()) std::abort();
  for (const sieve::Diagnostic& diagnostic : document.error()) {
    if (sieve::render(diagnostic, {{"fuzz.yaml", text}}).empty()) std::abort();
    if (sieve::render_json(diagnostic).empty()) std::abort();
  }
  return 0;
}
