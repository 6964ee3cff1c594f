#!/usr/bin/env python3
"""Checks what the documents claim, against the tree and the binary.

    check_docs.py ROOT SCAMSIEVE   Prints each problem as path:line: message; exit code 1 if any.
    check_docs.py --self-test      Shows that documents that are wrong are reported.

Of every Markdown file: relative links lead somewhere; files named in backquotes exist; commands in
```sh blocks exist, with the verbs and options they are given; ```yaml blocks pass `scamsieve config
check`, or `rules check` and, where they have tests, `rules test`. A block that is not meant to pass
says so: ```yaml fragment. A ```console block after a command on a rule file is what the command
says of the ```yaml block before; one after `scamsieve fold`, or after a command on files of
tests/golden, is what that says. A command on such files is run, whether it is shown or not. The
reference pages list what the code has: see references.py.
"""

import glob
import os
import re
import shlex
import subprocess
import sys
import tempfile

import references

# Commands that are not ours. Anything else in a ```sh block is a file of the tree or built by it.
KNOWN_COMMANDS = {"cmake", "ctest", "curl", "sudo", "apt-get", "git", "cd", "kill", "jq", "cp"}

# Files that cmake builds, by where documents find them.
BUILT = {"build/scamsieve": "scamsieve", "scamsieve": "scamsieve",
         "build/bench/traffic/traffic": "traffic", "build/kafka_tool": "kafka_tool"}

# The same, but only on request (the target `benches`): not asked for their options.
BUILT_ON_REQUEST = re.compile(r"build/bench/(end_to_end|loading|[a-z]+_bench)")

README_LINES_MAX = 110  # Two screens of a large terminal.


class Docs:
    """The documents of one tree; problems are (path, line, message)."""

    def __init__(self, root, binary):
        self.root = root
        self.binary = binary
        self.problems = []
        self.helps = {}
        self.blocks = 0

    def check(self):
        for path in self.documents():
            with open(os.path.join(self.root, path), encoding="utf-8") as file:
                lines = file.read().split("\n")
            self.check_links(path, lines)
            self.check_paths(path, lines)
            self.check_blocks(path, lines)
            if path == "README.md" and len(lines) > README_LINES_MAX:
                self.report(path, 1, f"{len(lines)} lines: more than two screens")
        self.check_shipped_config()
        self.problems += references.References(self.root).check()
        return sorted(self.problems)

    def check_shipped_config(self):
        path = "deploy/scamsieve.yaml"
        if self.binary and os.path.exists(os.path.join(self.root, path)):
            self.expect_success(path, 1, ["config", "check"], os.path.join(self.root, path))

    def documents(self):
        for directory, names, files in os.walk(self.root):
            names[:] = [n for n in names
                        if n == ".github" or not n.startswith((".", "build", "__"))]
            for name in sorted(files):
                if name.endswith(".md"):
                    yield os.path.relpath(os.path.join(directory, name), self.root)

    def report(self, path, line, message):
        self.problems.append((path, line, message))

    def check_links(self, path, lines):
        for number, line in enumerate(lines, 1):
            for target in re.findall(r"\]\(([^)#\s]+)[^)]*\)", line):
                if re.match(r"[a-z]+:", target):
                    continue
                full = os.path.join(self.root, os.path.dirname(path), target)
                if not os.path.exists(full):
                    self.report(path, number, f"link to {target}, which does not exist")

    def check_paths(self, path, lines):
        """Files that a document names in backquotes, from its own directory, the top or engine/."""
        bases = (os.path.dirname(path), "", "engine")
        for number, line in enumerate(lines, 1):
            for name in re.findall(r"`((?:[\w.-]+/)+(?:[\w*-]+\.(?:cc|h|py|sh|md|txt|yaml))?)`", line):
                places = [os.path.join(self.root, base, name) for base in bases]
                if not name.startswith("build/") and not any(glob.glob(p) for p in places):
                    self.report(path, number, f"names {name}, which does not exist")

    def check_blocks(self, path, lines):
        kind, start, block = None, 0, []
        shown = Transcript()
        for number, line in enumerate(lines, 1):
            if not line.startswith("```"):
                block.append(line)
            elif kind is None:
                kind, start, block = line[3:].strip(), number, []
            else:
                self.check_block(path, start, kind, block)
                if shown.ends_with(kind, block) and self.binary:
                    self.check_transcript(path, start, shown, block)
                kind = None
        if kind is not None:
            self.report(path, start, "the block is not closed")

    def check_block(self, path, start, kind, block):
        self.blocks += 1
        if kind in ("sh", "bash"):
            for number, line in joined(start + 1, block):
                self.check_command(path, number, line)
        elif kind == "yaml":
            self.check_yaml(path, start, "\n".join(block) + "\n")

    def check_transcript(self, path, start, shown, block):
        with tempfile.TemporaryDirectory() as directory:
            if shown.file:
                with open(os.path.join(directory, shown.file), "w", encoding="utf-8") as out:
                    out.write(shown.rules)
            place = self.root if names_golden_files(shown.words) else directory
            done = subprocess.run([self.binary, *shown.words], timeout=60, capture_output=True,
                                  text=True, check=False, cwd=place)
        if done.stdout.rstrip("\n") != "\n".join(block):
            self.report(path, start, f"`{' '.join(shown.words)}` says:\n{done.stdout}")

    def check_command(self, path, number, line):
        # A substitution is a command of the shell; what matters here is the command around it.
        line = re.sub(r"\$\(.*?\)", "SUBSTITUTED", line)
        try:
            lexer = shlex.shlex(line, posix=True, punctuation_chars=True)
            lexer.whitespace_split = True
            words = list(lexer)
        except ValueError as error:
            self.report(path, number, f"the shell cannot read this: {error}")
            return
        command = []
        for word in words + [";"]:
            if word in (";", "&&", "||", "|", "&"):
                self.check_words(path, number, command)
                command = []
            else:
                command.append(word)

    def check_words(self, path, number, words):
        while words and re.match(r"[A-Z_]+=", words[0]):
            words = words[1:]
        if not words:
            return
        name = words[0]
        if name in BUILT:
            self.check_options(path, number, name, words[1:])
            if BUILT[name] == "scamsieve" and names_golden_files(words):
                self.check_run(path, number, words[1:])
        elif os.path.isfile(os.path.join(self.root, name)):
            if not os.access(os.path.join(self.root, name), os.X_OK):
                self.report(path, number, f"{name} is not executable")
            elif any(word.startswith("--") for word in words[1:]):
                self.check_options(path, number, name, words[1:])
        elif name not in KNOWN_COMMANDS and not BUILT_ON_REQUEST.fullmatch(name):
            self.report(path, number, f"no such command: {name}")

    def check_run(self, path, number, words):
        if not self.binary:
            return
        done = subprocess.run([self.binary, *words], timeout=60, capture_output=True, text=True,
                              check=False, cwd=self.root)
        if done.returncode not in (0, 1):  # 1: it found what it looks for.
            self.report(path, number, f"`{' '.join(words)}` fails:\n{done.stderr}")

    def check_options(self, path, number, name, words):
        """Verbs exist, and the help of the command names each long option."""
        command = [name]
        if BUILT.get(name) == "scamsieve":
            command += [w for w in words[:2] if re.fullmatch(r"[a-z]+", w)]
        text = self.help_of(tuple(command))
        if text is None and len(command) == 3:  # The third word may be an argument.
            text = self.help_of(tuple(command[:2]))
        if text is None:
            self.report(path, number, f"`{' '.join(command)} --help` fails")
            return
        for word in words:
            option = word.split("=")[0]
            if re.fullmatch(r"--[a-z][a-z-]*", option) and option not in text:
                self.report(path, number, f"`{' '.join(command)}` has no option {option}")

    def help_of(self, command):
        """What the command says of itself, or None; commands built elsewhere are not asked."""
        if command not in self.helps:
            program = BUILT.get(command[0])
            if program and not self.binary:
                return ""
            if program:
                build = os.path.dirname(self.binary)
                place = os.path.relpath(command[0], "build") if "/" in command[0] else program
                program = os.path.join(build, place)
            else:
                program = os.path.join(self.root, command[0])
            done = subprocess.run([program, *command[1:], "--help"], capture_output=True,
                                  text=True, timeout=60, check=False)
            self.helps[command] = done.stdout + done.stderr if done.returncode == 0 else None
        return self.helps[command]

    def check_yaml(self, path, start, text):
        if not self.binary:
            return
        is_config = re.search(r"^sources:", text, re.M)
        verbs = [["config", "check"]] if is_config else [["rules", "check"]]
        if not is_config and re.search(r"^ +tests:", text, re.M):
            verbs.append(["rules", "test"])
        with tempfile.TemporaryDirectory() as directory:
            name = "scamsieve.yaml" if is_config else "example.rules.yaml"
            file = os.path.join(directory, name)
            with open(file, "w", encoding="utf-8") as out:
                out.write(text)
            # Paths of the example are relative to the top of the tree.
            for entry in os.listdir(self.root):
                if entry != name and not entry.startswith("."):
                    os.symlink(os.path.join(self.root, entry), os.path.join(directory, entry))
            for verb in verbs:
                self.expect_success(path, start, verb, file)

    def expect_success(self, path, start, verb, file):
        done = subprocess.run([self.binary, *verb, file], capture_output=True, text=True,
                              timeout=60, check=False, cwd=os.path.dirname(file))
        if done.returncode != 0:
            self.report(path, start, f"`{' '.join(verb)}` refuses this:\n"
                        + done.stdout + done.stderr)


class Transcript:
    """The command that a ```console block is the output of, and the rules it is about."""

    def __init__(self):
        self.rules = self.words = self.file = self.last = None

    def ends_with(self, kind, block):
        """Notes the next block: True for a ```console right after such a command."""
        before, self.last = self.last, kind
        if kind.startswith("yaml"):
            self.rules, self.words = "\n".join(block) + "\n", None
        elif kind == "sh":
            self.take_command("\n".join(block).strip())
        return kind == "console" and before == "sh" and bool(self.words)

    def take_command(self, text):
        text = text.replace("\\\n", " ")
        on_rules = re.fullmatch(r"build/scamsieve rules (?:check|test|list|fix --check|fmt --check) "
                                r"(\S+\.rules\.yaml)", text)
        on_text = re.fullmatch(r"build/scamsieve fold '[^'\n]*'", text)
        on_both = re.fullmatch(r"build/scamsieve rules explain (\S+\.rules\.yaml) --text '[^'\n]*'",
                               text)
        on_rules = on_rules or on_both
        self.file = on_rules.group(1) if on_rules and self.rules else None
        words = shlex.split(text, comments=True)
        on_tree = words[:1] == ["build/scamsieve"] and names_golden_files(words)
        self.words = words[1:] if self.file or on_text or on_tree else None


def names_golden_files(words):
    return any(word.startswith("tests/golden/") for word in words)


def joined(number, lines):
    """(line number, command) with continued lines as one, without comments and empty lines."""
    text = ""
    for offset, line in enumerate(lines):
        line = re.sub(r"(^|\s)#.*", "", line)
        text += line.removesuffix("\\")
        if line.endswith("\\"):
            continue
        if text.strip():
            yield number + offset, text
        text = ""


BAD = (
    ("dead link", "[a](missing.md)\n", "missing.md"),
    ("file that is gone", "see `tool` and `engine/a.cc`\n", "engine/a.cc"),
    ("unknown command", "```sh\nmake test\n```\n", "make"),
    ("missing script", "```sh\ndeploy/start\n```\n", "deploy/start"),
    ("script that cannot run", "```sh\nplain\n```\n", "not executable"),
    ("unknown option", "```sh\ntool --fast\n```\n", "--fast"),
    ("second of two commands", "```sh\ntool --slow && nothing\n```\n", "nothing"),
    ("open block", "```sh\ntool\n", "not closed"),
    ("long", "x\n" * 200, "two screens"),
)
# What only the binary can tell, asked of one that refuses files with the verb's word in them.
BINARY = """#!/bin/sh
echo said
[ "$1 $3" != "crash " ] || exit 70
! grep -q "bad $1 $2" "$3"
"""
BAD_BLOCKS = (
    ("rules that are wrong", "```yaml\nrules: bad rules check\n```\n", "`rules check` refuses"),
    ("test that fails", "```yaml\nrules:\n  tests: bad rules test\n```\n", "`rules test` refuses"),
    ("wrong configuration", "```yaml\nsources: bad config check\n```\n", "`config check` refuses"),
    ("output that is none", "```yaml fragment\nx: y\n```\n```sh\nbuild/scamsieve rules check "
     "a.rules.yaml\n```\n```console\nnot said\n```\n", "a.rules.yaml` says"),
    ("command on files of the tree that says otherwise", "```sh\nbuild/scamsieve eval \\\n"
     "  --rules tests/golden/a\n```\n```console\nnot said\n```\n", "tests/golden/a` says"),
    ("command on files of the tree that fails",
     "```sh\nbuild/scamsieve crash tests/golden/a\n```\n", "crash tests/golden/a` fails"),
    ("fold that says otherwise", "```sh\nbuild/scamsieve fold 'a b'\n```\n```console\nnot said\n"
     "```\n", "fold a b` says"),
)
GOOD_BLOCKS = ("```yaml fragment\nbad rules check\n```\n```sh\nbuild/scamsieve rules check "
               "a.rules.yaml\n```\n```console\nsaid\n```\n")
GOOD = ("[b](tool) [c](https://x.example/y) [d](#e)\n```sh\nA=1 tool --slow  # Why.\n"
        "tool \\\n  --slow\n```\n```\n picture\n```\n")


def problems_of(files, with_binary=False):
    """What is found in a tree with these files and a script or two."""
    with tempfile.TemporaryDirectory() as root, tempfile.TemporaryDirectory() as build:
        binary = os.path.join(build, "scamsieve")
        for path, text in {"README.md": "x\n", "plain": "x", "tool": "#!/bin/sh\necho --slow\n",
                           binary: BINARY, **files}.items():
            full = os.path.join(root, path)
            os.makedirs(os.path.dirname(full), exist_ok=True)
            with open(full, "w", encoding="utf-8") as file:
                file.write(text)
        for script in (os.path.join(root, "tool"), binary):
            os.chmod(script, 0o755)
        docs = Docs(root, binary if with_binary else "")
        return [message for _, _, message in docs.check()]


def run_self_test():
    cases = [(name, {"README.md": text}, want, False) for name, text, want in BAD]
    cases += [(name, {"README.md": text}, want, True) for name, text, want in BAD_BLOCKS]
    cases += [(*case, False) for case in references.BAD]
    cases += [("configuration that is refused", {"deploy/scamsieve.yaml": "bad config check\n"},
               "`config check` refuses", True)]
    bad = len(cases)
    cases += [("good", {"README.md": GOOD}, None, False),
              ("good blocks", {"README.md": GOOD_BLOCKS}, None, True)]
    failures = 0
    for name, files, want, with_binary in cases:
        found = problems_of(files, with_binary)
        if (want is None and found) or (want and not any(want in m for m in found)):
            print(f"{name}: wanted {want}, found {found}")
            failures += 1
    print(f"check_docs self-test: {bad} bad trees, {len(cases) - bad} good ones, "
          f"{failures} failures")
    return 1 if failures else 0


def main(arguments):
    if arguments == ["--self-test"]:
        return run_self_test()
    root, binary = arguments
    docs = Docs(os.path.abspath(root), os.path.abspath(binary))
    problems = docs.check()
    for path, line, message in problems:
        print(f"{path}:{line}: {message}")
    print(f"check_docs: {docs.blocks} blocks, {len(problems)} problems")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
