// Makes the conditions of rules ready to run. In the place of a reference to another rule stands
// what that rule asks: its condition, and that none of its exceptions holds. So a referring rule is
// found by the signals of the other, explained with its parts, and needs it in no order.
//
// Thread safety: none.
#pragma once

#include <map>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "evaluate/rule_set.h"

namespace sieve {

class RuleProgramCompiler {
 public:
  // Lifetime: refers to all of them. REQUIRES: lists of exceptions have their places among `lists`,
  // and the rules that run their own signals and captures.
  RuleProgramCompiler(std::vector<CompiledRule>& rules,
                      std::span<const std::shared_ptr<const ListSet>> lists)
      : rules_(rules), lists_(lists) {}

  // Compiles the programs of all rules that run, and adds their exceptions to `exceptions`.
  void run(std::vector<CompiledException>& exceptions);

 private:
  void read_wholes();
  Expression resolved(const Expression& expression, RuleIndex user);
  ExprNode borrowed(ExprNode node, RuleIndex from, RuleIndex user);
  void add_exceptions(RuleIndex index, Expression& whole);
  Program compile(const Expression& expression, RuleIndex index);
  void compile_exceptions(RuleIndex index, std::vector<CompiledException>& exceptions);

  std::vector<CompiledRule>& rules_;
  std::span<const std::shared_ptr<const ListSet>> lists_;
  std::map<std::string, RuleIndex, std::less<>> by_id_;
  std::vector<Expression> wholes_;  // By rule: what it is to be true and not excepted.
};

}  // namespace sieve
