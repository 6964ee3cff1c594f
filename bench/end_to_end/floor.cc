#include "floor.h"

#include <hs/hs.h>
#include <simdjson.h>

#include <fstream>
#include <set>

#include "base/check.h"
#include "base/limits.h"

namespace sieve {
namespace {

std::string read_padded(const std::vector<std::string>& files) {
  std::string bytes;
  for (const std::string& path : files) {
    std::ifstream file(path, std::ios::binary);
    SIEVE_CHECK(file.good(), "cannot read {}", path);
    bytes.append(std::istreambuf_iterator<char>(file), {});
  }
  bytes.reserve(bytes.size() + limits::kPaddingBytes);
  return bytes;
}

std::set<std::string> literals_of(const RuleSet& rules) {
  std::set<std::string> literals;
  for (const CompiledRule& rule : rules.rules()) {
    for (const PatternDef& pattern : rule.rule->patterns) {
      if (pattern.kind == PatternKind::kRegex) continue;
      for (const Phrase& phrase : pattern.phrases) literals.insert(phrase.folded);
    }
  }
  return literals;
}

int count_match(unsigned, unsigned long long, unsigned long long, unsigned, void* context) {
  ++*static_cast<uint64_t*>(context);
  return 0;
}

}  // namespace

struct Floor::Impl {
  std::string messages;
  std::string calls;
  size_t literal_count = 0;
  hs_database_t* database = nullptr;
  hs_scratch_t* scratch = nullptr;
  mutable simdjson::ondemand::parser parser;
  mutable uint64_t matches = 0;
  mutable uint64_t sum = 0;

  ~Impl() {
    hs_free_scratch(scratch);
    hs_free_database(database);
  }

  void compile(const std::set<std::string>& literals) {
    literal_count = literals.size();
    std::vector<const char*> texts;
    std::vector<size_t> sizes;
    for (const std::string& literal : literals) {
      texts.push_back(literal.data());
      sizes.push_back(literal.size());
    }
    const std::vector<unsigned> flags(texts.size(), HS_FLAG_SINGLEMATCH);
    std::vector<unsigned> ids(texts.size());
    for (size_t i = 0; i < ids.size(); ++i) ids[i] = static_cast<unsigned>(i);
    hs_compile_error_t* error = nullptr;
    const hs_error_t result = hs_compile_lit_multi(
        texts.data(), flags.data(), ids.data(), sizes.data(), static_cast<unsigned>(texts.size()),
        HS_MODE_BLOCK, nullptr, &database, &error);
    SIEVE_CHECK(result == HS_SUCCESS, "{}", error->message);
    SIEVE_CHECK(hs_alloc_scratch(database, &scratch) == HS_SUCCESS, "no scratch");
  }

  void scan(std::string_view text) const {
    hs_scan(database, text.data(), static_cast<unsigned>(text.size()), 0, scratch, count_match,
            &matches);
  }

  void add(std::string_view text) const { sum += text.size(); }

  // The fields of a message that every alert and window needs.
  void read_message(simdjson::ondemand::object object) const {
    for (auto field : object) {
      const std::string_view key = field.unescaped_key().value_unsafe();
      if (key == "text") {
        const std::string_view text = field.value().get_string().value_unsafe();
        scan(text);
      } else if (key == "id" || key == "channel" || key == "schema" || key == "direction") {
        add(field.value().get_string().value_unsafe());
      } else if (key == "from" || key == "to") {
        for (auto part : field.value().get_object()) {
          add(part.value().get_string().value_unsafe());
        }
      }
    }
  }

  void read_call(simdjson::ondemand::object object) const {
    for (auto field : object) {
      const std::string_view key = field.unescaped_key().value_unsafe();
      if (key == "id" || key == "kind" || key == "schema") {
        add(field.value().get_string().value_unsafe());
      } else if (key == "from" || key == "to") {
        for (auto part : field.value().get_object()) {
          add(part.value().get_string().value_unsafe());
        }
      }
    }
  }

  template <class Read>
  void each_line(const std::string& bytes, const Read& read) const {
    size_t at = 0;
    while (at < bytes.size()) {
      const size_t end = std::min(bytes.find('\n', at), bytes.size());
      simdjson::padded_string_view line(bytes.data() + at, end - at, bytes.capacity() - at);
      auto document = parser.iterate(line);
      read(document.get_object().value_unsafe());
      at = end + 1;
    }
  }
};

Floor::Floor(const std::vector<std::string>& messages, const std::vector<std::string>& calls,
             const RuleSet& rules)
    : impl_(std::make_unique<Impl>()) {
  impl_->messages = read_padded(messages);
  impl_->calls = read_padded(calls);
  impl_->compile(literals_of(rules));
}

Floor::~Floor() = default;

size_t Floor::literal_count() const { return impl_->literal_count; }

void Floor::scan(std::string_view text) const { impl_->scan(text); }

void Floor::run() const {
  impl_->each_line(impl_->messages, [this](auto object) { impl_->read_message(object); });
  impl_->each_line(impl_->calls, [this](auto object) { impl_->read_call(object); });
}

}  // namespace sieve
