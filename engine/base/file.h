// Whole files in and out, with errors a person can act on.
//
// Thread safety: functions without shared state.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "base/expected.h"

namespace sieve {

// What failed, as one sentence with the path and the system's reason:
// `cannot read rules/a.yaml: Permission denied`.
struct FileError {
  std::string message;
};

// The bytes of `path`; an error when it is no regular file, cannot be read or exceeds `bytes_max`.
Expected<std::string, FileError> read_file(const std::string& path, size_t bytes_max);

// Replaces `path` by `bytes`: a new file beside it, fsync, rename, fsync of the directory. Writers
// of one path, of any process, do not disturb each other: the last one wins.
Expected<void, FileError> write_file_atomically(const std::string& path, std::string_view bytes);

// The same for the file `name` of an open directory, whatever becomes of that directory's path.
Expected<void, FileError> write_file_at(int directory, const std::string& name,
                                        std::string_view bytes);

// The regular files below `path` whose names end in `suffix`, sorted; `path` itself when it is a
// file. Hidden files and editor leftovers (`.x`, `x~`, `#x#`) are left out.
Expected<std::vector<std::string>, FileError> list_files(const std::string& path,
                                                         std::string_view suffix);

}  // namespace sieve
