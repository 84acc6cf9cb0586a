"""Training of a captioner over features: `dragoman train` and a twin in PyTorch in turn, in time and in memory.

    python3 benchmarks/peers/captioning.py --dragoman .build/release/dragoman --threads 1

A temporary folder gets 8,000 examples of [196, 512] random numbers in 16 bits, a safetensors of 1.6 GB, each with a
caption of 11 words of 8,000 drawn by chance, 12 tokens with the end. The model: word vectors of 256, an LSTM of 512
that also reads the context before, additive attention of 512, a gate on the context, both first states tanh(W h + b) of
the mean of the rows, the output layer on [s; c], the doubly stochastic term with λ = 1; batches of 64 captions,
float32, Adam, clipping to 1.

The twin is eager PyTorch: a loop over `nn.LSTMCell`, keys once a batch, output layer and loss once for all steps,
fused Adam. It reads the rows of a batch from the same file, mapped into memory, and normalises them, as Dragoman does;
both include that in their times. With the weights that Dragoman has just trained it also computes the loss of the
validation examples, which has to be Dragoman's. Preparation (Dragoman's checksum, means and deviations of all rows) and
warming up are not in the times, but in the memory.

Each row: the median of the rounds in target tokens a second, the least and the most, and the median of the peak of
resident memory. Pages of a mapped file count there; what a process held of its own at most follows, on Linux.

It needs numpy, torch and safetensors, and room for the file (--folder names another disk). BENCHMARK_WAIT is how many
seconds to wait for a quiet machine, 60 if not set.
"""
import argparse
import json
import os
import pathlib
import random
import statistics
import subprocess
import sys
import tempfile
import threading
import time

import machine

ROWS, WIDTH, WORDS, LENGTH, BATCH = 196, 512, 8000, 12, 64      # LENGTH counts the end of a caption
EMBEDDING, HIDDEN, ATTENTION = 256, 512, 512
WARM, EVERY, VALIDATED = 10, 5, 64                              # updates, updates of a log entry, examples
NEAR = 1e-3                                                     # how far the two validation losses may differ


def options():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--dragoman", default=".build/release/dragoman", type=pathlib.Path)
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--steps", type=int, default=40, help=f"updates that are timed, in entries of {EVERY}")
    parser.add_argument("--examples", type=int, default=8000, help=f"a multiple of {BATCH}, so that batches are full")
    parser.add_argument("--folder", type=pathlib.Path, help="where the temporary folder is made")
    parser.add_argument("--caption", action="store_true", help="also the memory of `dragoman caption` over the file")
    parser.add_argument("--torch", help=argparse.SUPPRESS)      # the folder, in the process of the twin
    arguments = parser.parse_args()
    if arguments.rounds < 1 or any(x < y or x % y for x, y in ((arguments.steps, EVERY), (arguments.examples, BATCH))):
        parser.error(f"--rounds is at least 1, --steps a multiple of {EVERY}, --examples of {BATCH}")
    return arguments


# The data

def write_features(path, examples, seed):
    """A safetensors of random features, a few examples at a time."""
    import numpy

    generator = numpy.random.default_rng(seed)
    header = json.dumps({"features": {"dtype": "F16", "shape": [examples, ROWS, WIDTH],
                                      "data_offsets": [0, examples * ROWS * WIDTH * 2]}}).encode()
    header += b" " * (-len(header) % 8)
    with open(path, "wb") as file:
        file.write(len(header).to_bytes(8, "little") + header)
        for start in range(0, examples, 100):
            shape = min(100, examples - start), ROWS, WIDTH
            file.write(generator.standard_normal(shape, dtype=numpy.float32).astype(numpy.float16).tobytes())


def write_data(folder, arguments):
    """Features, captions and Dragoman's configuration."""
    for seed, (part, examples) in enumerate([("train", arguments.examples), ("validation", VALIDATED)]):
        write_features(folder / f"{part}.safetensors", examples, seed)
        draw = random.Random(seed)
        with open(folder / f"{part}.txt", "w", encoding="utf-8") as file:
            for _ in range(examples):
                file.write(" ".join(f"w{draw.randrange(WORDS)}" for _ in range(LENGTH - 1)) + "\n")
    pairs = {part: [{"source": str(folder / f"{part}.safetensors"), "target": str(folder / f"{part}.txt")}]
             for part in ("train", "validation")}
    (folder / "model.json").write_text(json.dumps({
        "task": "captioning", "data": pairs, "tokenizer": {"kind": "word", "vocabulary": WORDS + 3},
        "model": {"embedding": EMBEDDING, "encoder": {"kind": "features"}, "dropout": 0,
                  "decoder": {"cell": "lstm", "hidden": HIDDEN},
                  "attention": {"size": ATTENTION, "gate": True, "doublyStochastic": 1}},
        "training": {"updates": WARM + arguments.steps, "epochs": None, "batchTokens": BATCH * LENGTH,
                     "logEvery": EVERY, "validateEvery": 10 ** 6, "patience": None, "samples": 0}}))


# Processes and their memory

def own_memory(process):
    """The memory that a process holds besides pages of files, in megabytes, or 0 where the system does not tell."""
    try:
        for line in open(f"/proc/{process}/status"):
            if line.startswith("RssAnon"):
                return int(line.split()[1]) / 1024
    except OSError:
        pass
    return 0


def measured(command, output):
    """Runs a command and returns the megabytes it held at most: all of them, and without the pages of files."""
    with open(output, "w") as file:
        process = subprocess.Popen([str(part) for part in command], stdout=file, stderr=subprocess.STDOUT)
    own, done = [0.0], threading.Event()

    def watch():
        while not done.wait(0.05):
            own[0] = max(own[0], own_memory(process.pid))

    watcher = threading.Thread(target=watch)
    watcher.start()
    # wait4 tells of this process alone, where RUSAGE_CHILDREN has the largest child so far.
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    done.set()
    watcher.join()
    if process.returncode:
        sys.exit(f"{command[0]} ended with {process.returncode}:\n" + pathlib.Path(output).read_text()[-2000:])
    return machine.peak_megabytes(usage), own[0]


def dragoman(folder, arguments):
    """A run of `dragoman train`: tokens a second, megabytes, and what the twin has to match."""
    memory = measured([arguments.dragoman.resolve(), "train", folder / "model.json", "--runs", folder / "runs",
                       "--restart", "--no-report", "--no-tensorboard", "--quiet", "--threads", arguments.threads],
                      folder / "dragoman.txt")
    log = [json.loads(line) for line in open(folder / "runs" / "model" / "log.jsonl", encoding="utf-8")]
    updates = [entry for entry in log if entry["event"] == "updated"]
    first = next(entry for entry in updates if entry["update"] == WARM)
    tokens = updates[-1]["targetTokens"] - first["targetTokens"]
    return {"speed": tokens / (updates[-1]["seconds"] - first["seconds"]), "memory": memory,
            "tokens": tokens / arguments.steps, "parameters": log[0]["parameters"],
            "instructions": log[0]["instructions"], "loss": updates[-1]["loss"], "penalty": updates[-1]["penalty"],
            "validation": next(entry["loss"] for entry in log if entry["event"] == "validated")}


def twin(folder, arguments):
    memory = measured([sys.executable, __file__, "--torch", folder, "--threads", arguments.threads, "--steps",
                       arguments.steps, "--examples", arguments.examples], folder / "torch.txt")
    return json.loads((folder / "torch.txt").read_text().splitlines()[-1]) | {"memory": memory}


# The twin

def train_twin(arguments):
    """Trains in PyTorch and prints what `dragoman` returns, as JSON; for a process of its own."""
    import torch
    import torch.nn.functional as F
    from safetensors import safe_open
    from torch import nn

    torch.set_num_threads(arguments.threads)
    torch.manual_seed(1)
    folder = pathlib.Path(arguments.torch)
    model = folder / "runs" / "model" / "best.safetensors"

    # Numbers of words as Dragoman has them.
    with safe_open(model, "pt") as file:
        facts = file.metadata()
        weights = {name: file.get_tensor(name) for name in file.keys()}
    tokens = vocabulary(facts["dragoman.target"])
    begin, end, count = tokens["<s>"], tokens["</s>"], len(tokens)

    def captions(part):
        """What the decoder reads and what it has to write, `[N, T]` each."""
        lines = (folder / f"{part}.txt").read_text(encoding="utf-8").splitlines()
        ids = torch.tensor([[tokens.get(word, tokens["<unk>"]) for word in line.split()] for line in lines])
        read = torch.cat([torch.full_like(ids[:, :1], begin), ids], 1)
        return read, torch.cat([ids, torch.full_like(ids[:, :1], end)], 1)

    class Captioner(nn.Module):
        def __init__(self):
            super().__init__()
            self.embedding = nn.Embedding(count, EMBEDDING)
            self.cell = nn.LSTMCell(EMBEDDING + WIDTH, HIDDEN)
            self.first, self.memory = nn.Linear(WIDTH, HIDDEN), nn.Linear(WIDTH, HIDDEN)
            self.query = nn.Linear(HIDDEN, ATTENTION, bias=False)
            self.key = nn.Linear(WIDTH, ATTENTION, bias=False)
            self.vector = nn.Parameter(torch.empty(ATTENTION).uniform_(-0.1, 0.1))
            self.gate = nn.Linear(HIDDEN, 1)
            self.output = nn.Linear(HIDDEN + WIDTH, count)

        def forward(self, rows, read, write):
            """The sums of the losses and of Σᵢ (1 − Σ_t α_tᵢ)² over the captions."""
            keys, mean = self.key(rows), rows.mean(1)
            h, c = torch.tanh(self.first(mean)), torch.tanh(self.memory(mean))
            context, looked, features = torch.zeros_like(rows[:, 0]), 0, []
            for x in self.embedding(read).unbind(1):
                h, c = self.cell(torch.cat([x, context], 1), (h, c))
                scores = torch.matmul(torch.tanh(keys + self.query(h).unsqueeze(1)), self.vector)
                weights = torch.softmax(scores, 1)
                context = torch.bmm(weights.unsqueeze(1), rows).squeeze(1) * torch.sigmoid(self.gate(h))
                looked = looked + weights
                features.append(torch.cat([h, context], 1))
            logits = self.output(torch.stack(features, 1).flatten(0, 1))
            return F.cross_entropy(logits, write.flatten(), reduction="sum"), ((1 - looked) ** 2).sum()

    def load(network, weights):
        """Puts the weights of Dragoman's model into the network."""
        names = {"embedding.weight": "decoder.embedding", "cell.weight_ih": "decoder.0.inputWeight",
                 "cell.weight_hh": "decoder.0.recurrentWeight", "cell.bias_ih": "decoder.0.inputBias",
                 "cell.bias_hh": "decoder.0.recurrentBias", "first.weight": "bridge.0.hidden.weight",
                 "first.bias": "bridge.0.hidden.bias", "memory.weight": "bridge.0.cell.weight",
                 "memory.bias": "bridge.0.cell.bias", "query.weight": "attention.queryWeight",
                 "key.weight": "attention.keyWeight", "vector": "attention.vector",
                 "gate.weight": "attention.gate.weight", "gate.bias": "attention.gate.bias",
                 "output.weight": "output.weight", "output.bias": "output.bias"}
        network.load_state_dict({own: weights[name] for own, name in names.items()})

    # The same normalisation as Dragoman's, whose means and deviations the configuration in the model file has.
    stated = json.loads(facts["dragoman.configuration"])["data"]["features"]
    mean, scale = torch.tensor(stated["mean"]), 1 / torch.tensor(stated["deviation"])

    def rows(part, chosen):
        """The rows of some examples, `[B, R, d]`, read from the mapped file."""
        return (torch.cat([part[i:i + 1] for i in chosen]).float() - mean) * scale

    network = Captioner()
    initial = {name: value.clone() for name, value in network.state_dict().items()}
    load(network, weights)
    with safe_open(folder / "validation.safetensors", "pt") as file, torch.no_grad():
        read, write = captions("validation")
        loss, _ = network(rows(file.get_slice("features"), range(len(read))), read, write)
        validation = loss.item() / write.numel()
    network.load_state_dict(initial)

    read, write = captions("train")
    update = torch.optim.Adam(network.parameters(), lr=0.001, fused=True)
    order, start, seen = [], None, 0
    with safe_open(folder / "train.safetensors", "pt") as file:
        features = file.get_slice("features")
        for step in range(WARM + arguments.steps):
            if step == WARM:
                start = time.perf_counter()
            if len(order) < BATCH:
                order = torch.randperm(len(read)).tolist()
            chosen, order = order[:BATCH], order[BATCH:]
            loss, penalty = network(rows(features, chosen), read[chosen], write[chosen])
            update.zero_grad(set_to_none=True)
            ((loss + penalty) / write[chosen].numel()).backward()
            nn.utils.clip_grad_norm_(network.parameters(), 1, foreach=True)
            update.step()
            seen += write[chosen].numel() if start else 0
            last = loss.item() / write[chosen].numel(), penalty.item() / write[chosen].numel()
    print(json.dumps({"speed": seen / (time.perf_counter() - start), "tokens": seen / arguments.steps,
                      "loss": last[0], "penalty": last[1], "validation": validation,
                      "parameters": sum(p.numel() for p in network.parameters()), "version": torch.__version__}))


def vocabulary(text):
    """The number of each token in the vocabulary of a model file."""
    return {token: number for number, token in enumerate(json.loads(text)["vocabulary"])}


# The comparison

def row(name, rounds):
    speeds = [found["speed"] for found in rounds]
    peak, own = (statistics.median(found["memory"][part] for found in rounds) for part in (0, 1))
    return (f"| {name} | {statistics.median(speeds):.0f} | {min(speeds):.0f} to {max(speeds):.0f} | {peak:.0f} | "
            f"{own:.0f} |")


def main(arguments):
    with tempfile.TemporaryDirectory(dir=arguments.folder) as name:
        folder = pathlib.Path(name)
        write_data(folder, arguments)
        ours, theirs, disturbed = [], [], 0.0
        for number in range(arguments.rounds):
            for run, found in ((dragoman, ours), (twin, theirs)):
                machine.wait_until_quiet()
                watch = machine.Watch(own=machine.children_seconds)
                found.append(run(folder, arguments))
                disturbed = max(disturbed, watch.others() or 0)
            for key, limit in (("parameters", 0), ("tokens", 0), ("validation", NEAR)):
                if abs(ours[-1][key] - theirs[-1][key]) > limit:
                    sys.exit(f"{key} of Dragoman {ours[-1][key]}, of the twin {theirs[-1][key]}: not the same work")
        processor = machine.processor()
        print(f"{processor['name']}, {arguments.threads} threads, {ours[0]['instructions']}, torch "
              f"{theirs[0]['version']}, {ours[0]['parameters']:,} parameters, {arguments.examples:,} examples, "
              f"{ours[0]['tokens']:.0f} tokens a batch, {arguments.steps} updates, {arguments.rounds} rounds")
        print(f"validation loss of Dragoman's model: {ours[0]['validation']:.6f}, by the twin "
              f"{theirs[0]['validation']:.6f}; losses and terms at the end {ours[0]['loss']:.3f} and "
              f"{ours[0]['penalty']:.3f}, {theirs[0]['loss']:.3f} and {theirs[0]['penalty']:.3f}")
        if disturbed > machine.NOISY:
            print(f"(!) others kept {disturbed} cores busy meanwhile")
        print("\n| | tokens/s | | peak MB | without files, MB |\n|---|--:|---|--:|--:|")
        print(row("dragoman", ours))
        print(row("pytorch", theirs))
        middle = [statistics.median(found["speed"] for found in rounds) for rounds in (ours, theirs)]
        print(f"\nDragoman is × {middle[0] / middle[1]:.2f}")
        if arguments.caption:
            peak, own = measured([arguments.dragoman.resolve(), "caption", "--quiet", "--threads", arguments.threads,
                                  "--maximum-length", LENGTH, folder / "runs" / "model", folder / "train.safetensors"],
                                 folder / "caption.txt")
            print(f"dragoman caption of {arguments.examples:,} examples: {peak:.0f} MB, without files {own:.0f} MB")


if __name__ == "__main__":
    given = options()
    train_twin(given) if given.torch else main(given)
