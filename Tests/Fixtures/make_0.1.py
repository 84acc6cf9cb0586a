"""Makes the model files of version 0.1 and what they translate: see README.md.

usage: python make_0.1.py PROGRAM    where PROGRAM is the `dragoman` of version 0.1

A file is only kept if its texts are telling: see `weigh`.
"""
import sys

sys.dont_write_bytecode = True

import json
import os
import shutil
import struct
import subprocess
import tempfile

from corpora import LINES, MAKERS, PAIRS, Numbers, write
from models import MODELS, PARENT, STOPPED

HERE = os.path.dirname(os.path.abspath(__file__))
FOLDER = os.path.join(HERE, "0.1")
TRAINING = {
    "epochs": None, "updates": 240, "batchTokens": 250, "validateEvery": 80, "patience": None,
    "optimizer": {"learningRate": 0.02},
}
DECODING = {"maximumLength": 16}
BEAM = 4


def run(program, arguments, lines=()):
    """What the program prints, in the current folder."""
    done = subprocess.run(
        [program, *arguments], input="".join(line + "\n" for line in lines), capture_output=True, text=True)
    if done.returncode != 0:
        sys.exit(f"dragoman {' '.join(arguments)}\n{done.stderr}")
    return done.stdout


def configuration(corpus, stated):
    return {
        "data": {"train": [f"{corpus}.train.tsv"], "validation": [f"{corpus}.validation.tsv"]}, **stated,
        "training": {**TRAINING, **stated["training"]}, "decoding": {**DECODING, **stated["decoding"]},
    }


def train(program, name, configuration, *arguments):
    """Trains in the current folder, so that the file knows its data by plain names."""
    with open(f"{name}.json", "w") as file:
        json.dump(configuration, file, indent=2)
    run(program, ["train", "--config", f"{name}.json", "--no-report", "--no-tensorboard", "--quiet", *arguments])
    return f"runs/{name}"


def objects(text):
    return [json.loads(line, parse_float=Number) for line in text.splitlines()]


class Number(str):
    """A number as it was printed."""


def serialized(value):
    if isinstance(value, Number):
        return str(value)
    if isinstance(value, list):
        return "[" + ", ".join(map(serialized, value)) + "]"
    if isinstance(value, dict):
        return "{ " + ", ".join(f'"{key}": {serialized(v)}' for key, v in value.items()) + " }"
    return json.dumps(value, ensure_ascii=False)


def kept(keys, found):
    return [{key: one[key] for key in keys.split()} for one in found]


def answers(program, path, corpus):
    """What a model makes of the lines and pairs of its corpus.

    Where it looked is stored of every other line, unless that would be long.
    """
    translate = ["translate", "--model", path, "--json"]
    greedy = run(program, translate + ["--beam", "1", "--attention"], LINES[corpus])
    beam = run(program, translate + ["--beam", f"{BEAM}", "--n-best", f"{BEAM}"], LINES[corpus])
    scores = run(program, ["score", "--model", path, "--json"], ["\t".join(pair) for pair in PAIRS[corpus]])
    greedy = kept(
        "source translation score logProbability cutOff sourceTokens targetTokens logProbabilities attention",
        objects(greedy))
    for place, one in enumerate(greedy):
        if place % 2 == 0 or len(one["sourceTokens"]) * len(one["targetTokens"]) > 450:
            del one["attention"]
    return {
        "greedy": greedy,
        "beam": kept("line rank translation score logProbability cutOff", objects(beam)),
        "scores": kept("source target logProbability tokens logProbabilities", objects(scores)),
    }


def texts(found):
    return ([one["translation"] for one in found["greedy"]],
            [(one["line"], one["translation"]) for one in found["beam"]])


def disturbed(path, seed):
    """The same model with each weight off by up to 2e-5 of itself, some hundred times what rounding makes of it."""
    with open(path, "rb") as file:
        data = file.read()
    length = struct.unpack("<Q", data[:8])[0]
    header = json.loads(data[8:8 + length])
    del header["__metadata__"]["dragoman.checksum"]
    count = (len(data) - 8 - length) // 4
    numbers = Numbers(seed)
    values = [
        value * (1 + 2e-5 * (numbers.below(2001) / 1000 - 1))
        for value in struct.unpack(f"<{count}f", data[8 + length:])]
    text = json.dumps(header).encode()
    text += b" " * (-len(text) % 8)
    with open("disturbed.safetensors", "wb") as file:
        file.write(struct.pack("<Q", len(text)) + text + struct.pack(f"<{count}f", *values))
    return "disturbed.safetensors"


def weigh(program, path, corpus, found):
    """Why a model proves too little, if it does.

    Different lines have different translations, most of them end by themselves, and no text, nor the order of a beam,
    hangs on a hair: another order of the same sums may not change it.
    """
    greedy = [one for one in found["greedy"] if one["source"]]
    if len({one["translation"] for one in greedy}) < len(greedy) - 1:
        return "it says the same to several lines"
    if sum(one["cutOff"] for one in greedy) > 2:
        return "it does not end"
    for seed in range(4):
        if texts(answers(program, disturbed(path, seed), corpus)) != texts(found):
            return "its texts hang on a hair"
    return None


def keep(program, name, corpus, make):
    """Makes a model with the first seed that gives a telling one, and stores it with its answers."""
    for seed in range(1, 30):
        path = make(seed)
        found = answers(program, path, corpus)
        reason = weigh(program, path, corpus, found)
        if reason is None:
            break
        print(f"{name}, seed {seed}: {reason}")
    else:
        sys.exit(f"{name}: no seed gives a telling model")
    shutil.copyfile(path, f"{FOLDER}/{name}.safetensors")
    parts = [
        f'  "{part}": [\n' + ",\n".join("    " + serialized(one) for one in ones) + "\n  ]"
        for part, ones in found.items()]
    with open(f"{FOLDER}/{name}.json", "w") as file:
        file.write("{\n" + ",\n".join(parts) + "\n}\n")
    size = os.path.getsize(f"{FOLDER}/{name}.safetensors")
    print(f"{name}, seed {seed}: {size:,} bytes;", " | ".join(one["translation"] for one in found["greedy"][:5]))


def main(program):
    if run(program, ["--version"]).split()[-1].split(".")[:2] != ["0", "1"]:
        sys.exit(f"{program} is not of version 0.1")

    def trained(name, corpus, stated, file="best", *arguments):
        """Makes a model by training."""
        def make(seed):
            settings = configuration(corpus, stated)
            settings["training"]["seed"] = seed
            return f"{train(program, name, settings, '--restart', *arguments)}/{file}.safetensors"
        return make

    def averaged(seed):
        """Makes the mean of the last checkpoints of `parent`."""
        parent = os.path.dirname(trained("parent", *PARENT)(seed))
        last = sorted(f"{parent}/{one}" for one in os.listdir(parent) if one.startswith("update-"))
        run(program, ["average", *last, "--output", "mean.safetensors"])
        return "mean.safetensors"

    def extended(seed):
        """Makes a model that goes on from `parent` with letters that it did not know."""
        settings = {"tokenizer": {"kind": "character"}, "training": {}, "decoding": {}}
        return trained(
            "gru-extended", "more-names", settings, "best", "--from", "runs/parent/best.safetensors",
            "--extend-vocabulary")(seed)

    shutil.rmtree(FOLDER, ignore_errors=True)
    os.makedirs(f"{FOLDER}/resumable")
    with tempfile.TemporaryDirectory() as folder:
        os.chdir(folder)
        for corpus in MAKERS:
            write(corpus, 220, 40, f"{corpus}.train.tsv", f"{corpus}.validation.tsv")
        for name, (corpus, stated) in MODELS.items():
            keep(program, name, corpus, trained(name, corpus, stated))
        keep(program, "gru-averaged", PARENT[0], averaged)
        keep(program, "gru-extended", "more-names", extended)
        # The run to resume has fewer pairs, since they are kept as well.
        write("sentences", 60, 20, "sentences.train.tsv", "sentences.validation.tsv")
        keep(program, "resumable", STOPPED[0], trained("resumable", *STOPPED, "last"))
        for file in ["resumable.json", "sentences.train.tsv", "sentences.validation.tsv"]:
            shutil.copy(file, f"{FOLDER}/resumable")
        run(program, ["train", "--config", "resumable.json", "--resume", "--set", "training.updates=310"])
        os.chdir(HERE)


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    main(os.path.abspath(sys.argv[1]))
