# A disk that is full, as a tmpfs of a few megabytes.
# shellcheck shell=bash

disk=$work/disk
mkdir "$disk"
if [ "$(id -u)" != 0 ]; then
  skip "full disk: mounting a tmpfs needs root"
elif ! mount -t tmpfs -o size=8m tmpfs "$disk" 2>"$work/mount.log"; then
  skip "full disk: no tmpfs can be mounted here ($(head -1 "$work/mount.log"))"
else
  mounted+=("$disk")
  batch "$disk/out" -q 2>"$work/disk.log"
  status=$?
  check "full disk: exit code 3, since some cases are done ($status)" [ $status = 3 ]
  check "full disk: one sentence says what is missing and how it goes on" \
    grep -Eq '^ropescope: .*(no space left on device|disk is full).*[0-9]+ of 21 cases are done.*--resume' "$work/disk.log"
  check "full disk: it is one line" [ "$(wc -l <"$work/disk.log")" = 1 ]
  check "full disk: nothing is half-written" whole "$disk/out"
  check "full disk: the database is intact" is_intact "$disk/out"
  check "full disk: no case is recorded as failed" [ "$(count "$disk/out" "state = 'failed'")" = 0 ]
  batch "$disk/out" --resume -q 2>"$work/disk.log"
  check "still full: the same answer again" [ $? = 3 ]
  check "still full: nothing is half-written" whole "$disk/out"
  mount -o remount,size=200m "$disk"
  batch "$disk/out" --resume -q
  check "after space was made: --resume ends with exit code 0" [ $? = 0 ]
  check "after space was made: the same bytes as the undisturbed run" same "$disk/out"

  # No room for the first case, and none for the database.
  for size in 256k 12k; do
    umount "$disk"
    mount -t tmpfs -o size=$size tmpfs "$disk"
    batch "$disk/out" -q 2>"$work/disk.log"
    status=$?
    check "a disk of $size: exit code 2, nothing could be done ($status)" [ $status = 2 ]
    check "a disk of $size: a sentence says so" grep -Eq '^ropescope: .*(no space left|disk is full|full)' "$work/disk.log"
    mount -o remount,size=200m "$disk"
    batch "$disk/out" --resume -q
    check "a disk of $size: the same bytes after space was made" same "$disk/out"
  done
  umount "$disk"
  mounted=()
fi
