"""OpenNMT-py: its RNNEncoder, decoders and GlobalAttention, training on the same random batches.

The nearest architecture it has, not the same one. bigru: its decoder has to be as wide as the encoder's output, twice the
specification's, and a linear layer over [c; s] stands before an output layer 2H wide (the specification's is 3H). lstm: no
input feeding, general attention, output layer H wide (2H).
"""
import peer

arguments = peer.options(__doc__, modes=("train",))

import warnings  # noqa: E402

from toolkit import leave_out  # noqa: E402

leave_out("pyonmttok", "spacy", "ahocorasick", "rapidfuzz", "regex", "fasttext", "configargparse", "torch.utils.tensorboard")
warnings.filterwarnings("ignore")

import torch  # noqa: E402
from onmt.decoders.decoder import InputFeedRNNDecoder, StdRNNDecoder  # noqa: E402
from onmt.encoders.rnn_encoder import RNNEncoder  # noqa: E402
from onmt.models.model import NMTModel  # noqa: E402
from onmt.modules import Embeddings  # noqa: E402

from specification import BEGIN, FIRST, MODELS  # noqa: E402
from torch_training import Update, prepare  # noqa: E402

prepare(arguments)
model = MODELS[arguments.model]
v, e, h = model["vocabulary"], model["embedding"], model["hidden"]
source_embedding, target_embedding = Embeddings(e, v, 0), Embeddings(e, v, 0)
if model["kind"] == "bigru":
    width = 2 * h
    encoder = RNNEncoder("GRU", True, 1, width, embeddings=source_embedding)
    decoder = InputFeedRNNDecoder("GRU", True, 1, width, attn_type="mlp", embeddings=target_embedding)
else:
    width = h
    encoder = RNNEncoder("LSTM", False, model["layers"], width, embeddings=source_embedding)
    decoder = StdRNNDecoder("LSTM", False, model["layers"], width, attn_type="general", embeddings=target_embedding)
network, output = NMTModel(encoder, decoder), torch.nn.Linear(width, v)
generator = torch.Generator().manual_seed(1)
B, S, T = model["batch"], model["sourceLength"], model["targetLength"]
source = torch.randint(FIRST, v, (B, S, 1), generator=generator)
target = torch.randint(FIRST, v, (B, T + 1, 1), generator=generator)
target[:, 0] = BEGIN
lengths = torch.full((B,), S)
parameters = list(network.parameters()) + list(output.parameters())
for parameter in parameters:
    torch.nn.init.uniform_(parameter, -0.08, 0.08)
update = Update(parameters)


def step():
    states, _ = network(source, target, lengths)
    logits = output(states.reshape(-1, width))
    update(torch.nn.functional.cross_entropy(logits, target[:, 1:, 0].reshape(-1), reduction="sum") / (B * T))


step()
peer.run("opennmt-py", arguments, step, B * T, update.facts)
