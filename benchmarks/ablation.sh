#!/bin/sh
# What each ingredient of a configuration adds: trains it once as it is and once without each of them, and prints the
# loss of validation and BLEU of the test pairs. docs/quality.md holds the table of one such run.
#
#   sh benchmarks/ablation.sh configs/multi30k-en-de.json 6 [NAME …]
#
# The second argument is the number of epochs; names choose rows. What has been trained is not trained again.
set -eu
config=$1
epochs=$2
shift 2
dragoman=${DRAGOMAN:-.build/release/dragoman}
runs=${RUNS:-runs}
threads=${THREADS:-2}
stem=$(basename "$config" .json)

row() {  # NAME, then the keys that differ
  name=$1
  shift
  case " $wanted " in *" $name "* | "  ") ;; *) return 0 ;; esac
  folder="$runs/$stem-$epochs-$name"
  keys=
  for key in "$@"; do keys="$keys --set $key"; done
  if ! grep -qs '"event":"ended".*"finished"' "$folder/log.jsonl"; then
    # shellcheck disable=SC2086 # no key has a space
    "$dragoman" train --config "$config" --runs "$runs" --threads "$threads" --restart --quiet --no-report \
      --no-tensorboard --set "name=$stem-$epochs-$name" --set "training.epochs=$epochs" $keys >/dev/null
  fi
  bleu=$("$dragoman" evaluate --model "$folder/best.safetensors" --threads "$threads" --beam 5 --metrics bleu \
    --lowercase | sed -n '1s/^[^=]*= \([0-9.]*\) .*/\1/p')
  perplexity=$(grep '"best":true' "$folder/log.jsonl" | tail -n 1 | sed 's/.*"perplexity":\([0-9]*\.[0-9][0-9]\).*/\1/')
  echo "| $name | $* | $perplexity | $bleu |"
}

wanted="$*"
echo "| row | keys | validation perplexity | test BLEU, beam 5, lower case |"
echo "|---|---|--:|--:|"
row as-it-is
row no-piece-dropout tokenizer.dropout=0
row no-smoothing training.labelSmoothing=0
row no-averaged-weights training.average.kind=none
row constant-rate training.schedule.kind=constant
row no-dropout-of-encoded model.dropout.encoded=0
row no-dropout model.dropout=0
row narrow model.embedding=128
row untied model.tied=none
row direct-output model.tied=none model.decoder.output.kind=direct
row no-feeding model.decoder.feeding=none
row attentional-feeding model.decoder.feeding=attentional
row general-attention model.attention.score=general
row layer-normalization model.encoder.layerNormalization=true model.decoder.layerNormalization=true
row coverage model.attention.coverage=true
row lstm model.encoder.cell=lstm model.decoder.cell=lstm
if grep -q sourceWords "$config"; then
  row no-word-dropout model.dropout.sourceWords=0 model.dropout.targetWords=0
else
  row word-dropout model.dropout.sourceWords=0.1 model.dropout.targetWords=0.1
fi
