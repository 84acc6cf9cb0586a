"""The same model from torch.nn: the second implementation, which shares no line with equations.py.

Packed sequences and whole batches; nn.GRU and nn.LSTM over all layers at once; masked softmax;
F.cross_entropy. Parameter names are those of the fixtures.
"""
import torch
import torch.nn as nn
import torch.nn.functional as F
from torch.nn.utils.rnn import pack_padded_sequence, pad_packed_sequence

RNN = {"gru": nn.GRU, "lstm": nn.LSTM}


class Attention(nn.Module):
    """The four scorers over a padded batch."""

    def __init__(self, scorer, parameters):
        super().__init__()
        self.scorer = scorer
        for name, value in parameters.items():
            self.register_parameter(name, nn.Parameter(value.detach().clone()))

    def score(self, h, memory, coverage):
        """[B, T, H] and [B, S, D] give [B, T, S]."""
        match self.scorer:
            case "additive":
                keys = F.linear(memory, self.W2)[:, None]
                if hasattr(self, "w"):
                    keys = keys + coverage[..., None] * self.w
                return (torch.tanh(F.linear(h, self.W1)[:, :, None] + keys) * self.v).sum(-1)
            case "dot":
                return h @ memory.mT
            case "general":
                return F.linear(h, self.W.T) @ memory.mT
            case "location":
                table = F.linear(h, self.W)[..., :memory.shape[1]]
                return F.pad(table, (0, memory.shape[1] - table.shape[2]), value=float("-inf"))

    def forward(self, h, memory, lengths, coverage=None):
        """Context [B, T, D], weights [B, T, S], scores [B, T, S] (-inf where there is none).

        `coverage` [B, T, S] is the sum of the weights of all steps before.
        """
        padding = torch.arange(memory.shape[1])[None] >= lengths[:, None]
        scores = self.score(h, memory, coverage).masked_fill(padding[:, None], float("-inf"))
        weights = scores.softmax(-1)
        return weights @ memory, weights, scores


class AttentionalState(nn.Linear):
    def forward(self, features):
        return super().forward(features).tanh()


class Modules(nn.Module):
    """The whole model of a config; values are copied from `parameters`."""

    def __init__(self, parameters, config):
        super().__init__()
        self.config = config
        e, d = config["encoder"], config["decoder"]
        memory = e["hidden"] * (1 + e["bidirectional"])
        self.src_emb = nn.Embedding(config["src_vocab"], config["emb"], padding_idx=config["pad"])
        self.tgt_emb = nn.Embedding(config["tgt_vocab"], config["emb"], padding_idx=config["pad"])
        self.enc = RNN[e["cell"]](config["emb"], e["hidden"], e["layers"], batch_first=True,
                                  bidirectional=e["bidirectional"])
        fed = {False: 0, True: memory, "attentional": d["hidden"]}[d["contextFeeding"]]
        self.dec = RNN[d["cell"]](config["emb"] + fed, d["hidden"], d["layers"], batch_first=True)
        if d["bridge"]:
            size = e["hidden"] if d["initialState"] == "backward" else memory
            names = "hc" if (e["cell"], d["cell"]) == ("lstm", "lstm") else "h"
            self.bridge = nn.ModuleList(
                nn.ModuleDict({n: nn.Linear(size, d["hidden"]) for n in names}) for _ in range(d["layers"]))
        self.attn = Attention(
            config["scorer"], {k[5:]: v for k, v in parameters.items() if k.startswith("attn.")})
        self.attentional = nn.Sequential()  # [h ; c] as it is
        if d["contextFeeding"] == "attentional":
            self.attentional = AttentionalState(d["hidden"] + memory, d["hidden"])
        read = d["hidden"] + memory * (d["contextFeeding"] != "attentional")
        self.out = nn.Linear(read, config["tgt_vocab"])
        self.load_state_dict({k: v.detach() for k, v in parameters.items()})

    def start(self, final):
        """Initial decoder state, from h_n (and c_n) as nn.GRU and nn.LSTM return them: [layers·directions, B, H]."""
        e, d = self.config["encoder"], self.config["decoder"]
        final = final if isinstance(final, tuple) else (final,)
        count = 2 if d["cell"] == "lstm" else 1
        states = []
        for name, s in zip("hc"[:count], final):
            # [layers·directions, B, H] → [layers, B, directions·H]
            by_layer = s.unflatten(0, (e["layers"], -1)).transpose(1, 2).flatten(2)
            if d["initialState"] == "backward":
                s = s[-1].expand(d["layers"], -1, -1)
            elif d["initialState"] == "top":
                s = by_layer[-1].expand(d["layers"], -1, -1)
            elif d["initialState"] == "layerwise":
                s = by_layer
            else:
                s = torch.zeros(d["layers"], s.shape[1], d["hidden"], dtype=s.dtype)
            if d["bridge"]:
                s = torch.stack([torch.tanh(b[name](x)) for b, x in zip(self.bridge, s, strict=True)])
            states.append(s.contiguous())
        if len(states) < count:
            states.append(torch.zeros_like(states[0]))
        return tuple(states) if count == 2 else states[0]

    def forward(self, batch):
        packed = pack_padded_sequence(
            self.src_emb(batch["src"]), batch["src_len"], batch_first=True, enforce_sorted=False)
        packed, final = self.enc(packed)
        memory, _ = pad_packed_sequence(packed, batch_first=True)
        state = self.start(final)
        first = state if isinstance(state, tuple) else (state,)
        x = self.tgt_emb(batch["tgt_in"])
        if self.config["decoder"]["contextFeeding"] or "coverage" in self.config:
            fed, steps = x.new_zeros(len(x), 1, self.dec.input_size - x.shape[2]), []
            coverage = x.new_zeros(len(x), 1, memory.shape[1])
            for t in range(x.shape[1]):
                h, state = self.dec(torch.cat([x[:, t:t + 1], fed], 2), state)
                context, weights, _ = self.attn(h, memory, batch["src_len"], coverage)
                coverage = coverage + weights
                read = self.attentional(torch.cat([h, context], 2))
                fed = {False: fed, True: context, "attentional": read}[self.config["decoder"]["contextFeeding"]]
                steps.append((h, context, weights, read))
            h, context, weights, read = (torch.cat(column, 1) for column in zip(*steps))
        else:
            h, _ = self.dec(x, state)
            context, weights, _ = self.attn(h, memory, batch["src_len"])
            read = torch.cat([h, context], 2)
        logits = self.out(read)
        loss = F.cross_entropy(
            logits.flatten(0, 1), batch["tgt_out"].flatten(), ignore_index=self.config["pad"])
        out = {"loss": loss, "logits": logits, "attention": weights, "enc_out": memory, "dec_h": h,
               "context": context, "dec_init_h": first[0]}
        if len(first) == 2:
            out["dec_init_c"] = first[1]
        return out
