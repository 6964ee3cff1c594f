// What a rule weighs and where its alerts go: what an override may change.
#include <fmt/format.h>

#include <array>

#include "rule/names.h"
#include "rule/rule_parts.h"

namespace sieve {
namespace {

constexpr size_t kIdBytesMax = 64;
constexpr std::array<std::string_view, 8> kWeightKeys = {"group",    "route", "mode",     "tier",
                                                         "severity", "score", "score_if", "fit"};

template <size_t kSize>
std::vector<std::string_view> list_of(const std::array<std::string_view, kSize>& names) {
  return {names.begin(), names.end()};
}

// The shape of identifiers that travel in alerts, metrics and file names.
bool is_identifier(std::string_view text, std::string_view extra) {
  if (text.empty() || text.size() > kIdBytesMax) return false;
  for (const char c : text) {
    const bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
    if (!plain && extra.find(c) == std::string_view::npos) return false;
  }
  return text.front() != '-' && text.front() != '.' && text.back() != '.';
}

// `word` stays when the map has no such key.
template <class Word, size_t kSize>
void read_word(YamlReader& reader, std::string_view key,
               const std::array<std::string_view, kSize>& names, Word& word) {
  word = static_cast<Word>(reader.optional_choice(key, static_cast<size_t>(word), list_of(names)));
}

}  // namespace

void check_identifier(const YamlNode& map, std::string_view key, std::string_view extra,
                      const YamlContext& context) {
  const YamlNode* node = map.find(key);
  if (node == nullptr || node->kind != YamlKind::kScalar || node->scalar.empty()) return;
  if (is_identifier(node->scalar, extra)) return;
  context.error("R031", node->span, fmt::format("`{}` is no valid {}", node->scalar, key)).help =
      fmt::format("letters, digits and {}, at most {}", extra, kIdBytesMax);
}

void read_weight(YamlReader& reader, Rule& rule, const YamlContext& context) {
  rule.group = reader.optional_string("group", rule.group);
  rule.route = reader.optional_string("route", rule.route);
  check_identifier(reader.node(), "group", "-_.", context);
  check_identifier(reader.node(), "route", "-_.", context);
  read_word(reader, "status", kStatusNames, rule.status);
  read_word(reader, "mode", kModeNames, rule.mode);
  read_word(reader, "severity", kSeverityNames, rule.severity);
  rule.tier = reader.optional_int("tier", rule.tier, {1, 4});
  rule.score = reader.optional_number("score", rule.score);
  const YamlNode* score = reader.node().find("score");
  if (score == nullptr || (rule.score >= 0 && rule.score <= kScoreMax)) return;
  context.error("R004", score->span, fmt::format("`score` must be from 0 to {}", kScoreMax));
}

void warn_of_helper_weight(const YamlNode& map, const Rule& rule, const YamlContext& context) {
  if (rule.emit) return;
  for (const std::string_view key : kWeightKeys) {
    const YamlEntry* entry = map.find_entry(key);
    if (entry == nullptr) continue;
    context.warning("R148", entry->key_span, fmt::format("`{}` does nothing in a helper", key))
        .help = "a rule with `emit: false` never hits by itself: remove it, or the `emit`";
  }
}

}  // namespace sieve
