"""The Transformer in PyTorch, written for speed: queries, keys and values are one product, attention is one fused operation.

The weights have the names of dragoman's model files, so that same_model.py can give both the same ones. Tensors go sentence
first, `[B, T, ...]`, as F.scaled_dot_product_attention likes them best.

Variants in training:
  sdpa     the default: F.scaled_dot_product_attention
  bmm      attention from bmm and softmax
  layers   nn.TransformerEncoder and nn.TransformerDecoder, the way textbooks have it
"""
import math
import sys
from types import SimpleNamespace

import torch
import torch.nn.functional as F
from torch import nn

from specification import BEGIN, FOLDER
from torch_packed import Packed

sys.path.append(str(FOLDER / "exchange"))

import names  # noqa: E402


class Norm(nn.Module):
    def __init__(self, width):
        super().__init__()
        self.gain, self.bias = nn.Parameter(torch.ones(width)), nn.Parameter(torch.empty(width))

    def forward(self, x):
        return F.layer_norm(x, self.bias.shape, self.gain, self.bias)


def linears(**sizes):
    """Linear layers by name, from pairs of inputs and outputs."""
    return nn.ModuleDict({name: nn.Linear(*pair) for name, pair in sizes.items()})


class Layer(nn.Module):
    """A layer of the encoder, or of the decoder if it looks across."""

    def __init__(self, width, inner, across):
        super().__init__()
        self.attention = linears(queryKeyValue=(width, 3 * width), output=(width, width))
        if across:
            self.cross = linears(query=(width, width), keyValue=(width, 2 * width), output=(width, width))
        self.feedForward = linears(inner=(width, inner), outer=(inner, width))
        self.norm = nn.ModuleList(Norm(width) for _ in range(2 + across))

    def feed(self, x):
        return self.feedForward.outer(F.relu(self.feedForward.inner(x)))


class Stack(nn.Module):
    """Word vectors, layers and the norm above them."""

    def __init__(self, model, across):
        super().__init__()
        self.embedding = nn.Parameter(torch.empty(model["vocabulary"], model["width"]))
        for k in range(model["layers"]):
            self.add_module(str(k), Layer(model["width"], model["inner"], across))
        self.norm = Norm(model["width"])

    @property
    def layers(self):
        return [module for module in self.children() if isinstance(module, Layer)]


def sinusoids(length, width):
    angles = torch.arange(length)[:, None] * torch.exp(torch.arange(0, width, 2) * (-math.log(10000) / width))
    return torch.stack([angles.sin(), angles.cos()], 2).flatten(1)


class Transformer(nn.Module):
    """Layers that normalise before, ReLU, sinusoids, nothing tied."""

    def __init__(self, model, variant):
        super().__init__()
        self.width, self.heads, self.variant = model["width"], model["heads"], variant or "sdpa"
        self.encoder, self.decoder = Stack(model, False), Stack(model, True)
        self.output = nn.Linear(self.width, model["vocabulary"])
        self.register_buffer("positions", sinusoids(1024, self.width), persistent=False)

    def embed(self, stack, ids):
        """Rows of sentences `[B, T]`."""
        return torch.add(self.positions[:ids.shape[1]], F.embedding(ids, stack.embedding), alpha=math.sqrt(self.width))

    def split(self, x, parts):
        """Queries, keys or values side by side, `[B, T, parts · D]`, each as `[B, h, T, d]`."""
        return x.unflatten(2, (parts, self.heads, -1)).permute(2, 0, 3, 1, 4).unbind(0)

    def attend(self, q, k, v, causal=False, mask=None):
        """What the heads give, side by side, `[B, T, D]`; `mask` is None or -inf where a source has no token."""
        if self.variant == "bmm":
            scores = (q * (1 / math.sqrt(q.shape[3]))) @ k.transpose(2, 3)
            if causal:
                beyond = torch.ones(q.shape[2], k.shape[2], dtype=torch.bool, device=q.device).triu(1)
                scores = scores.masked_fill(beyond, float("-inf"))
            if mask is not None:
                scores = scores + mask
            x = torch.softmax(scores, 3) @ v
        else:
            x = F.scaled_dot_product_attention(q, k, v, attn_mask=mask, is_causal=causal)
        return x.transpose(1, 2).flatten(2)

    def encode(self, source, mask=None):
        """States `[B, S, D]` of sources `[S, B]`."""
        x = self.embed(self.encoder, source.t())
        for layer in self.encoder.layers:
            q, k, v = self.split(layer.attention.queryKeyValue(layer.norm[0](x)), 3)
            x = x + layer.attention.output(self.attend(q, k, v, mask=mask))
            x = x + layer.feed(layer.norm[1](x))
        return self.encoder.norm(x)

    def features(self, source, target, mask=None):
        """What the output layer reads, `[T, B, D]`; `mask` `[B, S]` is None or -inf where a source has no token."""
        mask = None if mask is None else mask[:, None, None]
        memory = self.encode(source, mask)
        x = self.embed(self.decoder, target.t())
        for layer in self.decoder.layers:
            q, k, v = self.split(layer.attention.queryKeyValue(layer.norm[0](x)), 3)
            x = x + layer.attention.output(self.attend(q, k, v, causal=True))
            (q,), (k, v) = self.split(layer.cross.query(layer.norm[1](x)), 1), self.split(layer.cross.keyValue(memory), 2)
            x = x + layer.cross.output(self.attend(q, k, v, mask=mask))
            x = x + layer.feed(layer.norm[2](x))
        return self.decoder.norm(x).transpose(0, 1)

    def products(self, rows=None):
        """The products of a decoding step: a layer's five and the output's; their weights put in order for `rows` rows."""
        def made(linear, activation="none"):
            if rows:
                return Packed(linear.weight, linear.bias, rows, activation)
            return linear if activation == "none" else lambda x: F.relu(linear(x))
        return SimpleNamespace(output=made(self.output), layers=[SimpleNamespace(
            own=made(layer.attention.queryKeyValue), own_output=made(layer.attention.output),
            query=made(layer.cross.query), cross_output=made(layer.cross.output),
            inner=made(layer.feedForward.inner, "relu"), outer=made(layer.feedForward.outer)) for layer in self.decoder.layers])

    def pack(self, rows):
        return self.products(rows)

    def memory(self, source):
        """Keys and values that the decoder's layers look at, each `[B, h, S, d]`, made once a sentence."""
        memory = self.encode(source)
        return [[x.contiguous() for x in self.split(layer.cross.keyValue(memory), 2)] for layer in self.decoder.layers]

    def step(self, token, t, caches, memory, products=None):
        """The best token after `token` `[B]`, number t; writes row t of the caches, a pair `[B, h, T, d]` for each layer.

        With t as a number the caches' rows so far are looked at; with a tensor all of them, behind a mask, so that shapes are
        the same in every step.
        """
        products = products or self.products()
        fixed = isinstance(t, torch.Tensor)
        position = self.positions.index_select(0, t) if fixed else self.positions[t]
        x = torch.add(position, F.embedding(token, self.decoder.embedding), alpha=math.sqrt(self.width))
        shape = (len(token), self.heads, 1, -1)
        for layer, products_of, (keys, values), (k, v) in zip(self.decoder.layers, products.layers, caches, memory):
            q, new_key, new_value = (y.view(shape) for y in products_of.own(layer.norm[0](x)).chunk(3, 1))
            if fixed:
                keys.index_copy_(2, t, new_key)
                values.index_copy_(2, t, new_value)
                mask = torch.where(torch.arange(keys.shape[2]) <= t, 0.0, float("-inf"))[None]
                seen = F.scaled_dot_product_attention(q, keys, values, attn_mask=mask)
            else:
                keys[:, :, t:t + 1], values[:, :, t:t + 1] = new_key, new_value
                seen = F.scaled_dot_product_attention(q, keys[:, :, :t + 1], values[:, :, :t + 1])
            x = x + products_of.own_output(seen.view(x.shape))
            q = products_of.query(layer.norm[1](x)).view(shape)
            x = x + products_of.cross_output(F.scaled_dot_product_attention(q, k, v).view(x.shape))
            x = x + products_of.outer(products_of.inner(layer.norm[2](x)))
        return products.output(self.decoder.norm(x)).argmax(1)

    def greedy(self, source, steps, packed=None, compiled=None):
        """The best token at each of exactly `steps` steps; `compiled` takes the functions for memory and step through a compiler."""
        products = packed or self.products()
        memory_of, step, places = self.memory, lambda *state: self.step(*state, products), range(steps)
        if compiled:
            (memory_of, step), places = compiled, torch.arange(steps).unsqueeze(1)
        memory = memory_of(source)
        shape = (source.shape[1], self.heads, steps, self.width // self.heads)
        caches = [(torch.zeros(shape), torch.zeros(shape)) for _ in memory]
        token = torch.full((source.shape[1],), BEGIN, dtype=torch.long)
        tokens = []
        for t in places:
            token = step(token, t, caches, memory)
            tokens.append(token)
        return torch.stack(tokens)


class Layers(nn.Module):
    """The same from torch.nn's own layers, with the weights of a Transformer; time first, as is their default."""

    def __init__(self, network, model):
        super().__init__()
        sizes = (model["width"], model["heads"], model["inner"], 0.0)
        self.scale = math.sqrt(model["width"])
        self.src_emb, self.tgt_emb = (nn.Embedding(model["vocabulary"], model["width"]) for _ in range(2))
        self.encoder = nn.TransformerEncoder(
            nn.TransformerEncoderLayer(*sizes, norm_first=True), model["layers"], nn.LayerNorm(model["width"]), enable_nested_tensor=False)
        self.decoder = nn.TransformerDecoder(
            nn.TransformerDecoderLayer(*sizes, norm_first=True), model["layers"], nn.LayerNorm(model["width"]))
        self.out = nn.Linear(model["width"], model["vocabulary"])
        self.register_buffer("positions", network.positions, persistent=False)
        self.load_state_dict(names.to_torch(network.state_dict()))

    @property
    def output(self):
        return self.out

    def features(self, source, target):
        """What the output layer reads, `[T, B, D]`."""
        x, y = (table(ids) * self.scale + self.positions[:len(ids), None] for table, ids in (
            (self.src_emb, source), (self.tgt_emb, target)))
        mask = nn.Transformer.generate_square_subsequent_mask(len(target))
        return self.decoder(y, self.encoder(x), tgt_mask=mask, tgt_is_causal=True)


def build(model, variant):
    """A model with weights that are equal in every run and in every variant."""
    network = Transformer(model, variant)
    for name, parameter in network.named_parameters():
        if not name.endswith("gain"):
            nn.init.uniform_(parameter, -0.08, 0.08)
    return Layers(network, model) if variant == "layers" else network
