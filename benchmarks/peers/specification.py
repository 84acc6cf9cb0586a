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


def training_operations(model, source, target, cells):
    """Floating-point operations of the products of one step, counted as dragoman counts them.

    `source` and `target` are numbers of tokens, `cells` is the sum over the sentences of their product. Two operations a
    multiply-add, and every product of the way forward twice more on the way back.
    """
    v, e, h = model["vocabulary"], model["embedding"], model["hidden"]
    if model["kind"] == "bigru":
        a = model["attention"]
        encoder = 2 * 3 * h * (e + h) + a * 2 * h
        decoder = 3 * h * (e + 2 * h + h) + a * h + v * 3 * h
        attention = 2 * h + a
    else:
        stack = 4 * h * (e + h) + (model["layers"] - 1) * 4 * h * 2 * h
        encoder, decoder, attention = stack + h * h, stack + v * 2 * h, 2 * h
    return 6 * (source * encoder + target * decoder + cells * attention)


def step_operations(model):
    """The same for a step on one batch of the fixed lengths."""
    batch, s, t = model["batch"], model["sourceLength"], model["targetLength"]
    return training_operations(model, batch * s, batch * t, batch * s * t)
