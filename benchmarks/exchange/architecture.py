"""From the configuration in a model file to the config that the modules of Tests/Golden are made from."""
FEEDING = {"none": False, "context": True, "attentional": "attentional", False: False, True: True}


def config_of(file):
    """The config of a ModelFile; a ValueError names what the modules do not have."""
    model, shapes = file.model, file.shapes
    e, d = model["encoder"], model["decoder"]
    tied = model.get("tied", "none")
    source = shapes["embedding" if "embedding" in shapes else "encoder.embedding"]
    config = {"encoder": side(e), "decoder": side(d), "emb": source[1], "src_vocab": source[0],
              "tgt_vocab": shapes["output.bias"][0], "tied": tied, "pad": 0, "bos": 1, "eos": 2, "unk": 0}
    if config["encoder"]["kind"] == "recurrent":
        config["encoder"]["bidirectional"] = e["bidirectional"]
    if config["decoder"]["kind"] == "transformer":
        return config
    start = d["initialState"]
    config["decoder"] |= {"initialState": start, "bridge": d["bridge"] and start != "zero",
                          "contextFeeding": FEEDING[d.get("feeding", d.get("contextFeeding"))]}
    config["scorer"] = model["attention"]["score"]
    if config["scorer"] == "additive":
        config["attn_dim"] = shapes["attention.vector"][0]
    elif config["scorer"] == "location":
        config["location_max_positions"] = shapes["attention.weight"][0]
    if "attention.coverageWeight" in shapes:
        config["coverage"] = True
    if start == "mean" and not d["bridge"]:
        raise ValueError("the torch modules have no mean as first state without a bridge")
    if has_transformer_forward(config) and "coverage" in config:
        raise ValueError("the torch modules have no coverage beside a Transformer or a mean as first state")
    return config


def side(part):
    """What encoder and decoder have in common."""
    kind = part.get("kind", "recurrent")
    if kind == "transformer":
        if part.get("selfAttention", "attention") != "attention" or part.get("positions", "sinusoid") != "sinusoid":
            raise ValueError("the torch modules have self-attention and sinusoids only")
        return {"kind": kind, "selfAttention": "attention", "positions": "sinusoid"} | {key: part[key] for key in (
            "width", "inner", "layers", "heads", "normalization", "activation", "normalizer", "window")}
    if part["cell"] not in ("gru", "lstm"):
        raise ValueError(f"the torch modules have no cell '{part['cell']}'")
    for key in ("residual", "layerNormalization"):
        if part.get(key):
            raise ValueError(f"the torch modules have no '{key}'")
    if part.get("output", {}).get("kind", "direct") != "direct":
        raise ValueError("the torch modules have no deep output")
    return {"kind": kind} | {key: part[key] for key in ("cell", "hidden", "layers")}


def has_transformer_forward(config):
    """Whether transformer_modules.py computes it, and not modules.py."""
    kinds = {config["encoder"]["kind"], config["decoder"]["kind"]}
    return "transformer" in kinds or config["decoder"]["initialState"] == "mean"
