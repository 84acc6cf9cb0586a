"""The Transformer from torch.nn: the second implementation, which shares no line with transformer_equations.py.

nn.TransformerEncoderLayer, nn.TransformerDecoderLayer and nn.MultiheadAttention over whole padded batches with masks;
nn.GRU, nn.LSTM on packed sequences; SSRU in closed form. Parameters are given by our names, so that gradients come out
by them.
"""
import contextlib
import math
from unittest import mock

import torch
import torch.nn as nn
import torch.nn.functional as F
from torch.func import functional_call
from torch.nn.utils.rnn import pack_padded_sequence, pad_packed_sequence

from modules import RNN, Attention
from transformer_fixtures import memory_width, recurrent_names


class RecordedAttention(nn.MultiheadAttention):
    """nn.MultiheadAttention that keeps the weights of every head, [B, h, T, S]."""

    def forward(self, *inputs, **options):
        result, self.weights = super().forward(
            *inputs, **options | {"need_weights": True, "average_attn_weights": False})
        return result, None


def relu_normalizer():
    """Within, torch's attention divides ReLU by the number of positions that the mask leaves."""
    def normalized(scores, dim):
        return F.relu(scores) / scores.isfinite().sum(dim, keepdim=True)
    return mock.patch("torch.nn.functional.softmax", normalized)


def additive_mask(q_len, k_len, heads, shape, causal=False, window=None, own=True):
    """[B·heads, T, S]: 0 where row t sees position s, −∞ elsewhere. Rows of padding see themselves."""
    t, s = torch.arange(shape[0])[None, :, None], torch.arange(shape[1])[None, None]
    seen = (s < k_len[:, None, None]).expand(-1, shape[0], -1)
    if causal:
        seen = seen & (s <= t)
    if window is not None:
        seen = seen & ((s - t).abs() <= window)
    if own:
        seen = seen | ((t >= q_len[:, None, None]) & (s == t))
    return torch.zeros(seen.shape).masked_fill(~seen, float("-inf")).repeat_interleave(heads, 0)


def ssru(x, weight, bias, c=None):
    """SSRU over [B, T, in] without a loop: c_t = Σ_{u≤t} (Π_{u<v≤t} f_v) (1 − f_u) x̃_u, the products as differences of
    sums of logarithms. Gives relu(c) and c."""
    half = len(bias)
    pre = F.linear(x, weight[half:], bias)
    f = torch.sigmoid(pre)
    sums = F.logsigmoid(pre).cumsum(1)  # [B, T, H]
    ratio = sums[:, :, None] - sums[:, None]  # of t to u
    lower = torch.ones(x.shape[1], x.shape[1]).tril()[None, :, :, None] > 0
    products = ratio.masked_fill(~lower, float("-inf")).exp()
    cells = (products * ((1 - f) * F.linear(x, weight[:half]))[:, None]).sum(2)
    if c is not None:
        cells = cells + sums.exp() * c[:, None]
    return F.relu(cells), cells


class SSRULayer(nn.Module):
    def __init__(self, width):
        super().__init__()
        self.weight, self.bias = nn.Parameter(torch.empty(2 * width, width)), nn.Parameter(torch.empty(width))

    def forward(self, x):
        return ssru(x, self.weight, self.bias)[0]


class SSRUDecoderLayer(nn.TransformerDecoderLayer):
    """A decoder layer with an SSRU in place of self-attention."""

    def _sa_block(self, x, attn_mask, key_padding_mask, is_causal=False):
        return self.ssru(x)


def sinusoid(length, width, like):
    pos = torch.arange(length)[:, None].to(like)
    rate = torch.exp(torch.arange(0, width, 2).to(like) * (-math.log(10000.0) / width))
    return torch.stack([torch.sin(pos * rate), torch.cos(pos * rate)], 2).flatten(1)


def attention_state(p, name, prefix):
    """The parameters of an nn.MultiheadAttention by torch's names."""
    state = {f"{prefix}.out_proj.weight": p[f"{name}output.weight"], f"{prefix}.out_proj.bias": p[f"{name}output.bias"]}
    if f"{name}queryKeyValue.weight" in p:
        return state | {f"{prefix}.in_proj_weight": p[f"{name}queryKeyValue.weight"],
                        f"{prefix}.in_proj_bias": p[f"{name}queryKeyValue.bias"]}
    q, kv = p[f"{name}query.weight"], p[f"{name}keyValue.weight"]
    state[f"{prefix}.in_proj_bias"] = torch.cat([p[f"{name}query.bias"], p[f"{name}keyValue.bias"]])
    if q.shape[1] == kv.shape[1]:
        return state | {f"{prefix}.in_proj_weight": torch.cat([q, kv])}
    k, v = kv.chunk(2)
    return state | {f"{prefix}.q_proj_weight": q, f"{prefix}.k_proj_weight": k, f"{prefix}.v_proj_weight": v}


class TransformerModules:
    """The whole model of a config, a function of parameters by our names and a batch."""

    def __init__(self, config):
        self.config, self.layers = config, {}
        memory = memory_width(config)
        for part in ("encoder", "decoder"):
            c = config[part]
            if c["kind"] == "recurrent":
                continue
            options = dict(d_model=c["width"], nhead=c["heads"], dim_feedforward=c["inner"], dropout=0.0,
                           activation=F.silu if c["activation"] == "silu" else c["activation"], batch_first=True,
                           norm_first=c["normalization"] == "before")
            self.layers[part] = []
            for _ in range(c["layers"]):
                if part == "encoder":
                    layer = nn.TransformerEncoderLayer(**options)
                elif c["selfAttention"] == "ssru":
                    layer = SSRUDecoderLayer(**options)
                    layer.ssru = SSRULayer(c["width"])
                else:
                    layer = nn.TransformerDecoderLayer(**options)
                layer.self_attn = RecordedAttention(c["width"], c["heads"], batch_first=True)
                if part == "decoder":
                    layer.multihead_attn = RecordedAttention(
                        c["width"], c["heads"], batch_first=True, kdim=memory, vdim=memory)
                self.layers[part].append(layer)

    def layer_state(self, p, name):
        cross = f"{name}.cross.query.weight" in p
        state = {"linear1.weight": p[f"{name}.feedForward.inner.weight"],
                 "linear1.bias": p[f"{name}.feedForward.inner.bias"],
                 "linear2.weight": p[f"{name}.feedForward.outer.weight"],
                 "linear2.bias": p[f"{name}.feedForward.outer.bias"]}
        for i in range(2 + cross):
            state[f"norm{i + 1}.weight"], state[f"norm{i + 1}.bias"] = (
                p[f"{name}.norm.{i}.{n}"] for n in ("gain", "bias"))
        if f"{name}.ssru.inputWeight" in p:
            state |= {"ssru.weight": p[f"{name}.ssru.inputWeight"], "ssru.bias": p[f"{name}.ssru.inputBias"]}
        else:
            state |= attention_state(p, f"{name}.attention.", "self_attn")
        return state | (attention_state(p, f"{name}.cross.", "multihead_attn") if cross else {})

    def stack(self, part, p, table, ids, lengths, memory=None, memory_lengths=None):
        c, out = self.config[part], {}
        width, length = c["width"], ids.shape[1]
        positions = p[f"{part}.positions"][:length] if c["positions"] == "learnt" else sinusoid(length, width, table)
        x = F.embedding(ids, table)
        if f"{part}.input.weight" in p:  # word vectors of another size than D
            x = F.linear(x, p[f"{part}.input.weight"], p[f"{part}.input.bias"])
        x = out[f"{part}.embedded"] = x * math.sqrt(width) + positions
        own = additive_mask(lengths, lengths, c["heads"], (length, length), part == "decoder", c.get("window")).to(x)
        with relu_normalizer() if c["normalizer"] == "relu" else contextlib.nullcontext():
            for k, layer in enumerate(self.layers[part]):
                name, state = f"{part}.{k}", self.layer_state(p, f"{part}.{k}")
                if memory is None:
                    x = functional_call(layer, state, (x,), {"src_mask": own})
                else:
                    cross = additive_mask(lengths, memory_lengths, c["heads"], (length, memory.shape[1]), own=False)
                    x = functional_call(layer, state, (x, memory), {"tgt_mask": own, "memory_mask": cross.to(x)})
                    out[f"{name}.cross.weights"] = layer.multihead_attn.weights
                if c.get("selfAttention") != "ssru":
                    out[f"{name}.attention.weights"] = layer.self_attn.weights
                out[f"{name}.output"] = x
        if c["normalization"] == "before":
            x = F.layer_norm(x, (width,), p[f"{part}.norm.gain"], p[f"{part}.norm.bias"])
        return x, out

    def encode_recurrent(self, p, x, lengths):
        """Packed sequences through nn.GRU or nn.LSTM, or SSRU layer by layer, backwards over flipped sentences."""
        e = self.config["encoder"]
        state = {k[4:]: v for k, v in p.items() if k.startswith("enc.")}
        if e["cell"] != "ssru":
            packed = pack_padded_sequence(x, lengths, batch_first=True, enforce_sorted=False)
            module = RNN[e["cell"]](x.shape[2], e["hidden"], e["layers"], batch_first=True,
                                    bidirectional=e["bidirectional"])
            return pad_packed_sequence(functional_call(module, state, (packed,))[0], batch_first=True)[0]

        def flipped(t):
            return torch.stack([torch.cat([row[:n].flip(0), row[n:]]) for row, n in zip(t, lengths)])

        for k in range(e["layers"]):
            forward = ssru(x, state[f"weight_ih_l{k}"], state[f"bias_ih_l{k}"])[0]
            if e["bidirectional"]:
                backward = ssru(flipped(x), state[f"weight_ih_l{k}_reverse"], state[f"bias_ih_l{k}_reverse"])[0]
                forward = torch.cat([forward, flipped(backward)], 2)
            x = forward
        return x

    def recurrent_step(self, p, x, states):
        """All layers over [B, T, in], from states [layers, B, H]."""
        d = self.config["decoder"]
        state = {k[4:]: v for k, v in p.items() if k.startswith("dec.")}
        if d["cell"] != "ssru":
            module = RNN[d["cell"]](x.shape[2], d["hidden"], d["layers"], batch_first=True)
            h, new = functional_call(module, state, (x, states if d["cell"] == "lstm" else states[0]))
            return h, new if d["cell"] == "lstm" else (new,)
        cells = []
        for k in range(d["layers"]):
            x, c = ssru(x, state[f"weight_ih_l{k}"], state[f"bias_ih_l{k}"], states[1][k])
            cells.append(c[:, -1])
        return x, (torch.zeros_like(states[0]), torch.stack(cells))

    def decode_recurrent(self, p, x, memory, lengths):
        c, d = self.config, self.config["decoder"]
        count = 1 if d["cell"] == "gru" else 2
        if d["initialState"] == "mean":
            real = (torch.arange(memory.shape[1])[None] < lengths[:, None]).to(memory)
            mean = torch.einsum("bs,bsd->bd", real, memory) / lengths[:, None]
            states = tuple(torch.stack([
                F.linear(mean, p[f"bridge.{k}.{n}.weight"], p[f"bridge.{k}.{n}.bias"]).tanh()
                for k in range(d["layers"])]) for n in "hc"[:count])
        else:
            states = (x.new_zeros(d["layers"], len(x), d["hidden"]),) * count
        out = dict(zip(("dec_init_h", "dec_init_c"), states))
        weights = {k[5:]: v for k, v in p.items() if k.startswith("attn.")}
        attention = Attention(c["scorer"], weights)

        def look(h):
            return functional_call(attention, weights, (h, memory, lengths))[:2]

        feeding = d["contextFeeding"]
        if feeding:
            fed = x.new_zeros(len(x), 1, d["hidden"] if feeding == "attentional" else memory.shape[2])
            steps = []
            for t in range(x.shape[1]):
                h, states = self.recurrent_step(p, torch.cat([x[:, t:t + 1], fed], 2), states)
                context, weight = look(h)
                read = torch.cat([h, context], 2)
                fed = context
                if feeding == "attentional":
                    read = fed = F.linear(read, p["attentional.weight"], p["attentional.bias"]).tanh()
                steps.append((h, context, weight, read))
            h, context, weight, read = (torch.cat(column, 1) for column in zip(*steps))
        else:
            h, _ = self.recurrent_step(p, x, states)
            context, weight = look(h)
            read = torch.cat([h, context], 2)
        return read, out | {"dec_h": h, "context": context, "attention": weight}

    def __call__(self, ours, batch):
        p, c = recurrent_names(ours), self.config
        if c["encoder"]["kind"] == "transformer":
            memory, out = self.stack("encoder", ours, p["src_emb.weight"], batch["src"], batch["src_len"])
        else:
            memory, out = self.encode_recurrent(p, F.embedding(batch["src"], p["src_emb.weight"]), batch["src_len"]), {}
        if c["decoder"]["kind"] == "transformer":
            read, seen = self.stack("decoder", ours, p["tgt_emb.weight"], batch["tgt_in"], batch["tgt_len"], memory,
                                    batch["src_len"])
            seen |= {"dec_h": read, "attention": seen[f"decoder.{c['decoder']['layers'] - 1}.cross.weights"].mean(1)}
        else:
            read, seen = self.decode_recurrent(
                p, F.embedding(batch["tgt_in"], p["tgt_emb.weight"]), memory, batch["src_len"])
        logits = F.linear(read, p["out.weight"], p["out.bias"])
        loss, nll = (F.cross_entropy(logits.flatten(0, 1), batch["tgt_out"].flatten(), ignore_index=c["pad"],
                                     reduction=r) for r in ("mean", "none"))
        return out | seen | {"enc_out": memory, "logits": logits, "loss": loss, "loss_sum": nll.sum(),
                             "token_nll": nll.view(batch["tgt_out"].shape)}
