"""cells.json: each cell and each scorer on its own, forward and backward, over random inputs and gradients.

Every part is {inputs, params, outputs, upstream, grads}. `grads` are the derivatives of L = Σ outputs · upstream
by every input and parameter. Everything is 0 at padding. Both implementations again, and finite differences.
"""
import torch
from torch.nn.utils.rnn import pack_padded_sequence, pad_packed_sequence

from checks import finite_difference, largest
from equations import CELL, attend, recur
from fixtures import GATES, SCORERS, scorer_shapes
from layout import tensors
from modules import RNN, Attention

E, H, LENGTHS = 5, 7, (2, 4, 1)  # B 3, S 4
SRC_LEN, TGT_LEN, MEMORY, WIDTH = (6, 2, 5), (2, 4, 1), 10, 9  # S 6, T 4, D 10, H 9; D = H = 10 for dot
WEIGHTS = ("weight_ih", "weight_hh", "bias_ih", "bias_hh")
STEP_MODULE = {"gru": torch.nn.GRUCell, "lstm": torch.nn.LSTMCell}


def ragged(generator, lengths, width):
    """Random [B, longest, width], 0 at padding."""
    t = torch.rand(len(lengths), max(lengths), width, generator=generator) * 2 - 1
    return t * (torch.arange(max(lengths))[None] < torch.tensor(lengths)[:, None])[..., None]


def uniform(generator, *shape):
    return torch.rand(*shape, generator=generator) * 2 - 1


def part(inputs, params, upstream, forward, second, lengths=None, step=1e-3):
    """Both implementations over the same tensors. `forward` also gives inner values, by name a list of tensors and
    how to make one of it, whose gradients are given too."""
    given = {k: v.detach().clone().requires_grad_() for k, v in (inputs | params).items()}

    def objective(outputs):
        return sum((outputs[k] * u).sum() for k, u in upstream.items())

    outputs, inner = forward(given)
    found = iter(torch.autograd.grad(
        objective(outputs), [*given.values(), *(t for rows, _ in inner.values() for t in rows)]))
    grads = {k: next(found) for k in given}
    for name, (rows, assembled) in inner.items():
        grads[name] = assembled([next(found) for _ in rows])

    others = second(given)
    slopes = dict(zip(given, torch.autograd.grad(objective(others), list(given.values()))))
    worst = max(largest(others, {k: outputs[k] for k in others}), largest(slopes, {k: grads[k] for k in slopes}))
    assert worst < 1e-12, worst
    difference = finite_difference(lambda p: objective(forward(p)[0]), given, slopes, count=40, step=step)
    assert difference < 1e-9, difference
    doc = {"inputs": tensors(inputs) | (lengths or {}), "params": tensors(params), "outputs": tensors(outputs),
           "upstream": tensors(upstream), "grads": tensors(grads)}
    return doc, worst, difference


def states(p, name="0"):
    return [p[k] for k in (f"h{name}", f"c{name}") if k in p]


def step(cell, generator, params):
    """One step: x, h (and c) give h′ (and c′), through a = W_ih x + b_ih and u = W_hh h + b_hh."""
    inputs = {"x": uniform(generator, 3, E), "h0": uniform(generator, 3, H)}
    upstream = {"h1": uniform(generator, 3, H)}
    if cell == "lstm":
        inputs["c0"], upstream["c1"] = uniform(generator, 3, H), uniform(generator, 3, H)

    def forward(p):
        # A bias of its own for every sentence: its gradient is that of a, or of u.
        b_ih, b_hh = ([p[k].clone() for _ in range(3)] for k in ("bias_ih", "bias_hh"))
        rows = [CELL[cell](p["x"][b], *[s[b] for s in states(p)], p["weight_ih"], p["weight_hh"], b_ih[b], b_hh[b])
                for b in range(3)]
        outputs = {f"{n}1": torch.stack(column) for n, column in zip("hc", zip(*rows))}
        outputs |= {"a": p["x"] @ p["weight_ih"].T + p["bias_ih"], "u": p["h0"] @ p["weight_hh"].T + p["bias_hh"]}
        return outputs, {"a": (b_ih, torch.stack), "u": (b_hh, torch.stack)}

    def second(p):
        module = STEP_MODULE[cell](E, H)
        state = states(p)
        new = torch.func.functional_call(
            module, {k: p[k] for k in WEIGHTS}, (p["x"], tuple(state) if cell == "lstm" else state[0]))
        return dict(zip(("h1", "c1"), new if cell == "lstm" else (new,)))

    return part(inputs, params, upstream, forward, second)


def sequence(cell, generator, params, reverse):
    """A whole layer over ragged sentences, read from the first or from the last token."""
    inputs = {"x": ragged(generator, LENGTHS, E), "h0": uniform(generator, 3, H)}
    upstream = {"h": ragged(generator, LENGTHS, H), "h_final": uniform(generator, 3, H)}
    if cell == "lstm":
        inputs["c0"], upstream["c_final"] = uniform(generator, 3, H), uniform(generator, 3, H)

    def forward(p):
        h, finals = torch.zeros(3, max(LENGTHS), H), []
        for b, n in enumerate(LENGTHS):
            outputs, final = recur(
                cell, p["x"][b, :n], [s[b] for s in states(p)], [p[k] for k in WEIGHTS], reverse)
            h = h.index_put((torch.tensor(b), torch.arange(n)), torch.stack(outputs))
            finals.append(final)
        return {"h": h} | {f"{n}_final": torch.stack(column) for n, column in zip("hc", zip(*finals))}, {}

    def flipped(t):
        return torch.stack([torch.cat([row[:n].flip(0), row[n:]]) for row, n in zip(t, LENGTHS)]) if reverse else t

    def second(p):
        state = [s[None] for s in states(p)]
        packed = pack_padded_sequence(flipped(p["x"]), torch.tensor(LENGTHS), batch_first=True, enforce_sorted=False)
        out, final = torch.func.functional_call(
            RNN[cell](E, H, batch_first=True), {f"{k}_l0": p[k] for k in WEIGHTS},
            (packed, tuple(state) if cell == "lstm" else state[0]))
        h = flipped(pad_packed_sequence(out, batch_first=True)[0])
        final = final if cell == "lstm" else (final,)
        return {"h": h} | {f"{n}_final": s[0] for n, s in zip("hc", final)}

    return part(inputs, params, upstream, forward, second, {"lengths": list(LENGTHS)})


def attention(scorer, generator, positions=12):
    """Queries that see the memory of their own sentence; `positions` is the length of location's table."""
    width = MEMORY if scorer == "dot" else WIDTH
    shapes = scorer_shapes(scorer, width, MEMORY, {"attn_dim": 12, "location_max_positions": positions})
    params = {k: uniform(generator, *shape) for k, shape in shapes.items()}
    inputs = {"queries": ragged(generator, TGT_LEN, width), "memory": ragged(generator, SRC_LEN, MEMORY)}
    upstream = {"context": ragged(generator, TGT_LEN, MEMORY)}
    pairs = [(b, t) for b, n in enumerate(TGT_LEN) for t in range(n)]

    def padded(rows, width):
        """One row per real query, of `width` numbers or fewer, to [B, T, width]."""
        full = torch.zeros(3, max(TGT_LEN), width)
        for (b, t), row in zip(pairs, rows):
            full = full.index_put((torch.tensor(b), torch.tensor(t), torch.arange(len(row))), row)
        return full

    def forward(p):
        scores, weights, context = zip(*(
            attend(scorer, p, p["queries"][b, t], p["memory"][b, :SRC_LEN[b]]) for b, t in pairs))

        def by_position(rows):
            return padded(rows, max(SRC_LEN))
        outputs = {"scores": by_position(scores), "weights": by_position(weights), "context": padded(context, MEMORY)}
        return outputs, {"scores": (scores, by_position), "weights": (weights, by_position)}

    def second(p):
        names = {k[5:]: v for k, v in p.items() if k.startswith("attn.")}
        context, weights, scores = torch.func.functional_call(
            Attention(scorer, names), names, (p["queries"], p["memory"], torch.tensor(SRC_LEN)))
        real = (torch.arange(max(TGT_LEN))[None] < torch.tensor(TGT_LEN)[:, None])[..., None]
        return {"context": context * real, "weights": weights * real,
                "scores": scores.masked_fill(scores == float("-inf"), 0) * real}

    lengths = {"src_len": list(SRC_LEN), "tgt_len": list(TGT_LEN)}
    return part(inputs, params, upstream, forward, second, lengths)


def make_cells():
    """The document and a line on how well everything agreed."""
    doc, modules, differences = {}, 0.0, 0.0

    def keep(made):
        nonlocal modules, differences
        modules, differences = max(modules, made[1]), max(differences, made[2])
        return made[0]

    for i, cell in enumerate(GATES):
        generator = torch.Generator().manual_seed(100 + i)
        shapes = ((GATES[cell] * H, E), (GATES[cell] * H, H), (GATES[cell] * H,), (GATES[cell] * H,))
        params = {k: uniform(generator, *shape) for k, shape in zip(WEIGHTS, shapes)}
        doc[cell] = {"step": keep(step(cell, generator, params)),
                     "sequence": keep(sequence(cell, generator, params, False)),
                     "sequence_reverse": keep(sequence(cell, generator, params, True))}
    for i, scorer in enumerate(SCORERS):
        doc[scorer] = keep(attention(scorer, torch.Generator().manual_seed(200 + i)))
    doc["location_short_table"] = keep(attention("location", torch.Generator().manual_seed(204), positions=5))
    return doc | {"torch": torch.__version__}, f"modules {modules:.0e}  differences {differences:.0e}"
