#!/usr/bin/env bash
# Everything that is run on a machine with a GPU, in one command, without a network and without npm: joins TensorRT
# from its pieces, builds what is missing, runs the suite on the real TensorRT, records what it answers, and measures.
#
# Exit codes: 0 all steps ended well, 1 a step did not (the log says which), 2 usage, 4 something is missing.
set -uo pipefail

usage() {
  cat <<'TEXT'
usage: bash scripts/tensorrt/gpu-tier.sh [options]
  --tensorrt DIR   folder of TensorRT's libraries (default: /tmp/tensorrt, or TENSORRT_ROOT)
  --pieces DIR     joins them first from these pieces, when they are not there
                   (npm run tensorrt:fetch -- --version 10.6 --split 40MiB DIR)
  --cudart FILE    the CUDA runtime (default: the newest of /usr/local/cuda*/lib64)
  --node FILE      Node 20 or newer (default: node)
  --engines DIR    where the engines that are built are kept (default: /tmp/trt-conformance-engines)
  --out DIR        where everything to keep goes: at most 8 files (default: gpu-tier)
  --steps LIST     of tier,record,sweep,cost (default: tier,record)
  --time DURATION  for the sweep, such as 5m (default: 8m)
  --help
Run it in the root of the suite, with node_modules, dist and native/build from `npm ci` on another machine with an
older or equal glibc; what is missing in native/build is compiled here if it can be.
TEXT
}

tensorrt=${TENSORRT_ROOT:-/tmp/tensorrt} pieces='' cudart='' node=node engines=/tmp/trt-conformance-engines out=gpu-tier
steps=tier,record time=8m
while [ $# -gt 0 ]; do
  case $1 in
    --help) usage; exit 0 ;;
    --tensorrt | --pieces | --cudart | --node | --engines | --out | --steps | --time)
      [ $# -gt 1 ] || { echo "gpu-tier: $1 needs a value" >&2; exit 2; }
      printf -v "${1#--}" %s "$2"
      shift 2
      ;;
    *) echo "gpu-tier: $1 is no option" >&2; usage >&2; exit 2 ;;
  esac
done
[[ $steps == *[!,]* ]] || { echo "gpu-tier: --steps names no step" >&2; exit 2; }
for step in ${steps//,/ }; do
  case $step in
    tier | record | sweep | cost) ;;
    *) echo "gpu-tier: there is no step $step" >&2; exit 2 ;;
  esac
done

cd "$(dirname "${BASH_SOURCE[0]}")/../.." || exit 4
mkdir -p "$out" "$engines" || exit 4
out=$(cd "$out" && pwd)
log=$out/gpu-tier.log
: >"$log"
failed=0

say() { printf 'gpu-tier: %s\n' "$*" | tee -a "$log"; }
missing() { say "$*"; exit 4; }
# Runs a step: its output is shown and kept, its time told, its failure remembered.
run() {
  local name=$1 started=$SECONDS code
  shift
  say "$name: $*"
  "$@" 2>&1 | tee -a "$log"
  code=${PIPESTATUS[0]}
  say "$name ended with $code after $((SECONDS - started)) s"
  # 5: nothing failed, and no real device shows every clause.
  [ "$code" -eq 0 ] || [ "$code" -eq 5 ] || failed=1
  return "$code"
}

"$node" --version >/dev/null 2>&1 || missing "there is no Node: give --node the path of one, version 20 or newer"
[ -d node_modules ] && [ -d dist ] || missing "node_modules or dist is missing: carry them from a machine where npm ci was run"

simulated=false
[ ! -e "$tensorrt/libtrtsim.so" ] || simulated=true
if [ -n "$pieces" ] && [ "$simulated" = false ]; then
  run join python3 scripts/tensorrt/join-tensorrt.py "$tensorrt" --pieces "$pieces" || exit 4
fi
if [ "$simulated" = true ]; then
  [ -n "$cudart" ] || cudart=$tensorrt/libcudart.so
elif [ -z "$cudart" ]; then
  cudart=$(ls -d /usr/local/cuda*/lib64/libcudart.so.13 /usr/local/cuda*/lib64/libcudart.so.12 2>/dev/null | head -n 1)
  [ -n "$cudart" ] || cudart=$(ldconfig -p | sed -n 's/.*=> \(.*libcudart\.so\.1[23]\)$/\1/p' | head -n 1)
  [ -n "$cudart" ] || missing "there is no CUDA runtime: give --cudart the path of libcudart.so.13"
fi

# The native part as it was carried, when it runs here; else it is compiled.
if [[ $(native/build/device-check 2>&1) != 'usage: device-check'* ]]; then
  run build "$node" scripts/build.mjs --native-only || missing "native/build does not run here, and cannot be compiled"
fi
compile() {
  run "compile $1" g++ -std=c++17 -O2 -pthread -Inative $(ls native/"$1"/*.cpp native/tensorrt/*.cpp) -ldl -o "native/build/$1"
}
if [ "$simulated" = false ] && [[ $(native/build/engine-builder --help 2>&1) != *'usage: engine-builder'* ]]; then
  compile engine-builder || missing "native/engine-builder cannot be compiled"
fi

gpu=simulated driver=none
if [ "$simulated" = false ]; then
  nvidia-smi 2>&1 | sed -n 1,15p >>"$log"
  gpu=$(nvidia-smi --query-gpu=name --format=csv,noheader -i 0 | head -n 1)
  driver=$(nvidia-smi --query-gpu=driver_version --format=csv,noheader -i 0 | head -n 1)
fi
say "TensorRT in $tensorrt, $cudart, $gpu, driver $driver, Node $("$node" --version)"

# Loads only the command, never a shell that the suite may have started.
suite() { "$node" scripts/trt-conformance.mjs "$@" --tensorrt "$tensorrt" --cudart "$cudart"; }

tier() {
  local report
  report=$(mktemp -d)
  run tier suite run --engines "$engines" --report "$report"
  cp "$report/report.jsonl" "$out/report.jsonl"
  if [ -d "$report/findings" ]; then tar -C "$report" -czf "$out/findings.tar.gz" findings; fi
  rm -rf "$report"
}

# Engines to record, named as the recorder reads them: layers, dim, batch, and r for one that streams nothing.
RECORDED="l1d16b1 l2d64b1 l2d64b1r l3d256b1 l2d1024b1 l16d1024b1 l16d1024b1024 l8d2048b512 l8d4096b1"
build_recorded() {
  local name plan flag pids=() code=0
  for name in $RECORDED; do
    [[ $name =~ ^l([0-9]+)d([0-9]+)b([0-9]+)(r?)$ ]]
    plan=$1/$name.plan
    [ ! -s "$plan" ] || continue
    flag=--streaming
    [ -z "${BASH_REMATCH[4]}" ] || flag=
    native/build/engine-builder --tensorrt "$tensorrt" --layers "${BASH_REMATCH[1]}" --dim "${BASH_REMATCH[2]}" \
      --batch "${BASH_REMATCH[3]}" $flag --seed 1 --output "$plan" &
    pids+=($!)
  done
  for pid in "${pids[@]}"; do wait "$pid" || code=1; done
  return "$code"
}
record() {
  local name options=() plans
  if [ "$simulated" = true ]; then
    say "record: left out, a simulated TensorRT has nothing to record"
    return
  fi
  [ -x native/build/recorder ] || run "compile recorder" "$node" scripts/build.mjs --native-only --target recorder || return
  # Plans fit one TensorRT and one kind of GPU, and those of others may lie in the folder: of a rehearsal too.
  plans="$engines/recorded-$(cat "$tensorrt"/libnvinfer.so.1[01] | cksum | cut -d ' ' -f 1)-${gpu//[^A-Za-z0-9]/-}"
  mkdir -p "$plans" || return
  run "engines to record" build_recorded "$plans" || return
  for name in $RECORDED; do options+=(--engine "$name=$plans/$name.plan"); done
  run record native/build/recorder --tensorrt "$tensorrt" --cudart "$cudart" --gpu "$gpu" --driver "$driver" \
    "${options[@]}" --output "$out/recording.jsonl"
}

sweep() { run sweep suite sweep --out "$out" --plans "$engines" --time "$time"; }

cost() { run cost suite cost --out "$out" --plans "$engines"; }

for step in ${steps//,/ }; do "$step"; done
say "$([ "$failed" -eq 0 ] && echo 'all steps ended well' || echo 'a step did not end well'); everything to keep is in $out"
exit "$failed"
