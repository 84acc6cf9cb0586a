"""Linear layers with their weights put in order beforehand."""
import torch


class Packed:
    """A linear layer for decoding whose weights oneDNN has put in order beforehand for products of `rows` rows."""

    def __init__(self, weight, bias, rows, activation="none"):
        self.bias = None if bias is None else bias.detach().clone()
        self.weight = torch.ops.mkldnn._reorder_linear_weight(weight.detach().contiguous(), rows)
        self.activation = activation

    def __call__(self, x):
        return torch.ops.mkldnn._linear_pointwise(x, self.weight, self.bias, self.activation, [], "")
