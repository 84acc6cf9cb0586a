"""How fast several processes train beside one process with as many threads, on one machine.

    swift build -c release --traits MPI --scratch-path .build-mpi
    python3 benchmarks/processes.py --processes 2 --rounds 5

The model is benchmarks/bigru.json on words made by chance: 8,000 of them, 19 a sentence, so that all batches have one
shape. Each round trains one process with N threads, then N processes of one thread, for so many updates, and takes the
median of the target tokens a second that the log tells. The time line of an update is from the log, too: what each
process took for gradients, for sending and waiting, and for moving the weights. Needs Python and mpirun.

On Linux the loopback can stand for a network. Both directions share it, so 2 Gbit/s here stand for 1 Gbit/s each way. As
root:

    tc qdisc add dev lo root tbf rate 2gbit burst 1mb latency 50ms
    python3 benchmarks/processes.py --launcher "--mca btl tcp,self --mca btl_tcp_if_include lo"
    tc qdisc del dev lo root
"""

import argparse
import json
import os
import pathlib
import random
import statistics
import subprocess
import tempfile

ENVIRONMENT = {
    **os.environ, "OMPI_ALLOW_RUN_AS_ROOT": "1", "OMPI_ALLOW_RUN_AS_ROOT_CONFIRM": "1",
}


def corpus(path, pairs, seed):
    draw = random.Random(seed)
    with open(path, "w", encoding="ascii") as file:
        for _ in range(pairs):
            sides = [" ".join(f"w{draw.randrange(7996)}" for _ in range(19)) for _ in range(2)]
            file.write("\t".join(sides) + "\n")


def vocabulary(path):
    """Every word once, so that each vocabulary has 8,000 entries."""
    with open(path, "a", encoding="ascii") as file:
        for start in range(0, 7996, 19):
            words = [f"w{word % 7996}" for word in range(start, start + 19)]
            file.write(" ".join(words) + "\t" + " ".join(words) + "\n")


def train(folder, dragoman, processes, threads, pieces, updates, name, options=()):
    launcher = ["mpirun", "-n", str(processes), "--bind-to", "core", *options] if processes > 1 else []
    subprocess.run(
        [*launcher, dragoman, "train", "run.json", "--quiet", "--restart", "--no-report", "--no-tensorboard",
         "--threads", str(threads), "--set", f"training.pieces={pieces}", "--set", f"training.updates={updates}",
         "--runs", name],
        cwd=folder, env=ENVIRONMENT, check=True, stdout=subprocess.DEVNULL)
    entries = [json.loads(line) for line in (folder / name / "run" / "log.jsonl").read_text().splitlines()]
    speeds = [entry["tokensPerSecond"] for entry in entries if entry.get("tokensPerSecond")]
    ended = entries[-1]
    return statistics.median(speeds), ended["phases"]["updates"] / updates, ended.get("processes", []), entries[0]


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--dragoman", default=".build-mpi/release/dragoman")
    parser.add_argument("--processes", type=int, default=2)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--updates", type=int, default=12)
    parser.add_argument("--launcher", default="", help="further options of mpirun")
    parser.add_argument("--tokens", type=int, default=4096, help="target tokens of a batch")
    options = parser.parse_args()
    dragoman = str(pathlib.Path(options.dragoman).resolve())
    configuration = json.loads((pathlib.Path(__file__).parent / "bigru.json").read_text())
    configuration.pop("$schema")
    configuration["name"] = "run"
    configuration["data"] = {"train": ["train.tsv"], "validation": ["validation.tsv"]}
    configuration["tokenizer"] = {"kind": "word"}
    configuration["training"].update(epochs=None, patience=None, batchTokens=options.tokens, logEvery=3)
    ratios, speeds, parts = [], {"one": [], "several": []}, []
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        corpus(folder / "train.tsv", options.tokens // 20 * 40, 1)
        vocabulary(folder / "train.tsv")
        corpus(folder / "validation.tsv", 4, 2)
        (folder / "run.json").write_text(json.dumps(configuration))
        for number in range(options.rounds):
            one, _, _, beginning = train(folder, dragoman, 1, options.processes, 1, options.updates, "one")
            several, update, processes, _ = train(
                folder, dragoman, options.processes, 1, options.processes, options.updates, "several",
                options.launcher.split())
            speeds["one"].append(one)
            speeds["several"].append(several)
            ratios.append(several / one)
            parts.append((update, [{name: part[name] / options.updates for name in ("gradients", "weights", "seconds", "bytes")}
                                   for part in processes]))
            print(f"round {number + 1}: one process {one:,.0f} tokens/s, "
                  f"{options.processes} processes {several:,.0f}, ratio {several / one:.3f}", flush=True)
    print(f"parameters {beginning['parameters']:,}; median tokens/s: one process of {options.processes} threads "
          f"{statistics.median(speeds['one']):,.0f}, {options.processes} processes of one thread "
          f"{statistics.median(speeds['several']):,.0f}; median ratio {statistics.median(ratios):.3f}")
    update, processes = sorted(parts, key=lambda part: part[0])[len(parts) // 2]
    print(f"an update of {options.processes} processes: {1000 * update:.0f} ms")
    print("\n| process | gradients, ms | sending and waiting, ms | weights, ms | sent, MB |\n|--:|--:|--:|--:|--:|")
    for rank, part in enumerate(processes):
        print(f"| {rank} | {1000 * part['gradients']:.0f} | {1000 * part['seconds']:.0f} | {1000 * part['weights']:.0f} | "
              f"{part['bytes'] / 1e6:.1f} |")


if __name__ == "__main__":
    main()
