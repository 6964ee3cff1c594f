#include "rule/look_alike_names.h"

#include <fmt/format.h>

namespace sieve {
namespace {

// Proposes the nearest of `names`, or says what there are.
void propose(Diagnostic& out, std::string_view name, const std::vector<std::string_view>& names,
             std::string_view what) {
  const std::string_view near = nearest_name(name, names);
  if (near.empty()) {
    out.help = fmt::format("the {} are: {}", what, fmt::join(names, ", "));
    return;
  }
  out.label = fmt::format("did you mean `{}`?", near);
  out.help = "use the name that is defined";
  out.replacement = near;
}

}  // namespace

std::optional<uint32_t> brand_named(std::string_view name, SourceSpan span,
                                    const Definitions* definitions, const YamlContext& context) {
  std::vector<std::string_view> names;
  if (definitions != nullptr) {
    if (const auto brand = definitions->find_brand(name)) return brand;
    for (const BrandDef& brand : definitions->brands) names.push_back(brand.name);
  }
  Diagnostic& out = context.error("R140", span, fmt::format("there is no brand `{}`", name));
  if (names.empty()) {
    out.help = "define it in `brands`, with its official hosts";
  } else {
    propose(out, name, names, "brands");
  }
  return std::nullopt;
}

void use_all_brands(SourceSpan span, const Definitions* definitions, const YamlContext& context) {
  if (definitions == nullptr || definitions->brands.empty()) {
    context.error("R140", span, "there are no brands").help =
        "define them in `brands`, with their official hosts";
    return;
  }
  for (const BrandDef& brand : definitions->brands) brand.used = true;
}

std::optional<LookAlikeKind> look_alike_kind_named(std::string_view name, SourceSpan span,
                                                   const YamlContext& context) {
  const auto kind = find_look_alike_kind(name);
  if (kind) return kind;
  Diagnostic& out =
      context.error("R141", span, fmt::format("there is no kind of imitation `{}`", name));
  propose(out, name, look_alike_kind_names(), "kinds");
  return std::nullopt;
}

}  // namespace sieve
