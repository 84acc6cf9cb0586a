/// The style sheet of a walk.
enum WalkStyle {
  static let text: StaticString = """

    .math { font-family: "STIX Two Math", "STIX Two Text", "Latin Modern Roman", "Libertinus Serif", Cambria, "Times \
    New Roman", "Liberation Serif", "DejaVu Serif", serif; font-size: 1.1em; white-space: pre-wrap; }
    .math i { padding-right: 0.04em; }
    sub, sup { font-size: 0.72em; line-height: 0; }
    .equations { margin: 0.6rem 0 1.1rem; padding: 0.7rem 1.1rem; border-left: 3px solid var(--accent); background: \
    var(--panel); border-radius: 0 6px 6px 0; overflow-x: auto; columns: 2 21rem; column-gap: 2rem; }
    .equations > div { break-inside: avoid; }
    .equations .math { font-size: 1.22em; line-height: 1.75; }
    h1 { font-size: 2rem; }
    h2 { font-size: 1.4rem; margin-top: 3.5rem; }
    h3 { font-size: 1.05rem; margin-top: 1.75rem; }
    h4 { margin: 1.6rem 0 0.4rem; font-size: 0.9375rem; font-weight: 600; color: var(--quiet); }
    .subtitle .translation { font-size: 1.35rem; color: var(--ink); }
    .subtitle .arrow { font-size: 1.35rem; color: var(--accent); }

    .route { display: flex; flex-wrap: wrap; gap: 0.35rem; margin: 1.5rem 0 0; }
    .route a { padding: 0.25rem 0.8rem; border: 1px solid var(--rule); border-radius: 999px; text-decoration: none; \
    color: var(--ink); }
    .route a:hover { border-color: var(--accent); color: var(--accent); }
    .route a + a::before { content: "→"; margin: 0 0.5rem 0 -0.1rem; color: var(--quiet); }

    .tokens { display: flex; flex-wrap: wrap; gap: 0.5rem; margin: 1rem 0 1.5rem; padding: 0; list-style: none; }
    .tokens li { display: flex; flex-direction: column; align-items: center; padding: 0.35rem 0.8rem; background: \
    var(--panel); border: 1px solid var(--rule); border-radius: 8px; max-width: 100%; }
    .tokens strong { font-weight: 600; font-size: 1.05rem; max-width: 100%; }
    .tokens small { font-variant-numeric: tabular-nums; }

    .vectors, .gates { display: grid; gap: 2px; }
    .scroll + .vectors, .scroll + dl, .vectors + .equations { margin-top: 1.1rem; }
    .scroll + .note { margin-top: 0.5rem; }
    #decoder .heatmap [data-row] { cursor: pointer; }
    .vector { display: grid; grid-template-columns: 15rem minmax(4rem, 1fr) 15rem; align-items: center; gap: 0 1rem; \
    min-height: 1.75rem; cursor: crosshair; }
    .vector:focus-visible { outline-offset: 0; }
    .symbol { display: flex; justify-content: space-between; gap: 0.5rem; min-width: 0; }
    .symbol .word { overflow: hidden; text-overflow: ellipsis; white-space: nowrap; font-weight: 550; }
    .symbol .head { color: var(--quiet); font-size: 0.875rem; white-space: nowrap; }
    .vectors.top { margin-top: 0.6rem; border-top: 1px solid var(--rule); }
    .few { color: var(--quiet); font-size: 0.8125rem; font-variant-numeric: tabular-nums; white-space: nowrap; \
    text-align: right; overflow: hidden; text-overflow: ellipsis; }
    .vectors > details { margin: 0; }
    .vectors summary { color: var(--ink); list-style: none; }
    .vectors summary::-webkit-details-marker { display: none; }
    .vectors summary .symbol::before { content: "▸"; color: var(--quiet); margin-right: -0.1rem; }
    .vectors details[open] > summary .symbol::before { content: "▾"; }
    .vectors summary .symbol { justify-content: flex-start; }
    .vectors summary .symbol > :last-child:not(:first-child) { margin-left: auto; }
    .gates { margin: 0.15rem 0 0.9rem; padding: 0.4rem 0; border: solid var(--rule); border-width: 0 0 1px; }
    .gates .symbol { padding-left: 1.4rem; }
    .layer { border-top: 1px solid var(--rule); padding-top: 0.75rem; }
    .layer > summary { font-weight: 600; color: var(--ink); }

    .exact { cursor: crosshair; }
    .step td, .step th, #result td, #result th, #gradients td, #gradients th { padding-top: 0.2rem; padding-bottom: \
    0.2rem; vertical-align: middle; }
    .step table, #result table, #gradients table { min-width: 0; }
    thead th .math { font-size: 1.15em; color: var(--ink); }

    .stepper { position: sticky; top: 0; z-index: 1; display: flex; gap: 0.3rem; overflow-x: auto; margin: 1.5rem 0 \
    0; padding: 0.6rem 0; background: var(--paper); border-bottom: 1px solid var(--rule); }
    .stepper[hidden], .step[hidden] { display: none; }
    .stepper button { font: inherit; white-space: nowrap; padding: 0.3rem 0.75rem; color: var(--ink); background: \
    var(--panel); border: 1px solid var(--rule); border-radius: 6px; cursor: pointer; }
    .stepper button:hover { border-color: var(--accent); }
    .stepper button[aria-current] { color: var(--paper); background: var(--accent); border-color: var(--accent); }
    .stepper button:disabled { opacity: 0.4; cursor: default; }
    .step { scroll-margin-top: 4rem; }
    .step + .step { border-top: 1px solid var(--rule); margin-top: 2rem; }
    .chip { padding: 0.1rem 0.55rem; background: var(--panel); border: 1px solid var(--rule); border-radius: 6px; }
    .back { margin-top: 1.5rem; padding: 0.75rem 1.1rem; border: 1px solid var(--rule); border-radius: 8px; }
    .tip { position: fixed; z-index: 2; max-width: min(24rem, 92vw); padding: 0.3rem 0.65rem; color: var(--paper); \
    background: var(--ink); border-radius: 6px; font-size: 0.875rem; font-variant-numeric: tabular-nums; \
    pointer-events: none; }
    .tip[hidden] { display: none; }

    @media (max-width: 46rem) {
      h1 { font-size: 1.5rem; }
      .vector { grid-template-columns: minmax(0, 1fr) auto; padding: 0.2rem 0; }
      .vector .strip { grid-column: 1 / -1; grid-row: 2; }
      .few { font-size: 0.75rem; }
      .symbol { flex-wrap: wrap; justify-content: flex-start; }
      .vectors summary .symbol > :last-child:not(:first-child) { margin-left: 0; }
      th, td { padding-right: 0.6rem; }
    }

    """
}
