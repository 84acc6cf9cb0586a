"""How the driver calls dragoman and reads what it says. All that depends on the command's options stands here."""
import functools
import json
import os
import shutil
import subprocess
import tempfile

from machine import Watch, children_seconds, peak_megabytes, wait_until_quiet
from specification import FOLDER, MODELS, decode_batch, step_operations

SECOND = 2e11      # operations that take about a second; a measurement should not be shorter


class Dragoman:
    """The program at `path`, on so many threads."""

    name = "dragoman"

    def __init__(self, path, threads):
        self.path, self.threads = str(path), threads

    @functools.cached_property
    def version(self):
        return self.call("--version").strip().removeprefix("dragoman ")

    def call(self, *arguments):
        return subprocess.run([self.path, *map(str, arguments)], check=True, capture_output=True, text=True).stdout

    def measured(self, *arguments, **keywords):
        """Waits for a quiet machine, runs the program, and gives its output, its peak of memory and others' work."""
        quiet = wait_until_quiet()
        watch = Watch(own=children_seconds)
        with tempfile.TemporaryFile("w+") as output:
            process = subprocess.Popen([self.path, *map(str, arguments)], stdout=output, **keywords)
            _, status, usage = os.wait4(process.pid, 0)
            process.returncode = os.waitstatus_to_exitcode(status)
            if process.returncode:
                raise subprocess.CalledProcessError(process.returncode, process.args)
            output.seek(0)
            return output.read(), {"peak_mb": peak_megabytes(usage), "other_cores_busy": watch.others(),
                                   "waited_in_vain": not quiet}

    def sample(self, mode, name, steps, screened=False):
        """One run on random sentences of one length; None where decoding without probabilities gains nothing."""
        model = MODELS[name]
        sentences, length = model["batch"], model["targetLength"]
        if mode != "train":
            sentences, length = max(decode_batch(mode), 1), model["decodeLength"]
        text, facts = self.measured(
            "benchmark", "--json", "--config", FOLDER / f"{name}.json", "--sentences", sentences, "--length", length,
            "--vocabulary", model["vocabulary"], "--steps", max(steps, round(SECOND / step_operations(model))), "--threads", self.threads)
        found = json.loads(text)
        if screened and "screenedTokens" not in found:
            return None
        if mode == "train":
            seconds, rate = found["step"], found["trainingTokens"]
        elif mode == "decode1":
            seconds = found["screenedSentence" if screened else "sentence"]
            rate = length / seconds
        else:
            rate = found["screenedTokens" if screened else "decodingTokens"]
            seconds = sentences * length / rate
        facts["peak_mb"] = round(found["memory"] / 2 ** 20, 1)
        return {"peer": self.name, "model": name, "mode": mode, "threads": self.threads,
                "tokens_per_second": round(rate, 1), "milliseconds": round(1000 * seconds, 3),
                "peak": found["peak"], "instructions": found["instructions"], "parameters": found["parameters"],
                "parts": found.get("parts"), "version": self.version, **facts}

    def products(self, threads):
        """Products of matrices alone, in the form of gemm.py; None where the command does not time them."""
        if "--products" not in self.call("help", "benchmark"):
            return None
        text, facts = self.measured("benchmark", "--products", "--json", "--threads", threads)
        products = [{"rows": p["rows"], "columns": p["columns"], "depth": p["depth"],
                     "gflops": round(p["operations"] / 1e9, 1)}
                    for p in json.loads(text)["products"] if p["form"] in ("linear", "packed")]
        return {"peer": self.name, "mode": "gemm", "threads": threads, "products": products, "version": self.version, **facts}

    def overrides(self, data):
        """The options that point multi30k.json at the folder `data`."""
        def files(stem):
            return json.dumps([{"source": f"{data}/{stem}.en", "target": f"{data}/{stem}.de"}])
        return ["--config", FOLDER / "multi30k.json", "--set", f"data.train={files('train')}",
                "--set", f"data.validation={files('val')}"]

    def encode(self, data, path):
        """Writes the ids of the training pairs to `path`."""
        with open(path, "w") as file:
            subprocess.run([self.path, "encode", *map(str, self.overrides(data))], check=True, stdout=file)

    def train_on_text(self, name, data, updates, warmup, work):
        """Real text: the model's target tokens per second between the log's first entry and its last, of `updates` or of an epoch."""
        limit = ["--set", f"training.updates={warmup + updates}"] if updates else []
        model = json.loads((FOLDER / f"{name}.json").read_text())["model"]
        _, facts = self.measured(
            "train", *self.overrides(data), *limit, "--set", f"model={json.dumps(model)}", "--set", "name=text",
            "--set", f"training.logEvery={warmup}", "--runs", work, "--restart", "--threads", self.threads, stderr=subprocess.DEVNULL)
        with open(f"{work}/text/log.jsonl") as file:
            entries = [entry for entry in map(json.loads, file) if entry["event"] == "updated"]
        shutil.rmtree(f"{work}/text")
        first, last = entries[0], entries[-1]
        tokens, seconds = last["targetTokens"] - first["targetTokens"], last["seconds"] - first["seconds"]
        updates = last["update"] - first["update"]
        return {"peer": self.name, "model": name, "mode": "text", "threads": self.threads,
                "tokens_per_second": round(tokens / seconds, 1), "milliseconds": round(1000 * seconds, 3),
                "target_tokens": tokens, "updates": updates, "losses": [first["loss"], last["loss"]],
                "version": self.version, **facts}
