#!/usr/bin/env python3
"""Shows alerts (alert.v1, a JSON object a line) as a person reads them.

    deploy/show_alerts.py [--max N] FILE...    `-` is standard input

Of many alerts it shows the first of each rule, findings and content in turn, N at most (default 8).
"""

import argparse
import collections
import json
import sys


def read_alerts(paths):
    for path in paths:
        file = sys.stdin if path == "-" else open(path, encoding="utf-8")
        with file:
            for number, line in enumerate(file, 1):
                if line.strip():
                    yield parse(path, number, line)


def parse(path, number, line):
    try:
        return json.loads(line)
    except json.JSONDecodeError as error:
        sys.exit(f"{path}:{number}: no JSON: {error}")


def primary_rule(alert):
    hits = alert.get("hits") or [{}]
    return hits[0].get("rule", "")


def choose(alerts, count):
    """The first alert of each rule; kinds take turns, so that few show much."""
    by_kind = collections.defaultdict(dict)
    for alert in alerts:
        by_kind[alert.get("kind", "")].setdefault(primary_rule(alert), alert)
    queues = [collections.deque(chosen.values()) for _, chosen in sorted(by_kind.items())]
    picked = []
    while any(queues) and len(picked) < count:
        for queue in queues:
            if queue and len(picked) < count:
                picked.append(queue.popleft())
    return sorted(picked, key=lambda alert: str(alert.get("ts", "")))


def show(alert):
    subject = alert.get("subject") or {}
    severity = str(alert.get("severity", "")).upper()
    print(f"  {severity:9}{alert.get('ts', '')}  {subject.get('value', '')}")
    for line in details(alert):
        print(f"           {line}")
    print()


def details(alert):
    if alert.get("summary"):
        yield alert["summary"]
    for hit in alert.get("hits") or []:
        score = f", score {hit['score']:g}" if "score" in hit else ""
        yield f"{hit.get('title') or 'rule'} ({hit.get('rule', '')}{score})"
        seen = [f"{s.get('pattern')}: “{s['text']}”" for s in hit.get("signals") or []
                if s.get("text")]
        if seen:
            yield "  saw " + ", ".join(seen)
    urls = (alert.get("entities") or {}).get("urls") or []
    if urls:
        yield "links to " + ", ".join(u if isinstance(u, str) else str(u.get("host")) for u in urls)
    measures = alert.get("measures") or {}
    if measures:
        yield "measured " + ", ".join(f"{name} {value:g}" for name, value in measures.items())


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--max", type=int, default=8, help="how many to show")
    parser.add_argument("files", nargs="+", metavar="FILE")
    arguments = parser.parse_args()
    for stream in (sys.stdin, sys.stdout):
        stream.reconfigure(encoding="utf-8", errors="replace")
    alerts = list(read_alerts(arguments.files))
    for alert in choose(alerts, arguments.max):
        show(alert)
    counts = collections.Counter(primary_rule(alert) for alert in alerts)
    print(f"  {len(alerts)} alerts by rule: "
          + ", ".join(f"{rule} {count}" for rule, count in counts.most_common()))


if __name__ == "__main__":
    main()
