"""The model of a file as a torch.nn.Module, made of the modules that Tests/Golden checks to 1e-12.

    from torch_model import load
    model = load("best.safetensors")                        # its state_dict is what to_torch.py writes
    logits = model(batch(sources, targets))["logits"]       # differentiable, for training

Dropout is not in it: `model` computes what dragoman computes when it translates.
"""
import sys
from pathlib import Path

import torch
import torch.nn as nn
import torch.nn.functional as F

import names
from architecture import config_of, has_transformer_forward
from model_file import ModelFile

sys.path.append(str(Path(__file__).resolve().parents[2] / "Tests/Golden"))

from modules import RNN, Attention, Modules  # noqa: E402
from transformer_modules import TransformerModules  # noqa: E402

NONE = -100     # no target: cross_entropy leaves it out


class TransformerModel(nn.Module):
    """A model with a Transformer on one side or both, its weights under torch's names.

    The `layers` are those of torch.nn, so that `encoder.…` and `decoder.…` are also the states of nn.TransformerEncoder and
    nn.TransformerDecoder.
    """

    def __init__(self, config, tensors):
        super().__init__()
        self.shapes = {name: tuple(tensor.shape) for name, tensor in tensors.items()}
        self.function = TransformerModules(config)
        e, d = config["encoder"], config["decoder"]
        self.src_emb = nn.Embedding(config["src_vocab"], config["emb"])
        self.tgt_emb = nn.Embedding(config["tgt_vocab"], config["emb"])
        if e["kind"] == "transformer":
            self.encoder = self.stack("encoder", e, config["emb"])
            memory = e["width"]
        else:
            self.enc = RNN[e["cell"]](config["emb"], e["hidden"], e["layers"], bidirectional=e["bidirectional"])
            memory = e["hidden"] * (1 + e["bidirectional"])
        if d["kind"] == "transformer":
            self.decoder = self.stack("decoder", d, config["emb"])
            read = d["width"]
        else:
            fed = {False: 0, True: memory, "attentional": d["hidden"]}[d["contextFeeding"]]
            self.dec = RNN[d["cell"]](config["emb"] + fed, d["hidden"], d["layers"])
            if d["bridge"]:
                self.bridge = nn.ModuleList(nn.ModuleDict(
                    {n: nn.Linear(memory, d["hidden"]) for n in ("hc" if d["cell"] == "lstm" else "h")}) for _ in range(d["layers"]))
            prefix = "attn."
            self.attn = Attention(config["scorer"], {
                name.removeprefix(prefix): tensor for name, tensor in names.to_torch(tensors).items() if name.startswith(prefix)})
            read = d["hidden"] + memory
            if d["contextFeeding"] == "attentional":
                self.attentional = nn.Linear(read, d["hidden"])
                read = d["hidden"]
        self.out = nn.Linear(read, config["tgt_vocab"])

    def stack(self, part, c, embedding):
        result = nn.Module()
        result.layers = nn.ModuleList(self.function.layers[part])
        if c["normalization"] == "before":
            result.norm = nn.LayerNorm(c["width"])
        if c["width"] != embedding:
            result.input = nn.Linear(embedding, c["width"])
        return result

    def forward(self, batch):
        return self.function(names.to_ours(self.state_dict(keep_vars=True), self.shapes), batch)


def build(file):
    """The module of a ModelFile, with its weights."""
    config, state = config_of(file), names.to_torch(file.tensors)
    if has_transformer_forward(config):
        model = TransformerModel(config, file.tensors)
    else:
        model = Modules(state, config)
        # Here 0 is the unknown word and has a vector like any other.
        model.src_emb.padding_idx = model.tgt_emb.padding_idx = None
    if config["tied"] in ("languages", "all"):
        model.tgt_emb.weight = model.src_emb.weight
    if config["tied"] in ("output", "all"):
        model.out.weight = model.tgt_emb.weight
    model.load_state_dict(state)
    return model


def load(path):
    """The module of the model file at `path`."""
    return build(ModelFile(path))


def batch(sources, targets):
    """What a module reads, from lists of ids that have the ends of the sentences."""
    src_len, tgt_len = (torch.tensor([len(ids) for ids in side]) for side in (sources, targets))

    def matrix(rows, fill):
        return nn.utils.rnn.pad_sequence([torch.tensor(row) for row in rows], batch_first=True, padding_value=fill)
    return {"src": matrix(sources, 0), "src_len": src_len, "tgt_len": tgt_len, "tgt_out": matrix(targets, NONE),
            "tgt_in": matrix([[1] + ids[:-1] for ids in targets], 0)}


def losses(model, batch):
    """−log p of each target token, `[B, T]`, 0 where there is none."""
    logits = model(batch | {"tgt_out": batch["tgt_out"].clamp(min=0)})["logits"]
    return F.cross_entropy(logits.flatten(0, 1), batch["tgt_out"].flatten(), ignore_index=NONE,
                           reduction="none").view(batch["tgt_out"].shape)
