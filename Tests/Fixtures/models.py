"""Which models the fixtures are: together they have every choice of the `model` object, in the combinations that matter."""


def encoder(cell, hidden, layers=1, **more):
    return {"cell": cell, "hidden": hidden, "layers": layers, **more}


def decoder(cell, hidden, layers=1, start="backward", bridge=True, feeding=True, **more):
    stated = {} if start == "zero" else {"bridge": bridge}
    return {"cell": cell, "hidden": hidden, "layers": layers, "initialState": start, "contextFeeding": feeding,
            **stated, **more}


def deep(**more):
    return {"output": {"kind": "deep", **more}}


ONE_WAY = {"bidirectional": False}
BOTH_WAYS = {"bidirectional": True}
RESIDUAL = {"residual": True}
NORMALIZED = {"layerNormalization": True}
WORDS = {"kind": "word", "vocabulary": 60}
CHARACTERS = {"kind": "character", "vocabulary": 60}
PIECES = {"kind": "bpe", "vocabulary": 280}
# A sentence has more pieces than words, and they take longer to learn.
LONGER = {"training": {"updates": 800, "validateEvery": 200}, "decoding": {"maximumLength": 40}}


def model(corpus, tokenizer, encoder, decoder, score, embedding=7, tied="none", training={}, decoding={}, **more):
    """A fixture: the corpus, and its configuration but for the names of files."""
    attention = {"score": score, **({"size": 8} if score == "additive" else {})}
    attention.update(more.pop("attention", {}))
    return corpus, {
        "tokenizer": tokenizer,
        "model": {"embedding": embedding, "encoder": encoder, "decoder": decoder, "attention": attention,
                  "tied": tied, "dropout": more.pop("dropout", 0), **more},
        "training": training, "decoding": decoding,
    }


MODELS = {
    # Bahdanau, and Luong with and without input feeding.
    "gru-additive": model(
        "sentences", WORDS, encoder("gru", 8), decoder("gru", 10), "additive"),
    "lstm-general-bpe": model(
        "sentences", PIECES, encoder("lstm", 6, 2, **ONE_WAY),
        decoder("lstm", 6, 2, "layerwise", bridge=False, feeding=False), "general", embedding=4, **LONGER),
    "lstm-dot-attentional": model(
        "sentences", {**WORDS, "lowercase": True}, encoder("lstm", 5),
        decoder("lstm", 10, 1, "top", bridge=False, feeding="attentional"), "dot"),
    # The other scorers, and what goes with them.
    "gru-coverage-deep": model(
        "sentences", WORDS, encoder("gru", 6), decoder("gru", 9, 1, "top", **deep(hidden=9)), "additive",
        attention={"coverage": True}),
    "lstm-coverage": model(
        "sentences", {**WORDS, "minimumFrequency": 30}, encoder("lstm", 8, 2, **ONE_WAY),
        decoder("lstm", 8, 2, "top", bridge=False, feeding=False), "additive", attention={"coverage": True},
        decoding={"replaceUnknown": True}),
    "gru-location-characters": model(
        "names", CHARACTERS, encoder("gru", 9, **ONE_WAY), decoder("gru", 11, 2, "top", feeding=False),
        "location", attention={"positions": 9}),
    "lstm-zero-location": model(
        "sentences", {**WORDS, "lowercase": True}, encoder("lstm", 6), decoder("lstm", 9, 1, "zero"), "location"),
    "gru-zero-dot-bpe": model(
        "sentences", {**PIECES, "lowercase": True, "shared": True, "dropout": 0.1}, encoder("gru", 8, **ONE_WAY),
        decoder("gru", 8, 1, "zero"), "dot", embedding=4, **LONGER),
    # Cells of two kinds.
    "lstm-gru-mean-attentional": model(
        "sentences", WORDS, encoder("lstm", 6), decoder("gru", 9, 2, "mean", feeding="attentional", **RESIDUAL),
        "general", decoding={"lengthNormalization": "gnmt", "coveragePenalty": 0.2}),
    "gru-lstm-top-deep-characters": model(
        "names", CHARACTERS, encoder("gru", 6, 2), decoder("lstm", 8, 1, "top", **deep(hidden=6, embedding=False)),
        "additive"),
    "gru-lstm-layerwise": model(
        "sentences", WORDS, encoder("gru", 5, 2, **RESIDUAL),
        decoder("lstm", 8, 2, "layerwise", feeding=False), "additive"),
    "lstm-gru-backward": model(
        "sentences", WORDS, encoder("lstm", 8), decoder("gru", 8, 2, "backward", bridge=False, feeding=False),
        "general"),
    # Residual connections and layer normalisation.
    "gru-residual-normalized": model(
        "sentences", WORDS, encoder("gru", 5, 2, **RESIDUAL, **NORMALIZED),
        decoder("gru", 8, 2, "layerwise", **RESIDUAL, **NORMALIZED), "additive"),
    "lstm-residual-normalized": model(
        "sentences", WORDS, encoder("lstm", 8, 2, **ONE_WAY, **RESIDUAL, **NORMALIZED),
        decoder("lstm", 8, 2, "layerwise", bridge=False, feeding=False, **RESIDUAL, **NORMALIZED), "dot"),
    # Tied weights.
    "gru-tied-output-attentional": model(
        "sentences", WORDS, encoder("gru", 6, **NORMALIZED), decoder("gru", 8, 1, "mean", feeding="attentional"),
        "additive", embedding=8, tied="output", attention={"coverage": True}),
    "gru-tied-languages": model(
        "sentences", {**WORDS, "vocabulary": 90, "shared": True}, encoder("gru", 6),
        decoder("gru", 12, 1, "mean", bridge=False, feeding=False), "general", tied="languages"),
    "lstm-tied-all-bpe": model(
        "sentences", {**PIECES, "shared": True}, encoder("lstm", 7), decoder("lstm", 9, **deep()), "additive",
        embedding=8, tied="all", **LONGER),
    "gru-lstm-tied-all-attentional-deep": model(
        "sentences", {**WORDS, "vocabulary": 90, "shared": True, "lowercase": True}, encoder("gru", 6),
        decoder("lstm", 9, 2, "backward", feeding="attentional", **NORMALIZED, **deep(embedding=False)), "general",
        embedding=8, tied="all"),
    # Tokens of two kinds.
    "gru-characters-to-words": model(
        "phones", {**CHARACTERS, "targetKind": "word"}, encoder("gru", 8),
        decoder("gru", 8, 2, "backward", bridge=False, feeding="attentional"), "location"),
    "lstm-bpe-to-characters": model(
        "names", {**PIECES, "targetKind": "character"}, encoder("lstm", 6, 2, **BOTH_WAYS),
        decoder("lstm", 7, 2, "layerwise"), "general", embedding=6, **LONGER),
    # An average of the weights on their way, and dropout of every kind.
    "lstm-moving-average": model(
        "sentences", WORDS, encoder("lstm", 6), decoder("lstm", 9, 1, "mean"), "additive",
        dropout={"embedding": 0.05, "layers": 0.05, "encoded": 0.02, "output": 0.05, "variational": True,
                 "states": 0.05, "sourceWords": 0.02, "targetWords": 0.02},
        training={"average": {"kind": "ema", "decay": 0.95}, "optimizer": {"kind": "adamw", "learningRate": 0.02},
                  "labelSmoothing": 0.05, "schedule": {"kind": "cosine", "warmup": 20},
                  "metrics": ["chrf", "loss"]}),
}

# The run whose last checkpoints are averaged, and from whose model another one, of more letters, begins.
PARENT = model("names", CHARACTERS, encoder("gru", 8), decoder("gru", 10), "additive", training={"keep": 3})

# The run that is stopped, to be resumed.
STOPPED = model(
    "sentences", WORDS, encoder("gru", 6), decoder("gru", 7), "additive", embedding=5, dropout=0.02,
    training={"updates": 300, "validateEvery": 100})
