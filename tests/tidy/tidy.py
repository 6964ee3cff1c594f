#!/usr/bin/env python3
"""Checks the house style over the whole tree: what no compiler and no formatter looks at.

    tidy.py [ROOT]       Prints each problem as path:line: [check] message; exit code 1 if any.
    tidy.py --self-test  Shows that each check reports a tiny tree that is wrong.
"""

import os
import sys

from cpp_checks import (check_file_length, check_function_length, check_headers, check_layers)
from tree import Tree
from tree_checks import (check_dead_files, check_golden_files, check_rules, check_tests_registered,
                         check_text, check_top_level)

CHECKS = (
    check_layers,
    check_file_length,
    check_function_length,
    check_headers,
    check_top_level,
    check_dead_files,
    check_tests_registered,
    check_golden_files,
    check_text,
    check_rules,
)


def problems_of(root):
    tree = Tree(root)
    found = [problem for check in CHECKS for problem in check(tree)]
    return sorted(found, key=lambda p: (p.path, p.line, p.check)), len(tree.texts)


def main(arguments):
    if arguments == ["--self-test"]:
        from self_test import run_self_test
        return run_self_test(problems_of)
    here = os.path.dirname(os.path.abspath(__file__))
    root = arguments[0] if arguments else os.path.join(here, "..", "..")
    problems, files = problems_of(os.path.abspath(root))
    for problem in problems:
        print(problem)
    print(f"tidy: {files} files, {len(problems)} problems")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
