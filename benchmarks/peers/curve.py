#!/usr/bin/env python3
"""What a step of decoding costs dragoman, by the position in the sentence: curve.py --dragoman .build/release/dragoman

Writes one sentence of so many tokens, for each of some lengths, and takes the difference between two lengths: the steps between them
alone, without the source and what is done once. Prints a table, and the line through its points: what a step costs, and what each
position before it adds. Only attention to the words before may cost more from step to step; recurrent models have none.
"""
import argparse
import json
import sys
from pathlib import Path

from dragoman import Dragoman
from machine import NOISY
from specification import FOLDER, MODELS

SOURCE = 20


def arguments():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--models", default="transformer bigru", help="of models.json, with spaces between")
    parser.add_argument("--lengths", default="50 100 200 300 400 500 600 700 800 900 1000", help="tokens, with spaces between")
    parser.add_argument("--rounds", type=int, default=3, help="times that each length is timed; the least time counts")
    parser.add_argument("--steps", type=int, default=3, help="half the sentences of a length in a round; their median counts")
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--dragoman", type=Path, default=FOLDER.parent / ".build/release/dragoman")
    return parser.parse_args()


def seconds(dragoman, name, length, steps):
    """Of a sentence of `length` tokens, and whether others used the processor meanwhile."""
    text, facts = dragoman.measured(
        "benchmark", "--json", "--config", FOLDER / f"{name}.json", "--vocabulary", MODELS[name]["vocabulary"], "--sentences", 1,
        "--length", length, "--source-length", SOURCE, "--steps", steps, "--threads", dragoman.threads)
    return json.loads(text)["sentence"], facts["other_cores_busy"] is not None and facts["other_cores_busy"] > NOISY


def line(points):
    """The line of least squares through pairs: its value at 0 and its slope."""
    n, x, y = len(points), sum(x for x, _ in points), sum(y for _, y in points)
    slope = (n * sum(x * y for x, y in points) - x * y) / (n * sum(x * x for x, _ in points) - x * x)
    return (y - slope * x) / n, slope


def main():
    options = arguments()
    dragoman = Dragoman(options.dragoman.resolve(), options.threads)
    names, lengths = options.models.split(), sorted(map(int, options.lengths.split()))
    if len(lengths) < 3:
        sys.exit("curve.py: expected three lengths at least, for two points of a line")
    best, disturbed = {}, False
    for number in range(options.rounds):
        for length in lengths:
            for name in names:
                found, noisy = seconds(dragoman, name, length, options.steps)
                best[name, length] = min(found, best.get((name, length), found))
                disturbed |= noisy
        print(f"round {number + 1} of {options.rounds}", file=sys.stderr, flush=True)
    points = {name: [((a + b) / 2, 1000 * (best[name, b] - best[name, a]) / (b - a)) for a, b in zip(lengths, lengths[1:])]
              for name in names}
    print("| steps | " + " | ".join(f"{name}, ms a step" for name in names) + " |\n|---|" + "--:|" * len(names))
    print(f"| 1 – {lengths[0]} | " + " | ".join(f"{1000 * best[name, lengths[0]] / lengths[0]:.3f}" for name in names) + " |")
    for index, (a, b) in enumerate(zip(lengths, lengths[1:])):
        print(f"| {a + 1} – {b} | " + " | ".join(f"{points[name][index][1]:.3f}" for name in names) + " |")
    for name in names:
        first, slope = line(points[name])
        print(f"\n{name}: a step costs {first:.3f} ms and {1000 * slope:.3f} µs for each position before it; "
              f"{lengths[-1]} tokens take {best[name, lengths[-1]]:.2f} s.")
    if disturbed:
        print("\nOthers used the processor meanwhile: these figures are worth little.")


main()
