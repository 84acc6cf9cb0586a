"""Makes the virtual environment of the peers, once, and finds what can be loaded before them."""
import hashlib
import platform
import shutil
import subprocess
import sys
import venv
from pathlib import Path

HERE = Path(__file__).resolve().parent


def prepare(folder):
    """The Python of an environment in `folder` that has what requirements.txt and toolkits.txt say, by their hashes."""
    python, stamp = folder / "bin/python", folder / "installed"
    lists = [HERE / name for name in ("torch-cpu.txt", "requirements.txt", "nvidia.txt", "toolkits.txt")]
    wanted = hashlib.sha256(b"".join(path.read_bytes() for path in lists)).hexdigest()
    if not (stamp.exists() and stamp.read_text() == wanted):
        print(f"installing the peers into {folder}", file=sys.stderr)
        if not python.exists():
            venv.create(folder, with_pip=True)
        pip = [python, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--no-deps", "--require-hashes", "-r"]
        cpu, requirements, nvidia, toolkits = lists
        # Where there is no CPU build of torch, its default build comes with the requirements.
        subprocess.run(pip + [cpu], check=False, stderr=subprocess.DEVNULL)
        subprocess.run(pip + [requirements], check=True)
        if not has_cpu_build(python):
            subprocess.run(pip + [nvidia], check=True)
        # Without the toolkits everything else can still be timed; their rows are then left out.
        subprocess.run(pip + [toolkits], check=False)
        stamp.write_text(wanted)
    build_fakeintel(folder / "lib/libfakeintel.so")
    return python


def has_cpu_build(python):
    """Whether the torch that is installed needs nothing of NVIDIA's: a CPU build, or that of macOS."""
    code = "import importlib.metadata as data; print(data.version('torch'))"
    version = subprocess.run([python, "-c", code], check=True, capture_output=True, text=True).stdout.strip()
    return sys.platform == "darwin" or version.endswith("+cpu")


def build_fakeintel(library):
    """MKL takes slow code on processors that are not Intel's, unless this answers its question."""
    compiler = shutil.which("cc")
    if not library.exists() and compiler and platform.machine() == "x86_64" and sys.platform == "linux":
        subprocess.run([compiler, "-shared", "-fPIC", "-o", library, HERE / "fakeintel.c"], check=True)


def tunings(python):
    """Which of the libraries that a tuned peer loads are there: names for --tune."""
    code = "import peer; print(','.join(name for name in peer.LIBRARIES if peer.library(name)))"
    found = subprocess.run([python, "-c", code], cwd=HERE, check=True, capture_output=True, text=True).stdout.strip()
    return [name for name in found.split(",") if name]


def has(python, module):
    """Whether a package is installed there."""
    code = f"import importlib.util, sys; sys.exit(importlib.util.find_spec({module!r}) is None)"
    return subprocess.run([python, "-c", code]).returncode == 0
