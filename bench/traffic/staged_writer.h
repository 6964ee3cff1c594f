// A StagedWriter turns staged calls and messages into records. Messages are ordinary chats: only
// what their senders do gives them away.
//
// Thread safety: none. Lifetime: refers to everything it is given.
#pragma once

#include <string>

#include "traffic/options.h"
#include "traffic/random.h"
#include "traffic/record_writer.h"
#include "traffic/sentences.h"
#include "traffic/staging.h"
#include "traffic/template.h"

namespace sieve::traffic {

class StagedWriter {
 public:
  StagedWriter(const Staging& staging, const Population& population, const Sentences& sentences,
               const Options& options);

  // Their views are valid until the next call or message.
  CallLine call(const StagedCall& staged);
  MessageLine message(const StagedMessage& staged);

 private:
  void append_number(std::string& out, const Actor& actor) const;
  void set_outgoing(const StagedCall& staged, CallLine& call);
  void set_incoming(const StagedCall& staged, CallLine& call);

  const Staging& staging_;
  const Population& population_;
  const Sentences& sentences_;
  const Options& options_;
  Random random_;
  TextWriter writer_;
  Text text_;
  std::string from_, to_, tail_;
};

}  // namespace sieve::traffic
