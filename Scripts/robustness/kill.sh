# Killed with SIGKILL at 20 random moments, resumed each time. Where a batch ends before its moment, it is compared and
# the next one begins in a new folder, so that the moments fall on everything from the first step to the last.
# shellcheck shell=bash

kills=0
round=1
ended=0
unchanged=true
intact=true
folder=$work/kill-$round
declare -A seconds=()

# A case that was done keeps its time of computing: it has not been computed again.
not_twice() {
  local id time
  while IFS='|' read -r id time; do
    [ "${seconds[$id]:-$time}" = "$time" ] || {
      echo "  $id was computed again"
      return 1
    }
    seconds[$id]=$time
  done < <(sqlite3 "$folder/results.db" "SELECT id, seconds FROM cases WHERE state = 'done'")
}

# Moments are drawn from a sixth of an undisturbed run, so that most batches are killed several times.
while [ $kills -lt 20 ]; do
  spawn "$folder" --resume -q 2>"$work/kill.log" &
  pid=$!
  started+=("$pid")
  sleep_random $((undisturbed * 1000 / 6 + 300))
  if kill -9 "$pid" 2>/dev/null && { wait "$pid" 2>/dev/null; [ $? = 137 ]; }; then
    kills=$((kills + 1))
    if [ -f "$folder/results.db" ]; then
      is_intact "$folder" || intact=false
      [ "$(sqlite3 "$folder/results.db" "SELECT count(*) FROM sqlite_master WHERE name = 'cases'")" = 0 ] || not_twice || unchanged=false
    fi
  else
    ended=$((ended + 1))
    check "a batch that was killed on its way ends with the same bytes (round $round)" same "$folder"
    round=$((round + 1))
    folder=$work/kill-$round
    seconds=()
  fi
done
check "after $kills kills: the database was never damaged" $intact
check "after $kills kills: no case that was done was computed again" $unchanged
batch "$folder" --resume -q
check "after $kills kills: the last run ends with exit code 0" [ $? = 0 ]
check "after $kills kills: all $total cases, each once" [ "$(count "$folder" "state = 'done'")" = $total ]
check "after $kills kills: the same bytes as the undisturbed run" same "$folder"

# The process that computes dies: of a fault of its own, or because the system needs its memory. With one case under way
# that case has failed; with several the batch goes on one at a time; every other case is done.
need pgrep procps || skip "crashes: pgrep is not there"
computing() { pgrep -P "$1" 2>/dev/null | head -1; }

for end in "1 SEGV 11" "2 KILL 9"; do
  read -r jobs signal number <<<"$end"
  folder=$work/crash-$jobs
  # With Swift's own handler a signal from outside is told and survived.
  SWIFT_BACKTRACE=enable=no spawn "$folder" --jobs "$jobs" 2>"$work/crash.log" &
  pid=$!
  started+=("$pid")
  sleep 1
  for ((waited = 0; waited < 100; waited++)); do
    [ "$(count "$folder" "state = 'running'" 2>/dev/null)" = "$jobs" ] && break
    sleep 0.05
  done
  kill -"$signal" "$(computing $pid)"
  wait $pid
  status=$?
  told=$(count "$folder" "state = 'failed' AND error LIKE '%signal $number %'")
  # Between the two looks a case may have ended; then one was under way, or none was cut off.
  check "SIG$signal with $jobs under way: $told recorded as failed, exit code $status" \
    [ "$told $status" = "$((jobs == 1 ? 1 : told)) $((told > 0 ? 3 : 0))" ]
  check "SIG$signal with $jobs under way: every other case is done" \
    [ "$(count "$folder" "state = 'done'")" = $((total - told)) ]
  check "SIG$signal with $jobs under way: the database is intact" is_intact "$folder"
  batch "$folder" --retry-failed -q
  check "SIG$signal with $jobs under way: --retry-failed ends with the same bytes" same "$folder"
done

# Killed is the process that one sees; the one that computes must not go on without it.
folder=$work/orphan
spawn "$folder" -q 2>/dev/null &
pid=$!
sleep 1
orphan=$(computing $pid)
kill -9 $pid
wait $pid 2>/dev/null
sleep 0.5
check "a killed batch leaves no process behind" bash -c "! kill -0 ${orphan:-1} 2>/dev/null || [ \"\$(ps -o stat= -p ${orphan:-1} | cut -c1)\" = Z ]"
