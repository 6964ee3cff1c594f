#include "rule/record_paths.h"

#include <algorithm>
#include <array>

namespace sieve {
namespace {

// Fields that the engine derives: a record does not carry them.
bool is_derived(std::string_view name) {
  static constexpr std::array<std::string_view, 10> kDerived = {
      "hour",     "answered", "text_cut",     "coding", "payload.fault",
      "to.count", "from.raw", "from.country", "to.raw", "to.country"};
  return std::find(kDerived.begin(), kDerived.end(), name) != kDerived.end();
}

// What a message may have in the place of its text.
constexpr std::array<std::string_view, 5> kPayloadPaths = {
    "payload.b64", "payload.hex", "payload.dcs", "payload.udhi", "payload.packed"};

}  // namespace

std::string_view field_prefix(RecordKind kind) {
  static constexpr std::array<std::string_view, 3> kPrefixes = {"msg.", "call.", "report."};
  return kPrefixes[static_cast<size_t>(kind)];
}

std::vector<std::string> record_paths(RecordKind kind) {
  const std::string_view prefix = field_prefix(kind);
  std::vector<std::string> paths;
  if (kind == RecordKind::kMessage) paths.assign(kPayloadPaths.begin(), kPayloadPaths.end());
  for (const FieldInfo& info : all_fields()) {
    if (info.kind != kind || !info.name.starts_with(prefix)) continue;
    const std::string_view path = info.name.substr(prefix.size());
    const bool derived = is_derived(path) || (kind == RecordKind::kCall && path == "direction");
    if (!derived) paths.emplace_back(path);
    if (path.ends_with(".type")) {
      paths.push_back(std::string(path.substr(0, path.size() - 5)) + ".addr");
    }
  }
  return paths;
}

}  // namespace sieve
