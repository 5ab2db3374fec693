# Two processes on one folder and database at the same time.
# shellcheck shell=bash

for round in 1 2 3; do
  folder=$work/two-$round
  spawn "$folder" --jobs 1 2>"$work/two-a.log" &
  first=$!
  started+=("$first")
  sleep_random 700
  spawn "$folder" --jobs 1 2>"$work/two-b.log" &
  second=$!
  started+=("$second")
  wait $first
  status_first=$?
  wait $second
  status_second=$?
  check "two at once ($round): both end with exit code 0 ($status_first, $status_second)" [ $status_first$status_second = 00 ]
  computed=$(sed -nE 's/^([0-9]+) computed.*/\1/p' "$work/two-a.log" "$work/two-b.log" | tr '\n' '+')0
  check "two at once ($round): no case is computed twice (${computed%+0})" [ $((computed)) = $total ]
  check "two at once ($round): the same bytes as the undisturbed run" same "$folder"
  check "two at once ($round): the database is intact" is_intact "$folder"
done

# One of the two is killed: the other takes its case over.
folder=$work/two-killed
spawn "$folder" --jobs 1 -q 2>/dev/null &
first=$!
spawn "$folder" --jobs 1 -q 2>"$work/two-b.log" &
second=$!
started+=("$first" "$second")
sleep 1.5
kill -9 $first 2>/dev/null
wait $first 2>/dev/null
wait $second
check "one of two is killed: the other ends with exit code 0" [ $? = 0 ]
check "one of two is killed: the same bytes as the undisturbed run" same "$folder"
