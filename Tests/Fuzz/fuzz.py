#!/usr/bin/env python3
"""Builds the fuzz targets, runs each of them for some seconds, and tells what they reached and found.

    python3 Tests/Fuzz/fuzz.py --seconds 60                  # all targets, one after the other
    python3 Tests/Fuzz/fuzz.py --seconds 600 --targets png,tmx --jobs 2

A target is a reader of what strangers write: Readers/Targets.swift and Program/Targets.swift name them all. libFuzzer makes inputs
that reach new code, beginning with Tests/Fuzz/Seeds/TARGET; the address sanitizer watches. A trap, a read out of
bounds, 20 seconds for one input, 2.5 GB of memory, or a promise that is not kept ends the target and leaves the input in
.build-fuzz/findings. What was learnt stays in .build-fuzz/corpus, and the next run goes on from there.

Then random configurations train for two updates: Tests/Fuzz/configurations.py.
"""

import argparse
import concurrent.futures
import glob
import json
import os
import pathlib
import re
import shutil
import subprocess
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.dirname(os.path.dirname(HERE))
PLACE = os.path.join(ROOT, ".build-fuzz")

XML = ["<?xml version=\"1.0\"?>", "<![CDATA[", "]]>", "<!--", "-->", "<!DOCTYPE", "&amp;", "&lt;", "&#x41;", "&#0;",
       " xml:space=\"preserve\"", "encoding=\"UTF-16\""]
# Words that inputs of a target are made of.
WORDS = {
    "tmx": XML + ["<tmx version=\"1.4\">", "<body>", "<tu>", "<tuv xml:lang=\"en\">", "<tuv xml:lang=\"fr-CA\">", "<seg>",
                  "</seg></tuv>", "</tu>", "<bpt i=\"1\">", "</bpt>", "<ph/>", "<hi>", "<sub>", "<ut>"],
    "xliff": XML + ["<xliff version=\"1.2\">", "<xliff version=\"2.0\" srcLang=\"en\" trgLang=\"fr\">", "<trans-unit id=\"1\">",
                    "<unit>", "<segment>", "<source>", "</source>", "<target>", "<g id=\"1\">", "<mrk mtype=\"seg\" mid=\"0\">",
                    "<file source-language=\"en\" target-language=\"fr\">", "<seg-source>", "state=\"final\""],
    "resx": XML + ["<root>", "<data name=\"a\">", "<value>", "</value>", "<resheader name=\"resmimetype\">"],
    "po": ["msgid \"", "msgstr \"", "msgid_plural \"", "msgstr[0] \"", "msgctxt \"", "#, fuzzy\n", "#~ ", "#| ", "\\n\"",
           "Content-Type: text/plain; charset=UTF-8\\n", "Plural-Forms: nplurals=2; plural=n>1;\\n", "\\x41", "\\101"],
    "jsonl": ["\"en\":", "\"fr\":", "\"source\":", "\"target\":", "\"translation\":", "\\ud83d\\ude00", "\\u0000", "[", "{"],
    "strings": ["/*", "*/", "//", "\" = \"", "\";", "\\U0041", "\\n", "\\\""],
    "csv": ["\"", "\"\"", ",", ";", "\r\n", "en,fr"],
    "tsv": ["\t", "\r\n", "\xc3\xa9", "en\tfr"],
    "safetensors": ["\"dtype\":\"F32\"", "\"I8\"", "\"BF16\"", "\"shape\":[", "\"data_offsets\":[0,4]", "\"__metadata__\":{",
                    "\"dragoman.checksum\":\"00000000\"", "9223372036854775807", ".scale"],
    "arrays": ["\x93NUMPY\x01\x00", "'descr': '<f4'", "'fortran_order': False", "'shape': (2,)", "'<U3'", "'|b1'", "'>i8'",
               "PK\x03\x04", "PK\x01\x02", "PK\x05\x06", ".npy"],
    "image": ["P1\n", "P4\n", "P5\n", "P6\n", "P7\n", "WIDTH 2\n", "HEIGHT 2\n", "DEPTH 3\n", "MAXVAL 255\n", "ENDHDR\n",
              "TUPLTYPE RGB\n", "65535\n"],
    "png": ["IHDR", "PLTE", "tRNS", "IDAT", "IEND"],
    "gzip": ["\x1f\x8b\x08", "\x1f\x8b\x08\x1f"],
    "text": ["\xe2\x96\x81", "\xef\xbf\xad", "<s>", "<0x41>", "\xcc\x81", "\xc2\xa0", "\xe2\x80\x8b", "\xef\xac\x81", "\xea\xb0\x80",
             "\xe1\x84\x80\xe1\x85\xa1", "\xc4\xb0", "&eacute;", "&#233;", "%1$s", "{name}", "</b>", "1,234.5", "\xc3\x83\xc2\xa9"],
    "keys": ["\x1b[A", "\x1b[D", "\x1b[3~", "\x1bb", "\x0b", "\x15", "\x17", "\xe6\x97\xa5", "\xcc\x81", ":beam 3", ":model "],
}


def words(target):
    """What a target's inputs are made of; keys of configurations come from their schema, options from the help."""
    if target in ("configuration", "json", "model", "codec", "state"):
        found = set()

        def collect(schema):
            for key, value in schema.get("properties", {}).items():
                found.add(f'"{key}":')
                collect(value)
            for value in schema.get("enum", []) + [schema.get("const")]:
                if value is not None:
                    found.add(json.dumps(value))
            for group in ("anyOf", "oneOf"):
                for value in schema.get(group, []):
                    collect(value)
            if isinstance(schema.get("items"), dict):
                collect(schema["items"])

        with open(os.path.join(ROOT, "configs", "schema.json")) as file:
            collect(json.load(file))
        return sorted(found | {"9223372036854775807", "1e308", "-1", "null", "\"merges\":", "\"alphabet\":", "\"vocabulary\":",
                               "<unk>", "<s>", "</s>"})
    if target == "arguments":
        with open(os.path.join(ROOT, "docs", "commands.md")) as file:
            text = file.read()
        return sorted(set(re.findall(r"--[a-z-]+", text))) + [
            "translate", "score", "inspect", "explain", "evaluate", "compare", "check", "encode", "runs", "export", "average",
            "model.safetensors", "pairs.tsv", "config.json", "=", "--set", "model.dropout=0.3", "-", "--"]
    return WORDS.get(target, [])


def dictionary(target):
    """Writes the words as libFuzzer reads them, and gives the option."""
    lines = []
    for word in words(target):
        data = word.encode("latin-1" if all(ord(c) < 256 for c in word) else "utf-8")
        lines.append('"' + "".join(chr(b) if 32 <= b < 127 and b not in (34, 92) else f"\\x{b:02x}" for b in data) + '"')
    if not lines:
        return []
    path = os.path.join(PLACE, "dictionaries", target)
    os.makedirs(os.path.dirname(path), exist_ok=True)
    with open(path, "w") as file:
        file.write("\n".join(lines) + "\n")
    return [f"-dict={path}"]


def build(part):
    """Builds a program of the package beside this script.

    In debug nothing tells libFuzzer what was reached. Of two options -sanitize the compiler obeys the last. SwiftPM's last was
    address in one build, which was blind to all Swift code; one option with both comes after them.
    """
    command = ["swift", "build", "--package-path", HERE, "--scratch-path", PLACE, "-c", "release",
               "--sanitize", "fuzzer", "--sanitize", "address", "-Xswiftc", "-sanitize=fuzzer,address", "-Xswiftc", "-enable-testing",
               "--product", f"dragoman-fuzz-{part}"]
    if sys.platform == "linux":
        command += ["-Xswiftc", "-use-ld=lld"]
    if subprocess.run(command, stdout=sys.stderr).returncode != 0:
        sys.exit("the fuzz targets could not be built")
    for module in glob.glob(os.path.join(PLACE, "release", "Dragoman*.build")):
        objects = b"".join(pathlib.Path(name).read_bytes() for name in glob.glob(os.path.join(module, "*.o")))
        for section, what in [(b"__sancov_cntrs", "tell libFuzzer what was reached"), (b"__asan_", "watch memory")]:
            if objects and section not in objects:
                sys.exit(f"{module}: the objects do not {what}: remove {PLACE} and build again")
    return path(part)


def path(part):
    return os.path.join(PLACE, "release", f"dragoman-fuzz-{part}")


def targets():
    """The part of the package that each target is in, by its name."""
    found = {}
    for part in ["readers", "program"]:
        with open(os.path.join(HERE, part.capitalize(), "Targets.swift")) as file:
            found.update({name: part for name in re.findall(r'FuzzTarget\(name: "(\w+)"', file.read())})
    return found


def run(program, target, seconds, seed, nice):
    """Runs a target; gives executions, coverage and what was found."""
    corpus = os.path.join(PLACE, "corpus", target)
    findings = os.path.join(PLACE, "findings", target) + os.sep
    os.makedirs(corpus, exist_ok=True)
    os.makedirs(findings, exist_ok=True)
    seeds = os.path.join(HERE, "Seeds", {"json": "configuration"}.get(target, target))
    command = ["nice", "-n", str(nice), program, f"-max_total_time={seconds}", "-timeout=20", "-rss_limit_mb=2500", "-malloc_limit_mb=1500",
               "-max_len=4096" if target not in ("model", "codec", "state") else "-max_len=16384", f"-seed={seed}",
               "-print_final_stats=1", "-reload=0", f"-artifact_prefix={findings}", *dictionary(target), corpus]
    if os.path.isdir(seeds):
        command.append(seeds)
    environment = dict(os.environ, DRAGOMAN_FUZZ=target, DRAGOMAN_WRITTEN_TOKENS="40", SWIFT_BACKTRACE="enable=no",
                       ASAN_OPTIONS="detect_leaks=0:quarantine_size_mb=8")
    before = set(os.listdir(findings))
    done = subprocess.run(command, env=environment, capture_output=True, cwd=PLACE)
    output = done.stderr.decode(errors="replace")
    with open(os.path.join(PLACE, f"{target}.log"), "w") as file:
        file.write(output)
    coverage = re.findall(r"cov: (\d+) ft: (\d+)", output)
    executions = re.findall(r"number_of_executed_units:\s*(\d+)", output)
    counted = int(executions[-1]) if executions else max([int(n) for n in re.findall(r"^#(\d+)", output, re.M)] or [0])
    found = sorted(set(os.listdir(findings)) - before)
    if done.returncode != 0 and not found:
        found = [f"code {done.returncode}"]
    return counted, coverage[-1] if coverage else ("0", "0"), found, output


def write_seeds(program):
    """Writes what only the targets themselves can make: the metadata of models, the state of a run."""
    for target in ("model", "state"):
        folder = os.path.join(HERE, "Seeds", target)
        os.makedirs(folder, exist_ok=True)
        empty = os.path.join(PLACE, "empty")
        os.makedirs(empty, exist_ok=True)
        subprocess.run([program, "-runs=0", empty], check=True, capture_output=True, cwd=PLACE,
                       env=dict(os.environ, DRAGOMAN_FUZZ=target, DRAGOMAN_FUZZ_SEEDS=folder))


def main():
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--seconds", type=int, default=60, help="seconds for each target")
    arguments.add_argument("--targets", help="some of them, with commas between")
    arguments.add_argument("--jobs", type=int, default=1, help="how many targets run at a time")
    arguments.add_argument("--seed", type=int, default=1)
    arguments.add_argument("--nice", type=int, default=10, help="how much others on this machine come first")
    arguments.add_argument("--skip-build", action="store_true", help="take the programs as they are")
    arguments.add_argument("--dragoman", help="the program that trains random configurations; without it none are trained")
    arguments.add_argument("--write-seeds", action="store_true", help="write the seeds that the targets make, and end")
    options = arguments.parse_args()
    if options.write_seeds:
        return write_seeds(build("program"))
    parts = targets()
    chosen = options.targets.split(",") if options.targets else [*parts, *(["configurations"] if options.dragoman else [])]
    for target in chosen:
        if target not in parts and (target != "configurations" or not options.dragoman):
            sys.exit(f"no target is named '{target}'; there are {', '.join(parts)}, and configurations with --dragoman")
    programs = {part: path(part) if options.skip_build else build(part)
                for part in sorted({parts[target] for target in chosen if target in parts}, reverse=True)}

    def tried(target):
        executions, (edges, features), found, output = run(
            programs[parts[target]], target, options.seconds, options.seed, options.nice)
        print(f"{target:<14} {executions:>9} executions, {edges:>6} edges, {features:>6} features  "
              + ("ok" if not found else "FOUND " + ", ".join(found)), flush=True)
        if found:
            print("\n".join(line for line in output.splitlines() if re.search(r"Fatal|ERROR|SUMMARY|broken|#\d+ 0x", line))[:3000])
        return target, executions, edges, features, found

    with concurrent.futures.ThreadPoolExecutor(options.jobs) as several:
        rows = list(several.map(tried, [target for target in chosen if target in parts]))
    failed = any(row[-1] for row in rows)
    if "configurations" in chosen:
        command = [sys.executable, os.path.join(HERE, "configurations.py"), "--dragoman", options.dragoman,
                   "--seconds", str(options.seconds), "--seed", str(options.seed)]
        failed |= subprocess.run(command).returncode != 0
    print(f"\n| target | executions | edges | features | findings |\n|---|---:|---:|---:|---:|")
    for target, executions, edges, features, found in rows:
        print(f"| {target} | {executions:,} | {int(edges):,} | {int(features):,} | {len(found)} |")
    sys.exit(1 if failed else 0)


if __name__ == "__main__":
    main()
