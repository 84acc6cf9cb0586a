"""Products of matrices alone, x·Wᵀ as a linear layer needs it: NumPy (OpenBLAS), PyTorch (MKL, oneDNN with prepared weights)."""
import peer

arguments = peer.options(
    __doc__, ("--library", {"default": "numpy", "choices": ["numpy", "mkl", "onednn"]}), modes=("gemm",))

import json  # noqa: E402
import statistics  # noqa: E402
import time  # noqa: E402

import numpy  # noqa: E402

from machine import Watch, wait_until_quiet  # noqa: E402

SHAPES = [(1024, 1024, 1024), (1280, 8000, 768), (64, 768, 512), (64, 1536, 512), (1, 8000, 768)]     # rows, columns, depth
ROUNDS = 9


def product(rows, columns, depth):
    """A function that multiplies once."""
    x = numpy.random.default_rng(0).random((rows, depth), numpy.float32) - 0.5
    weight = numpy.random.default_rng(1).random((columns, depth), numpy.float32) - 0.5
    if arguments.library == "numpy":
        result = numpy.empty((rows, columns), numpy.float32)
        return lambda: numpy.matmul(x, weight.T, out=result)
    x, weight = torch.from_numpy(x), torch.from_numpy(weight)
    if arguments.library == "mkl":
        result = torch.empty(rows, columns)
        return lambda: torch.mm(x, weight.t(), out=result)
    prepared = torch.ops.mkldnn._reorder_linear_weight(weight, rows)
    return lambda: torch.ops.mkldnn._linear_pointwise(x, prepared, None, "none", [], "")


if arguments.library == "numpy":
    version = numpy.__version__
else:
    import torch
    from torch_training import prepare
    prepare(arguments)
    version = torch.__version__

wait_until_quiet()
watch, products = Watch(), []
for rows, columns, depth in SHAPES:
    multiply = product(rows, columns, depth)
    multiply()
    start = time.perf_counter()
    multiply()
    repeats = max(1, int(0.03 / max(1e-7, time.perf_counter() - start)))     # rounds of about 30 ms
    seconds = []
    for _ in range(ROUNDS):
        start = time.perf_counter()
        for _ in range(repeats):
            multiply()
        seconds.append((time.perf_counter() - start) / repeats)
    products.append({"rows": rows, "columns": columns, "depth": depth,
                     "gflops": round(2e-9 * rows * columns * depth / statistics.median(seconds), 1)})
print(json.dumps({"peer": arguments.library, "mode": "gemm", "tune": arguments.tune, "threads": arguments.threads,
                  "products": products, "other_cores_busy": watch.others(), "version": version}))
