#define _GNU_SOURCE
#include "CRopeSystem.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <sys/stat.h>
#ifdef __linux__
#include <sys/syscall.h>
#include <unistd.h>
#ifndef RENAME_NOREPLACE
#define RENAME_NOREPLACE 1
#define RENAME_EXCHANGE 2
#endif
#endif

void rope_begin_writing_back(int descriptor) {
#ifdef __linux__
  sync_file_range(descriptor, 0, 0, SYNC_FILE_RANGE_WRITE);
#else
  (void)descriptor;
#endif
}

int rope_exchange(int folder, const char *name, int other_folder, const char *other_name) {
#if defined(__linux__)
  return (int)syscall(SYS_renameat2, folder, name, other_folder, other_name, RENAME_EXCHANGE);
#elif defined(__APPLE__)
  return renameatx_np(folder, name, other_folder, other_name, RENAME_SWAP);
#else
  errno = ENOSYS;
  return -1;
#endif
}

int rope_rename_new(int folder, const char *name, int other_folder, const char *other_name) {
  int result = -1;
#if defined(__linux__)
  result = (int)syscall(SYS_renameat2, folder, name, other_folder, other_name, RENAME_NOREPLACE);
#elif defined(__APPLE__)
  result = renameatx_np(folder, name, other_folder, other_name, RENAME_EXCL);
#else
  errno = ENOSYS;
#endif
  if (result == 0 || (errno != ENOSYS && errno != EINVAL && errno != ENOTSUP)) return result;
  struct stat status;
  if (fstatat(other_folder, other_name, &status, AT_SYMLINK_NOFOLLOW) == 0) {
    errno = EEXIST;
    return -1;
  }
  return renameat(folder, name, other_folder, other_name);
}
