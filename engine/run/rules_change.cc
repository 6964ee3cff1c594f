#include "run/rules_change.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "match/list_set.h"

namespace sieve {
namespace {

void add_text(std::string& out, std::string_view text) {
  out += text;
  out += '\0';
}

void add_patterns(std::string& out, const std::vector<PatternDef>& patterns) {
  for (const PatternDef& pattern : patterns) {
    out += fmt::format("{} {} ", pattern.name, static_cast<int>(pattern.kind));
    for (const Phrase& phrase : pattern.phrases) add_text(out, phrase.text);
  }
}

// What an author would call the rule: equal for rules that only moved.
std::string content_of(const Rule& rule) {
  std::string out =
      fmt::format("{} {} {} {} {} {} {} ", rule.rev, rule.score, rule.tier,
                  static_cast<int>(rule.mode), static_cast<int>(rule.status),
                  static_cast<int>(rule.severity), rule.window ? rule.window->over.ms : 0);
  for (const std::string* text : {&rule.title, &rule.rule_class, &rule.group, &rule.route,
                                  &rule.where.text, &rule.condition.text, &rule.alert.summary}) {
    add_text(out, *text);
  }
  add_patterns(out, rule.patterns);
  for (const ExceptionDef& exception : rule.exceptions) add_text(out, exception.when.text);
  for (const ScorePart& part : rule.score_parts) {
    add_text(out, fmt::format("{} {}", part.when.text, part.add));
  }
  return out;
}

std::map<std::string, std::string> contents_of(const RuleSet& rules) {
  std::map<std::string, std::string> contents;
  for (const CompiledRule& rule : rules.rules()) contents[rule.full_id] = content_of(*rule.rule);
  return contents;
}

std::vector<ListChange> list_changes(const RuleSet& before, const RuleSet& after) {
  std::map<std::string, ListChange> lists;
  for (const auto& list : before.lists()) lists[list->name()].before = list->size();
  for (const auto& list : after.lists()) lists[list->name()].after = list->size();
  std::vector<ListChange> changes;
  for (auto& [name, change] : lists) {
    if (change.before == change.after) continue;
    change.name = name;
    changes.push_back(change);
  }
  return changes;
}

bool shrank(size_t before, size_t after, int64_t shrink_max) {
  if (after >= before) return false;
  const size_t lost = before - after;
  return lost > kShrinkFloor && lost * 100 > before * static_cast<size_t>(shrink_max);
}

}  // namespace

RulesChange rules_change(const RuleSet& before, const RuleSet& after) {
  RulesChange change;
  change.rules_before = before.rules().size() - before.inactive().size();
  change.rules_after = after.rules().size() - after.inactive().size();
  const auto old_contents = contents_of(before);
  const auto new_contents = contents_of(after);
  for (const auto& [id, content] : old_contents) {
    const auto found = new_contents.find(id);
    if (found == new_contents.end()) {
      change.removed.push_back(id);
    } else if (found->second != content) {
      change.changed.push_back(id);
    }
  }
  for (const auto& [id, content] : new_contents) {
    if (!old_contents.contains(id)) change.added.push_back(id);
  }
  change.lists = list_changes(before, after);
  return change;
}

std::string render_change(const RulesChange& change) {
  std::string text = fmt::format("{} added, {} removed, {} changed", change.added.size(),
                                 change.removed.size(), change.changed.size());
  for (const ListChange& list : change.lists) {
    text += fmt::format("; {} {} -> {}", list.name, list.before, list.after);
  }
  return text;
}

std::string shrink_problem(const RulesChange& change, int64_t shrink_max) {
  std::string text;
  const auto check = [&](std::string_view what, size_t before, size_t after) {
    if (!shrank(before, after, shrink_max)) return;
    text +=
        fmt::format("{} fell from {} to {}, by more than {} %\n", what, before, after, shrink_max);
  };
  check("active rules", change.rules_before, change.rules_after);
  for (const ListChange& list : change.lists) {
    check(fmt::format("entries of the list `{}`", list.name), list.before, list.after);
  }
  return text;
}

}  // namespace sieve
