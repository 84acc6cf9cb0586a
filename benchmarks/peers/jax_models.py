"""The models in JAX: functions over a tree of weights."""
import jax
import jax.numpy as jnp
import numpy as np
from jax import lax

import jax_transformer
from jax_recurrences import attend, decoder, dot, gru, gru_step, lstm, lstm_step
from specification import BEGIN, FIRST


def initial(model):
    """Random weights; `[in, out]`."""
    if model["kind"] == "transformer":
        return jax_transformer.initial(model)
    random = np.random.default_rng(0)

    def weight(*shape):
        return jnp.asarray(random.uniform(-0.08, 0.08, shape).astype(np.float32))

    v, e, h = model["vocabulary"], model["embedding"], model["hidden"]
    weights = {"source": weight(v, e), "target": weight(v, e)}
    if model["kind"] == "bigru":
        a = model["attention"]
        for direction in ("forward", "backward"):
            weights[direction] = {"Wx": weight(e, 3 * h), "bx": weight(3 * h), "Wh": weight(h, 3 * h), "bh": weight(3 * h)}
        weights["bridge"] = {"W": weight(h, h), "b": weight(h)}
        weights["decoder"] = {"Wx": weight(e, 3 * h), "Wc": weight(2 * h, 3 * h), "bx": weight(3 * h),
                              "Wh": weight(h, 3 * h), "bh": weight(3 * h)}
        weights["attention"] = {"query": weight(h, a), "key": weight(2 * h, a), "vector": weight(a)}
        weights["output"] = {"W": weight(3 * h, v), "b": weight(v)}
    else:
        for side in ("encoder", "decoder"):
            weights[side] = [{"Wx": weight(h if k else e, 4 * h), "b": weight(4 * h), "Wh": weight(h, 4 * h)}
                             for k in range(model["layers"])]
        weights["attention"] = weight(h, h)
        weights["output"] = {"W": weight(2 * h, v), "b": weight(v)}
    return weights


def batch(model, sentences=None, length=None):
    """Random sources `[S, B]`, what the decoder reads and what it has to write, `[T, B]`."""
    random = np.random.default_rng(1)
    sentences = sentences or model["batch"]
    source = random.integers(FIRST, model["vocabulary"], (length or model["sourceLength"], sentences))
    target = random.integers(FIRST, model["vocabulary"], (model["targetLength"] + 1, sentences))
    target[0] = BEGIN
    return [jnp.asarray(ids.astype(np.int32)) for ids in (source, target[:-1], target[1:])]


def biases(layer):
    """A GRU's biases that can be added to the input's product at once."""
    H = layer["bh"].shape[0] // 3
    return layer["bx"] + jnp.concatenate([layer["bh"][:2 * H], jnp.zeros(H)])


def candidate_bias(layer, steps, sentences):
    """The bias that stands inside the reset gate, one for every step."""
    H = layer["bh"].shape[0] // 3
    return jnp.broadcast_to(layer["bh"][2 * H:], (steps, sentences, H))


def gru_layer(layer, x, reverse):
    steps, sentences = x.shape[:2]
    h0 = jnp.zeros((sentences, layer["Wh"].shape[0]))
    return gru(dot(x, layer["Wx"]) + biases(layer), layer["Wh"], candidate_bias(layer, steps, sentences), h0, reverse)


def encode_gru(weights, source):
    """Keys `[B, S, A]`, values `[B, S, 2H]`, first state `[B, H]`."""
    x = weights["source"][source]
    forward, backward = gru_layer(weights["forward"], x, False), gru_layer(weights["backward"], x, True)
    values = jnp.swapaxes(jnp.concatenate([forward, backward], -1), 0, 1)
    first = jnp.tanh(backward[0] @ weights["bridge"]["W"] + weights["bridge"]["b"])
    return dot(values, weights["attention"]["key"]), values, first


def features_gru(weights, source, target):
    """What the output layer reads, `[T, B, 3H]`."""
    keys, values, h0 = encode_gru(weights, source)
    layer, attention = weights["decoder"], weights["attention"]
    x = dot(weights["target"][target], layer["Wx"]) + biases(layer)
    zero = jnp.zeros(target.shape + attention["vector"].shape)
    h, c = decoder(x, candidate_bias(layer, *target.shape), zero, layer["Wc"], layer["Wh"], attention["query"],
                   attention["vector"], keys, values, h0)
    return jnp.concatenate([h, c], -1)


def lstm_layers(layers, x, states):
    last = []
    for layer, (h, c) in zip(layers, states):
        x, h, c = lstm(dot(x, layer["Wx"]) + layer["b"], layer["Wh"], h, c)
        last.append((h, c))
    return x, last


def encode_lstm(weights, source):
    """States of the top layer `[S, B, H]`, their keys, last states of all layers."""
    zero = jnp.zeros((source.shape[1], weights["attention"].shape[0]))
    states, last = lstm_layers(weights["encoder"], weights["source"][source], [(zero, zero)] * len(weights["encoder"]))
    return states, dot(states, weights["attention"]), last


def features_lstm(weights, source, target):
    """What the output layer reads, `[T, B, 2H]`."""
    values, keys, last = encode_lstm(weights, source)
    states, _ = lstm_layers(weights["decoder"], weights["target"][target], last)
    attention = jax.nn.softmax(jnp.einsum("tbh,sbh->bts", states, keys), -1)
    return jnp.concatenate([states, jnp.einsum("bts,sbh->tbh", attention, values)], -1)


def output(weights, features):
    return features @ weights["output"]["W"] + weights["output"]["b"]


def loss(model):
    """Mean cross-entropy of all target tokens."""
    features, project = {"bigru": (features_gru, output), "lstm": (features_lstm, output),
                         "transformer": (jax_transformer.features(model.get("heads")), jax_transformer.output)}[model["kind"]]

    def function(weights, source, read, write):
        x = features(weights, source, read)
        logits, write = project(weights, x.reshape(-1, x.shape[-1])), write.reshape(-1)
        return (jax.nn.logsumexp(logits, 1) - jnp.take_along_axis(logits, write[:, None], 1)[:, 0]).mean()
    return function


def greedy(model):
    """A function of weights, sources and steps: the best token at each of exactly that many."""
    return {"bigru": greedy_gru, "lstm": greedy_lstm, "transformer": jax_transformer.greedy(model.get("heads"))}[model["kind"]]


def greedy_gru(weights, source, steps):
    keys, values, h = encode_gru(weights, source)
    layer, attention = weights["decoder"], weights["attention"]

    def body(state, _):
        h, c, token = state
        x = weights["target"][token] @ layer["Wx"] + c @ layer["Wc"] + layer["bx"]
        h = gru_step(x, h @ layer["Wh"] + layer["bh"], h)
        c = attend(h @ attention["query"], keys, attention["vector"], values)
        token = jnp.argmax(output(weights, jnp.concatenate([h, c], 1)), 1)
        return (h, c, token), token
    first = (h, jnp.zeros_like(values[:, 0]), jnp.full((source.shape[1],), BEGIN))
    return lax.scan(body, first, None, length=steps)[1]


def greedy_lstm(weights, source, steps):
    values, keys, states = encode_lstm(weights, source)

    def body(state, _):
        states, token = state
        x, new = weights["target"][token], []
        for layer, (h, c) in zip(weights["decoder"], states):
            x, c = lstm_step(x @ layer["Wx"] + h @ layer["Wh"] + layer["b"], c)
            new.append((x, c))
        attention = jax.nn.softmax(jnp.einsum("bh,sbh->bs", x, keys), -1)
        context = jnp.einsum("bs,sbh->bh", attention, values)
        token = jnp.argmax(output(weights, jnp.concatenate([x, context], 1)), 1)
        return (new, token), token
    return lax.scan(body, (states, jnp.full((source.shape[1],), BEGIN)), None, length=steps)[1]
