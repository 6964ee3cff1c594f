#!/usr/bin/env python3
"""Writes what the shipped rules catch, as Markdown on standard output.

    report.py --scamsieve BINARY --traffic BINARY --rules DIRECTORY --rows FILE... [--kinds FILE]

Of labelled rows (JSON lines, as `scamsieve eval` reads them): recall and false positives by corpus,
language, label and class of rules, and what scores fitted without a corpus make of it. Of the rules'
own tests: how many mutants they kill, and how many texts each evasion hides. Of generated honest
messages: false alarms a million, by language. And what rules cost. `--kinds` is a Markdown file
that people wrote about kinds of misses and false alarms, which is put in.

    report.py --honest-max N     Fails if more than N of a million honest messages alert.
    report.py --self-test        Shows that the tables say what the tools said.
"""

import argparse
import collections
import json
import os
import re
import subprocess
import sys
import tempfile

HONEST_LANGS = {"th": "Thai", "en": "English", "zh": "Chinese", "id": "Indonesian",
                "vi": "Vietnamese", "fil": "Filipino"}
HONEST_MESSAGES = 100_000
COSTLY_RULES_SHOWN = 15
FIT_ROUNDS_MAX = 50  # Each holds the scores of rules that rows cannot tell apart.


def run(command, accept=(0,)):
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode not in accept:
        sys.exit(f"{' '.join(command)}: exit code {done.returncode}\n{done.stderr[-2000:]}")
    return done


def percent(part, whole):
    return f"{100 * part / whole:.1f} %" if whole else "-"


def rate(part, whole):
    return f"{100 * part / whole:.2f} %" if whole else "-"


def table(head, rows):
    """A Markdown table whose columns but the first are numbers."""
    lines = ["| " + " | ".join(head) + " |", "|---|" + "--:|" * (len(head) - 1)]
    return "\n".join(lines + ["| " + " | ".join(str(c) for c in row) + " |" for row in rows])


def counted(name, counts):
    return [name, f"{counts['alert_rows']:,}", f"{counts['alert_hits']:,}",
            percent(counts["alert_hits"], counts["alert_rows"]), f"{counts['clean_rows']:,}",
            f"{counts['clean_hits']:,}", rate(counts["clean_hits"], counts["clean_rows"])]


HEAD = ["alert", "found", "recall", "clean", "false", "rate"]


def by_name(title, groups):
    rows = [counted(name, counts) for name, counts in sorted(groups.items())]
    return f"## By {title}\n\n" + table([title, *HEAD], rows) + "\n"


def class_table(evaluation, rules):
    """What the rules of each class hit, by themselves or not."""
    sums = collections.defaultdict(lambda: [0, 0, 0, 0])
    for full_id, counts in evaluation["rules"].items():
        row = sums[rules[full_id]["class"]]
        row[0] += 1
        row[1] += counts["alert_hits"]
        row[2] += counts["clean_hits"]
        row[3] += counts["ignore_hits"]
    rows = [[name, *(f"{n:,}" for n in row)] for name, row in sorted(sums.items())]
    head = ["class", "rules", "hits in rows to alert", "in clean rows", "in ignored rows"]
    return "## By class of rules\n\n" + table(head, rows) + "\n"


def fit(binary, rules, rows):
    """The study of `rules fit`, with the scores held of rules that rows cannot tell apart."""
    command = [binary, "rules", "fit", rules, "--json", "--samples", "0", "--rows", *rows]
    held = []
    for _ in range(FIT_ROUNDS_MAX):
        done = subprocess.run(command + [w for h in held for w in ("--hold", h)],
                              capture_output=True, text=True, check=False)
        if done.returncode == 0:
            return json.loads(done.stdout), held
        more = re.findall(r"^  (\S+) hits (?:in the same rows|just where)", done.stderr, re.M)
        if not more:
            sys.exit(f"rules fit: {done.stderr[-2000:]}")
        held += more
    sys.exit("rules fit: too many rules that rows cannot tell apart")


def fit_table(study):
    rows = []
    for corpus in study["corpora"]:
        now, proposed = corpus["left_out"]["now"], corpus["left_out"]["proposed"]
        rows.append([corpus["corpus"], percent(now["alert_hits"], now["alert_rows"]),
                     rate(now["clean_hits"], now["clean_rows"]),
                     percent(proposed["alert_hits"], proposed["alert_rows"]),
                     rate(proposed["clean_hits"], proposed["clean_rows"])])
    head = ["corpus left out", "recall now", "false now", "recall, scores fitted to the others",
            "false"]
    return ("## Scores fitted without a corpus\n\n"
            "Each corpus judged with scores that `rules fit` found on the others.\n\n"
            + table(head, rows) + "\n")


def mutation_table(tests):
    sums = collections.defaultdict(lambda: [0, 0, 0, 0])
    for rule in tests["mutants"]["rules"]:
        row = sums[rule["pack"]]
        row[0] += 1
        row[1] += rule["killed"]
        row[2] += rule["survived"]
        row[3] += rule["declared"]
    rows = [[pack or "macros", r[0], f"{r[1] + r[2]:,}", f"{r[1]:,}", percent(r[1], r[1] + r[2]), r[3]]
            for pack, r in sorted(sums.items())]
    head = ["pack", "rules with tests", "mutants", "killed", "rate", "declared equivalent"]
    return "## Mutants\n\n" + table(head, rows) + "\n"


def evasion_table(tests):
    def lost(part):
        return [f"{part['texts']:,}", percent(part["lost"], part["texts"])]
    rows = [[e["evasion"], e["summary"], *lost(e["full"]), *lost(e["light"])]
            for e in tests["evasions"]]
    head = ["evasion", "what it does", "texts, full", "lost", "texts, light", "lost"]
    return ("## Evasions\n\nOf the texts that rules must match, made again by each evasion, how "
            "many the same rule no longer matches: at full strength, and here and there.\n\n"
            + table(head, rows) + "\n")


def evaded_rows_table(evaded):
    def points(part):
        return f"{part['points']:.1f}" if part["rows"] else "-"
    names = sorted(evaded)
    evasions = list(evaded[names[0]]) if names else []
    rows = [[e, *(f"{points(evaded[n][e]['full'])} / {points(evaded[n][e]['light'])}"
                  for n in names)] for e in evasions]
    return ("## Evasions of labelled rows\n\nThe rows that alert, made again by each evasion: points of "
            "recall that it costs, at full strength and with one character a word.\n\n"
            + table(["evasion", *names], rows) + "\n")


def evade_rows(args):
    evaded = {}
    for path in args.rows:
        done = run([args.scamsieve, "eval", path, "--rules", args.rules, "--evade", "--json"])
        found = json.loads(done.stdout)
        evaded["+".join(sorted(found["corpora"]))] = found["evasions"]
    return evaded


def profile_table(binary, rules, rows):
    done = run([binary, "rules", "profile", rules, "--json", "--rows", *rows])
    profile = json.loads(done.stdout)
    shown = sorted(profile["rules"], key=lambda r: -(r.get("share_percent") or 0))
    lines = [[r["rule"], f"{r['tried']:,}", f"{r['hits']:,}", f"{r.get('share_percent') or 0:.1f} %"]
             for r in shown[:COSTLY_RULES_SHOWN]]
    return ("## What rules cost\n\nThe dearest, by their share of the time that rules take beside the "
            "common scan.\n\n" + table(["rule", "tried", "true", "share"], lines) + "\n")


def primary_rules(args, messages, alerts):
    """Of the alerts that `messages` raise."""
    run([args.scamsieve, "scan", "--messages", messages, "--rules", args.rules, "--alerts", alerts,
         "--quiet"])
    with open(alerts, encoding="utf-8") as file:
        return [json.loads(line)["hits"][0]["rule"] for line in file]


def honest_alerts(args, count):
    """By language: the primary rules of alerts with, and without, what is known of senders."""
    found = {}
    with tempfile.TemporaryDirectory() as directory:
        messages = os.path.join(directory, "messages.jsonl")
        alerts = os.path.join(directory, "alerts.jsonl")
        for lang, name in HONEST_LANGS.items():
            run([args.traffic, "--honest-langs", lang, "--records", str(count), "--seed",
                 str(args.seed), "--quiet", "--messages", messages])
            known = primary_rules(args, messages, alerts)
            keep_texts_only(messages)
            found[name] = (known, primary_rules(args, messages, alerts))
    return found


def check_honest(args):
    """Whether no language has more alerts than may be."""
    wrong = 0
    for name, (known, _) in honest_alerts(args, args.honest_messages).items():
        over = len(known) > args.honest_max * args.honest_messages / 1_000_000
        wrong += over
        worst = ", ".join(f"{rule} {n}" for rule, n in collections.Counter(known).most_common(3))
        print(f"{name}: {len(known)} of {args.honest_messages} honest messages alert"
              f"{' (too many)' if over else ''}: {worst or 'none'}")
    return 1 if wrong else 0


def honest_table(args):
    rows, kinds = [], collections.Counter()
    for name, found in honest_alerts(args, HONEST_MESSAGES).items():
        kinds.update(found[0])
        rows.append([name, *(f"{len(f) * 1_000_000 // HONEST_MESSAGES:,}" for f in found)])
    head = ["language", "alerts a million", "the same without what is known of senders"]
    worst = [[rule, f"{count:,}"] for rule, count in kinds.most_common(COSTLY_RULES_SHOWN)]
    return (f"## Generated honest messages\n\n{HONEST_MESSAGES:,} of each language, by "
            "`traffic --honest-langs`: banks, couriers, shops, agencies, families, clubs, recruiters "
            "who are real, betting talk among friends. Written without a look at the rules; the rules' "
            "authors were told twice which rules fired and how often, the second time also by which of "
            "their phrases, and never saw the texts.\n\n" + table(head, rows)
            + "\n\nPrimary rules of these alerts, all languages together:\n\n"
            + table(["rule", "alerts"], worst) + "\n")


def keep_texts_only(path):
    """Leaves of each message what a stream without knowledge of senders has."""
    with open(path, encoding="utf-8") as file:
        records = [json.loads(line) for line in file]
    with open(path, "w", encoding="utf-8") as file:
        for record in records:
            for key in ("sender", "route", "direction", "sim", "cell", "labels"):
                record.pop(key, None)
            record["from"] = {"addr": "+15550100001", "type": "msisdn"}
            file.write(json.dumps(record, ensure_ascii=False) + "\n")


def report(args):
    evaluation = json.loads(run([args.scamsieve, "eval", *args.rows, "--rules", args.rules,
                                 "--json"]).stdout)
    listed = json.loads(run([args.scamsieve, "rules", "list", args.rules, "--json"]).stdout)
    rules = {rule["rule"]: rule for rule in listed["rules"]}
    everything = evaluation["all"]
    out = ["# What the shipped rules catch", "",
           "Made by [bench/detection/report.py](../bench/detection/report.py); do not edit. "
           f"{len(rules)} rules, helpers included. Of all rows "
           f"{percent(everything['alert_hits'], everything['alert_rows'])} are found, and "
           f"{rate(everything['clean_hits'], everything['clean_rows'])} of the clean ones alert.",
           ""]
    out.append(by_name("corpus", evaluation["corpora"]))
    out.append(by_name("language", evaluation["languages"]))
    out.append(by_name("label", evaluation["labels"]))
    out.append(class_table(evaluation, rules))
    study, _ = fit(args.scamsieve, args.rules, args.rows)
    out.append(fit_table(study))
    out.append(honest_table(args))
    if args.kinds:
        with open(args.kinds, encoding="utf-8") as file:
            out.append(file.read().strip() + "\n")
    evaded = run([args.scamsieve, "rules", "test", "--evade", "--json", args.rules])
    out.append(evasion_table(json.loads(evaded.stdout)))
    out.append(evaded_rows_table(evade_rows(args)))
    mutated = run([args.scamsieve, "rules", "test", "--mutate", "--json", args.rules])
    out.append(mutation_table(json.loads(mutated.stdout)))
    out.append(profile_table(args.scamsieve, args.rules, args.rows))
    return "\n".join(out)


def self_test():
    counts = {"alert_rows": 8, "alert_hits": 6, "clean_rows": 400, "clean_hits": 1,
              "ignore_rows": 2, "ignore_hits": 1}
    cases = [
        (by_name("corpus", {"north": counts}), "| north | 8 | 6 | 75.0 % | 400 | 1 | 0.25 % |"),
        (class_table({"rules": {"a/x": counts, "a/y": counts}},
                     {"a/x": {"class": "bank"}, "a/y": {"class": "bank"}}),
         "| bank | 2 | 12 | 2 | 2 |"),
        (fit_table({"corpora": [{"corpus": "north",
                                 "left_out": {"now": counts, "proposed": counts}}]}),
         "| north | 75.0 % | 0.25 % | 75.0 % | 0.25 % |"),
        (mutation_table({"mutants": {"rules": [
            {"pack": "p", "killed": 3, "survived": 1, "declared": 0},
            {"pack": "p", "killed": 4, "survived": 0, "declared": 2}]}}),
         "| p | 2 | 8 | 7 | 87.5 % | 2 |"),
        (evasion_table({"evasions": [{"evasion": "bidi", "summary": "s",
                                      "full": {"texts": 10, "lost": 1},
                                      "light": {"texts": 0, "lost": 0}}]}),
         "| bidi | s | 10 | 10.0 % | 0 | - |"),
        (evaded_rows_table({"north": {"bidi": {"full": {"rows": 4, "points": 2.26},
                                               "light": {"rows": 0, "points": 0}}}}),
         "| bidi | 2.3 / - |"),
        (percent(0, 0), "-"),
    ]
    wrong = [(got, want) for got, want in cases if want not in got]
    for got, want in wrong:
        print(f"no {want!r} in:\n{got}")
    print(f"report self-test: {len(cases)} cases, {len(wrong)} wrong")
    return 1 if wrong else 0


def main():
    if sys.argv[1:] == ["--self-test"]:
        return self_test()
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--scamsieve", default="build/scamsieve")
    parser.add_argument("--traffic", default="build/bench/traffic/traffic")
    parser.add_argument("--rules", default="rules")
    parser.add_argument("--rows", nargs="+", default=[])
    parser.add_argument("--kinds", help="Markdown about kinds of misses and false alarms")
    parser.add_argument("--seed", type=int, default=7, help="of the honest messages")
    parser.add_argument("--honest-max", type=int,
                        help="no report: fail if more of a million honest messages alert")
    parser.add_argument("--honest-messages", type=int, default=20_000, help="of each language")
    args = parser.parse_args()
    if args.honest_max is not None:
        return check_honest(args)
    if not args.rows:
        parser.error("--rows FILE... is needed")
    print(report(args).rstrip())
    return 0


if __name__ == "__main__":
    sys.exit(main())
