"""JoeyNMT: its own model, loss and path through them, training on the same random batches.

The nearest architecture it has, not the same one: bigru is GRU twice with Bahdanau attention and input feeding; lstm is a
bidirectional encoder of half the width per direction, since it has no other, and Luong attention without input feeding.
Before the output layer stands a hidden layer tanh(W [s; c]) as wide as the state, so its output product is a third (bigru)
or half (lstm) of the specification's: it does less arithmetic.
"""
import peer

arguments = peer.options(__doc__, modes=("train",))

import logging  # noqa: E402
import warnings  # noqa: E402
from types import SimpleNamespace  # noqa: E402

from toolkit import leave_out  # noqa: E402

leave_out("joeynmt.plotting", "torch.utils.tensorboard", "importlib_metadata", "sentencepiece", "subword_nmt")
warnings.filterwarnings("ignore")
logging.disable(logging.CRITICAL)

import torch  # noqa: E402
from joeynmt.model import build_model  # noqa: E402
from joeynmt.vocabulary import Vocabulary  # noqa: E402

from specification import MODELS  # noqa: E402
from torch_training import Update, prepare  # noqa: E402

prepare(arguments)
model = MODELS[arguments.model]
SPECIAL = SimpleNamespace(unk_token="<unk>", pad_token="<pad>", bos_token="<s>", eos_token="</s>", sep_token=None, lang_tags=[],
                          unk_id=0, pad_id=1, bos_id=2, eos_id=3, sep_id=None)
FIRST = 4


class QuickVocabulary(Vocabulary):
    """Its own takes time quadratic in the number of entries."""

    def add_tokens(self, tokens):
        for token in tokens:
            if token not in self._stoi:
                self._stoi[token] = len(self._itos)
                self._itos.append(token)


v, e, h = model["vocabulary"], model["embedding"], model["hidden"]
gru = model["kind"] == "bigru"
layers = 1 if gru else model["layers"]
kind = "gru" if gru else "lstm"
vocabulary = QuickVocabulary([f"w{i}" for i in range(v - FIRST)], SPECIAL)
network = build_model({
    "initializer": "uniform", "init_weight": 0.08, "embed_initializer": "uniform", "embed_init_weight": 0.08,
    "bias_initializer": "zeros", "init_rnn_orthogonal": False, "lstm_forget_gate": 0.0,
    "encoder": {"type": "recurrent", "rnn_type": kind, "hidden_size": h if gru else h // 2, "bidirectional": True,
                "num_layers": layers, "embeddings": {"embedding_dim": e}},
    "decoder": {"type": "recurrent", "rnn_type": kind, "hidden_size": h, "num_layers": layers,
                "attention": "bahdanau" if gru else "luong", "input_feeding": gru,
                "init_hidden": "bridge" if gru else "last", "embeddings": {"embedding_dim": e}}}, vocabulary, vocabulary)
network.loss_function = ("crossentropy", 0.0)
generator = torch.Generator().manual_seed(1)
B, S, T = model["batch"], model["sourceLength"], model["targetLength"]
source = torch.randint(FIRST, v, (B, S), generator=generator)
target = torch.randint(FIRST, v, (B, T + 1), generator=generator)
target[:, 0] = SPECIAL.bos_id
batch = {"src": source, "trg_input": target[:, :-1].contiguous(), "trg": target[:, 1:].contiguous(),
         "src_mask": torch.ones(B, 1, S, dtype=torch.bool), "trg_mask": torch.ones(B, 1, T, dtype=torch.bool),
         "src_length": torch.full((B,), S)}
update = Update(parameter for parameter in network.parameters() if parameter.requires_grad)
step = lambda: update(network(return_type="loss", **batch)[0] / (B * T))  # noqa: E731
step()
peer.run("joeynmt", arguments, step, B * T, update.facts)
