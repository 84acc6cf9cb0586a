"""JAX on XLA's CPU backend: one jit of a whole update (weights and moments donated), or of a whole greedy decoding.

  --xla FLAGS         goes to XLA_FLAGS, for example --xla=--xla_cpu_enable_fast_math=true
"""
import os

import peer

arguments = peer.options(__doc__, ("--xla", {"default": "", "help": "flags for XLA"}))
os.environ["JAX_PLATFORMS"] = "cpu"
os.environ["XLA_FLAGS"] = arguments.xla
if arguments.threads < os.cpu_count() and hasattr(os, "sched_setaffinity"):
    os.sched_setaffinity(0, set(range(arguments.threads)))     # XLA takes as many threads as it sees cores

import time  # noqa: E402
from functools import partial  # noqa: E402

import jax  # noqa: E402
import jax.numpy as jnp  # noqa: E402

import jax_models as models  # noqa: E402
from specification import ADAM, MODELS, decode_batch  # noqa: E402

model = MODELS[arguments.model]
facts = {"version": jax.__version__, "xla": arguments.xla}
each = jax.tree_util.tree_map


def warm(function):
    start = time.time()
    result = function()
    facts["compile_seconds"] = round(time.time() - start, 1)
    return result


@partial(jax.jit, static_argnums=0, donate_argnums=(1, 2, 3, 4))
def update(loss, weights, means, squares, count, *batch):
    """Loss, gradients, clipping, Adam."""
    value, gradients = jax.value_and_grad(loss)(weights, *batch)
    norm = jnp.sqrt(sum(jnp.vdot(x, x) for x in jax.tree_util.tree_leaves(gradients)))
    scale = jnp.minimum(1.0, ADAM["clip"] / (norm + 1e-6))
    count = count + 1
    b1, b2 = ADAM["beta1"], ADAM["beta2"]
    root = jnp.sqrt(1 - b2 ** count)
    rate, epsilon = ADAM["lr"] * root / (1 - b1 ** count), ADAM["eps"] * root
    means = each(lambda m, g: b1 * m + (1 - b1) * (scale * g), means, gradients)
    squares = each(lambda s, g: b2 * s + (1 - b2) * (scale * g) ** 2, squares, gradients)
    weights = each(lambda w, m, s: w - rate * m / (jnp.sqrt(s) + epsilon), weights, means, squares)
    return weights, means, squares, count, value


def train():
    batch = models.batch(model)
    loss = models.loss(model)
    weights = models.initial(model)
    state = [weights, each(jnp.zeros_like, weights), each(jnp.zeros_like, weights), jnp.float32(0)]
    facts["parameters"] = sum(x.size for x in jax.tree_util.tree_leaves(weights))
    del weights
    losses = []

    def step():
        *state[:], value = update(loss, *state, *batch)
        jax.block_until_ready(state[0])
        losses.append(float(value))
    warm(step)
    peer.run("jax", arguments, step, batch[2].size, lambda: facts | {"losses": [losses[0], losses[-1]]})


def decode():
    sentences, length = decode_batch(arguments.mode), model["decodeLength"]
    source, _, _ = models.batch(model, sentences, length)
    weights = models.initial(model)
    function = models.greedy(model)
    greedy = jax.jit(lambda weights, source: function(weights, source, length))
    step = lambda: greedy(weights, source).block_until_ready()  # noqa: E731
    tokens = warm(step)
    peer.run("jax", arguments, step, sentences * length, lambda: facts | {"checksum": int(tokens.sum())})


train() if arguments.mode == "train" else decode()
