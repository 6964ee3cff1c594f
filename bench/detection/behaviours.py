#!/usr/bin/env python3
"""Writes how well rules find what `traffic` plants, as Markdown on standard output.

    behaviours.py --scamsieve BINARY --traffic BINARY --rules PATH... [--count N] [--dial NAME=VALUE...]

Generates a day with ground truth, scans it, and compares the alerts with the truth: for each planted
behaviour what was found, how late, and who else was accused, by kind of honest subscriber; then what
is found as the dials `planted.stealth` and `planted.size` change. behaviours.md, beside this file,
says which rules should find which behaviour. Findings are counted once for each rule and subject.

    behaviours.py --check        No tables for dials; fails if a behaviour that came true was missed
                                 by its rules, or more were accused falsely than --false-max.
    behaviours.py --self-test    Shows that the tables say what the tools said.
"""

import argparse
import bisect
import collections
import datetime
import fnmatch
import json
import math
import os
import shlex
import re
import subprocess
import sys
import tempfile

HERE = os.path.dirname(os.path.abspath(__file__))
STEALTHS = (0, 0.25, 0.5, 0.75, 1)
SIZES = (0.5, 1, 2)
# What the generator has besides: true findings, though of other behaviours.
OTHER_BEHAVIOURS = ("dialler", "fan_out", "sim_farm", "compound")

Mapping = collections.namedtuple("Mapping", "name requirement rules")


def run(command):
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode != 0:
        sys.exit(f"{' '.join(command)}: exit code {done.returncode}\n{done.stderr[-2000:]}")
    return done.stdout


def read_mapping(text):
    rows = re.findall(r"^\| (\w+) \| (R-\d+) \| [^|]* \| ([^|]*) \|$", text, re.M)
    return [Mapping(name, requirement, re.findall(r"`([^`]+)`", rules))
            for name, requirement, rules in rows]


def milliseconds(text):
    return round(datetime.datetime.fromisoformat(text.replace("Z", "+00:00")).timestamp() * 1000)


class Truth:
    """Who did what, by every number, SIM and device that records show of them."""

    def __init__(self, lines):
        self.header = {}
        self.planted = []
        self.subjects = collections.defaultdict(list)  # Value to indices of `planted`.
        self.ranges = []                               # The same of blocks of numbers, sorted.
        self.others = set()
        self.look_alikes = {}
        for line in lines:
            if '"kind":"message"' not in line[:40] and '"kind":"campaign"' not in line[:40]:
                self._add(json.loads(line))
        self.ranges.sort()

    def _add(self, line):
        kind = line["kind"]
        shown = {line.get("subject"), *line.get("numbers", ()), *line.get("imsis", ()),
                 *line.get("imeis", ())}
        if kind == "header":
            self.header = line
        elif kind == "planted":
            for value in shown:
                self.subjects[value].append(len(self.planted))
            if line["subject_type"] == "range":
                self.ranges.append((line["subject"], len(self.planted)))
            self.planted.append(line)
        elif kind == "look_alike":
            self.look_alikes.update((value, line["name"]) for value in shown)
        elif kind in OTHER_BEHAVIOURS:
            self.others.update(line[key] for key in ("subject", "imsi", "imei") if key in line)

    def planted_as(self, value):
        """Indices of what was planted under `value`, a number or a block of numbers among them."""
        found = set(self.subjects.get(value, ()))
        at = bisect.bisect_right(self.ranges, (value, len(self.planted)))
        if at > 0 and value.startswith(self.ranges[at - 1][0]):
            found.add(self.ranges[at - 1][1])
        return found


def findings_of(lines):
    """The first time that each rule accused each subject: {(rule, subject): milliseconds}."""
    first = {}
    for line in lines:
        alert = json.loads(line)
        if alert["kind"] != "window" or alert.get("state") == "rollup":
            continue
        time = milliseconds(alert["ts"])
        for hit in alert["hits"]:
            key = (hit["rule"], alert["subject"]["value"])
            first[key] = min(time, first.get(key, time))
    return first


class Judgement:
    """What the rules of one behaviour found."""

    def __init__(self, truth, mapping, findings):
        self.planted = [i for i, line in enumerate(truth.planted) if line["name"] == mapping.name]
        self.defined = [i for i in self.planted if truth.planted[i]["true_at"]]
        self.found = {}     # Index to the time when it was found first.
        self.elsewhere = 0  # Findings of what else is planted.
        self.accused = collections.Counter()  # Honest subscribers by kind.
        mine = set(self.planted)
        seen = set()
        for (rule, subject), time in sorted(findings.items()):
            if not any(fnmatch.fnmatch(rule, pattern) for pattern in mapping.rules):
                continue
            # A key of several fields names several.
            values = subject.split(",")
            hits = {i for value in values for i in truth.planted_as(value)}
            for i in hits & mine:
                self.found[i] = min(time, self.found.get(i, time))
            if hits & mine or subject in seen:
                continue
            seen.add(subject)
            if hits or any(value in truth.others for value in values):
                self.elsewhere += 1
            else:
                kinds = [truth.look_alikes[v] for v in values if v in truth.look_alikes]
                self.accused[kinds[0] if kinds else "other"] += 1
        self.late = sorted(time - milliseconds(truth.planted[i]["true_at"])
                           for i, time in self.found.items() if truth.planted[i]["true_at"])
        self.after_first = sorted(time - milliseconds(truth.planted[i]["from"])
                                  for i, time in self.found.items())

    def false(self):
        return sum(self.accused.values())


def percent(part, whole):
    return f"{100 * part / whole:.0f} %" if whole else "-"


def quantile(ordered, share):
    """The smallest value that `share` of all do not exceed."""
    return ordered[max(math.ceil(share * len(ordered)), 1) - 1] if ordered else None


def duration(ms):
    if ms is None:
        return "-"
    sign, seconds = ("-" if ms < 0 else ""), round(abs(ms) / 1000)
    if seconds < 60:
        return f"{sign}{seconds} s"
    if seconds < 3_600:
        return f"{sign}{seconds / 60:.0f} min"
    return f"{sign}{seconds / 3_600:.1f} h"


def table(head, rows):
    lines = ["| " + " | ".join(head) + " |", "|---|---|" + "--:|" * (len(head) - 2)]
    return "\n".join(lines + ["| " + " | ".join(str(c) for c in row) + " |" for row in rows])


def loaded(mapping, rules):
    return [r for r in rules if any(fnmatch.fnmatch(r, pattern) for pattern in mapping.rules)]


FOUND_HEAD = ["behaviour", "rules", "planted", "came true", "found", "recall", "precision",
              "median delay", "p95", "median from first record", "others planted that it found",
              "false a million", "accused"]


def found_row(mapping, judgement, rules, subscribers):
    name = f"{mapping.name} ({mapping.requirement})"
    mine = loaded(mapping, rules)
    counts = [len(judgement.planted), len(judgement.defined)]
    if not mine:
        return [name, "none loaded", *counts] + ["-"] * (len(FOUND_HEAD) - 4)
    found = len(judgement.found)
    accused = ", ".join(f"{kind} {count}" for kind, count in sorted(judgement.accused.items()))
    return [name, ", ".join(f"`{rule}`" for rule in mine), *counts, found,
            percent(found, len(judgement.planted)), percent(found, found + judgement.false()),
            duration(quantile(judgement.late, 0.5)), duration(quantile(judgement.late, 0.95)),
            duration(quantile(judgement.after_first, 0.5)), judgement.elsewhere,
            f"{judgement.false() / subscribers * 1e6:.1f}", accused or "nobody"]


def found_table(mappings, judgements, rules, subscribers):
    return table(FOUND_HEAD, [found_row(m, judgements[m.name], rules, subscribers)
                              for m in mappings])


def dial_table(mappings, rules, dial, runs):
    """`runs` are (value of the dial, judgements)."""
    head = ["behaviour", "requirement", *(f"{dial} {value:g}" for value, _ in runs)]
    rows = []
    for mapping in mappings:
        cells = []
        for _, judgements in runs:
            judgement = judgements[mapping.name]
            found = percent(len(judgement.found), len(judgement.planted))
            cells.append(f"{found if loaded(mapping, rules) else '-'} "
                         f"({percent(len(judgement.defined), len(judgement.planted))})")
        rows.append([mapping.name, mapping.requirement, *cells])
    return table(head, rows)


class Bench:
    def __init__(self, args):
        self.args = args
        with open(args.mapping, encoding="utf-8") as file:
            self.mappings = read_mapping(file.read())
        self.rules = []
        for path in args.rules:
            listed = json.loads(run([args.scamsieve, "rules", "list", path, "--json"]))
            self.rules += [rule["rule"] for rule in listed["rules"]]

    def judged(self, subscribers, records, dials):
        """Generates and scans a day: (truth, judgements by behaviour)."""
        with tempfile.TemporaryDirectory(dir=self.args.scratch) as place:
            messages, calls, truth, alerts = (
                os.path.join(place, name + ".jsonl")
                for name in ("messages", "calls", "truth", "alerts"))
            counts = [f"{mapping.name}.count={self.args.count}" for mapping in self.mappings]
            run([self.args.traffic, "--quiet", "--seed", str(self.args.seed), "--length",
                 self.args.length, "--subscribers", str(subscribers), "--records", str(records),
                 "--messages", messages, "--calls", calls, "--truth", truth,
                 *(word for dial in [*counts, *self.args.dial, *dials]
                   for word in ("--dial", dial))])
            run([self.args.scamsieve, "scan", messages, "--calls", calls, "--quiet", "--alerts",
                 alerts, "--privacy", "clear", "--publish-from", "observe",
                 *(word for path in self.args.rules for word in ("--rules", path))])
            with open(truth, encoding="utf-8") as file:
                known = Truth(file)
            with open(alerts, encoding="utf-8") as file:
                findings = findings_of(file)
        return known, {m.name: Judgement(known, m, findings) for m in self.mappings}

    def main_run(self):
        return self.judged(self.args.subscribers, self.args.records, [])

    def dial_runs(self, dial, values):
        args = self.args
        return [(value, self.judged(args.dial_subscribers, args.dial_records,
                                    [f"{dial}={value}"])[1]) for value in values]


def report(args):
    bench = Bench(args)
    truth, judgements = bench.main_run()
    header = truth.header
    out = ["# What rules find of what is planted", "",
           f"Made by bench/detection/behaviours.py: generator {header['generator']}, seed "
           f"{header['seed']}, {header['subscribers']:,} subscribers, {header['messages']:,} "
           f"messages and {header['calls']:,} calls in {args.length}. The delay of a finding is "
           "its event time less that of the record that made the definition true, by "
           "bench/detection/behaviours.md; a rule with lower thresholds is early.", "",
           f"`bench/detection/behaviours.py {shlex.join(sys.argv[1:])}`", "",
           found_table(bench.mappings, judgements, bench.rules, header["subscribers"]), ""]
    for dial, name, values in (("stealth", "planted.stealth", args.stealths),
                               ("size", "planted.size", args.sizes)):
        out += [f"## By {dial}", "",
                f"Found, and in brackets how many came true, as `{name}` changes; "
                f"{args.dial_subscribers:,} subscribers.", "",
                dial_table(bench.mappings, bench.rules, dial, bench.dial_runs(name, values)), ""]
    return "\n".join(out)


def check(args):
    bench = Bench(args)
    truth, judgements = bench.main_run()
    print(found_table(bench.mappings, judgements, bench.rules, truth.header["subscribers"]))
    wrong = 0
    for mapping in bench.mappings:
        judgement = judgements[mapping.name]
        if not loaded(mapping, bench.rules):
            continue
        missed = len(set(judgement.defined) - set(judgement.found))
        false = judgement.false() / truth.header["subscribers"] * 1e6
        if missed or false > args.false_max:
            wrong += 1
            print(f"{mapping.name}: {missed} missed, {false:.1f} of a million accused falsely")
    return 1 if wrong else 0


def self_test():
    mappings = read_mapping("| wangiri | R-05 | rings | `b/wangiri`, `*/ring` |\n")
    planted = {"kind": "planted", "name": "wangiri", "subject_type": "msisdn",
               "from": "2026-01-05T02:00:00.000Z", "true_at": "2026-01-05T02:10:00.000Z",
               "imsis": [], "imeis": []}
    truth = Truth(json.dumps(line, separators=(",", ":")) for line in [
        {"kind": "header", "subscribers": 1000},
        {**planted, "subject": "+1", "numbers": ["+1"]},
        {**planted, "subject": "+2", "numbers": ["+2"], "true_at": None},
        {**planted, "subject": "+900", "numbers": ["+9001234"], "subject_type": "range"},
        {**planted, "name": "sim_box", "subject": "520", "numbers": ["+4"], "imsis": ["520"]},
        {"kind": "dialler", "subject": "+5", "imsi": "525", "imei": "35"},
        {"kind": "look_alike", "name": "rider", "subject": "+6", "imsis": ["521"]},
        {"kind": "message", "id": "m1"}])

    def alert(rule, subject, minute, **more):
        return json.dumps({"kind": "window", "ts": f"2026-01-05T02:{minute:02}:00.000Z",
                           "subject": {"value": subject}, "hits": [{"rule": rule}], **more})

    findings = findings_of([
        alert("b/wangiri", "+1", 14), alert("b/wangiri", "+1", 12), alert("x/ring", "+1", 13),
        alert("b/wangiri", "+9004321", 11), alert("b/wangiri", "520-03,+4", 20),
        alert("b/wangiri", "+5", 20), alert("b/wangiri", "525", 20),
        alert("b/wangiri", "521", 20), alert("b/wangiri", "+7", 20),
        alert("b/other", "+2", 20), alert("b/wangiri", "+2", 20, state="rollup")])
    judgement = Judgement(truth, mappings[0], findings)
    row = found_row(mappings[0], judgement, ["b/wangiri", "b/other"], 1000)
    cases = [
        (mappings, [Mapping("wangiri", "R-05", ["b/wangiri", "*/ring"])]),
        (row[2:], [3, 2, 2, "67 %", "50 %", "1 min", "2 min", "11 min", 3, "2000.0",
                   "other 1, rider 1"]),
        (found_row(mappings[0], judgement, ["b/other"], 1000)[1:4], ["none loaded", 3, 2]),
        (dial_table(mappings, ["x/ring"], "size", [(1, {"wangiri": judgement})]).splitlines(),
         ["| behaviour | requirement | size 1 |", "|---|---|--:|",
          "| wangiri | R-05 | 67 % (67 %) |"]),
        (dial_table(mappings, [], "size", [(1, {"wangiri": judgement})]).splitlines()[-1],
         "| wangiri | R-05 | - (67 %) |"),
        (truth.planted_as("+900"), {2}),
        (truth.planted_as("+8"), set()),
        ([duration(None), duration(-59_400), duration(90_000), duration(9_000_000)],
         ["-", "-59 s", "2 min", "2.5 h"]),
        ([quantile([], 0.5), quantile([1, 2, 3], 0.5), quantile([1, 2, 3], 0.95)], [None, 2, 3]),
    ]
    wrong = [(got, want) for got, want in cases if got != want]
    for got, want in wrong:
        print(f"{got!r}\nis not\n{want!r}")
    print(f"behaviours self-test: {len(cases)} cases, {len(wrong)} wrong")
    return 1 if wrong else 0


def main():
    if sys.argv[1:] == ["--self-test"]:
        return self_test()
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--scamsieve", default="build/scamsieve")
    parser.add_argument("--traffic", default="build/bench/traffic/traffic")
    parser.add_argument("--rules", nargs="+", default=["rules"])
    parser.add_argument("--mapping", default=os.path.join(HERE, "behaviours.md"))
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--length", default="24h")
    parser.add_argument("--subscribers", type=int, default=100_000)
    parser.add_argument("--records", type=int, default=0, help="0: as the subscribers make")
    parser.add_argument("--count", type=int, default=20, help="of each behaviour")
    parser.add_argument("--dial", action="append", default=[], help="of traffic, NAME=VALUE")
    parser.add_argument("--stealths", type=float, nargs="*", default=STEALTHS)
    parser.add_argument("--sizes", type=float, nargs="*", default=SIZES)
    parser.add_argument("--dial-subscribers", type=int, default=50_000,
                        help="of the runs for the tables by dial")
    parser.add_argument("--dial-records", type=int, default=0)
    parser.add_argument("--scratch", help="directory for the records; default: the system's")
    parser.add_argument("--check", action="store_true")
    parser.add_argument("--false-max", type=float, default=1, help="of a million subscribers")
    args = parser.parse_args()
    if args.check:
        return check(args)
    print(report(args).rstrip())
    return 0


if __name__ == "__main__":
    sys.exit(main())
