"""Transformer/transformer_layers.json: each layer on its own, forward and backward, over random inputs and gradients.

Every part is {inputs, params, outputs, upstream, grads}, as in cells.json. Both implementations, and finite
differences.
"""
import contextlib
from functools import partial

import torch
import torch.nn as nn
import torch.nn.functional as F
from torch.func import functional_call

import cells
from cells import ragged, uniform
from equations import recur
from layout import tensors
from transformer_equations import (
    ACTIVATION, cross_attention, everything, feed_forward, full, layer_norm, nearby, self_attention)
from transformer_fixtures import by_equation
from transformer_modules import RecordedAttention, additive_mask, attention_state, relu_normalizer, sinusoid, ssru

WIDTH, HEADS, MEMORY, INNER = 6, 2, 10, 9  # D, h, M, F
part = partial(cells.part, step=3e-5)  # small, for the kinks of ReLU
LENGTHS, TGT_LEN, SRC_LEN = (3, 1, 5), (2, 5, 1), (7, 3, 1)  # B 3, T 5, S 7, of cross attention


def assembled(lengths, rows, longest):
    """Rows of real tokens, sentence by sentence, to [B, longest, …]."""
    full_ = torch.zeros(len(lengths), longest, *rows[0].shape, dtype=rows[0].dtype)
    places = [(b, t) for b, n in enumerate(lengths) for t in range(n)]
    for (b, t), row in zip(places, rows, strict=True):
        full_ = full_.index_put((torch.tensor(b), torch.tensor(t)), row)
    return full_


def heads_of(lengths, sees_of, rows, shape):
    """Vectors over what a row sees, in the order sentence, head, row, as [B, h, T, S]."""
    out, rows = [], iter(rows)
    for n, sees in zip(lengths, sees_of):
        whole = full([[next(rows) for _ in range(n)] for _ in range(HEADS)], sees, shape[1])
        out.append(F.pad(whole, (0, 0, 0, shape[0] - n)))
    return torch.stack(out)


def attention(generator, *, causal=False, window=None, cross=False, normalizer="softmax"):
    """Self-attention over ragged `x`, or, with `cross`, ragged `x` that look at `memory`."""
    lengths, keys = (TGT_LEN, SRC_LEN) if cross else (LENGTHS, LENGTHS)
    shapes = {"query": (WIDTH, WIDTH), "keyValue": (2 * WIDTH, MEMORY)} if cross else {
        "queryKeyValue": (3 * WIDTH, WIDTH)}
    shapes["output"] = (WIDTH, WIDTH)
    params = {}
    for name, shape in shapes.items():
        params[f"{name}.weight"] = uniform(generator, *shape)
        params[f"{name}.bias"] = uniform(generator, shape[0]) / 2
    inputs = {"x": ragged(generator, lengths, WIDTH)}
    if cross:
        inputs["memory"] = ragged(generator, keys, MEMORY)
    upstream = {"output": ragged(generator, lengths, WIDTH)}
    longest = (max(lengths), max(keys))
    sees_of = [everything(s) if cross else nearby(s, causal, window) for s in keys]

    def forward(p):
        results, scores, weights = [], [], []
        for b, n in enumerate(lengths):
            xs = list(p["x"][b, :n])
            if cross:
                found = cross_attention(xs, list(p["memory"][b, :keys[b]]), p, "", HEADS, normalizer)
            else:
                found = self_attention(xs, p, "", HEADS, sees_of[b], normalizer)
            results += found[0]
            scores += [e for rows in found[1] for e in rows]
            weights += [a for rows in found[2] for a in rows]

        def by_head(rows):
            return heads_of(lengths, sees_of, rows, longest)
        outputs = {"output": assembled(lengths, results, longest[0]), "scores": by_head(scores),
                   "weights": by_head(weights)}
        return outputs, {"scores": (scores, by_head), "weights": (weights, by_head)}

    def second(p):
        width = MEMORY if cross else WIDTH
        module = RecordedAttention(WIDTH, HEADS, batch_first=True, kdim=width, vdim=width)
        mask = additive_mask(torch.tensor(lengths), torch.tensor(keys), HEADS, longest, causal, window, own=not cross)
        state = {k.removeprefix("a."): v for k, v in attention_state(p, "", "a").items()}
        source = p["memory"] if cross else p["x"]
        with relu_normalizer() if normalizer == "relu" else contextlib.nullcontext():
            out, _ = functional_call(module, state, (p["x"], source, source), {"attn_mask": mask})
        real = torch.arange(longest[0])[None] < torch.tensor(lengths)[:, None]
        return {"output": out * real[..., None], "weights": module.weights * real[:, None, :, None]}

    given = {"tgt_len": list(lengths), "src_len": list(keys)} if cross else {"lengths": list(lengths)}
    return part(inputs, params, upstream, forward, second, given)


def norm(generator):
    params = {"gain": uniform(generator, MEMORY) + 1, "bias": uniform(generator, MEMORY)}
    inputs = {"x": uniform(generator, 7, MEMORY) * 2 + torch.arange(7)[:, None]}

    def forward(p):
        return {"output": torch.stack([layer_norm(x, p["gain"], p["bias"]) for x in p["x"]])}, {}

    def second(p):
        return {"output": functional_call(nn.LayerNorm(MEMORY), {"weight": p["gain"], "bias": p["bias"]}, (p["x"],))}

    return part(inputs, params, {"output": uniform(generator, 7, MEMORY)}, forward, second)


def feed(generator, activation):
    """`inner` is W₁x + b₁, before the activation."""
    params = {"inner.weight": uniform(generator, INNER, WIDTH), "inner.bias": uniform(generator, INNER),
              "outer.weight": uniform(generator, WIDTH, INNER), "outer.bias": uniform(generator, WIDTH)}

    def forward(p):
        inner = []
        rows = [feed_forward(x, p, "", activation, inner) for x in p["x"]]
        return {"output": torch.stack(rows), "inner": torch.stack(inner)}, {"inner": (inner, torch.stack)}

    def second(p):
        module = nn.Sequential(nn.Linear(WIDTH, INNER), MODULE[activation](), nn.Linear(INNER, WIDTH))
        state = {f"{i}.{n}": p[f"{name}.{n}"] for i, name in ((0, "inner"), (2, "outer")) for n in ("weight", "bias")}
        return {"output": functional_call(module, state, (p["x"],))}

    return part({"x": uniform(generator, 7, WIDTH) * 2}, params, {"output": uniform(generator, 7, WIDTH)}, forward,
                second)


MODULE = {"relu": nn.ReLU, "gelu": nn.GELU, "silu": nn.SiLU}


def activation(generator, name):
    """Over numbers from −9 to 9."""
    inputs = {"x": torch.linspace(-9, 9, 37)[None] + uniform(generator, 1, 37) / 5 + 0.01}
    return part(inputs, {}, {"output": uniform(generator, 1, 37)},
                lambda p: ({"output": ACTIVATION[name](p["x"])}, {}), lambda p: {"output": MODULE[name]()(p["x"])})


def ssru_sequence(generator, params, reverse):
    """A whole layer over ragged x from c0: h and the last c."""
    inputs = {"x": ragged(generator, LENGTHS, 4), "c0": uniform(generator, 3, 9)}
    upstream = {"h": ragged(generator, LENGTHS, 9), "c_final": uniform(generator, 3, 9)}

    def forward(p):
        rows, finals = [], []
        for b, n in enumerate(LENGTHS):
            h, (_, c) = recur("ssru", list(p["x"][b, :n]), (torch.zeros(9), p["c0"][b]), [p["weight"], p["bias"]],
                              reverse)
            rows += h
            finals.append(c)
        return {"h": assembled(LENGTHS, rows, max(LENGTHS)), "c_final": torch.stack(finals)}, {}

    def flipped(t):
        return torch.stack([torch.cat([row[:n].flip(0), row[n:]]) for row, n in zip(t, LENGTHS)]) if reverse else t

    def second(p):
        h, c = ssru(flipped(p["x"]), p["weight"], p["bias"], p["c0"])
        real = (torch.arange(max(LENGTHS))[None] < torch.tensor(LENGTHS)[:, None])[..., None]
        return {"h": flipped(h) * real, "c_final": c[torch.arange(3), torch.tensor(LENGTHS) - 1]}

    return part(inputs, params, upstream, forward, second, {"lengths": list(LENGTHS)})


def ssru_step(generator, params):
    """One step from c0; inner: `a` = W x + [0 ; b], [B, 2H]."""
    inputs = {"x": uniform(generator, 3, 4), "c0": uniform(generator, 3, 9)}
    upstream = {"h1": uniform(generator, 3, 9), "c1": uniform(generator, 3, 9)}

    def forward(p):
        rows = [p["weight"] @ x + torch.cat([torch.zeros(9), p["bias"]]) for x in p["x"]]
        c = [torch.sigmoid(a[9:]) * c0 + (1 - torch.sigmoid(a[9:])) * a[:9] for a, c0 in zip(rows, p["c0"])]
        outputs = {"c1": torch.stack(c), "h1": torch.stack([torch.where(v > 0, v, 0) for v in c])}
        return outputs | {"a": torch.stack(rows)}, {"a": (rows, torch.stack)}

    def second(p):
        h, c = ssru(p["x"][:, None], p["weight"], p["bias"], p["c0"])
        return {"h1": h[:, 0], "c1": c[:, 0]}

    return part(inputs, params, upstream, forward, second)


def table():
    """The sinusoids of 14 positions, of width 6."""
    first = torch.tensor([[by_equation(t, i, WIDTH) for i in range(WIDTH)] for t in range(14)])
    difference = (first - sinusoid(14, WIDTH, first)).abs().max().item()
    assert difference < 1e-12, difference
    return {"inputs": {"positions": 14, "width": WIDTH}, "outputs": tensors({"table": first})}, difference


def make_layers():
    """The document and a line on how well everything agreed."""
    doc, modules, differences = {"config": {"heads": HEADS, "width": WIDTH}}, 0.0, 0.0

    def keep(name, made):
        nonlocal modules, differences
        doc[name], worst, difference = made
        modules, differences = max(modules, worst), max(differences, difference)

    def seeded(i):
        return torch.Generator().manual_seed(i)

    keep("self_attention", attention(seeded(300)))
    keep("causal_attention", attention(seeded(301), causal=True))
    keep("cross_attention", attention(seeded(302), cross=True))
    keep("self_attention_window_2", attention(seeded(303), window=2))
    keep("causal_attention_window_2", attention(seeded(304), causal=True, window=2))
    keep("causal_attention_relu", attention(seeded(305), causal=True, normalizer="relu"))
    keep("cross_attention_relu", attention(seeded(306), cross=True, normalizer="relu"))
    keep("layer_norm", norm(seeded(307)))
    for i, name in enumerate(ACTIVATION):
        keep(f"feed_forward_{name}", feed(seeded(310 + i), name))
        keep(name, activation(seeded(320 + i), name))
    params = {"weight": uniform(seeded(330), 18, 4), "bias": uniform(seeded(331), 9)}
    keep("ssru_step", ssru_step(seeded(332), params))
    keep("ssru_sequence", ssru_sequence(seeded(333), params, False))
    keep("ssru_sequence_reverse", ssru_sequence(seeded(334), params, True))
    doc["sinusoid"], difference = table()
    return doc | {"torch": torch.__version__}, (
        f"modules {max(modules, difference):.0e}  differences {differences:.0e}")
