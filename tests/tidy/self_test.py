"""The canary of tidy: trees that are wrong in one way each must be reported, and a good one not."""

import os
import tempfile

HEADER = "// A thing. Thread safety: values.\n#pragma once\n"

GOOD = {
    "CMakeLists.txt": "project(x)\n",
    "README.md": "# x\n",
    "engine/base/a.h": HEADER,
    "engine/base/a.cc": '#include "base/a.h"\n',
    "engine/text/fold.h": HEADER,
    "engine/text/fold.cc": '#include "text/fold.h"\n\n#include <re2/re2.h>\n',
    "engine/match/db.h": HEADER + "class Db {\n};\n",
    "engine/match/db.cc": '#include "match/db.h"\n\n#include <hs.h>\n\n#include "base/a.h"\n',
    "rules/a.rules.yaml": (
        "rules:\n  - id: A1\n    tests:\n      - expect: { match: true }\n"
        "      - expect: { match: false }\n  - id: A2\n    window: {}\n    tests:\n"
        "      - expect: [ { at: 1s } ]\n      - expect: []\n"),
    "deploy/run": "#!/bin/sh\n",
    "bench/CMakeLists.txt": "add_executable(one one.cc)\n",
    "bench/one.cc": "int main() {}\n",
    "tests/CMakeLists.txt": "add_test(NAME x COMMAND check_x.py)\n",
    "tests/check_x.py": "print()\n",
    "tests/unit/text/fold_test.cc": '#include "text/fold.h"\nconst char* p = "golden/fold";\n',
    "tests/golden/fold/one.txt": "x \n",
    "tests/golden/fold/one.out": "\ty\n",
    "tests/fuzz/fold_fuzz.cc": "int x;\n",
    "tests/fuzz/corpus/fold/empty": "",
}

# A function of `lines` lines, between things that only look like functions.
def _function(lines):
    body = "  f();\n" * (lines - 2)
    return ("const char* t = \"{ ( \\\" {\";\nconst int rows[] = {\n" + "  1,\n" * 90 + "};\n"
            "namespace a {\nclass B : public C {\n public:\n  template <class T>\n"
            "  B(int x) : a_{x}, b_(x) {\n" + body + "  }\n};\n}  // namespace a\n")


# (name, changes to the good tree, check that must report it, path it must name)
BAD = (
    ("upward include", {"engine/base/a.cc": '#include "match/db.h"\n'},
     "layers", "engine/base/a.cc"),
    ("neighbours know each other",
     {"engine/text/fold.cc": '#include "text/fold.h"\n#include "record/r.h"\n',
      "engine/record/r.h": HEADER}, "layers", "engine/text/fold.cc"),
    ("include that does not exist", {"engine/base/a.cc": '#include "base/b.h"\n'},
     "layers", "engine/base/a.cc"),
    ("include without directory", {"engine/base/a.cc": '#include "a.h"\n'},
     "layers", "engine/base/a.cc"),
    ("unknown directory", {"engine/misc/a.cc": "int x;\n"}, "layers", "engine/misc/a.cc"),
    ("too deep", {"engine/base/sub/a.cc": "int x;\n"}, "layers", "engine/base/sub/a.cc"),
    ("hyperscan outside match", {"engine/base/a.cc": "#include <hs/hs.h>\n"},
     "fences", "engine/base/a.cc"),
    ("librdkafka outside stream", {"engine/text/fold.cc": "#include <librdkafka/rdkafka.h>\n"},
     "fences", "engine/text/fold.cc"),
    ("re2 in base", {"engine/base/a.cc": "#include <re2/re2.h>\n"}, "fences", "engine/base/a.cc"),
    ("libyaml outside base", {"engine/text/fold.cc": "#include <yaml.h>\n"},
     "fences", "engine/text/fold.cc"),
    ("long file", {"engine/base/a.cc": "int x;\n" * 401}, "file-length", "engine/base/a.cc"),
    ("long function", {"engine/base/a.cc": _function(71)}, "function-length", "engine/base/a.cc"),
    ("no pragma once", {"engine/base/a.h": "// A.\n"}, "header", "engine/base/a.h"),
    ("no comment", {"engine/base/a.h": "#pragma once\n"}, "header", "engine/base/a.h"),
    ("no thread safety", {"engine/match/db.h": "// Db.\n#pragma once\nclass Db {\n};\n"},
     "header", "engine/match/db.h"),
    ("extra at the top", {"tools/x": "x\n"}, "top-level", "tools"),
    ("missing at the top", {"README.md": None}, "top-level", "README.md"),
    ("unbuilt source", {"bench/sub/a.cc": "int x;\n"}, "dead-file", "bench/sub/a.cc"),
    ("unused header", {"engine/base/b.h": HEADER}, "dead-file", "engine/base/b.h"),
    ("test of no library", {"tests/unit/tekst/a_test.cc": "int x;\n"},
     "unregistered-test", "tests/unit/tekst/a_test.cc"),
    ("test in no globbed directory", {"tests/other/a_test.cc": "int x;\n"},
     "unregistered-test", "tests/other/a_test.cc"),
    ("script nobody runs", {"tests/check_y.py": "print()\n"},
     "unregistered-test", "tests/check_y.py"),
    ("fuzzer without corpus", {"tests/fuzz/url_fuzz.cc": "int x;\n"},
     "unregistered-test", "tests/fuzz/url_fuzz.cc"),
    ("corpus without fuzzer", {"tests/fuzz/corpus/url/a": "x"},
     "unregistered-test", "tests/fuzz/corpus/url/a"),
    ("golden directory nobody reads", {"tests/golden/url/a.txt": "x\n"},
     "golden", "tests/golden/url/a.txt"),
    ("output without input", {"tests/golden/fold/two.out": "x\n"},
     "golden", "tests/golden/fold/two.out"),
    ("trailing space", {"README.md": "# x \n"}, "text", "README.md"),
    ("tab", {"deploy/run": "\ttrue\n"}, "text", "deploy/run"),
    ("no last line feed", {"deploy/run": "true"}, "text", "deploy/run"),
    ("unfinished mark", {"deploy/run": "# TO" "DO: x\n"}, "text", "deploy/run"),
    ("machine path", {"deploy/run": "cd /ro" "ot/x\n"}, "text", "deploy/run"),
    ("invisible character", {"rules/a.rules.yaml": GOOD["rules/a.rules.yaml"] + "# \u200b\n"},
     "hidden", "rules/a.rules.yaml"),
    ("bidirectional control", {"engine/base/a.cc": '#include "base/a.h"\n// \u202e\n'},
     "hidden", "engine/base/a.cc"),
    ("rule never shown to match",
     {"rules/b.rules.yaml": "rules:\n  - id: B\n    tests:\n      - expect: { match: false }\n"},
     "rule-tests", "rules/b.rules.yaml"),
    ("rule never shown to be silent",
     {"rules/b.rules.yaml": "rules:\n  - id: B\n    tests:\n      - expect: { match: true }\n"},
     "rule-tests", "rules/b.rules.yaml"),
    ("second rule without tests",
     {"rules/a.rules.yaml": GOOD["rules/a.rules.yaml"] + "  - id: A3\n    on: call\n"},
     "rule-tests", "rules/a.rules.yaml"),
)

# What must not be reported: the limit itself, and what only resembles a problem.
FINE = (
    ("the good tree", {}),
    ("file of 400 lines", {"engine/base/a.cc": '#include "base/a.h"\n' + "int x;\n" * 399}),
    ("function of 70 lines", {"engine/base/a.cc": _function(70)}),
    ("generated table", {"engine/base/a.cc": "// Generated by gen.py.\n" + "int x;\n" * 900}),
    ("hidden and build files", {".editorconfig": "x", "build/x.cc": "\t"}),
)


def run_self_test(problems_of):
    failures = []
    for name, changes, check, path in BAD:
        found = _problems(problems_of, changes)
        if not any(p.check == check and p.path == path for p in found):
            failures.append(f"{name}: {check} did not report {path}: " + _show(found))
    for name, changes in FINE:
        found = _problems(problems_of, changes)
        if found:
            failures.append(f"{name}: reported " + _show(found))
    for failure in failures:
        print(failure)
    print(f"tidy self-test: {len(BAD)} bad trees, {len(FINE)} good ones, {len(failures)} failures")
    return 1 if failures else 0


def _problems(problems_of, changes):
    with tempfile.TemporaryDirectory() as root:
        for path, text in {**GOOD, **changes}.items():
            if text is None:
                continue
            full = os.path.join(root, path)
            os.makedirs(os.path.dirname(full), exist_ok=True)
            with open(full, "w", encoding="utf-8") as file:
                file.write(text)
        return problems_of(root)[0]


def _show(problems):
    return "; ".join(str(p) for p in problems) or "nothing"
