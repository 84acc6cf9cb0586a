#!/bin/sh
# Makes demo/demo.safetensors: a small model of the demo's kind. The argument is the program.
set -eu
program=$(command -v "$1")
cd "$(dirname "$0")"
root=$(cd ../.. && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
corpus=$root/data/phrasebook/train.en-fr.tsv

# Pairs whose words stand in 50 lines or more, or are those of examples; and the short phrases at the end.
awk -F'\t' '
  function words(text, list) { gsub(/[.,?!\x27]/, " ", text); return split(text, list, " ") }
  BEGIN { n = split("light léger légers légère légères get Comment", a, " "); for (i = 1; i <= n; i++) known[a[i]] }
  NR == FNR {
    n = words($1, a); for (i = 1; i <= n; i++) source[a[i]]++
    n = words($2, a); for (i = 1; i <= n; i++) target[a[i]]++
    lines = NR; next
  }
  {
    keep = 1
    n = words($1, a); for (i = 1; i <= n; i++) if (source[a[i]] < 50 && !(a[i] in known)) keep = 0
    n = words($2, a); for (i = 1; i <= n; i++) if (target[a[i]] < 50 && !(a[i] in known)) keep = 0
    if (keep || FNR > lines - 22) print
  }' "$corpus" "$corpus" > "$work/train.tsv"
awk 'NR % 20 == 0' "$work/train.tsv" > "$work/validation.tsv"
cp demo/demo.json "$work"
(cd "$work" && "$program" train --config demo.json --quiet --threads 1)
cp "$work/runs/demo/best.safetensors" demo/demo.safetensors
