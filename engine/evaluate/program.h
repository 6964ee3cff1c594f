// A Program is an Expression made ready to run: operands resolved to signals of the rule set,
// constants inline, evaluated over a small stack without allocation.
//
// Thread safety: immutable after compile; run() is pure.
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "base/strong_id.h"
#include "rule/expression.h"

namespace sieve {

using SignalId = StrongId<struct SignalTag>;

// What a program may look at. Null members: the program does not use them.
struct ProgramInput {
  const std::vector<bool>* signals = nullptr;  // By SignalId.
  const Record* record = nullptr;
  const FieldContext* context = nullptr;
  std::span<const double> measures;
};

class Program {
 public:
  Program() = default;
  // `signals` are those of the rule's patterns, by pattern index.
  static Program compile(const Expression& expression, std::span<const SignalId> signals);

  // An empty program is true.
  bool run(const ProgramInput& input) const;
  bool empty() const { return nodes_.empty(); }
  // The result when no signal fired and no field is present: such rules must be tried on every
  // message.
  bool true_without_signals() const;
  std::span<const FieldId> fields() const { return fields_; }
  std::span<const ExprNode> nodes() const { return nodes_; }

 private:
  std::vector<ExprNode> nodes_;  // kPattern nodes hold the SignalId as index.
  std::vector<FieldId> fields_;
};

}  // namespace sieve
