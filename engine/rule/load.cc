#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <map>

#include "base/file.h"
#include "base/hash.h"
#include "base/limits.h"
#include "base/time_zone.h"
#include "rule/list_file.h"
#include "rule/macro_def.h"
#include "rule/parse.h"

namespace sieve {
namespace {

// A larger list file is not kept for the snippets of its diagnostics.
constexpr size_t kShownFileBytesMax = size_t{8} << 20;

class Loader {
 public:
  Loader(const FileEdits& edits, Date today) : edits_(edits), today_(today) {}

  void add_path(const std::string& path);
  void add_thresholds(const std::string& path);
  LoadedRules finish();

 private:
  Expected<std::string, FileError> bytes_of(const std::string& file, size_t bytes_max) const;
  const std::string* read(const std::string& file, std::string_view name);
  bool has_text(std::string_view file) const;
  void add_to_digest(std::string_view name, std::string_view bytes);
  void parse_files();
  void read_list(ListDef& list);
  void error(std::string_view code, const std::string& file, std::string title, std::string help);
  void check_lists();
  void check_ids();
  void check_groups();
  void check_tags();
  void check_size();

  const FileEdits& edits_;
  const Date today_;
  LoadedRules out_;
  std::vector<size_t> rule_texts_;  // Of the rule files: their indexes in out_.texts.
  std::string digest_input_;
};

void Loader::error(std::string_view code, const std::string& file, std::string title,
                   std::string help) {
  Diagnostic& out = out_.diagnostics.emplace_back();
  out.code = code;
  out.file = file;
  out.title = std::move(title);
  out.help = std::move(help);
}

void Loader::add_to_digest(std::string_view name, std::string_view bytes) {
  digest_input_ += fmt::format("{} {} {}", name, to_hex(hash128(bytes)), '\n');
}

Expected<std::string, FileError> Loader::bytes_of(const std::string& file, size_t bytes_max) const {
  const auto edit = edits_.find(file);
  if (edit != edits_.end()) return edit->second;
  return read_file(file, bytes_max);
}

// The bytes of `file`, which go into the digest under `name`: the digest must not depend on where
// a bundle was unpacked.
const std::string* Loader::read(const std::string& file, std::string_view name) {
  auto bytes = bytes_of(file, limits::kRuleFileBytesMax);
  if (!bytes) {
    error("R051", file, bytes.error().message, "");
    return nullptr;
  }
  add_to_digest(name, *bytes);
  out_.texts.push_back({file, std::move(*bytes), true});
  return &out_.texts.back().text;
}

bool Loader::has_text(std::string_view file) const {
  return std::any_of(out_.texts.begin(), out_.texts.end(),
                     [file](const LoadedFile& loaded) { return loaded.file == file; });
}

void Loader::add_path(const std::string& path) {
  const auto files = list_files(path, kRuleFileSuffix);
  if (!files) {
    error("R051", path, files.error().message, "");
    return;
  }
  if (files->empty()) {
    error("R050", path, "there are no rule files here",
          fmt::format("the names of rule files end in {}", kRuleFileSuffix));
  }
  for (const std::string& file : *files) {
    if (has_text(file)) continue;
    const size_t slash = path.find_last_of('/');
    const std::string_view name = file != path ? std::string_view(file).substr(path.size())
                                  : slash == std::string::npos
                                      ? std::string_view(file)
                                      : std::string_view(file).substr(slash + 1);
    const std::string* text = read(file, name.substr(name.find_first_not_of('/')));
    if (text != nullptr) rule_texts_.push_back(out_.texts.size() - 1);
  }
}

void Loader::add_thresholds(const std::string& path) {
  if (path.empty()) return;
  const std::string* text = read(path, "thresholds");
  if (text != nullptr) out_.thresholds = parse_thresholds(path, *text, out_.diagnostics);
}

// Of lists that are allowed to be empty; others are reported as such.
void Loader::check_lists() {
  if (has_errors(out_.diagnostics)) return;
  for (const ListDef& list : out_.definitions.lists) {
    if (!list.used || !list.may_be_empty || !list.entries.values.empty()) continue;
    const YamlContext context{list.rule_file, 'R', &out_.diagnostics};
    Diagnostic& out = context.warning("R162", list.span,
                                      fmt::format("the list `{}` is used, and empty", list.name));
    out.help = "add entries, or remove it until there are some";
    out.notes.emplace_back("nothing is in it: `in` is never true, `not in` always");
  }
}

// Ids must differ across files as well; within a file the parser has said so.
void Loader::check_ids() {
  std::map<std::string, const Rule*> first;
  for (const RuleFile& file : out_.files) {
    for (const Rule& rule : file.rules) {
      const auto [found, is_new] = first.emplace(rule.full_id(), &rule);
      if (is_new || found->second->file == rule.file) continue;
      error("R030", rule.file, fmt::format("the rule id `{}` is used twice", rule.full_id()),
            "give each rule an id of its own, or each file a namespace of its own");
      Diagnostic& out = out_.diagnostics.back();
      out.span = rule.id_span;
      out.label = "the second";
      out.related.push_back({found->second->file, found->second->id_span, "the first"});
    }
  }
}

void Loader::check_groups() {
  for (const RuleFile& file : out_.files) {
    for (const Rule& rule : file.rules) {
      if (rule.group.empty() || out_.thresholds.group_caps.contains(rule.group)) continue;
      error("R061", rule.file,
            fmt::format("the group `{}` of rule `{}` has no cap", rule.group, rule.id),
            "add it to `group_caps` in the thresholds file");
      out_.diagnostics.back().severity = Severity::kWarning;
      out_.diagnostics.back().span = rule.span;
    }
  }
}

bool is_allowed(std::string_view tag, const std::vector<std::string>& allowed) {
  return std::any_of(allowed.begin(), allowed.end(), [tag](std::string_view one) {
    const bool is_prefix = one.ends_with('*');
    return is_prefix ? tag.starts_with(one.substr(0, one.size() - 1)) : tag == one;
  });
}

void Loader::check_tags() {
  const std::vector<std::string>& allowed = out_.thresholds.tags;
  if (allowed.empty()) return;
  for (const RuleFile& file : out_.files) {
    for (const Rule& rule : file.rules) {
      for (const std::string& tag : rule.tags) {
        if (is_allowed(tag, allowed)) continue;
        const YamlContext context{rule.file, 'R', &out_.diagnostics};
        Diagnostic& out = context.warning(
            "R133", rule.tags_span, fmt::format("the tag `{}` is none of those allowed", tag));
        const std::string_view near = nearest_name(tag, {allowed.begin(), allowed.end()});
        if (!near.empty()) out.label = fmt::format("did you mean `{}`?", near);
        out.help = "use one of `tags` in the thresholds file, or add it there";
      }
    }
  }
}

void Loader::check_size() {
  size_t phrases = 0;
  const auto count = [&phrases](const std::vector<PatternDef>& patterns) {
    for (const PatternDef& pattern : patterns) phrases += pattern.phrases.size();
  };
  for (const RuleFile& file : out_.files) {
    for (const Rule& rule : file.rules) {
      count(rule.patterns);
      if (!rule.sequence) continue;
      for (const StepDef& step : rule.sequence->steps) count(step.patterns);
    }
  }
  if (phrases <= limits::kPatternsMax) return;
  error("R028", "",
        fmt::format("{} phrases in all, more than the limit of {}", phrases, limits::kPatternsMax),
        "");
}

// The entries of a list whose file stands beside its rule file.
void Loader::read_list(ListDef& list) {
  const auto directory = std::filesystem::path(list.rule_file).parent_path();
  const std::string file = (directory / list.file).string();
  auto bytes = bytes_of(file, limits::kListFileBytesMax);
  if (!bytes) {
    const YamlContext context{list.rule_file, 'R', &out_.diagnostics};
    Diagnostic& out = list.keep_previous
                          ? context.warning("R092", list.file_span, bytes.error().message)
                          : context.error("R092", list.file_span, bytes.error().message);
    out.label = fmt::format("of the list `{}`, beside the rule file", list.name);
    if (list.keep_previous) out.help = "until it can be read, the entries of the running set stay";
    return;
  }
  add_to_digest("list " + list.name, *bytes);
  const size_t before = out_.diagnostics.size();
  read_list_text(file, *bytes, today_, list, out_.diagnostics);
  const bool is_shown = out_.diagnostics.size() > before && bytes->size() <= kShownFileBytesMax;
  if (is_shown && !has_text(file)) out_.texts.push_back({file, std::move(*bytes), false});
}

// Names are known to all files of the set: what they stand for is read first, then the rules.
void Loader::parse_files() {
  std::vector<YamlDocument> documents;
  for (const size_t index : rule_texts_) {
    auto document = parse_yaml(out_.texts[index].file, out_.texts[index].text);
    if (!document) {
      out_.diagnostics.insert(out_.diagnostics.end(), document.error().begin(),
                              document.error().end());
      continue;
    }
    parse_definitions(*document, today_, out_.definitions, out_.diagnostics);
    documents.push_back(std::move(*document));
  }
  for (ListDef& list : out_.definitions.lists) {
    if (!list.file.empty()) read_list(list);
  }
  read_macros(out_.definitions, out_.diagnostics);
  Adjustments adjustments;
  for (const YamlDocument& document : documents) {
    parse_adjustments(document, out_.definitions, adjustments, out_.diagnostics);
    out_.files.push_back(parse_rules(document, out_.definitions, out_.diagnostics));
  }
  finish_rules(adjustments, out_.definitions, out_.files, out_.diagnostics);
  check_definitions_used(out_.definitions, out_.diagnostics);
}

LoadedRules Loader::finish() {
  parse_files();
  check_lists();
  check_ids();
  check_groups();
  check_tags();
  check_size();
  sort_diagnostics(out_.diagnostics);
  out_.digest = to_hex(hash128(digest_input_));
  return std::move(out_);
}

}  // namespace

std::vector<SourceText> LoadedRules::sources() const {
  std::vector<SourceText> out;
  out.reserve(texts.size());
  for (const LoadedFile& text : texts) out.push_back({text.file, text.text});
  return out;
}

LoadedRules load_rules(const std::vector<std::string>& paths, const std::string& thresholds_path,
                       const FileEdits& edits, std::optional<Date> today) {
  Loader loader(edits, today.value_or(TimeZone().date_of(wall_clock_now())));
  for (const std::string& path : paths) loader.add_path(path);
  loader.add_thresholds(thresholds_path);
  return loader.finish();
}

}  // namespace sieve
