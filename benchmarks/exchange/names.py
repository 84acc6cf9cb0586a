"""The names of weights: those of dragoman's files ("ours") and those of torch.nn.

A rule is a pair of lists, names of torch and ours, and says that the tensors of the one side, rows below rows, are those of
the other. Most have one name on each side. torch.nn.MultiheadAttention has queries, keys and values of cross attention in one
weight, where we have queries apart, or each apart where the encoder has another width.
"""
import re

import torch

CELL = {"inputWeight": "weight_ih", "recurrentWeight": "weight_hh", "inputBias": "bias_ih", "recurrentBias": "bias_hh"}
SCORER = {"queryWeight": "W1", "keyWeight": "W2", "vector": "v", "coverageWeight": "w", "weight": "W"}
NORM = {"gain": "weight", "bias": "bias"}
PART = "(?P<part>encoder|decoder)"
LAYER = PART + r"\.(?P<k>\d+)"
KIND = "(?P<kind>weight|bias)"

PATTERNS = [(re.compile(pattern), name) for pattern, name in [
    ("embedding", lambda m: "src_emb.weight"),
    ("encoder.embedding", lambda m: "src_emb.weight"),
    ("decoder.embedding", lambda m: "tgt_emb.weight"),
    (f"output.{KIND}", lambda m: f"out.{m['kind']}"),
    (f"attentional.{KIND}", lambda m: m[0]),
    (rf"bridge\.(?P<k>\d+)\.(?P<state>hidden|cell)\.{KIND}", lambda m: f"bridge.{m['k']}.{m['state'][0]}.{m['kind']}"),
    (f"attention.(?P<what>{'|'.join(SCORER)})", lambda m: f"attn.{SCORER[m['what']]}"),
    (rf"{LAYER}(\.(?P<way>forward|backward))?\.(?P<what>{'|'.join(CELL)})",
     lambda m: f"{m['part'][:3]}.{CELL[m['what']]}_l{m['k']}" + ("_reverse" if m["way"] == "backward" else "")),
    (rf"{PART}\.input\.{KIND}", lambda m: m[0]),
    (rf"{PART}\.norm\.(?P<what>gain|bias)", lambda m: f"{m['part']}.norm.{NORM[m['what']]}"),
    (rf"{LAYER}\.norm\.(?P<i>\d)\.(?P<what>gain|bias)",
     lambda m: f"{m['part']}.layers.{m['k']}.norm{int(m['i']) + 1}.{NORM[m['what']]}"),
    (rf"{LAYER}\.feedForward\.(?P<what>inner|outer)\.{KIND}",
     lambda m: f"{m['part']}.layers.{m['k']}.linear{1 if m['what'] == 'inner' else 2}.{m['kind']}"),
    (rf"{LAYER}\.attention\.queryKeyValue\.{KIND}",
     lambda m: f"{m['part']}.layers.{m['k']}.self_attn.in_proj_{m['kind']}"),
    (rf"{LAYER}\.attention\.output\.{KIND}", lambda m: f"{m['part']}.layers.{m['k']}.self_attn.out_proj.{m['kind']}"),
    (rf"{LAYER}\.cross\.output\.{KIND}", lambda m: f"{m['part']}.layers.{m['k']}.multihead_attn.out_proj.{m['kind']}"),
]]


def rules(shapes):
    """The rules for a model whose tensors, by our names, have these shapes."""
    result = []
    for name, shape in shapes.items():
        if cross := re.fullmatch(rf"{LAYER}\.cross\.(?P<what>query|keyValue)\.{KIND}", name):
            attention = f"{cross['part']}.layers.{cross['k']}.multihead_attn."
            both = name.replace("query", "keyValue")
            if cross["what"] == "keyValue":
                continue                                    # goes with the query
            elif cross["kind"] == "bias" or shapes[both][1] == shape[1]:
                result.append(([attention + f"in_proj_{cross['kind']}"], [name, both]))
            else:
                result.append(([attention + "q_proj_weight"], [name]))
                result.append(([attention + "k_proj_weight", attention + "v_proj_weight"], [both]))
            continue
        found = next((to(match) for pattern, to in PATTERNS if (match := pattern.fullmatch(name))), None)
        if found is None:
            raise ValueError(f"the torch modules have nothing like '{name}'")
        result.append(([found], [name]))
    return result


def ties(shapes):
    """Names of torch whose tensor is that of another name."""
    result = {"tgt_emb.weight": "src_emb.weight"} if "embedding" in shapes else {}
    return result if "output.weight" in shapes else result | {"out.weight": "tgt_emb.weight"}


def to_torch(tensors):
    """A state_dict of the tensors of a model file."""
    shapes = {name: tuple(tensor.shape) for name, tensor in tensors.items()}
    state = {}
    for theirs, ours in rules(shapes):
        rows = torch.cat([tensors[name] for name in ours])
        state |= zip(theirs, rows.chunk(len(theirs)), strict=True)
    return state | {name: state.get(other, state["src_emb.weight"]) for name, other in ties(shapes).items()}


def to_ours(state, shapes):
    """The tensors of a model file, of these shapes, from a state_dict; gradients flow through."""
    tied, tensors = ties(shapes), {}
    known = {name for theirs, _ in rules(shapes) for name in theirs} | set(tied)
    if known != set(state):
        raise ValueError(f"the state and the model file have other tensors: {sorted(known ^ set(state))}")
    for name, other in tied.items():
        if state[name] is not state[other] and not torch.equal(state[name], state[other]):
            raise ValueError(f"the model ties {name} to {other}, but their numbers differ")
    for theirs, ours in rules(shapes):
        rows = torch.cat([state[name] for name in theirs])
        if len(rows) != sum(shapes[name][0] for name in ours):
            raise ValueError(f"{' and '.join(theirs)}: expected {sum(shapes[name][0] for name in ours)} rows, found {len(rows)}")
        tensors |= zip(ours, rows.split([shapes[name][0] for name in ours]), strict=True)
    return tensors
