"""What the machine is, and whether anybody else uses it."""
import os
import platform
import resource
import sys
import time

QUIET = 0.12      # cores; a machine at rest stays below
NOISY = 0.15      # cores; a sample with more of somebody else's work is thrown away


def busy_seconds():
    """CPU seconds that all processes together have used so far, or None where the system does not tell."""
    try:
        with open("/proc/stat") as file:
            fields = [int(field) for field in file.readline().split()[1:]]
    except OSError:
        return None
    return (sum(fields[:3]) + sum(fields[5:8])) / os.sysconf("SC_CLK_TCK")


class Watch:
    """Counts the cores that others keep busy between its creation and `others`."""

    def __init__(self, own=time.process_time):
        self.own = own
        self.start = busy_seconds(), own(), time.perf_counter()

    def others(self):
        busy, own, wall = self.start
        now = busy_seconds()
        if now is None:
            return None
        used = (now - busy) - (self.own() - own)
        return round(max(0.0, used) / (time.perf_counter() - wall), 2)


def children_seconds():
    """CPU seconds of the child processes that have ended."""
    usage = resource.getrusage(resource.RUSAGE_CHILDREN)
    return usage.ru_utime + usage.ru_stime


def wait_until_quiet(seconds=None):
    """Returns once nobody used the processor for a second; False after `seconds` (BENCHMARK_WAIT, or 60) of waiting."""
    seconds = float(os.environ.get("BENCHMARK_WAIT", "60")) if seconds is None else seconds
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        watch = Watch()
        time.sleep(1)
        others = watch.others()
        if others is None or others < QUIET:
            return True
    return False


def peak_megabytes(usage=None):
    """The most memory this process, or one with this resource usage, held at a time."""
    usage = usage or resource.getrusage(resource.RUSAGE_SELF)
    return round(usage.ru_maxrss / (2 ** 20 if sys.platform == "darwin" else 1024), 1)


def processor():
    """The processor's name, number of cores and vector instructions."""
    facts = {}
    try:
        with open("/proc/cpuinfo") as file:
            for line in file:
                key, _, value = line.partition(":")
                facts.setdefault(key.strip(), value.strip())
    except OSError:
        pass
    flags = facts.get("flags", "").split()
    vectors = [name for name in ("avx2", "fma", "avx512f", "avx512_vnni", "amx_tile") if name in flags]
    return {"name": facts.get("model name") or platform.processor() or platform.machine(),
            "family": facts.get("cpu family"), "model": facts.get("model"), "cores": os.cpu_count(),
            "vectors": vectors, "system": platform.platform()}
