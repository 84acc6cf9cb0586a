#!/usr/bin/env python3
"""Times dragoman and its peers in turn, A B C A B C …, and writes a table. Start it with `make bench-peers`."""
import argparse
import datetime
import json
import os
import platform
import statistics
import subprocess
import sys
from pathlib import Path

import environment
import report
from dragoman import Dragoman
from machine import NOISY, processor
from specification import FOLDER, MODELS, step_operations, training_operations

HERE = Path(__file__).resolve().parent
ROOT = FOLDER.parent
TEXT_WARMUP = 20
BATCH_TOKENS = json.loads((FOLDER / "multi30k.json").read_text())["training"]["batchTokens"]


def arguments():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--models", default="tiny small bigru lstm", help="of models.json, with spaces between")
    parser.add_argument("--modes", default="train decode1 decode64 text gemm")
    parser.add_argument("--systems", default="", help="only these, as they are called in the table, with commas between")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--steps", type=int, default=12, help="steps timed in a round")
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--text", type=Path, default=os.environ.get("MULTI30K", ROOT / "data/multi30k"),
                        help="folder of train.en, train.de, val.en and val.de")
    parser.add_argument("--text-updates", type=int, default=0, help="updates on text in a round; 0 is an epoch")
    parser.add_argument("--noise", type=float, default=NOISY, help="cores of somebody else's work that void a sample")
    parser.add_argument("--repeats", type=int, default=3, help="attempts at an undisturbed sample; the last one is kept and marked")
    parser.add_argument("--environment", type=Path, default=ROOT / ".build/bench-peers/environment")
    parser.add_argument("--output", type=Path, default=ROOT / ".build/bench-peers")
    parser.add_argument("--dragoman", type=Path, default=ROOT / ".build/release/dragoman")
    return parser.parse_args()


class Driver:
    """Takes samples, repeats those that were disturbed, and keeps them all."""

    def __init__(self, options):
        self.options = options
        self.output = options.output.resolve()
        self.output.mkdir(parents=True, exist_ok=True)
        # Not resolved: a virtual environment is known by the path of its Python.
        self.python = environment.prepare(options.environment.absolute())
        self.libraries = environment.tunings(self.python)
        self.dragoman = Dragoman(options.dragoman.resolve(), options.threads)
        self.only = [name.strip() for name in options.systems.split(",") if name.strip()]
        self.skipped, self.samples = [], []
        self.log = open(self.output / "samples.jsonl", "w")
        missing = {"tcmalloc", "iomp", "fakeintel"} - set(self.libraries)
        if missing:
            self.skipped.append(f"{', '.join(sorted(missing))} (not found; tuned peers run without)")

    def tune(self, *names):
        """The options for those of the libraries that are there."""
        found = [name for name in names if name in self.libraries or name == "denormals"]
        return ["--tune", ",".join(found)] if found else []

    def script(self, name, *words):
        """A function that runs a peer's script and gives the sample it prints."""
        environment = dict(os.environ, TORCHINDUCTOR_CACHE_DIR=str(self.output / "inductor"))
        command = [str(self.python), str(HERE / name), "--threads", str(self.options.threads), *map(str, words)]

        def run():
            done = subprocess.run(command, capture_output=True, text=True, env=environment, timeout=1800)
            if done.returncode:
                raise RuntimeError(f"{' '.join(command)}\n{done.stderr[-2000:]}")
            return json.loads(done.stdout.strip().splitlines()[-1])
        return run

    def systems(self, mode, model):
        """Who is timed: name, whether its model is the same, and a function that takes a sample."""
        steps = ["--model", model, "--mode", mode, "--steps", self.options.steps]
        tuned = self.tune("tcmalloc", "iomp", "fakeintel", "denormals")
        train = mode == "train"
        plain, best = ("layers", "sdpa") if MODELS[model]["kind"] == "transformer" else ("cell", "manual")
        result = [
            ("dragoman", True, lambda: self.dragoman.sample(mode, model, self.options.steps)),
            ("pytorch", True, self.script("torch_peer.py", *steps, "--variant", plain if train else "")),
            ("pytorch tuned", True, self.script("torch_peer.py", *steps, "--variant", best if train else "", *tuned)),
            ("pytorch compiled", True, self.script("torch_peer.py", *steps, "--compile", *tuned)),
            ("jax", True, self.script("jax_peer.py", *steps, "--xla=--xla_cpu_enable_fast_math=true", *self.tune("tcmalloc"))),
        ]
        if train and best == "sdpa":
            # Which form of attention is faster depends on the machine, so both are timed.
            result[3:3] = [("pytorch tuned, bmm", True, self.script("torch_peer.py", *steps, "--variant", "bmm", *tuned))]
            result[5:5] = [("pytorch compiled, bmm", True, self.script("torch_peer.py", *steps, "--variant", "bmm", "--compile", *tuned))]
        if not train:
            result.insert(1, ("dragoman screened", True, lambda: self.dragoman.sample(mode, model, self.options.steps, screened=True)))
            result.insert(4, ("pytorch tuned, prepared", True, self.script("torch_peer.py", *steps, "--variant", "packed", *tuned)))
        for name, script, module in (("joeynmt", "joeynmt_peer.py", "joeynmt"), ("opennmt-py", "opennmt_peer.py", "onmt")):
            # The toolkits' twins are recurrent.
            if train and MODELS[model]["kind"] != "transformer" and environment.has(self.python, module):
                result.append((name, False, self.script(script, *steps, *tuned)))
        return result

    def text_systems(self, model, ids):
        updates = self.options.text_updates
        tuned = self.tune("tcmalloc", "iomp", "fakeintel", "denormals")
        common = ["--model", model, "--mode", "text", "--ids", ids, "--batch-tokens", BATCH_TOKENS, "--warmup", TEXT_WARMUP,
                  "--steps", updates]
        result = [
            ("dragoman", True, lambda: self.dragoman.train_on_text(model, self.options.text, updates, TEXT_WARMUP, self.output)),
            ("pytorch padded", True, self.script("torch_peer.py", *common, "--variant", "padded")),
        ]
        if MODELS[model]["kind"] == "transformer":
            return result + [("pytorch padded, tuned", True, self.script("torch_peer.py", *common, "--variant", "padded", *tuned)),
                             ("pytorch padded, tuned, bmm", True, self.script("torch_peer.py", *common, "--variant", "padded+bmm", *tuned))]
        return result + [("pytorch padded, tuned", True, self.script("torch_peer.py", *common, "--variant", "padded+manual", *tuned)),
                         ("pytorch packed, tuned", True, self.script("torch_peer.py", *common, "--variant", "packed", *tuned))]

    def product_systems(self):
        result = []
        for threads in (1, 2):
            words = ["--threads", threads]
            result += [
                ("dragoman", True, lambda threads=threads: self.dragoman.products(threads)),
                ("numpy (OpenBLAS)", True, self.script("gemm.py", "--library", "numpy", *words)),
                ("torch (MKL)", True, self.script("gemm.py", "--library", "mkl", *words, *self.tune("iomp", "fakeintel"))),
                ("torch (oneDNN)", True, self.script("gemm.py", "--library", "onednn", *words, *self.tune("iomp", "fakeintel"))),
            ]
        return result

    def rounds(self, title, systems):
        """All samples of one group of systems, in turn."""
        result = []
        failed = set()
        for number in range(self.options.rounds):
            for index, (system, same, take) in enumerate(systems):
                if index in failed or (self.only and system not in self.only):
                    continue
                try:
                    sample = self.undisturbed(take)
                except (RuntimeError, OSError, ValueError, subprocess.SubprocessError) as error:
                    print(f"{title}: {system} failed: {error}", file=sys.stderr)
                    self.skipped.append(f"{system}, {title} (failed)")
                    failed.add(index)
                    continue
                if sample is None:
                    failed.add(index)
                    self.skipped.append(f"{system}, {title} (cannot do that yet)")
                    continue
                sample |= {"system": system, "same_model": same, "round": number + 1}
                result.append(sample)
                print(json.dumps(sample), file=self.log, flush=True)
                rate = sample.get("tokens_per_second")
                print(f"{title}, round {number + 1}: {system}"
                      + (f" {rate:,.0f} tokens/s" if rate else "") + ("" if sample["quiet"] else " (disturbed)"),
                      file=sys.stderr, flush=True)
        self.samples += result
        return result

    def undisturbed(self, take):
        """A sample during which nobody else worked; the last of several attempts counts in any case."""
        for _ in range(self.options.repeats):
            sample = take()
            if sample is None:
                return None
            others = sample["other_cores_busy"]
            sample["quiet"] = others is None or others <= self.options.noise
            if sample["quiet"]:
                break
            print(f"  thrown away: others kept {others} cores busy", file=sys.stderr)
        return sample

    def group(self, mode, model, systems, operations):
        samples = self.rounds(f"{model} {mode}", systems)
        peaks = [sample["peak"] for sample in self.samples if sample.get("peak")]
        peak = statistics.median(peaks) if peaks else None
        return {"model": model, "mode": mode, "rows": report.rows(samples, operations, peak)}

    def text(self):
        """The groups of the real text: the Transformer if it was asked for, and bigru unless it is the only one."""
        if not (self.options.text / "train.en").exists():
            self.skipped.append(f"real text ({self.options.text}/train.en is missing; see --text)")
            return
        ids = self.output / "multi30k.ids.jsonl"
        self.dragoman.encode(self.options.text, ids)
        with open(ids) as file:
            lengths = [(len(pair["source"]), len(pair["target"])) for pair in map(json.loads, file)]
        names = self.options.models.split()
        for model in ["bigru"] * (names != ["transformer"]) + ["transformer"] * ("transformer" in names):
            operations = training_operations(MODELS[model], lengths) / sum(target for _, target in lengths)
            yield self.group("text", model, self.text_systems(model, ids), operations)

    def run(self):
        options = self.options
        modes, groups, products = options.modes.split(), [], []
        result = {"date": datetime.date.today().isoformat(), "machine": processor(), "threads": options.threads,
                  "rounds": options.rounds, "libraries": self.libraries}
        for model in options.models.split():
            specification = MODELS[model]
            tokens = specification["batch"] * specification["targetLength"]
            for mode in modes:
                if mode in ("train", "decode1", "decode64"):
                    operations = step_operations(specification) / tokens if mode == "train" else None
                    groups.append(self.group(mode, model, self.systems(mode, model), operations))
                    self.write(result, groups, products)
        if "text" in modes:
            for group in self.text():
                groups.append(group)
                self.write(result, groups, products)
        if "gemm" in modes:
            products = self.rounds("gemm", self.product_systems())
        return self.write(result, groups, products)

    def write(self, result, groups, products):
        """Writes what there is so far, so that an interrupted run is not lost."""
        versions = {"python": platform.python_version()}
        for sample in self.samples:
            versions[{"numpy": "numpy", "jax": "jax", "dragoman": "dragoman"}.get(sample["peer"], "torch")] = sample["version"]
        peaks = [sample["peak"] for sample in self.samples if sample.get("peak")]
        result |= {"versions": versions, "quiet": all(sample["quiet"] for sample in self.samples),
                   "peak": statistics.median(peaks) if peaks else None, "groups": groups,
                   "products": products, "skipped": self.skipped}
        (self.output / "results.json").write_text(json.dumps(result, indent=1) + "\n")
        (self.output / "results.md").write_text(report.document(result))
        return self.output / "results.md"


print(Driver(arguments()).run().read_text())
