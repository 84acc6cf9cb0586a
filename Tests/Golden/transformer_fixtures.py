"""Which models of the Transformer's family there are fixtures of: configs, parameters and inputs, from fixed seeds.

Parameters have the names of our model files here; `recurrent_names` gives those of the recurrent parts the names
that equations.py and modules.py know.
"""
import math
from dataclasses import dataclass

import torch

from fixtures import BOS, EOS, GATES, PAD, UNK, scorer_shapes

FEW = dict(src_len=(7, 1, 4), tgt_len=(2, 6, 5))  # B 3, S 7, T 6
MORE = dict(src_len=(4, 7, 1, 6), tgt_len=(5, 2, 4, 1))  # B 4, S 7, T 5, beside three heads
LONG = dict(src_len=(9, 1, 4, 8), tgt_len=(5, 7, 2, 6))  # B 4, S 9, T 7, beside windows


@dataclass(frozen=True)
class Case:
    name: str
    config: dict
    seed: int
    src_len: tuple
    tgt_len: tuple
    original: None = None
    input_seed: None = None


def transformer(width, inner, layers, heads, normalization="before", activation="relu", positions="sinusoid", *,
                size=None, normalizer="softmax", window=None, own=None):
    """An encoder, or with `own`, which stands in place of self-attention, a decoder; `size` positions are learnt."""
    c = {"kind": "transformer", "width": width, "inner": inner, "layers": layers, "heads": heads,
         "normalization": normalization, "activation": activation, "positions": positions, "normalizer": normalizer}
    if size:
        c["max_positions"] = size
    if window:
        c["window"] = window
    return c | ({"selfAttention": own} if own else {})


def decoder(*sizes, own="attention", **options):
    return transformer(*sizes, own=own, **options)


def recurrent(cell, hidden, layers, start=None, *, bridge=False, feeding=False):
    """An encoder, "bi" before its cell where it goes both ways; or a decoder with its `start`."""
    c = {"kind": "recurrent", "cell": cell.removeprefix("bi"), "hidden": hidden, "layers": layers}
    if start is None:
        return c | {"bidirectional": cell.startswith("bi")}
    return c | {"initialState": start, "bridge": bridge, "contextFeeding": feeding}


def config(encoder, decoder, emb, scorer=None, *, tied="none", src_vocab=11, tgt_vocab=13, size=12):
    c = {"encoder": encoder, "decoder": decoder, "emb": emb, "src_vocab": src_vocab, "tgt_vocab": tgt_vocab,
         "tied": tied}
    if scorer:
        c["scorer"] = scorer
    if scorer in ("additive", "location"):
        c["attn_dim" if scorer == "additive" else "location_max_positions"] = size
    return c | {"pad": PAD, "bos": BOS, "eos": EOS, "unk": UNK}


# Seeds: the first that `transformer_golden.py --seed NAME` finds good enough.
CASES = [
    Case("transformer_before_relu_heads3", config(
        transformer(6, 9, 2, 3), decoder(6, 9, 2, 3), 6), 108, **MORE),
    Case("transformer_after_gelu_learnt_heads1", config(
        transformer(5, 9, 1, 1, "after", "gelu", "learnt", size=12),
        decoder(5, 9, 2, 1, "after", "gelu", "learnt", size=12), 5), 1, **FEW),
    Case("transformer_before_silu_tied_heads2", config(
        transformer(10, 9, 2, 2, "before", "silu"), decoder(10, 9, 1, 2, "before", "silu"), 10,
        tied="all", src_vocab=13), 128, **FEW),
    Case("transformer_languages_heads3", config(
        transformer(6, 10, 1, 3, "after", "silu"), decoder(6, 10, 1, 3, "after", "silu"), 6,
        tied="languages", src_vocab=13), 2, **MORE),
    Case("transformer_window", config(
        transformer(6, 10, 1, 2, window=2), decoder(6, 10, 2, 2, window=2), 6), 1, **LONG),
    Case("transformer_normalizer_relu", config(
        transformer(6, 10, 2, 2, "before", "gelu", normalizer="relu"),
        decoder(6, 10, 1, 2, "before", "gelu", normalizer="relu"), 6), 66, **MORE),
    Case("transformer_ssru", config(
        transformer(6, 10, 1, 2), decoder(6, 10, 2, 2, own="ssru"), 6), 15, **MORE),
    Case("transformer_gru1_additive_mean_bridge_feeding", config(
        transformer(6, 10, 2, 2), recurrent("gru", 9, 1, "mean", bridge=True, feeding=True), 6,
        "additive"), 224, **MORE),
    Case("transformer_lstm2_location_mean_bridge_attentional", config(
        transformer(6, 10, 1, 3, "after", "gelu"), recurrent("lstm", 5, 2, "mean", bridge=True, feeding="attentional"),
        6, "location"), 115, **MORE),
    Case("transformer_lstm1_general_zero", config(
        transformer(6, 10, 2, 2, "before", "silu"), recurrent("lstm", 9, 1, "zero"), 6, "general"), 843, **MORE),
    Case("transformer_lstm1_dot_zero", config(
        transformer(6, 10, 1, 2, "after"), recurrent("lstm", 6, 1, "zero"), 6, "dot"), 166, **MORE),
    Case("bigru1_transformer", config(
        recurrent("bigru", 5, 1), decoder(6, 9, 2, 2), 6), 10, **MORE),
    Case("bissru2_ssru2_general_zero_feeding", config(
        recurrent("bissru", 5, 2), recurrent("ssru", 9, 2, "zero", feeding=True), 4, "general"), 27, **FEW),
]


def memory_width(config):
    """D, the numbers of one state of the encoder."""
    e = config["encoder"]
    return e["width"] if e["kind"] == "transformer" else e["hidden"] * (1 + e["bidirectional"])


def make_parameters(case):
    """Name to tensor, in the order of our model files."""
    c, e, d = case.config, case.config["encoder"], case.config["decoder"]
    generator = torch.Generator().manual_seed(case.seed)
    parameters = {}

    def add(name, *shape):
        scale = 0.5 if name.endswith("ias") else 0.4 if name.endswith("gain") else 1.0
        if name.endswith("embedding"):  # a Transformer's is times √D
            own = d if name.startswith("decoder") else e
            scale = 0.6 if own["kind"] == "transformer" else 2.0
        if name == "output.weight":
            scale = 1.4 if d["kind"] == "transformer" else 2.5
        parameters[name] = (torch.rand(*shape, generator=generator) * 2 - 1) * scale + name.endswith("gain")

    def linear(name, inputs, outputs):
        add(f"{name}.weight", outputs, inputs)
        add(f"{name}.bias", outputs)

    def norm(name, width):
        add(f"{name}.gain", width)
        add(f"{name}.bias", width)

    def stack(part, c, memory=None):
        width = c["width"]
        if c["positions"] == "learnt":
            add(f"{part}.positions", c["max_positions"], width)
        for k in range(c["layers"]):
            layer = f"{part}.{k}"
            if c.get("selfAttention") == "ssru":
                add(f"{layer}.ssru.inputWeight", 2 * width, width)
                add(f"{layer}.ssru.inputBias", width)
            else:
                linear(f"{layer}.attention.queryKeyValue", width, 3 * width)
                linear(f"{layer}.attention.output", width, width)
            if memory:
                linear(f"{layer}.cross.query", width, width)
                linear(f"{layer}.cross.keyValue", memory, 2 * width)
                linear(f"{layer}.cross.output", width, width)
            linear(f"{layer}.feedForward.inner", width, c["inner"])
            linear(f"{layer}.feedForward.outer", c["inner"], width)
            for i in range(3 if memory else 2):
                norm(f"{layer}.norm.{i}", width)
        if c["normalization"] == "before":
            norm(f"{part}.norm", width)

    def cell(name, kind, inputs, hidden):
        if kind == "ssru":
            add(f"{name}.inputWeight", 2 * hidden, inputs)
            add(f"{name}.inputBias", hidden)
            return
        add(f"{name}.inputWeight", GATES[kind] * hidden, inputs)
        add(f"{name}.recurrentWeight", GATES[kind] * hidden, hidden)
        add(f"{name}.inputBias", GATES[kind] * hidden)
        add(f"{name}.recurrentBias", GATES[kind] * hidden)

    memory = memory_width(c)
    joined = c["tied"] in ("languages", "all")
    add("embedding" if joined else "encoder.embedding", c["src_vocab"], c["emb"])
    if e["kind"] == "transformer":
        stack("encoder", e)
    else:
        for k in range(e["layers"]):
            for direction in ("forward", "backward") if e["bidirectional"] else ("forward",):
                cell(f"encoder.{k}.{direction}", e["cell"], memory if k else c["emb"], e["hidden"])
    if d["kind"] == "recurrent" and d["bridge"]:
        for k in range(d["layers"]):
            for state in ("hidden", "cell") if d["cell"] == "lstm" else ("hidden",):
                linear(f"bridge.{k}.{state}", memory, d["hidden"])
    if not joined:
        add("decoder.embedding", c["tgt_vocab"], c["emb"])
    if d["kind"] == "transformer":
        stack("decoder", d, memory)
        read = d["width"]
    else:
        fed = {False: 0, True: memory, "attentional": d["hidden"]}[d["contextFeeding"]]
        for k in range(d["layers"]):
            cell(f"decoder.{k}", d["cell"], d["hidden"] if k else c["emb"] + fed, d["hidden"])
        for name, shape in scorer_shapes(c["scorer"], d["hidden"], memory, c).items():
            add(SCORER_NAMES[name], *shape)
        read = d["hidden"] + memory
        if d["contextFeeding"] == "attentional":
            linear("attentional", read, d["hidden"])
            read = d["hidden"]
    if c["tied"] not in ("output", "all"):
        add("output.weight", c["tgt_vocab"], read)
    add("output.bias", c["tgt_vocab"])
    return parameters


SCORER_NAMES = {"attn.W1": "attention.queryWeight", "attn.W2": "attention.keyWeight", "attn.v": "attention.vector",
                "attn.W": "attention.weight"}
CELL_NAMES = {"inputWeight": "weight_ih", "recurrentWeight": "weight_hh", "inputBias": "bias_ih",
              "recurrentBias": "bias_hh"}


def recurrent_names(p):
    """The same tensors under the names of equations.py and modules.py, but for what only a Transformer has."""
    known = {v: k for k, v in SCORER_NAMES.items()} | {
        "encoder.embedding": "src_emb.weight", "decoder.embedding": "tgt_emb.weight", "output.weight": "out.weight",
        "output.bias": "out.bias"}
    named = {}
    for name, tensor in p.items():
        parts = name.split(".")
        if name in known:
            named[known[name]] = tensor
        elif parts[0] == "bridge":
            named[f"bridge.{parts[1]}.{parts[2][0]}.{parts[3]}"] = tensor
        elif parts[-1] in CELL_NAMES:
            suffix = "_reverse" if "backward" in parts else ""
            named[f"{parts[0][:3]}.{CELL_NAMES[parts[-1]]}_l{parts[1]}{suffix}"] = tensor
        elif parts[0] == "attentional":
            named[name] = tensor
    if "embedding" in p:
        named["src_emb.weight"] = named["tgt_emb.weight"] = p["embedding"]
    named.setdefault("out.weight", named["tgt_emb.weight"])
    return named


def by_equation(pos, i, width):
    """p(pos, i): the sine of pos / 10000^(i/D) where i is even, and its cosine, with i − 1, where it is odd."""
    angle = pos / 10000 ** ((i - i % 2) / width)
    return math.cos(angle) if i % 2 else math.sin(angle)
