#!/usr/bin/env python3
"""Reads what `scamsieve rules` writes for other programs with readers that are not ours.

    check_formats.py ROOT SCAMSIEVE   Prints each problem; exit code 1 if any, 77 if a reader is missing.

The schema for editors accepts every shipped rule file and refuses files that are wrong; SARIF has
what SARIF 2.1.0 requires, and its patches mend the file; JUnit reports are XML of the usual shape.
"""

import copy
import glob
import json
import os
import re
import subprocess
import sys
import tempfile
import urllib.parse
import xml.etree.ElementTree

RULES = """format: 1
namespace: test
rules:
  - id: lure
    title: Credit <free> & "easy"
    class: test
    score: 1
    patterns:
      credit: { words: [กู้เงิน, Free Credit] }
    condition: credit and msg.hour < 30s
    tests:
      - name: it's <there>
        event: { text: "free credit" }
        expect: { match: true }
      - name: not there
        event: { text: "hello" }
        expect: { match: false }
  - { id: lure, title: Twice, class: test, score: 1, condition: msg.url.count >= 1 }
"""
SOUND = RULES.replace("30s", "30").replace("Free Credit", "free credit").replace(
    "id: lure, title", "id: other, title")

# (what, where in the first rule of a sound file, value): None takes the key away.
WRONG = (
    ("unknown key", ("titel",), "x"),
    ("missing key", ("title",), None),
    ("number out of range", ("tier",), 5),
    ("value that is none of the choices", ("status",), "good"),
    ("text for a map", ("patterns",), "free credit"),
    ("two kinds of a pattern", ("patterns", "credit", "lit"), "x"),
    ("capital in a name", ("patterns", "Credit"), {"words": ["x"]}),
    ("test without a name", ("tests",), [{"event": {}, "expect": {"match": True}}]),
    ("unknown key of an expectation",
     ("tests",), [{"name": "x", "event": {}, "expect": {"match": True, "macth": 1}}]),
    ("sequence beside a condition", ("sequence",),
     {"by": "who", "steps": {}, "relate": "a.time before b.time", "hold": "1h"}),
    ("rule without a condition", ("condition",), None),
    ("similarity beyond 1", ("campaign",), {"by": "text", "similarity": 2, "over": "1h"}),
    ("pair of three", ("tests",), [{"name": "x", "given": {"known_pairs": [["a", "b", "c"]]},
                                    "timeline": [], "expect": []}]),
)


class Formats:
    def __init__(self, root, binary):
        self.root = root
        self.binary = binary
        self.problems = []

    def expect(self, good, message):
        if not good:
            self.problems.append(message)

    def run(self, *words, cwd=None):
        return subprocess.run([self.binary, *words], capture_output=True, text=True, timeout=120,
                              check=False, cwd=cwd or self.root)

    def check_schema(self, yaml, jsonschema):
        schema = json.loads(self.run("rules", "schema").stdout)
        jsonschema.Draft7Validator.check_schema(schema)
        validator = jsonschema.Draft7Validator(schema)
        files = sorted(glob.glob(os.path.join(self.root, "rules", "*.rules.yaml")))
        self.expect(files, "no shipped rules")
        files.append(os.path.join(self.root, "tests", "golden", "cli", "every_kind.rules.yaml"))
        for path in files:
            with open(path, encoding="utf-8") as file:
                errors = list(validator.iter_errors(yaml.load(file, loader_of(yaml))))
            for error in errors:
                self.problems.append(f"{path}: {list(error.path)}: {error.message}")
        sound = yaml.load(SOUND, loader_of(yaml))
        self.expect(validator.is_valid(sound), "the schema refuses a sound file")
        for what, where, value in WRONG:
            self.expect(not validator.is_valid(changed(sound, where, value)),
                        f"the schema accepts this: {what}")

    def check_sarif(self):
        with tempfile.TemporaryDirectory() as directory:
            name = "a b.rules.yaml"
            with open(os.path.join(directory, name), "w", encoding="utf-8") as file:
                file.write(RULES)
            done = self.run("rules", "check", "--format", "sarif", name, cwd=directory)
        self.expect(done.returncode == 1, f"exit code {done.returncode} for wrong rules")
        log = json.loads(done.stdout)
        self.expect(log["version"] == "2.1.0" and len(log["runs"]) == 1, "no SARIF 2.1.0 log")
        run = log["runs"][0]
        driver = run["tool"]["driver"]
        self.expect(driver["name"] == "scamsieve" and run["columnKind"] == "unicodeCodePoints",
                    "no tool, or columns that are not characters")
        for rule in driver["rules"]:
            self.expect(rule["shortDescription"]["text"], f"{rule['id']} is not explained")
        for result in run["results"]:
            self.check_result(result, driver["rules"], urllib.parse.quote(name))
        self.expect({r["ruleId"] for r in run["results"]} >= {"R013", "R022", "R030"},
                    f"not all problems are there: {[r['ruleId'] for r in run['results']]}")
        self.check_fix([r for r in run["results"] if r["ruleId"] == "R022"][0])
        twice = [r for r in run["results"] if r["ruleId"] == "R030"][0]
        self.expect(twice["relatedLocations"][0]["physicalLocation"]["region"]["startLine"] == 4,
                    "the first of two ids is not where it is")

    def check_result(self, result, rules, uri):
        code = result["ruleId"]
        self.expect(rules[result["ruleIndex"]]["id"] == code, f"{code}: wrong index")
        self.expect(result["level"] in ("error", "warning"), f"{code}: level")
        self.expect(result["message"]["text"], f"{code}: no message")
        for location in result["locations"]:
            place = location["physicalLocation"]
            self.expect(place["artifactLocation"]["uri"] == uri, f"{code}: {place}")
            region = place["region"]
            self.expect(1 <= region["startColumn"] < region["endColumn"], f"{code}: {region}")

    def check_fix(self, result):
        change = result["fixes"][0]["artifactChanges"][0]["replacements"][0]
        region = change["deletedRegion"]
        line = RULES.split("\n")[region["startLine"] - 1]
        mended = (line[:region["startColumn"] - 1] + change["insertedContent"]["text"]
                  + line[region["endColumn"] - 1:])
        self.expect(mended == line.replace("Free Credit", "free credit"), f"mended to: {mended}")

    def check_junit(self):
        with tempfile.TemporaryDirectory() as directory:
            path = os.path.join(directory, "a.rules.yaml")
            with open(path, "w", encoding="utf-8") as file:
                file.write(SOUND.replace('text: "hello"', 'text: "free credit"'))
            report = os.path.join(directory, "report.xml")
            done = self.run("rules", "test", "--junit", report, path)
            self.expect(done.returncode == 1, f"exit code {done.returncode} for a failing test")
            root = xml.etree.ElementTree.parse(report).getroot()
        self.expect(root.tag == "testsuites" and root.get("tests") == "2", "no two tests")
        suite = root.find("testsuite")
        self.expect(suite.get("name") == "test/lure" and suite.get("failures") == "1", "no failure")
        cases = suite.findall("testcase")
        self.expect([c.get("name") for c in cases] == ["it's <there>", "not there"], "names differ")
        self.expect(cases[1].get("classname") == "test/lure" and cases[1].get("line") == "15",
                    f"place of a case: {cases[1].attrib}")
        failure = cases[1].find("failure")
        self.expect(failure.get("message") == "expected no match, got a match", "no reason")
        self.expect("fired: credit" in failure.text, f"no explanation: {failure.text}")


def loader_of(yaml):
    """YAML as editors read it: `on` is a text, and so is a date."""

    class Loader(yaml.SafeLoader):
        pass

    Loader.yaml_implicit_resolvers = {
        first: [(tag, pattern) for tag, pattern in resolvers
                if tag in ("tag:yaml.org,2002:int", "tag:yaml.org,2002:float",
                           "tag:yaml.org,2002:null")]
        for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()}
    Loader.add_implicit_resolver("tag:yaml.org,2002:bool", re.compile("^(?:true|false)$"),
                                 list("tf"))
    return Loader


def changed(sound, where, value):
    """The file with one value of its first rule set, or taken away."""
    wrong = copy.deepcopy(sound)
    place = wrong["rules"][0]
    for key in where[:-1]:
        place = place[key]
    if value is None:
        del place[where[-1]]
    else:
        place[where[-1]] = value
    return wrong


def main(arguments):
    root, binary = (os.path.abspath(path) for path in arguments)
    formats = Formats(root, binary)
    formats.check_sarif()
    formats.check_junit()
    skipped = False
    try:
        import jsonschema
        import yaml
        formats.check_schema(yaml, jsonschema)
    except ImportError as error:
        print(f"SKIPPED: the schema is not checked: {error}: install python3-jsonschema and "
              "python3-yaml")
        skipped = True
    for problem in formats.problems:
        print(problem)
    print(f"check_formats: {len(formats.problems)} problems")
    if formats.problems:
        return 1
    return 77 if skipped else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
