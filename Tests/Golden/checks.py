"""Comparisons: finite differences against gradients, tensors by name, documents number by number."""
import torch


def largest(a, b):
    """The largest absolute difference between two sets of tensors of the same names."""
    assert set(a) == set(b)
    return max((a[k] - b[k]).abs().max().item() for k in a)


@torch.no_grad()
def finite_difference(value, tensors, gradients, count, step=1e-3):
    """The largest difference between `gradients` and a five-point stencil at `count` random places.

    (8 (f(x+½e) − f(x−½e)) − (f(x+e) − f(x−e))) / 6e errs by O(e⁴): with larger weights, whose third
    derivatives are large, the two-point formula would not reach 1e-9.
    """
    generator, names, worst = torch.Generator().manual_seed(5), sorted(tensors), 0.0
    tensors = {k: v.detach().clone() for k, v in tensors.items()}
    for _ in range(count):
        name = names[torch.randint(len(names), (1,), generator=generator).item()]
        place = torch.randint(tensors[name].numel(), (1,), generator=generator).item()
        flat = tensors[name].view(-1)
        x, f = flat[place].item(), {}
        for e in (step, -step, step / 2, -step / 2):
            flat[place] = x + e
            f[e] = value(tensors).item()
        flat[place] = x
        slope = (8 * (f[step / 2] - f[-step / 2]) - (f[step] - f[-step])) / (6 * step)
        worst = max(worst, abs(slope - gradients[name].reshape(-1)[place].item()))
    return worst


def worst_difference(old, new, place):
    """The largest difference between numbers of two documents; anything else, integers included, has to be
    equal. The version of torch that made them may differ."""
    if isinstance(old, float) and isinstance(new, float):
        return abs(old - new)
    if isinstance(old, dict) and isinstance(new, dict):
        assert set(old) == set(new), f"{place}: {set(old) ^ set(new)}"
        return max((worst_difference(old[k], new[k], f"{place}.{k}") for k in old if k != "torch"), default=0)
    if isinstance(old, list) and isinstance(new, list):
        assert len(old) == len(new), f"{place}: {len(old)} and {len(new)} elements"
        return max((worst_difference(a, b, f"{place}[{i}]") for i, (a, b) in enumerate(zip(old, new))), default=0)
    assert type(old) is type(new) and old == new, f"{place}: {old} and {new}"
    return 0
