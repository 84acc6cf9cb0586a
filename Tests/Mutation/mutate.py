#!/usr/bin/env python3
"""Puts faults into the sources, one at a time, and sees whether a test fails for each.

    python3 Tests/Mutation/mutate.py                        # all of mutations.json
    python3 Tests/Mutation/mutate.py --only 3,17 --keep     # some, in the copy that an earlier call has built

The sources are copied to .build-mutation, with a package for each group of modules that has these and their tests alone,
so that the project itself is never touched and little is built for a fault. A fault is a text of a file that becomes another, with the tests that ought to see
it: a regular expression for `swift test --filter`. A fault that no test sees is a test to be written.
"""

import argparse
import filecmp
import json
import os
import re
import shutil
import subprocess
import sys
import time

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.dirname(os.path.dirname(HERE))
COPY = os.path.join(ROOT, ".build-mutation")
# The modules of a group: those it tests stand last. Lower groups have but a part of what tests share.
MODULES = ["Tensor", "System", "Formats", "Text", "Images", "Evaluation", "Layers", "Models", "Decoding", "Translation", "Training"]
GROUPS = {
    "System": ["System"], "Formats": ["System", "Formats"], "Images": ["System", "Formats", "Tensor", "Images"],
    "Evaluation": ["System", "Formats", "Text", "Evaluation"], "Text": ["System", "Formats", "Text"], "Tensor": ["Tensor"],
    "Decoding": MODULES[:10], "Translation": MODULES[:10], "Training": MODULES,
}
# Tests of these that need more.
WITHOUT = {"Text": ["Tokens/TokenizerConfigurationTests.swift"]}
LOW = ["System", "Tensor", "Formats", "Text", "Images", "Evaluation"]
# What goes behind the project's own package.
END = """
package.products = []
let kept = ["CDragomanKernels", "DragomanTestSupport", "Dragoman%sTests"] + %s.map { "Dragoman\\($0)" }
package.targets.removeAll { !kept.contains($0.name) }
if %s, let place = package.targets.firstIndex(where: { $0.name == "DragomanTestSupport" }) {
  package.targets[place] = .target(
    name: "DragomanTestSupport", dependencies: ["Formats", "System"].flatMap { kept.contains("Dragoman\\($0)") ? modules($0) : [] },
    path: "Tests/Support",
    sources: ["SplitMix.swift", "TemporaryFolder.swift"] + (kept.contains("DragomanSystem") ? ["Processes/ThreadGroup.swift"] : [])
      + (kept.contains("DragomanFormats") ? ["ModelBytes.swift"] : []),
    swiftSettings: strict)
}
package.targets.first { $0.name == "Dragoman%sTests" }?.exclude += %s
"""


def copy():
    """Copies what has changed since the last time, so that little is built again."""
    os.makedirs(COPY, exist_ok=True)
    listed = subprocess.run(["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard", "Sources", "Tests", "configs",
                             "data", "docs"], cwd=ROOT, capture_output=True, check=True).stdout.decode().split("\0")
    wanted = {name for name in listed if os.path.isfile(os.path.join(ROOT, name)) and "/Fuzz/" not in name}
    for name in wanted:
        source, target = os.path.join(ROOT, name), os.path.join(COPY, name)
        if not os.path.exists(target) or not filecmp.cmp(source, target, shallow=False):
            os.makedirs(os.path.dirname(target), exist_ok=True)
            shutil.copyfile(source, target)
    for folder, _, names in os.walk(COPY):
        if os.sep + ".build" in folder[len(COPY):]:
            continue
        for name in names:
            path = os.path.relpath(os.path.join(folder, name), COPY)
            if path.startswith(("Sources" + os.sep, "Tests" + os.sep)) and path not in wanted:
                os.remove(os.path.join(COPY, path))
    with open(os.path.join(ROOT, "Package.swift")) as file:
        project = file.read()
    for group, modules in GROUPS.items():
        folder = os.path.join(COPY, group)
        os.makedirs(folder, exist_ok=True)
        for name in ["Sources", "Tests", "configs", "data", "docs"]:
            if not os.path.islink(os.path.join(folder, name)):
                os.symlink(os.path.join("..", name), os.path.join(folder, name))
        text = project + END % (group, json.dumps(modules), "true" if group in LOW else "false", group,
                                json.dumps(WITHOUT.get(group, [])))
        path = os.path.join(folder, "Package.swift")
        if not os.path.exists(path) or open(path).read() != text:
            with open(path, "w") as file:
                file.write(text)


def swift(group, *words, limit=1500):
    command = ["swift", *words, "--package-path", os.path.join(COPY, group), "-Xcc", "-O2"]
    try:
        done = subprocess.run(command, capture_output=True, timeout=limit, cwd=COPY)
        return done.returncode, (done.stdout + done.stderr).decode(errors="replace")
    except subprocess.TimeoutExpired as expired:
        return 124, (expired.stdout or b"").decode(errors="replace")


def build(group):
    return swift(group, "build", "--build-tests")


def test(group, name):
    return swift(group, "test", "--skip-build", "--filter", name, limit=300)


def main():
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--only", help="numbers of faults, with commas between")
    arguments.add_argument("--keep", action="store_true", help="take the copy as it is")
    arguments.add_argument("--whole", action="store_true", help="first see that the tests pass without a fault")
    options = arguments.parse_args()
    with open(os.path.join(HERE, "mutations.json")) as file:
        faults = json.load(file)
    for number, fault in enumerate(faults, 1):
        with open(os.path.join(ROOT, fault["file"])) as file:
            count = file.read().count(fault["old"])
        if count != 1:
            sys.exit(f"{number}: {fault['file']}: '{fault['old']}' stands in it {count} times; it has to be once")
    if not options.keep:
        copy()
    chosen = [int(number) for number in options.only.split(",")] if options.only else range(1, len(faults) + 1)
    chosen = sorted(chosen, key=lambda number: list(GROUPS).index(faults[number - 1]["group"]))
    if options.whole:
        for group, name in sorted({(faults[number - 1]["group"], faults[number - 1]["tests"]) for number in chosen}):
            build(group)
            code, output = test(group, name)
            passed = re.findall(r"with (\d+) tests? .*passed", output)
            if code != 0 or not passed or passed[-1] == "0":
                sys.exit(f"{name}: code {code} without a fault\n{output[-3000:]}")
            print(f"without a fault: {name}: {passed[-1]} tests pass", flush=True)
    rows, group = [], None
    for number in chosen:
        fault = faults[number - 1]
        if group != fault["group"]:
            group = fault["group"]
            code, output = build(group)
            if code != 0:
                sys.exit(f"{group}: the copy cannot be built\n{output[-4000:]}")
        path = os.path.join(COPY, fault["file"])
        with open(path) as file:
            text = file.read()
        begin = time.time()
        try:
            with open(path, "w") as file:
                file.write(text.replace(fault["old"], fault["new"]))
            code, output = build(fault["group"])
            if code != 0:
                result = "does not compile: " + " ".join(re.findall(r"error: .*", output)[:1])
            else:
                code, output = test(fault["group"], fault["tests"])
                ran = re.search(r"with \d+ tests?|Test run started", output)
                names = re.findall(r'Test "([^"\n]+)" (?:recorded|failed|with)', output)
                result = ("no test ran" if code == 0 and (not ran or "with 0 tests" in output) else "NOT CAUGHT" if code == 0 else
                          f"caught: {names[0]}" if names else "caught: the tests hang" if code == 124 else "caught: the tests trap")
        finally:
            with open(path, "w") as file:
                file.write(text)
        rows.append((number, fault, result))
        print(f"{number:>3} {fault['file']}: {fault['what']}: {result} ({time.time() - begin:.0f} s)", flush=True)
    caught = sum(result.startswith("caught") for _, _, result in rows)
    print(f"\n{caught} of {len(rows)} faults were caught")
    print("| fault | in | found by |\n|---|---|---|")
    for _, fault, result in rows:
        print(f"| {fault['what']} | {os.path.relpath(fault['file'], 'Sources')} | {result.removeprefix('caught: ')} |")
    sys.exit(0 if caught == len(rows) else 1)


if __name__ == "__main__":
    main()
