#!/usr/bin/env python3
"""Much of everything: many lines into a pipe that hardly anybody reads, many translations at once, many pairs.

    python3 Tests/Torture/scale.py --dragoman .build/release/dragoman            # 100,000 lines, 64 at once, 1,000,000 pairs
    python3 Tests/Torture/scale.py --dragoman .build/release/dragoman --short    # a hundredth of that

Time and the most memory of each are told, on Linux; memory that grows with the lines, another translation, or an error
end with code 1.
"""

import argparse
import os
import random
import shutil
import subprocess
import sys
import tempfile
import time

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
MODEL = os.path.join(ROOT, "Tests", "Fixtures", "demo", "demo.safetensors")
WORDS = ["good", "morning", "where", "is", "the", "station", "my", "brother", "has", "never", "been", "to", "rome"]


def memory(process, what="VmHWM"):
    """Megabytes that a process has had at most."""
    try:
        with open(f"/proc/{process.pid}/status") as file:
            return next(int(line.split()[1]) / 1024 for line in file if line.startswith(what))
    except (OSError, StopIteration):
        return 0.0


class Table:
    def __init__(self):
        self.rows, self.failed = [], False

    def add(self, what, seconds, megabytes, problem):
        self.failed |= bool(problem)
        self.rows.append((what, f"{seconds:.1f}", f"{megabytes:.0f}" if megabytes else "–", problem or "ok"))
        print("  ".join(self.rows[-1]), flush=True)


def lines(count, draw):
    """Lines of which most are repeated."""
    some = [" ".join(draw.choice(WORDS) for _ in range(draw.randint(1, 6))) for _ in range(500)]
    return [draw.choice(some) for _ in range(count)]


def slow_reader(program, folder, count, table):
    """Nobody reads for a while: the program waits, and takes no more memory than when somebody does."""
    source = os.path.join(folder, "lines.txt")
    with open(source, "w") as file:
        file.write("\n".join(lines(count, random.Random(1))) + "\n")
    command = [program, "translate", "--model", MODEL, "--quiet"]
    begin, peaks, outputs = time.time(), [], []
    for pause in [0, 5]:
        with open(source) as file:
            process = subprocess.Popen(command, stdin=file, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        found, peak = b"", 0
        time.sleep(pause)
        while part := process.stdout.read1(1 << 16):
            peak = max(peak, memory(process))
            found += part
            if pause:
                time.sleep(0.01)
        problem = process.stderr.read().decode()
        process.wait()
        peaks.append(peak)
        outputs.append(found)
        if process.returncode != 0 or found.count(b"\n") != count:
            return table.add(f"{count:,} lines", time.time() - begin, peak,
                             f"code {process.returncode}, {found.count(10):,} lines: {problem[-200:]}")
    bounded = peaks[1] <= peaks[0] * 1.5 + 50 and max(peaks) < 1000
    table.add(f"{count:,} lines by pipe, twice; once with a slow reader", time.time() - begin, max(peaks),
              "" if bounded and outputs[0] == outputs[1] else f"{peaks} MB, equal: {outputs[0] == outputs[1]}")


def concurrent(program, count, table):
    """Many processes translate at once, each as if it were alone."""
    text = "\n".join(lines(200, random.Random(2))).encode() + b"\n"
    command = [program, "translate", "--model", MODEL, "--quiet", "--threads", "2", "--beam", "3"]
    alone = subprocess.run(command, input=text, capture_output=True)
    begin = time.time()
    processes = [subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
                 for _ in range(count)]
    for process in processes:
        process.stdin.write(text)
        process.stdin.close()
    wrong = 0
    for process in processes:
        found = process.stdout.read()
        process.wait()
        wrong += process.returncode != 0 or found != alone.stdout
    table.add(f"{count} translations at once, 200 lines each", time.time() - begin, 0,
              f"{wrong} differ from one alone" if wrong or alone.returncode else "")


def pairs(program, folder, count, table):
    """A large corpus is read and looked at."""
    draw = random.Random(3)
    path = os.path.join(folder, "pairs.tsv")
    with open(path, "w") as file:
        for index in range(count):
            line = " ".join(draw.choice(WORDS) for _ in range(draw.randint(3, 9)))
            file.write(f"{line} {index}\t{line[::-1]} {index}\n")
    with open(os.path.join(folder, "run.json"), "w") as file:
        file.write('{"data": {"train": ["pairs.tsv"], "validation": ["lines.tsv"]}}')
    with open(os.path.join(folder, "lines.tsv"), "w") as file:
        file.write("good\tbon\n" * 50)
    begin, peak = time.time(), 0
    process = subprocess.Popen([program, "check", "run.json"], cwd=folder, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    while process.poll() is None:
        peak = max(peak, memory(process))
        time.sleep(0.02)
    output = process.stdout.read().decode()
    size = os.path.getsize(path) / 1e6
    problem = f"code {process.returncode}: {output[-200:]}" if process.returncode != 0 or f"{count:,}" not in output else ""
    # The text, and what is known of each pair.
    if peak > 10 * size + 300:
        problem = f"{peak:.0f} MB for a file of {size:.0f} MB"
    table.add(f"{count:,} pairs ({size:.0f} MB) read and checked", time.time() - begin, peak, problem)


def main():
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--dragoman", default=os.path.join(ROOT, ".build", "release", "dragoman"))
    arguments.add_argument("--short", action="store_true", help="a hundredth of it")
    options = arguments.parse_args()
    program, share = os.path.abspath(options.dragoman), 100 if options.short else 1
    folder, table = tempfile.mkdtemp(prefix="dragoman-scale-"), Table()
    try:
        slow_reader(program, folder, 100_000 // share, table)
        concurrent(program, max(64 // share, 4), table)
        pairs(program, folder, 1_000_000 // share, table)
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    print("\n| what | seconds | most memory, MB | |\n|---|---:|---:|---|")
    for row in table.rows:
        print("| " + " | ".join(row) + " |")
    sys.exit(1 if table.failed else 0)


if __name__ == "__main__":
    main()
