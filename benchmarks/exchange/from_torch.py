#!/usr/bin/env python3
"""Writes a state_dict of PyTorch as a model file of dragoman: from_torch.py STATE.pt TEMPLATE.safetensors MODEL.safetensors

The template is a model file that dragoman made. Configuration, tokenizers and the record of the training are its own; only the
weights are those of the state.
"""
import sys

import torch

import names
from model_file import ModelFile


def convert(state, template, model):
    """A model file with the weights of the state and all else of the template."""
    template = ModelFile(template)
    template.write(model, names.to_ours(torch.load(state, weights_only=True, map_location="cpu"), template.shapes))


if __name__ == "__main__":
    if len(sys.argv) != 4:
        sys.exit(__doc__)
    try:
        convert(*sys.argv[1:])
    except (ValueError, OSError) as error:
        sys.exit(f"from_torch.py: {error}")
