// Ways of writing a phrase that the fold leaves alone because it cannot know them from honest text
// (`sl0t`, `เว็Uตsง`, Vietnamese without its diacritics): the author asks for them with `expand:`,
// and they are looked for besides the phrase. Letters written apart (`b o n u s`) are, unasked.
//
// Thread safety: pure functions.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/yaml_reader.h"
#include "text/fold.h"

namespace sieve {

struct Expansions {
  bool leet = false;
  bool thai = false;
  bool diacritics = false;
  // Not asked for: tones of Vietnamese in either place, and long Vietnamese phrases without their
  // diacritics.
  bool vietnamese = true;
  // Not asked for: letters written apart.
  bool apart = true;
};

// `expand:`, a list of names; an empty one asks for nothing, not even what else goes unasked.
Expansions parse_expansions(const YamlNode& node, const YamlContext& context);

struct ExpandedPhrase {
  View view = View::kWords;
  std::string text;
};

// The ways of writing `phrase` (View::kWords) that are looked for: first as it is.
std::vector<ExpandedPhrase> expand_phrase(std::string_view phrase, const Expansions& expansions);

// The letters of `phrase` that stand-ins could be written for, when they are too few to look for
// that; nothing when they are enough, or none.
std::optional<size_t> too_few_letters(std::string_view phrase, const Expansions& expansions);

}  // namespace sieve
