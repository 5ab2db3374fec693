# What all parts share: counting, comparing, the plan and its undisturbed run.
# shellcheck shell=bash

passed=0
failed=0
skipped=0
RANDOM=${SEED:-1}

pass() {
  passed=$((passed + 1))
  echo "  ok: $1"
}

fail() {
  failed=$((failed + 1))
  echo "  FAILED: $1"
}

skip() {
  skipped=$((skipped + 1))
  echo "  skipped: $1"
}

# check WHAT COMMAND…: passes where the command succeeds
check() {
  local what=$1
  shift
  if "$@"; then pass "$what"; else fail "$what"; fi
}

# need PROGRAM PACKAGE: whether the program is there, after installing its package where that is possible
need() {
  command -v "$1" >/dev/null 2>&1 && return
  if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then
    echo "  installing $2"
    { apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "$2"; } >>"$work/apt.log" 2>&1
  fi
  command -v "$1" >/dev/null 2>&1
}

# milliseconds LIMIT: sleeps for a random time below it
sleep_random() {
  local time=$(((RANDOM * 32768 + RANDOM) % $1))
  sleep "$((time / 1000)).$(printf '%03d' $((time % 1000)))"
}

# Ends what is still running, takes mounts down, removes the work folder.
clean() {
  local pid
  for pid in "${started[@]}"; do { kill -9 "$pid" && wait "$pid"; } 2>/dev/null; done
  for place in "${mounted[@]}"; do umount -l "$place" 2>/dev/null; done
  rm -rf "$work"
}

prepare() {
  work=$(mktemp -d "${TMPDIR:-/tmp}/ropescope-robustness.XXXXXX")
  chmod 755 "$work"
  started=()
  mounted=()
  trap clean EXIT
  trap 'exit 130' INT TERM
  tool=${ROPESCOPE:-}
  if [ -z "$tool" ]; then
    "$package/Scripts/bootstrap" || exit 2
    "$package/Scripts/compile" --product ropescope >&2 || exit 2
    tool=$package/.build/release/ropescope
  fi
  # Where other users may run it.
  cp "$tool" "$work/ropescope"
  chmod 755 "$work/ropescope"
  tool=$work/ropescope
  if ! need sqlite3 sqlite3; then
    echo "test-robustness: needs the program sqlite3 (apt-get install sqlite3)" >&2
    exit 2
  fi
  mkdir "$work/configs"
  cp "$package"/Tests/Fixtures/configs/{smollm2-135m,qwen2.5-7b-instruct,phi-2,mistral-7b,llama-3.1-8b-instruct-full,gpt-j}.json "$work/configs"
  cat >"$work/plan.yaml" <<PLAN
models: ["$work/configs/*.json", llama-2-7b]
targets: [16k, 64k, 256k]
methods: [none, linear, yarn, ntk]
check: true
PLAN
  total=21
  reference=$work/reference
  local start=$SECONDS
  if ! "$tool" batch "$work/plan.yaml" -o "$reference" -q; then
    echo "test-robustness: the undisturbed run does not succeed" >&2
    exit 2
  fi
  undisturbed=$((SECONDS - start + 1))
  echo "undisturbed: $total cases in about $undisturbed s"
  [ "$(count "$reference" "state = 'done'")" = $total ] || fail "the plan has $total cases"
}

# batch FOLDER OPTIONS…
batch() {
  local folder=$1
  shift
  "$tool" batch "$work/plan.yaml" -o "$folder" "$@"
}

# spawn FOLDER OPTIONS…: the same in the background, so that $! is the program itself and not a shell around it
spawn() {
  local folder=$1
  shift
  exec "$tool" batch "$work/plan.yaml" -o "$folder" "$@"
}

# count FOLDER CONDITION: rows of the database
count() { sqlite3 "$1/results.db" "SELECT count(*) FROM cases WHERE $2"; }

# results FOLDER: the content of the database without timings
results() { "$tool" results "$1/results.db" --format json | sed -E 's/"seconds":[0-9.eE+-]+/"seconds":0/g'; }

is_intact() { [ "$(sqlite3 "$1/results.db" 'PRAGMA integrity_check')" = ok ]; }

# same FOLDER [REFERENCE]: whether both hold the same files, byte by byte, and databases of the same content
same() {
  local other=${2:-$reference}
  diff -r --exclude 'results.db*' "$other" "$1" >"$work/difference" 2>&1 || {
    head -5 "$work/difference"
    return 1
  }
  diff <(results "$other") <(results "$1") >"$work/difference" || {
    head -c 600 "$work/difference"
    return 1
  }
}

# whole FOLDER: whether every case folder that is there is the undisturbed run's, and nothing is half-written
whole() {
  local folder
  [ -z "$(find "$1" -name '.ropescope-*.tmp')" ] || return 1
  for folder in "$1"/cases/*/; do
    [ -d "$folder" ] || continue
    diff -r "$reference/cases/$(basename "$folder")" "$folder" >/dev/null || return 1
  done
}
