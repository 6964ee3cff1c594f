"""The source tree as the checks see it: text files by their path below the root.

Nothing here depends on git, so that tidy also runs in an unpacked archive.
"""

import os
import re

# Where bytes are data, not prose: spaces, tabs and invisible characters there are on purpose.
DATA_DIRECTORIES = ("tests/golden/", "tests/fuzz/corpus/", "tests/data/")

CPP_SUFFIXES = (".cc", ".h")


class Problem:
    """One broken rule of the house, at a place."""

    def __init__(self, check, path, line, message):
        self.check = check
        self.path = path
        self.line = line
        self.message = message

    def __str__(self):
        return f"{self.path}:{self.line}: [{self.check}] {self.message}"


class Tree:
    """All files below a root but hidden ones and build output, read once."""

    def __init__(self, root):
        self.root = root
        self.texts = {}
        for directory, names, files in os.walk(root):
            top = directory == root
            names[:] = sorted(n for n in names if not _ignored(n, top))
            for name in sorted(files):
                if not _ignored(name, top):
                    self._add(os.path.join(directory, name))

    def _add(self, path):
        key = os.path.relpath(path, self.root).replace(os.sep, "/")
        with open(path, "rb") as file:
            data = file.read()
        # Binary files count as present, with no text to look at.
        try:
            self.texts[key] = data.decode("utf-8")
        except UnicodeDecodeError:
            self.texts[key] = None

    def top_level(self):
        return sorted({path.split("/")[0] for path in self.texts})

    def paths(self, prefix="", suffix=""):
        return [p for p in self.texts if p.startswith(prefix) and p.endswith(suffix)]

    def cpp(self, prefix=""):
        """Paths of C++ files below `prefix`."""
        return [p for p in self.paths(prefix) if p.endswith(CPP_SUFFIXES)]

    def lines(self, path):
        return (self.texts[path] or "").split("\n")

    def prose(self):
        """Paths of text that people wrote: everything but data and binary files."""
        return [p for p, t in self.texts.items()
                if t is not None and not p.startswith(DATA_DIRECTORIES)]


def _ignored(name, top):
    if name.startswith(".") or name == "__pycache__":
        return True
    return top and (name.startswith("build") or name == "compile_commands.json")


def includes(text):
    """(line number, spelled name, quoted) of each #include."""
    found = []
    for number, line in enumerate(text.split("\n"), 1):
        match = re.match(r'\s*#\s*include\s*([<"])([^>"]+)[>"]', line)
        if match:
            found.append((number, match.group(2), match.group(1) == '"'))
    return found
