#include "traffic/record_writer.h"

#include "traffic/template.h"

namespace sieve::traffic {
namespace {

void append_time(std::string& out, Timestamp time) {
  char buffer[24];
  format_rfc3339(time, buffer);
  out.append(buffer, sizeof(buffer));
}

void append_party(std::string& out, std::string_view address, std::string_view type) {
  out += R"({"addr":")";
  out += address;
  out += R"(","type":")";
  out += type;
  out += "\"}";
}

void append_flag(std::string& out, bool value) { out += value ? "true" : "false"; }

void append_sim_age(std::string& out, const SimHolder& holder) {
  out += R"("activated_at":")";
  append_time(out, holder.activated_at);
  out += R"(","prepaid":)";
  append_flag(out, holder.prepaid);
  out += '}';
}

void append_identity(std::string& out, const Population& population, const SimHolder& holder) {
  out += R"("imsi":")";
  population.append_imsi(out, holder.person);
  out += R"(","imei":")";
  population.append_imei(out, holder.device);
  out += "\",";
}

void append_call_ref(std::string& out, const CallLine& call) {
  if (call.call_ref.empty()) return;
  out += R"(,"call_ref":")";
  out += call.call_ref;
  out += '"';
  if (call.partial_seq == 0) return;
  out += R"(,"partial":{"seq":)";
  append_digits(out, call.partial_seq);
  out += R"(,"last":)";
  append_flag(out, call.partial_last);
  out += '}';
}

}  // namespace

void append_message_id(std::string& out, uint64_t sequence) {
  out += 'm';
  append_digits(out, sequence, 8);
}

void append_call_id(std::string& out, uint64_t sequence) {
  out += 'c';
  append_digits(out, sequence, 8);
}

void append_json_string(std::string& out, std::string_view text) {
  out += '"';
  size_t kept = 0;
  for (size_t at = 0; at < text.size(); ++at) {
    const auto c = static_cast<unsigned char>(text[at]);
    if (c >= 0x20 && c != '"' && c != '\\') continue;
    out.append(text.substr(kept, at - kept));
    kept = at + 1;
    if (c >= 0x20) {
      out += '\\';
      out += text[at];
    } else {
      constexpr std::string_view kHex = "0123456789abcdef";
      out += "\\u00";
      out += kHex[c >> 4];
      out += kHex[c & 15];
    }
  }
  out.append(text.substr(kept));
  out += '"';
}

void append_message(std::string& out, const MessageLine& message, bool compact) {
  out += R"({"schema":"message.v1","id":")";
  append_message_id(out, message.sequence);
  out += R"(","ts":")";
  append_time(out, message.ts);
  out += R"(","channel":")";
  out += message.channel;
  out += R"(","from":)";
  append_party(out, message.from, message.from_type);
  out += message.second_to.empty() ? R"(,"to":)" : R"(,"to":[)";
  append_party(out, message.to, "msisdn");
  if (!message.second_to.empty()) {
    out += ',';
    append_party(out, message.second_to, "msisdn");
    out += ']';
  }
  out += R"(,"text":)";
  append_json_string(out, message.text);
  if (!compact) {
    out += R"(,"direction":")";
    out += message.direction;
    out += R"(","lang":")";
    out += name_of(message.lang);
    out += '"';
    out += message.tail;
  }
  out += '}';
}

void append_call(std::string& out, const CallLine& call, bool compact) {
  out += R"({"schema":"call.v1","id":")";
  append_call_id(out, call.sequence);
  out += R"(","ts":")";
  append_time(out, call.ts);
  out += R"(","kind":")";
  out += call.kind;
  out += R"(","from":)";
  append_party(out, call.from, call.from_type);
  out += R"(,"to":)";
  append_party(out, call.to, call.to_type);
  out += R"(,"duration":)";
  append_digits(out, call.duration_s);
  if (!compact) {
    if (call.duration_s > 0) {
      out += R"(,"answered_at":")";
      append_time(out, answered_at(call));
      out += '"';
    }
    out += R"(,"ended_at":")";
    append_time(out, ended_at(call));
    out += R"(","ring":)";
    append_digits(out, call.ring_s);
    out += R"(,"cause":)";
    append_digits(out, call.cause);
    append_call_ref(out, call);
    out += call.tail;
  }
  out += '}';
}

Timestamp answered_at(const CallLine& call) {
  return call.ts + Duration{(int64_t{call.ring_s} + call.earlier_s) * 1'000};
}

Timestamp ended_at(const CallLine& call) {
  return answered_at(call) + Duration{int64_t{call.duration_s} * 1'000};
}

SimHolder holder_of(const Population& population, uint32_t person, Timestamp now) {
  return {.person = person,
          .device = person,
          .cell = population.cell_at(person, now),
          .activated_at = population.activated_at(person, now),
          .prepaid = population.prepaid(person)};
}

void append_message_tail(std::string& out, const Population& population, const SimHolder& holder) {
  out += R"(,"route":{"peer":"retail","country":"TH","intl":false},"sim":{)";
  append_identity(out, population, holder);
  append_sim_age(out, holder);
  out += R"(,"cell":)";
  out += population.cell_json(holder.cell);
}

void append_call_tail(std::string& out, const Population& population, const SimHolder& holder) {
  out += ',';
  append_identity(out, population, holder);
  out += R"("sim":{)";
  append_sim_age(out, holder);
  out += R"(,"cell":)";
  out += population.cell_json(holder.cell);
}

}  // namespace sieve::traffic
