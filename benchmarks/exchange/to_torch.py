#!/usr/bin/env python3
"""Writes the weights of a model file of dragoman as a state_dict of PyTorch: to_torch.py MODEL.safetensors STATE.pt"""
import sys

import torch

import torch_model


def convert(model, state):
    """The state_dict of torch_model.py's module, which has taken the weights."""
    torch.save(torch_model.load(model).state_dict(), state)


if __name__ == "__main__":
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    try:
        convert(*sys.argv[1:])
    except (ValueError, OSError) as error:
        sys.exit(f"to_torch.py: {error}")
