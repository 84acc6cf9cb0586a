#!/usr/bin/env python3
"""Translates greedily with a recurrent model, in numpy and float64: translate.py MODEL < LINES

Written from docs/checkpoints.md. It reads recurrent models with every cell, scorer and connection, stored in any precision, but no
Transformers. Prints log p of each translation, a tab, and the translation.
"""
import json
import sys
import numpy as np
from words import Side


def read(path):
    data = open(path, "rb").read()
    start = 8 + int.from_bytes(data[:8], "little")
    header = json.loads(data[8:start])
    metadata, tensors = header.pop("__metadata__"), {}
    for name, entry in header.items():
        first, last = entry["data_offsets"]
        values = np.frombuffer(data[start + first:start + last],
                               {"F32": "<f4", "F16": "<f2", "BF16": "<u2", "I8": "i1"}[entry["dtype"]])
        if entry["dtype"] == "BF16":
            values = (values.astype("<u4") << 16).view("<f4")
        tensors[name] = values.astype("f8").reshape(entry["shape"])
    for name in [name for name in header if header[name]["dtype"] == "I8"]:
        tensors[name] *= tensors.pop(name + ".scale")[:, None]
    return tensors, metadata


class Model:
    def __init__(self, path):
        self.w, metadata = read(path)
        self.configuration = json.loads(metadata["dragoman.configuration"])
        self.source = Side(json.loads(metadata["dragoman.source"]))
        self.target = Side(json.loads(metadata.get("dragoman.target", metadata["dragoman.source"])))
        model = self.configuration["model"]
        self.encoder, self.decoder, self.attention = model["encoder"], model["decoder"], model["attention"]
        if {side.get("kind", "recurrent") for side in (self.encoder, self.decoder)} != {"recurrent"}:
            sys.exit(f"{path}: this reader knows recurrent models alone, and one side of this is a Transformer")
        if "contextFeeding" in self.decoder:                                  # as files of version 0.1 say
            former = self.decoder["contextFeeding"]
            self.decoder["feeding"] = {True: "context", False: "none"}.get(former, former)

    def product(self, name, x, gates):
        y = self.w[name + "Weight"] @ x
        if name + "Gain" in self.w:
            y = y.reshape(gates, -1)
            y = (y - y.mean(1, keepdims=True)) / np.sqrt(y.var(1, keepdims=True) + 1e-5)
            y = y.ravel() * self.w[name + "Gain"]
        bias = self.w[name + "Bias"]
        return np.split(y + np.pad(bias, (len(y) - len(bias), 0)), gates)     # an SSRU's first gate has no bias

    def cell(self, kind, name, x, h, m):
        gates = {"gru": 3, "lstm": 4, "ssru": 2}[kind]
        a = self.product(name + ".input", x, gates)
        if kind == "ssru":
            m = sigmoid(a[1]) * m + (1 - sigmoid(a[1])) * a[0]
            return np.maximum(m, 0), m
        u = self.product(name + ".recurrent", h, gates)
        if kind == "gru":
            r, z = sigmoid(a[0] + u[0]), sigmoid(a[1] + u[1])
            return (1 - z) * np.tanh(a[2] + r * u[2]) + z * h, None
        i, f, g, o = (v + n for v, n in zip(a, u))
        m = sigmoid(f) * m + sigmoid(i) * np.tanh(g)
        return sigmoid(o) * np.tanh(m), m

    def linear(self, name, x):
        return self.w[name + ".weight"] @ x + self.w[name + ".bias"]

    def encode(self, ids):
        """The states [S, D], and the last (h, m) of each layer and direction."""
        c, finals = self.encoder, []
        states = self.w.get("encoder.embedding", self.w.get("embedding"))[ids]
        for layer in range(c["layers"]):
            ways, ends = [], []
            for way in ["forward", "backward"][:1 + c["bidirectional"]]:
                h, m = np.zeros(c["hidden"]), np.zeros(c["hidden"])
                rows = np.zeros((len(ids), c["hidden"]))
                for t in range(len(ids)) if way == "forward" else range(len(ids) - 1, -1, -1):
                    rows[t], m = h, m = self.cell(c["cell"], f"encoder.{layer}.{way}", states[t], h, m)
                ways.append(rows)
                ends.append((h, m))
            above = np.concatenate(ways, 1)
            states = above + states if c.get("residual") and layer > 0 else above
            finals.append(ends)
        return states, finals

    def first(self, layer, states, finals):
        """(h, m) of a decoder layer before the first step."""
        d, size = self.decoder, self.decoder["hidden"]
        kind, h, m = d["initialState"], np.zeros(size), None
        if kind == "mean":
            h = states.mean(0)
            m = h if d["bridge"] else None
        elif kind != "zero":
            ends = finals[layer if kind == "layerwise" else -1][1 if kind == "backward" else 0:]
            h = np.concatenate([end[0] for end in ends])
            m = None if ends[0][1] is None else np.concatenate([end[1] for end in ends])
        name = f"bridge.{layer}."
        if d["cell"] == "ssru":                                               # what starts is m
            h, m = np.zeros(size), h
            return h, np.tanh(self.linear(name + "cell", m)) if name + "cell.weight" in self.w else m
        if name + "hidden.weight" in self.w:
            h = np.tanh(self.linear(name + "hidden", h))
            m = np.tanh(self.linear(name + "cell", m)) if name + "cell.weight" in self.w else None
        return h, np.zeros(size) if m is None else m

    def scores(self, s, keys, history):
        kind, w = self.attention["score"], self.w
        if kind == "additive":
            inner = w["attention.queryWeight"] @ s + keys
            if "attention.coverageWeight" in w:
                inner = inner + np.outer(history, w["attention.coverageWeight"])
            return np.tanh(inner) @ w["attention.vector"]
        if kind == "location":
            scores = np.full(len(keys), -np.inf)
            own = w["attention.weight"] @ s
            scores[:len(own)] = own[:len(keys)]
            return scores
        return keys @ s

    def step(self, token, state, fed, history, states, keys):
        d, w = self.decoder, self.w
        word = w.get("decoder.embedding", w.get("embedding"))[token]
        below, following = np.concatenate([word, fed]), []
        for layer in range(d["layers"]):
            h, m = self.cell(d["cell"], f"decoder.{layer}", below, *state[layer])
            following.append((h, m))
            below = h + below if d.get("residual") and layer > 0 else h
        scores = self.scores(below, keys, history)
        weights = np.exp(scores - scores.max())
        weights /= weights.sum()
        context = weights @ states
        read = np.concatenate([below, context])
        if d["feeding"] == "attentional":
            read = fed = np.tanh(self.linear("attentional", read))
        elif d["feeding"] == "context":
            fed = context
        if "deepOutput.weight" in w:
            given = w["deepOutput.weight"].shape[1] > len(read)
            read = np.tanh(self.linear("deepOutput", np.concatenate([read, word]) if given else read))
        table = next(w[name] for name in ("output.weight", "decoder.embedding", "embedding") if name in w)
        logits = table @ read + w["output.bias"]
        peak = logits.max()
        return logits - peak - np.log(np.exp(logits - peak).sum()), following, fed, history + weights

    def translate(self, line):
        ids = self.source.encode(line)
        if not ids:
            return 0.0, ""
        states, finals = self.encode(ids + [2])                               # 0 <unk>, 1 <s>, 2 </s>
        kind, d, limits = self.attention["score"], self.decoder, self.configuration.get("decoding", {})
        keys = (states @ self.w["attention.keyWeight"].T if kind == "additive" else
                states @ self.w["attention.weight"].T if kind == "general" else states)
        state = [self.first(layer, states, finals) for layer in range(d["layers"])]
        fed = np.zeros({"none": 0, "context": states.shape[1], "attentional": d["hidden"]}[d["feeding"]])
        longest, ratio = limits.get("maximumLength", 200), limits.get("maximumRatio")
        if ratio is not None:
            longest = min(longest, max(int(np.ceil(ratio * len(ids))), 1))
        history, tokens, total = np.zeros(len(states)), [1], 0.0
        while len(tokens) <= longest and (len(tokens) == 1 or tokens[-1] != 2):
            scores, state, fed, history = self.step(tokens[-1], state, fed, history, states, keys)
            tokens.append(int(scores.argmax()))
            total += scores[tokens[-1]]
        return total, self.target.decode(tokens)


def sigmoid(x):
    return 1 / (1 + np.exp(-x))


if __name__ == "__main__":
    model = Model(sys.argv[1])
    for text in sys.stdin:
        print("%.6f\t%s" % model.translate(text.rstrip("\n")))
