#!/usr/bin/env python3
"""Hurts trainings in every way a machine can, and compares what they end with, to the byte.

    python3 Tests/Torture/torture.py --dragoman .build/release/dragoman            # minutes
    python3 Tests/Torture/torture.py --dragoman .build/release/dragoman --short    # about half a minute

Every case trains the same small task. A run that is killed, stopped, or has its disk taken away has to go on with
--resume and end with best.safetensors and last.safetensors of one that was left alone; what cannot go on has to say
why, with code 1, and leave the files that were there. The table at the end has a line for each kind of fault.
"""

import argparse
import json
import os
import random
import resource
import shutil
import signal
import subprocess
import sys
import tempfile
import time

RESUMABLE = ["best.safetensors", "last.safetensors"]


class Bench:
    """A folder with a task, and the files that a run left alone ends with."""

    def __init__(self, program, seed):
        self.program = os.path.abspath(program)
        self.random = random.Random(seed)
        self.folder = tempfile.mkdtemp(prefix="dragoman-torture-")
        self.table = []
        for name, count in [("train.tsv", 300), ("validation.tsv", 30)]:
            with open(self.path(name), "w") as file:
                for _ in range(count):
                    letters = [self.random.choice("abcdefgh") for _ in range(self.random.randint(3, 7))]
                    file.write(" ".join(letters) + "\t" + " ".join(reversed(letters)) + "\n")
        configuration = {
            "name": "run",
            "data": {"train": ["train.tsv"], "validation": ["validation.tsv"]},
            "tokenizer": {"kind": "word"},
            "model": {
                "embedding": 24, "encoder": {"hidden": 24}, "decoder": {"hidden": 40},
                "attention": {"size": 24}, "dropout": 0.2,
            },
            "training": {
                "epochs": 8, "batchTokens": 60, "saveEvery": 7, "patience": None, "keep": 1,
                "metrics": ["bleu", "loss"],
            },
        }
        with open(self.path("run.json"), "w") as file:
            json.dump(configuration, file)
        done = self.train("whole")
        assert done.returncode == 0, done.stderr
        self.whole = self.files("whole")
        self.seconds = done.seconds

    def path(self, *parts):
        return os.path.join(self.folder, *parts)

    def run_folder(self, root):
        return self.path(root, "run")

    def files(self, root):
        return {name: open(os.path.join(self.run_folder(root), name), "rb").read() for name in RESUMABLE}

    def command(self, root, resume=False, more=()):
        return [self.program, "train", "run.json", "--runs", root, "--quiet", "--threads", "1",
                "--resume" if resume else "--restart", *more]

    def start(self, root, resume=False, more=(), **options):
        options.setdefault("stdout", subprocess.PIPE)
        return subprocess.Popen(self.command(root, resume, more), cwd=self.folder, stderr=subprocess.PIPE, **options)

    def train(self, root, resume=False, more=(), **options):
        begin = time.time()
        process = self.start(root, resume, more, **options)
        _, errors = process.communicate(timeout=300)
        process.stderr_text = errors.decode(errors="replace")
        done = subprocess.CompletedProcess(process.args, process.returncode, None, process.stderr_text)
        done.seconds = time.time() - begin
        return done

    def has_last(self, root):
        return os.path.exists(os.path.join(self.run_folder(root), "last.safetensors"))

    def finish(self, root):
        """Lets a run go on to its end, and tells whether it is that of the one left alone."""
        done = self.train(root, resume=self.has_last(root))
        if done.returncode != 0:
            return f"code {done.returncode}: {done.stderr.strip()[-200:]}"
        found = self.files(root)
        wrong = [name for name in RESUMABLE if found[name] != self.whole[name]]
        left = [name for name in os.listdir(self.run_folder(root)) if ".tmp-" in name]
        return ("other bytes in " + ", ".join(wrong) if wrong else "") + (f"left {left}" if left else "")

    def clear(self, root):
        shutil.rmtree(self.path(root), ignore_errors=True)

    def note(self, kind, count, failures, what):
        self.table.append((kind, count, failures, what))
        state = "ok" if not failures else "FAILED: " + "; ".join(failures[:3])
        print(f"{kind:<34} {count:>4}  {state}", flush=True)


def kills(bench, count):
    """SIGKILL at random moments, some of them while a checkpoint is written."""
    failures, done = [], 0
    while done < count:
        bench.clear("killed")
        for _ in range(min(10, count - done)):
            process = bench.start("killed", resume=bench.has_last("killed"))
            time.sleep(bench.random.uniform(0.02, bench.seconds * 0.7))
            process.kill()
            process.communicate()
            done += 1
        problem = bench.finish("killed")
        if problem:
            failures.append(problem)
    bench.note("SIGKILL, then --resume", done, failures, "equal to the byte")


def signals(bench, count):
    """SIGTERM, SIGINT and SIGHUP: the code says which, the run is saved, and it is gone within five seconds."""
    failures = []
    for index in range(count):
        number, code = [(signal.SIGTERM, 143), (signal.SIGINT, 130), (signal.SIGHUP, 129)][index % 3]
        bench.clear("stopped")
        process = bench.start("stopped")
        time.sleep(bench.random.uniform(0.1, bench.seconds * 0.8))
        ended = process.poll() is not None
        process.send_signal(number)
        begin = time.time()
        _, errors = process.communicate(timeout=60)
        if not ended and process.returncode not in (code, -number, 0):
            failures.append(f"{number.name}: code {process.returncode}: {errors.decode()[-100:]}")
        if time.time() - begin > 5:
            failures.append(f"{number.name}: took {time.time() - begin:.1f} s")
        problem = bench.finish("stopped")
        if problem:
            failures.append(problem)
    bench.note("SIGTERM, SIGINT, SIGHUP", count, failures, "saved, code 128 + n, within 5 s")


def limited_files(bench):
    """No file may grow beyond a size that no checkpoint has."""
    def limit():
        resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, 20_000))

    failures = []
    bench.clear("limited")
    done = bench.train("limited", preexec_fn=limit)
    if done.returncode != 1 or "File too large" not in done.stderr:
        failures.append(f"code {done.returncode}: {done.stderr[-200:]}")
    # One that has a checkpoint keeps it.
    bench.clear("limited")
    process = bench.start("limited")
    while process.poll() is None and not bench.has_last("limited"):
        time.sleep(0.01)
    process.send_signal(signal.SIGTERM)
    process.communicate()
    before = open(os.path.join(bench.run_folder("limited"), "last.safetensors"), "rb").read()
    done = bench.train("limited", resume=True, preexec_fn=limit)
    if done.returncode != 1:
        failures.append(f"resumed: code {done.returncode}: {done.stderr[-200:]}")
    if open(os.path.join(bench.run_folder("limited"), "last.safetensors"), "rb").read() != before:
        failures.append("the checkpoint was changed")
    problem = bench.finish("limited")
    if problem:
        failures.append(problem)
    bench.note("file size limit (as a full disk)", 2, failures, "code 1, the checkpoint stays, --resume ends equal")


def full_disk(bench):
    """A file system of a few hundred kilobytes; only where one can be mounted."""
    mount = bench.path("small")
    os.makedirs(mount, exist_ok=True)
    size = sum(len(content) for content in bench.whole.values())
    command = ["mount", "-t", "tmpfs", "-o", f"size={size + 60_000}", "tmpfs", mount]
    if os.geteuid() != 0 or subprocess.run(command, capture_output=True).returncode != 0:
        return bench.note("full disk (tmpfs)", 0, [], "not tried: no file system can be mounted here")
    failures = []
    try:
        done = bench.train("small")
        if done.returncode != 1 or "No space left" not in done.stderr:
            failures.append(f"code {done.returncode}: {done.stderr[-200:]}")
        if bench.has_last("small"):
            # Space again: here by moving the run to a larger disk.
            shutil.copytree(bench.run_folder("small"), bench.run_folder("larger"), dirs_exist_ok=True)
            problem = bench.finish("larger")
            if problem:
                failures.append(problem)
    finally:
        subprocess.run(["umount", mount])
    bench.note("full disk (tmpfs)", 1, failures, "code 1, what was saved goes on elsewhere")


def read_only(bench):
    """A folder that may not be written to; root may, so a file stands in the way as well."""
    failures = []
    bench.clear("closed")
    os.makedirs(bench.path("closed"))
    os.chmod(bench.path("closed"), 0o555)
    done = bench.train("closed")
    if os.geteuid() != 0 and done.returncode != 1:
        failures.append(f"code {done.returncode}")
    os.chmod(bench.path("closed"), 0o755)
    bench.clear("closed")
    open(bench.path("closed"), "w").close()
    done = bench.train("closed")
    if done.returncode != 1 or "closed" not in done.stderr:
        failures.append(f"code {done.returncode}: {done.stderr[-200:]}")
    os.remove(bench.path("closed"))
    bench.note("read-only folder, file in its place", 2, failures, "code 1 with the path")


def memory(bench, short):
    """Too little memory: an error or a death, but nothing that was saved is lost."""
    failures, count = [], 0
    for megabytes in [200] if short else [120, 200, 300, 500]:
        def limit():
            resource.setrlimit(resource.RLIMIT_AS, (megabytes << 20, megabytes << 20))

        bench.clear("small")
        bench.train("small", preexec_fn=limit)
        count += 1
        problem = bench.finish("small")
        if problem:
            failures.append(f"{megabytes} MB: {problem}")
    bench.note("memory limit (address space)", count, failures, "goes on with more memory, equal to the byte")


def moved_folder(bench):
    """The folder of a run is renamed, and a new run takes its name."""
    failures = []
    bench.clear("moved")
    process = bench.start("moved")
    while process.poll() is None and not bench.has_last("moved"):
        time.sleep(0.01)
    os.rename(bench.run_folder("moved"), bench.path("moved", "elsewhere"))
    second = bench.train("moved")
    process.communicate()
    if process.returncode != 0 or second.returncode != 0:
        failures.append(f"codes {process.returncode} and {second.returncode}: {second.stderr[-200:]}")
    for place in ["run", "elsewhere"]:
        for name in RESUMABLE:
            if open(bench.path("moved", place, name), "rb").read() != bench.whole[name]:
                failures.append(f"other bytes in {place}/{name}")
    bench.note("renamed folder, a new run in its place", 1, failures, "both end equal")
    failures = []
    bench.clear("gone")
    process = bench.start("gone")
    while process.poll() is None and not bench.has_last("gone"):
        time.sleep(0.01)
    shutil.rmtree(bench.run_folder("gone"))
    _, errors = process.communicate()
    if process.returncode != 1 or b"was removed" not in errors:
        failures.append(f"code {process.returncode}: {errors.decode()[-200:]}")
    bench.note("vanished folder", 1, failures, "code 1, told")


def links(bench):
    """Links in the folder of a run: nothing that they lead to is changed."""
    failures = []
    bench.clear("linked")
    victim = bench.path("victim")
    with open(victim, "w") as file:
        file.write("untouched")
    process = bench.start("linked")
    while process.poll() is None and not bench.has_last("linked"):
        time.sleep(0.01)
    for name in ["log.jsonl", "report.html", "last.safetensors", "best.safetensors"]:
        path = os.path.join(bench.run_folder("linked"), name)
        if os.path.exists(path):
            os.remove(path)
        os.symlink(victim, path)
    process.communicate()
    if open(victim).read() != "untouched":
        failures.append("a file behind a link was changed")
    bench.note("links in the folder of a run", 4, failures, "what they lead to stays as it is")


def damage(bench, count):
    """A last.safetensors with a flipped bit or cut short falls back on the one before, and ends equal."""
    failures = []
    for index in range(count):
        bench.clear("damaged")
        process = bench.start("damaged")
        previous = os.path.join(bench.run_folder("damaged"), "previous.safetensors")
        last = os.path.join(bench.run_folder("damaged"), "last.safetensors")
        # Two names of one file are damaged together: the moment between them is waited out.
        while process.poll() is None and not (os.path.exists(previous) and not os.path.samefile(previous, last)):
            time.sleep(0.01)
        process.kill()
        process.communicate()
        if os.path.samefile(previous, last):
            continue
        content = bytearray(open(last, "rb").read())
        if index % 3 == 0:
            content = content[: bench.random.randrange(len(content))]
        else:
            content[bench.random.randrange(len(content))] ^= 1 << bench.random.randrange(8)
        with open(last, "wb") as file:
            file.write(content)
        done = bench.train("damaged", resume=True)
        if done.returncode != 0 or "previous.safetensors" not in done.stderr:
            failures.append(f"code {done.returncode}: {done.stderr[-200:]}")
        elif bench.files("damaged") != bench.whole:
            failures.append("other bytes")
    bench.note("damaged last.safetensors", count, failures, "told; goes on from the one before, equal")


def streams(bench):
    """Nobody reads standard output or standard error any more."""
    failures = []
    for closed in ["stdout", "stderr", "both"]:
        bench.clear("closed")
        command = bench.command("closed")
        command.remove("--quiet")
        script = " ".join(f"'{word}'" for word in command)
        redirect = {"stdout": ">&-", "stderr": "2>&-", "both": ">&- 2>&-"}[closed]
        done = subprocess.run(f"{script} {redirect}", shell=True, cwd=bench.folder, capture_output=True)
        if bench.files("closed") != bench.whole:
            failures.append(f"{closed}: other bytes, code {done.returncode}")
    bench.note("closed standard output and error", 3, failures, "trains on, equal")


def clock(bench):
    """Files from the future and from the year 1970 mislead no resume."""
    failures = []
    for moment in [0, 4_000_000_000]:
        bench.clear("clock")
        process = bench.start("clock")
        while process.poll() is None and not bench.has_last("clock"):
            time.sleep(0.01)
        process.kill()
        process.communicate()
        for name in os.listdir(bench.run_folder("clock")):
            os.utime(os.path.join(bench.run_folder("clock"), name), (moment, moment))
        problem = bench.finish("clock")
        if problem:
            failures.append(problem)
    bench.note("files from 1970 and from 2096", 2, failures, "equal")


def faults(bench):
    """Disks that are slow or break, calls that do half of what they should, clocks that jump; where C can be compiled."""
    library = bench.path("faults.so")
    source = os.path.join(os.path.dirname(os.path.abspath(__file__)), "faults.c")
    compiler = shutil.which("clang") or shutil.which("cc")
    if not sys.platform.startswith("linux") or not compiler or subprocess.run(
            [compiler, "-O1", "-shared", "-fPIC", "-o", library, source, "-ldl"], capture_output=True).returncode != 0:
        return bench.note("slow disk, partial calls, clock", 0, [], "not tried: faults.c cannot be compiled here")

    def train(kind, **options):
        bench.clear(kind)
        return bench.train(kind, env=dict(os.environ, LD_PRELOAD=library, TORTURE=kind), **options)

    for kind, words in [("partial", "calls that do less, or are interrupted"), ("clock", "a clock that jumps by years"),
                        ("slow", "slow disk")]:
        done = train(kind)
        failures = [] if done.returncode == 0 else [f"code {done.returncode}: {done.stderr[-200:]}"]
        if not failures and bench.files(kind) != bench.whole:
            failures.append("other bytes")
        bench.note(words, 1, failures, "equal")
    failures = []
    bench.clear("slow")
    process = bench.start("slow", env=dict(os.environ, LD_PRELOAD=library, TORTURE="slow"))
    while process.poll() is None and not bench.has_last("slow"):
        time.sleep(0.01)
    process.send_signal(signal.SIGTERM)
    begin = time.time()
    process.communicate()
    if time.time() - begin > 5 or process.returncode not in (0, 143):
        failures.append(f"SIGTERM: code {process.returncode} after {time.time() - begin:.1f} s")
    problem = bench.finish("slow")
    bench.note("slow disk and SIGTERM", 1, failures + ([problem] if problem else []), "gone within 5 s, --resume ends equal")
    done = train("broken")
    failures = [] if done.returncode == 1 and "Input/output error" in done.stderr else [
        f"code {done.returncode}: {done.stderr[-200:]}"]
    problem = bench.finish("broken")
    bench.note("a disk that breaks (EIO)", 1, failures + ([problem] if problem else []), "code 1, --resume ends equal")


def two_runs(bench):
    """A second process in the folder of a run is refused."""
    failures = []
    bench.clear("twice")
    process = bench.start("twice")
    while process.poll() is None and not bench.has_last("twice"):
        time.sleep(0.01)
    second = bench.train("twice", resume=True)
    if process.poll() is None and (second.returncode != 1 or "another process" not in second.stderr):
        failures.append(f"code {second.returncode}: {second.stderr[-200:]}")
    process.communicate()
    if process.returncode != 0 or bench.files("twice") != bench.whole:
        failures.append("the first one was disturbed")
    bench.note("two runs in one folder", 1, failures, "the second is refused, the first ends equal")


def main():
    arguments = argparse.ArgumentParser()
    arguments.add_argument("--dragoman", default=".build/release/dragoman")
    arguments.add_argument("--short", action="store_true", help="a few cases of each kind")
    arguments.add_argument("--kills", type=int, help="SIGKILLs; 100, or 6 with --short")
    arguments.add_argument("--seed", type=int, default=1)
    options = arguments.parse_args()
    bench = Bench(options.dragoman, options.seed)
    print(f"a run takes {bench.seconds:.2f} s")
    try:
        kills(bench, options.kills or (6 if options.short else 100))
        signals(bench, 3 if options.short else 30)
        damage(bench, 3 if options.short else 20)
        limited_files(bench)
        full_disk(bench)
        read_only(bench)
        memory(bench, options.short)
        moved_folder(bench)
        links(bench)
        streams(bench)
        clock(bench)
        faults(bench)
        two_runs(bench)
    finally:
        shutil.rmtree(bench.folder, ignore_errors=True)
    print()
    print("| fault | tried | failed | expected |\n|---|---|---|---|")
    for kind, count, failures, what in bench.table:
        print(f"| {kind} | {count} | {len(failures)} | {what} |")
    sys.exit(1 if any(failures for _, _, failures, _ in bench.table) else 0)


if __name__ == "__main__":
    main()
