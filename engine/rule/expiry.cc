#include "rule/expiry.h"

#include <fmt/format.h>

#include "rule/definitions.h"

namespace sieve {
namespace {

constexpr std::string_view kNever = "never";

void warn_when_near(Date day, SourceSpan span, const Expiring& expiring, Date today,
                    const YamlContext& context) {
  const int32_t left = day.days - today.days;
  if (left > kExpiryNoticeDays) return;
  const bool is_over = left < 0;
  Diagnostic& out =
      context.warning(is_over ? "R123" : "R124", span,
                      fmt::format("the {} `{}` {} on {}", expiring.what, expiring.name,
                                  is_over ? "expired" : "expires", format_date(day)));
  if (!is_over)
    out.label = left == 0 ? "today is its last day"
                          : fmt::format("{} day{} left", left, left == 1 ? "" : "s");
  out.help = "remove it, or give it a later day";
}

}  // namespace

Date read_last_day(YamlReader& reader, const Expiring& expiring, Date today,
                   const YamlContext& context) {
  const YamlNode* node = reader.optional_node("expires");
  if (node == nullptr) {
    if (!expiring.must_say) return kNoLastDay;
    context
        .warning("R122", expiring.span,
                 fmt::format("the {} `{}` never expires", expiring.what, expiring.name))
        .help = "give it a last day, as in `expires: 2027-06-30`, or write `expires: never`";
    return kNoLastDay;
  }
  const std::string written = reader.optional_string("expires");
  if (node->kind != YamlKind::kScalar || (expiring.must_say && written == kNever)) {
    return kNoLastDay;
  }
  const auto day = parse_date(written);
  if (!day) {
    context.error("R093", node->span, fmt::format("`{}` is no date", written)).help =
        fmt::format("write the last day of the {}, as 2027-06-30", expiring.what);
    return kNoLastDay;
  }
  warn_when_near(*day, node->span, expiring, today, context);
  return *day;
}

}  // namespace sieve
