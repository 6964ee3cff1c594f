// libyaml's parser over a text in UTF-8, owned, and its styles as ours. Internal to base: nothing
// else may know libyaml.
//
// Thread safety: none. Lifetime: the text outlives it.
#pragma once

#include <yaml.h>

#include <string_view>

#include "base/yaml.h"

namespace sieve {

class LibyamlParser {
 public:
  explicit LibyamlParser(std::string_view text) : ready_(yaml_parser_initialize(&parser_) == 1) {
    if (!ready_) return;
    yaml_parser_set_encoding(&parser_, YAML_UTF8_ENCODING);
    // libyaml takes no null for an empty text.
    const char* bytes = text.empty() ? "" : text.data();
    yaml_parser_set_input_string(&parser_, reinterpret_cast<const unsigned char*>(bytes),
                                 text.size());
  }
  ~LibyamlParser() {
    if (ready_) yaml_parser_delete(&parser_);
  }
  LibyamlParser(const LibyamlParser&) = delete;
  LibyamlParser& operator=(const LibyamlParser&) = delete;

  // Events or tokens of one text, not both. False at an error, which state() tells; the caller
  // deletes what it gets.
  bool next(yaml_event_t& event) { return ready_ && yaml_parser_parse(&parser_, &event) == 1; }
  bool next(yaml_token_t& token) { return ready_ && yaml_parser_scan(&parser_, &token) == 1; }
  const yaml_parser_t& state() const { return parser_; }

 private:
  yaml_parser_t parser_{};
  bool ready_;
};

inline YamlStyle style_of(yaml_scalar_style_t style) {
  switch (style) {
    case YAML_SINGLE_QUOTED_SCALAR_STYLE:
      return YamlStyle::kSingleQuoted;
    case YAML_DOUBLE_QUOTED_SCALAR_STYLE:
      return YamlStyle::kDoubleQuoted;
    case YAML_LITERAL_SCALAR_STYLE:
      return YamlStyle::kLiteral;
    case YAML_FOLDED_SCALAR_STYLE:
      return YamlStyle::kFolded;
    default:
      return YamlStyle::kPlain;
  }
}

}  // namespace sieve
