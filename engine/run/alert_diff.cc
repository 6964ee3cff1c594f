#include "run/alert_diff.h"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>

#include "alert/read.h"

namespace sieve {
namespace {

std::string key_of(const Alert& alert) {
  if (alert.kind == AlertKind::kContent) return "1 " + alert.id;
  const std::string_view rule = alert.hits.empty() ? std::string_view() : alert.hits.front().rule;
  return fmt::format("2 {} {:020} {}", rule, alert.ts.ms, alert.subject);
}

GivenAlert given(const Alert& alert, std::string_view line) {
  GivenAlert out;
  out.json = line;
  out.verdict = alert.verdict;
  out.score = alert.score;
  for (const AlertHit& hit : alert.hits) out.rules.emplace_back(hit.rule);
  if (!out.rules.empty()) out.primary = out.rules.front();
  std::sort(out.rules.begin(), out.rules.end());
  return out;
}

std::vector<std::string> only_in(const std::vector<std::string>& a,
                                 const std::vector<std::string>& b) {
  std::vector<std::string> out;
  std::set_difference(a.begin(), a.end(), b.begin(), b.end(), std::back_inserter(out));
  return out;
}

// Null where there was no such alert.
void count_rules(const GivenAlert* before, const GivenAlert* after, AlertDiff& diff) {
  static const std::vector<std::string> kNone;
  const std::vector<std::string>& old_rules = before == nullptr ? kNone : before->rules;
  const std::vector<std::string>& new_rules = after == nullptr ? kNone : after->rules;
  for (const std::string& rule : old_rules) ++diff.rules[rule].before;
  for (const std::string& rule : new_rules) ++diff.rules[rule].after;
  for (const std::string& rule : only_in(new_rules, old_rules)) ++diff.rules[rule].appeared;
  for (const std::string& rule : only_in(old_rules, new_rules)) ++diff.rules[rule].vanished;
}

void compare(const GivenAlert* before, const GivenAlert* after, AlertDiff& diff) {
  count_rules(before, after, diff);
  if (before == nullptr) {
    diff.appeared.push_back(after);
  } else if (after == nullptr) {
    diff.vanished.push_back(before);
  } else if (before->verdict != after->verdict) {
    diff.changed_verdict.push_back({before, after});
  } else if (before->rules != after->rules) {
    diff.changed_rules.push_back({before, after});
  } else {
    ++diff.same;
  }
}

}  // namespace

Expected<GivenAlerts, std::string> read_given_alerts(std::string_view lines) {
  GivenAlerts alerts;
  size_t number = 0;
  while (!lines.empty()) {
    const size_t end = std::min(lines.find('\n'), lines.size());
    const std::string_view line = lines.substr(0, end);
    lines.remove_prefix(std::min(end + 1, lines.size()));
    ++number;
    const Expected<JsonValue, JsonError> json = parse_json(line);
    const Expected<Alert, JsonError> alert =
        json ? read_alert(*json) : Unexpected<JsonError>(json.error());
    if (!alert) {
      return Unexpected<std::string>(
          fmt::format("line {} is no alert: {}", number, alert.error().message));
    }
    alerts.emplace(key_of(*alert), given(*alert, line));
  }
  return alerts;
}

// Both are in the order of their keys, and alerts of one key in that of their lines.
AlertDiff diff_alerts(const GivenAlerts& before, const GivenAlerts& after) {
  AlertDiff diff;
  auto old_one = before.begin();
  auto new_one = after.begin();
  while (old_one != before.end() || new_one != after.end()) {
    const bool has_old =
        new_one == after.end() || (old_one != before.end() && old_one->first <= new_one->first);
    const bool has_new =
        old_one == before.end() || (new_one != after.end() && new_one->first <= old_one->first);
    compare(has_old ? &old_one->second : nullptr, has_new ? &new_one->second : nullptr, diff);
    if (has_old) ++old_one;
    if (has_new) ++new_one;
  }
  return diff;
}

}  // namespace sieve
