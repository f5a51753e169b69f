#!/usr/bin/env python3
"""Compares the numbers of two evaluation.json of the same pictures, scored under two kernels.

Command: .ci/reference/digits.py FIRST SECOND WHAT; ends with 1 if a number differs in its four printed digits. Single-precision features
differ by about 1e-6 between kernels, so a number that lies on the edge between two last digits may fall on either side: such a pair
is named, and passes if the two are within 2e-5 of each other.
"""
import json
import sys


def numbers(place, node, found):
    if isinstance(node, dict):
        for key, value in node.items():
            numbers(place + "/" + key, value, found)
    elif isinstance(node, list):
        for index, value in enumerate(node):
            numbers(place + "/" + str(index), value, found)
    elif isinstance(node, float):
        found[place] = node
    return found


first, second = (numbers("", json.load(open(name)), {}) for name in sys.argv[1:3])
wrong = sorted(set(first) ^ set(second))
edges = []
for place in sorted(set(first) & set(second)):
    a, b = first[place], second[place]
    if "%.4g" % a != "%.4g" % b:
        (edges if abs(a - b) <= 2e-5 * max(abs(a), abs(b)) else wrong).append(place)
for place in wrong:
    print("%s: %s: %r and %r" % (sys.argv[3], place, first.get(place), second.get(place)), file=sys.stderr)
for place in edges:
    print("%s: %s lies between two last digits: %r and %r" % (sys.argv[3], place, first[place], second[place]))
print("%s: %d of %d numbers agree to four digits" % (sys.argv[3], len(first) - len(wrong) - len(edges), len(first)))
sys.exit(1 if wrong else 0)
