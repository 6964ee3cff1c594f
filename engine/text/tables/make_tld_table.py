#!/usr/bin/env python3
"""Writes engine/text/tld_table.cc to standard output from a public suffix list:

    engine/text/tables/make_tld_table.py public_suffix_list.dat > engine/text/tld_table.cc

Debian's package `publicsuffix` has the list in /usr/share/publicsuffix. The table is a hash set of
the last labels of all ICANN suffixes, as U-labels and as A-labels, in lower case.
"""

import sys

SLOTS = 4096


def hash_of(label):
    """The hash of tld_table.h: FNV-1a over the bytes."""
    value = 2166136261
    for byte in label:
        value = (value ^ byte) * 16777619 & 0xFFFFFFFF
    return value


def read_labels(path):
    labels = set()
    with open(path, encoding="utf-8") as lines:
        for line in lines:
            if line.startswith("// ===END ICANN DOMAINS==="):
                break
            rule = line.split()[0] if line.strip() else ""
            if not rule or rule.startswith("//"):
                continue
            label = rule.split(".")[-1]
            labels.add(label.encode())
            labels.add(label.encode("idna"))
    return sorted(labels)


def place(labels):
    """Slots of offsets into the pool, plus one; linear probing."""
    pool = bytearray()
    slots = [0] * SLOTS
    for label in labels:
        at = hash_of(label) % SLOTS
        while slots[at]:
            at = (at + 1) % SLOTS
        slots[at] = len(pool) + 1
        pool += bytes([len(label)]) + label
    return pool, slots


def escaped(pool):
    """Three octal digits always, so that no escape runs into the next character."""
    return [chr(b) if 0x60 < b < 0x7B else "\\%03o" % b for b in pool]


def print_wrapped(items, separator, quote):
    line = ""
    for item in items:
        if len(line) + len(item) > 94:
            print(quote + line + quote)
            line = ""
        line += item + separator
    print(quote + line + quote + ("" if quote else "};"), end="")


def main():
    labels = read_labels(sys.argv[1])
    pool, slots = place(labels)
    print("// Written by tables/make_tld_table.py from the public suffix list. Do not edit.")
    print(f"// {len(labels)} labels.")
    print('#include "text/tld_table.h"\n\n// clang-format off\nnamespace sieve {\n')
    print("const char kTldLabels[] =")
    print_wrapped(escaped(pool), "", '"')
    print(";\n\nconst uint16_t kTldSlots[kTldSlotCount] = {")
    print_wrapped([str(slot) for slot in slots], ",", "")
    print("\n\n}  // namespace sieve")


main()
