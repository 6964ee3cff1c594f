#include "match/look_alike.h"

#include <algorithm>
#include <bit>

#include "match/host_letters.h"
#include "match/label_parts.h"
#include "text/fold.h"
#include "text/host_memory.h"

namespace sieve {
namespace {

// The name as it can stand in a host: lower case, without spaces and signs.
std::u32string compact(std::string_view name) {
  const HostLetters letters(fold_literal(name, View::kSqueezed));
  return std::u32string(letters.view());
}

// The labels of `host` from the one on that its domain begins with.
std::string_view last_labels(std::string_view host, std::string_view domain) {
  auto dots = std::count(domain.begin(), domain.end(), '.');
  size_t at = host.size();
  do {
    at = at == 0 ? std::string_view::npos : host.rfind('.', at - 1);
  } while (at != std::string_view::npos && dots-- > 0);
  return at == std::string_view::npos ? host : host.substr(at + 1);
}

std::string_view first_label(std::string_view host) { return host.substr(0, host.find('.')); }

}  // namespace

// One look-up of one host. Calls `use(name or brand, kind)` for whatever is found; the same may be
// found again.
class BrandTable::Search {
 public:
  Search(const BrandTable& table, const HostParts& host, LookAlikeKinds kinds)
      : table_(table), host_(host), kinds_(kinds) {}

  template <class Use>
  void run(Use use) const;

 private:
  template <class Use>
  void whole_label(std::u32string_view label, Use use) const;
  template <class Use>
  void one_edit(std::u32string_view label, Use use) const;
  template <class Use>
  void combinations(std::u32string_view label, Use use) const;
  template <class Use>
  void look_alike_parts(std::u32string_view label, Use use) const;
  template <class Use>
  void subdomains(Use use) const;
  template <class Use>
  void official_labels(std::string_view labels, Use use) const;
  bool wants(LookAlikeKind kind) const { return kinds_.has(kind); }
  bool owns_domain(BrandId brand) const {
    const auto& domains = table_.brands_[brand.index()].domains;
    return std::find(domains.begin(), domains.end(), host_.domain) != domains.end();
  }

  // Calls `use(name)` for names that are `letters`, or that look like `skeleton`.
  template <class Use>
  void named(std::u32string_view letters, uint64_t hash, Use use) const {
    table_.by_letters_.for_each(hash, [&](uint32_t index) {
      const Name& name = table_.names_[index];
      if (name.letters == letters) use(name);
    });
  }
  template <class Use>
  void like(std::u32string_view letters, Use use) const {
    const HostLetters skeleton = skeleton_of(letters);
    table_.by_skeleton_.for_each(hash_of(skeleton.view()), [&](uint32_t index) {
      const Name& name = table_.names_[index];
      if (name.skeleton == skeleton.view()) use(name);
    });
  }

  const BrandTable& table_;
  const HostParts& host_;
  LookAlikeKinds kinds_;
};

template <class Use>
void BrandTable::Search::run(Use use) const {
  if (host_.domain.empty() || table_.is_official(host_.ascii)) return;
  const auto report = [&](BrandId brand, LookAlikeKind kind) {
    if (wants(kind) && !owns_domain(brand)) use(brand, kind);
  };
  const HostLetters letters(first_label(last_labels(host_.unicode, host_.domain)));
  const std::u32string_view label = letters.view();
  whole_label(label, report);
  if (wants(LookAlikeKind::kOneEdit)) one_edit(label, report);
  if (wants(LookAlikeKind::kCombination)) {
    combinations(label, report);
    look_alike_parts(label, report);
  }
  if (wants(LookAlikeKind::kSubdomain)) subdomains(report);
}

template <class Use>
void BrandTable::Search::whole_label(std::u32string_view label, Use use) const {
  like(label, [&](const Name& name) {
    if (name.letters == label) {
      use(name.brand, LookAlikeKind::kTld);
    } else if (name.letters.size() >= kHomoglyphLettersMin) {
      use(name.brand, LookAlikeKind::kHomoglyph);
    }
  });
}

template <class Use>
void BrandTable::Search::one_edit(std::u32string_view label, Use use) const {
  const auto check = [&](uint32_t index) {
    const Name& name = table_.names_[index];
    if (is_one_edit(name.letters, label)) use(name.brand, LookAlikeKind::kOneEdit);
  };
  const LetterHashes hashes(label);
  const size_t size = label.size();
  table_.by_deletion_.for_each(hashes.of(0, size), check);
  for (size_t i = 0; i < size; ++i) {
    table_.by_deletion_.for_each(hashes.of(0, i, i + 1, size), check);
  }
}

template <class Use>
void BrandTable::Search::combinations(std::u32string_view label, Use use) const {
  const LabelParts parts = parts_of(label, table_.lures_);
  const std::u32string_view text = parts.letters.view();
  const LetterHashes hashes(text);
  const auto bit = [](size_t at) { return uint64_t{1} << at; };
  for (uint64_t begins = parts.begins; begins != 0; begins &= begins - 1) {
    const auto begin = static_cast<size_t>(std::countr_zero(begins));
    for (uint64_t ends = parts.ends & ~(2 * bit(begin) - 1); ends != 0; ends &= ends - 1) {
      const auto end = static_cast<size_t>(std::countr_zero(ends));
      const bool is_whole = begin == 0 && end == text.size();
      if (is_whole && !parts.has_hyphen) continue;
      const bool is_lured = (parts.lured_begins & bit(begin)) != 0 && (parts.lured_ends & bit(end));
      const bool is_cut = (parts.cuts & bit(begin)) != 0 && (parts.cuts & bit(end)) != 0;
      named(text.substr(begin, end - begin), hashes.of(begin, end), [&](const Name& name) {
        const size_t size = name.letters.size();
        if (size < kLongNameLettersMin && !is_lured) return;
        if (size < kGluedLettersMin && !is_cut) return;
        use(name.brand, LookAlikeKind::kCombination);
      });
    }
  }
}

// Parts between hyphens that look like a name.
template <class Use>
void BrandTable::Search::look_alike_parts(std::u32string_view label, Use use) const {
  if (label.find(U'-') == std::u32string_view::npos) return;
  for (size_t begin = 0; begin < label.size();) {
    const size_t end = std::min(label.find(U'-', begin), label.size());
    like(label.substr(begin, end - begin), [&](const Name& name) {
      if (name.letters.size() >= kLongNameLettersMin) use(name.brand, LookAlikeKind::kCombination);
    });
    begin = end + 1;
  }
}

template <class Use>
void BrandTable::Search::subdomains(Use use) const {
  const std::string_view registered = last_labels(host_.unicode, host_.domain);
  std::string_view rest = host_.unicode.substr(0, host_.unicode.size() - registered.size());
  while (!rest.empty()) {
    const HostLetters letters(first_label(rest));
    like(letters.view(), [&](const Name& name) {
      if (name.letters.size() >= kLongNameLettersMin) use(name.brand, LookAlikeKind::kSubdomain);
    });
    rest.remove_prefix(first_label(rest).size() + 1);
  }
  rest = host_.ascii;
  while (rest.size() > host_.domain.size()) {
    official_labels(rest, use);
    rest.remove_prefix(first_label(rest).size() + 1);
  }
}

// Official hosts that `labels` begins with.
template <class Use>
void BrandTable::Search::official_labels(std::string_view labels, Use use) const {
  size_t end = 0;
  for (size_t count = 0; count < table_.official_labels_max_ && end < labels.size(); ++count) {
    end = std::min(labels.find('.', end + (count > 0 ? 1 : 0)), labels.size());
    const auto place = table_.official_hosts_.find(labels.substr(0, end));
    if (!place) continue;
    const auto& all = table_.official_brands_;
    auto one = std::lower_bound(all.begin(), all.end(), std::pair(*place, BrandId(0)));
    for (; one != all.end() && one->first == *place; ++one) {
      use(one->second, LookAlikeKind::kSubdomain);
    }
  }
}

BrandTable::BrandTable(std::span<const BrandDef> brands) : brands_(brands.size()) {
  for (size_t i = 0; i < brands.size(); ++i) {
    add_brand(brands[i], BrandId(static_cast<uint32_t>(i)));
  }
  by_letters_.finish();
  by_skeleton_.finish();
  by_deletion_.finish();
  official_hosts_.pack();
  std::sort(official_brands_.begin(), official_brands_.end());
}

void BrandTable::add_brand(const BrandDef& brand, BrandId id) {
  add_name(compact(brand.name), id);
  for (const std::string& alias : brand.aliases) add_name(compact(alias), id);
  HostMemory hosts;
  for (const std::string& official : brand.official) {
    official_brands_.emplace_back(official_hosts_.insert(official).place, id);
    const auto labels = std::count(official.begin(), official.end(), '.') + 1;
    official_labels_max_ = std::max(official_labels_max_, static_cast<size_t>(labels));
    hosts.clear();
    const auto host = hosts.put(official);
    if (!host || host->domain.empty()) continue;
    brands_[id.index()].domains.emplace_back(host->domain);
    const HostLetters label(first_label(last_labels(host->unicode, host->domain)));
    add_name(label.view(), id);
    std::u32string compact_label(label.view());
    std::erase(compact_label, U'-');
    add_name(compact_label, id);
  }
}

void BrandTable::add_name(std::u32string_view letters, BrandId id) {
  if (letters.empty()) return;
  for (size_t i = names_.size(); i > 0 && names_[i - 1].brand == id; --i) {
    if (names_[i - 1].letters == letters) return;
  }
  const auto index = static_cast<uint32_t>(names_.size());
  const HostLetters skeleton = skeleton_of(letters);
  names_.push_back({std::u32string(letters), std::u32string(skeleton.view()), id});
  by_letters_.add(hash_of(letters), index);
  by_skeleton_.add(hash_of(skeleton.view()), index);
  if (letters.size() < kOneEditLettersMin) return;
  const LetterHashes hashes(letters);
  by_deletion_.add(hashes.of(0, letters.size()), index);
  for (size_t i = 0; i < letters.size(); ++i) {
    by_deletion_.add(hashes.of(0, i, i + 1, letters.size()), index);
  }
}

bool BrandTable::is_official(std::string_view host) const {
  while (true) {
    if (official_hosts_.find(host)) return true;
    const size_t dot = host.find('.');
    if (dot == std::string_view::npos) return false;
    host.remove_prefix(dot + 1);
  }
}

std::optional<LookAlikeKind> BrandTable::find(const HostParts& host, BrandId brand,
                                              LookAlikeKinds kinds) const {
  std::optional<LookAlikeKind> first;
  Search(*this, host, kinds).run([&](BrandId found, LookAlikeKind kind) {
    if (found == brand && (!first || kind < *first)) first = kind;
  });
  return first;
}

std::optional<LookAlike> BrandTable::find_any(const HostParts& host, LookAlikeKinds kinds) const {
  std::optional<LookAlike> first;
  Search(*this, host, kinds).run([&](BrandId brand, LookAlikeKind kind) {
    const LookAlike found{brand, kind};
    if (!first || found < *first) first = found;
  });
  return first;
}

size_t BrandTable::find_all(const HostParts& host, std::span<LookAlike> out) const {
  size_t count = 0;
  Search(*this, host, LookAlikeKinds::all()).run([&](BrandId brand, LookAlikeKind kind) {
    const LookAlike found{brand, kind};
    const auto end = out.begin() + static_cast<std::ptrdiff_t>(count);
    const auto place = std::lower_bound(out.begin(), end, found);
    if (place != end && *place == found) return;
    if (count == out.size()) return;
    std::move_backward(place, end, end + 1);
    *place = found;
    ++count;
  });
  return count;
}

}  // namespace sieve
