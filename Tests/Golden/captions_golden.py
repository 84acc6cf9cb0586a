"""Captions/*.json: models that write about images or rows of features, whole, forward and backward, in float64.

`python captions_golden.py` makes what is missing in `Captions/` and compares what is there, number by number, to 1e-12. `config` is the
object `model` of a configuration, and the parameters have our names. Captions are ragged, the gate on the context and the doubly
stochastic term are on (Xu et al. 2015), and the first state is made of the mean of the regions. A file is only written after two
implementations agree to 1e-12 on losses, weights, gates and every gradient (one in torch.nn over padded batches, one of the equations
spelled out example by example and step by step) and finite differences (torch.autograd.gradcheck) agree with the gradients.
"""
import json
import pathlib
import sys

import torch
import torch.nn.functional as F

import equations
import vision_equations as spelled
from vision_golden import difference, tensor

FOLDER = pathlib.Path(__file__).parent / "Captions"
B, HEIGHT, WIDTH, CHANNELS, SIZE = 3, 6, 8, 2, 6
REGIONS = (4, 1, 6)
VOCABULARY, BEGIN, EMBEDDING, ATTENTION = 9, 1, 4, 3
CAPTIONS = ((4, 3, 6, 2), (5, 3, 7, 8, 3, 2), (2,))
IMAGES = {"kind": "convolutional", "batchNormalization": False, "stages": [
    {"channels": 3, "activation": "silu", "pool": "maximum"}, {"channels": SIZE, "kernel": 1, "activation": "none"}]}
FEATURES = {"kind": "features", "size": SIZE}
CONFIGURATIONS = {
    "images_additive": (IMAGES, {"cell": "lstm", "hidden": 5, "feeding": "context"}, {"score": "additive", "size": ATTENTION}),
    "images_location": (IMAGES, {"cell": "lstm", "hidden": 5, "feeding": "none"}, {"score": "location", "positions": 12}),
    "features_general": (FEATURES, {"cell": "gru", "hidden": SIZE, "feeding": "none", "bridge": False}, {"score": "general"}),
    "features_dot": (FEATURES, {"cell": "gru", "hidden": SIZE, "feeding": "attentional"}, {"score": "dot"}),
}


def configuration(encoder, decoder, attention):
    """The object `model`."""
    return {"embedding": EMBEDDING, "encoder": encoder,
            "decoder": {"kind": "recurrent", "initialState": "mean"} | decoder,
            "attention": attention | {"gate": True, "doublyStochastic": 0.7}, "dropout": 0}


def shapes(config):
    """Names and shapes of all parameters."""
    decoder, score, result = config["decoder"], config["attention"]["score"], {}
    hidden, gates = decoder["hidden"], {"gru": 3, "lstm": 4}[decoder["cell"]]
    if config["encoder"]["kind"] == "convolutional":
        inputs = CHANNELS
        for k, stage in enumerate(config["encoder"]["stages"]):
            name = f"encoder.stage.{k}.convolution."
            result |= {f"{name}weight": (stage["channels"], stage.get("kernel", 3) ** 2 * inputs),
                       f"{name}bias": (stage["channels"],)}
            inputs = stage["channels"]
    if decoder.get("bridge", True):
        for part in ("hidden", "cell")[:1 + (decoder["cell"] == "lstm")]:
            result |= {f"bridge.0.{part}.weight": (hidden, SIZE), f"bridge.0.{part}.bias": (hidden,)}
    fed = {"none": 0, "context": SIZE, "attentional": hidden}[decoder["feeding"]]
    result |= {"decoder.embedding": (VOCABULARY, EMBEDDING),
               "decoder.0.inputWeight": (gates * hidden, EMBEDDING + fed), "decoder.0.recurrentWeight": (gates * hidden, hidden),
               "decoder.0.inputBias": (gates * hidden,), "decoder.0.recurrentBias": (gates * hidden,)}
    result |= {"additive": {"attention.queryWeight": (ATTENTION, hidden), "attention.keyWeight": (ATTENTION, SIZE),
                            "attention.vector": (ATTENTION,)},
               "general": {"attention.weight": (hidden, SIZE)}, "dot": {},
               "location": {"attention.weight": (config["attention"].get("positions"), hidden)}}[score]
    result |= {"attention.gate.weight": (1, hidden), "attention.gate.bias": (1,)}
    read = hidden + SIZE
    if decoder["feeding"] == "attentional":
        result |= {"attentional.weight": (hidden, read), "attentional.bias": (hidden,)}
        read = hidden
    return result | {"output.weight": (VOCABULARY, read), "output.bias": (VOCABULARY,)}


class Library:
    """With torch.nn, all examples at a time, padded."""

    def __init__(self, config, p):
        self.config, self.p = config, p

    def regions(self, inputs):
        """The memory, [B, S, D], and which of it is there."""
        if self.config["encoder"]["kind"] == "features":
            lists = inputs["features"].split(REGIONS)
            mask = torch.arange(max(REGIONS)) < torch.tensor(REGIONS)[:, None]
            return torch.nn.utils.rnn.pad_sequence(lists, batch_first=True), mask
        x = inputs["images"].permute(0, 3, 1, 2)
        for k, stage in enumerate(self.config["encoder"]["stages"]):
            name, side = f"encoder.stage.{k}.convolution.", stage.get("kernel", 3)
            weight = self.p[f"{name}weight"].unflatten(1, (side, side, -1)).permute(0, 3, 1, 2)
            x = F.conv2d(x, weight, self.p[f"{name}bias"], padding=side // 2)
            x = F.silu(x) if stage["activation"] == "silu" else x
            x = F.max_pool2d(x, 2) if "pool" in stage else x
        memory = x.flatten(2).transpose(1, 2)
        return memory, torch.ones(memory.shape[:2], dtype=torch.bool)

    def scores(self, h, memory):
        p, kind = self.p, self.config["attention"]["score"]
        if kind == "additive":
            keys = F.linear(memory, p["attention.keyWeight"])
            return torch.tanh(F.linear(h, p["attention.queryWeight"])[:, None] + keys) @ p["attention.vector"]
        if kind == "location":
            return F.linear(h, p["attention.weight"])[:, :memory.shape[1]]
        query = h @ p["attention.weight"] if kind == "general" else h
        return torch.bmm(memory, query[:, :, None])[:, :, 0]

    def run(self, inputs):
        p, decoder = self.p, self.config["decoder"]
        memory, mask = self.regions(inputs)
        mean = memory.sum(1) / mask.sum(1, keepdim=True)
        isLSTM = decoder["cell"] == "lstm"
        start = [mean] * (1 + isLSTM)
        if decoder.get("bridge", True):
            start = [torch.tanh(F.linear(m, p[f"bridge.0.{n}.weight"], p[f"bridge.0.{n}.bias"]))
                     for m, n in zip(start, ("hidden", "cell"))]
        state = tuple(start)
        kind = torch.nn.LSTMCell if isLSTM else torch.nn.GRUCell
        names = {"weight_ih": "inputWeight", "weight_hh": "recurrentWeight", "bias_ih": "inputBias", "bias_hh": "recurrentBias"}
        weights = {theirs: p[f"decoder.0.{ours}"] for theirs, ours in names.items()}
        cell = kind(weights["weight_ih"].shape[1], decoder["hidden"])
        targets = torch.nn.utils.rnn.pad_sequence([torch.tensor(c) for c in CAPTIONS], batch_first=True)
        there = torch.arange(targets.shape[1]) < torch.tensor([len(c) for c in CAPTIONS])[:, None]
        words = F.embedding(F.pad(targets[:, :-1], (1, 0), value=BEGIN), p["decoder.embedding"])
        fed = mean.new_zeros(B, {"none": 0, "context": SIZE, "attentional": decoder["hidden"]}[decoder["feeding"]])
        losses, alphas, betas = [], [], []
        for t in range(targets.shape[1]):
            out = torch.func.functional_call(cell, weights, (torch.cat([words[:, t], fed], 1), state if isLSTM else state[0]))
            state = out if isLSTM else (out,)
            h = state[0]
            alpha = self.scores(h, memory).masked_fill(~mask, -torch.inf).softmax(1)
            beta = torch.sigmoid(F.linear(h, p["attention.gate.weight"], p["attention.gate.bias"]))
            context = beta * torch.bmm(alpha[:, None], memory)[:, 0]
            read = torch.cat([h, context], 1)
            if decoder["feeding"] == "attentional":
                read = torch.tanh(F.linear(read, p["attentional.weight"], p["attentional.bias"]))
            fed = {"none": fed, "context": context, "attentional": read}[decoder["feeding"]]
            losses.append(F.cross_entropy(F.linear(read, p["output.weight"], p["output.bias"]), targets[:, t], reduction="none"))
            alphas.append(alpha)
            betas.append(beta[:, 0])
        losses, alphas, betas = (torch.stack(x, 1) for x in (losses, alphas, betas))
        sums = (alphas * there[:, :, None]).sum(1)
        term = self.config["attention"]["doublyStochastic"] * ((1 - sums) ** 2)[mask].sum()
        return losses[there], alphas[there], betas[there], term


class Spelled:
    """Example by example and step by step."""

    def __init__(self, config, p):
        self.config, self.p = config, p
        names = {"queryWeight": "W1", "keyWeight": "W2", "vector": "v", "weight": "W"}
        self.scorer = {f"attn.{short}": p[f"attention.{long}"] for long, short in names.items() if f"attention.{long}" in p}

    def regions(self, inputs):
        if self.config["encoder"]["kind"] == "features":
            rows, lists = list(inputs["features"]), []
            for length in REGIONS:
                lists.append(rows[:length])
                rows = rows[length:]
            return lists
        x = inputs["images"]
        for k, stage in enumerate(self.config["encoder"]["stages"]):
            name, side = f"encoder.stage.{k}.convolution.", stage.get("kernel", 3)
            x = spelled.convolution(x, self.p[f"{name}weight"], self.p[f"{name}bias"], side, 1, side // 2, 1)
            if stage["activation"] == "silu":
                x = x / (1 + torch.exp(-x))
            if "pool" in stage:
                x = torch.stack([torch.stack([torch.stack([
                    torch.stack([image[2 * i + a, 2 * j + b] for a in (0, 1) for b in (0, 1)]).max(0).values
                    for j in range(image.shape[1] // 2)]) for i in range(image.shape[0] // 2)]) for image in x])
        return [[image[i, j] for i in range(image.shape[0]) for j in range(image.shape[1])] for image in x]

    def run(self, inputs):
        p, decoder = self.p, self.config["decoder"]
        losses, alphas, betas, term = [], [], [], 0
        lists = self.regions(inputs)
        longest = max(len(memory) for memory in lists)
        weights = [p[f"decoder.0.{n}"] for n in ("inputWeight", "recurrentWeight", "inputBias", "recurrentBias")]
        for memory, caption in zip(lists, CAPTIONS):
            mean = sum(memory) / len(memory)
            state = [mean] * (1 + (decoder["cell"] == "lstm"))
            if decoder.get("bridge", True):
                state = [torch.tanh(p[f"bridge.0.{n}.weight"] @ mean + p[f"bridge.0.{n}.bias"])
                         for n in ("hidden", "cell")[:len(state)]]
            fed, before, sums = None, BEGIN, [0] * len(memory)
            for word in caption:
                x = [p["decoder.embedding"][before]]
                if decoder["feeding"] != "none":
                    size = SIZE if decoder["feeding"] == "context" else decoder["hidden"]
                    x.append(mean.new_zeros(size) if fed is None else fed)
                state = equations.CELL[decoder["cell"]](torch.cat(x), *state, *weights)
                h = state[0]
                _, alpha, context = equations.attend(self.config["attention"]["score"], self.scorer, h, memory)
                beta = 1 / (1 + torch.exp(-(p["attention.gate.weight"][0] @ h + p["attention.gate.bias"][0])))
                context = beta * context
                read = torch.cat([h, context])
                if decoder["feeding"] == "attentional":
                    read = torch.tanh(p["attentional.weight"] @ read + p["attentional.bias"])
                fed = context if decoder["feeding"] == "context" else read
                logits = p["output.weight"] @ read + p["output.bias"]
                losses.append(torch.log(torch.exp(logits).sum()) - logits[word])
                alphas.append(torch.cat([alpha, alpha.new_zeros(longest - len(alpha))]))
                betas.append(beta)
                sums, before = [s + a for s, a in zip(sums, alpha)], word
            term = term + self.config["attention"]["doublyStochastic"] * sum((1 - s) ** 2 for s in sums)
        return torch.stack(losses), torch.stack(alphas), torch.stack(betas), term


def document(name, config, seed):
    generator = torch.Generator().manual_seed(seed)

    def uniform(shape, within):
        return torch.empty(shape).uniform_(-within, within, generator=generator)

    params = {n: uniform(shape, 0.5 if len(shape) == 1 else 0.8) for n, shape in shapes(config).items()}
    if config["encoder"]["kind"] == "features":
        inputs = {"features": uniform((sum(REGIONS), SIZE), 1.5)}
    else:
        inputs = {"images": uniform((B, HEIGHT, WIDTH, CHANNELS), 1.5)}
    found = []
    for kind in (Library, Spelled):
        leaves = {n: t.clone().requires_grad_() for n, t in params.items()}
        out = kind(config, leaves).run(inputs)
        found.append((out, dict(zip(leaves, torch.autograd.grad(out[0].sum() + out[3], list(leaves.values()))))))
    (out, grads), (other, more) = found
    for mine, theirs in zip(out, other):
        assert (mine - theirs).abs().max() < 1e-12, name
    for n in grads:
        assert (grads[n] - more[n]).abs().max() < 1e-12, (name, n)
        assert grads[n].abs().max() > 1e-4, (name, n, "is lost in the tolerance")
    names, values = list(params), [t.clone().requires_grad_() for t in params.values()]

    def total(*values):
        out = Library(config, dict(zip(names, values))).run(inputs)
        return out[0].sum() + out[3]

    assert torch.autograd.gradcheck(total, tuple(values), eps=1e-6, atol=1e-6, rtol=1e-5, fast_mode=True)
    losses, alphas, betas, term = out
    return {
        "config": config, "vocabulary": VOCABULARY, "begin": BEGIN, "captions": [list(c) for c in CAPTIONS],
        "regions": list(REGIONS), "image": [HEIGHT, WIDTH, CHANNELS],
        "loss_sum": losses.sum().item(), "term": term.item(),
        "inputs": {n: tensor(t) for n, t in inputs.items()}, "params": {n: tensor(t) for n, t in params.items()},
        "outputs": {"losses": tensor(losses), "attention": tensor(alphas), "gates": tensor(betas)},
        "grads": {n: tensor(t) for n, t in grads.items()}}


def main():
    torch.set_default_dtype(torch.float64)
    torch.set_num_threads(1)
    FOLDER.mkdir(exist_ok=True)
    for seed, (name, parts) in enumerate(CONFIGURATIONS.items(), 81):
        path = FOLDER / f"{name}.json"
        found = document(name, configuration(*parts), seed)
        if path.exists():
            error = difference(json.loads(path.read_text()), found)
            print(f"{path.name}: off by {error:.1e}")
            if error > 1e-12:
                sys.exit(1)
        else:
            path.write_text(json.dumps(found) + "\n")
            print(f"{path.name}: written with torch {torch.__version__}")


if __name__ == "__main__":
    main()
