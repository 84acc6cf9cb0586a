"""From samples to medians, and from these to a table in Markdown."""
import statistics

TITLES = {"train": "training", "decode1": "greedy decoding of one sentence", "decode64": "greedy decoding of 64 sentences",
          "text": "training on real text (Multi30k, English to German)"}


def rows(samples, operations=None, peak=None):
    """A row for each system, from its samples: medians, spread, and how many times as fast dragoman is.

    `operations` are those of a target token, `peak` is the machine's; together they give the share of the peak that systems
    with the same model reach.
    """
    groups = {}
    for sample in samples:
        groups.setdefault(sample["system"], []).append(sample)
    result = []
    for system, group in groups.items():
        rates = [sample["tokens_per_second"] for sample in group]
        rate = statistics.median(rates)
        row = {"system": system, "same_model": group[0]["same_model"], "samples": len(group),
               "noisy_samples": sum(not sample["quiet"] for sample in group),
               "tokens_per_second": rate, "least": min(rates), "most": max(rates),
               "milliseconds": statistics.median(sample["milliseconds"] for sample in group),
               "peak_mb": max(sample["peak_mb"] for sample in group), "version": group[0].get("version"),
               "gflops": None, "share_of_peak": None}
        if operations and row["same_model"]:
            row["gflops"] = round(rate * operations / 1e9, 1)
            row["share_of_peak"] = round(rate * operations / peak, 3) if peak else None
        result.append(row)
    own = next((row["tokens_per_second"] for row in result if row["system"] == "dragoman"), None)
    for row in result:
        row["dragoman_is"] = round(own / row["tokens_per_second"], 3) if own else None
    return result


def number(value, digits=0):
    return "–" if value is None else f"{value:,.{digits}f}"


def name(row):
    """A system in a table: in italics if its model is not the same, with a mark if a sample of it was disturbed."""
    text = row["system"] if row["same_model"] else f"*{row['system']}*"
    return text + (" (!)" if row["noisy_samples"] else "")


def table(rows):
    lines = ["| system | target tokens/s, median (least – most) | ms | GFLOP/s | of the peak | peak MB | dragoman is × | samples |",
             "|---|--:|--:|--:|--:|--:|--:|--:|"]
    for row in sorted(rows, key=lambda row: -row["tokens_per_second"]):
        share = "–" if row["share_of_peak"] is None else f"{100 * row['share_of_peak']:.0f} %"
        lines.append(f"| {name(row)} | {number(row['tokens_per_second'])} ({number(row['least'])} – {number(row['most'])}) "
                     f"| {number(row['milliseconds'], 1)} | {number(row['gflops'])} | {share} | {number(row['peak_mb'])} "
                     f"| {number(row['dragoman_is'], 2)} | {row['samples']} |")
    return "\n".join(lines)


def products(samples):
    """GFLOP/s of products alone: a table with a line for each shape and a column for each library and number of threads."""
    groups = {}
    for sample in samples:
        for product in sample["products"]:
            shape = f"{product['rows']} × {product['columns']} × {product['depth']}"
            groups.setdefault(shape, {}).setdefault((sample["threads"], sample["system"]), []).append(product["gflops"])
    keys = sorted({key for group in groups.values() for key in group})
    shared = [shape for shape, group in groups.items() if len(group) == len(keys)]
    lines = ["| rows × columns × depth | " + " | ".join(f"{system}, {threads}" for threads, system in keys) + " |",
             "|---|" + "--:|" * len(keys)]
    for shape in shared:
        lines.append(f"| {shape} | " + " | ".join(number(statistics.median(groups[shape][key]), 1) for key in keys) + " |")
    return "\n".join(lines)


def document(result):
    """The whole report."""
    machine, facts = result["machine"], result["versions"]
    processor = f"{machine['name']}, family {machine['family']} model {machine['model']}" if machine["family"] else machine["name"]
    quiet = "yes" if result["quiet"] else "no: rows with (!) have samples that somebody else's work disturbed"
    lines = ["# Dragoman beside its peers", "",
             f"{result['date']} · {processor}, {machine['cores']} cores, {' '.join(machine['vectors']) or 'vectors unknown'} · "
             f"{result['threads']} threads · {result['rounds']} rounds, alternating · quiet machine: {quiet}", "",
             " · ".join(f"{key} {value}" for key, value in facts.items()), ""]
    if result["peak"]:
        lines += [f"Peak of fused multiply-adds on these threads: {result['peak'] / 1e9:.0f} GFLOP/s.", ""]
    lines += ["Systems in italics train their own nearest architecture, not the same model.", ""]
    for group in result["groups"]:
        lines += [f"## {group['model']}: {TITLES[group['mode']]}", "", table(group["rows"]), ""]
    if result["products"]:
        lines += ["## Products of matrices, GFLOP/s, by library and threads", "", products(result["products"]), ""]
    if result["skipped"]:
        lines += ["Left out: " + "; ".join(result["skipped"]) + ".", ""]
    return "\n".join(lines)
