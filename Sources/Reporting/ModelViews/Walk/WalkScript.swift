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

      // A unit of a vector is a number; one of scores and weights is a position, and has a token.
      const texts = (selector) => [...document.querySelectorAll(selector)].map((element) => element.textContent);
      const tokens = { source: texts("#tokens .tokens:first-of-type strong"), target: texts(".step > h3 > .chip:first-of-type") };
      const unitName = (row, unit) => {
        if (!row.dataset.of) return `unit ${unit + 1} of ${values(row).length}`;
        const place = unit + Number(row.dataset.first);
        return `at ${place + 1} \\u2068${tokens[row.dataset.of][place]}\\u2069`;
      };
      const units = new WeakMap();
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
        const row = event.target.closest("[data-values]");
        const box = row?.querySelector(".strip").getBoundingClientRect();
        if (!row || event.clientY < box.top - 4 || event.clientY > box.bottom + 4 ||
            event.clientX < box.left || event.clientX >= box.right) return hide();
        const count = values(row).length;
        showUnit(row, Math.min(count - 1, Math.floor((event.clientX - box.left) / box.width * count)), event.clientX, box.top);
      };
      document.addEventListener("pointermove", pointed);
      document.addEventListener("pointerdown", pointed);
      document.addEventListener("scroll", hide, { passive: true });
      document.addEventListener("focusin", (event) => {
        if (event.target.matches("[data-values]") && event.target.matches(":focus-visible")) byKey(event.target, 0);
      });
      document.addEventListener("focusout", hide);

      const steps = [...document.querySelectorAll(".step")];
      const stepper = document.querySelector(".stepper");
      const buttons = [...stepper.querySelectorAll("[data-step]")];
      const turns = [...stepper.querySelectorAll("[data-turn]")];
      let at = 0;
      const go = (index) => {
        at = Math.max(0, Math.min(index, steps.length - 1));
        steps.forEach((step, i) => { step.hidden = i !== at; });
        buttons.forEach((button, i) => i === at ? button.setAttribute("aria-current", "step") : button.removeAttribute("aria-current"));
        for (const turn of turns) turn.disabled = steps[at + Number(turn.dataset.turn)] === undefined;
        const button = buttons[at];
        if (button.offsetLeft < stepper.scrollLeft || button.offsetLeft + button.offsetWidth > stepper.scrollLeft + stepper.clientWidth)
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

      // Arrow keys walk along the strip that has the focus; elsewhere they turn to the next step.
      document.addEventListener("keydown", (event) => {
        if (event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
        if (event.key === "Escape") return hide();
        const step = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
        if (step === undefined) return;
        event.preventDefault();
        const row = document.activeElement?.closest("[data-values]");
        if (!row) return go(at + step);
        const count = values(row).length;
        byKey(row, Math.max(0, Math.min(count - 1, (units.get(row) ?? -1) + step)));
      });
    }

    """
}
