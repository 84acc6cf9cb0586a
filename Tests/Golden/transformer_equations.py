"""The Transformer, equation by equation: the first of two implementations, and the one README.md describes.

One sentence at a time, head by head and row by row: no batch, no padding, no mask, and no torch.nn. Recurrent parts
are those of equations.py.
"""
import math

import torch
from torch.nn.functional import pad

from equations import STATES, Equations, recur
from transformer_fixtures import by_equation, recurrent_names


def layer_norm(x, gain, bias):
    """One row brought to mean 0 and variance 1, times the gain, plus the bias."""
    mean = x.sum() / len(x)
    variance = ((x - mean) ** 2).sum() / len(x)
    return (x - mean) / torch.sqrt(variance + 1e-5) * gain + bias


ACTIVATION = {
    "relu": lambda x: torch.where(x > 0, x, 0),
    "gelu": lambda x: x * (1 + torch.erf(x / math.sqrt(2))) / 2,
    "silu": lambda x: x / (1 + torch.exp(-x)),
}


def feed_forward(x, p, name, activation, inner=None):
    """W₂ φ(W₁ x + b₁) + b₂ of one row; `inner` is given the argument of φ."""
    a = p[f"{name}inner.weight"] @ x + p[f"{name}inner.bias"]
    if inner is not None:
        inner.append(a)
    return p[f"{name}outer.weight"] @ ACTIVATION[activation](a) + p[f"{name}outer.bias"]


def everything(length):
    """Every row sees all positions."""
    return lambda t: range(length)


def nearby(length, causal, window):
    """What row t of self-attention sees: up to itself if `causal`, and no further than `window`."""
    return lambda t: range(max(0, t - (window or length)), min(length, t + 1 if causal else t + (window or length) + 1))


def attend_heads(q, k, v, heads, sees, normalizer="softmax"):
    """Queries, keys and values, lists of rows, to the heads' results side by side, and lists by head and row of the
    scores and of the weights of the positions that the row sees."""
    size = len(q[0]) // heads
    results, scores, weights = [[] for _ in q], [], []
    for i in range(heads):
        head = slice(i * size, (i + 1) * size)
        scores.append([])
        weights.append([])
        for t, query in enumerate(q):
            e = torch.stack([query[head] @ k[s][head] / math.sqrt(size) for s in sees(t)])
            if normalizer == "softmax":
                a = torch.exp(e - e.max())
                a = a / a.sum()
            else:
                a = torch.where(e > 0, e, 0) / len(sees(t))
            results[t].append(sum(w * v[s][head] for w, s in zip(a, sees(t))))
            scores[i].append(e)
            weights[i].append(a)
    return [torch.cat(row) for row in results], scores, weights


def full(weights, sees, length):
    """Weights by head and row, of what each row sees, as [heads, T, S]: 0 elsewhere."""
    return torch.stack([torch.stack([
        pad(a, (sees(t).start, length - sees(t).stop)) for t, a in enumerate(rows)]) for rows in weights])


def self_attention(xs, p, name, heads, sees, normalizer="softmax"):
    """Rows of a sentence, as they look at one another."""
    width = len(xs[0])
    projected = [p[f"{name}queryKeyValue.weight"] @ x + p[f"{name}queryKeyValue.bias"] for x in xs]
    q, k, v = ([row[i * width:(i + 1) * width] for row in projected] for i in range(3))
    results, scores, weights = attend_heads(q, k, v, heads, sees, normalizer)
    return [p[f"{name}output.weight"] @ r + p[f"{name}output.bias"] for r in results], scores, weights


def cross_attention(xs, memory, p, name, heads, normalizer="softmax"):
    """Rows of a target, as they look at the encoder's states."""
    width = len(xs[0])
    q = [p[f"{name}query.weight"] @ x + p[f"{name}query.bias"] for x in xs]
    both = [p[f"{name}keyValue.weight"] @ m + p[f"{name}keyValue.bias"] for m in memory]
    k, v = [row[:width] for row in both], [row[width:] for row in both]
    results, scores, weights = attend_heads(q, k, v, heads, everything(len(memory)), normalizer)
    return [p[f"{name}output.weight"] @ r + p[f"{name}output.bias"] for r in results], scores, weights


class TransformerEquations(Equations):
    """The whole model of a config over parameters by our names.

    `kinks` has, after each run, the distance from 0 of everything that went through a ReLU: where that is tiny, single
    precision may take the other side.
    """

    def __init__(self, parameters, config):
        super().__init__(recurrent_names(parameters), config)
        self.ours, self.kinks = parameters, []

    def relu_at(self, values):
        self.kinks.append(min(v.detach().abs().min().item() for v in values))

    def embed(self, part, ids):
        """Word vectors times √D, plus positions."""
        c, table = self.config[part], self.p["src_emb.weight" if part == "encoder" else "tgt_emb.weight"]
        width = c["width"]
        if c["positions"] == "learnt":
            positions = self.ours[f"{part}.positions"]
        else:
            positions = table.new_tensor([[by_equation(t, i, width) for i in range(width)] for t in range(len(ids))])
        return [table[token] * math.sqrt(width) + positions[t] for t, token in enumerate(ids)]

    def stack(self, part, ids, memory=None):
        """The layers over one sentence: what comes out, and what is seen on the way."""
        c, p, xs, seen = self.config[part], self.ours, self.embed(part, ids), {}
        seen[f"{part}.embedded"] = torch.stack(xs)
        sees = nearby(len(xs), part == "decoder", c.get("window"))

        def sublayer(xs, norm, f):
            def normal(rows):
                return [layer_norm(x, p[f"{norm}.gain"], p[f"{norm}.bias"]) for x in rows]
            if c["normalization"] == "before":
                return [x + y for x, y in zip(xs, f(normal(xs)))]
            return normal([x + y for x, y in zip(xs, f(xs))])

        def looked(name, result, sees, length):
            results, scores, weights = result
            seen[f"{name}.weights"] = full(weights, sees, length)
            if c["normalizer"] == "relu":
                self.relu_at([e for rows in scores for e in rows])
            return results

        for k in range(c["layers"]):
            layer = f"{part}.{k}"

            def attention(xs):
                return looked(f"{layer}.attention", self_attention(
                    xs, p, f"{layer}.attention.", c["heads"], sees, c["normalizer"]), sees, len(xs))

            def ssru(xs):
                weights = [p[f"{layer}.ssru.inputWeight"], p[f"{layer}.ssru.inputBias"]]
                state, states = [torch.zeros_like(xs[0])] * 2, []
                for x in xs:
                    _, state = recur("ssru", [x], state, weights)
                    states.append(state)
                hs, cs = zip(*states)
                self.relu_at(cs)
                return hs

            def cross(xs):
                return looked(f"{layer}.cross", cross_attention(
                    xs, memory, p, f"{layer}.cross.", c["heads"], c["normalizer"]),
                    everything(len(memory)), len(memory))

            def feed(xs):
                inner = []
                results = [feed_forward(x, p, f"{layer}.feedForward.", c["activation"], inner) for x in xs]
                if c["activation"] == "relu":
                    self.relu_at(inner)
                return results

            parts = [ssru if c.get("selfAttention") == "ssru" else attention]
            parts += [feed] if memory is None else [cross, feed]
            for i, f in enumerate(parts):
                xs = sublayer(xs, f"{layer}.norm.{i}", f)
            seen[f"{layer}.output"] = torch.stack(xs)
        if c["normalization"] == "before":
            xs = [layer_norm(x, p[f"{part}.norm.gain"], p[f"{part}.norm.bias"]) for x in xs]
        return xs, seen

    def encode(self, ids):
        """The memory, and what `start` needs of the encoder."""
        if self.config["encoder"]["kind"] == "recurrent":
            return super().encode(ids)
        memory, self.seen = self.stack("encoder", ids)
        return memory, memory

    def start(self, finals):
        d = self.config["decoder"]
        if self.config["encoder"]["kind"] == "recurrent":
            return super().start(finals)
        mean, states = sum(finals) / len(finals), []
        for k in range(d["layers"]):
            if d["initialState"] == "mean":
                states.append([torch.tanh(self.p[f"bridge.{k}.{n}.weight"] @ mean + self.p[f"bridge.{k}.{n}.bias"])
                               for n in "hc"[:STATES[d["cell"]]]])
            else:
                states.append([self.zeros(d["hidden"])] * STATES[d["cell"]])
        return states

    def nothing_yet(self, memory):
        d = self.config["decoder"]
        return self.zeros({False: 0, True: len(memory[0]), "attentional": d["hidden"]}[d["contextFeeding"]]), None

    def sentence(self, ids, inputs):
        self.seen = {}
        if self.config["decoder"]["kind"] == "recurrent":
            out = super().sentence(ids, inputs)
            return out | self.seen
        memory, _ = self.encode(ids)
        xs, seen = self.stack("decoder", inputs, memory)
        seen |= self.seen
        out = {"enc_out": torch.stack(memory), "dec_h": torch.stack(xs),
               "logits": torch.stack([self.p["out.weight"] @ x + self.p["out.bias"] for x in xs])}
        last = f"decoder.{self.config['decoder']['layers'] - 1}.cross.weights"
        return out | {"attention": seen[last].sum(0) / len(seen[last])} | seen

    def run(self, batch):
        """The whole batch; everything is 0 at padding. `loss` is the mean over the tokens that are not padding."""
        self.kinks = []
        sentences, losses = [], []
        longest = {"S": batch["src"].shape[1], "T": batch["tgt_in"].shape[1]}
        for b, (s, t) in enumerate(zip(batch["src_len"], batch["tgt_len"])):
            out = self.sentence(batch["src"][b, :s], batch["tgt_in"][b, :t])
            targets = batch["tgt_out"][b, :t]
            out["token_nll"] = torch.stack([
                torch.log(torch.exp(row - row.max()).sum()) + row.max() - row[y]
                for row, y in zip(out["logits"], targets)])
            losses.append(out["token_nll"].sum())
            lengths = {"S": int(s), "T": int(t)}
            for name, value in out.items():
                ends = []
                for axis in reversed(axes(name)):
                    ends += [0, longest[axis] - lengths[axis] if axis in lengths else 0]
                out[name] = pad(value, ends)
            sentences.append(out)
        out = {k: torch.stack([s[k] for s in sentences]) for k in sentences[0]}
        for k in ("dec_init_h", "dec_init_c"):
            if k in out:
                out[k] = out[k].transpose(0, 1)  # [layers, B, H]
        out["loss_sum"] = sum(losses)
        out["loss"] = out["loss_sum"] / sum(batch["tgt_len"])
        return out

    @torch.no_grad()
    def greedy(self, batch, steps):
        """The most probable token, `steps` times, and how far each logit lies above the second best."""
        if self.config["decoder"]["kind"] == "recurrent":
            return super().greedy(batch, steps)
        tokens, margins = [], []
        for b, n in enumerate(batch["src_len"]):
            prefix = [self.config["bos"]]
            for _ in range(steps):  # the whole prefix anew: no cache that could be wrong
                best = self.sentence(batch["src"][b, :n], torch.tensor(prefix))["logits"][-1].topk(2)
                prefix.append(best.indices[0].item())
                margins.append((best.values[0] - best.values[1]).item())
            tokens += prefix[1:]
        return torch.tensor(tokens).view(-1, steps), torch.tensor(margins).view(-1, steps)


def axes(name):
    """The axes of one sentence's output that depend on lengths, by name: S or T, and . for those that do not."""
    if name.endswith(".weights"):
        return ".SS" if name.startswith("encoder") else ".TS" if ".cross." in name else ".TT"
    if name.startswith("dec_init"):
        return ".."
    if name == "enc_out" or name.startswith("encoder."):
        return "S."
    return {"attention": "TS", "token_nll": "T"}.get(name, "T.")
