#!/usr/bin/env python3
"""Trains random configurations of all families for two updates; none may trap, hang or come to what is no number.

    python3 Tests/Fuzz/configurations.py --dragoman .build/release/dragoman --seconds 60 --seed 1

Keys and values come from configs/schema.json, sizes small and rates sane; some go well beyond what anybody would set.
A configuration whose keys contradict each other has to be refused with code 1 and words; the keys that the message
names then give way, and it is tried again. What trains is translated with, classified or captioned as well.
"""

import argparse
import json
import os
import random
import re
import shutil
import struct
import subprocess
import sys
import tempfile
import time
import zlib

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
# Greatest values that stay small, by the last word of a key.
SMALL = {"embedding": 12, "hidden": 12, "layers": 3, "width": 12, "heads": 4, "inner": 16, "size": 12, "positions": 12,
         "maximumPositions": 9, "window": 5, "patch": 4, "channels": 8, "kernel": 3, "stride": 2, "padding": 2, "squeeze": 3,
         "groups": 2, "batchTokens": 90, "batchImages": 9, "accumulate": 3, "warmup": 1, "length": 9, "beam": 4,
         "maximumLength": 12, "minimumLength": 3, "noRepeat": 3, "topK": 4, "batch": 5, "keep": 2, "samples": 3, "logEvery": 2,
         "saveEvery": 2, "minimumFrequency": 2, "shift": 2, "patience": 3, "after": 2, "every": 2, "memory": 500}
# Values where the whole range would be unreasonable.
GIVEN = {"learningRate": [1e-4, 1e-3, 3e-3], "epsilon": [1e-8, 1e-6, 1e-5], "weightDecay": [0.01, 0.1], "beta2": [0.98, 0.999],
         "beta1": [0.8, 0.9], "momentum": [0.1, 0.9], "clipNorm": [0.5, 1, 5], "divergedAbove": [100], "temperature": [0.5, 1, 2],
         "vocabulary": [40, 300], "seed": [1, 2, 3], "doublyStochastic": [0, 0.5, 1], "crop": [0.5, 0.9, 1],
         "beamThreshold": [1, 5], "maximumRatio": [1.5, 3], "minimumRatio": [0, 0.5], "updates": [2], "epochs": [2]}
# What the generator states itself, or what has no place here.
LEFT = {"$schema", "name", "task", "preset", "data", "contextFeeding", "classWeights", "freeze", "validateEvery", "updates", "epochs",
        "memory", "metrics", "kind"}
# What the family of a configuration is, which does not give way.
KEPT = (".encoder", ".train", ".validation", ".updates", ".validateEvery", ".stages", ".encoder.kind", ".decoder.kind")


class Maker:
    """Random objects of a JSON schema."""

    def __init__(self, seed):
        self.random = random.Random(seed)

    def value(self, key, schema):
        draw = self.random
        if key in GIVEN:
            return draw.choice(GIVEN[key])
        for group in ("oneOf", "anyOf"):
            if group in schema:
                return self.value(key, draw.choice(schema[group]))
        if "const" in schema:
            return schema["const"]
        if "enum" in schema:
            return draw.choice(schema["enum"])
        kind = schema.get("type")
        if kind == "null":
            return None
        if kind == "boolean":
            return draw.random() < 0.5
        if kind == "object":
            return self.object(schema, 0.4)
        if kind == "array":
            return [self.value(key, schema["items"]) for _ in range(draw.randint(max(schema.get("minItems", 0), 1), 3))]
        if kind == "integer":
            return draw.randint(schema.get("minimum", 0), max(SMALL.get(key, 3), schema.get("minimum", 0)))
        if kind == "number":
            return draw.choice([schema.get("minimum", 0.05), 0.1, 0.3, 0.9])
        return "a"

    def object(self, schema, share, left=LEFT):
        result = {}
        for key, value in schema.get("properties", {}).items():
            if key == "kind" and "const" in value:
                result[key] = value["const"]
            elif key == "kind" and "enum" in value and self.random.random() < 0.7:
                result[key] = self.random.choice(value["enum"])
            elif key not in left and (self.random.random() < share or key in schema.get("required", [])):
                result[key] = self.value(key, value)
        return result


def png(pixels):
    """A grey or coloured PNG of rows of bytes, of 3 channels."""
    def chunk(kind, data):
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
    height, width = len(pixels), len(pixels[0]) // 3
    rows = b"".join(b"\0" + bytes(row) for row in pixels)
    return (b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0))
            + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b""))


def npy(rows):
    """An NPY of rows of floats."""
    header = f"{{'descr': '<f4', 'fortran_order': False, 'shape': ({len(rows)}, {len(rows[0])})}}".encode()
    header += b" " * (-(len(header) + 11) % 64) + b"\n"
    return (b"\x93NUMPY\x01\x00" + struct.pack("<H", len(header)) + header
            + b"".join(struct.pack(f"<{len(row)}f", *row) for row in rows))


def make_data(folder, draw):
    """Small corpora of every kind; gives them by what reads them."""
    def path(*parts):
        return os.path.join(folder, *parts)

    def letters():
        return [draw.choice("abcdefgh") for _ in range(draw.randint(2, 6))]

    for part, count in [("train", 40), ("validation", 8)]:
        with open(path(f"{part}.tsv"), "w") as file:
            for _ in range(count):
                line = letters()
                file.write(" ".join(line) + "\t" + " ".join(reversed(line)) + "\n")
        with open(path(f"{part}-classes.tsv"), "w") as file:
            for index in range(count):
                line = letters()
                file.write(" ".join(line) + "\t" + ["one", "two", "three"][index % 3] + "\n")
        os.makedirs(path("images"), exist_ok=True)
        with open(path(f"{part}-images.tsv"), "w") as classes, open(path(f"{part}-captions.tsv"), "w") as captions:
            for index in range(count):
                name = f"{part}-{index}.png"
                with open(path("images", name), "wb") as file:
                    file.write(png([[draw.randrange(256) for _ in range(3 * 8)] for _ in range(8)]))
                classes.write(f"images/{name}\t{['red', 'green', 'blue'][index % 3]}\n")
                captions.write(f"images/{name}\ta {['red', 'green', 'blue'][index % 3]} {draw.choice('xyz')}\n")
        with open(path(f"{part}-rows.tsv"), "w") as captions:
            for index in range(count):
                rows = draw.randint(1, 5)
                name = f"rows/{part}-{index}.npy"
                os.makedirs(path("rows"), exist_ok=True)
                with open(path(name), "wb") as file:
                    file.write(npy([[draw.gauss(0, 1) for _ in range(3)] for _ in range(rows)]))
                captions.write(f"{name}\ta {['red', 'green', 'blue'][index % 3]} {draw.choice('xyz')}\n")
        with open(path(f"{part}-features.safetensors"), "wb") as file:
            lengths = [draw.randint(1, 5) for _ in range(count)]
            rows = b"".join(struct.pack("<3f", *(draw.gauss(0, 1) for _ in range(3))) for _ in range(sum(lengths)))
            length = b"".join(struct.pack("<q", value) for value in lengths)
            labels = b"".join(struct.pack("<q", index % 3) for index in range(count))
            header, at = {"__metadata__": {"names": '["one","two","three"]'}}, 0
            for name, kind, shape, data in [("features", "F32", [sum(lengths), 3], rows), ("lengths", "I64", [count], length),
                                            ("labels", "I64", [count], labels)]:
                header[name] = {"dtype": kind, "shape": shape, "data_offsets": [at, at + len(data)]}
                at += len(data)
            text = json.dumps(header).encode()
            file.write(struct.pack("<Q", len(text)) + text + rows + length + labels)


def files(name):
    return {"train": [f"train{name}"], "validation": [f"validation{name}"]}


def make(maker, schema):
    """A configuration of a family that is drawn, and the family's name."""
    draw, properties = maker.random, schema["properties"]
    result = {"name": "run", "training": maker.object(properties["training"], 0.3)}
    result["training"].update(updates=2, epochs=None, validateEvery=draw.choice([1, 2]))
    result["training"].setdefault("optimizer", {})["learningRate"] = draw.choice(GIVEN["learningRate"])
    task = draw.choice(["translation"] * 3 + ["classification"] * 2 + ["captioning"])
    result["task"] = task
    key = "classifier" if task == "classification" else "model"
    encoders = {branch["title"]: branch for branch in properties[key]["properties"]["encoder"]["oneOf"]}
    choices = {"translation": ["recurrent", "transformer"], "captioning": ["vision", "convolutional", "features"],
               "classification": list(encoders)}[task]
    encoder = draw.choice(choices)
    architecture = maker.object(properties[key], 0.4)
    architecture["encoder"] = {"kind": encoder, **maker.object(encoders[encoder], 0.6)}
    # Widths that heads divide, most of the time.
    for side in ("encoder", "decoder"):
        part = architecture.get(side)
        if isinstance(part, dict) and "width" in part and draw.random() < 0.8:
            part["width"] = part.get("heads", 4) * draw.choice([1, 2, 3])
    if draw.random() < 0.5:
        architecture.setdefault("embedding", 8)
    result[key] = architecture
    family = f"{task}, {encoder}"
    if task == "translation":
        result["data"] = files(".tsv")
        result["tokenizer"] = maker.object(properties["tokenizer"], 0.4)
        result["decoding"] = maker.object(properties["decoding"], 0.3)
        result["training"]["metrics"] = draw.choice([["loss"], ["bleu", "loss"], ["chrf"]])
        family += " to " + architecture.get("decoder", {}).get("kind", "recurrent")
    elif encoder in ("vision", "convolutional"):
        result["data"] = files("-images.tsv" if task == "classification" else "-captions.tsv")
        if draw.random() < 0.5:
            result["data"]["images"] = {"augment": maker.object(
                properties["data"]["properties"]["images"]["properties"]["augment"], 0.5)}
    elif task == "captioning":
        result["data"] = files("-rows.tsv")
    elif encoder == "features" or draw.random() < 0.3:
        result["data"] = files("-features.safetensors")
        if encoder != "features":
            architecture["input"] = "features"
            family += " of features"
    else:
        result["data"] = files("-classes.tsv")
    return result, family


def without(configuration, message, draw):
    """Takes a key out of the configuration for each line of a message that names one; `False` if none can go."""
    removed = False
    for line in message.splitlines():
        paths = re.findall(r"(?<![\w.])((?:model|classifier|training|decoding|tokenizer|data)(?:\.\w+|\[\d+\])+)", line)
        # The first one counts for nothing; of several that contradict each other any may go.
        if "counts only if" not in line:
            draw.shuffle(paths)
        for path in paths:
            *places, last = re.findall(r"\w+", path)
            here = configuration
            for place in places:
                if isinstance(here, list):
                    here = here[int(place)] if place.isdigit() and int(place) < len(here) else None
                else:
                    here = here.get(place) if isinstance(here, dict) else None
            if path.endswith(KEPT):
                continue
            if isinstance(here, dict) and last in here:
                del here[last]
                removed = True
                break
    return removed


def main():
    arguments = argparse.ArgumentParser()
    arguments.add_argument("--dragoman", default=os.path.join(ROOT, ".build", "release", "dragoman"))
    arguments.add_argument("--seconds", type=float, default=60)
    arguments.add_argument("--seed", type=int, default=1)
    arguments.add_argument("--count", type=int, help="configurations, whatever time they take")
    options = arguments.parse_args()
    program = os.path.abspath(options.dragoman)
    with open(os.path.join(ROOT, "configs", "schema.json")) as file:
        schema = json.load(file)
    maker = Maker(options.seed)
    folder = tempfile.mkdtemp(prefix="dragoman-configurations-")
    make_data(folder, maker.random)
    trained, refused, gave_up, findings = {}, 0, 0, []
    end = time.time() + options.seconds
    drawn = 0

    def call(*words):
        try:
            return subprocess.run([program, *words], cwd=folder, capture_output=True, timeout=60, stdin=subprocess.DEVNULL)
        except subprocess.TimeoutExpired:
            return subprocess.CompletedProcess(words, 124, b"", b"60 s have passed")

    def find(configuration, done, what):
        name = os.path.join(ROOT, ".build-fuzz", "findings", f"configuration-{options.seed}-{len(findings)}.json")
        os.makedirs(os.path.dirname(name), exist_ok=True)
        with open(name, "w") as file:
            json.dump(configuration, file, indent=1)
        findings.append(name)
        print(f"FOUND {what}: code {done.returncode}: {done.stderr.decode(errors='replace').strip()[-400:]}\n  {name}", flush=True)

    try:
        while drawn < options.count if options.count else time.time() < end:
            drawn += 1
            configuration, family = make(maker, schema)
            for _ in range(12):
                with open(os.path.join(folder, "run.json"), "w") as file:
                    json.dump(configuration, file)
                done = call("train", "run.json", "--restart", "--quiet", "--threads", "1")
                message = done.stderr.decode(errors="replace")
                if done.returncode != 1 or re.search(r"not finite|diverged|nan|inf\b", message):
                    break
                refused += 1
                if not without(configuration, message, maker.random):
                    if os.environ.get("SHOW"):
                        print(family, message[:600], flush=True)
                    break
            if done.returncode == 1 and not re.search(r"not finite|diverged|nan|inf\b", message):
                gave_up += 1
                continue
            if done.returncode != 0:
                find(configuration, done, family)
                continue
            trained[family] = trained.get(family, 0) + 1
            example = {"translation": ("translate", "runs/run", "a b c"), "captioning": ("caption", "runs/run"),
                       "classification": ("classify", "runs/run")}[configuration["task"]]
            data = configuration["data"]["validation"][0]
            if "images" in data or "captions" in data:
                example += ("images/validation-0.png",)
            elif "rows" in data:
                example += ("rows/validation-0.npy",)
            elif "features" in data:
                example += (data,)
            elif configuration["task"] == "classification":
                example += ("a b c",)
            used = call(*example, "--threads", "1")
            if used.returncode != 0:
                find(configuration, used, f"{family}, {example[0]}")
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    print(f"\nseed {options.seed}: {sum(trained.values())} configurations trained, {refused} times one was refused in words, "
          f"{gave_up} could not be mended, {len(findings)} findings\n\n| family | trained |\n|---|---:|")
    for family, count in sorted(trained.items()):
        print(f"| {family} | {count} |")
    sys.exit(1 if findings else 0)


if __name__ == "__main__":
    main()
