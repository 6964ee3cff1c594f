// What HTTP says of rules: /v1/rules, and the answer to a request to load them again.
//
// Thread safety: pure functions.
#pragma once

#include "run/reloader.h"
#include "serve/http_server.h"

namespace sieve {

// The rules in force with what they cost, those that are inactive or suspended with the reason,
// lists, and the last reload.
HttpResponse rules_page(const RuleSet& rules, const ReloadStatus& status,
                        const RuleCostWatch& costs);

// 200 accepted or unchanged, 409 rejected with the reasons, 202 still at work.
HttpResponse reload_answer(const ReloadStatus& status, bool answered);

}  // namespace sieve
