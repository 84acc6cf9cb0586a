"""Which models there are fixtures of: configs, parameters and inputs, all drawn from fixed seeds."""
from dataclasses import dataclass

import torch

PAD, BOS, EOS, UNK = 0, 1, 2, 3
SCORERS = ("additive", "dot", "general", "location")
GATES = {"gru": 3, "lstm": 4}


@dataclass(frozen=True)
class Fixture:
    config: dict
    seed: int
    src_len: tuple = (7, 4, 6)
    tgt_len: tuple = (4, 6, 2)
    scales: tuple = (2.0, 0.5, 3.0, 1.2)  # of embeddings, biases, out.weight, and all else: uniform in ±scale
    input_seed: int | None = None  # default: one more than seed
    original: str | None = None  # "bigru" or "lstm": the first eight, whose layout is older

    @property
    def name(self):
        c, e, d = self.config, self.config["encoder"], self.config["decoder"]
        if self.original:
            return f"{self.original}_{c['scorer']}"
        return "_".join(
            [("bi" if e["bidirectional"] else "") + f"{e['cell']}{e['layers']}", f"{d['cell']}{d['layers']}",
             c["scorer"]] + ["coverage"] * ("coverage" in c) + [d["initialState"]] + ["bridge"] * d["bridge"]
            + {False: [], True: ["feeding"], "attentional": ["attentional"]}[d["contextFeeding"]])


def config(encoder, decoder, scorer, start, *, bridge, feeding, emb=4, src_vocab=11, tgt_vocab=13, size=12,
           coverage=False):
    """`encoder` and `decoder` are (cell, hidden, layers); "bi" before the encoder's cell makes it bidirectional.

    The usual sizes differ from each other and from multiples of 8: B 3, E 4, encoder hidden 5, T 6, S 7,
    H 9, D 10, source V 11, A (or positions) 12, target V 13. Dot needs H = D, and a state that is copied
    without a bridge needs the decoder to be as wide as what it starts from. `feeding` is False, True or "attentional".
    """
    cell, hidden, layers = encoder
    c = {"encoder": {"cell": cell.removeprefix("bi"), "hidden": hidden, "layers": layers,
                     "bidirectional": cell.startswith("bi")},
         "decoder": {"cell": decoder[0], "hidden": decoder[1], "layers": decoder[2], "initialState": start,
                     "bridge": bridge, "contextFeeding": feeding},
         "scorer": scorer, "emb": emb, "src_vocab": src_vocab, "tgt_vocab": tgt_vocab}
    if scorer in ("additive", "location"):
        c["attn_dim" if scorer == "additive" else "location_max_positions"] = size
    if coverage:
        c["coverage"] = True
    return c | {"pad": PAD, "bos": BOS, "eos": EOS, "unk": UNK}


def original(kind, scorer):
    """One of the first eight; their sizes, seeds and lengths."""
    sizes = dict(emb=5, src_vocab=11, tgt_vocab=12, size=8 if scorer == "additive" else 9)
    if kind == "bigru":
        c = config(("bigru", 6, 1), ("gru", 12 if scorer == "dot" else 7, 1), scorer, "backward",
                   bridge=True, feeding=True, **sizes)
    else:
        c = config(("lstm", 7, 2), ("lstm", 7, 2), scorer, "layerwise", bridge=False, feeding=False, **sizes)
    return Fixture(c, 1000 * (kind == "lstm") + SCORERS.index(scorer), (7, 4, 6), (5, 7, 4), (0.6,) * 4,
                   input_seed=77, original=kind)


ORIGINALS = [original(kind, scorer) for kind in ("bigru", "lstm") for scorer in SCORERS]

LONE = dict(src_len=(1, 7, 4), tgt_len=(6, 2, 5))  # one source is nothing but its end

# Seeds: the first that `make_golden.py --seed NAME` finds good enough.
COMBINATIONS = [
    Fixture(config(("bilstm", 5, 1), ("lstm", 9, 1), "additive", "backward", bridge=True, feeding=True), 327),
    Fixture(config(("bilstm", 5, 2), ("lstm", 5, 2), "general", "backward", bridge=False, feeding=True), 730, **LONE),
    Fixture(config(("bigru", 5, 2), ("gru", 9, 2), "additive", "backward", bridge=True, feeding=True), 1907),
    Fixture(config(("bigru", 5, 2), ("gru", 10, 2), "dot", "layerwise", bridge=False, feeding=False), 311, **LONE),
    Fixture(config(("gru", 9, 1), ("gru", 9, 2), "location", "top", bridge=False, feeding=False), 1639),
    Fixture(config(("lstm", 9, 2), ("lstm", 9, 2), "dot", "top", bridge=False, feeding=False), 468, **LONE),
    Fixture(config(("bilstm", 5, 2), ("lstm", 9, 2), "general", "layerwise", bridge=True, feeding=False), 288),
    Fixture(config(("bilstm", 5, 1), ("lstm", 9, 1), "location", "zero", bridge=False, feeding=True), 711, **LONE),
    Fixture(config(("bigru", 5, 1), ("lstm", 10, 2), "dot", "backward", bridge=True, feeding=True), 4),
    Fixture(config(("bilstm", 5, 1), ("gru", 9, 1), "additive", "top", bridge=True, feeding=False), 373, **LONE),
    Fixture(config(("gru", 9, 2), ("lstm", 9, 1), "general", "top", bridge=False, feeding=True), 322),
    Fixture(config(("lstm", 5, 2), ("gru", 9, 2), "location", "layerwise", bridge=True, feeding=True), 797, **LONE),
    Fixture(config(("lstm", 9, 2), ("lstm", 9, 2), "general", "layerwise", bridge=False, feeding="attentional"),
            2671, **LONE),
    Fixture(config(("bigru", 5, 1), ("gru", 9, 1), "additive", "backward", bridge=True, feeding="attentional"), 949),
    Fixture(config(("bilstm", 5, 1), ("gru", 9, 2), "location", "top", bridge=True, feeding="attentional"), 249),
    Fixture(config(("bigru", 5, 1), ("gru", 9, 1), "additive", "backward", bridge=True, feeding=True,
                   coverage=True), 293),
    Fixture(config(("lstm", 9, 2), ("lstm", 9, 2), "additive", "layerwise", bridge=False, feeding=False,
                   coverage=True), 2079, **LONE),
    Fixture(config(("bigru", 5, 1), ("lstm", 9, 2), "additive", "top", bridge=True, feeding="attentional",
                   coverage=True), 1679),
]


def make_parameters(fixture):
    """Name to tensor, in the order of the checkpoint: embeddings, encoder, bridge, decoder, scorer, output."""
    c, e, d = fixture.config, fixture.config["encoder"], fixture.config["decoder"]
    generator = torch.Generator().manual_seed(fixture.seed)
    parameters = {}

    def add(name, *shape):
        emb, bias, out, other = fixture.scales
        s = emb if "emb" in name else bias if "bias" in name else out if name == "out.weight" else other
        parameters[name] = (torch.rand(*shape, generator=generator) * 2 - 1) * s

    def add_layer(part, suffix, cell, size, hidden):
        add(f"{part}.weight_ih{suffix}", GATES[cell] * hidden, size)
        add(f"{part}.weight_hh{suffix}", GATES[cell] * hidden, hidden)
        add(f"{part}.bias_ih{suffix}", GATES[cell] * hidden)
        add(f"{part}.bias_hh{suffix}", GATES[cell] * hidden)

    add("src_emb.weight", c["src_vocab"], c["emb"])
    add("tgt_emb.weight", c["tgt_vocab"], c["emb"])
    memory, width = e["hidden"] * (1 + e["bidirectional"]), d["hidden"]
    for k in range(e["layers"]):
        for suffix in ("", "_reverse") if e["bidirectional"] else ("",):
            add_layer("enc", f"_l{k}{suffix}", e["cell"], memory if k else c["emb"], e["hidden"])
    for k in range(d["layers"] if d["bridge"] else 0):
        for n in "hc" if (e["cell"], d["cell"]) == ("lstm", "lstm") else "h":
            add(f"bridge.{k}.{n}.weight", width, e["hidden"] if d["initialState"] == "backward" else memory)
            add(f"bridge.{k}.{n}.bias", width)
    for k in range(d["layers"]):
        size = width if k else c["emb"] + fed_size(c)
        add_layer("dec", f"_l{k}", d["cell"], size, width)
    for name, shape in scorer_shapes(c["scorer"], width, memory, c).items():
        add(name, *shape)
    if d["contextFeeding"] == "attentional":
        add("attentional.weight", width, width + memory)
        add("attentional.bias", width)
    add("out.weight", c["tgt_vocab"], width + memory * (d["contextFeeding"] != "attentional"))
    add("out.bias", c["tgt_vocab"])
    return parameters


def fed_size(config):
    """How many numbers of the step before the decoder reads: those of h̃, of c, or none."""
    e, d = config["encoder"], config["decoder"]
    memory = e["hidden"] * (1 + e["bidirectional"])
    return {False: 0, True: memory, "attentional": d["hidden"]}[d["contextFeeding"]]


def scorer_shapes(scorer, width, memory, sizes):
    """The scorer's parameters for decoder width H and memory width D."""
    if scorer == "additive":
        a = sizes["attn_dim"]
        return {"attn.W1": (a, width), "attn.W2": (a, memory), "attn.v": (a,)} | (
            {"attn.w": (a,)} if "coverage" in sizes else {})
    if scorer == "location":
        return {"attn.W": (sizes["location_max_positions"], width)}
    return {"attn.W": (width, memory)} if scorer == "general" else {}


def make_batch(fixture):
    """Random sentences: sources end with EOS; a target is read as BOS w1 … and predicted as w1 … EOS."""
    c, src_len, tgt_len = fixture.config, fixture.src_len, fixture.tgt_len
    seed = fixture.seed + 1 if fixture.input_seed is None else fixture.input_seed
    generator = torch.Generator().manual_seed(seed)
    src = torch.full((len(src_len), max(src_len)), PAD)
    tgt_in = torch.full((len(tgt_len), max(tgt_len)), PAD)
    tgt_out = tgt_in.clone()
    for b, (s, t) in enumerate(zip(src_len, tgt_len)):
        src[b, :s] = torch.randint(3, c["src_vocab"], (s,), generator=generator)
        src[b, s - 1] = EOS
        words = torch.randint(3, c["tgt_vocab"], (t - 1,), generator=generator)
        tgt_in[b, :t] = torch.cat([torch.tensor([BOS]), words])
        tgt_out[b, :t] = torch.cat([words, torch.tensor([EOS])])
    return {"src": src, "src_len": torch.tensor(src_len), "tgt_in": tgt_in, "tgt_out": tgt_out,
            "tgt_len": torch.tensor(tgt_len)}
