"""PyTorch on real text: the same batches for both ways of treating sentences of unlike lengths.

  padded   as most code is written: matrices filled up to the longest sentence of the batch, attention masked, padded
           targets left out of the loss. The encoder runs over the padding of short sources, as nn.GRU does when it is
           given a matrix.
  packed   the strongest PyTorch: the encoder reads a PackedSequence; targets are sorted by length, each step of the
           decoder takes only the sentences still alive, and output layer and loss see real tokens alone.

With `+manual` behind it `padded` takes the backward written by hand (torch_backward.py), which needs whole matrices.

Batches are cut as dragoman cuts them: all pairs shuffled, sorted by length within pools of 32 batches, filled up to the
budget of real target tokens, and the batches shuffled.
"""
import itertools
import json
import random
import time

import torch
import torch.nn.functional as F
from torch.nn.utils.rnn import pack_padded_sequence, pad_packed_sequence, pad_sequence

import peer
import torch_models as models
from machine import Watch, wait_until_quiet
from specification import BEGIN, training_operations
from torch_training import Update

POOL = 32         # batches
NONE = -100       # no target: cross_entropy leaves it out


def read(path):
    """Pairs of tensors from lines such as {"source": [5, 2], "target": [7, 9, 2]}, ends included."""
    with open(path) as file:
        lines = [json.loads(line) for line in file]
    return [(torch.tensor(line["source"]), torch.tensor(line["target"])) for line in lines]


def plan(pairs, budget, seed=1):
    """The batches of an epoch, as lists of pairs."""
    generator = random.Random(seed)
    pairs = list(pairs)
    generator.shuffle(pairs)
    pools, tokens = [[]], 0
    for pair in pairs:
        if tokens >= POOL * budget:
            pools.append([])
            tokens = 0
        pools[-1].append(pair)
        tokens += len(pair[1])
    for index, pool in enumerate(pools):
        pool.sort(key=lambda pair: (len(pair[1]), len(pair[0])), reverse=index % 2 == 1)
    batches, batch, tokens = [], [], 0
    for pair in itertools.chain.from_iterable(pools):
        if batch and tokens + len(pair[1]) > budget:
            batches.append(batch)
            batch, tokens = [], 0
        batch.append(pair)
        tokens += len(pair[1])
    batches.append(batch)
    generator.shuffle(batches)
    return batches


class Batch:
    """The matrices of a batch, time first, its sentences from the longest target to the shortest."""

    def __init__(self, pairs):
        pairs = sorted(pairs, key=lambda pair: len(pair[1]), reverse=True)
        sources, targets = zip(*pairs)
        self.source_lengths = torch.tensor([len(source) for source in sources])
        self.target_lengths = torch.tensor([len(target) for target in targets])
        self.source = pad_sequence(sources)
        self.write = pad_sequence(targets, padding_value=NONE)
        self.read = torch.cat([torch.full((1, len(pairs)), BEGIN), self.write[:-1].clamp(min=0)])
        beyond = torch.arange(self.source.shape[0]) >= self.source_lengths[:, None]
        self.mask = torch.zeros(beyond.shape).masked_fill(beyond, float("-inf")) if beyond.any() else None


def padded_loss(network, batch):
    return models.loss(network, network.features(batch.source, batch.read, batch.mask), batch.write)


def packed_loss(network, batch):
    """The same loss without a product on padding, but for keys and attention, which stay in matrices."""
    packed = pack_padded_sequence(network.source_embedding(batch.source), batch.source_lengths, enforce_sorted=False)
    states, last = network.encoder(packed)
    keys, values, h = network.keys(pad_packed_sequence(states, batch_first=True)[0], last)
    read = pack_padded_sequence(batch.read, batch.target_lengths)
    write = pack_padded_sequence(batch.write, batch.target_lengths).data
    context = torch.zeros_like(values[:, 0])
    mask, cell, query = batch.mask, network.cell, network.query
    context_weight, state_weight = cell.weight_ih[:, network.embedding:].t(), cell.weight_hh.t()
    features = []
    for x in network.input_gates(read.data).split(read.batch_sizes.tolist()):
        if len(x) < len(h):                                  # the shortest targets have ended
            alive = len(x)
            h, context, keys, values = h[:alive], context[:alive], keys[:alive], values[:alive]
            mask = None if mask is None else mask[:alive]
        h = network.recur(torch.addmm(x, context, context_weight), torch.addmm(cell.bias_hh, h, state_weight), h)
        context = network.attend(query(h), keys, values, mask)
        features.append(torch.cat([h, context], 1))
    return F.cross_entropy(network.output(torch.cat(features)), write)


def run(name, arguments, model):
    """Times updates on batches of text: `steps` of them after `warmup`, or with --steps 0 an epoch, warm-up included."""
    way, _, manual = (arguments.variant or "padded").partition("+")
    loss = {"padded": padded_loss, "packed": packed_loss}[way]
    network = models.build(model, manual)
    update = Update(network.parameters())
    batches = plan(read(arguments.ids), arguments.batch_tokens)
    warm = batches[:arguments.warmup]
    timed = batches[arguments.warmup:][:arguments.steps] if arguments.steps else batches
    for pairs in warm:
        update(loss(network, Batch(pairs)))
    quiet = wait_until_quiet()
    watch, start = Watch(), time.perf_counter()
    for pairs in timed:
        update(loss(network, Batch(pairs)))
    seconds = time.perf_counter() - start
    pairs = [pair for batch in timed for pair in batch]
    target = sum(len(pair[1]) for pair in pairs)
    # Tokens a matrix has room for, per real one: what padding costs.
    room = sum(max(len(pair[1]) for pair in batch) * len(batch) for batch in timed) / target
    peer.emit(name, arguments, target, seconds, watch.others(), waited_in_vain=not quiet, updates=len(timed),
              pairs=len(pairs), target_tokens=target, target_room=round(room, 3),
              operations=training_operations(model, ((len(s), len(t)) for s, t in pairs)) / seconds, **update.facts())
