/// The style sheet of all pages.
package enum PageStyle {
  /// Colours are variables with a value for light and one for dark.
  ///
  /// The six of lines are those of Okabe and Ito
  /// (https://jfly.uni-koeln.de/color/), darkened or lightened until each stands out from its ground by 3 : 1 at least.
  package static let text: StaticString = """

    :root {
      color-scheme: light dark;
      --paper: #ffffff; --ink: #1d2126; --quiet: #5c6570; --rule: #e2e5e9; --panel: #f6f7f9;
      --accent: #0067a5; --added: #d3efe0; --removed: #fbe0dc;
      --c1: #0067a5; --c2: #c24e00; --c3: #00795a; --c4: #a1478a; --c5: #8a6700; --c6: #4b5563;
    }
    @media (prefers-color-scheme: dark) {
      :root {
        --paper: #15181c; --ink: #e4e7eb; --quiet: #9aa4b0; --rule: #2c3138; --panel: #1d2126;
        --accent: #5ab4ee; --added: #12402c; --removed: #53231e;
        --c1: #5ab4ee; --c2: #f0935a; --c3: #45c7a0; --c4: #df95c8; --c5: #ddb544; --c6: #b3bcc8;
      }
    }
    *, ::before, ::after { box-sizing: border-box; }
    html { -webkit-text-size-adjust: 100%; text-size-adjust: 100%; }
    body {
      margin: 0 auto; padding: 2.5rem 1.5rem 4rem; max-width: 74rem;
      background: var(--paper); color: var(--ink);
      font: 0.9375rem/1.5 system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", "DejaVu Sans", sans-serif;
      overflow-wrap: break-word;
    }
    h1 { margin: 0; font-size: 1.6rem; font-weight: 650; line-height: 1.25; letter-spacing: -0.01em; }
    h2 { margin: 3rem 0 0.75rem; font-size: 1.125rem; font-weight: 650; }
    h3 { margin: 1.5rem 0 0.5rem; font-size: 0.9375rem; font-weight: 650; }
    p { margin: 0.5rem 0; }
    a { color: var(--accent); }
    small, .note, .subtitle { color: var(--quiet); }
    .note { max-width: 46rem; margin: -0.25rem 0 1rem; }
    .subtitle { margin: 0.25rem 0 0; }
    code, pre { font-family: ui-monospace, "SF Mono", Menlo, Consolas, "DejaVu Sans Mono", monospace; font-size: \
    0.85em; }
    pre {
      margin: 0.5rem 0; padding: 1rem; overflow-x: auto; background: var(--panel);
      border-radius: 6px; line-height: 1.5;
    }
    summary { cursor: pointer; color: var(--quiet); }
    :focus-visible { outline: 2px solid var(--accent); outline-offset: 3px; border-radius: 3px; }
    .scroll { overflow-x: auto; max-width: 100%; }

    .highlights {
      display: grid; grid-template-columns: repeat(auto-fit, minmax(9rem, 1fr)); gap: 1px;
      margin: 1.75rem 0 0; background: var(--rule); border: 1px solid var(--rule); border-radius: 8px;
      overflow: hidden;
    }
    .highlights > div { display: flex; flex-direction: column; padding: 0.8rem 1rem; background: var(--paper); }
    .highlights .name, .highlights small { color: var(--quiet); font-size: 0.8125rem; }
    .highlights strong { font-size: 1.375rem; font-weight: 600; line-height: 1.35; font-variant-numeric: tabular-nums; }

    .columns { display: grid; grid-template-columns: repeat(auto-fill, minmax(min(100%, 27rem), 1fr)); gap: 2rem \
    2.5rem; }
    figure { margin: 0; min-width: 0; }
    figcaption { display: flex; align-items: baseline; gap: 0.6rem; overflow-wrap: anywhere; }
    figcaption .title { font-weight: 600; }
    .switch { margin-left: auto; color: var(--quiet); font-size: 0.8125rem; white-space: nowrap; cursor: pointer; }
    .switch input { margin: 0 0.15rem 0 0; vertical-align: -0.1em; accent-color: var(--accent); }
    .readings {
      display: flex; flex-wrap: wrap; gap: 0 1.1rem; min-height: 1.5em; margin: 0.15rem 0 0.35rem;
      font-size: 0.8125rem; color: var(--quiet); font-variant-numeric: tabular-nums;
    }
    .readings strong { color: var(--ink); font-weight: 600; }
    .readings .place { margin-left: auto; }
    .key { max-width: 100%; }
    .sample { width: 22px; height: 8px; margin-right: 0.35rem; }

    .chart > svg { display: block; overflow: visible; width: 100%; height: auto; touch-action: pan-y; }
    svg text { fill: var(--quiet); font-size: 11.5px; font-variant-numeric: tabular-nums; }
    .grid, .tick { stroke: var(--rule); stroke-width: 1; vector-effect: non-scaling-stroke; }
    .cursor { stroke: var(--quiet); stroke-width: 1; stroke-dasharray: 2 3; vector-effect: non-scaling-stroke; }
    polyline, .dots {
      fill: none; stroke: currentColor; stroke-width: 1.75; stroke-linejoin: round; stroke-linecap: round;
      vector-effect: non-scaling-stroke;
    }
    .dots { stroke-width: 5; stroke-dasharray: none; }
    .marker { fill: currentColor; stroke: var(--paper); stroke-width: 1.5; }
    .bars { fill: var(--c1); }
    .bars rect:hover, .bars .now { fill: var(--c2); }
    .chart:has(.switch input:checked) .linear, .chart:not(:has(.switch input:checked)) .logarithmic { display: none; }
    .c1 { color: var(--c1); } .c2 { color: var(--c2); } .c3 { color: var(--c3); }
    .c4 { color: var(--c4); } .c5 { color: var(--c5); } .c6 { color: var(--c6); }
    .d1 polyline, polyline.d1 { stroke-dasharray: 6 4; }
    .d2 polyline, polyline.d2 { stroke-dasharray: 1.5 4; }
    .d3 polyline, polyline.d3 { stroke-dasharray: 9 4 1.5 4; }

    .heatmap svg { display: block; }
    .heatmap text { fill: var(--ink); font-size: 12.5px; }
    .heatmap .large text { font-size: 14px; }
    .heatmap figcaption { flex-wrap: wrap; gap: 0 0.6rem; }
    .heatmap .switch { margin-left: 0; }
    .heatmap svg .weight { fill: var(--ink); font-size: 11px; text-anchor: middle; pointer-events: none; }
    .heatmap svg .strong { fill: var(--paper); }
    @media (scripting: none) { .numbers { display: none; } }
    .heatmap .now { stroke: var(--ink); stroke-width: 1.5; }
    .heatmap text.now { stroke: none; font-weight: 700; }
    .cell { fill: var(--accent); }

    table { border-collapse: collapse; min-width: min(100%, 40rem); font-variant-numeric: tabular-nums; }
    th, td { padding: 0.45rem 1.25rem 0.45rem 0; border-bottom: 1px solid var(--rule); text-align: start; \
    vertical-align: top; }
    thead th { color: var(--quiet); font-size: 0.8125rem; font-weight: 500; white-space: nowrap; vertical-align: \
    bottom; }
    tbody th { font-weight: 550; white-space: nowrap; }
    th.number, td.number { text-align: end; white-space: nowrap; }
    .best { font-weight: 650; color: var(--accent); }
    dl { display: grid; grid-template-columns: minmax(8rem, max-content) 1fr; gap: 0.35rem 1.5rem; margin: 0; }
    dt { color: var(--quiet); }
    dd { overflow-wrap: anywhere; margin: 0; min-width: 0; }
    ins { background: var(--added); text-decoration: none; border-radius: 3px; padding: 0.05em 0.15em; \
    box-decoration-break: clone; -webkit-box-decoration-break: clone; }
    del { background: var(--removed); color: var(--quiet); border-radius: 3px; padding: 0.05em 0.15em; }

    .sample-history { padding: 1.1rem 0; border-top: 1px solid var(--rule); }
    .sample-history { max-width: 52rem; }
    .sample-history dl { margin-bottom: 0.6rem; }
    .versions { list-style: none; margin: 0; padding: 0; }
    .versions li { display: grid; grid-template-columns: 8rem 1fr; gap: 0 1.5rem; padding: 0.2rem 0; }
    .versions li p { margin: 0; min-width: 0; }
    .when { color: var(--quiet); font-variant-numeric: tabular-nums; }
    .equal { color: var(--c3); white-space: nowrap; }
    .problems { margin: 1rem 0 0; padding-left: 1.2rem; color: var(--quiet); }
    details { margin-top: 0.75rem; }

    @media (max-width: 34rem) {
      .versions li { grid-template-columns: 1fr; padding: 0.35rem 0; }
      body { padding: 1.5rem 1rem 3rem; }
      h2 { margin-top: 2.25rem; }
      .chart svg text { font-size: 15px; }
      .heatmap .large { zoom: 0.65; }
      dl { grid-template-columns: 1fr; gap: 0; }
      dd { margin-bottom: 0.6rem; }
      .highlights { grid-template-columns: 1fr 1fr; }
      .highlights > div:last-child:nth-child(odd) { grid-column: 1 / -1; }
    }

    """
}
