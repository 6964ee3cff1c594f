"""Checks of the tree: what stands where, what is registered, and what text must not hold."""

import re
import unicodedata

from tree import Problem, includes

TOP_LEVEL = {"CMakeLists.txt", "engine", "rules", "deploy", "bench", "tests", "README.md"}

# Directories whose .cc files CMake takes by a glob; others are named in a CMakeLists.txt.
GLOBBED = (
    r"engine/\w+/\w+\.cc",
    r"bench/(?:end_to_end|traffic)/\w+\.cc",
    r"bench/stages/\w+_bench\.cc",
    r"tests/unit/\w+/\w+\.cc",
    r"tests/broker/\w+\.cc",
    r"tests/fuzz/\w+_fuzz\.cc",
)

# Spelled in pieces, so that this file does not report itself.
UNFINISHED = re.compile("TO" "DO|FIX" "ME|XX" "X")
MACHINE_PATH = re.compile(r"(^|[^A-Za-z0-9_.])/(" "work|farm|root|home/[a-z]+" ")/")

# Characters a reader cannot see that Unicode does not class as format or control.
HIDDEN = {0x00A0, 0x034F, 0x115F, 0x1160, 0x17B4, 0x17B5, 0x2028, 0x2029, 0x2800, 0x3164, 0xFFA0}


def check_top_level(tree):
    for name in tree.top_level():
        if name not in TOP_LEVEL:
            yield Problem("top-level", name, 1, "only " + " ".join(sorted(TOP_LEVEL)))
    for name in sorted(TOP_LEVEL - set(tree.top_level())):
        yield Problem("top-level", name, 1, "is missing")


def check_dead_files(tree):
    cmake = _cmake(tree)
    for path in tree.paths(suffix=".cc"):
        name = path.split("/")[-1]
        globbed = any(re.fullmatch(pattern, path) for pattern in GLOBBED)
        if not globbed and not re.search(rf"\b{re.escape(name)}\b", cmake):
            yield Problem("dead-file", path, 1, "no CMakeLists.txt builds it")
    included = set()
    for path in tree.cpp():
        included |= {n for _, n, quoted in includes(tree.texts[path] or "") if quoted}
    for path in tree.paths(suffix=".h"):
        # Engine headers are named from engine/, test headers from tests/, others from beside.
        names = (path.partition("/")[2], path.split("/")[-1], path)
        if not included.intersection(names):
            yield Problem("dead-file", path, 1, "nobody includes it")


def _cmake(tree):
    paths = tree.paths(suffix="CMakeLists.txt") + tree.paths(suffix=".cmake")
    return "\n".join(tree.texts[p] or "" for p in paths)


def check_tests_registered(tree):
    # Every directory of engine/ is a library, and so is the generator in bench/traffic.
    libraries = {p.split("/")[1] for p in tree.paths("engine/", ".cc")} | {"traffic"}
    for path in tree.paths(suffix="_test.cc"):
        match = re.fullmatch(r"tests/(?:unit/(\w+)|broker)/\w+_test\.cc", path)
        if not match:
            yield Problem("unregistered-test", path, 1, "not below tests/unit/<library>/ or "
                          "tests/broker/, so no test runs it")
        elif match.group(1) and match.group(1) not in libraries:
            yield Problem("unregistered-test", path, 1, f"no library {match.group(1)}")
    runners = _cmake(tree) + (tree.texts.get("tests/run") or "")
    for path in tree.paths("tests/", ".py") + tree.paths("tests/", ".sh"):
        name = path.split("/")[-1]
        if name not in runners and not _imported(tree, path):
            yield Problem("unregistered-test", path, 1, "neither CMake nor tests/run names it")
    yield from _check_fuzzers(tree)


def _imported(tree, path):
    module = path.split("/")[-1].removesuffix(".py")
    pattern = re.compile(rf"^ *(?:from|import) {re.escape(module)}\b", re.M)
    folder = path.rpartition("/")[0]
    return any(pattern.search(tree.texts[p] or "") for p in tree.paths(folder + "/", ".py"))


def _check_fuzzers(tree):
    targets = set()
    for path in tree.paths("tests/", "_fuzz.cc"):
        name = path.split("/")[-1].removesuffix("_fuzz.cc")
        targets.add(name)
        if not tree.paths(f"tests/fuzz/corpus/{name}/"):
            yield Problem("unregistered-test", path, 1,
                          f"tests/fuzz/corpus/{name}/ is empty: nothing is replayed")
    for path in tree.paths("tests/fuzz/corpus/"):
        if path.split("/")[3] not in targets:
            yield Problem("unregistered-test", path, 1, "no fuzz target reads this corpus")


def check_golden_files(tree):
    tests = [p for p in tree.paths("tests/") if p.endswith((".cc", ".h", ".py", ".sh", ".txt"))]
    text = "\n".join(tree.texts[p] or "" for p in tests if not p.startswith("tests/golden/"))
    golden = tree.paths("tests/golden/")
    for path in golden:
        folder, _, name = path.removeprefix("tests/").rpartition("/")
        if folder not in text and name not in text:
            yield Problem("golden", path, 1, f"no test names {folder} or {name}")
        if name.endswith(".out"):
            stem = path.removesuffix(".out")
            if not any(p != path and (p == stem or p.startswith(stem + ".")) for p in golden):
                yield Problem("golden", path, 1, "no input of this name beside it")


def check_text(tree):
    for path in tree.prose():
        if not tree.texts[path]:
            continue
        for number, line in enumerate(tree.lines(path), 1):
            yield from _check_line(path, number, line)
        if not tree.texts[path].endswith("\n") or tree.texts[path].endswith("\n\n"):
            yield Problem("text", path, len(tree.lines(path)), "a file ends with one line feed")


def _check_line(path, number, line):
    if line != line.rstrip():
        yield Problem("text", path, number, "trailing space")
    if "\t" in line:
        yield Problem("text", path, number, "tab")
    if UNFINISHED.search(line):
        yield Problem("text", path, number, "unfinished mark")
    if MACHINE_PATH.search(line):
        yield Problem("text", path, number, "path of one machine")
    hidden = [c for c in line if is_hidden(c)]
    if hidden:
        yield Problem("hidden", path, number, f"raw invisible character U+{ord(hidden[0]):04X}; "
                      "write an escape")


def is_hidden(char):
    if char == "\t":
        return False
    return unicodedata.category(char) in ("Cc", "Cf") or ord(char) in HIDDEN


def check_rules(tree):
    """Every shipped rule proves itself, on both sides. Whether the tests hold is the business of
    `scamsieve rules test`; a scan by indentation is enough to see that they are there."""
    for path in tree.paths("rules/", ".rules.yaml"):
        for line, rule, text in rules_of(tree.texts[path] or ""):
            quiet = len(re.findall(r"\bmatch: false\b|\bexpect: *\[ *\]", text))
            loud = len(re.findall(r"\bmatch: true\b|\bexpect: *(?:\[ *[^\] ]|\n\s+- )", text))
            if not loud:
                yield Problem("rule-tests", path, line, f"{rule} has no test that it must match")
            if not quiet:
                yield Problem("rule-tests", path, line, f"{rule} has no test that it must not")


def rules_of(text):
    """(line, id, lines of the rule as one text) of each entry of the `rules:` list."""
    found = []
    indent = None
    in_rules = False
    for number, line in enumerate(text.split("\n"), 1):
        if re.match(r"\S", line) and not line.startswith(("#", "-")):
            in_rules = line.startswith("rules:")
            indent = None
            continue
        match = re.match(r"( *)- (?:id: *)?(\S+)", line)
        if in_rules and match and indent in (None, len(match.group(1))):
            indent = len(match.group(1))
            found.append([number, match.group(2), []])
        if in_rules and found:
            found[-1][2].append(line.split(" #")[0])
    return [(number, rule, "\n".join(lines)) for number, rule, lines in found]
