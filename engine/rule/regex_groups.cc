#include "rule/regex_groups.h"

#include <algorithm>

namespace sieve {
namespace {

constexpr std::string_view kNamed = "(?P<";

class GroupReader {
 public:
  explicit GroupReader(std::string_view regex) : regex_(regex) {}

  std::vector<RegexGroup> run();

 private:
  // What is open, with the named groups found since.
  struct Level {
    size_t first = 0;   // Groups from here on are this one and those in it,
    size_t inside = 0;  // from here on those in it.
    bool has_alternative = false;
  };

  std::string_view rest() const { return regex_.substr(std::min(at_, regex_.size())); }
  void open();
  void close();
  void skip_escape();
  void skip_class();
  bool may_be_absent() const;
  void unset_from(size_t first) {
    for (size_t i = first; i < groups_.size(); ++i) groups_[i].may_be_unset = true;
  }

  std::string_view regex_;
  size_t at_ = 0;
  std::vector<Level> levels_ = {Level()};
  std::vector<RegexGroup> groups_;
};

std::vector<RegexGroup> GroupReader::run() {
  while (at_ < regex_.size()) {
    switch (regex_[at_]) {
      case '\\':
        skip_escape();
        break;
      case '[':
        skip_class();
        break;
      case '(':
        open();
        break;
      case ')':
        close();
        break;
      case '|':
        levels_.back().has_alternative = true;
        ++at_;
        break;
      default:
        ++at_;
        break;
    }
  }
  if (levels_.front().has_alternative) unset_from(0);
  return std::move(groups_);
}

void GroupReader::open() {
  Level level;
  level.first = groups_.size();
  if (rest().starts_with(kNamed)) {
    const size_t begin = at_ + kNamed.size();
    const size_t end = std::min(regex_.find('>', begin), regex_.size());
    groups_.push_back({regex_.substr(begin, end - begin), begin, false});
    at_ = end;
  }
  level.inside = groups_.size();
  levels_.push_back(level);
  ++at_;
}

void GroupReader::close() {
  ++at_;
  if (levels_.size() == 1) return;
  const Level level = levels_.back();
  levels_.pop_back();
  if (level.has_alternative) unset_from(level.inside);
  if (may_be_absent()) unset_from(level.first);
}

// Whether what ends here may be repeated no times.
bool GroupReader::may_be_absent() const {
  const std::string_view behind = rest();
  return behind.starts_with("?") || behind.starts_with("*") || behind.starts_with("{0,") ||
         behind.starts_with("{0}");
}

void GroupReader::skip_escape() {
  const bool is_quote = rest().starts_with("\\Q");
  if (!is_quote) {
    at_ += 2;
    return;
  }
  const size_t end = regex_.find("\\E", at_);
  at_ = end == std::string_view::npos ? regex_.size() : end + 2;
}

// A `]` at the beginning is one of the class.
void GroupReader::skip_class() {
  at_ += rest().starts_with("[^") ? 2 : 1;
  if (rest().starts_with("]")) ++at_;
  while (at_ < regex_.size() && regex_[at_] != ']') {
    const size_t named_end = rest().starts_with("[:") ? regex_.find(":]", at_) : regex_.npos;
    if (named_end != regex_.npos) {
      at_ = named_end + 2;
    } else {
      at_ += regex_[at_] == '\\' ? 2 : 1;
    }
  }
  ++at_;
}

}  // namespace

std::vector<RegexGroup> named_groups(std::string_view regex) { return GroupReader(regex).run(); }

}  // namespace sieve
