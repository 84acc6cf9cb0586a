#!/usr/bin/env python3
"""Puts faults into the sources and sees whether a test fails for each.

    python3 Tests/Mutation/mutate.py                          # all of faults/
    python3 Tests/Mutation/mutate.py --only search,kernels-3  # those of a file, or one by its number in it
    python3 Tests/Mutation/mutate.py --keep                   # in the copy that an earlier call has built

The sources are copied to .build-mutation, and all faults go into that copy at once, each as a choice that is made while
the program runs: `old` becomes `(isFault(7) ? (new) : (old))`, and DRAGOMAN_FAULT says which one is there. So the copy is
built once, and a fault costs no more than its tests (Untch, Offutt and Harrold 1993, "Mutation analysis using mutant
schemata"). The project itself is never touched.

A fault is an expression that becomes another one, or, with "statement", a statement; "within" is a longer text that
says where, if the expression stands in its file more than once. "tests" is a regular expression for
`swift test --filter`. A fault that no test sees is a test to be written.
"""

import argparse
import json
import os
import re
import subprocess
import sys
import time
import zlib

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.dirname(os.path.dirname(HERE))
COPY = os.path.join(ROOT, ".build-mutation")
# The modules that have faults, and those below them; with them their tests.
MODULES = ["Tensor", "System", "Formats", "Text", "Images", "Evaluation", "Layers", "Models", "Decoding", "Translation", "Training"]
# What goes behind the project's own package.
PACKAGE = """
package.products = []
let kept = ["CDragomanKernels", "DragomanTestSupport"] + %s.flatMap { ["Dragoman\\($0)", "Dragoman\\($0)Tests"] }
package.targets.removeAll { !kept.contains($0.name) }
"""
# What goes before a file of C and behind a file of Swift.
CHOICE_IN_C = """#ifndef DRAGOMAN_FAULT
#define DRAGOMAN_FAULT
#include <stdlib.h>
static inline int is_fault(int number) {
  static int chosen = -1;
  if (chosen < 0) {
    const char *text = getenv("DRAGOMAN_FAULT");
    chosen = text ? atoi(text) : 0;
  }
  return chosen == number;
}
#endif
"""
CHOICE_IN_SWIFT = """
private import Foundation
private let chosenFault = ProcessInfo.processInfo.environment["DRAGOMAN_FAULT"].flatMap { Int($0) } ?? 0
private func isFault(_ number: Int) -> Bool { chosenFault == number }
"""


def read_faults():
    """All faults, each with its `name`, and the `number` that follows from it alone, so that a new fault moves no other."""
    faults = []
    for name in sorted(os.listdir(os.path.join(HERE, "faults"))):
        with open(os.path.join(HERE, "faults", name)) as file:
            for place, fault in enumerate(json.load(file), 1):
                group = name.removesuffix(".json")
                name_of_fault = f"{group}-{place}"
                faults.append(fault | {"group": group, "name": name_of_fault,
                                       "number": zlib.crc32(name_of_fault.encode()) & 0x7FFF_FFFF})
    if len({fault["number"] for fault in faults}) < len(faults):
        sys.exit("two faults have one number; give the files of faults other names")
    return faults


def choice(fault):
    """The text that is right or wrong."""
    number, old, new = fault["number"], fault["old"], fault["new"]
    is_swift = fault["file"].endswith(".swift")
    if fault.get("statement"):
        condition = f"if isFault({number})" if is_swift else f"if (is_fault({number}))"
        return f"{condition} {{ {new} }} else {{ {old} }}"
    return f"({'isFault' if is_swift else 'is_fault'}({number}) ? ({new}) : ({old}))"


def with_faults(path, faults):
    """The text of a file of the project with its faults as choices."""
    with open(os.path.join(ROOT, path)) as file:
        text = file.read()
    # All places are looked up in the text as it is, since a choice holds both texts.
    places = []
    for fault in faults:
        within = fault.get("within", fault["old"])
        if text.count(within) != 1 or within.count(fault["old"]) != 1:
            sys.exit(f"{fault['name']}: {path}: '{within}' has to stand in it once, with '{fault['old']}' once in that")
        places.append((text.index(within) + within.index(fault["old"]), fault))
    for place, fault in sorted(places, key=lambda each: each[0], reverse=True):
        text = text[:place] + choice(fault) + text[place + len(fault["old"]):]
    return text + CHOICE_IN_SWIFT if path.endswith(".swift") else CHOICE_IN_C + text


def write_if_new(path, data):
    """Leaves a file that is so already alone, so that little is built again."""
    if os.path.exists(path):
        with open(path, "rb") as file:
            if file.read() == data:
                return
    os.makedirs(os.path.dirname(path), exist_ok=True)
    with open(path, "wb") as file:
        file.write(data)


def copy(faults):
    """Copies the project, with all faults, as a package that ends with the module Training."""
    listed = subprocess.run(["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard", "Sources", "Tests", "benchmarks",
                             "configs", "data", "docs"], cwd=ROOT, capture_output=True, check=True).stdout.decode().split("\0")
    wanted = {name for name in listed if os.path.isfile(os.path.join(ROOT, name)) and "/Fuzz/" not in name}
    by_file = {}
    for fault in faults:
        by_file.setdefault(fault["file"], []).append(fault)
    for name in wanted | by_file.keys():
        if name in by_file:
            data = with_faults(name, by_file[name]).encode()
        else:
            with open(os.path.join(ROOT, name), "rb") as file:
                data = file.read()
        write_if_new(os.path.join(COPY, name), data)
    for folder, _, names in os.walk(COPY):
        for name in names:
            path = os.path.relpath(os.path.join(folder, name), COPY)
            if path.startswith(("Sources" + os.sep, "Tests" + os.sep)) and path not in wanted:
                os.remove(os.path.join(COPY, path))
    with open(os.path.join(ROOT, "Package.swift")) as file:
        write_if_new(os.path.join(COPY, "Package.swift"), (file.read() + PACKAGE % json.dumps(MODULES)).encode())


def swift(*words, fault=0, limit=None):
    """The code of a command and what it said; 124 if it took longer than `limit` seconds."""
    command = ["swift", *words, "-c", "release", "--package-path", COPY]
    try:
        done = subprocess.run(command, capture_output=True, timeout=limit, cwd=COPY,
                              env=os.environ | {"DRAGOMAN_FAULT": str(fault)})
        return done.returncode, (done.stdout + done.stderr).decode(errors="replace")
    except subprocess.TimeoutExpired as expired:
        return 124, (expired.stdout or b"").decode(errors="replace")


def test(name, fault=0, limit=600):
    return swift("test", "--skip-build", "--filter", name, fault=fault, limit=limit)


def passed_tests(code, output):
    """How many tests ran, if all of them passed."""
    found = re.findall(r"with (\d+) tests? .*passed", output)
    return int(found[-1]) if code == 0 and found else 0


def verdict(code, output):
    """What became of a fault."""
    if code == 0:
        return "NOT CAUGHT"
    names = re.findall(r'✘ Test (?:"([^"\n]+)"|([^\s"]+)) (?:recorded|failed|with \d+ test cases? failed)', output)
    if names:
        return "caught: " + next(part for part in names[0] if part)
    return "caught: the tests hang" if code == 124 else "caught: the tests trap"


def choose(faults, only):
    """The faults that `only` names: files, or files with numbers."""
    if not only:
        return faults
    names = only.split(",")
    for name in names:
        if not any(name in (fault["name"], fault["group"]) for fault in faults):
            sys.exit(f"--only {name}: there is no such fault; there are "
                     + ", ".join(dict.fromkeys(fault["group"] for fault in faults)))
    return [fault for fault in faults if fault["name"] in names or fault["group"] in names]


def main():
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--only", help="files of faults/, or faults such as search-2, with commas between")
    arguments.add_argument("--keep", action="store_true", help="take the copy as it is")
    options = arguments.parse_args()
    faults = read_faults()
    chosen = choose(faults, options.only)
    if not options.keep:
        copy(faults)
        begin = time.time()
        code, output = swift("build", "--build-tests", "-Xswiftc", "-enable-testing")
        if code != 0:
            sys.exit("the copy cannot be built\n" + output[-6000:])
        print(f"built in {time.time() - begin:.0f} s", flush=True)
    seconds = {}
    for name in dict.fromkeys(fault["tests"] for fault in chosen):
        begin = time.time()
        code, output = test(name)
        if not passed_tests(code, output):
            sys.exit(f"{name}: code {code} without a fault\n{output[-3000:]}")
        seconds[name] = time.time() - begin
        print(f"without a fault: {name}: {passed_tests(code, output)} tests pass ({seconds[name]:.0f} s)", flush=True)
    rows = []
    for fault in chosen:
        begin = time.time()
        result = verdict(*test(fault["tests"], fault["number"], limit=60 + 5 * seconds[fault["tests"]]))
        rows.append((fault, result))
        print(f"{fault['name']:<13} {fault['what']}: {result} ({time.time() - begin:.0f} s)", flush=True)
    caught = sum(result.startswith("caught") for _, result in rows)
    print(f"\n{caught} of {len(rows)} faults were caught")
    print("| fault | in | found by |\n|---|---|---|")
    for fault, result in rows:
        print(f"| {fault['what']} | {os.path.relpath(fault['file'], 'Sources')} | {result.removeprefix('caught: ')} |")
    sys.exit(0 if caught == len(rows) else 1)


if __name__ == "__main__":
    main()
