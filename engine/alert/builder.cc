#include "alert/builder.h"

#include <fmt/format.h>

#include <algorithm>

#include "alert/alert_key.h"
#include "alert/disclosure.h"
#include "base/check.h"

namespace sieve {
namespace {

constexpr double kMsPerSecond = 1'000;
constexpr size_t kShortCodeDigitsMax = 6;

bool is_all_digits(std::string_view text) {
  return !text.empty() &&
         std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

// Of an address of which only the key is known.
AddressType type_of_address(std::string_view address) {
  if (address.starts_with('+') && is_all_digits(address.substr(1))) return AddressType::kMsisdn;
  if (!is_all_digits(address)) return AddressType::kAlpha;
  return address.size() <= kShortCodeDigitsMax ? AddressType::kShort : AddressType::kUnknown;
}

// The parts of a finding's subject, one for each key field; all in one when they cannot be told
// apart.
std::vector<std::string_view> parts_of_subject(std::string_view subject, size_t field_count) {
  std::vector<std::string_view> parts;
  for (size_t begin = 0; begin <= subject.size();) {
    const size_t end = std::min(subject.find(',', begin), subject.size());
    parts.push_back(subject.substr(begin, end - begin));
    begin = end + 1;
  }
  if (parts.size() != field_count) return {subject};
  return parts;
}

std::string show_part(const Disclosure& disclosure, FieldId field, std::string_view part) {
  return is_personal(field) ? disclosure.person(part) : std::string(part);
}

std::string_view subject_type_of(const std::vector<FieldId>& by, std::string_view subject) {
  if (by.size() > 1) return "combination";
  const std::string_view name = short_name_of(by[0]);
  const bool is_address =
      name == "from" || name == "to" || name == "charge_number" || name == "forwarded_from";
  return is_address ? name_of(type_of_address(subject)) : name;
}

// Empty when all of it is withheld.
std::string subject_of(const Disclosure& disclosure, const std::vector<FieldId>& by,
                       std::string_view subject) {
  const std::vector<std::string_view> parts = parts_of_subject(subject, by.size());
  // Parts that cannot be told apart are treated as the most private of them.
  const auto personal = std::find_if(by.begin(), by.end(), is_personal);
  if (parts.size() != by.size()) {
    return personal == by.end() ? std::string(subject) : disclosure.person(subject);
  }
  std::string joined;
  bool is_shown = false;
  for (size_t i = 0; i < parts.size(); ++i) {
    const std::string part = show_part(disclosure, by[i], parts[i]);
    is_shown = is_shown || !part.empty();
    if (i > 0) joined += ',';
    joined += part.empty() ? kWithheld : std::string_view(part);
  }
  return is_shown ? joined : std::string();
}

Verdict verdict_of_finding(const Rule& rule, const Thresholds& thresholds) {
  ScoreSum sum;
  sum.add(rule, rule.score, thresholds);
  return verdict_of(sum, thresholds);
}

std::string finding_summary(const Rule& rule, const Finding& finding, const Disclosure& disclosure,
                            const Redaction& redaction) {
  const std::vector<FieldId>& by = rule.window->by;
  const std::vector<std::string_view> parts = parts_of_subject(finding.subject, by.size());
  return fill_slots(rule.alert.summary, [&](std::string_view name) {
    for (size_t i = 0; i < rule.measures.size(); ++i) {
      if (rule.measures[i].name == name)
        return format_measure(rule.measures[i], finding.measures[i]);
    }
    for (size_t i = 0; i < by.size(); ++i) {
      if (info_of(by[i]).name != name) continue;
      if (redaction.hides(by[i])) return std::string(kRedacted);
      const bool is_told_apart = parts.size() == by.size();
      const std::string shown =
          is_told_apart ? show_part(disclosure, by[i], parts[i]) : std::string();
      return shown.empty() ? std::string(kWithheld) : shown;
    }
    return fmt::format("{{{}}}", name);
  });
}

// Adds `value` unless it is there or withheld.
void add_once(std::string value, std::vector<std::string>& values) {
  if (value.empty() || std::find(values.begin(), values.end(), value) != values.end()) return;
  values.push_back(std::move(value));
}

AlertHit hit_of(const CompiledRule& compiled, double score) {
  const Rule& rule = *compiled.rule;
  return {compiled.full_id, rule.rev, rule.title, score, rule.tier, {}, {}, {}};
}

}  // namespace

AlertBuilder::AlertBuilder(std::shared_ptr<const RuleSet> rules, const PrivacyPolicy& policy,
                           FieldContext context)
    : rules_(std::move(rules)), policy_(policy), context_(std::move(context)) {}

Alert& AlertBuilder::content(const Record& record, const Evaluation& evaluation, Folder& folder,
                             const AlertSource& source) {
  SIEVE_CHECK(!evaluation.hits.empty(), "an alert without a hit");
  const Message& message = record.message;
  const Disclosure disclosure(policy_, is_withheld(evaluation));
  fill_common(AlertKind::kContent, evaluation.hits[0].rule);
  alert_.id = content_alert_id(source);
  alert_.ts = message.ts;
  alert_.verdict = evaluation.verdict;
  alert_.score = evaluation.score;
  alert_.subject_type = name_of(message.from.type);
  folder.fold(message.text);
  folder.repair_words(rules_->patterns()->known_words());
  redact(evaluation, folder);
  const bool hides_sender = redaction_.hides(*find_field("msg.from"));
  alert_.subject = hides_sender ? std::string(kRedacted) : disclosure.person(message.from.key());
  alert_.summary = summary_of(record, evaluation, folder, disclosure);
  add_entities(*evaluation.reader, folder, disclosure);
  add_hits(record, evaluation, folder, disclosure);
  alert_.text = disclosure.whole_text(message.text);
  if (redaction_.hides_text() && !alert_.text.empty()) alert_.text = kRedacted;
  alert_.record_id = message.id;
  if (message.parts_received > 0) {
    alert_.parts_total = message.part->total;
    alert_.parts_received = message.parts_received;
  }
  alert_.source = source;
  return alert_;
}

Alert& AlertBuilder::finding(const Finding& finding) {
  const CompiledRule& compiled = rules_->rule(finding.rule);
  const Rule& rule = *compiled.rule;
  const bool withheld = policy_.withhold_trafficked && rule.route == kTraffickingRoute;
  const Disclosure disclosure(policy_, withheld);
  fill_common(AlertKind::kWindow, finding.rule);
  alert_.id = finding_alert_id(compiled.full_id, rule.rev, finding.key, finding.slot_begin);
  alert_.ts = finding.time;
  alert_.verdict = verdict_of_finding(rule, rules_->thresholds());
  alert_.score = rule.score;
  alert_.subject_type = subject_type_of(rule.window->by, finding.subject);
  redaction_.clear();
  redaction_.add_fields(rule);
  const auto is_hidden = [this](FieldId field) { return redaction_.hides(field); };
  alert_.subject = std::any_of(rule.window->by.begin(), rule.window->by.end(), is_hidden)
                       ? std::string(kRedacted)
                       : subject_of(disclosure, rule.window->by, finding.subject);
  alert_.summary = finding_summary(rule, finding, disclosure, redaction_);
  alert_.hits.push_back(hit_of(compiled, rule.score));
  for (size_t i = 0; i < rule.measures.size(); ++i) {
    const MeasureDef& measure = rule.measures[i];
    const double unit = measure.is_duration() ? kMsPerSecond : 1;
    alert_.measures.emplace_back(measure.name, finding.measures[i] / unit);
  }
  alert_.window = AlertWindow{finding.window_begin, finding.window_end};
  alert_.late_ms = finding.late.ms;
  return alert_;
}

void AlertBuilder::fill_common(AlertKind kind, RuleIndex primary) {
  const Rule& rule = *rules_->rule(primary).rule;
  alert_ = Alert();
  alert_.kind = kind;
  alert_.alert_class = rule.rule_class;
  alert_.severity = rule.severity;
  alert_.route = rule.route;
  alert_.bundle = rules_->digest();
  alert_.fold = kFoldVersion;
}

// The sender of a message that any rule takes for recruitment may be recruited himself.
bool AlertBuilder::is_withheld(const Evaluation& evaluation) const {
  const auto is_trafficking = [this](RuleIndex rule) {
    return rules_->rule(rule).rule->route == kTraffickingRoute;
  };
  return policy_.withhold_trafficked &&
         (std::ranges::any_of(evaluation.hits, is_trafficking, &Hit::rule) ||
          std::ranges::any_of(evaluation.truncated, is_trafficking));
}

// Of the primary rule.
std::string AlertBuilder::summary_of(const Record& record, const Evaluation& evaluation,
                                     Folder& folder, const Disclosure& disclosure) const {
  const Rule& primary = *rules_->rule(evaluation.hits[0].rule).rule;
  return fill_slots(primary.alert.summary, [&](std::string_view name) {
    if (is_url_field_name(name)) return link_slot(name, evaluation, folder, disclosure);
    const std::optional<FieldId> field = find_field(name);
    if (!field) return capture_slot(name, evaluation, folder, disclosure);
    if (info_of(*field).kind != record.kind) return fmt::format("{{{}}}", name);
    if (redaction_.hides(*field)) return std::string(kRedacted);
    return disclosure.field(*field, field_value(*field, record, context_));
  });
}

std::string AlertBuilder::link_slot(std::string_view name, const Evaluation& evaluation,
                                    Folder& folder, const Disclosure& disclosure) const {
  const HitSignal* link = named_link(evaluation.signals_of(evaluation.hits[0]));
  if (link == nullptr) return "-";
  if (redaction_.hides(folder.original_span(link->view, link->span))) return std::string(kRedacted);
  if (name == kImitatedBrandSlot) return link->look_alike ? std::string(brand_name(*link)) : "-";
  if (name == kImitationKindSlot) {
    return link->look_alike ? std::string(name_of(link->look_alike->kind)) : "-";
  }
  const std::optional<UrlFieldId> field = find_url_field(name);
  if (!field) return fmt::format("{{{}}}", name);
  MessageReader& reader = *evaluation.reader;
  const FieldValue value = url_field_value(*field, reader.urls()[link->url], reader.folded().text);
  return disclosure.link_field(*field, value);
}

std::string AlertBuilder::capture_slot(std::string_view name, const Evaluation& evaluation,
                                       Folder& folder, const Disclosure& disclosure) const {
  const Hit& hit = evaluation.hits[0];
  const CompiledRule& compiled = rules_->rule(hit.rule);
  const std::vector<CaptureDef>& captures = compiled.rule->captures;
  const auto capture = std::find_if(captures.begin(), captures.end(),
                                    [name](const CaptureDef& one) { return one.name == name; });
  if (capture == captures.end()) return fmt::format("{{{}}}", name);
  const std::vector<uint32_t>& hidden = compiled.rule->alert.redact_patterns;
  if (std::find(hidden.begin(), hidden.end(), capture->pattern) != hidden.end()) {
    return std::string(kRedacted);
  }
  const auto signals = evaluation.signals_of(hit);
  const bool fired = std::any_of(signals.begin(), signals.end(), [&](const HitSignal& signal) {
    return signal.pattern_index == capture->pattern;
  });
  const auto index = static_cast<size_t>(capture - captures.begin());
  const auto text = fired ? evaluation.captures->read(compiled.captures[index]) : std::nullopt;
  if (!text) return "-";
  // Another rule may redact what is there.
  const View view = compiled.rule->patterns[capture->pattern].view;
  const auto begin =
      static_cast<uint32_t>(text->data() - evaluation.reader->folded().view(view).data());
  const ByteSpan span{begin, begin + static_cast<uint32_t>(text->size())};
  const bool is_hidden = !text->empty() && redaction_.hides(folder.original_span(view, span));
  if (is_hidden) return std::string(kRedacted);
  const std::string shown = disclosure.matched_text(*text);
  return shown.empty() ? std::string(kWithheld) : shown;
}

std::string_view AlertBuilder::brand_name(const HitSignal& signal) const {
  return rules_->definitions().brands[signal.look_alike->brand.index()].name;
}

void AlertBuilder::redact(const Evaluation& evaluation, Folder& folder) {
  redaction_.clear();
  const auto for_each_rule = [this](RuleIndex index, auto&& visit) {
    visit(*rules_->rule(index).rule);
    for (const RuleIndex other : rules_->rule(index).refers_to) visit(*rules_->rule(other).rule);
  };
  for (const RuleIndex index : evaluation.truncated) {
    for_each_rule(index, [this](const Rule& rule) {
      redaction_.add_fields(rule);
      if (!rule.alert.redact_patterns.empty()) redaction_.hide_all_text();
    });
  }
  for (const Hit& hit : evaluation.hits) {
    const CompiledRule& compiled = rules_->rule(hit.rule);
    for_each_rule(hit.rule, [this](const Rule& rule) { redaction_.add_fields(rule); });
    for (const HitSignal& signal : evaluation.signals_of(hit)) {
      if (signal.pattern_index == HitSignal::kUrl) continue;
      const PatternOwner owner = rules_->owner_of(compiled, signal.pattern_index);
      const std::vector<uint32_t>& hidden = owner.rule->rule->alert.redact_patterns;
      if (std::find(hidden.begin(), hidden.end(), owner.pattern) != hidden.end())
        redaction_.add_match(folder.original_span(signal.view, signal.span));
    }
  }
}

void AlertBuilder::add_hits(const Record& record, const Evaluation& evaluation, Folder& folder,
                            const Disclosure& disclosure) {
  const Message& message = record.message;
  for (const Hit& hit : evaluation.hits) {
    const CompiledRule& compiled = rules_->rule(hit.rule);
    AlertHit& out = alert_.hits.emplace_back(hit_of(compiled, hit.score));
    const std::vector<ScorePart>& parts = compiled.rule->score_parts;
    for (size_t i = 0; i < parts.size(); ++i) {
      if ((hit.score_parts >> i & 1U) != 0) out.score_parts.push_back({parts[i].add, parts[i].why});
    }
    add_lists(record, evaluation, hit, folder, disclosure, out);
    for (const HitSignal& signal : evaluation.signals_of(hit)) {
      const ByteSpan span = folder.original_span(signal.view, signal.span);
      const std::string_view text = message.text.substr(span.begin, span.end - span.begin);
      AlertSignal& shown = out.signals.emplace_back();
      const bool is_url = signal.pattern_index == HitSignal::kUrl;
      shown.pattern = is_url ? kUrlSignal : compiled.pattern_name(signal.pattern_index);
      shown.view = signal.view;
      shown.span = span;
      shown.text = redaction_.hides(span) ? std::string(kRedacted) : disclosure.matched_text(text);
      if (!signal.look_alike) continue;
      shown.brand = brand_name(signal);
      shown.why = name_of(signal.look_alike->kind);
    }
  }
}

void AlertBuilder::add_entities(MessageReader& reader, Folder& folder,
                                const Disclosure& disclosure) {
  const Entities& entities = reader.all();
  const FoldedText& folded = reader.folded();
  const auto text_of = [&](ByteSpan span) {
    return folded.text.substr(span.begin, span.end - span.begin);
  };
  const auto is_hidden = [&](View view, ByteSpan span) {
    return redaction_.hides(folder.original_span(view, span));
  };
  for (const Url& url : entities.urls) {
    if (is_hidden(View::kText, url.span)) continue;
    alert_.urls.push_back(disclosure.url(text_of(url.span), url.host));
    add_once(std::string(url.host), alert_.hosts);
  }
  for (const Handle& handle : entities.handles) {
    if (is_hidden(View::kText, handle.span)) continue;
    add_once(disclosure.contact(handle.service, handle.id), alert_.handles);
  }
  for (const Phone& phone : entities.phones) {
    if (is_hidden(View::kText, phone.span)) continue;
    add_once(disclosure.person(phone.number), alert_.phones);
  }
  for (const Amount& amount : entities.amounts) {
    if (is_hidden(View::kText, amount.span)) continue;
    add_once(disclosure.detail(fmt::format("{} {}", amount.value, amount.currency)),
             alert_.amounts);
  }
  for (const CryptoAddress& address : entities.crypto_addresses) {
    const ByteSpan span = address.span;
    if (is_hidden(View::kRaw, span)) continue;
    const std::string_view text = folded.raw.substr(span.begin, span.end - span.begin);
    add_once(disclosure.detail(fmt::format("{}:{}", address.network, text)), alert_.crypto);
  }
}

}  // namespace sieve
