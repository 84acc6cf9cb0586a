"""Training steps of a vision transformer: Dragoman, PyTorch eager and PyTorch compiled in turn.

All get the shape that `dragoman benchmark --vision` names: patches as rows of one product, a row for the class, learnt
positions, layers that normalise before, GELU, attention by `scaled_dot_product_attention`; clipping and fused Adam. A
line a system: the median of its rounds in milliseconds a step, and how many times as fast Dragoman is.
"""
import argparse
import json
import pathlib
import statistics
import subprocess
import sys
import time


def options():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--dragoman", default=".build/release/dragoman", type=pathlib.Path)
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--steps", type=int, default=7)
    parser.add_argument("--torch", help=argparse.SUPPRESS)     # the shape, in the process of a peer
    parser.add_argument("--compile", action="store_true", help=argparse.SUPPRESS)
    return parser.parse_args()


def peer(arguments):
    """Times PyTorch in a process of its own, and prints seconds of a step and the peak of memory."""
    import resource

    import torch
    from torch import nn

    shape = json.loads(arguments.torch)
    torch.set_num_threads(arguments.threads)
    torch.manual_seed(1)
    patch, width = shape["patch"], shape["size"]
    lines, columns = shape["height"] // patch, shape["width"] // patch

    class Vision(nn.Module):
        def __init__(self):
            super().__init__()
            self.patches = nn.Linear(patch * patch * shape["channels"], width)
            self.start = nn.Parameter(torch.randn(1, 1, width) * 0.02)
            self.positions = nn.Parameter(torch.randn(1, lines * columns + 1, width) * 0.02)
            layer = nn.TransformerEncoderLayer(width, shape["heads"], shape["inner"], dropout=0, activation="gelu",
                                               batch_first=True, norm_first=True)
            self.layers = nn.TransformerEncoder(layer, shape["layers"], norm=nn.LayerNorm(width),
                                                enable_nested_tensor=False)
            self.head = nn.Linear(width, shape["classes"])

        def forward(self, pixels):
            count = pixels.shape[0]
            rows = pixels.view(count, lines, patch, columns, patch, shape["channels"]).transpose(2, 3)
            rows = self.patches(rows.reshape(count, lines * columns, -1))
            rows = torch.cat([self.start.expand(count, -1, -1), rows], 1) + self.positions
            return self.head(self.layers(rows)[:, 0])

    network = Vision()
    pixels = torch.rand(shape["images"], shape["height"], shape["width"], shape["channels"]) * 2 - 1
    labels = torch.randint(shape["classes"], (shape["images"],))
    update = torch.optim.Adam(network.parameters(), fused=True)

    def loss(x, y):
        return nn.functional.cross_entropy(network(x), y)

    run = torch.compile(loss, dynamic=False) if arguments.compile else loss
    seconds = []
    for _ in range(arguments.steps + 3):
        start = time.perf_counter()
        update.zero_grad(set_to_none=True)
        run(pixels, labels).backward()
        nn.utils.clip_grad_norm_(network.parameters(), 1, foreach=True)
        update.step()
        seconds.append(time.perf_counter() - start)
    print(json.dumps({
        "step": statistics.median(seconds[3:]), "parameters": sum(p.numel() for p in network.parameters()),
        "memory": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024, "version": torch.__version__}))


def output(*command):
    return json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout.splitlines()[-1])


def main(arguments):
    times, memory = {}, {}
    for _ in range(arguments.rounds):
        found = json.loads(subprocess.run(
            [arguments.dragoman.resolve(), "benchmark", "--vision", "--json", "--steps", str(arguments.steps),
             "--threads", str(arguments.threads)], check=True, capture_output=True, text=True).stdout)
        rows = {"dragoman": found["vision"]}
        for name, extra in [("PyTorch", []), ("PyTorch compiled", ["--compile"])]:
            rows[name] = output(sys.executable, __file__, "--torch", json.dumps(found["vision"]), "--threads",
                                str(arguments.threads), "--steps", str(arguments.steps), *extra)
        for name, row in rows.items():
            times.setdefault(name, []).append(row["step"])
            memory.setdefault(name, []).append(row["memory"] / 1e6)
            if row["parameters"] != found["vision"]["parameters"]:
                sys.exit(f"{name} has {row['parameters']} parameters, Dragoman {found['vision']['parameters']}")
    ours = statistics.median(times["dragoman"])
    print(f"{found['instructions']}, {arguments.threads} threads, torch {rows['PyTorch']['version']}, "
          f"{found['vision']['parameters']} parameters, {100 * found['vision']['share']:.0f} % of the peak")
    for name, seconds in times.items():
        middle = statistics.median(seconds)
        print(f"{name}: {1000 * middle:.1f} ms a step ({1000 * min(seconds):.1f} to {1000 * max(seconds):.1f}), "
              f"{statistics.median(memory[name]):.0f} MB; dragoman is × {middle / ours:.2f}")


if __name__ == "__main__":
    given = options()
    peer(given) if given.torch else main(given)
