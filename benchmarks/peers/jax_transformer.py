"""The Transformer in JAX: weights `[in, out]`, queries, keys and values one product, decoding with caches that a scan carries.

The tree has the names of dragoman's model files, as nested dictionaries; `from_state` makes one from such tensors.
"""
import math

import jax
import jax.numpy as jnp
import numpy as np
from jax import lax

from specification import BEGIN


def shapes(model):
    """Name and shape, `[out, in]`, of every weight."""
    v, d, inner = model["vocabulary"], model["width"], model["inner"]

    def linear(name, inputs, outputs):
        return {f"{name}.weight": (outputs, inputs), f"{name}.bias": (outputs,)}

    def norm(name):
        return {f"{name}.gain": (d,), f"{name}.bias": (d,)}
    result = {}
    for part in ("encoder", "decoder"):
        result[f"{part}.embedding"] = (v, d)
        for layer in (f"{part}.{k}" for k in range(model["layers"])):
            result |= linear(f"{layer}.attention.queryKeyValue", d, 3 * d) | linear(f"{layer}.attention.output", d, d)
            if part == "decoder":
                result |= linear(f"{layer}.cross.query", d, d) | linear(f"{layer}.cross.keyValue", d, 2 * d)
                result |= linear(f"{layer}.cross.output", d, d)
            result |= linear(f"{layer}.feedForward.inner", d, inner) | linear(f"{layer}.feedForward.outer", inner, d)
            for i in range(2 + (part == "decoder")):
                result |= norm(f"{layer}.norm.{i}")
        result |= norm(f"{part}.norm")
    return result | linear("output", d, v)


def from_state(state):
    """The tree of named tensors; matrices but for those of word vectors are turned."""
    tree = {}
    for name, tensor in state.items():
        *path, last = name.split(".")
        branch = tree
        for part in path:
            branch = branch.setdefault(part, {})
        branch[last] = jnp.asarray(tensor.T if last == "weight" else tensor)
    return tree


def initial(model):
    random = np.random.default_rng(0)
    return from_state({name: np.ones(shape, np.float32) if name.endswith("gain")
                       else random.uniform(-0.08, 0.08, shape).astype(np.float32) for name, shape in shapes(model).items()})


def linear(layer, x):
    """Any number of axes before the last, as one product."""
    y = x.reshape(-1, x.shape[-1]) @ layer["weight"] + layer["bias"]
    return y.reshape(*x.shape[:-1], y.shape[-1])


def norm(layer, x):
    centred = x - x.mean(-1, keepdims=True)
    return centred * lax.rsqrt((centred * centred).mean(-1, keepdims=True) + 1e-5) * layer["gain"] + layer["bias"]


def feed(layer, x):
    return linear(layer["outer"], jax.nn.relu(linear(layer["inner"], x)))


def sinusoids(length, width):
    angles = np.arange(length)[:, None] * np.exp(np.arange(0, width, 2) * (-math.log(10000) / width))
    return jnp.asarray(np.stack([np.sin(angles), np.cos(angles)], 2).reshape(length, width).astype(np.float32))


def embed(part, ids):
    """Rows of sentences `[B, T]`."""
    width = part["embedding"].shape[1]
    return part["embedding"][ids] * math.sqrt(width) + sinusoids(ids.shape[1], width)


def split(x, heads):
    """`[B, T, D]` as `[B, h, T, d]`."""
    return x.reshape(*x.shape[:2], heads, -1).swapaxes(1, 2)


def attend(q, k, v, heads, causal=False):
    """Rows `[B, T, D]` that look at keys and values `[B, S, D]`."""
    q, k, v = (split(x, heads) for x in (q / math.sqrt(q.shape[-1] // heads), k, v))
    scores = q @ k.swapaxes(2, 3)
    if causal:
        scores = jnp.where(np.tri(scores.shape[2], dtype=bool), scores, -jnp.inf)
    seen = jax.nn.softmax(scores, -1) @ v
    return seen.swapaxes(1, 2).reshape(seen.shape[0], seen.shape[2], -1)


def layers(part):
    return [part[name] for name in sorted(part) if name.isdigit()]


def encode(weights, source, heads):
    """States `[B, S, D]` of sources `[S, B]`."""
    x = embed(weights["encoder"], source.T)
    for layer in layers(weights["encoder"]):
        q, k, v = jnp.split(linear(layer["attention"]["queryKeyValue"], norm(layer["norm"]["0"], x)), 3, -1)
        x = x + linear(layer["attention"]["output"], attend(q, k, v, heads))
        x = x + feed(layer["feedForward"], norm(layer["norm"]["1"], x))
    return norm(weights["encoder"]["norm"], x)


def features(heads):
    def function(weights, source, target):
        """What the output layer reads, `[T, B, D]`."""
        memory, x = encode(weights, source, heads), embed(weights["decoder"], target.T)
        for layer in layers(weights["decoder"]):
            q, k, v = jnp.split(linear(layer["attention"]["queryKeyValue"], norm(layer["norm"]["0"], x)), 3, -1)
            x = x + linear(layer["attention"]["output"], attend(q, k, v, heads, causal=True))
            k, v = jnp.split(linear(layer["cross"]["keyValue"], memory), 2, -1)
            x = x + linear(layer["cross"]["output"], attend(linear(layer["cross"]["query"], norm(layer["norm"]["1"], x)), k, v, heads))
            x = x + feed(layer["feedForward"], norm(layer["norm"]["2"], x))
        return norm(weights["decoder"]["norm"], x).swapaxes(0, 1)
    return function


def output(weights, features):
    return linear(weights["output"], features)


def look(q, k, v, seen=None):
    """One query of each sentence and head, `[B, h, d]`, over keys `[B, h, T, d]` and values; rows that are not seen have no weight."""
    scores = jnp.einsum("bhd,bhtd->bht", q, k) / math.sqrt(q.shape[-1])
    if seen is not None:
        scores = jnp.where(seen, scores, -jnp.inf)
    return jnp.einsum("bht,bhtd->bhd", jax.nn.softmax(scores, -1), v).reshape(len(q), -1)


def greedy(heads):
    def function(weights, source, steps):
        """The best token at each of exactly `steps` steps."""
        part = weights["decoder"]
        stack, (sentences, width) = layers(part), (source.shape[1], part["embedding"].shape[1])
        encoded = encode(weights, source, heads)
        memory = [[split(x, heads) for x in jnp.split(linear(layer["cross"]["keyValue"], encoded), 2, -1)] for layer in stack]
        empty = jnp.zeros((sentences, heads, steps, width // heads))
        positions = sinusoids(steps, width)

        def body(state, t):
            token, caches = state
            x = part["embedding"][token] * math.sqrt(width) + positions[t]
            seen, new = jnp.arange(steps) <= t, []
            for layer, (keys, values), (k, v) in zip(stack, caches, memory):
                q, key, value = (y.reshape(sentences, heads, -1) for y in jnp.split(
                    linear(layer["attention"]["queryKeyValue"], norm(layer["norm"]["0"], x)), 3, -1))
                keys, values = (lax.dynamic_update_slice_in_dim(cache, row[:, :, None], t, 2)
                                for cache, row in ((keys, key), (values, value)))
                new.append((keys, values))
                x = x + linear(layer["attention"]["output"], look(q, keys, values, seen))
                q = linear(layer["cross"]["query"], norm(layer["norm"]["1"], x)).reshape(sentences, heads, -1)
                x = x + linear(layer["cross"]["output"], look(q, k, v))
                x = x + feed(layer["feedForward"], norm(layer["norm"]["2"], x))
            token = jnp.argmax(output(weights, norm(part["norm"], x)), 1)
            return (token, new), token
        first = jnp.full((sentences,), BEGIN), [(empty, empty) for _ in stack]
        return lax.scan(body, first, jnp.arange(steps))[1]
    return function
