"""Features/*.json: classifiers of rows of features, whole, forward and backward, in float64.

`python features_golden.py` makes what is missing in `Features/` and compares what is there, number by number, to 1e-12. `config` is the
object `classifier` of a configuration, and the parameters have our names. A file is only written after two implementations agree to
1e-12 on loss, logits and every gradient (one in torch.nn over whole lists of rows, one of the equations spelled out row by row) and
finite differences (torch.autograd.gradcheck) agree with the gradients.
"""
import json
import math
import pathlib
import sys

import torch
import torch.nn.functional as F

import equations
import transformer_equations as spelled
from vision_golden import difference, tensor

FOLDER = pathlib.Path(__file__).parent / "Features"
LENGTHS, SIZE, CLASSES, EMBEDDING, WIDTH, INNER = (4, 1, 6, 3), 5, 3, 7, 6, 9
LABELS = (2, 0, 1, 0)
RECURRENT = {"kind": "recurrent", "cell": "gru", "hidden": 4, "layers": 2, "bidirectional": True}
TRANSFORMER = {"kind": "transformer", "width": WIDTH, "layers": 2, "heads": 2, "inner": INNER}
CONFIGURATIONS = {
    "rows_mean": ({"kind": "features"}, "mean"),
    "rows_attention": ({"kind": "features"}, "attention"),
    "gru_attention": (RECURRENT, "attention"),
    "lstm_mean": (RECURRENT | {"cell": "lstm", "layers": 1, "hidden": 5}, "mean"),
    "transformer_mean": (TRANSFORMER, "mean"),
    "transformer_cls": (TRANSFORMER | {"normalization": "after", "activation": "gelu", "positions": "learnt",
                                       "maximumPositions": 4}, "cls"),
}
DROPOUT = {"embedding": 0, "layers": 0, "encoded": 0, "pooled": 0, "words": 0}


def configuration(encoder, pooling):
    """The object `classifier`."""
    config = {"encoder": encoder, "pooling": pooling}
    idle = encoder["kind"] == "features"
    if not idle:
        config |= {"embedding": EMBEDDING, "input": "features"}
    return config | {"dropout": DROPOUT}


def shapes(config):
    """Names and shapes of all parameters, and the numbers of a vector that pooling reads."""
    encoder, result = config["encoder"], {}
    if encoder["kind"] == "features":
        width = SIZE
    else:
        result |= {"encoder.features.weight": (EMBEDDING, SIZE), "encoder.features.bias": (EMBEDDING,)}
    if encoder["kind"] == "recurrent":
        gates, hidden = {"gru": 3, "lstm": 4}[encoder["cell"]], encoder["hidden"]
        width = 2 * hidden
        for k in range(encoder["layers"]):
            for way in ("forward", "backward"):
                name, inputs = f"encoder.{k}.{way}.", width if k else EMBEDDING
                result |= {f"{name}inputWeight": (gates * hidden, inputs), f"{name}recurrentWeight": (gates * hidden, hidden),
                           f"{name}inputBias": (gates * hidden,), f"{name}recurrentBias": (gates * hidden,)}
    if encoder["kind"] == "transformer":
        width = d = WIDTH
        result |= {"encoder.input.weight": (d, EMBEDDING), "encoder.input.bias": (d,)}
        if encoder.get("positions") == "learnt":
            result["encoder.positions"] = (encoder["maximumPositions"], d)
        norms = []
        for k in range(encoder["layers"]):
            result |= {f"encoder.{k}.attention.queryKeyValue.weight": (3 * d, d),
                       f"encoder.{k}.attention.queryKeyValue.bias": (3 * d,),
                       f"encoder.{k}.attention.output.weight": (d, d), f"encoder.{k}.attention.output.bias": (d,),
                       f"encoder.{k}.feedForward.inner.weight": (INNER, d), f"encoder.{k}.feedForward.inner.bias": (INNER,),
                       f"encoder.{k}.feedForward.outer.weight": (d, INNER), f"encoder.{k}.feedForward.outer.bias": (d,)}
            norms += [f"encoder.{k}.norm.0", f"encoder.{k}.norm.1"]
        if encoder.get("normalization") != "after":
            norms.append("encoder.norm")
        for name in norms:
            result |= {f"{name}.gain": (d,), f"{name}.bias": (d,)}
    if config["pooling"] == "attention":
        result["pooling.query"] = (width,)
    return result | {"head.weight": (CLASSES, width), "head.bias": (CLASSES,)}


def position(t, d):
    """The row of the sinusoids at position t."""
    return torch.tensor([(math.sin if i % 2 == 0 else math.cos)(t / 10000 ** (i // 2 * 2 / d)) for i in range(d)])


class Library:
    """With torch.nn, a whole list of rows at a time."""

    def __init__(self, config, p):
        self.encoder, self.pooling, self.p = config["encoder"], config["pooling"], p

    def recurrent(self, x):
        of = torch.nn.GRU if self.encoder["cell"] == "gru" else torch.nn.LSTM
        layer = of(EMBEDDING, self.encoder["hidden"], self.encoder["layers"], bidirectional=True)
        names = {"weight_ih": "inputWeight", "weight_hh": "recurrentWeight", "bias_ih": "inputBias", "bias_hh": "recurrentBias"}
        values = {f"{theirs}_l{k}{end}": self.p[f"encoder.{k}.{way}.{ours}"] for k in range(self.encoder["layers"])
                  for way, end in (("forward", ""), ("backward", "_reverse")) for theirs, ours in names.items()}
        return torch.func.functional_call(layer, values, (x,))[0]

    def transformer(self, x):
        p, before = self.p, self.encoder.get("normalization") != "after"
        table = p.get("encoder.positions")
        places = (torch.stack([position(t, WIDTH) for t in range(len(x))]) if table is None
                  else table[torch.arange(len(x)).clamp(max=len(table) - 1)])
        x = F.linear(x, p["encoder.input.weight"], p["encoder.input.bias"]) * WIDTH ** 0.5 + places
        activation = {"relu": F.relu, "gelu": F.gelu}[self.encoder.get("activation", "relu")]

        def norm(x, name):
            return F.layer_norm(x, (WIDTH,), p[f"{name}.gain"], p[f"{name}.bias"], 1e-5)

        def attention(x, name):
            return F.multi_head_attention_forward(
                x[:, None], x[:, None], x[:, None], WIDTH, self.encoder["heads"], p[f"{name}.queryKeyValue.weight"],
                p[f"{name}.queryKeyValue.bias"], None, None, False, 0.0, p[f"{name}.output.weight"],
                p[f"{name}.output.bias"], need_weights=False)[0][:, 0]

        def feed(x, name):
            inner = activation(F.linear(x, p[f"{name}.inner.weight"], p[f"{name}.inner.bias"]))
            return F.linear(inner, p[f"{name}.outer.weight"], p[f"{name}.outer.bias"])

        for k in range(self.encoder["layers"]):
            for i, (f, name) in enumerate([(attention, f"encoder.{k}.attention"), (feed, f"encoder.{k}.feedForward")]):
                own = f"encoder.{k}.norm.{i}"
                x = x + f(norm(x, own), name) if before else norm(x + f(x, name), own)
        return norm(x, "encoder.norm") if before else x

    def logits(self, rows):
        p, x = self.p, rows
        if self.encoder["kind"] != "features":
            x = F.linear(x, p["encoder.features.weight"], p["encoder.features.bias"])
            x = self.recurrent(x) if self.encoder["kind"] == "recurrent" else self.transformer(x)
        pooled = {"mean": lambda: x.mean(0), "cls": lambda: x[0],
                  "attention": lambda: (x @ p["pooling.query"]).softmax(0) @ x}[self.pooling]()
        return F.linear(pooled, p["head.weight"], p["head.bias"])


class Spelled:
    """Row by row."""

    def __init__(self, config, p):
        self.encoder, self.pooling, self.p = config["encoder"], config["pooling"], p

    def recurrent(self, xs):
        hidden, cell = self.encoder["hidden"], self.encoder["cell"]
        for k in range(self.encoder["layers"]):
            ways = []
            for way in ("forward", "backward"):
                weights = [self.p[f"encoder.{k}.{way}.{n}"]
                           for n in ("inputWeight", "recurrentWeight", "inputBias", "recurrentBias")]
                state = (torch.zeros(hidden),) * (1 if cell == "gru" else 2)
                ways.append(equations.recur(cell, xs, state, weights, way == "backward")[0])
            xs = [torch.cat(pair) for pair in zip(*ways)]
        return xs

    def transformer(self, xs):
        p, before = self.p, self.encoder.get("normalization") != "after"
        table = p.get("encoder.positions")
        rows = []
        for t, x in enumerate(xs):
            place = position(t, WIDTH) if table is None else table[min(t, len(table) - 1)]
            rows.append((p["encoder.input.weight"] @ x + p["encoder.input.bias"]) * math.sqrt(WIDTH) + place)

        def norm(rows, name):
            return [spelled.layer_norm(x, p[f"{name}.gain"], p[f"{name}.bias"]) for x in rows]

        def attention(rows, name):
            parts = [p[f"{name}.queryKeyValue.weight"] @ x + p[f"{name}.queryKeyValue.bias"] for x in rows]
            q, k, v = ([x[i * WIDTH:(i + 1) * WIDTH] for x in parts] for i in range(3))
            seen = spelled.attend_heads(q, k, v, self.encoder["heads"], spelled.everything(len(rows)))[0]
            return [p[f"{name}.output.weight"] @ x + p[f"{name}.output.bias"] for x in seen]

        def feed(rows, name):
            return [spelled.feed_forward(x, p, f"{name}.", self.encoder.get("activation", "relu")) for x in rows]

        def add(rows, more):
            return [a + b for a, b in zip(rows, more)]

        for k in range(self.encoder["layers"]):
            for i, (f, name) in enumerate([(attention, f"encoder.{k}.attention"), (feed, f"encoder.{k}.feedForward")]):
                own = f"encoder.{k}.norm.{i}"
                rows = add(rows, f(norm(rows, own), name)) if before else norm(add(rows, f(rows, name)), own)
        return norm(rows, "encoder.norm") if before else rows

    def logits(self, rows):
        p, xs = self.p, list(rows)
        if self.encoder["kind"] != "features":
            xs = [p["encoder.features.weight"] @ x + p["encoder.features.bias"] for x in xs]
            xs = self.recurrent(xs) if self.encoder["kind"] == "recurrent" else self.transformer(xs)
        if self.pooling == "cls":
            weights = [1.0] + [0.0] * (len(xs) - 1)
        elif self.pooling == "mean":
            weights = [1 / len(xs)] * len(xs)
        else:
            scores = [torch.exp(p["pooling.query"] @ x) for x in xs]
            weights = [s / sum(scores) for s in scores]
        pooled = sum(w * x for w, x in zip(weights, xs))
        return p["head.weight"] @ pooled + p["head.bias"]


def document(name, config, seed):
    generator = torch.Generator().manual_seed(seed)

    def uniform(shape, within):
        return torch.empty(shape).uniform_(-within, within, generator=generator)

    params = {}
    for n, shape in shapes(config).items():
        params[n] = 1 + uniform(shape, 0.4) if n.endswith("gain") else uniform(shape, 0.5 if len(shape) == 1 else 1.0)
    features = uniform((sum(LENGTHS), SIZE), 2.0)
    lists = features.split(LENGTHS)
    labels = torch.tensor(LABELS)

    def of(kind, p):
        logits = torch.stack([kind(config, p).logits(rows) for rows in lists])
        return logits, F.cross_entropy(logits, labels, reduction="sum")

    found = []
    for kind in (Library, Spelled):
        leaves = {n: t.clone().requires_grad_() for n, t in params.items()}
        logits, loss = of(kind, leaves)
        found.append((logits, loss, dict(zip(leaves, torch.autograd.grad(loss, list(leaves.values()))))))
    (logits, loss, grads), (others, other, more) = found
    assert (logits - others).abs().max() < 1e-12 and (loss - other).abs() < 1e-12, name
    for n in grads:
        assert (grads[n] - more[n]).abs().max() < 1e-12, (name, n)
        assert grads[n].abs().max() > 1e-4, (name, n, "is lost in the tolerance")
    names, values = list(params), [t.clone().requires_grad_() for t in params.values()]
    assert torch.autograd.gradcheck(
        lambda *v: of(Library, dict(zip(names, v)))[1], tuple(values), eps=1e-6, atol=1e-6, rtol=1e-5, fast_mode=True)
    return {
        "config": config, "classes": CLASSES, "size": SIZE, "lengths": list(LENGTHS), "labels": list(LABELS),
        "loss_sum": loss.item(), "inputs": {"features": tensor(features)},
        "params": {n: tensor(t) for n, t in params.items()}, "outputs": {"logits": tensor(logits)},
        "grads": {n: tensor(t) for n, t in grads.items()}}


def main():
    torch.set_default_dtype(torch.float64)
    torch.set_num_threads(1)
    FOLDER.mkdir(exist_ok=True)
    for seed, (name, (encoder, pooling)) in enumerate(CONFIGURATIONS.items(), 61):
        path = FOLDER / f"{name}.json"
        found = document(name, configuration(encoder, pooling), seed)
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
