#include "rule/naming_order.h"

#include <fmt/format.h>

#include <algorithm>

namespace sieve {
namespace {

class Orderer {
 public:
  explicit Orderer(const std::vector<std::vector<NameUse>>& uses)
      : uses_(uses), users_(uses.size()), waits_for_(uses.size()), done_(uses.size()) {
    for (uint32_t user = 0; user < uses.size(); ++user) {
      for (const NameUse& use : uses[user]) users_[use.named].push_back(user);
      waits_for_[user] = uses[user].size();
    }
  }

  NamingOrder run();

 private:
  void finish(uint32_t one);
  void break_circle(uint32_t first);
  const NameUse& first_open_use(uint32_t user) const {
    return *std::find_if(uses_[user].begin(), uses_[user].end(),
                         [this](const NameUse& use) { return !done_[use.named]; });
  }

  const std::vector<std::vector<NameUse>>& uses_;
  std::vector<std::vector<uint32_t>> users_;  // By what they name; as often as they do.
  std::vector<size_t> waits_for_;             // By user: uses of what is not done.
  std::vector<bool> done_;
  std::vector<uint32_t> ready_;
  NamingOrder out_;
};

void Orderer::finish(uint32_t one) {
  done_[one] = true;
  for (const uint32_t user : users_[one]) {
    if (--waits_for_[user] == 0 && !done_[user]) ready_.push_back(user);
  }
}

NamingOrder Orderer::run() {
  for (uint32_t i = 0; i < uses_.size(); ++i) {
    if (waits_for_[i] == 0) ready_.push_back(i);
  }
  for (uint32_t first = 0; first < uses_.size();) {
    while (!ready_.empty()) {
      const uint32_t next = ready_.back();
      ready_.pop_back();
      out_.order.push_back(next);
      finish(next);
    }
    if (done_[first]) {
      ++first;
    } else {
      break_circle(first);
    }
  }
  return std::move(out_);
}

// Takes out the circle that `first`, from which every way leads on, runs into.
void Orderer::break_circle(uint32_t first) {
  NamingCircle way;
  const auto on_way = [&way](uint32_t one) {
    return std::find_if(way.begin(), way.end(),
                        [one](const CircleStep& step) { return step.user == one; });
  };
  uint32_t at = first;
  for (; on_way(at) == way.end(); at = way.back().use.named) {
    way.push_back({at, first_open_use(at)});
  }
  way.erase(way.begin(), on_way(at));
  for (const CircleStep& step : way) done_[step.user] = true;
  for (const CircleStep& step : way) finish(step.user);
  out_.circles.push_back(std::move(way));
}

}  // namespace

NamingOrder order_of(const std::vector<std::vector<NameUse>>& uses) { return Orderer(uses).run(); }

Diagnostic circle_error(std::string_view code, const NamingCircle& circle, std::string_view verb,
                        const std::vector<std::string>& names) {
  Diagnostic out;
  out.code = code;
  out.file = circle.front().use.file;
  out.span = circle.front().use.span;
  for (const CircleStep& step : circle) {
    std::string text = fmt::format("`{}` {} `{}`", names[step.user], verb, names[step.use.named]);
    if (&step == &circle.front()) {
      out.label = std::move(text);
    } else {
      out.related.push_back({step.use.file, step.use.span, std::move(text)});
    }
  }
  return out;
}

}  // namespace sieve
