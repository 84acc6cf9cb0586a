"""Recurrences in JAX with `lax.scan`; weights are `[in, out]`, gates in PyTorch's order (r z n, i f g o).

Autodiff through a scan adds a recurrent weight's gradient up step by step. Each recurrence here has a custom backward that
takes it as one product over all steps instead, which is what a careful user would write: T steps, B sentences, H states.
"""
from functools import partial

import jax
import jax.numpy as jnp
from jax import lax


def gru_step(x, y, h):
    """A GRU's new state from its gates' products, both biases included."""
    H = h.shape[-1]
    rz = jax.nn.sigmoid(x[:, :2 * H] + y[:, :2 * H])
    n = jnp.tanh(x[:, 2 * H:] + rz[:, :H] * y[:, 2 * H:])
    return n + rz[:, H:] * (h - n)


def lstm_step(gates, c):
    """An LSTM's new states from its gates."""
    i, f, g, o = jnp.split(gates, 4, axis=-1)
    c = jax.nn.sigmoid(f) * c + jax.nn.sigmoid(i) * jnp.tanh(g)
    return jax.nn.sigmoid(o) * jnp.tanh(c), c


def attend(query, keys, vector, values):
    """The context of queries `[B, A]`: additive attention over keys `[B, S, A]` and values `[B, S, D]`."""
    weights = jax.nn.softmax(jnp.tanh(keys + query[:, None, :]) @ vector, 1)
    return jnp.einsum("bs,bsd->bd", weights, values)


def rows(x):
    """All steps and sentences as rows of one matrix."""
    return x.reshape(-1, x.shape[-1])


def dot(x, weight):
    """`[T, B, K]` by `[K, N]` as one product."""
    return (rows(x) @ weight).reshape(*x.shape[:-1], weight.shape[1])


def before(states, first, reverse=False):
    """The state each step starts from."""
    return jnp.concatenate([states[1:], first[None]] if reverse else [first[None], states[:-1]])


def join(x, bias_n):
    """Adds a bias, one for every step, to the candidate's part of a state's product."""
    H = bias_n.shape[-1]
    return jnp.concatenate([x[..., :2 * H], x[..., 2 * H:] + bias_n], -1)


# GRU: x [T, B, 3H] holds the input's product, its bias and the state's bias but for the candidate; bias_n [T, B, H] is that.

def _gru(x, weight, bias_n, h0, reverse):
    def body(h, step):
        h = gru_step(step[0], join(h @ weight, step[1]), h)
        return h, h
    return lax.scan(body, h0, (x, bias_n), reverse=reverse)[1]


@partial(jax.custom_vjp, nondiff_argnums=(4,))
def gru(x, weight, bias_n, h0, reverse):
    return _gru(x, weight, bias_n, h0, reverse)


def _gru_forward(x, weight, bias_n, h0, reverse):
    h, backward = jax.vjp(lambda x, b, h0: _gru(x, weight, b, h0, reverse), x, bias_n, h0)
    return h, (backward, before(h, h0, reverse))


def _gru_backward(reverse, saved, dh):
    backward, previous = saved
    dx, dbias, dh0 = backward(dh)
    H = previous.shape[-1]
    return dx, rows(previous).T @ rows(jnp.concatenate([dx[..., :2 * H], dbias], -1)), dbias, dh0


gru.defvjp(_gru_forward, _gru_backward)


# LSTM: x [T, B, 4H] holds the input's product and the bias.

def _lstm(x, weight, h0, c0):
    def body(state, x):
        h, c = lstm_step(x + state[0] @ weight, state[1])
        return (h, c), h
    (h, c), states = lax.scan(body, (h0, c0), x)
    return states, h, c


@jax.custom_vjp
def lstm(x, weight, h0, c0):
    return _lstm(x, weight, h0, c0)


def _lstm_forward(x, weight, h0, c0):
    result, backward = jax.vjp(lambda x, h0, c0: _lstm(x, weight, h0, c0), x, h0, c0)
    return result, (backward, before(result[0], h0))


def _lstm_backward(saved, d):
    backward, previous = saved
    dx, dh0, dc0 = backward(d)
    return dx, rows(previous).T @ rows(dx), dh0, dc0


lstm.defvjp(_lstm_forward, _lstm_backward)


# The decoder with attention: x as for a GRU; `zero` [T, B, A] is added to the queries, so that its gradient is theirs.

def _decoder(x, bias_n, zero, context_weight, state_weight, query_weight, vector, keys, values, h0):
    def body(state, step):
        h, c = state
        x, bias_n, zero = step
        h = gru_step(x + c @ context_weight, join(h @ state_weight, bias_n), h)
        c = attend(h @ query_weight + zero, keys, vector, values)
        return (h, c), (h, c)
    return lax.scan(body, (h0, jnp.zeros_like(values[:, 0])), (x, bias_n, zero))[1]


@jax.custom_vjp
def decoder(x, bias_n, zero, context_weight, state_weight, query_weight, vector, keys, values, h0):
    return _decoder(x, bias_n, zero, context_weight, state_weight, query_weight, vector, keys, values, h0)


def _decoder_forward(x, bias_n, zero, context_weight, state_weight, query_weight, vector, keys, values, h0):
    def function(x, bias_n, zero, vector, keys, values, h0):
        return _decoder(x, bias_n, zero, context_weight, state_weight, query_weight, vector, keys, values, h0)
    (h, c), backward = jax.vjp(function, x, bias_n, zero, vector, keys, values, h0)
    return (h, c), (backward, h, c, h0)


def _decoder_backward(saved, d):
    backward, h, c, h0 = saved
    dx, dbias, dquery, dvector, dkeys, dvalues, dh0 = backward(d)
    H = h0.shape[-1]
    dcontext_weight = rows(before(c, jnp.zeros_like(c[0]))).T @ rows(dx)
    dstate_weight = rows(before(h, h0)).T @ rows(jnp.concatenate([dx[..., :2 * H], dbias], -1))
    return (dx, dbias, dquery, dcontext_weight, dstate_weight, rows(h).T @ rows(dquery), dvector, dkeys, dvalues, dh0)


decoder.defvjp(_decoder_forward, _decoder_backward)
