"""Vision/*.json: each layer for images on its own, forward and backward, over random inputs and gradients, in float64.

`python vision_golden.py` makes what is missing in `Vision/` and compares what is there, number by number, to 1e-12. Every
part is {inputs, params, outputs, upstream, grads}, as in cells.json. A part is only written after its gradients agree with
finite differences (torch.autograd.gradcheck) and its outputs with equations.py's manner of writing: loops over single
numbers, in vision_equations.py.
"""
import json
import pathlib
import sys

import torch

import vision_layers

FOLDER = pathlib.Path(__file__).parent / "Vision"


def tensor(t):
    return {"shape": list(t.shape), "data": t.detach().reshape(-1).tolist()}


def document(part):
    """Runs a part: {name: tensor} of inputs and of params, a function of both, and what to write beside."""
    leaves = {n: t.clone().requires_grad_() for group in (part.inputs, part.params) for n, t in group.items()}
    free = {n: t for n, t in leaves.items() if n not in part.fixed}
    outputs = part.run(leaves)
    generator = torch.Generator().manual_seed(part.seed + 1)
    upstream = {n: torch.empty_like(outputs[n]).uniform_(-1, 1, generator=generator) for n in part.differentiated}
    loss = sum((outputs[n] * u).sum() for n, u in upstream.items())
    grads = dict(zip(free, torch.autograd.grad(loss, list(free.values()))))

    def of(*values):
        out = part.run(leaves | dict(zip(free, values)))
        return tuple(out[n] for n in part.differentiated)

    assert torch.autograd.gradcheck(of, tuple(free.values()), eps=1e-6, atol=1e-7, rtol=1e-5)
    for name, value in part.spelled(leaves).items():
        error = (value - outputs[name]).abs().max().item()
        assert error < 1e-12, (part.name, name, error)
    groups = {"inputs": part.inputs, "params": part.params, "outputs": outputs, "upstream": upstream, "grads": grads}
    return {"config": part.config} | {g: {n: tensor(t) for n, t in ts.items()} for g, ts in groups.items()}


def difference(a, b):
    if isinstance(a, dict):
        assert a.keys() == b.keys(), (a.keys(), b.keys())
        return max((difference(a[k], b[k]) for k in a), default=0)
    if isinstance(a, list):
        assert len(a) == len(b)
        return max((difference(x, y) for x, y in zip(a, b)), default=0)
    return abs(a - b) if isinstance(a, float) else (0 if a == b else float("inf"))


def main():
    torch.set_default_dtype(torch.float64)
    torch.set_num_threads(1)
    FOLDER.mkdir(exist_ok=True)
    for file, parts in vision_layers.files().items():
        path = FOLDER / file
        found = {part.name: document(part) for part in parts}
        if path.exists():
            error = difference(json.loads(path.read_text()), found)
            print(f"{file}: {len(found)} parts, off by {error:.1e}")
            if error > 1e-12:
                sys.exit(1)
        else:
            path.write_text(json.dumps(found) + "\n")
            print(f"{file}: {len(found)} parts, written with torch {torch.__version__}")


if __name__ == "__main__":
    main()
