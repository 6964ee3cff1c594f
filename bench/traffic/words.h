// Word lists for slots, and the invented parties of generated traffic: enterprises, hosts, handles.
//
// Thread safety: immutable tables and pure functions of their Random.
#pragma once

#include <span>
#include <string>
#include <string_view>

#include "traffic/language.h"
#include "traffic/random.h"
#include "traffic/template.h"

namespace sieve::traffic {

// Never empty. REQUIRES: a slot that is filled from a list (kName .. kCurrency).
std::span<const std::string_view> words_for(Slot slot, Lang lang);

// An invented sender of bulk messages.
struct Enterprise {
  std::string_view sender;  // Alphanumeric sender id.
  std::string_view brand;   // As its texts say it.
  std::string_view category;
  LegitKind kind;
  std::string_view host;
  std::string_view phone;
};

// Those that write in `lang`: some of every bulk kind.
std::span<const Enterprise> enterprises(Lang lang);

// Where people's links lead, up to their random end. REQUIRES: kLink, kMeet or kInvite.
std::span<const std::string_view> shared_links(Slot slot);
// What their user names begin with.
std::span<const std::string_view> handle_names();

// A host nobody has registered: word fragments, nonsense syllables and often digits, under `tlds`
// that scams use.
std::string invented_host(Random& random, ScamClass scam);
// `zun88qai`: a user name for LINE or Telegram.
std::string invented_handle(Random& random);
// A sender id that an impersonator would choose for `scam`.
std::string_view impostor_sender(Random& random, ScamClass scam);
// The brand that it pretends to be.
std::string_view impostor_brand(Random& random, ScamClass scam);

// Consonant-vowel syllables that make no word: "zun", "qai".
std::span<const std::string_view> nonsense_syllables();

}  // namespace sieve::traffic
