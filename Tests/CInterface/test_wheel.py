#!/usr/bin/env python3
"""Installs the wheel in an environment of its own, without network, and translates with it: one line, many, on three threads.

    make wheel && python3 Tests/CInterface/test_wheel.py [--wheels .build/wheel]

Nothing of Swift is on any path of the process that translates.
"""

import argparse
import pathlib
import subprocess
import sys
import tempfile
import venv

ROOT = pathlib.Path(__file__).resolve().parents[2]
MODEL = ROOT / "Tests/Fixtures/demo/demo.safetensors"

PROGRAM = '''
import sys, threading
import dragoman

model, missing = sys.argv[1:]
assert dragoman.version().count(".") == 2
lines = ["How do I get to the station?", "This knife isn't light.", "", "good morning"]
with dragoman.Translator(model) as translator:
    alone = [translator.translate(line) for line in lines]
    assert all(isinstance(text, str) for text in alone) and alone[0] and alone[2] == "", alone
    assert translator.translate(lines) == alone and translator.translate([]) == []
    for line, text in zip(lines, alone):
        pieces = list(translator.stream(line))
        assert "".join(pieces) == text and "" not in pieces, pieces
    for piece in translator.stream(lines[0]):
        assert alone[0].startswith(piece)
        break
    assert translator.translate(lines[0], beam=4)

    wrong = []
    def work(number):
        for round in range(30):
            place = (number + round) % len(lines)
            found = translator.translate(lines[place]) if round % 2 else "".join(translator.stream(lines[place]))
            if found != alone[place]:
                wrong.append((lines[place], found))
    threads = [threading.Thread(target=work, args=(number,)) for number in range(3)]
    for thread in threads: thread.start()
    for thread in threads: thread.join()
    assert not wrong, wrong

    def message(call, *arguments, **options):
        try:
            call(*arguments, **options)
        except dragoman.Error as error:
            return str(error)
        raise AssertionError("no error")
    assert message(dragoman.Translator, missing).startswith(missing + ": cannot open the file")
    assert message(dragoman.Translator, model, 2000).startswith("threads: expected 0 (all processors) to 1024, found 2000")
    assert 'did you mean "beam"?' in message(translator.translate, "one", baem=2)
    assert 'did you mean "beam"?' in message(lambda: list(translator.stream("one", baem=2)))
    for wrong in [1, [1], None]:
        try:
            translator.translate(wrong)
            raise AssertionError(wrong)
        except TypeError:
            pass
    assert message(translator.translate, "a\\0b") == "line: expected text without NUL, found one"
assert message(translator.translate, "one").startswith("translator: expected one that is open")
translator.close()
print(alone[0])
'''


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--wheels", type=pathlib.Path, default=ROOT / ".build/wheel")
    wheels = sorted(parser.parse_args().wheels.glob("dragoman-*.whl"))
    if not wheels:
        sys.exit(f"{parser.parse_args().wheels}: expected a wheel, found none. Run `make wheel`.")
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        venv.create(folder / "venv", with_pip=True)
        python = folder / "venv/bin/python"
        subprocess.run([python, "-m", "pip", "install", "--quiet", "--no-index", "--no-cache-dir", wheels[-1]], check=True)
        (folder / "program.py").write_text(PROGRAM)
        run = subprocess.run([python, folder / "program.py", MODEL, folder / "missing.safetensors"], cwd=folder, text=True,
                             env={"PATH": "/usr/bin:/bin", "LANG": "C.UTF-8"}, capture_output=True)
        assert run.returncode == 0 and run.stdout.strip(), run.stdout + run.stderr
        print(f"{wheels[-1].name}: {run.stdout.strip()}")


if __name__ == "__main__":
    sys.exit(main())
