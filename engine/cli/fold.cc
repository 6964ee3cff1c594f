#include <fmt/format.h>

#include <algorithm>
#include <iostream>
#include <iterator>
#include <memory>
#include <string>
#include <vector>

#include "base/display.h"
#include "base/json_writer.h"
#include "cli/fold_text.h"
#include "cli/verbs.h"
#include "record/text_limit.h"
#include "run/engine_error.h"
#include "text/entities.h"
#include "text/fold_trace.h"

namespace sieve {
namespace {

struct FoldArguments {
  std::string text = "-";
  bool json = false;
};

// All that is known of one message's text.
struct FoldedMessage {
  std::string_view raw;
  Folder folder;
  std::vector<FoldStage> stages;
  const FoldedText* folded = nullptr;
  Entities entities;
};

struct NamedFeature {
  std::string_view name;
  uint16_t FoldFeatures::*count;
};
constexpr NamedFeature kFeatures[] = {{"invisible", &FoldFeatures::invisible},
                                      {"full_width", &FoldFeatures::full_width},
                                      {"styled", &FoldFeatures::styled},
                                      {"look_alike", &FoldFeatures::look_alike},
                                      {"mixed_script_tokens", &FoldFeatures::mixed_script_tokens},
                                      {"spaced_out", &FoldFeatures::spaced_out},
                                      {"digit_for_letter", &FoldFeatures::digit_for_letter},
                                      {"marks_repaired", &FoldFeatures::marks_repaired}};

struct NamedDress {
  std::string_view name;
  UrlDress bit;
};
constexpr NamedDress kDresses[] = {{"no_scheme", kNoScheme},
                                   {"defanged_scheme", kDefangedScheme},
                                   {"dressed_dot", kDressedDot},
                                   {"spaced", kSpaced},
                                   {"glued", kGlued},
                                   {"userinfo", kUserinfo},
                                   {"ip_literal", kIpLiteral},
                                   {"port", kPort},
                                   {"punycode", kPunycode},
                                   {"reordered", kReordered}};

// One entity for people and for programs: what it is, where it was written.
struct ShownEntity {
  std::string_view kind;
  std::string value;
  std::string details;
  ByteSpan span;  // Of the text as received.
};

std::string dress_of(const Url& url) {
  std::string out;
  for (const NamedDress& dress : kDresses) {
    if ((url.dress & dress.bit) == 0) continue;
    out += out.empty() ? "" : " ";
    out += dress.name;
  }
  return out;
}

std::vector<ShownEntity> entities_of(FoldedMessage& message) {
  std::vector<ShownEntity> shown;
  const auto add = [&](std::string_view kind, std::string_view value, std::string details,
                       ByteSpan span, View view = View::kText) {
    const ByteSpan original = message.folder.original_span(view, span);
    shown.push_back({kind, std::string(value), std::move(details), original});
  };
  const Entities& found = message.entities;
  for (const Url& url : found.urls) add("url", url.host, dress_of(url), url.span);
  for (const Handle& handle : found.handles) {
    add("handle", fmt::format("{} {}", handle.service, handle.id), {}, handle.span);
  }
  for (const Phone& phone : found.phones) {
    add("phone", phone.number, std::string(phone.country), phone.span);
  }
  for (const Amount& amount : found.amounts) {
    add("amount", fmt::format("{} {}", amount.value, amount.currency), {}, amount.span);
  }
  for (const OneTimeCode& code : found.codes) add("code", "one-time code", {}, code.span);
  for (const CryptoAddress& address : found.crypto_addresses) {
    add("crypto_address", address.network, {}, address.span, View::kRaw);
  }
  return shown;
}

std::string render_features(const FoldFeatures& features) {
  std::string out;
  for (const NamedFeature& feature : kFeatures) {
    if (features.*feature.count == 0) continue;
    out += fmt::format("{}{}={}", out.empty() ? "" : " ", feature.name, features.*feature.count);
  }
  return out.empty() ? "none" : out;
}

void print_text(FoldedMessage& message) {
  const auto line = [](std::string_view name, std::string_view value) {
    fmt::print("{}\n", value.empty() ? std::string(name) : fmt::format("{:<12}{}", name, value));
  };
  fmt::print("{}", render_stages(message.raw, message.stages));
  const FoldedText& folded = *message.folded;
  fmt::print("\n");
  line("text", fmt::format("`{}`", visible(folded.text)));
  line("words", fmt::format("`{}`", folded.words));
  line("squeezed", fmt::format("`{}`", folded.squeezed));
  line("features", render_features(folded.features));
  for (const ShownEntity& entity : entities_of(message)) {
    const std::string_view written =
        message.raw.substr(entity.span.begin, entity.span.end - entity.span.begin);
    line(entity.kind,
         fmt::format("{} at {}-{} `{}`{}{}", entity.value, entity.span.begin, entity.span.end,
                     visible(written), entity.details.empty() ? "" : ", ", entity.details));
  }
}

void write_span(JsonWriter& json, ByteSpan span) {
  json.key("span").begin_array();
  json.unsigned_integer(span.begin);
  json.unsigned_integer(span.end);
  json.end_array();
}

void write_stages(JsonWriter& json, const std::vector<FoldStage>& stages) {
  json.key("steps").begin_array();
  for (const FoldStage& stage : stages) {
    json.begin_object();
    json.key("step").string(name_of(stage.step));
    json.key("text").string(stage.text);
    json.key("changes").begin_array();
    for (const FoldChange& change : stage.changes) {
      json.begin_object();
      write_span(json, change.raw);
      json.key("from").string(change.from);
      json.key("to").string(change.to);
      json.end_object();
    }
    json.end_array();
    json.end_object();
  }
  json.end_array();
}

std::string to_json(FoldedMessage& message) {
  std::string out;
  JsonWriter json(out);
  json.begin_object();
  json.key("fold").integer(kFoldVersion);
  json.key("raw").string(message.raw);
  write_stages(json, message.stages);
  json.key("views").begin_object();
  for (const View view : {View::kText, View::kWords, View::kSqueezed}) {
    json.key(name_of(view)).string(message.folded->view(view));
  }
  json.end_object();
  json.key("features").begin_object();
  for (const NamedFeature& feature : kFeatures) {
    json.key(feature.name).integer(message.folded->features.*feature.count);
  }
  json.end_object();
  json.key("entities").begin_array();
  for (const ShownEntity& entity : entities_of(message)) {
    json.begin_object();
    json.key("kind").string(entity.kind);
    json.key("value").string(entity.value);
    if (!entity.details.empty()) json.key("details").string(entity.details);
    write_span(json, entity.span);
    json.end_object();
  }
  json.end_array();
  json.end_object();
  return out;
}

// The text to fold: standard input without its last line feed, or the argument.
std::string text_of(const FoldArguments& arguments) {
  if (arguments.text != "-") return arguments.text;
  std::string text(std::istreambuf_iterator<char>(std::cin), {});
  if (text.ends_with('\n')) text.pop_back();
  return text;
}

ExitStatus fold(const FoldArguments& arguments) {
  const std::string text = text_of(arguments);
  FoldedMessage message;
  message.raw = text;
  if (cut_text(message.raw)) {
    fmt::print(stderr, "the text is cut after {} bytes, as the engine does\n", message.raw.size());
  }
  message.stages = trace_fold(message.raw, message.folder);
  message.folded = &message.folder.fold(message.raw);
  extract_entities(*message.folded, message.entities);
  if (arguments.json) {
    fmt::print("{}\n", to_json(message));
  } else {
    print_text(message);
  }
  return static_cast<int>(ExitCode::kOk);
}

}  // namespace

void add_fold(CLI::App& app, ExitStatus& status) {
  CLI::App* verb = app.add_subcommand(
      "fold",
      "Show what patterns see of a text: each step of the fold, views, features, entities.");
  auto arguments = std::make_shared<FoldArguments>();
  verb->add_option("text", arguments->text, "The text of a message (`-`: standard input)")
      ->capture_default_str();
  verb->add_flag("--json", arguments->json, "The same as JSON");
  verb->callback([arguments, &status] { status = fold(*arguments); });
}

}  // namespace sieve
