/// What pages of translations add to the style sheet of all pages.
enum AttentionStyle {
  static let text: StaticString = """

    .guide { margin-top: 1.25rem; }
    .guide .note { margin: 0.5rem 0; }
    .levels { display: flex; flex-wrap: wrap; gap: 0.4rem 1.4rem; font-size: 0.8125rem; }
    .sentence { margin-top: 2.5rem; padding-top: 1.75rem; border-top: 1px solid var(--rule); }
    .sentence h2 { margin: 0; font-size: 1.375rem; line-height: 1.35; letter-spacing: -0.01em; }
    .sentence .subtitle { font-size: 1.0625rem; }
    .sentence .facts { margin: 0.35rem 0 1rem; font-size: 0.8125rem; font-variant-numeric: tabular-nums; }
    .number { margin: 0; color: var(--quiet); font-size: 0.75rem; font-variant-numeric: tabular-nums; }
    .part { padding: 0.75rem 0 0.5rem; }
    .part > figure .readings { margin-bottom: 0.6rem; }
    .sentence summary { font-size: 0.9375rem; }
    .sentence details[open] > summary { color: var(--ink); font-weight: 600; }

    .tokens { display: flex; flex-wrap: wrap; gap: 0.1rem 0.15rem; margin: 0 -0.25rem 0.25rem; }
    .token {
      display: flex; flex-direction: column; align-items: center; padding: 0.25rem 0.25rem 0.1rem;
      min-width: 2.6rem; border-radius: 6px; cursor: default; max-width: 100%; overflow-wrap: anywhere;
      background: color-mix(in srgb, var(--accent) calc(var(--weight, 0) * 45%), transparent);
      transition: background-color 0.12s;
    }
    .token.piece { margin-inline-start: -0.4rem; }
    .token .word { font-size: 1.0625rem; line-height: 1.3; unicode-bidi: isolate; }
    .token small { font-size: 0.6875rem; line-height: 1.4; font-variant-numeric: tabular-nums; }
    .token.lit small { color: var(--ink); }
    .token.now { box-shadow: inset 0 0 0 1.5px var(--accent); }
    .token:focus-visible { outline-offset: 1px; border-radius: 6px; }
    .word { border-bottom: 2px solid transparent; }
    .fair { border-bottom: 2px dotted var(--c5); }
    .unsure { border-bottom: 2px dashed var(--c2); }
    .doubtful { border-bottom: 3px double var(--c2); }
    .part > .note { margin: 0.75rem 0 0; }
    @media (max-width: 34rem) {
      .pair .readings { min-height: 3em; }
      .pair .reading:empty::before { content: "Tap a token to see the weights."; font-weight: 400; }
    }

    .steps { display: flex; gap: 0.5rem; margin: 0; padding: 0 0 0.5rem; list-style: none; }
    .steps > li { flex: none; width: 140px; padding: 0.45rem 10px 0.6rem; border: 1px solid var(--rule); \
    border-radius: 8px; }
    .steps > .now { border-color: var(--accent); }
    .steps ol { margin: 0.2rem 0 0; padding: 0; list-style: none; }
    .steps ol li { display: grid; grid-template-columns: minmax(0, 1fr) auto; gap: 0 0.5rem; align-items: baseline; \
    font-size: 0.8125rem; }
    .steps bdi { overflow: hidden; text-overflow: ellipsis; white-space: nowrap; }
    .steps small { font-variant-numeric: tabular-nums; }
    .steps svg { grid-column: 1 / 3; display: block; margin: 0 0 0.3rem; }
    .steps rect { fill: var(--quiet); opacity: 0.45; }
    .steps .written { font-weight: 650; }
    .steps .written rect { fill: var(--accent); opacity: 1; }

    .signs { flex-wrap: wrap; gap: 0.2rem 1.2rem; font-size: 0.8125rem; align-items: center; }
    .sign { display: inline-flex; align-items: center; }
    .sign .sample { height: 12px; }
    .beam .scroll > svg { display: block; }
    .node rect { fill: var(--paper); stroke: var(--quiet); stroke-opacity: 0.55; }
    .node .token { fill: var(--ink); font-size: 13px; }
    .node.dropped rect, .node.abandoned rect { stroke-dasharray: 3 3; }
    .node.dropped .token, .node.abandoned .token { fill: var(--quiet); }
    .node.finished rect { stroke: var(--c3); stroke-opacity: 1; stroke-width: 1.5; }
    .node.best rect { fill: color-mix(in srgb, var(--accent) 12%, var(--paper)); stroke: var(--accent); \
    stroke-opacity: 1; stroke-width: 1.5; }
    .node.best .token { font-weight: 650; }
    .edge { fill: none; stroke: var(--quiet); stroke-opacity: 0.4; }
    .edge.best { stroke: var(--accent); stroke-opacity: 1; stroke-width: 2; }
    .node.way rect { stroke: var(--c2); stroke-opacity: 1; stroke-width: 2; }
    .edge.way { stroke: var(--c2); stroke-opacity: 1; stroke-width: 2; }

    """
}
