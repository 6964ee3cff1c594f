#include <fmt/format.h>

#include <map>
#include <memory>
#include <string>
#include <vector>

#include "base/phone.h"
#include "cli/message_input.h"
#include "cli/verbs.h"
#include "evaluate/evaluator.h"
#include "run/rule_profile.h"

namespace sieve {
namespace {

struct ProfileArguments {
  std::vector<std::string> paths;
  MessageInput input;
  uint32_t every = 16;
  ProfileOptions options;
  bool json = false;
};

const std::map<std::string, ProfileOrder> kOrders = {{"time", ProfileOrder::kTime},
                                                     {"tried", ProfileOrder::kTried},
                                                     {"hits", ProfileOrder::kHits},
                                                     {"rule", ProfileOrder::kRule}};

ExitStatus profile(const ProfileArguments& arguments) {
  if (arguments.input.empty()) {
    return end_with({ExitCode::kUsage, "no messages to measure with: give --messages or --rows\n"});
  }
  const auto context = context_of(arguments.input);
  if (!context) return end_with(context.error());
  const auto rules = compile_rules(rules_of(arguments.paths), fields_of(arguments.input));
  if (!rules) return end_with(rules.error());
  CostTable costs(**rules, arguments.every);
  Evaluator evaluator(*rules, *context);
  evaluator.set_default_plan(find_plan(arguments.input.country));
  evaluator.watch(&costs);
  Folder folder;
  const auto counts = for_each_message(arguments.input, [&](const FileMessage& message) {
    evaluator.evaluate(message.record, folder.fold(message.record.message.text));
  });
  if (!counts) return end_with(counts.error());
  if (counts->undecoded > 0) {
    fmt::print(stderr, "{} lines hold no message\n", counts->undecoded);
  }
  if (arguments.json) {
    fmt::print("{}\n", profile_json(**rules, costs, arguments.options));
  } else {
    fmt::print("{}", render_profile(**rules, costs, arguments.options));
  }
  return static_cast<int>(ExitCode::kOk);
}

}  // namespace

void add_rules_profile(CLI::App& rules, ExitStatus& status) {
  auto a = std::make_shared<ProfileArguments>();
  CLI::App* verb = rules.add_subcommand(
      "profile",
      "Show what each rule costs on these messages: how often it is tried, evaluated and true, and "
      "its share of the time.");
  verb->add_option("paths", a->paths, "Rule files or directories (default: rules)");
  add_message_input(*verb, a->input);
  verb->add_option("--every", a->every,
                   "Take the time in one of so many messages; counts are of all")
      ->check(CLI::Range(1, 1'000'000))
      ->capture_default_str();
  verb->add_option("--sort", a->options.order, "time, tried or hits (most first), or rule")
      ->transform(CLI::CheckedTransformer(kOrders))
      ->default_str("time");
  verb->add_option("--rows-max", a->options.rows_max, "Rows of each table (0: all)")
      ->capture_default_str();
  verb->add_flag("--json", a->json, "The same as JSON, with all rules");
  verb->callback([a, &status] { status = profile(*a); });
}

}  // namespace sieve
