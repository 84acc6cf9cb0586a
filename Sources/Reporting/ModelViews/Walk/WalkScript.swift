/// The script of a walk: one step of the decoder at a time, and numbers in all their digits.
enum WalkScript {
  static let text: StaticString = """

    "use strict";
    {
      // The fewest digits that give a number in single precision back.
      const shortest = (value) => {
        for (let digits = 1; digits < 10; digits += 1) {
          const text = value.toPrecision(digits);
          if (Math.fround(Number(text)) === value) return String(Number(text)).replaceAll("-", "−");
        }
        return String(value).replaceAll("-", "−");
      };
      const decoded = new WeakMap();
      const values = (row) => {
        if (!decoded.has(row)) {
          const bytes = Uint8Array.from(atob(row.dataset.values), (letter) => letter.charCodeAt(0));
          const view = new DataView(bytes.buffer);
          decoded.set(row, Array.from({ length: bytes.length / 4 }, (_, i) => view.getFloat32(4 * i, true)));
        }
        return decoded.get(row);
      };
      const tip = document.createElement("div");
      tip.className = "tip";
      tip.setAttribute("role", "status");
      tip.hidden = true;
      document.body.append(tip);
      const place = (x, y) => {
        tip.hidden = false;
        const box = tip.getBoundingClientRect();
        tip.style.left = `${Math.max(6, Math.min(x - box.width / 2, innerWidth - box.width - 6))}px`;
        tip.style.top = `${y - box.height - 14 > 6 ? y - box.height - 14 : y + 22}px`;
      };
      const hide = () => { tip.hidden = true; };

      const units = new WeakMap();

      // Small pictures beside each other: which cell of which of them stands where.
      const numbers = (text) => text.split(" ").map(Number);
      const grid = (box) => {
        const [height, width] = numbers(box.dataset.grid), [tall, wide] = numbers(box.dataset.tile);
        const image = box.querySelector("img"), frame = image.getBoundingClientRect();
        return { height, width, tall, wide, columns: Number(box.dataset.columns), frame, scale: frame.width / \
    image.naturalWidth };
      };
      const showCell = (box, index) => {
        const g = grid(box), tile = Math.floor(index / (g.height * g.width)), cell = index % (g.height * g.width);
        const line = Math.floor(cell / g.width), column = cell % g.width;
        units.set(box, index);
        tip.textContent = `${box.dataset.name} ${box.dataset.kind} ${tile + 1} at ${line + 1}·${column + 1}: \
    ${shortest(values(box)[index])}`;
        place(g.frame.left + ((tile % g.columns) * (g.wide + 1) + (column + 0.5) * g.wide / g.width) * g.scale,
          g.frame.top + (Math.floor(tile / g.columns) * (g.tall + 1) + line * g.tall / g.height) * g.scale);
      };
      const cellAt = (box, x, y) => {
        const g = grid(box), left = (x - g.frame.left) / g.scale, top = (y - g.frame.top) / g.scale;
        const [i, j] = [Math.floor(top / (g.tall + 1)), Math.floor(left / (g.wide + 1))];
        const [down, right] = [top - i * (g.tall + 1), left - j * (g.wide + 1)];
        if (i < 0 || j < 0 || j >= g.columns || down >= g.tall || right >= g.wide) return -1;
        const index = ((i * g.columns + j) * g.height + Math.floor(down / g.tall * g.height)) * g.width + \
    Math.floor(right / g.wide * g.width);
        return index < values(box).length ? index : -1;
      };

      // A unit of a vector is a number; one of scores and weights is a position, and has a token.
      const texts = (selector) => [...document.querySelectorAll(selector)].map((element) => element.textContent);
      const tokens = { source: texts("#tokens .tokens:first-of-type strong, #patches .tokens strong"), target: \
    texts(".step > h3 > .chip:first-of-type") };
      const unitName = (row, unit) => {
        if (!row.dataset.of) return `unit ${unit + 1} of ${values(row).length}`;
        const place = unit + Number(row.dataset.first);
        return `at ${place + 1} \\u2068${tokens[row.dataset.of][place]}\\u2069`;
      };
      const showUnit = (row, unit, x, y) => {
        units.set(row, unit);
        tip.textContent = `${row.dataset.name}, ${unitName(row, unit)}: ${shortest(values(row)[unit])}`;
        place(x, y);
      };
      const byKey = (row, unit) => {
        const box = row.querySelector(".strip").getBoundingClientRect();
        showUnit(row, unit, box.left + box.width * (unit + 0.5) / values(row).length, box.top);
      };
      const pointed = (event) => {
        const exact = event.target.closest("[data-exact]");
        if (exact) {
          tip.textContent = exact.dataset.exact;
          return place(event.clientX, event.clientY);
        }
        const pictures = event.target.closest("[data-grid]");
        if (pictures) {
          const index = cellAt(pictures, event.clientX, event.clientY);
          return index < 0 ? hide() : showCell(pictures, index);
        }
        const row = event.target.closest("[data-values]");
        const box = row?.querySelector(".strip").getBoundingClientRect();
        if (!row || event.clientY < box.top - 4 || event.clientY > box.bottom + 4 ||
            event.clientX < box.left || event.clientX >= box.right) return hide();
        const count = values(row).length;
        showUnit(row, Math.min(count - 1, Math.floor((event.clientX - box.left) / box.width * count)), event.clientX, \
    box.top);
      };
      document.addEventListener("pointermove", pointed);
      document.addEventListener("pointerdown", pointed);
      document.addEventListener("scroll", hide, { passive: true });
      document.addEventListener("focusin", (event) => {
        if (!event.target.matches("[data-values]") || !event.target.matches(":focus-visible")) return;
        event.target.dataset.grid ? showCell(event.target, 0) : byKey(event.target, 0);
      });
      document.addEventListener("focusout", hide);

      // One step of a decoder at a time; a classifier has none.
      let turn = () => {};
      const stepper = document.querySelector(".stepper");
      if (stepper) {
        const steps = [...document.querySelectorAll(".step")];
        const buttons = [...stepper.querySelectorAll("[data-step]")];
        const turns = [...stepper.querySelectorAll("[data-turn]")];
        let at = 0;
        const go = (index) => {
          at = Math.max(0, Math.min(index, steps.length - 1));
          steps.forEach((step, i) => { step.hidden = i !== at; });
          buttons.forEach((button, i) => i === at ? button.setAttribute("aria-current", "step") : \
    button.removeAttribute("aria-current"));
          for (const turn of turns) turn.disabled = steps[at + Number(turn.dataset.turn)] === undefined;
          const button = buttons[at];
          if (button.offsetLeft < stepper.scrollLeft || button.offsetLeft + button.offsetWidth > stepper.scrollLeft + \
    stepper.clientWidth)
            stepper.scrollLeft = button.offsetLeft - stepper.clientWidth / 2;
          hide();
        };
        for (const button of buttons) button.addEventListener("click", () => go(Number(button.dataset.step)));
        for (const turn of turns) turn.addEventListener("click", () => go(at + Number(turn.dataset.turn)));
        const turnTo = () => {
          const found = steps.findIndex((step) => `#${step.id}` === location.hash);
          if (found >= 0) { go(found); steps[found].scrollIntoView(); }
        };
        addEventListener("hashchange", turnTo);
        stepper.hidden = false;
        go(0);
        turnTo();
        for (const label of document.querySelectorAll("#decoder .heatmap [data-row]")) {
          label.addEventListener("click", () => go(Number(label.dataset.row)));
        }
        turn = (step) => go(at + step);
      }

      // Arrow keys walk along the strip that has the focus; elsewhere they turn to the next step.
      document.addEventListener("keydown", (event) => {
        if (event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
        if (event.key === "Escape") return hide();
        const row = document.activeElement?.closest("[data-values]");
        const line = row?.dataset.grid ? grid(row).width : undefined;
        const step = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: line && -line, ArrowDown: line }[event.key];
        if (step === undefined || !row && !stepper) return;
        event.preventDefault();
        if (!row) return turn(step);
        const count = values(row).length;
        const next = Math.max(0, Math.min(count - 1, (units.get(row) ?? -1) + step));
        line ? showCell(row, next) : byKey(row, next);
      });
    }

    """
}
