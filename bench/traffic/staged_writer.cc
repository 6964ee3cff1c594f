#include "traffic/staged_writer.h"

namespace sieve::traffic {
namespace {

constexpr std::string_view kService = "1175";

}  // namespace

StagedWriter::StagedWriter(const Staging& staging, const Population& population,
                           const Sentences& sentences, const Options& options)
    : staging_(staging),
      population_(population),
      sentences_(sentences),
      options_(options),
      random_(random_for(options.seed, "staged messages")),
      writer_(random_) {}

void StagedWriter::append_number(std::string& out, const Actor& actor) const {
  if (actor.abroad.empty()) {
    population_.append_number(out, actor.holder.person);
  } else {
    out += actor.abroad;
  }
}

CallLine StagedWriter::call(const StagedCall& staged) {
  CallLine call;
  call.ts = staged.ts;
  call.duration_s = staged.duration_s;
  call.ring_s = staged.ring_s;
  call.cause = staged.cause;
  from_.clear(), to_.clear(), tail_.clear();
  staged.incoming ? set_incoming(staged, call) : set_outgoing(staged, call);
  call.from = from_;
  call.to = to_;
  call.tail = tail_;
  return call;
}

void StagedWriter::set_outgoing(const StagedCall& staged, CallLine& call) {
  const Actor& actor = staging_.actors[staged.actor];
  append_number(from_, actor);
  if (staged.other == StagedCall::kServiceNumber) {
    to_ = kService;
    call.to_type = "short";
  } else {
    population_.append_number(to_, staged.other);
    call.callee = staged.other;
  }
  if (actor.abroad.empty()) {
    if (!options_.compact) append_call_tail(tail_, population_, actor.holder);
  } else {
    call.kind = "gateway_in";
    tail_ = R"(,"trunk":{"in":"intl-2","intl":true})";
  }
}

// The record of the side of ours: the called one's, or the caller's where a number abroad is
// called.
void StagedWriter::set_incoming(const StagedCall& staged, CallLine& call) {
  const Actor& actor = staging_.actors[staged.actor];
  population_.append_number(from_, staged.other);
  append_number(to_, actor);
  const bool ours = actor.abroad.empty();
  if (ours) call.kind = "mt";
  if (options_.compact) return;
  append_call_tail(tail_, population_,
                   ours ? actor.holder : holder_of(population_, staged.other, staged.ts));
}

MessageLine StagedWriter::message(const StagedMessage& staged) {
  const Actor& actor = staging_.actors[staged.actor];
  from_.clear(), to_.clear(), tail_.clear();
  append_number(staged.incoming ? to_ : from_, actor);
  population_.append_number(staged.incoming ? from_ : to_, staged.other);
  MessageLine message;
  message.ts = staged.ts;
  message.lang = static_cast<Lang>(random_.weighted(options_.legit_langs));
  writer_.write(random_.pick(sentences_.legit(message.lang, LegitKind::kChat)),
                {.lang = message.lang, .phone = to_}, text_);
  const bool ours = !staged.incoming || population_.on_net(staged.other);
  if (!ours) {
    tail_ = R"(,"route":{"peer":"ic-2","country":"TH","intl":false})";
  } else if (!options_.compact) {
    append_message_tail(
        tail_, population_,
        staged.incoming ? holder_of(population_, staged.other, staged.ts) : actor.holder);
  }
  message.direction = ours ? "mo" : "mt";
  message.from = from_;
  message.to = to_;
  message.text = text_.bytes;
  message.tail = tail_;
  return message;
}

}  // namespace sieve::traffic
