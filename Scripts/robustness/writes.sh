# Commands that are killed with SIGKILL while their files take their places: 60 kills, each before a system call that makes,
# renames or removes an entry, or waits for the disk. After the next run everything is what an undisturbed run writes,
# nothing half-written lies about, and what the user had put there is there.
# shellcheck shell=bash

calls=rename,renameat,renameat2,linkat,unlinkat,mkdirat,fsync
place=$work/writes
mkdir "$place"
printf '{"head_dim": 128, "max_position_embeddings": 16384, "rope_scaling": {"type": "linear", "factor": 4.0}}\n' >"$place/broken.json"

# Two states of each command's output: FIRST is there, SECOND is being written when the kill comes.
# outputs COMMAND STATE FOLDER
write_report() { "${runner[@]}" "$tool" report smollm2-135m --target "$([ "$1" = first ] && echo 16k || echo 32k)" --methods "$([ "$1" = first ] && echo none,self-extend || echo none)" -o "$2/out" -q; }
write_into() { write_report "$@"; }
write_render() { "${runner[@]}" "$tool" render "$place/$1.json" --force -o "$2/out" -q; }
write_figure() { "${runner[@]}" "$tool" figure wavelength smollm2-135m --target "$([ "$1" = first ] && echo 16k || echo 32k)" --methods none --latex -o "$2/w.pdf" -q; }
write_fix() {
  # The next run finds what is left to mend.
  [ "$1" = first ] || "${runner[@]}" "$tool" check "$2" --fix -q >/dev/null
  [ $? -lt 2 ]
}

# What a user has put there.
furnish() {
  case $1 in
    report | render) mkdir -p "$2/out/figures" "$2/out/notes" && echo mine | tee "$2/out/mine.txt" "$2/out/figures/mine.svg" "$2/out/notes/mine.txt" >/dev/null ;;
    into) mkdir -p "$2/out" && echo mine >"$2/out/mine.txt" ;;
    figure) echo mine >"$2/mine.txt" ;;
    fix) for name in a b c d; do cp "$place/broken.json" "$2/$name.json"; done ;;
  esac
}

# The entries of the writing thread, as CALL NUMBER, in their order.
kill_points() {
  runner=(strace -f -qq -o "$place/trace" -e "trace=$calls")
  "write_$1" second "$2" >/dev/null 2>&1
  runner=()
  local thread
  thread=$(awk '/rename/ { count[$1]++ } END { for (t in count) if (count[t] > best) { best = count[t]; name = t } print name }' "$place/trace")
  awk -v thread="$thread" '$1 == thread { call = $2; sub(/\(.*/, "", call); print call, ++count[call] }' "$place/trace"
}

runner=()
if ! need strace strace; then
  skip "kills while writing: strace is not there"
elif ! strace -f -qq -o /dev/null -e trace=fsync true 2>/dev/null; then
  skip "kills while writing: this system lets no process be traced"
else
  for state in first second; do
    write_report $state "$place/record-$state" 2>/dev/null || { mkdir "$place/record-$state" && write_report $state "$place/record-$state"; }
    cp "$place/record-$state/out/run.json" "$place/$state.json"
  done
  all=0
  for command in report:14 render:12 into:10 figure:14 fix:10; do
    kills=${command#*:}
    command=${command%:*}
    for state in first second; do
      mkdir "$place/$command-$state"
      [ "$command" = into ] && furnish into "$place/$command-$state"
      write_"$command" first "$place/$command-$state"
      furnish "$command" "$place/$command-$state"
    done
    cp -a "$place/$command-second" "$place/$command-points"
    mapfile -t points < <(kill_points "$command" "$place/$command-points")
    write_"$command" second "$place/$command-second"
    wrong=0
    struck=0
    for ((number = 0; number < kills; number++)); do
      # The last third are the renames and what follows; the rest of the kills lie evenly over all.
      if [ $((number % 2)) = 0 ]; then
        mapfile -t phase < <(printf '%s\n' "${points[@]}" | grep -n rename | cut -d: -f1)
        index=$((phase[number / 2 * ${#phase[@]} / ((kills + 1) / 2)] - 1))
      else
        index=$((number * ${#points[@]} / kills))
      fi
      read -r call when <<<"${points[$index]}"
      rm -rf "$place/now"
      cp -a "$place/$command-first" "$place/now"
      runner=(strace -f -qq -o /dev/null -e "trace=$call" -e "inject=$call:signal=KILL:when=$when")
      write_"$command" second "$place/now" >/dev/null 2>&1
      [ $? != 0 ] && struck=$((struck + 1))
      runner=()
      # Now and then nothing of the killed run shows; the next one makes the same or the other state again.
      next=$([ $((number % 3)) = 2 ] && [ "$command" != fix ] && echo first || echo second)
      write_"$command" $next "$place/now" >/dev/null 2>&1 || { wrong=$((wrong + 1)) && echo "  $command: the next run fails after $call $when"; }
      if ! diff -r "$place/$command-$next" "$place/now" >"$place/difference" 2>&1; then
        wrong=$((wrong + 1))
        echo "  $command, killed before $call $when, then $next:"
        head -5 "$place/difference"
      fi
    done
    all=$((all + struck))
    check "$command: killed $struck of $kills times while writing, the next run's files are an undisturbed run's" [ $wrong = 0 ]
    check "$command: the kills fell on it" [ $struck -ge $((kills * 3 / 4)) ]
  done
  check "killed $all times while files took their places, 50 or more" [ $all -ge 50 ]
fi
