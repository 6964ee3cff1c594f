#include "traffic/truth.h"

#include <algorithm>
#include <vector>

#include "base/json_writer.h"
#include "base/time.h"
#include "traffic/record_writer.h"

namespace sieve::traffic {
namespace {

void append_range(JsonWriter& json, Timestamp from, Timestamp to) {
  json.key("from").string(format_rfc3339(from)).key("to").string(format_rfc3339(to));
}

void append_counts(JsonWriter& json, const Plan& plan) {
  json.key("messages").unsigned_integer(plan.messages);
  json.key("calls").unsigned_integer(plan.calls);
  json.key("scam_messages").unsigned_integer(plan.scam_messages.size());
  json.key("behaviour_calls").unsigned_integer(plan.scam_calls.size());
  json.key("campaigns").unsigned_integer(plan.campaigns.size());
  json.key("classes").begin_object();
  for (size_t i = 0; i < kScamClassCount; ++i) {
    if (plan.class_counts[i] == 0) continue;
    json.key(name_of(static_cast<ScamClass>(i))).unsigned_integer(plan.class_counts[i]);
  }
  json.end_object().key("langs").begin_object();
  for (size_t i = 0; i < kLangCount; ++i) {
    if (plan.lang_counts[i] == 0) continue;
    json.key(name_of(static_cast<Lang>(i))).unsigned_integer(plan.lang_counts[i]);
  }
  json.end_object();
}

// All values of one kind that the actors of a subject showed.
template <class Append>
void append_shown(JsonWriter& json, std::string_view key, const std::vector<const Actor*>& actors,
                  Append append) {
  std::vector<std::string> values;
  for (const Actor* actor : actors) {
    std::string value;
    append(value, *actor);
    if (!value.empty()) values.push_back(std::move(value));
  }
  std::ranges::sort(values);
  const auto end = std::unique(values.begin(), values.end());
  json.key(key).begin_array();
  for (auto value = values.begin(); value != end; ++value) json.string(*value);
  json.end_array();
}

void append_identities(JsonWriter& json, const Population& population,
                       const std::vector<const Actor*>& actors) {
  append_shown(json, "numbers", actors, [&](std::string& out, const Actor& actor) {
    if (!actor.abroad.empty()) {
      out = actor.abroad;
    } else {
      population.append_number(out, actor.holder.person);
    }
  });
  append_shown(json, "imsis", actors, [&](std::string& out, const Actor& actor) {
    if (actor.abroad.empty()) population.append_imsi(out, actor.holder.person);
  });
  append_shown(json, "imeis", actors, [&](std::string& out, const Actor& actor) {
    if (actor.abroad.empty()) population.append_imei(out, actor.holder.device);
  });
}

void write_truth_subject(const Subject& subject, const Population& population,
                         const std::vector<const Actor*>& actors, LineSink& truth) {
  std::string line;
  JsonWriter json(line);
  json.begin_object().key("kind").string(subject.planted ? "planted" : "look_alike");
  json.key("name").string(subject.name);
  json.key("subject").string(subject.value).key("subject_type").string(subject.type);
  if (!subject.part_of.empty()) json.key("part_of").string(subject.part_of);
  append_range(json, subject.from, subject.to);
  if (subject.planted) {
    json.key("true_at");
    subject.true_at ? json.string(format_rfc3339(*subject.true_at)) : json.null();
  }
  append_identities(json, population, actors);
  json.key("measures").begin_object().key("sent").unsigned_integer(subject.sent);
  json.key("received").unsigned_integer(subject.received);
  json.key("distinct").unsigned_integer(subject.distinct).end_object().end_object();
  truth.write({}, line);
}

}  // namespace

void write_truth_header(const Options& options, const Plan& plan, LineSink& truth) {
  std::string line;
  JsonWriter json(line);
  json.begin_object().key("kind").string("header").key("generator").string(kGeneratorVersion);
  json.key("seed").unsigned_integer(options.seed);
  json.key("subscribers").unsigned_integer(options.subscribers);
  append_range(json, options.start, options.start + options.length);
  json.key("scam_share").number(options.scam_share).key("compact").boolean(options.compact);
  json.key("dials").begin_object();
  for (size_t i = 0; i < kDialCount; ++i) {
    json.key(all_dials()[i].name).number(options.dials[static_cast<Dial>(i)]);
  }
  json.end_object();
  append_counts(json, plan);
  json.end_object();
  truth.write({}, line);
}

void write_truth_behaviours(const Plan& plan, LineSink& truth) {
  std::string line;
  for (const Campaign& campaign : plan.campaigns) {
    line.clear();
    JsonWriter json(line);
    json.begin_object().key("kind").string("campaign").key("campaign").string(campaign.name);
    json.key("class").string(name_of(campaign.scam)).key("lang").string(name_of(campaign.lang));
    json.key("messages").unsigned_integer(campaign.messages);
    append_range(json, campaign.from, campaign.to);
    json.key("hosts").begin_array();
    for (const std::string& host : campaign.hosts) json.string(host);
    json.end_array().end_object();
    truth.write({}, line);
  }
  for (const Behaviour& behaviour : plan.behaviours) {
    line.clear();
    JsonWriter json(line);
    json.begin_object().key("kind").string(behaviour.kind);
    json.key("subject").string(behaviour.subject);
    json.key("subject_type").string(behaviour.subject_type);
    if (!behaviour.style.empty()) json.key("style").string(behaviour.style);
    if (!behaviour.imsi.empty()) {
      json.key("imsi").string(behaviour.imsi).key("imei").string(behaviour.imei);
    }
    if (!behaviour.part_of.empty()) json.key("part_of").string(behaviour.part_of);
    append_range(json, behaviour.from, behaviour.to);
    json.key("measures").begin_object();
    for (const auto& [name, value] : behaviour.measures) json.key(name).unsigned_integer(value);
    json.end_object().end_object();
    truth.write({}, line);
  }
}

void write_truth_staging(const Staging& staging, const Population& population, LineSink& truth) {
  std::vector<std::vector<const Actor*>> actors(staging.subjects.size());
  for (const Actor& actor : staging.actors) actors[actor.subject].push_back(&actor);
  for (size_t i = 0; i < staging.subjects.size(); ++i) {
    write_truth_subject(staging.subjects[i], population, actors[i], truth);
  }
}

void write_truth_callers(const Callers& callers, const Population& population, LineSink& truth) {
  std::string line;
  const auto write_line = [&](std::string_view name, const std::string& number,
                              const std::vector<const Actor*>& actors) {
    line.clear();
    JsonWriter json(line);
    json.begin_object().key("kind").string("look_alike").key("name").string(name);
    json.key("subject").string(number).key("subject_type").string("msisdn");
    append_identities(json, population, actors);
    json.end_object();
    truth.write({}, line);
  };
  for (uint32_t i = 0; i < callers.riders(); ++i) {
    const uint32_t person = callers.rider(i);
    Actor actor;
    actor.holder.person = person;
    actor.holder.device = person;
    std::string number;
    population.append_number(number, person);
    write_line(callers.rider_style(i), number, {&actor});
  }
  for (uint32_t i = 0; i < callers.centres(); ++i) {
    std::string number;
    callers.append_centre(number, i);
    write_line("contact_centre", number, {});
  }
}

void append_truth_message(std::string& out, uint64_t sequence, const Campaign& campaign,
                          std::span<const Evasion> evasions) {
  out += R"({"kind":"message","id":")";
  append_message_id(out, sequence);
  out += R"(","stream":"messages","class":")";
  out += name_of(campaign.scam);
  out += R"(","lang":")";
  out += name_of(campaign.lang);
  out += R"(","campaign":")";
  out += campaign.name;
  out += R"(","evasion":[)";
  for (size_t i = 0; i < evasions.size(); ++i) {
    out += i == 0 ? "\"" : ",\"";
    out += name_of(evasions[i]);
    out += '"';
  }
  out += "]}";
}

}  // namespace sieve::traffic
