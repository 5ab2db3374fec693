# Folders that may not be written to, models that cannot be read, signals that ask to stop.
# shellcheck shell=bash

# As a user whom the modes of files bind.
as_user() {
  if [ "$(id -u)" = 0 ]; then
    setpriv --reuid 65534 --regid 65534 --clear-groups env HOME="$work" "$@"
  else
    "$@"
  fi
}

if [ "$(id -u)" = 0 ] && ! need setpriv util-linux; then
  skip "read-only folder: root may write everywhere, and setpriv is not there to be another user"
else
  mkdir "$work/locked"
  chmod 555 "$work/locked"
  as_user "$tool" batch "$work/plan.yaml" -o "$work/locked" 2>"$work/locked.log"
  status=$?
  check "read-only folder: exit code 2 ($status)" [ $status = 2 ]
  check "read-only folder: one sentence with the folder" \
    [ "$(grep -c "^ropescope: $work/locked: cannot write: " "$work/locked.log")$(wc -l <"$work/locked.log")" = 11 ]
  check "read-only folder: nothing is written" [ -z "$(ls -A "$work/locked")" ]
  as_user "$tool" batch "$work/plan.yaml" -o "$work/locked/deeper" 2>"$work/locked.log"
  check "a folder in a read-only one: exit code 2" [ $? = 2 ]
  cp -r "$reference" "$work/finished"
  chmod -R a-w "$work/finished"
  as_user "$tool" results "$work/finished/results.db" --format json >"$work/read.json"
  check "results: a database in a read-only folder can be read" [ $? = 0 ]
  check "results: and says the same" [ "$(sed -E 's/"seconds":[0-9.eE+-]+/"seconds":0/g' "$work/read.json")" = "$(results "$reference")" ]
  as_user "$tool" batch "$work/plan.yaml" -o "$work/finished" --resume 2>"$work/locked.log"
  check "a finished batch that became read-only: exit code 2" [ $? = 2 ]
  check "a finished batch that became read-only: a sentence" grep -q '^ropescope: .*cannot write' "$work/locked.log"
  chmod -R u+w "$work/finished"
  check "a finished batch that became read-only: nothing has changed" same "$work/finished"
fi

# Models that cannot be read, each in its own way, among good ones.
mkdir "$work/bad" "$work/bad/folder"
cp "$work/configs/phi-2.json" "$work/bad/good.json"
printf '{"max_position_embeddings": 4096, ' >"$work/bad/cut.json"
head -c 100000 /dev/urandom >"$work/bad/noise.gguf"
printf '{"model_type": "llama", "hidden_size": 1e308, "num_attention_heads": -1, "max_position_embeddings": 0}' >"$work/bad/absurd.json"
mkfifo "$work/bad/pipe.json"
cat >"$work/bad.yaml" <<PLAN
models: [$work/bad/cut.json, $work/bad/noise.gguf, $work/bad/absurd.json, $work/bad/folder, $work/bad/missing.json, /dev/zero, $work/bad/good.json]
targets: [16k, 64k]
methods: [none, yarn]
PLAN
timeout --foreground -k 5 60 "$tool" batch "$work/bad.yaml" -o "$work/bad-out" 2>"$work/bad.log"
status=$?
check "models that cannot be read: exit code 3 ($status)" [ $status = 3 ]
check "models that cannot be read: the good one is done" [ "$(count "$work/bad-out" "state = 'done'")" = 2 ]
check "models that cannot be read: each failure has its sentence" \
  [ "$(count "$work/bad-out" "state = 'failed' AND length(error) > 10")" = 12 ]
timeout --foreground -k 5 60 "$tool" batch "$work/bad.yaml" -o "$work/bad-out" 2>"$work/bad.log"
check "failed cases are not tried again" grep -q '^0 computed, 2 kept, 12 failed' "$work/bad.log"
cp "$work/configs/phi-2.json" "$work/bad/cut.json"
timeout --foreground -k 5 60 "$tool" batch "$work/bad.yaml" -o "$work/bad-out" 2>"$work/bad.log"
check "a failed case whose model was mended is" grep -q '^2 computed, 2 kept, 10 failed' "$work/bad.log"
sed -i "s#models: .*#models: [$work/bad/pipe.json, $work/bad/good.json]#" "$work/bad.yaml"
timeout --foreground -k 5 60 "$tool" batch "$work/bad.yaml" -o "$work/pipe-out" 2>"$work/bad.log"
status=$?
check "a pipe in place of a model does not hold the batch up ($status)" [ $status = 3 ]

# Asked to stop: what is under way is finished, nothing is left half-done.
for signal in INT TERM; do
  [ $signal = INT ] && expected=130 || expected=143
  folder=$work/stopped-$signal
  # A shell's background jobs ignore SIGINT from the start; a shell of its own with job control does not.
  bash -mc "'$tool' batch '$work/plan.yaml' -o '$folder' 2>'$work/stopped.log' & echo \$! >'$work/stopped.pid'; wait \$!" 2>/dev/null &
  shell=$!
  started+=("$shell")
  sleep 1.5
  kill -$signal "$(cat "$work/stopped.pid")"
  wait $shell
  status=$?
  check "SIG$signal: exit code $expected ($status)" [ $status = $expected ]
  check "SIG$signal: says how many cases are left" grep -Eq '^interrupted: [0-9]+ cases are left' "$work/stopped.log"
  check "SIG$signal: no case is left under way" [ "$(count "$folder" "state = 'running'")" = 0 ]
  check "SIG$signal: nothing is half-written" whole "$folder"
  batch "$folder" --resume -q
  check "SIG$signal: --resume ends with the same bytes" same "$folder"
done
