"""The JSON layout of a fixture: README.md describes it."""
import torch


def tensor(t):
    t = t.detach()
    return {"shape": list(t.shape), "data": t.reshape(-1).tolist()}


def tensors(named):
    return {k: tensor(v) for k, v in named.items()}


def document(fixture, parameters, batch, out, gradients, norm, tokens, adam, trajectory):
    steps = [{"loss_before": loss, "grad_norm_before_clip": grad_norm, "params_after": None}
             for loss, grad_norm, _ in trajectory]
    for i in (0, -1) if fixture.original else (-1,):
        steps[i]["params_after"] = tensors(trajectory[i][2])
    sizes = {"batch": len(fixture.src_len), "src_max": max(fixture.src_len), "tgt_max": max(fixture.tgt_len)}
    return {"config": fixture.config | sizes, "params": tensors(parameters),
            "inputs": {k: v.tolist() for k, v in batch.items()},
            "loss": out["loss"].item(), "loss_sum": out["loss_sum"].item(), "n_tokens": sum(fixture.tgt_len),
            "outputs": tensors({k: v for k, v in out.items() if not k.startswith("loss")}),
            "grads": tensors(gradients), "grad_norm": norm.item(),
            "greedy": {"steps": tokens.shape[1], "tokens": tokens.tolist()},
            "adam": adam | {"trajectory": steps}, "torch": torch.__version__}


def old_layout(fixture, doc):
    """The layout of the first eight, which differs in its config keys and, for `bigru`, in a few names."""
    bigru = fixture.original == "bigru"
    names = {"bridge.0.h.weight": "bridge.weight", "bridge.0.h.bias": "bridge.bias"} | {
        f"dec.{n}_l0": f"dec.{n}" for n in ("weight_ih", "weight_hh", "bias_ih", "bias_hh")}

    def renamed(named):
        return {names.get(k, k): v for k, v in named.items()} if bigru and named else named

    c = dict(doc["config"])
    e, d = c.pop("encoder"), c.pop("decoder")
    c |= {"kind": fixture.original, "enc_hidden": e["hidden"], "enc_dim": e["hidden"] * (1 + e["bidirectional"]),
          "dec_hidden": d["hidden"], "enc_layers": e["layers"], "dec_layers": d["layers"],
          "bidirectional": e["bidirectional"], "input_feed_context": d["contextFeeding"]}
    outputs = dict(doc["outputs"])
    if bigru:
        h = outputs["dec_init_h"]
        outputs["dec_init_h"] = {"shape": h["shape"][1:], "data": h["data"]}
    steps = [s | {"params_after": renamed(s["params_after"])} for s in doc["adam"]["trajectory"]]
    return doc | {"config": c, "params": renamed(doc["params"]), "grads": renamed(doc["grads"]),
                  "outputs": outputs, "adam": doc["adam"] | {"trajectory": steps}}
