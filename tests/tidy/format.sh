#!/bin/sh
# Shows every place where clang-format 14 would write C++ otherwise. Exit code 77, which ctest shows
# as skipped, when it is not installed. To mend: clang-format-14 -i FILE.
cd "$(dirname "$0")/../.." || exit 1
if ! command -v clang-format-14 >/dev/null; then
  echo "SKIPPED: clang-format-14 is not installed (apt-get install clang-format-14)"
  exit 77
fi
find engine bench tests -name '*.cc' -o -name '*.h' | sort | tr '\n' '\0' |
  xargs -0 -r clang-format-14 --dry-run --Werror --ferror-limit=3
