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

# A fault of the program itself, as the process that computes sees it: with one case under way the case has failed, with
# several the batch goes on one at a time, and in each case to its end.
need pgrep procps || skip "crashes: pgrep is not there"
computing() { pgrep -P "$1" 2>/dev/null | head -1; }

for jobs in 1 2; do
  folder=$work/crash-$jobs
  spawn "$folder" --jobs $jobs 2>"$work/crash.log" &
  pid=$!
  started+=("$pid")
  sleep 1
  for _ in 1 2 3 4 5 6 7 8 9 10; do
    [ "$(count "$folder" "state = 'running'" 2>/dev/null)" = $jobs ] && break
    sleep 0.1
  done
  kill -SEGV "$(computing $pid)"
  wait $pid
  status=$?
  failed_cases=$(count "$folder" "state = 'failed' AND error LIKE '%signal 11%'")
  check "a crash with $jobs under way: the batch goes on ($status, $failed_cases failed)" [ $status = $((failed_cases > 0 ? 3 : 0)) ]
  check "a crash with $jobs under way: every other case is done" [ "$(count "$folder" "state = 'done'")" = $((total - failed_cases)) ]
  check "a crash with $jobs under way: the database is intact" is_intact "$folder"
  batch "$folder" --retry-failed -q
  check "a crash with $jobs under way: --retry-failed ends with the same bytes" same "$folder"
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
