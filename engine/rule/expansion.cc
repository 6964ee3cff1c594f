#include "rule/expansion.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <array>

#include "base/utf8.h"
#include "text/leet.h"
#include "text/squeeze.h"
#include "text/thai_shapes.h"
#include "text/vietnamese.h"

namespace sieve {
namespace {

constexpr std::array<std::string_view, 3> kNames = {"leet", "thai", "diacritics"};

void report_unknown(const YamlNode& node, const YamlContext& context) {
  Diagnostic& out =
      context.error("R005", node.span, fmt::format("there is no expansion `{}`", node.scalar));
  const std::string_view near = nearest_name(node.scalar, {kNames.begin(), kNames.end()});
  if (!near.empty()) out.label = fmt::format("did you mean `{}`?", near);
  out.help = fmt::format("one of: {}", fmt::join(kNames, ", "));
}

}  // namespace

Expansions parse_expansions(const YamlNode& node, const YamlContext& context) {
  Expansions expansions;
  if (node.kind != YamlKind::kList) {
    context.error("R003", node.span, "`expand` must be a list").help =
        "write `expand: [leet]`, or `expand: []` for none";
    return expansions;
  }
  expansions.vietnamese = !node.items.empty();
  expansions.apart = !node.items.empty();
  const std::array<bool*, kNames.size()> flags = {&expansions.leet, &expansions.thai,
                                                  &expansions.diacritics};
  for (const auto& item : node.items) {
    const auto name = std::find(kNames.begin(), kNames.end(), item->scalar);
    if (name == kNames.end()) {
      report_unknown(*item, context);
    } else {
      *flags[static_cast<size_t>(name - kNames.begin())] = true;
    }
  }
  return expansions;
}

std::vector<ExpandedPhrase> expand_phrase(std::string_view phrase, const Expansions& expansions) {
  std::vector<ExpandedPhrase> out = {{View::kWords, std::string(phrase)}};
  const auto add_spelling = [&](std::string text) {
    const bool known = std::any_of(out.begin(), out.end(),
                                   [&](const ExpandedPhrase& other) { return other.text == text; });
    if (!known) out.push_back({View::kWords, std::move(text)});
  };
  if (may_have_diacritics(phrase) && (expansions.vietnamese || expansions.diacritics)) {
    add_spelling(with_tones(phrase, TonePlace::kFirst));
    add_spelling(with_tones(phrase, TonePlace::kSecond));
    const bool bare = expansions.diacritics || is_long_vietnamese(phrase);
    if (bare) add_spelling(without_diacritics(phrase));
  }
  const size_t spellings = out.size();
  for (size_t i = 0; i < spellings; ++i) {
    const std::string text = out[i].text;
    std::string apart = expansions.apart ? squeezed_phrase(text) : std::string();
    if (!apart.empty()) out.push_back({View::kSqueezed, std::move(apart)});
    if (expansions.leet && leet_letters(text) >= kShapedLettersMin) {
      out.push_back({View::kLeet, text});
    }
    if (expansions.thai && thai_letters(text) >= kShapedLettersMin) {
      out.push_back({View::kThai, text});
    }
  }
  return out;
}

std::optional<size_t> too_few_letters(std::string_view phrase, const Expansions& expansions) {
  const size_t latin = expansions.leet ? leet_letters(phrase) : 0;
  const size_t thai = expansions.thai ? thai_letters(phrase) : 0;
  const size_t letters = std::max(latin, thai);
  if (letters == 0 || letters >= kShapedLettersMin) return std::nullopt;
  return letters;
}

}  // namespace sieve
