/// The style sheet of an inspection.
enum InspectionStyle {
  static let text: StaticString = """

    .map { margin: 1rem 0 2rem; }
    .map svg { display: block; background: var(--panel); border-radius: 8px; }
    .map .dot { fill: var(--c1); fill-opacity: 0.55; cursor: crosshair; outline: none; }
    .map .dot:hover, .map .dot:focus-visible, .map .dot.now { fill: var(--c2); fill-opacity: 1; stroke: var(--paper); \
    stroke-width: 1.5; }
    .map text { fill: var(--ink); font-size: 11.5px; pointer-events: none; }
    .entries { display: flex; flex-wrap: wrap; gap: 0.2rem 1rem; margin: 0.75rem 0; padding: 0; list-style: none; }
    .entries small { font-variant-numeric: tabular-nums; }
    .blocks { margin-top: 1.85rem; }
    details .columns { margin: 0.75rem 0 1.5rem; }

    """
}
