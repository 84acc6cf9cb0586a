/// The script of all pages: readings under the pointer.
package enum PageScript {
  /// The points of lines that are nearest to the pointer, or chosen by the arrow keys, go to the legend.
  ///
  /// Everything with a `data-reading` shows it in its figure's line of readings.
  package static let text: StaticString = """

    "use strict";
    for (const figure of document.querySelectorAll("figure.chart")) {
      const picture = figure.querySelector(":scope > svg");
      const groups = [...picture.querySelectorAll(".series")];
      if (groups.length === 0) continue;
      const make = (name, kind) => {
        const element = document.createElementNS("http://www.w3.org/2000/svg", name);
        element.setAttribute("class", kind);
        return element;
      };
      const values = [...figure.querySelectorAll(".value")];
      const place = figure.querySelector(".at");
      const cursor = make("line", "cursor");
      const series = groups.map((group, index) => ({
        group, x: group.dataset.x.split(" "), y: group.dataset.y.split(" "), value: values[index],
        last: values[index].textContent, marker: group.appendChild(make("circle", "marker")),
      }));
      const lastPlace = place.textContent;
      let at = null;
      picture.append(cursor);

      // The points of the scale that is shown, in the units of the picture.
      const points = (entry) => {
        const isLogarithmic = figure.querySelector(".switch input")?.checked;
        return entry.group.querySelector(isLogarithmic ? "polyline.logarithmic" : "polyline.linear").points;
      };
      const nearest = (list, x) => {
        let [low, high] = [0, list.numberOfItems - 1];
        while (high - low > 1) {
          const middle = (low + high) >> 1;
          if (list.getItem(middle).x <= x) low = middle; else high = middle;
        }
        return x - list.getItem(low).x <= list.getItem(high).x - x ? low : high;
      };
      const show = (x) => {
        at = x;
        const found = series.map((entry) => {
          const list = points(entry);
          const index = nearest(list, x);
          return { entry, index, point: list.getItem(index) };
        });
        const best = found.reduce((a, b) => (Math.abs(b.point.x - x) < Math.abs(a.point.x - x) ? b : a));
        for (const { entry, index, point } of found) {
          entry.value.textContent = entry.y[index];
          entry.marker.setAttribute("cx", point.x);
          entry.marker.setAttribute("cy", point.y);
          entry.marker.setAttribute("r", 4);
        }
        place.textContent = best.entry.x[best.index];
        for (const name of ["x1", "x2"]) cursor.setAttribute(name, best.point.x);
        cursor.setAttribute("y1", 10);
        cursor.setAttribute("y2", 200);
        at = best.point.x;
      };
      const leave = () => {
        at = null;
        for (const entry of series) {
          entry.value.textContent = entry.last;
          entry.marker.setAttribute("r", 0);
        }
        place.textContent = lastPlace;
        cursor.removeAttribute("y1");
        cursor.removeAttribute("y2");
      };
      const pointed = (event) => {
        const box = picture.getBoundingClientRect();
        show((event.clientX - box.left) * picture.viewBox.baseVal.width / box.width);
      };
      picture.addEventListener("pointermove", pointed);
      picture.addEventListener("pointerdown", pointed);
      picture.addEventListener("pointerleave", leave);
      picture.addEventListener("blur", leave);
      picture.addEventListener("keydown", (event) => {
        const step = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
        if (step === undefined) return;
        event.preventDefault();
        const all = series.flatMap((entry) => [...points(entry)].map((point) => point.x)).sort((a, b) => a - b);
        if (at === null) return show(all[all.length - 1]);
        const next = step > 0 ? all.find((x) => x > at + 0.01) : all.findLast((x) => x < at - 0.01);
        if (next !== undefined) show(next);
      });
      figure.querySelector(".switch input")?.addEventListener("change", leave);
    }

    for (const element of document.querySelectorAll("[data-reading]")) {
      const figure = element.closest("figure");
      const line = figure?.querySelector(".reading");
      if (!line) continue;
      const show = () => {
        for (const other of figure.querySelectorAll(".now")) other.classList.remove("now");
        element.classList.add("now");
        const [row, column] = element.dataset.cell?.split(" ") ?? [];
        figure.querySelector(`[data-row="${row}"]`)?.classList.add("now");
        figure.querySelector(`[data-column="${column}"]`)?.classList.add("now");
        line.textContent = element.dataset.reading;
      };
      element.addEventListener("pointerenter", show);
      element.addEventListener("pointerdown", show);
      element.addEventListener("focus", show);
    }

    """
}
