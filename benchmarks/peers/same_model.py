#!/usr/bin/env python3
"""Checks that the peers' Transformer is dragoman's: same_model.py --dragoman .build/release/dragoman

Dragoman makes the model of transformer.json and trains a few updates. PyTorch, in each variant, and JAX take its weights and give
the loss of some pairs that are equally long. Ends with 1 where that is not dragoman's within 1e-3, or PyTorch and JAX, which
decode with caches of their own, write other tokens than PyTorch does without one.
"""
import argparse
import json
import subprocess
import sys
import tempfile
from collections import defaultdict
from pathlib import Path

import jax.numpy as jnp
import torch

import jax_models
import jax_transformer
import torch_models
import torch_transformer
from specification import BEGIN, FOLDER, MODELS

sys.path.append(str(FOLDER / "exchange"))

from model_file import ModelFile  # noqa: E402

LIMIT = 1e-3
STEPS = 12                      # of decoding
ROOT = FOLDER.parent
VALIDATION = ROOT / "data/phrasebook/validation.en-fr.tsv"


def trained(dragoman, work):
    """A model file, and pairs of ids with the line they come from, of the lengths that most pairs have."""
    def call(*words, text=None):
        return subprocess.run([dragoman, *map(str, words)], check=True, capture_output=True, text=True, input=text, cwd=ROOT).stdout
    options = ["--config", FOLDER / "transformer.json", "--set", "training.updates=4", "--set", "training.batchTokens=400",
               "--set", "tokenizer.shared=true"]        # the peers have one number of words for both sides
    call("train", *options, "--set", "name=model", "--runs", work, "--quiet", "--no-report", "--no-tensorboard")
    path, groups = work / "model/best.safetensors", defaultdict(list)
    for line, ids in zip(VALIDATION.read_text().splitlines(), call("encode", *options, "--validation").splitlines(), strict=True):
        pair = json.loads(ids)
        groups[len(pair["source"]), len(pair["target"])].append((line, pair))
    pairs = max(groups.values(), key=len)
    scores = call("score", "--model", path, "--json", text="".join(line + "\n" for line, _ in pairs))
    total = sum(json.loads(line)["logProbability"] for line in scores.splitlines())
    source, target = (torch.tensor([pair[side] for _, pair in pairs]).t().contiguous() for side in ("source", "target"))
    return ModelFile(path), source, target, -total / target.numel()


def greedy(network, source):
    """The tokens that PyTorch writes if it begins anew at each step."""
    tokens = torch.full((1, source.shape[1]), BEGIN)
    for _ in range(STEPS):
        best = network.output(network.features(source, tokens)[-1]).argmax(1)
        tokens = torch.cat([tokens, best[None]])
    return tokens[1:]


@torch.no_grad()
def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--dragoman", type=Path, default=ROOT / ".build/release/dragoman")
    dragoman = parser.parse_args().dragoman.resolve()
    torch.set_num_threads(1)                                # little work, perhaps beside others
    with tempfile.TemporaryDirectory() as work:
        file, source, target, loss = trained(dragoman, Path(work))
    # The vocabulary is what the text gives; all else is as in models.json.
    model = MODELS["transformer"] | {"vocabulary": len(file.tensors["output.bias"])}
    print(f"{target.shape[1]} pairs of {source.shape[0]} and {target.shape[0]} tokens; loss: dragoman {loss:.6f}")
    read = torch.cat([torch.full((1, target.shape[1]), BEGIN), target[:-1]])
    losses, written = {}, {}
    for variant in ("layers", "sdpa", "bmm"):
        network = torch_transformer.Transformer(model, variant)
        network.load_state_dict(file.tensors)
        if variant == "sdpa":
            anew = greedy(network, source)
            written["pytorch"] = network.greedy(source, STEPS)
            written["pytorch, prepared"] = network.greedy(source, STEPS, network.pack(source.shape[1]))
            written["pytorch, fixed shapes"] = network.greedy(source, STEPS, compiled=(network.memory, network.step))
        network = torch_transformer.Layers(network, model) if variant == "layers" else network
        losses[f"pytorch {variant}"] = torch_models.loss(network, network.features(source, read), target).item()
    weights = jax_transformer.from_state({name: tensor.numpy() for name, tensor in file.tensors.items()})
    ids = [jnp.asarray(x.numpy()) for x in (source, read, target)]
    losses["jax"] = float(jax_models.loss(model)(weights, *ids))
    written["jax"] = torch.tensor(jax_models.greedy(model)(weights, ids[0], STEPS).tolist())
    failed = False
    for name, value in losses.items():
        print(f"{name}: {value:.6f}, {abs(value - loss):.1e} away")
        failed |= abs(value - loss) > LIMIT
    for name, tokens in written.items():
        print(f"{name}: {(tokens == anew).float().mean().item():.1%} of {tokens.numel()} tokens as without a cache")
        failed |= not tokens.equal(anew)
    sys.exit(failed)


if __name__ == "__main__":
    main()
