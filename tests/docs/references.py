"""What the reference pages must list: they are compared with the code in both directions.

    metrics        engine/run/engine_metrics.cc      deploy/README.md
    configuration  engine/run/config.cc              deploy/scamsieve.yaml
    diagnostics    engine/{rule,base,evaluate}/      rules/README.md, with a golden file as example
    rule keys      engine/rule/                      rules/README.md
    fields         engine/{record,rule}/*_fields.cc  rules/README.md
    packs          rules/*.rules.yaml                rules/README.md

check_docs.py runs this; BAD are trees that must be reported.
"""

import glob
import os
import re

OPERATIONS = "deploy/README.md"
CONFIGURATION = "deploy/scamsieve.yaml"
RULES = "rules/README.md"
MADE_OF_PAGE = "engine/rule/codes.cc"  # So it says nothing about what the page should list.

KEY_READ = r'\b(?:optional|required)_\w+\(\s*"(\w+)"'


class References:
    """One tree; problems are (path, line, message)."""

    def __init__(self, root):
        self.root = root
        self.problems = []

    def check(self):
        self.check_metrics()
        self.check_config_keys()
        self.check_codes()
        self.check_rule_keys()
        self.check_fields()
        self.check_packs()
        return self.problems

    def report(self, path, text, message, at=0):
        self.problems.append((path, text.count("\n", 0, at) + 1, message))

    def text_of(self, *patterns):
        """The text of all files that match, in order of their names."""
        paths = [p for pattern in patterns for p in glob.glob(os.path.join(self.root, pattern))]
        texts = []
        for path in sorted(set(paths) - {os.path.join(self.root, MADE_OF_PAGE)}):
            with open(path, encoding="utf-8", errors="replace") as file:
                texts.append(file.read())
        return "".join(texts)

    def compare(self, page, what, wanted, listed):
        """`wanted` are names of the code; `listed` maps names of the page to where they stand."""
        text = self.text_of(page)
        for name in sorted(wanted - listed.keys()):
            self.report(page, text, f"does not explain {what} {name}")
        for name in sorted(listed.keys() - wanted):
            self.report(page, text, f"explains {what} {name}, which does not exist", listed[name])

    def check_metrics(self):
        code = set(re.findall(r'"(scamsieve_[a-z_]+)"', self.text_of("engine/*/*.cc")))
        self.compare(OPERATIONS, "the metric", code,
                     places(r"\b(scamsieve_[a-z_]+)\b", self.text_of(OPERATIONS)))

    def check_config_keys(self):
        """Keys that do not exist are refused by `config check`, which check_docs.py runs."""
        text = self.text_of(CONFIGURATION)
        for key in sorted(set(re.findall(KEY_READ, self.text_of("engine/run/config.cc")))):
            if not re.search(rf"(^|[\s{{,`]){key}:", text, re.M):
                self.report(CONFIGURATION, text, f"does not explain the key {key}")

    def check_codes(self):
        code = self.text_of("engine/rule/*.cc", "engine/base/*.cc", "engine/evaluate/*.cc")
        codes = set(re.findall(r'"([YR]\d{3})"', code))
        # Those that every strict file has are put together from a letter and a number.
        codes |= {"R" + n for n in re.findall(r'code_of\(context_?, "(\d{3})"\)', code)}
        text = self.text_of(RULES)
        listed = places(r"^\| ([A-Z]\d{3}) \|", text)
        self.compare(RULES, "the diagnostic", codes, listed)
        for name in sorted(codes & listed.keys()):
            row = text[listed[name]:].split("\n", 1)[0]
            examples = re.findall(r"\]\(\.\./(tests/golden/diagnostics/[^)]+)\)", row)
            if not examples:
                self.report(RULES, text, f"shows no example of {name}", listed[name])
            for example in examples:
                if f"[{name}]" not in self.text_of(example):
                    self.report(RULES, text, f"{example} is no example of {name}", listed[name])

    def check_rule_keys(self):
        listed = places(r"`(\w+)`", self.text_of(RULES))
        wanted = set(re.findall(KEY_READ, self.text_of("engine/rule/*.cc")))
        self.compare(RULES, "the key", wanted, {k: v for k, v in listed.items() if k in wanted})

    def check_fields(self):
        rows = r'\{\{"((?:msg|call|report|url)\.[a-z_.]+)", FieldType'
        code = self.text_of("engine/record/*_fields.cc", "engine/rule/*_fields.cc")
        listed = places(r"^\| `((?:msg|call|report|url)\.[a-z_.]+)` \|", self.text_of(RULES))
        self.compare(RULES, "the field", set(re.findall(rows, code)), listed)

    def check_packs(self):
        packs = glob.glob(os.path.join(self.root, "rules", "*.rules.yaml"))
        self.compare(RULES, "the pack", {os.path.basename(p) for p in packs},
                     places(r"^\| \[([\w-]+\.rules\.yaml)\]", self.text_of(RULES)))


def places(pattern, text):
    """Names that `pattern` finds in `text`, and the first place of each."""
    found = {}
    for match in re.finditer(pattern, text, re.M):
        found.setdefault(match.group(1), match.start())
    return found


METRIC = ("engine/run/engine_metrics.cc", 'f("scamsieve_seen_total");\n')
CODE = ("engine/rule/a.cc", 'error("R010");\n')
# (name, files of a tree, what must be reported)
BAD = (
    ("metric nobody explains", {METRIC[0]: METRIC[1], OPERATIONS: "nothing\n"},
     "does not explain the metric scamsieve_seen_total"),
    ("metric that is gone", {METRIC[0]: METRIC[1],
                             OPERATIONS: "`scamsieve_seen_total` `scamsieve_gone_total`\n"},
     "scamsieve_gone_total, which does not exist"),
    ("key nobody explains",
     {"engine/run/config.cc": 'r.optional_int("seen", 0);\nr.required_string(\n    "hidden");\n',
      CONFIGURATION: "seen: 1  # Not unhidden: 2\n"}, "does not explain the key hidden"),
    ("diagnostic nobody explains", {CODE[0]: CODE[1], RULES: "R010\n"},
     "does not explain the diagnostic R010"),
    ("diagnostic of every strict file",
     {"engine/base/a.cc": 'code_of(context_, "002")\n', RULES: "x\n"},
     "does not explain the diagnostic R002"),
    ("diagnostic that is gone", {RULES: "| R099 | error | x | |\n"}, "R099, which does not exist"),
    ("diagnostic without its example",
     {CODE[0]: CODE[1], RULES: "| R010 | error | x | |\n",
      "tests/golden/diagnostics/a.out": "error[R010]: x\n"}, "shows no example of R010"),
    ("example of another diagnostic",
     {CODE[0]: CODE[1],
      RULES: "| R010 | error | x | [a](../tests/golden/diagnostics/a.out) |\n",
      "tests/golden/diagnostics/a.out": "error[R011]: x\n"}, "a.out is no example of R010"),
    ("rule key nobody explains",
     {"engine/rule/a.cc": 'reader_.optional_string("route");\n', RULES: "route\n"},
     "does not explain the key route"),
    ("field nobody explains",
     {"engine/record/a_fields.cc": '{{"msg.from.raw", FieldType::kString\n', RULES: "msg.from\n"},
     "does not explain the field msg.from.raw"),
    ("field that is gone", {RULES: "| `call.gone` | text | | x |\n"},
     "call.gone, which does not exist"),
    ("pack nobody explains", {"rules/a.rules.yaml": "x\n", RULES: "x\n"},
     "does not explain the pack a.rules.yaml"),
)
