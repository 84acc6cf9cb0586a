"""Convolutions alone, forward and back: Dragoman and PyTorch (oneDNN) in turn, as channels last and as channels first.

Both get the shapes of `dragoman benchmark --convolutions`, with a bias and with the gradient of the images. A line says how many
milliseconds both ways take, in the median of the rounds, and how many times as fast Dragoman is as PyTorch's better layout.
"""
import argparse
import json
import pathlib
import statistics
import subprocess
import time

import torch

STEPS = 7


def ours(path, threads):
    command = [path, "benchmark", "--convolutions", "--json", "--threads", str(threads)]
    return json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)


def theirs(shape, layout):
    """Seconds of both ways."""
    layer = torch.nn.Conv2d(
        shape["inputs"], shape["outputs"], shape["kernel"], shape["stride"], shape["padding"], groups=shape["groups"]
    ).to(memory_format=layout)
    x = torch.randn(shape["images"], shape["inputs"], shape["height"], shape["width"]).to(memory_format=layout)
    x.requires_grad_()
    upstream = torch.randn_like(layer(x))
    seconds = []
    for _ in range(STEPS + 2):
        x.grad = None
        start = time.perf_counter()
        layer(x).backward(upstream)
        seconds.append(time.perf_counter() - start)
    return statistics.median(seconds[2:])


def words(shape):
    text = f"{shape['images']} × {shape['height']} × {shape['width']}, {shape['inputs']} → {shape['outputs']}, " \
           f"{shape['kernel']} × {shape['kernel']}"
    return text + (f" by {shape['stride']}" if shape["stride"] > 1 else "") + (
        f", {shape['groups']} groups" if shape["groups"] > 1 else "")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--dragoman", default=".build/release/dragoman", type=pathlib.Path)
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--rounds", type=int, default=3)
    arguments = parser.parse_args()
    torch.set_num_threads(arguments.threads)
    times = {}
    for _ in range(arguments.rounds):
        found = ours(arguments.dragoman.resolve(), arguments.threads)
        for shape in found["convolutions"]:
            row = times.setdefault(words(shape), {"dragoman": [], "channels last": [], "channels first": []})
            row["dragoman"].append(shape["seconds"])
            row["channels last"].append(theirs(shape, torch.channels_last))
            row["channels first"].append(theirs(shape, torch.contiguous_format))
    print(f"{found['instructions']}, {arguments.threads} threads, torch {torch.__version__}")
    for name, row in times.items():
        medians = {system: statistics.median(seconds) for system, seconds in row.items()}
        best = min(medians["channels last"], medians["channels first"])
        print(f"{name}: " + ", ".join(f"{system} {1000 * t:.1f} ms" for system, t in medians.items())
              + f"; dragoman is × {best / medians['dragoman']:.2f}")


if __name__ == "__main__":
    main()
