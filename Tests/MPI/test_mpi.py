"""What several processes that mpirun starts promise: the bytes of one process, and an end with one message.

    swift build -c release --traits MPI --scratch-path .build-mpi
    python3 Tests/MPI/test_mpi.py --dragoman .build-mpi/release/dragoman

Nothing but Python's standard library is used, mpirun has to be on the path.
"""

import argparse
import json
import os
import pathlib
import random
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time

LETTERS = "abcdefghij"
# Lets root start processes, as containers do, and more of them than there are processors.
OPEN_MPI = {
    "OMPI_ALLOW_RUN_AS_ROOT": "1", "OMPI_ALLOW_RUN_AS_ROOT_CONFIRM": "1",
    "OMPI_MCA_rmaps_base_oversubscribe": "1",
}


def lines(count, seed):
    """Letters and the same letters from behind."""
    draw = random.Random(seed)
    for _ in range(count):
        word = [draw.choice(LETTERS) for _ in range(draw.randint(2, 7))]
        yield " ".join(word) + "\t" + " ".join(reversed(word)) + "\n"


def side(kind, family, width):
    if family == "transformer":
        return {"kind": "transformer", "width": width, "layers": 2, "heads": 2, "inner": 2 * width}
    return {"kind": "recurrent", "cell": family, "layers": 2, "hidden": width // 2 if kind == "encoder" else width}


def configuration(family, **training):
    return {
        "name": "run", "data": {"train": ["train.tsv"], "validation": ["validation.tsv"]},
        "tokenizer": {"kind": "word"},
        "model": {
            "embedding": 16, "encoder": side("encoder", family, 16), "decoder": side("decoder", family, 16),
            "dropout": {"embedding": 0.2, "layers": 0.2, "output": 0.2},
        },
        "training": {
            "epochs": 3, "batchTokens": 80, "pieces": 4, "metrics": ["loss", "bleu"], "saveEvery": 5,
            "average": {"kind": "ema"}, **training,
        },
    }


class World:
    """A folder with data, and the program."""

    def __init__(self, dragoman, folder):
        self.dragoman, self.folder = str(pathlib.Path(dragoman).resolve()), pathlib.Path(folder)
        (self.folder / "train.tsv").write_text("".join(lines(400, 1)))
        (self.folder / "validation.tsv").write_text("".join(lines(50, 2)))

    def write(self, name, value):
        (self.folder / name).write_text(json.dumps(value))

    def command(self, ranks, arguments, launcher=()):
        start = [] if ranks == 0 else ["mpirun", "-n", str(ranks), *launcher]
        return [*start, self.dragoman, *arguments]

    def run(self, ranks, *arguments, launcher=(), environment=None, seconds=300):
        return subprocess.run(
            self.command(ranks, arguments, launcher), cwd=self.folder, capture_output=True, text=True,
            env={**os.environ, **OPEN_MPI, **(environment or {})}, timeout=seconds)

    def start(self, ranks, *arguments):
        return subprocess.Popen(
            self.command(ranks, arguments), cwd=self.folder, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
            env={**os.environ, **OPEN_MPI}, start_new_session=True)

    def processes(self, run):
        """The processes of a run that goes on, in the order of their ranks."""
        found = []
        for entry in pathlib.Path("/proc").iterdir():
            if not entry.name.isdigit():
                continue
            try:
                words = (entry / "cmdline").read_bytes().split(b"\0")
                if words[0].decode() != self.dragoman or run.encode() not in words:
                    continue
                variables = dict(
                    item.split(b"=", 1) for item in (entry / "environ").read_bytes().split(b"\0") if b"=" in item)
                found.append((int(variables.get(b"OMPI_COMM_WORLD_RANK", b"0")), int(entry.name)))
            except (OSError, ValueError):
                continue
        return [number for _, number in sorted(found)]

    def models(self, run):
        return [(self.folder / run / "run" / name).read_bytes() for name in ("best.safetensors", "last.safetensors")]


def expect(condition, what, result=None):
    if condition:
        return
    print(f"FAILED: {what}")
    if result is not None:
        print(result.stdout[-3000:], result.stderr[-3000:], sep="\n")
    sys.exit(1)


def equal_bytes(world):
    """1, 2 and 4 processes, 1 and 2 threads, every family."""
    count = 0
    for family in ("gru", "lstm", "ssru", "transformer"):
        world.write(f"{family}.json", configuration(family))
        expected = None
        for ranks, threads in ((0, 1), (1, 2), (2, 1), (2, 2), (4, 1)):
            run = f"{family}-{ranks}-{threads}"
            result = world.run(ranks, "train", f"{family}.json", "--runs", f"{run}", "--threads", str(threads))
            expect(result.returncode == 0, f"{run} ends well", result)
            models = world.models(run)
            expected = expected or models
            expect(models == expected, f"{run} has the bytes of one process", result)
            count += 1
    return f"{count} runs of 4 families in 1, 2 and 4 processes end with equal bytes"


def resumes(world, kills):
    """Kills one process at a random moment, goes on in another number of processes, and compares the bytes."""
    world.write("whole.json", configuration("gru", epochs=12))
    expect(world.run(0, "train", "whole.json", "--runs", "whole").returncode == 0, "the whole run ends well")
    begun = time.monotonic()
    expect(
        world.run(2, "train", "whole.json", "--runs", "timed", "--threads", "1").returncode == 0,
        "the timed run ends well")
    seconds = time.monotonic() - begun
    draw = random.Random(7)
    slowest, killed = 0.0, 0
    for number in range(kills):
        run = f"killed-{number}"
        ranks = draw.choice((2, 4))
        process = world.start(ranks, "train", "whole.json", "--runs", f"{run}", "--threads", "1")
        time.sleep(draw.uniform(0.3, 1.0) * seconds)
        numbers = world.processes(run)
        if len(numbers) == ranks:
            victim = draw.randrange(ranks)
            os.kill(numbers[victim], signal.SIGKILL)
            died = time.monotonic()
            process.communicate(timeout=60)
            slowest = max(slowest, time.monotonic() - died)
            expect(process.returncode != 0, f"a launcher tells that process {victim} was killed")
            killed += 1
        else:
            process.communicate(timeout=60)
        expect(not world.processes(run), "no process is left")
        folder = world.folder / run / "run"
        more = ["--resume"] if (folder / "last.safetensors").exists() else ["--restart"]
        result = world.run(
            draw.choice((0, 2, 4)), "train", "whole.json", "--runs", f"{run}", "--threads", "1", *more)
        expect(result.returncode == 0, f"{run} goes on", result)
        expect(world.models(run) == world.models("whole"), f"{run} has the bytes of the whole run", result)
        shutil.rmtree(folder.parent)
    expect(slowest < 5, f"all processes end within 5 s after one was killed, not {slowest:.1f}")
    return f"{killed} kills of one process: all others gone after {slowest:.1f} s at most, equal bytes after --resume"


def stops(world):
    """SIGTERM to the launcher saves; --resume goes on in another number of processes."""
    process = world.start(2, "train", "whole.json", "--runs", "stopped", "--threads", "1")
    for _ in range(200):
        time.sleep(0.05)
        if (world.folder / "stopped/run/last.safetensors").exists():
            break
    for number in world.processes("stopped"):
        os.kill(number, signal.SIGTERM)
    process.communicate(timeout=30)
    expect(process.returncode == 143, f"the exit code after SIGTERM is 143, not {process.returncode}")
    result = world.run(4, "train", "whole.json", "--runs", "stopped", "--resume", "--threads", "1")
    expect(result.returncode == 0, "a stopped run goes on", result)
    expect(world.models("stopped") == world.models("whole"), "a stopped run ends with the bytes of the whole", result)
    return "SIGTERM saves in all processes; equal bytes after --resume in twice as many"


def hangs(world):
    """A process that stands still is found, and named."""
    process = world.start(2, "train", "whole.json", "--runs", "hangs", "--threads", "1", "--timeout", "2")
    for _ in range(200):
        time.sleep(0.05)
        if (world.folder / "hangs/run/last.safetensors").exists():
            break
    numbers = world.processes("hangs")
    expect(len(numbers) == 2, "two processes train")
    os.kill(numbers[1], signal.SIGSTOP)
    stood = time.monotonic()
    try:
        _, errors = process.communicate(timeout=60)
    finally:
        for number in world.processes("hangs"):
            os.kill(number, signal.SIGKILL)
    seconds = time.monotonic() - stood
    expect(
        re.search(r"process 0 on \S+: process 1 on \S+ did not answer for 2 seconds", errors) is not None,
        "who stands still is named\n" + errors)
    return f"a process that stands still ends the job after {seconds:.1f} s (--timeout 2), and is named"


def misuse(world):
    """What is wrong is told once, with the process and its machine."""
    def told(result, pattern, code=1):
        expect(result.returncode == code, f"exit code {code}, not {result.returncode}", result)
        expect(re.search(pattern, result.stderr) is not None, f"'{pattern}' is told", result)
        expect(len(re.findall(pattern, result.stderr)) == 1, f"'{pattern}' is told once", result)

    world.write("other.json", configuration("gru", seed=2))
    mixed = ["-n", "1", world.dragoman, "train", "gru.json", "--runs", "misuse", ":",
             "-n", "1", world.dragoman, "train"]

    def two(*second):
        return subprocess.run(
            ["mpirun", *mixed, *second], cwd=world.folder, capture_output=True, text=True,
            env={**os.environ, **OPEN_MPI}, timeout=60)

    told(two("other.json", "--runs", "misuse"), r"has a configuration with training\.seed 2, but process 0 on")
    told(two("gru.json", "--runs", "misuse", "--set", 'data.train=["validation.tsv"]'),
         r"has a configuration with data\.train")
    told(two("missing.json"), r"process 1 on \S+: .*missing\.json")
    told(world.run(2, "train", "missing.json"), r"missing\.json: cannot")
    told(world.run(3, "train", "gru.json", "--runs", "misuse"), r"3 processes cannot share batches of 4 pieces")
    told(world.run(2, "train", "gru.json", "--nonsense"), r"no option '--nonsense'|--nonsense", 2)
    told(world.run(2, "inspect", "whole/run/best.safetensors"), r"is the work of one process")
    # Another build: one byte more.
    other = world.folder / "other-dragoman"
    shutil.copy(world.dragoman, other)
    with open(other, "ab") as file:
        file.write(b"\0")
    result = subprocess.run(
        ["mpirun", "-n", "1", world.dragoman, "train", "gru.json", "--runs", "misuse", ":",
         "-n", "1", str(other), "train", "gru.json", "--runs", "misuse"],
        cwd=world.folder, capture_output=True, text=True, env={**os.environ, **OPEN_MPI}, timeout=60)
    told(result, r"process 1 on \S+ has a program of checksum")
    other.unlink()
    # The same name, other content: as on machines whose folders are not shared.
    second = world.folder / "elsewhere"
    second.mkdir(exist_ok=True)
    for name in ("gru.json", "validation.tsv"):
        shutil.copy(world.folder / name, second / name)
    (second / "train.tsv").write_text("".join(lines(400, 3)))
    result = subprocess.run(
        ["mpirun", "-n", "1", world.dragoman, "train", "gru.json", "--runs", "misuse", ":",
         "-n", "1", "-wdir", str(second), world.dragoman, "train", "gru.json", "--runs", "misuse"],
        cwd=world.folder, capture_output=True, text=True, env={**os.environ, **OPEN_MPI}, timeout=60)
    told(result, r"process 1 on \S+ has data of checksum")
    return "9 kinds of misuse are told once, with the process and its machine"


def translations(world):
    """Lines of standard input and test pairs, shared; in order, and the figures of one process."""
    sources = [line.split("\t")[0] for line in lines(3001, 5)]
    text = "\n".join(sources) + "\n"

    def run(ranks, *arguments):
        return subprocess.run(
            world.command(ranks, arguments), cwd=world.folder, input=text, capture_output=True, text=True,
            env={**os.environ, **OPEN_MPI}, timeout=120)

    for options in ((), ("--json",), ("--n-best", "2", "--beam", "3"), ("--sample", "--alignment", "pharaoh")):
        command = ("translate", "--model", "gru-2-1/run", *options)
        one = run(0, *command)
        expect(one.returncode == 0 and one.stdout.count("\n") >= 3001, "one process translates", one)
        for ranks in (2, 3):
            several = run(ranks, *command)
            expect(several.returncode == 0, f"{ranks} processes translate", several)
            expect(several.stdout == one.stdout, f"{ranks} processes write what one does, {options}", several)
    command = ("evaluate", "--pairs", "validation.tsv", "--metrics", "bleu,chrf,exact", "gru-2-1/run")
    one, three = run(0, *command), run(3, *command)
    expect(one.returncode == 0 and one.stdout == three.stdout, "three processes evaluate as one does", three)
    refused = run(2, "translate", "--model", "gru-2-1/run", "--html", "page.html")
    expect(refused.returncode == 1 and "--html FILE is the work of one process" in refused.stderr, "--html is refused", refused)
    return "translate and evaluate of 3,001 lines: 1, 2 and 3 processes write the same"


def examples(world):
    """Captions and classes of pictures: figures of one process."""
    draw = random.Random(7)
    (world.folder / "pictures").mkdir()
    rows, pictures = [], [f"pictures/{number}.pgm" for number in range(41)]
    for number in range(41):
        isBright = number % 3 == 0
        pixels = [[draw.randint(0, 60) + (180 if isBright else 0) for _ in range(6)] for _ in range(4)]
        text = "\n".join(" ".join(map(str, line)) for line in pixels)
        (world.folder / f"pictures/{number}.pgm").write_text(f"P2\n6 4\n255\n{text}\n")
        rows.append(f"{number}.pgm\tit is {'bright' if isBright else 'dark'}\n")
    (world.folder / "pictures.tsv").write_text("".join(rows))
    encoder = {"kind": "convolutional", "stages": [{"channels": 4}]}
    data = {"train": ["pictures.tsv"], "validation": ["pictures.tsv"], "test": ["pictures.tsv"],
            "images": {"folder": "pictures"}}
    world.write("captions.json", {
        "name": "captions", "task": "captioning", "data": data, "tokenizer": {"kind": "word"},
        "model": {"embedding": 8, "encoder": encoder, "decoder": {"kind": "recurrent", "hidden": 8, "initialState": "mean"}},
        "training": {"epochs": 60, "pieces": 2, "batchTokens": 32, "optimizer": {"learningRate": 0.01}}})
    world.write("classes.json", {
        "name": "classes", "task": "classification", "data": data, "classifier": {"encoder": encoder},
        "training": {"epochs": 60, "pieces": 2, "batchImages": 8, "optimizer": {"learningRate": 0.01}}})
    for name in ("captions", "classes"):
        result = world.run(2, "train", f"{name}.json")
        expect(result.returncode == 0, f"two processes learn {name}", result)
        command = ("evaluate", f"runs/{name}", "--json")
        one, three = world.run(0, *command), world.run(3, *command)
        expect(one.returncode == 0 and one.stdout == three.stdout, f"three processes evaluate {name} as one does", three)
    # Another order of the parts would give other figures only where not all are told the same.
    told = set(world.run(0, "classify", "--model", "runs/classes", *pictures).stdout.split())
    expect({"bright", "dark"} <= told, "the classifier finds both classes")
    told = world.run(0, "caption", "--model", "runs/captions", *pictures).stdout
    expect("bright" in told and "dark" in told, "the captions tell of both")
    return "captions and classes of 41 pictures: 1 and 3 processes evaluate the same"


def reports(world):
    """doctor lists the processes; the log and the page tell what they did."""
    result = world.run(2, "doctor", "--json")
    expect(result.returncode == 0, "doctor is well", result)
    told = json.loads(result.stdout)
    expect(len(told["processes"]) == 2 and "MPI" in told["mpi"], "doctor tells of MPI and two processes", result)
    entries = [json.loads(line) for line in (world.folder / "gru-2-1/run/log.jsonl").read_text().splitlines()]
    ended = entries[-1]
    expect(ended["event"] == "ended" and len(ended["processes"]) == 2, "the log tells of two processes")
    expect(all(process["bytes"] > 0 for process in ended["processes"]), "both have sent something")
    expect(all(process["gradients"] > 0 and process["weights"] >= 0 for process in ended["processes"]),
           "the log tells what gradients and weights took")
    expect("process 1" in (world.folder / "gru-2-1/run/report.html").read_text(), "the report tells of process 1")
    return f"doctor: {told['mpi']}; log and report tell how long each process waited and what it sent"


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--dragoman", default=".build-mpi/release/dragoman")
    parser.add_argument("--kills", type=int, default=20, help="how many times one process is killed")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        world = World(options.dragoman, folder)
        checks = (equal_bytes, lambda world: resumes(world, options.kills), stops, hangs, misuse, translations, examples,
                  reports)
        for check in checks:
            begun = time.monotonic()
            print(f"ok   {check(world)} ({time.monotonic() - begun:.0f} s)", flush=True)


if __name__ == "__main__":
    main()
