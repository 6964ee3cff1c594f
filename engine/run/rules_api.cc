#include "run/rules_api.h"

#include <map>

#include "base/json_writer.h"
#include "match/list_set.h"

namespace sieve {
namespace {

void add_ids(JsonWriter& json, std::string_view key, const std::vector<std::string>& ids) {
  json.key(key).begin_array();
  for (const std::string& id : ids) json.string(id);
  json.end_array();
}

void add_attempt(JsonWriter& json, const ReloadAttempt& attempt) {
  json.begin_object();
  json.key("number").unsigned_integer(attempt.number);
  json.key("trigger").string(name_of(attempt.trigger));
  json.key("result").string(attempt.ok() ? name_of(attempt.outcome) : "rejected");
  if (!attempt.ok()) json.key("reason").string(name_of(attempt.outcome));
  json.key("digest").string(attempt.digest);
  json.key("began").string(format_rfc3339(attempt.began));
  json.key("ended").string(format_rfc3339(attempt.ended));
  json.key("detail").string(attempt.detail);
  add_ids(json, "added", attempt.change.added);
  add_ids(json, "removed", attempt.change.removed);
  add_ids(json, "changed", attempt.change.changed);
  json.key("windows_kept").unsigned_integer(attempt.windows.kept);
  json.key("windows_fresh").unsigned_integer(attempt.windows.fresh);
  json.end_object();
}

void add_state(JsonWriter& json, const ReloadStatus& status) {
  json.key("digest").string(status.running);
  json.key("loaded_at").string(format_rfc3339(status.loaded_at));
  json.key("phase").string(name_of(status.phase));
  json.key("last_reload");
  status.last ? add_attempt(json, *status.last) : void(json.null());
}

void add_cost(JsonWriter& json, const RuleCost& cost) {
  json.key("cost").begin_object();
  json.key("tried").unsigned_integer(cost.tried);
  json.key("evaluated").unsigned_integer(cost.evaluated);
  json.key("untried").unsigned_integer(cost.untried);
  json.key("seconds_estimated").number(cost.ns_estimated() / 1e9).end_object();
}

void add_suspension(JsonWriter& json, const Suspension& suspension) {
  json.key("suspended").begin_object();
  json.key("since").string(format_rfc3339(suspension.since));
  json.key("until").string(format_rfc3339(suspension.until));
  json.key("us_per_message").number(suspension.ns_per_message / 1'000).end_object();
}

void add_rules(JsonWriter& json, const RuleSet& rules, const RuleCostWatch& watch) {
  const RuleCostWatch::Costs costs = watch.costs();
  std::map<std::string, Suspension> suspended;
  for (const Suspension& suspension : watch.suspensions()) suspended[suspension.rule] = suspension;
  std::vector<std::string_view> reasons(rules.rules().size());
  for (const InactiveRule& inactive : rules.inactive()) {
    reasons[inactive.rule.index()] = inactive.reason;
  }
  json.key("rules").begin_array();
  for (size_t i = 0; i < reasons.size(); ++i) {
    const Rule& rule = *rules.rules()[i].rule;
    json.begin_object().key("id").string(rules.rules()[i].full_id);
    json.key("rev").integer(rule.rev);
    json.key("title").string(rule.title);
    json.key("kind").string(name_of(rule.kind()));
    json.key("mode").string(name_of(rule.mode));
    json.key("severity").string(name_of(rule.severity));
    if (!reasons[i].empty()) json.key("inactive").string(reasons[i]);
    const std::string& id = rules.rules()[i].full_id;
    if (const auto cost = costs.find(id); cost != costs.end()) add_cost(json, cost->second);
    if (const auto at = suspended.find(id); at != suspended.end()) add_suspension(json, at->second);
    json.end_object();
  }
  json.end_array();
}

void add_lists(JsonWriter& json, const RuleSet& rules) {
  json.key("lists").begin_array();
  for (const auto& list : rules.lists()) {
    json.begin_object().key("name").string(list->name());
    json.key("entries").unsigned_integer(list->size()).end_object();
  }
  json.end_array();
}

HttpResponse json_response(int status, std::string body) {
  return {status, "application/json", std::move(body) + '\n'};
}

}  // namespace

HttpResponse rules_page(const RuleSet& rules, const ReloadStatus& status,
                        const RuleCostWatch& costs) {
  std::string body;
  JsonWriter json(body);
  json.begin_object();
  add_state(json, status);
  add_rules(json, rules, costs);
  add_lists(json, rules);
  json.end_object();
  return json_response(200, std::move(body));
}

HttpResponse reload_answer(const ReloadStatus& status, bool answered) {
  std::string body;
  JsonWriter json(body);
  json.begin_object();
  add_state(json, status);
  json.end_object();
  if (!answered) return json_response(202, std::move(body));
  return json_response(status.last && status.last->ok() ? 200 : 409, std::move(body));
}

}  // namespace sieve
