"""What every peer's script has in common: options, libraries loaded before it starts, timing, and its one line of JSON.

A script calls `options`, then imports its framework, then calls `run`.
"""
import argparse
import glob
import json
import os
import statistics
import sys
import sysconfig
import time

from machine import Watch, peak_megabytes, wait_until_quiet
from specification import MODELS

SHORTEST = 1.0     # seconds of a measurement at least: others' work is counted in hundredths of a second

LIBRARIES = {
    # name: where to look, first hit counts; an environment variable of that name goes before
    "tcmalloc": ["/usr/lib/*/libtcmalloc_minimal.so.4", "/usr/lib64/libtcmalloc_minimal.so.4", "/usr/lib/libtcmalloc_minimal.so*"],
    "iomp": [os.path.join(sysconfig.get_path("data"), "lib/libiomp5.so")],
    "fakeintel": [os.path.join(sysconfig.get_path("data"), "lib/libfakeintel.so")],
}


def library(name):
    """The path of a library that can be loaded before a program, or None."""
    patterns = [os.environ.get("BENCHMARK_" + name.upper(), "")] + LIBRARIES[name]
    return next((path for pattern in patterns for path in sorted(glob.glob(pattern))), None)


def options(description, *additions, modes=("train", "decode1", "decode64")):
    """Reads the command line, and starts the program anew with the libraries and threads it asks for.

    `additions` are pairs of a name and the keywords of `add_argument`.
    """
    parser = argparse.ArgumentParser(description=description, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--model", default="bigru", choices=list(MODELS))
    parser.add_argument("--mode", default=modes[0], choices=modes)
    parser.add_argument("--steps", type=int, default=12, help="steps that are timed, or more where they last less than a second")
    parser.add_argument("--warmup", type=int, default=3, help="steps before them")
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--variant", default="", help="another way to write the same arithmetic, see the script")
    parser.add_argument("--tune", default="", help="a comma-separated list of tcmalloc, iomp, fakeintel, denormals")
    for name, keywords in additions:
        parser.add_argument(name, **keywords)
    arguments = parser.parse_args()
    arguments.tune = [name for name in arguments.tune.split(",") if name]
    unknown = set(arguments.tune) - set(LIBRARIES) - {"denormals"}
    if unknown:
        parser.error(f"--tune has no {', '.join(sorted(unknown))}")
    restart(arguments)
    return arguments


def restart(arguments, environment=()):
    """Replaces this process, once, by one that has its allocator, OpenMP and number of threads from the start."""
    if os.environ.get("BENCHMARK_RESTARTED"):
        return
    paths = {name: library(name) for name in arguments.tune if name in LIBRARIES}
    missing = [name for name, path in paths.items() if path is None]
    if missing:
        sys.exit(f"not found: {', '.join(missing)}; benchmarks/README.md says where they come from")
    threads = str(arguments.threads)
    new = dict(os.environ, BENCHMARK_RESTARTED="1", OMP_NUM_THREADS=threads, MKL_NUM_THREADS=threads,
               OPENBLAS_NUM_THREADS=threads, **dict(environment))
    if paths:
        new["LD_PRELOAD"] = ":".join(paths.values())
    if "iomp" in paths:
        new.setdefault("KMP_BLOCKTIME", "1")
        new.setdefault("KMP_AFFINITY", "granularity=fine,compact,1,0")
    os.execve(sys.executable, [sys.executable] + sys.argv, new)


def run(name, arguments, step, tokens, facts):
    """Times `step`, which works on `tokens` target tokens, and prints a line with what `facts` then returns."""
    for _ in range(arguments.warmup):
        step()
    quiet = wait_until_quiet()
    step()
    watch, seconds = Watch(), []
    while len(seconds) < arguments.steps or sum(seconds) < SHORTEST:
        start = time.perf_counter()
        step()
        seconds.append(time.perf_counter() - start)
    emit(name, arguments, tokens=tokens, seconds=statistics.median(seconds), fastest=min(seconds), slowest=max(seconds),
         others=watch.others(), waited_in_vain=not quiet, **facts())


def emit(name, arguments, tokens, seconds, others, **facts):
    """Prints what a run found: `tokens` target tokens in `seconds`, others' share of the processor."""
    print(json.dumps({
        "peer": name, "model": arguments.model, "mode": arguments.mode, "variant": arguments.variant,
        "tune": arguments.tune, "threads": arguments.threads, "tokens_per_second": round(tokens / seconds, 1),
        "milliseconds": round(1000 * seconds, 3), "peak_mb": peak_megabytes(), "other_cores_busy": others,
        **{key: round(value, 6) if isinstance(value, float) else value for key, value in facts.items()}}), flush=True)
