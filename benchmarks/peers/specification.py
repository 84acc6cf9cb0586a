"""The models of models.json, and how much arithmetic they are."""
import json
from pathlib import Path

FOLDER = Path(__file__).resolve().parent.parent
_file = json.loads((FOLDER / "models.json").read_text())
MODELS = _file["models"]
ADAM = _file["adam"]
BEGIN = 1                                                   # the id that begins a target, as dragoman numbers it
FIRST = 3                                                   # the first id that is an ordinary token


def decode_batch(mode):
    """Sentences that `decode1` and `decode64` translate together."""
    return int(mode.removeprefix("decode"))


def training_operations(model, lengths):
    """Floating-point operations of the products of one step, counted as dragoman counts them.

    `lengths` are pairs of tokens of a source and of its target. Two operations a multiply-add, and every product of the way
    forward twice more on the way back.
    """
    lengths = list(lengths)
    source, target = (sum(pair[side] for pair in lengths) for side in (0, 1))
    cells = sum(s * t for s, t in lengths)
    return 6 * {"bigru": bigru, "lstm": lstm, "transformer": transformer}[model["kind"]](model, source, target, cells, lengths)


def bigru(model, source, target, cells, _):
    """Multiply-adds forward."""
    v, e, h, a = (model[key] for key in ("vocabulary", "embedding", "hidden", "attention"))
    encoder = 2 * 3 * h * (e + h) + a * 2 * h
    decoder = 3 * h * (e + 2 * h + h) + a * h + v * 3 * h
    return source * encoder + target * decoder + cells * (2 * h + a)


def lstm(model, source, target, cells, _):
    v, e, h = (model[key] for key in ("vocabulary", "embedding", "hidden"))
    stack = 4 * h * (e + h) + (model["layers"] - 1) * 4 * h * 2 * h
    return source * (stack + h * h) + target * (stack + v * 2 * h) + cells * 2 * h


def transformer(model, source, target, cells, lengths):
    """A target's token sees itself and those before it, which alone are counted."""
    v, d, inner, layers = (model[key] for key in ("vocabulary", "width", "inner", "layers"))
    feed = 2 * d * inner
    encoder, decoder = 4 * d * d + feed + 2 * d * d, 6 * d * d + feed
    seen = cells + sum(s * s + t * (t + 1) // 2 for s, t in lengths)
    return layers * (source * encoder + target * decoder + seen * 2 * d) + target * v * d


def step_operations(model):
    """The same for a step on one batch of the fixed lengths."""
    return training_operations(model, [(model["sourceLength"], model["targetLength"])] * model["batch"])
