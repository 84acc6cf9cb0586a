"""The models in PyTorch, written for speed: what does not depend on the recurrence stands outside the loop.

Attention keys once a batch, the embedding's half of the decoder's input product once for all steps, output layer and
loss once for all steps. Tensors go time first, `[T, B, ...]`, as torch.nn.GRU and LSTM like them best.
"""
import torch
import torch.nn.functional as F
from torch import nn

import torch_transformer
from specification import BEGIN, FIRST
from torch_backward import AttentionDecoder
from torch_packed import Packed


class BiGRU(nn.Module):
    """Bidirectional GRU, additive attention, GRU with context feeding.

    Variants of the decoder in training:
      cell    nn.GRUCell on [embedding; context]: the way textbooks write it
      gates   fused by hand from addmm and lerp: fewer and larger operations
      manual  a torch.autograd.Function with a backward written by hand, weight gradients as one product over all steps
    """

    def __init__(self, model, variant):
        super().__init__()
        v, e, h, a = model["vocabulary"], model["embedding"], model["hidden"], model["attention"]
        self.hidden, self.embedding, self.variant = h, e, variant or "gates"
        self.source_embedding = nn.Embedding(v, e)
        self.target_embedding = nn.Embedding(v, e)
        self.encoder = nn.GRU(e, h, bidirectional=True)
        self.bridge = nn.Linear(h, h)
        self.cell = nn.GRUCell(e + 2 * h, h)
        self.query = nn.Linear(h, a, bias=False)
        self.key = nn.Linear(2 * h, a, bias=False)
        self.vector = nn.Parameter(torch.empty(a))
        self.output = nn.Linear(3 * h, v)

    def encode(self, source):
        states, last = self.encoder(self.source_embedding(source))
        return self.keys(states.transpose(0, 1).contiguous(), last)

    def keys(self, values, last):
        """Keys `[B, S, A]`, values `[B, S, 2H]`, first state `[B, H]`."""
        return self.key(values), values, torch.tanh(self.bridge(last[1]))

    def attend(self, query, keys, values, mask):
        """The context of `query`, `[B, A]`; `mask` is None or -inf where a source has no token."""
        scores = torch.matmul(torch.tanh(keys + query.unsqueeze(1)), self.vector)
        if mask is not None:
            scores = scores + mask
        return torch.bmm(torch.softmax(scores, 1).unsqueeze(1), values).squeeze(1)

    def recur(self, input_gates, state_gates, h):
        """A GRU's new state from the two products of its gates."""
        width = 2 * self.hidden
        rz = torch.sigmoid(input_gates[:, :width] + state_gates[:, :width])
        n = torch.tanh(torch.addcmul(input_gates[:, width:], rz[:, :self.hidden], state_gates[:, width:]))
        return torch.lerp(n, h, rz[:, self.hidden:])

    def input_gates(self, target):
        """The embedding's part of the decoder's gates for all steps: one product."""
        return F.linear(self.target_embedding(target), self.cell.weight_ih[:, :self.embedding], self.cell.bias_ih)

    def features(self, source, target, mask=None, encoded=None):
        """What the output layer reads, `[T, B, 3H]`."""
        keys, values, h = encoded or self.encode(source)
        cell = self.cell
        if self.variant == "manual":
            return torch.cat(AttentionDecoder.apply(
                self.input_gates(target), h, keys, values, mask, cell.weight_ih[:, self.embedding:].contiguous(),
                cell.weight_hh, cell.bias_hh, self.query.weight, self.vector), 2)
        context = torch.zeros_like(values[:, 0])
        features = []
        if self.variant == "cell":
            for x in self.target_embedding(target).unbind(0):
                h = cell(torch.cat([x, context], 1), h)
                context = self.attend(self.query(h), keys, values, mask)
                features.append(torch.cat([h, context], 1))
            return torch.stack(features)
        context_weight, state_weight = cell.weight_ih[:, self.embedding:].t(), cell.weight_hh.t()
        for x in self.input_gates(target).unbind(0):
            h = self.recur(torch.addmm(x, context, context_weight), torch.addmm(cell.bias_hh, h, state_weight), h)
            context = self.attend(self.query(h), keys, values, mask)
            features += [h, context]
        return torch.cat(features, 1).view(h.shape[0], target.shape[0], -1).transpose(0, 1)

    def pack(self, rows):
        """The four products of a decoding step with their weights put in order."""
        cell = self.cell
        return (Packed(cell.weight_ih, cell.bias_ih, rows), Packed(cell.weight_hh, cell.bias_hh, rows),
                Packed(self.query.weight, None, rows), Packed(self.output.weight, self.output.bias, rows))

    def greedy(self, source, steps, packed=None):
        """The best token at each of exactly `steps` steps."""
        keys, values, h = self.encode(source)
        context = torch.zeros_like(values[:, 0])
        token = torch.full((source.shape[1],), BEGIN, dtype=torch.long)
        tokens = []
        for _ in range(steps):
            x = torch.cat([self.target_embedding(token), context], 1)
            if packed:
                h = self.recur(packed[0](x), packed[1](h), h)
                query, output = packed[2](h), packed[3]
            else:
                h = self.cell(x, h)
                query, output = self.query(h), self.output
            context = self.attend(query, keys, values, None)
            token = output(torch.cat([h, context], 1)).argmax(1)
            tokens.append(token)
        return torch.stack(tokens)


class LSTM(nn.Module):
    """Stacked LSTM twice with Luong's general attention above it: without context feeding all steps go at once."""

    def __init__(self, model, variant):
        super().__init__()
        v, e, h = model["vocabulary"], model["embedding"], model["hidden"]
        self.hidden, self.layers = h, model["layers"]
        self.source_embedding = nn.Embedding(v, e)
        self.target_embedding = nn.Embedding(v, e)
        self.encoder = nn.LSTM(e, h, self.layers)
        self.decoder = nn.LSTM(e, h, self.layers)
        self.key = nn.Linear(h, h, bias=False)
        self.output = nn.Linear(2 * h, v)

    def encode(self, source):
        """Keys `[B, H, S]`, values `[B, S, H]`, last states."""
        states, last = self.encoder(self.source_embedding(source))
        return self.key(states).permute(1, 2, 0), states.transpose(0, 1), last

    def features(self, source, target):
        """What the output layer reads, `[T, B, 2H]`."""
        keys, values, last = self.encode(source)
        states, _ = self.decoder(self.target_embedding(target), last)
        contexts = torch.bmm(torch.softmax(torch.bmm(states.transpose(0, 1), keys), 2), values)
        return torch.cat([states, contexts.transpose(0, 1)], 2)

    def pack(self, rows):
        """The products of a decoding step with their weights put in order: a layer's two in one, then the output's."""
        d = self.decoder
        layers = [Packed(torch.cat([getattr(d, f"weight_ih_l{k}"), getattr(d, f"weight_hh_l{k}")], 1),
                         getattr(d, f"bias_ih_l{k}") + getattr(d, f"bias_hh_l{k}"), rows) for k in range(self.layers)]
        return layers + [Packed(self.output.weight, self.output.bias, rows)]

    def greedy(self, source, steps, packed=None):
        """The best token at each of exactly `steps` steps."""
        keys, values, state = self.encode(source)
        states = [(state[0][k], state[1][k]) for k in range(self.layers)]
        output = packed[-1] if packed else self.output
        token = torch.full((source.shape[1],), BEGIN, dtype=torch.long)
        tokens = []
        for _ in range(steps):
            x = self.target_embedding(token)
            if packed:
                for k in range(self.layers):
                    states[k] = self.recur(packed[k], x, *states[k])
                    x = states[k][0]
            else:
                x, state = self.decoder(x.unsqueeze(0), state)
                x = x[0]
            weights = torch.softmax(torch.bmm(x.unsqueeze(1), keys), 2)
            token = output(torch.cat([x, torch.bmm(weights, values).squeeze(1)], 1)).argmax(1)
            tokens.append(token)
        return torch.stack(tokens)

    def recur(self, product, x, h, c):
        """An LSTM's new states from one product over [x; h]."""
        gates = product(torch.cat([x, h], 1))
        width = self.hidden
        sigmoids = torch.sigmoid(gates)
        c = sigmoids[:, width:2 * width] * c + sigmoids[:, :width] * torch.tanh(gates[:, 2 * width:3 * width])
        return sigmoids[:, 3 * width:] * torch.tanh(c), c


def build(model, variant=""):
    """A model with weights that are equal in every run."""
    torch.manual_seed(0)
    if model["kind"] == "transformer":
        return torch_transformer.build(model, variant)
    network = (BiGRU if model["kind"] == "bigru" else LSTM)(model, variant)
    for parameter in network.parameters():
        nn.init.uniform_(parameter, -0.08, 0.08)
    return network


def batch(model, sentences=None, length=None):
    """Random sources `[S, B]`, what the decoder reads and what it has to write, `[T, B]`."""
    generator = torch.Generator().manual_seed(1)
    sentences, v = sentences or model["batch"], model["vocabulary"]
    source = torch.randint(FIRST, v, (length or model["sourceLength"], sentences), generator=generator)
    target = torch.randint(FIRST, v, (model["targetLength"] + 1, sentences), generator=generator)
    target[0] = BEGIN
    return source, target[:-1].contiguous(), target[1:].contiguous()


def loss(network, features, target):
    """Mean cross-entropy of all target tokens; -100 is none."""
    return F.cross_entropy(network.output(features.reshape(-1, features.shape[-1])), target.reshape(-1))
