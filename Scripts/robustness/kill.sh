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
  batch "$folder" --resume -q 2>"$work/kill.log" &
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

# A process that dies of a fault of its own leaves no more behind than one that is killed.
folder=$work/crash
batch "$folder" -q 2>/dev/null &
pid=$!
started+=("$pid")
sleep 1
kill -SEGV "$pid" 2>/dev/null
wait "$pid" 2>/dev/null
check "a process that dies of SIGSEGV leaves a database that is intact" is_intact "$folder"
batch "$folder" --resume -q
check "and is taken up from there, with the same bytes" same "$folder"
