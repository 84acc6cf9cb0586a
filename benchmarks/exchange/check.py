#!/usr/bin/env python3
"""Checks the exchange of models with PyTorch: check.py --dragoman .build/release/dragoman

Trains small models of each family, and compares what dragoman and PyTorch say of the same weights: the log-probability of every
token of some validation pairs. Three ways each: weights of dragoman in PyTorch, back again (the same file, byte for byte), and
weights that PyTorch went on training, in dragoman. Ends with 1 if a log-probability differs by more than 1e-4.
"""
import argparse
import json
import subprocess
import sys
import tempfile
from pathlib import Path

import torch

import from_torch
import to_torch
import torch_model

ROOT = Path(__file__).resolve().parents[2]
LIMIT = 1e-4
PAIRS = 24
STEPS = 5                       # of training in PyTorch


def recurrent(cell, score, **keys):
    """A model of two layers on each side, of the cell."""
    encoder = {"cell": cell, "hidden": 20, "layers": 2} | keys.pop("encoder", {})
    decoder = {"cell": cell, "hidden": 40, "layers": 2} | keys.pop("decoder", {})
    return {"embedding": 12, "encoder": encoder, "decoder": decoder, "attention": {"score": score} | keys.pop("attention", {})} | keys


def transformer(**keys):
    return {"kind": "transformer", "width": 24, "inner": 36, "layers": 2, "heads": 3} | keys


# Name, corpus, whether both sides share a vocabulary, and `model`.
MODELS = [
    ("bigru, additive, context", "phrasebook", False, recurrent("gru", "additive", attention={"size": 24, "coverage": True})),
    ("bigru, dot, no feeding", "reverse", False, recurrent("gru", "dot", decoder={"feeding": "none", "layers": 1})),
    ("lstm, general, layerwise", "reverse", False, recurrent(
        "lstm", "general", encoder={"bidirectional": False},
        decoder={"hidden": 20, "initialState": "layerwise", "bridge": False, "feeding": "none"})),
    ("bilstm, location, attentional, tied", "reverse", True, recurrent(
        "lstm", "location", decoder={"initialState": "top", "feeding": "attentional", "hidden": 12}, tied="all",
        attention={"positions": 64})),
    ("bigru, general, mean", "phrasebook", False, recurrent("gru", "general", decoder={"initialState": "mean"})),
    ("transformer", "phrasebook", False, {"embedding": 24, "encoder": transformer(), "decoder": transformer()}),
    ("transformer, after, gelu, tied", "reverse", True, {
        "embedding": 24, "encoder": transformer(normalization="after", activation="gelu"),
        "decoder": transformer(normalization="after", activation="silu", layers=3), "tied": "all"}),
    ("transformer, window, relu, linear input", "phrasebook", False, {
        "embedding": 10, "encoder": transformer(window=3), "decoder": transformer(window=4, normalizer="relu", width=36)}),
    ("transformer under lstm", "reverse", False, {
        "embedding": 24, "encoder": transformer(), "attention": {"score": "additive"},
        "decoder": {"cell": "lstm", "hidden": 28, "initialState": "mean"}}),
    ("bigru under transformer", "phrasebook", True, {
        "embedding": 24, "encoder": {"hidden": 20}, "decoder": transformer(), "tied": "languages"}),
]


class Check:
    """One model, trained in the folder `work`."""

    def __init__(self, dragoman, work, name, corpus, shared, model):
        self.dragoman, self.work = dragoman, work
        pair = ".en-fr" if corpus == "phrasebook" else ""
        self.text = ROOT / f"data/{corpus}/validation{pair}.tsv"
        configuration = {
            "name": "model", "data": {"train": [str(ROOT / f"data/{corpus}/train{pair}.tsv")], "validation": [str(self.text)]},
            "tokenizer": {"kind": "word", "shared": shared, "vocabulary": 400}, "model": model,
            "training": {"updates": 40, "batchTokens": 400, "optimizer": {"learningRate": 0.005}, "validateEvery": 40}}
        self.configuration = work / "model.json"
        self.configuration.write_text(json.dumps(configuration))
        self.call("train", "--config", self.configuration, "--runs", work, "--restart", "--quiet", "--no-report", "--no-tensorboard")
        self.model = work / "model/best.safetensors"
        lines = self.call("encode", "--config", self.configuration, "--validation").splitlines()[:PAIRS]
        pairs = [json.loads(line) for line in lines]
        self.batch = torch_model.batch([pair["source"] for pair in pairs], [pair["target"] for pair in pairs])
        self.lines = "".join(self.text.read_text().splitlines(keepends=True)[:PAIRS])

    def call(self, *words, text=None):
        done = subprocess.run([self.dragoman, *map(str, words)], capture_output=True, text=True, input=text)
        if done.returncode:
            raise RuntimeError(f"dragoman {words[0]}: {done.stderr}")
        return done.stdout

    def difference(self, model, module):
        """The greatest between the log-probabilities of a file and of a module, over all tokens."""
        scores = [json.loads(line) for line in
                  self.call("score", "--model", model, "--tokens", "--json", text=self.lines).splitlines()]
        with torch.no_grad():
            losses = torch_model.losses(module, self.batch)
        greatest = 0.0
        for score, row, count in zip(scores, losses, self.batch["tgt_len"], strict=True):
            theirs = torch.tensor(score["logProbabilities"])
            assert len(theirs) == count, f"{len(theirs)} tokens were scored, {count} are in the pair"
            greatest = max(greatest, (theirs + row[:count]).abs().max().item())
        return greatest

    def train(self, module):
        """Some steps of Adam on the pairs."""
        adam = torch.optim.Adam(module.parameters(), 0.01)
        for _ in range(STEPS):
            adam.zero_grad()
            loss = torch_model.losses(module, self.batch).sum() / self.batch["tgt_len"].sum()
            loss.backward()
            adam.step()

    def run(self):
        """Differences before and after training in PyTorch, and whether the way there and back gives the same bytes."""
        state, back, trained = self.work / "state.pt", self.work / "back.safetensors", self.work / "trained.safetensors"
        to_torch.convert(self.model, state)
        module = torch_model.load(self.model)
        module.load_state_dict(torch.load(state, weights_only=True))
        first = self.difference(self.model, module)
        from_torch.convert(state, self.model, back)
        same = back.read_bytes() == self.model.read_bytes()
        self.train(module)
        torch.save(module.state_dict(), state)
        from_torch.convert(state, self.model, trained)
        assert self.difference(self.model, module) > 0.01, "training changed nothing"
        second = self.difference(trained, module)
        self.call("inspect", trained)
        self.call("translate", "--model", trained, text=self.lines)
        return first, same, second


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--dragoman", type=Path, default=ROOT / ".build/release/dragoman")
    dragoman = parser.parse_args().dragoman.resolve()
    print("| model | log p, greatest difference | there and back | after training in PyTorch |\n|---|--:|---|--:|")
    torch.set_num_threads(1)                                # the models are tiny
    failed = False
    for name, corpus, shared, model in MODELS:
        with tempfile.TemporaryDirectory() as work:
            first, same, second = Check(dragoman, Path(work), name, corpus, shared, model).run()
        print(f"| {name} | {first:.1e} | {'the same bytes' if same else 'OTHER BYTES'} | {second:.1e} |", flush=True)
        failed |= not same or max(first, second) > LIMIT
    sys.exit(failed)


if __name__ == "__main__":
    main()
