"""The model, equation by equation: the first of two implementations, and the one README.md describes.

One sentence at a time, vectors only: no batch, no padding, no mask, and no torch.nn. Gradients are
autograd's, so that nothing here shares a mistake with a backward pass written by hand.

Sizes: S, T source and target length, E embedding, H decoder hidden, D encoder state, A attention, V vocabulary.
"""
import torch
from torch.nn.functional import pad

from fixtures import fed_size


def gru(x, h, w_ih, w_hh, b_ih, b_hh):
    """h' of a GRU: gates r, z, n are thirds of the rows of its weights."""
    (w_ir, w_iz, w_in), (w_hr, w_hz, w_hn) = w_ih.chunk(3), w_hh.chunk(3)
    (b_ir, b_iz, b_in), (b_hr, b_hz, b_hn) = b_ih.chunk(3), b_hh.chunk(3)
    r = torch.sigmoid(w_ir @ x + b_ir + w_hr @ h + b_hr)
    z = torch.sigmoid(w_iz @ x + b_iz + w_hz @ h + b_hz)
    n = torch.tanh(w_in @ x + b_in + r * (w_hn @ h + b_hn))
    return ((1 - z) * n + z * h,)


def lstm(x, h, c, w_ih, w_hh, b_ih, b_hh):
    """h' and c' of an LSTM: gates i, f, g, o are quarters of the rows of its weights; no peepholes."""
    (w_ii, w_if, w_ig, w_io), (w_hi, w_hf, w_hg, w_ho) = w_ih.chunk(4), w_hh.chunk(4)
    (b_ii, b_if, b_ig, b_io), (b_hi, b_hf, b_hg, b_ho) = b_ih.chunk(4), b_hh.chunk(4)
    i = torch.sigmoid(w_ii @ x + b_ii + w_hi @ h + b_hi)
    f = torch.sigmoid(w_if @ x + b_if + w_hf @ h + b_hf)
    g = torch.tanh(w_ig @ x + b_ig + w_hg @ h + b_hg)
    o = torch.sigmoid(w_io @ x + b_io + w_ho @ h + b_ho)
    c = f * c + i * g
    return o * torch.tanh(c), c


def ssru(x, h, c, w, b):
    """h' and c' of a simple simple recurrent unit: x̃ and f are halves of the rows of its weight, and only f has a
    bias. It reads no h."""
    w_x, w_f = w.chunk(2)
    f = torch.sigmoid(w_f @ x + b)
    c = f * c + (1 - f) * (w_x @ x)
    return torch.relu(c), c


CELL = {"gru": gru, "lstm": lstm, "ssru": ssru}
STATES = {"gru": 1, "lstm": 2, "ssru": 2}  # a GRU carries (h,), an LSTM and an SSRU (h, c)


def recur(cell, xs, state, weights, reverse=False):
    """Reads `xs` in order, or from the last to the first; gives h at every position and the final state."""
    outputs = [None] * len(xs)
    for i in reversed(range(len(xs))) if reverse else range(len(xs)):
        state = CELL[cell](xs[i], *state, *weights)
        outputs[i] = state[0]
    return outputs, state


def score(scorer, p, h, memory, coverage):
    """The score of every source position for the query `h`: a list of S numbers.

    Location scores only the positions that its table has a row for. `coverage` has the sum of all earlier weights of
    each position, or is None.
    """
    if scorer == "additive" and coverage is not None:
        return [p["attn.v"] @ torch.tanh(p["attn.W1"] @ h + p["attn.W2"] @ m + p["attn.w"] * c)
                for m, c in zip(memory, coverage)]
    if scorer == "additive":
        return [p["attn.v"] @ torch.tanh(p["attn.W1"] @ h + p["attn.W2"] @ m) for m in memory]
    if scorer == "dot":
        return [h @ m for m in memory]
    if scorer == "general":
        return [h @ p["attn.W"] @ m for m in memory]
    if scorer == "location":
        return [row @ h for row in p["attn.W"][:len(memory)]]
    raise ValueError(scorer)


def attend(scorer, p, h, memory, coverage=None):
    """Scores, weights (0 where there is no score), and the context, for one query."""
    scores = torch.stack(score(scorer, p, h, memory, coverage))
    weights = torch.exp(scores - scores.max())
    weights = weights / weights.sum()
    weights = torch.cat([weights, weights.new_zeros(len(memory) - len(scores))])
    return scores, weights, sum(a * m for a, m in zip(weights, memory))


class Equations:
    """The whole model of a config over parameters by name."""

    def __init__(self, parameters, config):
        self.p, self.config = parameters, config

    def weights(self, part, suffix):
        names = ("weight_ih", "weight_hh", "bias_ih", "bias_hh")
        return [self.p[name] for n in names if (name := f"{part}.{n}{suffix}") in self.p]

    def zeros(self, n):
        return self.p["out.bias"].new_zeros(n)

    def encode(self, ids):
        """The memory, S vectors [D], and per layer the final state of each direction."""
        e = self.config["encoder"]
        xs, finals = [self.p["src_emb.weight"][i] for i in ids], []
        for k in range(e["layers"]):
            outputs, states = [], []
            for suffix in ("", "_reverse") if e["bidirectional"] else ("",):
                start = [self.zeros(e["hidden"])] * STATES[e["cell"]]
                out, state = recur(e["cell"], xs, start, self.weights("enc", f"_l{k}{suffix}"), suffix != "")
                outputs.append(out)
                states.append(state)
            xs = [torch.cat(both) for both in zip(*outputs)]
            finals.append(states)
        return xs, finals

    def start(self, finals):
        """The state every decoder layer starts from."""
        d, enc = self.config["decoder"], self.config["encoder"]["cell"]
        states = []
        for k in range(d["layers"]):
            layer = {"layerwise": k}.get(d["initialState"], -1)
            # [→h_S ; ←h₁], and for an LSTM [→c_S ; ←c₁]
            state = [torch.cat(both) for both in zip(*finals[layer])]
            if d["initialState"] == "backward":
                state = finals[-1][1]
            if d["initialState"] == "zero":
                state = [self.zeros(d["hidden"])] * STATES[enc]
            state = list(state)[:STATES[d["cell"]]]  # LSTM → GRU hands over h only
            if d["bridge"]:
                state = [torch.tanh(self.p[f"bridge.{k}.{n}.weight"] @ s + self.p[f"bridge.{k}.{n}.bias"])
                         for n, s in zip("hc", state)]
            if len(state) < STATES[d["cell"]]:  # GRU → LSTM starts c at 0
                state.append(self.zeros(d["hidden"]))
            states.append(tuple(state))
        return states

    def nothing_yet(self, memory):
        """What the first step is fed, and the coverage before it."""
        coverage = self.zeros(len(memory)) if "coverage" in self.config else None
        return self.zeros(fed_size(self.config)), coverage

    def step(self, token, states, before, memory):
        """One decoder step: logits, weights, the layers' new states, the context, and for the next step what it is
        fed and the coverage before it."""
        fed, coverage = before
        d = self.config["decoder"]
        x = self.p["tgt_emb.weight"][token]
        if d["contextFeeding"]:
            x = torch.cat([x, fed])
        new = []
        for k, state in enumerate(states):
            state = CELL[d["cell"]](x, *state, *self.weights("dec", f"_l{k}"))
            x = state[0]
            new.append(state)
        _, weights, context = attend(self.config["scorer"], self.p, x, memory, coverage)
        coverage = None if coverage is None else coverage + weights
        read, fed = torch.cat([x, context]), context
        if d["contextFeeding"] == "attentional":
            read = fed = torch.tanh(self.p["attentional.weight"] @ read + self.p["attentional.bias"])
        logits = self.p["out.weight"] @ read + self.p["out.bias"]
        return logits, weights, new, context, (fed, coverage)

    def sentence(self, ids, inputs):
        """Teacher forcing over one sentence; every output of README.md but the loss, unpadded in S."""
        memory, finals = self.encode(ids)
        states, before = self.start(finals), self.nothing_yet(memory)
        out = {"enc_out": torch.stack(memory), "dec_init_h": torch.stack([s[0] for s in states])}
        if len(states[0]) == 2:
            out["dec_init_c"] = torch.stack([s[1] for s in states])
        rows = []
        for token in inputs:
            logits, weights, states, context, before = self.step(token, states, before, memory)
            rows.append((logits, weights, states[-1][0], context))
        for name, column in zip(("logits", "attention", "dec_h", "context"), zip(*rows)):
            out[name] = torch.stack(column)
        return out

    def run(self, batch):
        """The whole batch, padded as README.md says; `loss` is the mean over the tokens that are not padding."""
        sentences, longest = [], batch["src"].shape[1]
        for b, n in enumerate(batch["src_len"]):
            s = self.sentence(batch["src"][b, :n], batch["tgt_in"][b])
            s["enc_out"] = pad(s["enc_out"], (0, 0, 0, longest - n))
            s["attention"] = pad(s["attention"], (0, longest - n))
            sentences.append(s)
        out = {k: torch.stack([s[k] for s in sentences]) for k in sentences[0]}
        for k in ("dec_init_h", "dec_init_c"):
            if k in out:
                out[k] = out[k].transpose(0, 1)  # [layers, B, H]
        real = batch["tgt_out"] != self.config["pad"]
        nll = torch.logsumexp(out["logits"], 2) - out["logits"].gather(2, batch["tgt_out"][..., None])[..., 0]
        out["token_nll"] = nll * real
        out["loss_sum"] = out["token_nll"].sum()
        out["loss"] = out["loss_sum"] / real.sum()
        return out

    @torch.no_grad()
    def greedy(self, batch, steps):
        """The most probable token, `steps` times, and how far each logit lies above the second best."""
        tokens, margins = [], []
        for b, n in enumerate(batch["src_len"]):
            memory, finals = self.encode(batch["src"][b, :n])
            states, before, token = self.start(finals), self.nothing_yet(memory), self.config["bos"]
            for _ in range(steps):
                logits, _, states, _, before = self.step(token, states, before, memory)
                best = logits.topk(2)
                token = best.indices[0].item()
                tokens.append(token)
                margins.append((best.values[0] - best.values[1]).item())
        return torch.tensor(tokens).view(-1, steps), torch.tensor(margins).view(-1, steps)
