#include "rule/party_field.h"

#include <fmt/format.h>

namespace sieve {

void check_has_party(const ExpressionChecker& checker, FieldId field, const Token& token) {
  if (checker.scope().has_parties || !is_of_party(info_of(field))) return;
  checker
      .error("R159", token.begin, token.end,
             fmt::format("`{}` is known in windows only", info_of(field).name))
      .help = "a rule with `window:` sees each record from both parties; here name from or to";
}

}  // namespace sieve
