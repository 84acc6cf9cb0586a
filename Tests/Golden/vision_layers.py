"""The layers for images that vision_golden.py writes, in torch.nn.functional. Images are [B, H, W, C], as rows are."""
from dataclasses import dataclass, field
from typing import Callable

import torch
import torch.nn.functional as F

import vision_equations as spelled


@dataclass
class Part:
    name: str
    config: dict
    inputs: dict
    params: dict
    run: Callable
    spelled: Callable = lambda leaves: {}
    fixed: tuple = ()
    differentiated: tuple = ("output",)
    seed: int = field(default=0)


def uniform(generator, *shape, within=1.0):
    return torch.empty(*shape).uniform_(-within, within, generator=generator)


def nchw(x):
    return x.permute(0, 3, 1, 2)


def nhwc(x):
    return x.permute(0, 2, 3, 1)


def kernel(weight, side):
    """Ours, [out, side·side·in/groups], as torch's [out, in/groups, side, side]."""
    return weight.reshape(weight.shape[0], side, side, -1).permute(0, 3, 1, 2)


def convolve(x, weight, bias, side=1, stride=1, padding=0, groups=1):
    return nhwc(F.conv2d(nchw(x), kernel(weight, side), bias, stride, padding, 1, groups))


def convolution(name, seed, b, h, w, inputs, outputs, side, stride, padding, groups, bias=True):
    g = torch.Generator().manual_seed(seed)
    config = dict(kernel=side, stride=stride, padding=padding, groups=groups)
    params = {"weight": uniform(g, outputs, side * side * inputs // groups)}
    if bias:
        params["bias"] = uniform(g, outputs)
    how = (side, stride, padding, groups)
    return Part(
        name, config, {"x": uniform(g, b, h, w, inputs)}, params,
        lambda t: {"output": convolve(t["x"], t["weight"], t.get("bias"), *how)},
        lambda t: {"output": spelled.convolution(t["x"], t["weight"], t.get("bias"), *how)}, seed=seed)


def pooling(name, seed, of, b, h, w, c, side, stride, padding):
    g = torch.Generator().manual_seed(seed)
    pool = F.max_pool2d if of == "max" else F.avg_pool2d
    return Part(
        name, dict(kernel=side, stride=stride, padding=padding), {"x": uniform(g, b, h, w, c)}, {},
        lambda t: {"output": nhwc(pool(nchw(t["x"]), side, stride, padding))},
        lambda t: {"output": spelled.pooling(t["x"], side, stride, padding, of)}, seed=seed)


EPSILON, MOMENTUM = 1e-3, 0.03
STATISTICS = ("mean", "variance")


def statistics(name, g, c, gain=1.5):
    return {f"{name}gain": uniform(g, c, within=gain / 1.5) + gain, f"{name}bias": uniform(g, c),
            f"{name}mean": uniform(g, c), f"{name}variance": uniform(g, c, within=0.4) + 0.6}


def normalize(t, name, x, training):
    """What comes out, and the running values after."""
    mean, variance = t[f"{name}mean"].detach().clone(), t[f"{name}variance"].detach().clone()
    y = F.batch_norm(nchw(x), mean, variance, t[f"{name}gain"], t[f"{name}bias"], training, MOMENTUM, EPSILON)
    return nhwc(y), {f"{name}mean": mean, f"{name}variance": variance}


def batch_norm(name, seed, training, b, h, w, c):
    g = torch.Generator().manual_seed(seed)

    def run(t):
        y, after = normalize(t, "", t["x"], training)
        return {"output": y} | after

    def equations(t):
        own = () if training else (t["mean"], t["variance"])
        return {"output": spelled.batch_norm(t["x"], t["gain"], t["bias"], EPSILON, *own)}

    return Part(
        name, dict(training=training), {"x": 2 * uniform(g, b, h, w, c) + 1}, statistics("", g, c), run,
        equations, fixed=STATISTICS, seed=seed)


def unit(t, name, x, training, side=1, stride=1, padding=0, groups=1, activation=None):
    """Convolution with batch normalisation or bias, and activation."""
    y = convolve(x, t[f"{name}convolution.weight"], t.get(f"{name}convolution.bias"), side, stride, padding, groups)
    after = {}
    if f"{name}norm.gain" in t:
        y, after = normalize(t, f"{name}norm.", y, training)
    return (activation(y) if activation else y), after


def unit_parameters(name, g, outputs, depth, normalized, gain=1.5):
    params = {f"{name}convolution.weight": uniform(g, outputs, depth)}
    if normalized:
        return params | statistics(f"{name}norm.", g, outputs, gain)
    return params | {f"{name}convolution.bias": uniform(g, outputs)}


def fixed_of(params):
    return tuple(n for n in params if n.endswith(("norm.mean", "norm.variance")))


ACTIVATIONS = {"relu": F.relu, "gelu": F.gelu, "silu": F.silu}


def convolution_unit(name, seed, training, normalized, activation):
    g = torch.Generator().manual_seed(seed)
    params = unit_parameters("", g, 5, 27, normalized)

    def run(t):
        y, after = unit(t, "", t["x"], training, 3, 2, 1, activation=ACTIVATIONS[activation])
        return {"output": y} | after

    return Part(
        name, dict(training=training, normalized=normalized, activation=activation),
        {"x": uniform(g, 2, 5, 7, 3)}, params, run, fixed=fixed_of(params), seed=seed)


def squeeze(name, seed, b, h, w, c, inner):
    g = torch.Generator().manual_seed(seed)

    def run(t):
        mean = t["x"].mean((1, 2))
        factor = torch.sigmoid(F.linear(F.relu(F.linear(mean, t["inner.weight"])), t["outer.weight"]))
        return {"output": t["x"] * factor[:, None, None, :]}

    return Part(
        name, dict(inner=inner), {"x": uniform(g, b, h, w, c) + 0.3},
        {"inner.weight": uniform(g, inner, c), "outer.weight": uniform(g, c, inner)}, run,
        lambda t: {"output": spelled.squeeze(t["x"], t["inner.weight"], t["outer.weight"])}, seed=seed)


def attend(t, name, x, training, heads, key, positions):
    """The convolutional attention block: what comes out, the weights, and running values after."""
    b, h, w, c = x.shape
    value, n = c // heads, h * w
    rows, after = unit(t, f"{name}queryKeyValue.", x, training)
    q, k, v = rows.reshape(b, n, heads, 2 * key + value).split([key, key, value], 3)
    weights = torch.einsum("bthd,bshd->bhts", q, k).mul(key ** -0.5).softmax(-1)
    result = torch.einsum("bhts,bshd->bthd", weights, v).reshape(b, h, w, c)
    seen = v.reshape(b, h, w, c) if positions == "values" else result
    term, more = unit(t, f"{name}positions.", seen, training, 3, 1, 1, c)
    y, most = unit(t, f"{name}output.", result + term, training)
    return y, weights, rows, result, after | more | most


def attention_parameters(name, g, c, heads, key, normalized, gain=1.5):
    return (unit_parameters(f"{name}queryKeyValue.", g, heads * (2 * key + c // heads), c, normalized, gain)
            | unit_parameters(f"{name}positions.", g, c, 9, normalized, gain)
            | unit_parameters(f"{name}output.", g, c, c, normalized, gain))


def attention(name, seed, training, normalized, positions):
    g = torch.Generator().manual_seed(seed)
    c, heads, key = 6, 2, 2
    params = attention_parameters("", g, c, heads, key, normalized)

    def run(t):
        y, weights, rows, result, after = attend(t, "", t["x"], training, heads, key, positions)
        return {"output": y, "weights": weights, "rows": rows, "result": result} | after

    def equations(t):
        rows, _ = unit(t, "queryKeyValue.", t["x"], training)
        return {"result": spelled.attention(rows, key, c // heads)[0]}

    return Part(
        name, dict(training=training, normalized=normalized, positions=positions, heads=heads, key=key),
        {"x": uniform(g, 2, 3, 5, c)}, params, run, equations, fixed=fixed_of(params), seed=seed)


def c2psa(name, seed, training):
    g = torch.Generator().manual_seed(seed)
    channels, c, key = 10, 5, 2
    gain = 0.5  # with more, the numbers of ten layers, one upon the other, leave what float32 can compare
    params = unit_parameters("split.", g, 2 * c, channels, True, gain)
    for i in range(2):
        params |= attention_parameters(f"{i}.attention.", g, c, 1, key, True, gain)
        params |= unit_parameters(f"{i}.inner.", g, 2 * c, c, True, gain)
        params |= unit_parameters(f"{i}.outer.", g, c, 2 * c, True, gain)
    params |= unit_parameters("merge.", g, channels, 2 * c, True, gain)

    def run(t):
        rows, after = unit(t, "split.", t["x"], training, activation=F.silu)
        left, right = rows.split([c, c], 3)
        for i in range(2):
            y, _, _, _, more = attend(t, f"{i}.attention.", right, training, 1, key, "values")
            right = right + y
            inner, most = unit(t, f"{i}.inner.", right, training, activation=F.silu)
            outer, last = unit(t, f"{i}.outer.", inner, training)
            right = right + outer
            after |= more | most | last
        y, more = unit(t, "merge.", torch.cat([left, right], 3), training, activation=F.silu)
        return {"output": y} | after | more

    return Part(
        name, dict(training=training, blocks=2), {"x": uniform(g, 3, 3, 2, channels)}, params, run,
        fixed=fixed_of(params), seed=seed)


def patches(name, seed, has_class):
    g = torch.Generator().manual_seed(seed)
    b, lines, columns, side, c, d = 2, 3, 2, 2, 3, 5
    first = 1 if has_class else 0
    params = {"patches.weight": uniform(g, d, side * side * c), "patches.bias": uniform(g, d),
              "positions": uniform(g, lines * columns + first, d)}
    if has_class:
        params["class"] = uniform(g, d)

    def run(t):
        rows = convolve(t["x"], t["patches.weight"], t["patches.bias"], side, side).reshape(b, -1, d)
        if has_class:
            rows = torch.cat([t["class"].expand(b, 1, d), rows], 1)
        return {"output": (rows + t["positions"]).reshape(-1, d)}

    return Part(
        name, dict(patch=side, hasClass=has_class), {"x": uniform(g, b, lines * side, columns * side, c)},
        params, run, seed=seed)


def row_pooling(name, seed, kind):
    g = torch.Generator().manual_seed(seed)
    lengths, d = (3, 1, 5), 7
    params = {"query": uniform(g, d)} if kind == "attention" else {}

    def run(t):
        out, start = [], 0
        for n in lengths:
            rows, start = t["x"][start:start + n], start + n
            if kind == "cls":
                out.append(rows[0])
            elif kind == "mean":
                out.append(rows.mean(0))
            else:
                out.append((rows @ t["query"]).softmax(0) @ rows)
        return {"output": torch.stack(out)}

    return Part(name, dict(lengths=list(lengths), kind=kind), {"x": uniform(g, sum(lengths), d)}, params, run, seed=seed)


def files():
    #                               b  h  w  in out k  s  p  groups
    convolutions = [
        convolution("same", 1,      2, 5, 7, 3, 5, 3, 1, 1, 1),
        convolution("without_bias", 2, 1, 6, 4, 2, 3, 3, 1, 1, 1, bias=False),
        convolution("stride_2", 3,  3, 6, 5, 2, 3, 3, 2, 1, 1),
        convolution("valid_5", 4,   1, 7, 9, 1, 2, 5, 1, 0, 1),
        convolution("stride_3_of_4", 5, 2, 9, 7, 2, 3, 4, 3, 2, 1),
        convolution("groups", 6,    2, 4, 5, 6, 9, 3, 1, 1, 3),
        convolution("stride_past_window", 7, 2, 7, 8, 4, 6, 2, 3, 1, 2),
        convolution("pointwise", 8, 2, 3, 5, 4, 7, 1, 1, 0, 1),
        convolution("pointwise_groups", 9, 2, 3, 5, 4, 6, 1, 1, 0, 2),
        convolution("pointwise_stride_2", 10, 2, 5, 3, 3, 2, 1, 2, 0, 1),
        convolution("depthwise", 11, 2, 5, 4, 6, 6, 3, 1, 1, 6),
        convolution("depthwise_stride_2", 12, 1, 7, 6, 3, 3, 5, 2, 2, 3),
        convolution("depthwise_doubled", 13, 2, 3, 4, 3, 6, 3, 1, 1, 3),
    ]
    poolings = [
        pooling("max_2", 21, "max", 2, 5, 6, 3, 2, 2, 0), pooling("max_3_stride_2", 22, "max", 2, 6, 5, 5, 3, 2, 1),
        pooling("max_overlapping", 23, "max", 1, 4, 5, 2, 3, 1, 1),
        pooling("average_2", 24, "average", 2, 5, 6, 3, 2, 2, 0),
        pooling("average_3_stride_2", 25, "average", 2, 6, 5, 5, 3, 2, 1),
    ]
    norms = [
        batch_norm("batch_norm_training", 31, True, 3, 2, 5, 7), batch_norm("batch_norm_running", 32, False, 3, 2, 5, 7),
        batch_norm("batch_norm_two_rows", 33, True, 2, 1, 1, 3),
        convolution_unit("unit_training", 34, True, True, "silu"), convolution_unit("unit_running", 35, False, True, "relu"),
        convolution_unit("unit_bias", 36, True, False, "gelu"),
    ]
    blocks = [
        squeeze("squeeze", 41, 3, 2, 5, 7, 2),
        attention("attention_values_training", 42, True, True, "values"),
        attention("attention_values_running", 43, False, True, "values"),
        attention("attention_values_bias", 44, True, False, "values"),
        attention("attention_output_training", 45, True, True, "output"),
        attention("attention_output_bias", 46, True, False, "output"),
        c2psa("c2psa_training", 47, True), c2psa("c2psa_running", 48, False),
    ]
    rows = [
        patches("patches", 51, False), patches("patches_class", 52, True),
        row_pooling("pooling_cls", 53, "cls"), row_pooling("pooling_mean", 54, "mean"),
        row_pooling("pooling_attention", 55, "attention"),
    ]
    return {"convolutions.json": convolutions, "poolings.json": poolings, "norms.json": norms,
            "blocks.json": blocks, "rows.json": rows}
