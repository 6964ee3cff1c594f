#include "run/hit_samples.h"

#include <fmt/format.h>

#include <algorithm>

#include "alert/privacy.h"
#include "base/check.h"
#include "base/display.h"
#include "base/hash.h"
#include "base/json_writer.h"

namespace sieve {
namespace {

// The digits of a link that come behind its host may be somebody's.
std::string masked_url(const std::string& url, const std::vector<std::string>& hosts) {
  for (const std::string& host : hosts) {
    const size_t at = url.find(host);
    if (at == std::string::npos) continue;
    return url.substr(0, at + host.size()) + mask_digits(url.substr(at + host.size()));
  }
  return mask_digits(url);
}

std::vector<const HitSample*> in_order(const RuleSamples& rule) {
  std::vector<const HitSample*> samples;
  for (const auto& [hash, sample] : rule.kept) samples.push_back(&sample);
  std::sort(samples.begin(), samples.end(), [](const HitSample* a, const HitSample* b) {
    return std::tie(a->ts, a->source) < std::tie(b->ts, b->source);
  });
  return samples;
}

std::string render(const HitSample& sample) {
  std::string out = "  ";
  if (sample.ts != kTimestampMin) out += fmt::format("{}  ", format_rfc3339(sample.ts));
  if (!sample.subject.empty()) out += fmt::format("{}  ", visible(sample.subject));
  out += fmt::format("{} {}  {}", name_of(sample.verdict), sample.score, visible(sample.source));
  if (!sample.id.empty()) out += fmt::format(" (id {})", visible(sample.id));
  out += sample.shadow ? "  in shadow\n" : "\n";
  for (const auto& [pattern, text] : sample.signals) {
    out += fmt::format("    {}  \"{}\"\n", visible(pattern), visible(text));
  }
  for (const std::string& url : sample.urls) out += fmt::format("    link  {}\n", visible(url));
  if (!sample.text.empty()) out += fmt::format("    text  {}\n", visible(sample.text));
  return out;
}

void put_texts(JsonWriter& json, std::string_view key, const std::vector<std::string>& texts) {
  json.key(key).begin_array();
  for (const std::string& text : texts) json.string(text);
  json.end_array();
}

void put_sample(JsonWriter& json, const HitSample& sample) {
  json.begin_object();
  json.key("source").string(sample.source);
  if (!sample.id.empty()) json.key("id").string(sample.id);
  json.key("mode").string(sample.shadow ? "shadow" : "live");
  if (sample.ts != kTimestampMin) json.key("ts").string(format_rfc3339(sample.ts));
  if (!sample.subject.empty()) json.key("subject").string(sample.subject);
  json.key("verdict").string(name_of(sample.verdict));
  json.key("score").number(sample.score);
  json.key("signals").begin_array();
  for (const auto& [pattern, text] : sample.signals) {
    json.begin_object().key("pattern").string(pattern);
    json.key("text").string(text).end_object();
  }
  json.end_array();
  put_texts(json, "urls", sample.urls);
  if (!sample.text.empty()) json.key("text").string(sample.text);
  json.end_object();
}

}  // namespace

HitSample sample_of(const Alert& alert, const AlertHit& hit) {
  HitSample sample;
  sample.id = alert.record_id;
  sample.ts = alert.ts;
  sample.subject = mask_number(alert.subject);
  sample.verdict = alert.verdict;
  sample.score = alert.score;
  for (const AlertSignal& signal : hit.signals) {
    sample.signals.emplace_back(signal.pattern, mask_digits(signal.text));
  }
  for (const std::string& url : alert.urls) sample.urls.push_back(masked_url(url, alert.hosts));
  sample.text = mask_digits(alert.text);
  return sample;
}

bool HitSamples::count(const HitOrigin& origin) {
  auto found = by_rule_.find(origin.rule);
  if (found == by_rule_.end()) found = by_rule_.emplace(origin.rule, RuleSamples()).first;
  RuleSamples& rule = found->second;
  ++(origin.shadow ? rule.shadow : rule.live);
  if (per_rule_ == 0) return false;
  last_ = &rule;
  last_hash_ = hash64(origin.content, hash64(origin.rule));
  const auto same = rule.kept.find(last_hash_);
  const bool has_room = rule.kept.size() < per_rule_;
  if (same != rule.kept.end() && same->second.source <= origin.source) return false;
  if (same == rule.kept.end() && !has_room && last_hash_ > rule.kept.rbegin()->first) return false;
  last_origin_.source = origin.source;
  last_origin_.shadow = origin.shadow;
  return true;
}

void HitSamples::keep(HitSample sample) {
  SIEVE_CHECK(last_ != nullptr, "a sample of no hit");
  sample.source = last_origin_.source;
  sample.shadow = last_origin_.shadow;
  last_->kept[last_hash_] = std::move(sample);
  shorten(*last_);
}

void HitSamples::merge(const HitSamples& other) {
  for (const auto& [id, theirs] : other.by_rule_) {
    RuleSamples& rule = by_rule_[id];
    rule.live += theirs.live;
    rule.shadow += theirs.shadow;
    for (const auto& [hash, sample] : theirs.kept) {
      const auto [place, is_new] = rule.kept.emplace(hash, sample);
      if (!is_new && sample.source < place->second.source) place->second = sample;
    }
    shorten(rule);
  }
}

void HitSamples::shorten(RuleSamples& rule) const {
  while (rule.kept.size() > per_rule_) rule.kept.erase(std::prev(rule.kept.end()));
}

std::string render_samples(const HitSamples& samples) {
  std::string out;
  for (const auto& [id, rule] : samples.by_rule()) {
    out += fmt::format("{}{}: {} live, {} in shadow", out.empty() ? "" : "\n", visible(id),
                       rule.live, rule.shadow);
    const bool all = rule.kept.size() == rule.live + rule.shadow;
    out += all ? "\n" : fmt::format(", {} of them here\n", rule.kept.size());
    for (const HitSample* sample : in_order(rule)) out += render(*sample);
  }
  return out.empty() ? "no rule hits\n" : out;
}

std::string samples_json(const HitSamples& samples) {
  std::string out;
  JsonWriter json(out);
  json.begin_array();
  for (const auto& [id, rule] : samples.by_rule()) {
    json.begin_object().key("rule").string(id);
    json.key("live").unsigned_integer(rule.live);
    json.key("shadow").unsigned_integer(rule.shadow);
    json.key("samples").begin_array();
    for (const HitSample* sample : in_order(rule)) put_sample(json, *sample);
    json.end_array().end_object();
  }
  json.end_array();
  return out;
}

}  // namespace sieve
