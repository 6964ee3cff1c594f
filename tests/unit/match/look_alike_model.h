// What a host imitates, slowly and in the words of the guide: every brand, every name and every
// rule, one after the other, over strings and regular expressions.
#pragma once

#include <re2/re2.h>

#include <algorithm>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "match/host_letters.h"
#include "match/look_alike.h"
#include "match/lure_words.h"
#include "text/host_memory.h"

namespace sieve::testing {

inline std::vector<std::string> split_at(std::string_view text, char mark) {
  std::vector<std::string> parts(1);
  for (const char c : text) {
    if (c == mark) {
      parts.emplace_back();
    } else {
      parts.back() += c;
    }
  }
  return parts;
}

// Damerau's distance with each letter in one change at most, by the whole table.
inline size_t edit_distance(std::u32string_view a, std::u32string_view b) {
  std::vector<std::vector<size_t>> table(a.size() + 1, std::vector<size_t>(b.size() + 1));
  for (size_t i = 0; i <= a.size(); ++i) {
    for (size_t j = 0; j <= b.size(); ++j) {
      if (i == 0 || j == 0) {
        table[i][j] = i + j;
        continue;
      }
      table[i][j] = std::min({table[i - 1][j] + 1, table[i][j - 1] + 1,
                              table[i - 1][j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1)});
      if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1]) {
        table[i][j] = std::min(table[i][j], table[i - 2][j - 2] + 1);
      }
    }
  }
  return table[a.size()][b.size()];
}

// Names are plain: lower-case ASCII letters, digits and hyphens.
class LookAlikeModel {
 public:
  explicit LookAlikeModel(std::vector<BrandDef> brands) : brands_(std::move(brands)) {
    for (const std::string_view word : lure_words()) {
      lures_ += (lures_.empty() ? "" : "|") + std::string(word);
    }
    lures_ = "(?:" + lures_ + ")";
    beside_lures_ = std::make_unique<RE2>(".*/" + lures_ + "*=" + lures_ + "*/.*");
    only_lures_ =
        std::make_unique<RE2>("/(?:[0-9]+/|" + lures_ + "/?)*=(?:/?" + lures_ + "|/[0-9]+)*/");
  }

  bool imitates(const HostParts& host, size_t brand, LookAlikeKind kind) const {
    if (host.domain.empty() || is_official(host.ascii)) return false;
    const auto domains = domains_of(brands_[brand]);
    if (std::find(domains.begin(), domains.end(), host.domain) != domains.end()) return false;
    const auto labels = split_at(host.ascii, '.');
    const size_t own = split_at(host.domain, '.').size();
    const std::string& label = labels[labels.size() - own];
    if (kind == LookAlikeKind::kSubdomain) return in_subdomain(labels, own, brand);
    const auto names = names_of(brands_[brand]);
    return std::any_of(names.begin(), names.end(),
                       [&](const std::string& name) { return label_imitates(label, name, kind); });
  }

 private:
  static std::u32string letters(std::string_view text) {
    return std::u32string(HostLetters(text).view());
  }
  static bool look_alike(std::string_view a, std::string_view b) {
    const HostLetters first = skeleton_of(letters(a));
    return first.view() == skeleton_of(letters(b)).view();
  }
  static std::string without(std::string text, char c) {
    std::erase(text, c);
    return text;
  }
  bool is_official(std::string_view host) const {
    for (const BrandDef& brand : brands_) {
      for (const std::string& official : brand.official) {
        if (host == official || host.ends_with("." + official)) return true;
      }
    }
    return false;
  }
  static std::vector<std::string> domains_of(const BrandDef& brand) {
    std::vector<std::string> out;
    HostMemory memory;
    for (const std::string& official : brand.official) {
      memory.clear();
      out.emplace_back(memory.put(official)->domain);
    }
    return out;
  }
  static std::vector<std::string> names_of(const BrandDef& brand) {
    std::vector<std::string> names = {without(brand.name, '_')};
    for (const std::string& alias : brand.aliases) {
      names.push_back(without(without(alias, ' '), '-'));
    }
    for (const std::string& domain : domains_of(brand)) {
      if (domain.empty()) continue;
      names.push_back(split_at(domain, '.')[0]);
      names.push_back(without(split_at(domain, '.')[0], '-'));
    }
    return names;
  }

  bool label_imitates(const std::string& label, const std::string& name, LookAlikeKind kind) const {
    switch (kind) {
      case LookAlikeKind::kHomoglyph:
        return name.size() >= 4 && label != name && look_alike(label, name);
      case LookAlikeKind::kOneEdit:
        return name.size() >= 5 && edit_distance(letters(label), letters(name)) == 1;
      case LookAlikeKind::kCombination:
        return has_part(label, name) || has_look_alike_part(label, name);
      default:
        return label == name;
    }
  }
  bool has_look_alike_part(const std::string& label, const std::string& name) const {
    const auto parts = split_at(label, '-');
    return parts.size() > 1 && name.size() >= 5 &&
           std::any_of(parts.begin(), parts.end(),
                       [&](const std::string& part) { return look_alike(part, name); });
  }
  // Over the label with a bar at each edge, instead of hyphens, and around groups of digits: each
  // place where the name stands, with or without bars in it, becomes a `=` between what is around.
  bool has_part(const std::string& label, const std::string& name) const {
    if (label == name || name.find('-') != std::string::npos) return false;
    std::string bars = "-" + label + "-";
    RE2::GlobalReplace(&bars, "([0-9]+)", "-\\1-");
    RE2::GlobalReplace(&bars, "-+", "/");
    std::string spelled;
    for (const char c : name) spelled += (spelled.empty() ? "" : "/?") + std::string(1, c);
    const RE2 find("(" + spelled + ")");
    for (size_t begin = 0; begin < bars.size(); ++begin) {
      re2::StringPiece found;
      if (!find.Match(bars, begin, bars.size(), RE2::ANCHOR_START, &found, 1)) continue;
      const std::string around = bars.substr(0, begin) + "=" + bars.substr(begin + found.size());
      if (may_surround(around, name.size())) return true;
    }
    return false;
  }
  bool may_surround(const std::string& around, size_t name_size) const {
    if (name_size < 4 && !RE2::FullMatch(around, "(?:.*/)?=(?:/.*)?")) return false;
    if (!RE2::FullMatch(around, *beside_lures_)) return false;
    return name_size >= 5 || RE2::FullMatch(around, *only_lures_);
  }
  bool in_subdomain(const std::vector<std::string>& labels, size_t own, size_t brand) const {
    const size_t below = labels.size() - own;
    for (size_t i = 0; i < below; ++i) {
      for (const std::string& name : names_of(brands_[brand])) {
        if (name.size() >= 5 && look_alike(labels[i], name)) return true;
      }
      std::string joined;
      for (size_t j = i; j < labels.size(); ++j) {
        joined += (j == i ? "" : ".") + labels[j];
        const auto& official = brands_[brand].official;
        if (std::find(official.begin(), official.end(), joined) != official.end()) return true;
      }
    }
    return false;
  }

  std::vector<BrandDef> brands_;
  std::string lures_;
  std::unique_ptr<RE2> beside_lures_;  // The name stands between places where a part may.
  std::unique_ptr<RE2> only_lures_;    // There is nothing beside it but lures and digits.
};

}  // namespace sieve::testing
