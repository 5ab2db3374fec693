# A batch that measures a model, killed and stopped while it does.
# shellcheck shell=bash

model=$package/Tests/Fixtures/golden/models/llama-s1
awk 'BEGIN { printf "["; for (i = 0; i < 20000; i++) printf "%s%d", i ? "," : "", (i * 7919 + i % 13 * 31) % 97; print "]" }' >"$work/ids.json"
cat >"$work/measured.yaml" <<PLAN
models: [$model]
targets: [256, 512]
methods: [none, yarn, linear, dynamic, self-extend]
evaluations:
  perplexity: {token_ids: $work/ids.json, lengths: [1k, 2k]}
PLAN
measure() { exec "$tool" batch "$work/measured.yaml" -o "$1" --resume -q; }

(measure "$work/measured")
check "evaluations: a batch with perplexity ends with exit code 0" [ $? = 0 ]
check "evaluations: perplexity.json stands beside each report" [ "$(find "$work/measured/cases" -name perplexity.json | wc -l)" = 2 ]
measured=0
for kill in 1 2 3 4 5; do
  measure "$work/measured-killed" 2>/dev/null &
  pid=$!
  started+=("$pid")
  sleep_random 3000
  kill -9 $pid 2>/dev/null && wait $pid 2>/dev/null
  measured=$kill
done
(measure "$work/measured-killed")
check "evaluations: killed $measured times, the same bytes" same "$work/measured-killed" "$work/measured"
sed -i 's/lengths: \[1k, 2k\]/lengths: [1k, 4k, 16k]/' "$work/measured.yaml"
bash -mc "'$tool' batch '$work/measured.yaml' -o '$work/measured-stopped' 2>'$work/stopped.log' & echo \$! >'$work/stopped.pid'; wait \$!" 2>/dev/null &
shell=$!
started+=("$shell")
sleep 3
start=$SECONDS
kill -TERM "$(cat "$work/stopped.pid")"
wait $shell
status=$?
check "evaluations: SIGTERM ends one at once, exit code 143 ($status, $((SECONDS - start)) s)" [ $status = 143 ]
check "evaluations: it is left to be done" [ "$(count "$work/measured-stopped" "state = 'running' OR state = 'failed'")" = 0 ]
