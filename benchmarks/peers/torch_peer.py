"""PyTorch: training, greedy decoding, and training on real text.

  --compile           torch.compile (inductor, C++ and OpenMP) of loss or decoding as a whole
  --variant VARIANT   training: cell, gates (the default) or manual, see torch_models.py;
                                of a Transformer layers, bmm or sdpa (the default), see torch_transformer.py
                      decoding: packed has oneDNN put the weights in order beforehand
                      text: padded (the default) or packed, see torch_text.py; +manual for the backward by hand
"""
import peer

arguments = peer.options(
    __doc__, ("--compile", {"action": "store_true"}),
    ("--ids", {"help": "text: a file of JSON lines with the ids of the pairs"}),
    ("--batch-tokens", {"type": int, "default": 1280, "help": "text: target tokens of a batch"}),
    modes=("train", "decode1", "decode64", "text"))

import time  # noqa: E402

import torch  # noqa: E402

import torch_models as models  # noqa: E402
from specification import MODELS, decode_batch  # noqa: E402
from torch_training import Update, prepare  # noqa: E402

prepare(arguments)
NAME = "pytorch compiled" if arguments.compile else "pytorch"
model = MODELS[arguments.model]
facts = {}


def compiled(function):
    """The function, through inductor if it is asked for."""
    if not arguments.compile:
        return function
    import torch._dynamo
    import torch._inductor.config
    torch._dynamo.config.allow_rnn = True
    torch._inductor.config.freezing = arguments.mode != "train"     # decoding: weights in order beforehand
    return torch.compile(function, dynamic=False)


def warm(function):
    """Calls it once, and notes how long that took if it was for compiling."""
    start = time.time()
    result = function()
    if arguments.compile:
        facts["compile_seconds"] = round(time.time() - start, 1)
    return result


def train():
    network = models.build(model, arguments.variant)
    source, read, write = models.batch(model)
    update = Update(network.parameters())
    loss = compiled(lambda s, r, w: models.loss(network, network.features(s, r), w))
    step = lambda: update(loss(source, read, write))  # noqa: E731
    warm(step)
    peer.run(NAME, arguments, step, write.numel(), lambda: facts | update.facts())


def decode():
    network = models.build(model).eval()
    sentences, length = decode_batch(arguments.mode), model["decodeLength"]
    source, _, _ = models.batch(model, sentences, length)
    packed = network.pack(sentences) if arguments.variant == "packed" else None
    with torch.no_grad() if arguments.compile else torch.inference_mode():
        if model["kind"] == "transformer" and arguments.compile:
            # A step as a program of its own, with the same shapes each time: all steps in one would compile for an hour.
            functions = compiled(network.memory), compiled(network.step)
            greedy = lambda s: network.greedy(s, length, compiled=functions)  # noqa: E731
        else:
            greedy = compiled(lambda s: network.greedy(s, length, packed))
        tokens = warm(lambda: greedy(source))
        found = {"checksum": int(tokens.sum()), "version": torch.__version__}
        peer.run(NAME, arguments, lambda: greedy(source), sentences * length, lambda: facts | found)


def text():
    import torch_text
    torch_text.run(NAME, arguments, model)


{"train": train, "text": text}.get(arguments.mode, decode)()
