#include "match/lure_words.h"

#include <array>

#include "match/host_letters.h"

namespace sieve {
namespace {

constexpr std::string_view kWords[] = {
    // To sign in, and what is said to be wrong.
    "login", "logon", "signin", "signon", "auth", "otp", "pin", "secure", "security", "safe",
    "verify", "verified", "verification", "confirm", "validate", "unlock", "locked", "update",
    "upgrade", "alert", "notice", "account", "accounts", "acct", "user", "member", "id", "kyc",
    // Who is said to write.
    "official", "support", "help", "helpdesk", "service", "services", "care", "center", "centre",
    "team", "desk", "customer", "staff", "admin",
    // Money, prizes, play.
    "pay", "payment", "payments", "bill", "refund", "wallet", "cash", "credit", "card", "loan",
    "money", "invest", "trade", "trading", "crypto", "token", "reward", "rewards", "point",
    "points", "gift", "bonus", "promo", "free", "prize", "lucky", "win", "winner", "vip", "bet",
    "slot", "slots", "casino", "game", "games", "gaming", "play", "club", "claim", "redeem",
    "event", "sale",
    // Parcels and shops.
    "track", "tracking", "delivery", "parcel", "package", "post", "express", "shop", "store",
    "mall", "order", "orders",
    // Where, and of what kind.
    "app", "apps", "apk", "mobile", "web", "site", "online", "digital", "net", "my", "the", "get",
    "go", "new", "pro", "plus", "info", "link", "url", "www", "com", "co", "th", "thai", "thailand",
    "vn", "ph", "sg", "asia", "global", "job", "jobs", "work", "hr"};

}  // namespace

std::span<const std::string_view> lure_words() { return kWords; }

LureWords::LureWords() {
  for (const std::string_view word : kWords) words_.add(hash_of(HostLetters(word).view()), 0);
  words_.finish();
}

}  // namespace sieve
