#!/usr/bin/env bash
# Made the files beside it, with format version 1 (commit 491c389). Not to be run again: tests read them for ever.
# make.sh CHECKOUT OUTPUT
set -euo pipefail
run=$1/deconvnet
out=$2
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
export DECONVNET_MEMORY=2g
mkdir -p "$out/corpus"
for class in pagoda sunflower; do
  mkdir -p "$out/corpus/$class"
  find "$1/data/caltech10/$class" -name '*.jpg' | sort | head -n 6 | xargs cp -t "$out/corpus/$class"
done
"$run" pack --input "$out/corpus" --output "$out/packed" --overwrite
for kind in adn dn; do
  "$run" train --config "$here/$kind.yaml" --input "$out/packed" --output "$out/$kind" --master 'local[2]' --overwrite
  "$run" extract --model "$out/$kind" --input "$out/packed" --output "$out/$kind-features" --layers 1,2 --overwrite
  # A run that is broken off in its second layer leaves a checkpoint.
  rm -rf "$out/$kind-stopped" "$out/$kind.log"
  "$run" train --config "$here/$kind.yaml" --input "$out/packed" --output "$out/$kind-stopped" --master 'local[2]' --overwrite > "$out/$kind.log" &
  until grep -q 'layer 2  epoch 2' "$out/$kind.log"; do sleep 0.02; done
  kill -9 $!
  wait $! || true
done
"$run" classify --model "$out/adn" --input "$out/packed" --output "$out/adn-classes" --overwrite
