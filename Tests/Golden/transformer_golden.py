"""Makes the float64 fixtures of Transformer/, and proves that it makes them as they are: see README.md.

usage: python transformer_golden.py [folder]         every fixture; a file that is already there is compared number by
                                                     number (1e-12) and left alone
       python transformer_golden.py --seed [NAME …]  the first seed that makes a suitable fixture of each name

Nothing is written before two implementations that share no code, transformer_equations.py and transformer_modules.py,
agree to 1e-12 on every output and every gradient, and on three Adam steps, and finite differences agree with both.
"""
import sys

sys.dont_write_bytecode = True

import dataclasses
import itertools
import os

import torch

import make_golden
from checks import finite_difference, largest
from fixtures import BOS, PAD, make_batch
from layout import document
from make_golden import ADAM, GREEDY, gradients_of, keep, norm_of, train, train_spelled_out, unsuitable_greedy
from transformer_equations import TransformerEquations, axes
from transformer_fixtures import CASES, make_parameters
from transformer_layers import make_layers
from transformer_modules import TransformerModules

HERE = os.path.join(make_golden.HERE, "Transformer")
# The gradient of a key's bias is 0 but for rounding, which Adam with a small epsilon would blow up.
SETTINGS = ADAM | {"eps": 1e-4}
TELLING = dict(distinct=3, run=4, apart=2)  # of greedy output


def by_modules(case, parameters, batch):
    """Outputs, 0 at padding, and gradients from the second implementation."""
    tracked = {k: v.clone().requires_grad_() for k, v in parameters.items()}
    out = TransformerModules(case.config)(tracked, batch)
    gradients = gradients_of(out["loss"], tracked)
    real = {"S": batch["src"] != PAD, "T": batch["tgt_out"] != PAD}
    masked = {}
    for name, value in out.items():
        value = value.detach()
        if not name.startswith(("loss", "dec_init")):
            for place, axis in enumerate(axes(name), 1):
                if axis in real:
                    shape = [len(value)] + [1] * (value.ndim - 1)
                    shape[place] = value.shape[place]
                    value = torch.where(real[axis].view(shape), value, 0)
        masked[name] = value
    return masked, gradients


def parameters_of(case):
    """The drawn parameters; out.bias is then shifted so that every token's logit is 0 on average, and those of PAD and
    BOS are 2 lower, so that they are not chosen."""
    parameters, batch = make_parameters(case), make_batch(case)
    logits = TransformerModules(case.config)(parameters, batch)["logits"]
    parameters["output.bias"] -= logits[batch["tgt_out"] != PAD].mean(0)
    parameters["output.bias"][[PAD, BOS]] -= 2
    return parameters


def promising(case, parameters, batch):
    """Whether greedy output, quickly made by the second implementation, is telling."""
    tokens, margins = torch.full((len(case.src_len), 1), BOS), []
    for _ in range(GREEDY):
        forced = batch | {"tgt_in": tokens, "tgt_out": tokens, "tgt_len": torch.full((len(tokens),), tokens.shape[1])}
        best = TransformerModules(case.config)(parameters, forced)["logits"][:, -1].topk(2)
        tokens = torch.cat([tokens, best.indices[:, :1]], 1)
        margins.append(best.values[:, 0] - best.values[:, 1])
    return unsuitable_greedy(tokens[:, 1:], torch.stack(margins, 1), **TELLING) is None


def in_single_precision(case, parameters, batch, out, gradients, after):
    """How far float32 is from float64, each as a share of the tolerance that the Swift tests allow: loss, logits
    and attention 1e-5, a gradient 5e-7 of the gradient norm, parameters after Adam 2e-5."""
    single = {k: v.float() for k, v in parameters.items()}
    outputs, g = by_modules(case, single, batch)
    trained = train(single, lambda p: TransformerModules(case.config)(p, batch)["loss"], SETTINGS)[-1][2]
    compared = [k for k in outputs if k in ("logits", "token_nll", "enc_out", "attention") or k.endswith(".weights")]
    return {"outputs": max((outputs[k] - out[k]).abs().max().item() for k in compared) / 1e-5,
            "gradients": largest(g, gradients) / (5e-7 * norm_of(gradients).item()),
            "Adam": largest(trained, after) / 2e-5}


def verified(case):
    """The fixture as a document, and a line on how well everything agreed."""
    config, batch, parameters = case.config, make_batch(case), parameters_of(case)
    modules_of = TransformerModules(config)
    other, other_gradients = by_modules(case, parameters, batch)
    weakest, name = min((g.abs().max().item(), k) for k, g in other_gradients.items())
    assert weakest > 1e-3 * norm_of(other_gradients), f"{case.name}: hardly any gradient in {name}"

    tracked = {k: v.clone().requires_grad_() for k, v in parameters.items()}
    model = TransformerEquations(tracked, config)
    out = model.run(batch)
    kink = min(model.kinks, default=1)
    assert kink > 1e-4, f"{case.name}: something stands {kink:.0e} from the kink of a ReLU"
    gradients = gradients_of(out["loss"], tracked)
    out = {k: v.detach() for k, v in out.items()}

    # The second implementation.
    assert set(other) == set(out), set(other) ^ set(out)
    outputs = max((k for k in out), key=lambda k: (other[k] - out[k]).abs().max())
    modules = max((other[outputs] - out[outputs]).abs().max().item(), largest(other_gradients, gradients))
    assert modules < 1e-12, f"{case.name}: {modules} ({outputs})"

    tokens, margins = model.greedy(batch, GREEDY)
    assert (reason := unsuitable_greedy(tokens, margins, **TELLING)) is None, f"greedy output of {case.name}: {reason}"
    forced = batch | {"tgt_in": torch.cat([torch.full((len(tokens), 1), BOS), tokens[:, :-1]], 1), "tgt_out": tokens,
                      "tgt_len": torch.full((len(tokens),), GREEDY)}
    for kind in (torch.float64, torch.float32):
        logits = modules_of({k: v.to(kind) for k, v in parameters.items()}, forced)["logits"]
        assert logits.argmax(2).equal(tokens)

    trajectory = train(parameters, lambda p: TransformerEquations(p, config).run(batch)["loss"], SETTINGS)
    second = train_spelled_out(parameters, lambda p: modules_of(p, batch)["loss"], SETTINGS)
    adam = max(largest(a[2], b[2]) for a, b in zip(trajectory, second))
    assert adam < 1e-10, f"{case.name}: {adam}"
    assert all(norm > SETTINGS["clip"] for _, norm, _ in trajectory)
    shares = in_single_precision(case, parameters, batch, out, gradients, trajectory[-1][2])
    assert max(shares.values()) < 0.3, f"{case.name}: {shares}"

    difference = finite_difference(
        lambda p: TransformerEquations(p, config).run(batch)["loss"], parameters, gradients, count=40, step=1e-5)
    assert difference < 1e-9, f"{case.name}: {difference}"

    text = (f"loss {out['loss']:.6f}  |g| {norm_of(gradients):.3f}  modules {modules:.0e}  differences {difference:.0e}"
            f"  Adam {adam:.0e}  margin {margins.min():.1e}  float32, of the tolerance: "
            + " ".join(f"{k} {v:.0%}" for k, v in shares.items()))
    return document(case, parameters, batch, out, gradients, norm_of(gradients), tokens, SETTINGS, trajectory), text


def suitable_seed(case):
    """The first seed that passes every check."""
    for seed in itertools.count():
        candidate = dataclasses.replace(case, seed=seed)
        if not promising(candidate, parameters_of(candidate), make_batch(candidate)):  # the quick check first
            continue
        try:
            verified(candidate)
            return seed
        except AssertionError as reason:
            print(f"  seed {seed}: {reason}", file=sys.stderr, flush=True)


def main():
    if sys.argv[1:2] == ["--seed"]:
        for name in sys.argv[2:] or [c.name for c in CASES]:
            print(name, suitable_seed({c.name: c for c in CASES}[name]), flush=True)
        return
    folder = sys.argv[1] if len(sys.argv) > 1 else HERE
    os.makedirs(folder, exist_ok=True)
    for case in CASES:
        keep(os.path.join(folder, f"{case.name}.json"), *verified(case))
    keep(os.path.join(folder, "transformer_layers.json"), *make_layers())


if __name__ == "__main__":
    main()
