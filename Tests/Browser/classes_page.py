"""Looks at the pages of classifiers: classes, confusion, walks, filters, and reports of runs with images.

Names of files and of classes would like to be markup; the script's own pictures are PNG.
"""

import base64
import html
import json
import re
import struct
import subprocess
import zlib

# A file cannot have a slash in its name, a class can.
FILES = ['"><script>alert(1)<.png', "é\n.png", "long" * 50 + ".png"]
CLASSES = ["<script>window.hacked = 1</script>", 'up & "down"', "مرحبا"]

# Runs beside the page, which it holds in a frame of the width to look at.
HARNESS = """<!doctype html><meta charset="utf-8"><style>body{margin:0}iframe{border:0;display:block}</style>
<iframe id="page" src="%(page)s" style="width:%(width)dpx;height:900px"></iframe><pre id="result" hidden></pre>
<script>
document.getElementById("page").onload = (event) => {
  const frame = event.target.contentWindow, page = frame.document;
  const all = (selector) => [...page.querySelectorAll(selector)];
  const result = { hacked: "hacked" in frame, title: page.title, scripts: page.scripts.length, text: page.body.textContent };
  result.scrolls = page.documentElement.scrollWidth - page.documentElement.clientWidth;
  for (const details of all("details")) details.open = true;
  result.scrollsOpen = page.documentElement.scrollWidth - page.documentElement.clientWidth;
  result.h2 = all("h2").map((e) => e.textContent);
  // Those of the page itself are there when it has loaded; a broken one has no width.
  result.images = all("img").map((e) => e.naturalWidth);
  result.wide = all("img, figure, dl").filter((e) => e.getBoundingClientRect().right > frame.innerWidth + 1)
    .map((e) => e.outerHTML.slice(0, 80));
  const tip = page.querySelector(".tip"), boxes = tip ? all("[data-grid]") : [];
  const key = (target, name) => target.dispatchEvent(new frame.KeyboardEvent("keydown", { key: name, bubbles: true }));
  result.grids = boxes.length;
  result.read = [...new Set([boxes[0], boxes[boxes.length >> 1], boxes.at(-1)])].filter((e) => e).map((box) => {
    box.scrollIntoView({ block: "center" });
    const [height, width] = box.dataset.grid.split(" ").map(Number), [tall, wide] = box.dataset.tile.split(" ").map(Number);
    const image = box.querySelector("img"), area = image.getBoundingClientRect(), scale = area.width / image.naturalWidth;
    const count = frame.atob(box.dataset.values).length / 4, columns = Number(box.dataset.columns), told = [];
    // Cells here and there, among them the last one.
    for (const index of [0, Math.floor(count / 3), count - 1]) {
      const tile = Math.floor(index / (height * width)), cell = index %% (height * width);
      const x = (tile %% columns) * (wide + 1) + (cell %% width + 0.5) * wide / width;
      const y = Math.floor(tile / columns) * (tall + 1) + (Math.floor(cell / width) + 0.5) * tall / height;
      image.dispatchEvent(new frame.PointerEvent("pointermove", { clientX: area.left + x * scale, clientY: area.top + y * scale, bubbles: true }));
      const text = tip.textContent, place = tip.getBoundingClientRect();
      told.push([index, tile, Math.floor(cell / width), cell %% width, tip.hidden ? "" : text, place.left >= 0 && place.right <= frame.innerWidth]);
    }
    box.focus(); key(box, "ArrowLeft"); key(box, "ArrowLeft");
    for (let i = 0; i < count; i += width) key(box, "ArrowUp");
    const keys = [tip.textContent];
    key(box, "ArrowRight"); keys.push(tip.textContent);
    if (height > 1) { key(box, "ArrowDown"); keys.push(tip.textContent); }
    key(box, "Escape");
    return { name: box.dataset.name, kind: box.dataset.kind, width, height, values: box.dataset.values, told, keys, hidden: tip.hidden };
  });
  document.getElementById("result").textContent = JSON.stringify(result);
};
</script>"""

# The page as a phone has it, for people to look at.
PHONE = """<!doctype html><meta charset="utf-8"><style>body{margin:0}iframe{border:0;width:390px;height:3400px}</style>
<iframe src="%s"></iframe>"""


def png(path, pixels):
    """Writes rows of (red, green, blue)."""
    def chunk(kind, data):
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
    rows = b"".join(b"\0" + bytes(value for pixel in row for value in pixel) for row in pixels)
    header = struct.pack(">IIBBBBB", len(pixels[0]), len(pixels), 8, 2, 0, 0, 0)
    path.write_bytes(b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b""))


def picture(label, number):
    """A bar at the left, at the top or across, for each class, somewhere else each time."""
    def inside(y, x):
        place = number % 5
        return [x in (place, place + 1), y in (place, place + 1), abs(y - x) < 2][label]
    return [[(210, 60 + 9 * number % 90, 40) if inside(y, x) else (225, 225, 225) for x in range(12)] for y in range(12)]


def make_data(folder):
    """Twelve pictures of each class for training, four for validation; names in both parts are as bad as a table allows."""
    (folder / "pictures").mkdir(exist_ok=True)
    for part, count in (("train", 12), ("validation", 4)):
        lines = []
        for number in range(count):
            for label, name in enumerate(CLASSES):
                file = f"{part}-{number}-{label}.png"
                if number == 0 and label == 0:
                    file = f"{part}{FILES[0]}"
                png(folder / "pictures" / file, picture(label, number))
                lines.append(f"{file}\t{name}\n")
        (folder / f"pictures-{part}.tsv").write_text("".join(lines))
    for number, file in enumerate(FILES):
        png(folder / "pictures" / file, picture(number, number))
    texts = "".join(f"{word} thing {number}\t{CLASSES[number % 3]}\n" for number in range(24)
                    for word in [("left", "up", "across")[number % 3]])
    (folder / "texts.tsv").write_text(texts)


def train(dragoman, folder, name, encoder, pooling, images=True, **changes):
    config = {
        "name": name, "task": "classification",
        "data": {"train": [str(folder / "pictures-train.tsv")], "validation": [str(folder / "pictures-validation.tsv")],
                 "test": [str(folder / "pictures-validation.tsv")], "images": {"folder": str(folder / "pictures")}},
        "classifier": {"encoder": encoder, "pooling": pooling},
        "training": {"epochs": 6, "batchImages": 9, "samples": 4, "logEvery": 2, "patience": None,
                     "optimizer": {"learningRate": 0.003}},
    }
    if not images:
        config["data"] = {"train": [str(folder / "texts.tsv")], "validation": [str(folder / "texts.tsv")], "test": [str(folder / "texts.tsv")]}
        config["classifier"]["embedding"] = 12
        config["tokenizer"] = {"kind": "word", "minimumFrequency": 1}
        del config["training"]["batchImages"]
    for key, value in changes.items():
        config[key] |= value
    (folder / f"{name}.json").write_text(json.dumps(config))
    command = [dragoman, "train", "--config", str(folder / f"{name}.json"), "--runs", str(folder / "runs"), "--restart", "--quiet"]
    done = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    assert done.returncode == 0, done.stdout
    return str(folder / "runs" / name / "best.safetensors")


def look(chromium, base, folder, page, width):
    name = f"look-{width}-{page.replace('/', '-')}"
    (folder / name).write_text(HARNESS % {"page": page, "width": width})
    dom = chromium(f"--window-size={max(width, 600)},900", "--dump-dom", f"{base}/{name}")
    found = re.search(r'<pre id="result" hidden="">(.*?)</pre>', dom, re.S)
    assert found and found[1], f"{page} has not been looked at"
    return json.loads(html.unescape(found[1])), name


def check_grids(found):
    """Pictures tell the number of each cell, under the pointer and by the keys."""
    for grid in found["read"]:
        count = len(base64.b64decode(grid["values"])) // 4
        values = struct.unpack(f"<{count}f", base64.b64decode(grid["values"]))

        def expect(index, text):
            tile, cell = divmod(index, grid["height"] * grid["width"])
            line, column = divmod(cell, grid["width"])
            head, number = text.rsplit(": ", 1)
            assert head == f"{grid['name']} {grid['kind']} {tile + 1} at {line + 1}·{column + 1}", (head, grid["name"], tile, line, column)
            read = struct.unpack("<f", struct.pack("<f", float(number.replace("−", "-"))))[0]
            assert read == values[index], (text, values[index])
        for index, _, _, _, text, inside in grid["told"]:
            assert text and inside, (found["title"], grid["name"], index, text)
            expect(index, text)
        expect(0, grid["keys"][0])
        if count > 1:
            expect(1, grid["keys"][1])
        if grid["height"] > 1:
            expect(min(1 + grid["width"], count - 1), grid["keys"][2])
        assert grid["hidden"], "Escape does not hide the number"


def look_at_classes(dragoman, base, folder, chromium, references):
    """Trains four small classifiers, makes their pages, and looks at them."""
    make_data(folder)
    stages = [{"channels": 8}, {"channels": 12, "squeeze": 4, "pool": "maximum"},
              {"channels": 12, "squeeze": 4, "residual": True, "attentionBlock": "values", "heads": 2}]
    models = {
        "convolutions": train(dragoman, folder, "convolutions", {"kind": "convolutional", "stages": stages}, "attention"),
        "patches": train(dragoman, folder, "patches", {"kind": "vision", "patch": 3, "width": 16, "layers": 2, "heads": 4, "inner": 24}, "cls"),
        "texts": train(dragoman, folder, "texts", {"kind": "recurrent", "hidden": 8}, "attention", images=False),
        "texts-transformer": train(dragoman, folder, "texts-transformer",
                                   {"kind": "transformer", "width": 12, "layers": 2, "heads": 3, "inner": 16}, "mean", images=False),
    }
    pages = {}

    def make(page, scripts, headings, texts, command):
        done = subprocess.run([dragoman, *command, "--html", str(folder / page)], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
        assert done.returncode == 0, done.stdout
        pages[page] = (scripts, headings, texts)

    files = [str(folder / "pictures" / file) for file in FILES]
    for name, model in models.items():
        images = not name.startswith("texts")
        examples = files if images else ["left thing", CLASSES[0], CLASSES[2]]
        make(f"classes-{name}.html", 1, [], examples, ["classify", "--model", model, *examples])
        make(f"confusion-{name}.html", 1, ["Which class was found", "Classes"], CLASSES, ["evaluate", "--model", model])
        make(f"model-{name}.html", 1, ["Parameters", "Training", "Tensors"] + (["Filters"] if images else []), [], ["inspect", model])
        # Every bad name once; gradients, and a class that is given, in turn.
        for index, example in enumerate(examples if name == "convolutions" else examples[:1]):
            stations = {"convolutions": ["Image"], "patches": ["Image", "Patches"]}.get(name, ["Tokens", "Word vectors"])
            command = ["explain", "--model", model, example, "--gradients"] + (["--target", CLASSES[0]] if index == 1 else [])
            make(f"class-walk-{name}-{index}.html", 2, stations + ["Encoder", "Pooling", "Classes", "Gradients"], [example, *CLASSES], command)
        pages[f"runs/{name}/report.html"] = (1, ["Curves", "Data"] + (["Images", "Filters"] if images else ["Examples"]), [CLASSES[0]])
    for page, (scripts, headings, texts) in pages.items():
        written = (folder / page).read_text()
        found = references()
        found.feed(written)
        assert not found.found and found.scripts == scripts, (page, found.found, found.scripts)
        for width in (1280, 390):
            seen, _ = look(chromium, base, folder, page, width)
            assert not seen["hacked"], f"{page}: a name was run as a script"
            assert seen["scripts"] == scripts, (page, seen["scripts"])
            assert seen["scrolls"] <= 0 and seen["scrollsOpen"] <= 0, f"{page} scrolls sideways by {seen['scrollsOpen']} pixels at {width}"
            assert not seen["wide"], (page, width, seen["wide"])
            assert set(headings) <= set(seen["h2"]), (page, seen["h2"])
            for text in texts:
                assert text in seen["text"], (page, text)
            assert all(seen["images"]), f"{page}: a picture is broken"
            if "walk-conv" in page or "walk-patches" in page:
                assert seen["grids"] > 3 and len(seen["images"]) > 3, (page, seen["grids"])
                check_grids(seen)
        (folder / "phone.html").write_text(PHONE % page)
        chromium("--window-size=390,3400", f"--screenshot={folder}/{page.replace('/', '-')}-phone.png", f"{base}/phone.html")
        for scheme, setting in (("light", 1), ("dark", 0)):
            chromium("--window-size=1280,2600", f"--blink-settings=preferredColorScheme={setting}",
                     f"--screenshot={folder}/{page.replace('/', '-')}-{scheme}.png", f"{base}/{page}")
